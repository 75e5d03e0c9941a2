"""What differs between two releases: tables, columns, codes, rows, values; and why.

Works on the text of the CSV files and on what each release's own datapackage.json says of them, so that releases
of any age can be compared. A row is known by its key, a renamed table, column or code by the earlier names that
its newer declaration keeps (``was``). What follows from others (computed columns, views) is never compared cell
by cell: of the assessment's results only those that a reader cites are, as ``re_estimated``.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from armsledger.files import natural

if TYPE_CHECKING:
    from armsledger.files import Release

Step = Literal["major", "minor", "patch"]
STEPS: tuple[Step, ...] = ("major", "minor", "patch")

Key = tuple[str, ...]
Cells = Mapping[str, str]
JOIN = "|"  # between the parts of a key

# Where a record stands in its file, and since when: they say nothing of what is claimed.
_PROVENANCE = frozenset({"record_path", "record_sha256", "first_release", "changed_release"})
_BOUNDS = ("_earliest", "_latest", "_precision", "_qualifier")  # of a typed date: they follow from it
_ASSESSED = ("transfers", "events")
_FIGURES = ("low", "best", "high", "reported_max", "rule", "conflict")
_CODES = "codelists"


class Change(NamedTuple):
    """One row of the table `changes`; an empty text is nothing."""

    table: str
    row_key: str
    change: str  # a code of the list change_kind
    column: str = ""
    old: str = ""
    new: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """What a release says of a column."""

    type: str
    filled_by: str
    codelist: str = ""
    unit: str = ""
    was: tuple[str, ...] = ()
    typed_at: str = ""  # the YAML path, with {column} for a part of the row's key
    ref: str = ""  # the table that it refers to

    @property
    def typed(self) -> bool:
        return self.filled_by in ("typed", "placed")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a release as text. `key` names the columns that identify a row."""

    key: Key
    columns: Mapping[str, Column]
    rows: Mapping[Key, Cells]
    was: tuple[str, ...] = ()

    @property
    def typed(self) -> bool:
        """Whether people fill it, wholly or in part."""
        return any(column.typed for column in self.columns.values())


Sheets = Mapping[str, Sheet]


# -- reading ---------------------------------------------------------------------------------------------------


def sheets_of(release: Release) -> dict[str, Sheet]:
    """The tables of a release as text."""
    return {
        table: sheet(resource, _csv_rows(release.read(resource["path"])))
        for table, resource in release.resources.items()
    }


def sheet(resource: Mapping[str, Any], rows: Iterable[Cells]) -> Sheet:
    """A table by what its Data Package resource says of it, and its rows."""
    schema = resource["schema"]
    refs = {key["fields"][0]: key["reference"]["resource"] for key in schema.get("foreignKeys", ())}
    columns = {field["name"]: _column(field, refs) for field in schema["fields"]}
    key = tuple(schema.get("primaryKey", ()))
    return Sheet(
        key,
        columns,
        {tuple(row[name] for name in key): row for row in rows} if key else {},
        tuple(resource.get("armsledger:was", ())),
    )


def _column(field: Mapping[str, Any], refs: Mapping[str, str]) -> Column:
    return Column(
        field["type"],
        field["armsledger:filledBy"],
        field.get("armsledger:codelist", ""),
        field.get("armsledger:unit", ""),
        tuple(field.get("armsledger:was", ())),
        field.get("armsledger:typedAt", ""),
        refs.get(field["name"], ""),
    )


def _csv_rows(data: bytes) -> Iterator[Cells]:
    return csv.DictReader(io.StringIO(data.decode("utf-8"), newline=""))


# -- comparing -------------------------------------------------------------------------------------------------


def differences(old: Sheets, new: Sheets) -> list[Change]:
    """Everything that differs: first tables, columns and codes, then rows, then what was computed anew."""
    names, codes = _table_names(old, new), _code_names(new)
    schema = [*_of_schema(old, new, names), *_of_codes(old, new, codes)]
    return [*schema, *row_differences(old, new), *_of_estimates(old, new, codes)]


def row_differences(old: Sheets, new: Sheets) -> list[Change]:
    """The rows that people typed, and differ: in the order of the new release's tables, then by key."""
    names, codes = _table_names(old, new), _code_names(new)
    found: list[Change] = []
    for table, one in new.items():
        before = old.get(names.get(table, table))
        if one.typed and before is not None:
            found += _of_rows(table, _as_now(before, one, codes), one, new, old)
        elif one.typed:
            found += [Change(table, JOIN.join(key), "added") for key in one.rows]
    gone = [table for table in old if table not in new and table not in names.values()]
    for table in gone:
        found += [Change(table, JOIN.join(key), "retired") for key in old[table].rows if old[table].typed]
    order = {table: number for number, table in enumerate([*new, *gone])}
    return sorted(found, key=lambda change: (order[change.table], natural(change.row_key)))


def _table_names(old: Sheets, new: Sheets) -> dict[str, str]:
    return renamed({table: one.was for table, one in new.items()}, old)


def renamed(was: Mapping[str, tuple[str, ...]], old: Iterable[str]) -> dict[str, str]:
    """By new name: the old one, where the old side has it and not the new one. `was`: each one's earlier names."""
    known = set(old)
    found = {}
    for name, earlier in was.items():
        before = next((one for one in earlier if one in known), None)
        if name not in known and before is not None and before not in was:
            found[name] = before
    return found


def _of_schema(old: Sheets, new: Sheets, names: Mapping[str, str]) -> Iterator[Change]:
    for table in new:
        if table in names:
            yield Change(table, "", "renamed", "", names[table], table)
        elif table not in old:
            yield Change(table, "", "added")
            continue
        yield from _of_columns(table, old[names.get(table, table)].columns, new[table].columns)
    for table in old:
        if table not in new and table not in names.values():
            yield Change(table, "", "retired")
    methods = [_method(sheets) for sheets in (old, new)]
    if all(methods) and methods[0] != methods[1]:
        yield Change("estimates", "", "changed", "method_version", *methods)


def _of_columns(table: str, old: Mapping[str, Column], new: Mapping[str, Column]) -> Iterator[Change]:
    names = renamed({name: column.was for name, column in new.items()}, old)
    for name, column in new.items():
        if name in names:
            yield Change(table, "", "renamed", name, names[name], name)
        elif name not in old:
            yield Change(table, "", "added", name)
            continue
        before = old[names.get(name, name)]
        for what in ("type", "codelist", "unit"):
            said, says = getattr(before, what), getattr(column, what)
            if said != says:
                yield Change(
                    table, "", "changed", name, f"{what} {said or 'none'}", f"{what} {says or 'none'}"
                )
    for name in old:
        if name not in new and name not in names.values():
            yield Change(table, "", "retired", name)


def _method(sheets: Sheets) -> str:
    rows = sheets["estimates"].rows.values() if "estimates" in sheets else ()
    return next((row["method_version"] for row in rows), "")


CodeNames = Mapping[str, Mapping[str, str]]  # by list: the present value by an earlier one


def _code_names(new: Sheets) -> CodeNames:
    found: dict[str, dict[str, str]] = {}
    for row in new[_CODES].rows.values() if _CODES in new else ():
        for earlier in filter(None, row.get("was", "").split("|")):
            found.setdefault(row["list"], {})[earlier] = row["value"]
    return found


def _of_codes(old: Sheets, new: Sheets, codes: CodeNames) -> Iterator[Change]:
    before, after = (set(sheets[_CODES].rows) if _CODES in sheets else set[Key]() for sheets in (old, new))
    moved: dict[Key, Key] = {key: (key[0], codes.get(key[0], {}).get(key[1], key[1])) for key in before}
    for key in sorted(before - after):
        if moved[key] in after and moved[key] not in before:
            yield Change(_CODES, JOIN.join(moved[key]), "renamed", "value", key[1], moved[key][1])
        else:
            yield Change(_CODES, JOIN.join(key), "retired")
    for key in sorted(after - set(moved.values())):
        yield Change(_CODES, JOIN.join(key), "added")


def _as_now(before: Sheet, now: Sheet, codes: CodeNames) -> Sheet:
    """An old table with the new one's names of columns and codes; columns that are gone are left out."""
    names = renamed({name: column.was for name, column in now.columns.items()}, before.columns)
    kept = {name: names.get(name, name) for name in now.columns if names.get(name, name) in before.columns}

    def cell(row: Cells, name: str) -> str:
        value, moved = row[kept[name]], codes.get(now.columns[name].codelist, {})
        return JOIN.join(moved.get(part, part) for part in value.split(JOIN)) if moved else value

    columns = {name: before.columns[kept[name]] for name in kept}
    rows = [{name: cell(row, name) for name in kept} for row in before.rows.values()]
    if not set(now.key) <= set(kept):  # another key: rows cannot be recognised, so all are new
        return Sheet(now.key, columns, {})
    return Sheet(now.key, columns, {tuple(row[name] for name in now.key): row for row in rows})


def _of_rows(table: str, old: Sheet, new: Sheet, sheets: Sheets, before: Sheets) -> Iterator[Change]:
    shared = [name for name, column in new.columns.items() if column.typed and name in old.columns]
    for key in dict.fromkeys([*old.rows, *new.rows]):
        was, now = old.rows.get(key), new.rows.get(key)
        if was is None:
            yield Change(table, JOIN.join(key), "added")
        elif now is None:
            yield Change(table, JOIN.join(key), "retired", reason=_why_gone(table, was, sheets, before))
        else:
            for name in shared:
                if was[name] != now[name]:
                    of, path = owner(table, now, sheets, before), path_of(new.columns[name], now)
                    reason = "; ".join(reasons(of, path, sheets, before))
                    yield Change(table, JOIN.join(key), "changed", name, was[name], now[name], reason)


# -- reasons ---------------------------------------------------------------------------------------------------


def owner(table: str, row: Cells, new: Sheets, old: Sheets) -> tuple[str, str]:
    """The table and id of the record, document or registry entry in whose file a row is typed."""
    if table == "revisions":
        return row["table"], row["row_key"]
    while (placed := _placed(new.get(table) or old[table])) is not None:
        column, above = placed
        id_ = row[column]
        table, row = above, _row(above, id_, new) or _row(above, id_, old) or {"id": id_}
        if table == "records":
            break
    if table == "records":
        table = next((t for t in _ASSESSED for s in (new, old) if _row(t, row["id"], s)), table)
    return table, row["id"]


def _placed(sheet: Sheet) -> tuple[str, str] | None:
    """The column that says in which row of which table the rows of this one are typed."""
    return next(((n, c.ref) for n, c in sheet.columns.items() if c.filled_by == "placed" and c.ref), None)


def _row(table: str, id_: str, sheets: Sheets) -> Cells | None:
    return sheets[table].rows.get((id_,)) if table in sheets else None


def path_of(column: Column, row: Cells) -> str:
    """Where a value is typed in its file, as a YAML path such as ``claims[c1].quantity.value``."""
    return re.sub(r"\{([a-z_]+)\}", lambda found: row[found[1]].rpartition(".")[2], column.typed_at)


def covers(field: str, path: str) -> bool:
    """Whether a revision's field speaks of a path: ``claims[c1]`` of all that stands in that claim."""
    return path == field or path.startswith((f"{field}.", f"{field}["))


def reasons(of: tuple[str, str], path: str, new: Sheets, old: Sheets) -> list[str]:
    """What the revisions say of a path that the new release has and the old one did not."""
    known = old["revisions"].rows if "revisions" in old else {}
    rows = new["revisions"].rows if "revisions" in new else {}
    fresh = [row for key, row in rows.items() if (row["table"], row["row_key"]) == of and key not in known]
    return [
        f"{row['kind']}: {row['reason']}"
        for row in fresh
        if any(covers(field, path) for field in row["fields"].split(JOIN))
    ]


def _why_gone(table: str, row: Cells, new: Sheets, old: Sheets) -> str:
    """The tombstone of the row, or of the record that it stood in; else the revision that names its list."""
    of = owner(table, row, new, old)
    for grave in (retired_name(table, row.get("id", "")), retired_name(*of)):
        found = _row("retired", grave, new)
        if found:
            return found["reason"] + (f", see {found['replaced_by']}" if found["replaced_by"] else "")
    typed = next(column for column in new[table].columns.values() if column.typed_at)
    return "; ".join(reasons(of, path_of(typed, row), new, old))


def retired_name(table: str, id_: str) -> str:
    """How the table `retired` names a row: a record or claim by its id, any other with its table in front."""
    return id_ if table in (*_ASSESSED, "claims") else f"{table}/{id_}"


# -- estimates -------------------------------------------------------------------------------------------------


def _of_estimates(old: Sheets, new: Sheets, codes: CodeNames) -> Iterator[Change]:
    """What the assessment says otherwise of records that both releases have."""
    for table in _ASSESSED:
        if table not in old or table not in new:
            continue
        before, now = _as_now(old[table], new[table], codes), new[table]
        computed = [n for n in now.columns if n in before.columns and _is_result(n, now)]
        for key, row in now.rows.items():
            was = before.rows.get(key)
            for name in computed if was else ():
                if was and was[name] != row[name]:
                    yield Change(table, JOIN.join(key), "re_estimated", name, was[name], row[name])
    if "estimates" not in old or "estimates" not in new:
        return
    before, now = _as_now(old["estimates"], new["estimates"], codes), new["estimates"]
    records = {key[0] for t in _ASSESSED if t in old and t in new for key in old[t].rows.keys() & new[t].rows}
    was_last, now_last = _last_rows(before), _last_rows(now)
    for series in sorted(was_last.keys() | now_last.keys(), key=natural):
        was, row = was_last.get(series, {}), now_last.get(series, {})
        if (row or was)["record"] in records:
            for name in _FIGURES:
                if was.get(name, "") != row.get(name, ""):
                    yield Change(
                        "estimates", series, "re_estimated", name, was.get(name, ""), row.get(name, "")
                    )


def _is_result(name: str, sheet: Sheet) -> bool:
    """Whether a column is computed, and not from a typed date or the record's file."""
    stem = next((name.removesuffix(end) for end in _BOUNDS if name.endswith(end)), "")
    return not sheet.columns[name].typed and name not in _PROVENANCE and stem not in sheet.columns


def _last_rows(estimates: Sheet) -> dict[str, Cells]:
    """By series (an estimate's id without its day): the row of its newest day."""
    last: dict[str, Cells] = {}
    for row in estimates.rows.values():
        series = row["id"].replace(f".{row['day']}", "", 1)
        if series not in last or last[series]["day"] <= row["day"]:
            last[series] = row
    return last


# -- what it calls for -----------------------------------------------------------------------------------------


def step(changes: Iterable[Change]) -> Step:
    """The least step of the version that the changes call for (README, "How to cite").

    major: a table, column or code was removed, renamed or retyped, or the written rule changed. minor:
    something was added (a retired id adds its tombstone). patch: all else.
    """
    found: Step = "patch"
    for one in changes:
        about_schema = not one.row_key or one.table == _CODES
        if about_schema and one.change in ("renamed", "retired", "changed"):
            return "major"
        if one.change == "added":
            found = "minor"
    return found


def next_version(version: str, by: Step) -> str:
    """The version that follows a released one by a step.

    Before 1.0.0 a major step raises the second number, as Semantic Versioning (2.0.0, 4) leaves open and
    package managers read it: until then the form of the data may still change.
    """
    major, minor, patch = map(int, version.split("."))
    if by == "major" and major:
        return f"{major + 1}.0.0"
    return f"{major}.{minor}.{patch + 1}" if by == "patch" else f"{major}.{minor + 1}.0"
