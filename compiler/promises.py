"""V02, V03, V05: what people typed, held to what was published before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from armsledger.canonical import text_of
from armsledger.differences import JOIN, Change, Difference, retired_name
from armsledger.past import is_version, order
from compiler.past import Past, typed_changes
from schemas.export import DELIMITER
from schemas.guards import shown
from schemas.layout import MODELS, NESTING, primary_key
from schemas.rules import Finding
from schemas.rules.model import Row

Tables = Mapping[str, list[Row]]
Found = tuple[str, Finding | str]  # a rule, and where and what; a text is about retired.yaml as a whole

# Who coded and reviewed a record, and when, goes with every revision and needs none of its own.
_NOT_HELD = frozenset({"records"})


def broken(tables: Tables, past: Past) -> Iterator[Found]:
    """Each promise of an earlier release that the records break."""
    yield from _version(tables, past)
    for one in typed_changes(tables, past.last):
        # A table that is gone is a new schema, which the step of the version answers for.
        if one.change.table in MODELS and one.change.table not in _NOT_HELD:
            yield from _of_change(one, tables, past)


def _version(tables: Tables, past: Past) -> Iterator[Found]:
    dataset: Row = next(iter(tables["dataset"]), {})
    version, day = dataset.get("version"), dataset.get("as_of")
    if not past.versions or version is None or not is_version(version):
        return
    newest = past.versions[-1]
    if version in past.versions:
        differ = {one.change.row_key for one in typed_changes(tables, past.same)}
        if differ:
            rows = f"{len(differ)} row{'s differ' if len(differ) > 1 else ' differs'}"
            message = f"{version} is frozen, and {rows} from it, `{min(differ)}` among them"
            yield "V05", Finding("dataset", 0, "version", message)
    elif order(version) < order(newest):
        yield "V05", Finding("dataset", 0, "version", f"{version} is older than {newest}, which is frozen")
    if past.as_of and day and day < past.as_of:
        message = f"{day} is before {past.as_of}, the day of {past.version}"
        yield "V05", Finding("dataset", 0, "as_of", message, "set `as_of` to the day of this state")


def _of_change(one: Difference, tables: Tables, past: Past) -> Iterator[Found]:
    change = one.change
    if change.table == "retired":
        yield from _of_tombstone(change, tables, past)
    elif change.table == "revisions":
        yield from _of_revision(one, tables, past)
    elif change.reason or change.change == "added":
        return
    elif change.change == "changed":
        old = f"`{shown(change.old)}` in {past.version}" if change.old else f"empty in {past.version}"
        yield (
            "V03",
            _at(tables, change, f"it was {old}, and no new revision names `{one.path}`", change.column),
        )
    else:
        yield from _of_gone(one, tables, past)


def _of_gone(one: Difference, tables: Tables, past: Past) -> Iterator[Found]:
    """A row that was released and is there no more, without a reason."""
    change, (of, id_) = one.change, one.owner
    home = next((row["#"] for row in tables.get(of, ()) if row.get("id") == id_), None)
    if primary_key(change.table) == ("id",):
        grave = retired_name(change.table, change.row_key)
        what = f"`{change.row_key}` of {past.version} is gone, and has no tombstone `{grave}`"
        if (of, id_) == (change.table, change.row_key):
            yield "V02", what
        elif home is not None:  # else the record is gone with it, which is said once
            yield "V02", Finding(of, home, "claims", what)
    elif home is not None and not _went_with_its_claim(change, tables):
        own = JOIN.join(change.row_key.split(JOIN)[1:])
        gone = f"an entry of `{one.path}` in {past.version}, `{own}`, is gone"
        column = next((nested.key for nested in NESTING[of] if nested.table == change.table), "claims")
        yield "V03", Finding(of, home, column, f"{gone}, and no new revision names the path")


def _went_with_its_claim(change: Change, tables: Tables) -> bool:
    """Whether the row stood in a claim that is gone, too, which V02 says."""
    held = change.row_key.split(JOIN)[0]
    return "." in held and not any(row.get("id") == held for row in tables["claims"])


def _of_revision(one: Difference, tables: Tables, past: Past) -> Iterator[Found]:
    change = one.change
    if change.change == "added":
        day = change.row_key.split(JOIN)[2]
        if past.as_of and day < past.as_of.isoformat():
            message = f"dated before {past.as_of}, the day of {past.version}, which does not have it"
            yield "V03", _at(tables, change, message, "date", "date it to the day of the change")
    elif change.change == "changed":
        message = f"it is part of {past.version}"
        yield "V03", _at(tables, change, message, change.column, "leave it as it was, and add another")
    else:
        of, id_ = one.owner
        home = next((row["#"] for row in tables.get(of, ()) if row.get("id") == id_), None)
        if home is not None:
            message = f"the revision of {change.row_key.split(JOIN)[2]} in {past.version} is gone"
            yield "V03", Finding(of, home, "revisions", message, "put it back: revisions stay")


def _of_tombstone(change: Change, tables: Tables, past: Past) -> Iterator[Found]:
    if change.change == "retired":
        yield "V02", f"the tombstone of `{change.row_key}` is gone"
    elif change.change == "changed":
        message = f"a tombstone stays as {past.version} has it"
        yield "V02", _at(tables, change, message, change.column, "put back what it was")
    else:
        table, _, id_ = change.row_key.rpartition("/")
        places = [table] if table else ["transfers", "events", "claims"]
        if not any((id_,) in past.last[t].rows for t in places if t in past.last):
            message = f"`{change.row_key}` was not in {past.version}"
            yield (
                "V02",
                _at(tables, change, message, "id", "delete the entry: what was never released needs none"),
            )


def _at(tables: Tables, change: Change, message: str, column: str, help: str = "") -> Finding:
    """The finding on a row that is there."""
    key, names = tuple(change.row_key.split(JOIN)), primary_key(change.table)
    index = next(
        row["#"]
        for row in tables[change.table]
        if tuple(text_of(row.get(name), DELIMITER) for name in names) == key
    )
    return Finding(change.table, index, column, message, help)
