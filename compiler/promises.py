"""V02, V03, V05: what people typed, held to what was published before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from armsledger.canonical import text_of
from armsledger.differences import JOIN, Change, Sheets, path_of, retired_name
from armsledger.past import order
from compiler.past import Past, owner_of, row_of, typed_changes, typed_sheets
from schemas.export import DELIMITER
from schemas.guards import shown
from schemas.layout import NESTING, primary_key
from schemas.rules import Finding
from schemas.rules.model import Row

Tables = Mapping[str, list[Row]]
Found = tuple[str, Finding | str]  # a rule, and where and what; a text is about retired.yaml as a whole

# Who coded and reviewed a record, and when, goes with every revision and needs none of its own.
_NOT_HELD = frozenset({"records"})


def broken(tables: Tables, past: Past) -> Iterator[Found]:
    """Each promise of an earlier release that the records break."""
    yield from _version(tables, past)
    now = typed_sheets(tables)
    for change in typed_changes(tables, past.last):
        if change.table in _NOT_HELD or (change.change == "added" and change.table != "retired"):
            continue
        yield from _of_change(change, tables, now, past)


def _version(tables: Tables, past: Past) -> Iterator[Found]:
    version = next((row.get("version") for row in tables["dataset"]), None)
    if not past.versions or version is None:
        return
    newest = past.versions[-1]
    message = ""
    if version in past.versions:
        differ = {change.row_key for change in typed_changes(tables, past.same)}
        if differ:
            message = (
                f"{version} is frozen, and {len(differ)} rows differ from it, `{min(differ)}` among them"
            )
    elif order(version) < order(newest):
        message = f"{version} is older than {newest}, which is frozen"
    if message:
        yield "V05", Finding("dataset", 0, "version", message)


def _of_change(change: Change, tables: Tables, now: Sheets, past: Past) -> Iterator[Found]:
    if change.table == "retired":
        yield from _of_tombstone(change, tables, past)
    elif change.change == "changed" and change.table == "revisions":
        yield "V03", _at(tables, change, "it is part of a release; add another", change.column)
    elif change.reason:
        return
    elif change.change == "changed":
        old = f"`{shown(change.old)}` in {past.version}" if change.old else f"empty in {past.version}"
        path = path_of(now[change.table].columns[change.column], row_of(change, now))
        yield "V03", _at(tables, change, f"it was {old}, and no new revision names `{path}`", change.column)
    else:
        yield from _of_gone(change, tables, now, past)


def _of_gone(change: Change, tables: Tables, now: Sheets, past: Past) -> Iterator[Found]:
    """A row that was released and is there no more, without a reason."""
    of, id_ = owner_of(change, now, past.last)
    home = next((row["#"] for row in tables.get(of, ()) if row.get("id") == id_), None)
    if primary_key(change.table) == ("id",):
        grave = retired_name(change.table, change.row_key)
        what = f"`{change.row_key}` of {past.version} is gone, and has no tombstone `{grave}`"
        if (of, id_) == (change.table, change.row_key):
            yield "V02", what
        elif home is not None:  # else the record is gone with it, which is said once
            yield "V02", Finding(of, home, "claims", what)
    elif home is not None:
        path = next(
            path_of(c, row_of(change, past.last)) for c in now[change.table].columns.values() if c.typed_at
        )
        gone = f"an entry of `{path}` in {past.version}, `{_own_part(change)}`, is gone"
        column = next((nested.key for nested in NESTING[of] if nested.table == change.table), "claims")
        yield "V03", Finding(of, home, column, f"{gone}, and no new revision names the path")


def _own_part(change: Change) -> str:
    """The key of a row without the id of what it stands in."""
    return JOIN.join(change.row_key.split(JOIN)[1:])


def _of_tombstone(change: Change, tables: Tables, past: Past) -> Iterator[Found]:
    if change.change == "retired":
        yield "V02", f"the tombstone of `{change.row_key}` is gone"
    elif change.change == "changed":
        yield "V02", _at(tables, change, f"a tombstone stays as {past.version} has it", change.column)
    else:
        table, _, id_ = change.row_key.rpartition("/")
        places = [table] if table else ["transfers", "events", "claims"]
        if not any((id_,) in past.last[t].rows for t in places if t in past.last):
            yield "V02", _at(tables, change, f"`{change.row_key}` was not in {past.version}", "id")


def _at(tables: Tables, change: Change, message: str, column: str) -> Finding:
    """The finding on a row that is there."""
    key = tuple(change.row_key.split(JOIN))
    names = primary_key(change.table)
    index = next(
        row["#"]
        for row in tables[change.table]
        if tuple(text_of(row.get(name), DELIMITER) for name in names) == key
    )
    return Finding(change.table, index, column, message)
