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
_DATASET = "dataset"  # what is said of the whole; no table of a release
_ORDER = ("rank", "parent")  # what a code's place in its list is made of


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
    tables = {
        table: sheet(resource, _csv_rows(release.read(resource["path"])))
        for table, resource in release.resources.items()
    }
    return tables | {_DATASET: about(release.package)}


def about(package: Mapping[str, Any]) -> Sheet:
    """What a Data Package says of the dataset as a whole, as a table of one row."""
    row = {
        "name": package["name"],
        "title": package["title"],
        "description": package["description"],
        "licence": JOIN.join(one["name"] for one in package["licenses"]),
        "contributors": JOIN.join(one["title"] for one in package["contributors"]),
        "keywords": JOIN.join(package["keywords"]),
        "repository": package.get("homepage", ""),
        "doi": package.get("id", ""),
    }
    columns = {name: Column("string", "computed") for name in row}
    return Sheet(("name",), columns, {(row["name"],): row})


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
    before = _as_now(old, new)
    rows = [one.change for one in row_differences(old, new)]
    whole = _of_dataset(old, new)
    return [*whole, *_of_schema(old, new), *_of_codes(old, new), *rows, *_of_estimates(before, new)]


class Difference(NamedTuple):
    """A change of a row that people typed, and where it was made."""

    change: Change
    owner: tuple[str, str]  # table and id of the record, document or registry entry in whose file it stands
    path: str  # where in that file: of a row that was added or is gone, the list that it stood in


def row_differences(old: Sheets, new: Sheets) -> list[Difference]:
    """The rows that people typed, and differ: in the order of the new release's tables, then by key."""
    before = _as_now(old, new)
    found: list[Difference] = []
    for table in (*new, *(table for table in before if table not in new)):
        one = new.get(table) or before[table]
        if one.typed:
            made = _of_rows(table, before, new)
            found += sorted(made, key=lambda difference: natural(difference.change.row_key))
    return found


def renamed(was: Mapping[str, tuple[str, ...]], old: Iterable[str]) -> dict[str, str]:
    """By new name: the old one, where the old side has it and not the new one. `was`: each one's earlier names."""
    known = set(old)
    found = {}
    for name, earlier in was.items():
        before = next((one for one in earlier if one in known), None)
        if name not in known and before is not None and before not in was:
            found[name] = before
    return found


def _table_names(old: Iterable[str], new: Sheets) -> dict[str, str]:
    return renamed({table: one.was for table, one in new.items()}, old)


def _of_dataset(old: Sheets, new: Sheets) -> Iterator[Change]:
    """What is said of the whole: title, licence, who made it."""
    was, now = (next(iter(s[_DATASET].rows.values()), {}) if _DATASET in s else {} for s in (old, new))
    for name in now if was else ():
        if was.get(name, "") != now[name]:
            yield Change(_DATASET, "", "changed", name, was.get(name, ""), now[name])


def _of_schema(old: Sheets, new: Sheets) -> Iterator[Change]:
    names = _table_names(old, new)
    for table in new:
        if table in names:
            yield Change(table, "", "renamed", "", names[table], table)
        elif table not in old:
            yield Change(table, "", "added")
            continue
        yield from _of_columns(table, old[names.get(table, table)], new[table])
    for table in old:
        if table not in new and table not in names.values():
            yield Change(table, "", "retired")
    methods = [_method(sheets) for sheets in (old, new)]
    if all(methods) and methods[0] != methods[1]:
        yield Change("estimates", "", "changed", "method_version", *methods)


def _of_columns(table: str, old: Sheet, new: Sheet) -> Iterator[Change]:
    names = _column_names(old, new)
    for name, column in new.columns.items():
        if name in names:
            yield Change(table, "", "renamed", name, names[name], name)
        elif name not in old.columns:
            yield Change(table, "", "added", name)
            continue
        before = old.columns[names.get(name, name)]
        for what in ("type", "codelist", "unit"):
            said, says = getattr(before, what), getattr(column, what)
            if said != says:
                yield Change(
                    table, "", "changed", name, f"{what} {said or 'none'}", f"{what} {says or 'none'}"
                )
    for name in old.columns:
        if name not in new.columns and name not in names.values():
            yield Change(table, "", "retired", name)
    key = tuple(names.get(name, name) for name in new.key)
    if key != old.key:
        yield Change(table, "", "changed", "", f"key {JOIN.join(old.key)}", f"key {JOIN.join(new.key)}")


def _column_names(old: Sheet, new: Sheet) -> dict[str, str]:
    return renamed({name: column.was for name, column in new.columns.items()}, old.columns)


def _method(sheets: Sheets) -> str:
    rows = sheets["estimates"].rows.values() if "estimates" in sheets else ()
    return next((row["method_version"] for row in rows), "")


# -- codes -----------------------------------------------------------------------------------------------------

CodeNames = Mapping[str, Mapping[str, str]]  # by list: the present value by an earlier one


def code_names(codes: Iterable[Cells]) -> CodeNames:
    """The codes that were renamed, of the rows of `codelists`."""
    found: dict[str, dict[str, str]] = {}
    for row in codes:
        for earlier in filter(None, row.get("was", "").split(JOIN)):
            found.setdefault(row["list"], {})[earlier] = row["value"]
    return found


def _of_codes(old: Sheets, new: Sheets) -> Iterator[Change]:
    if _CODES not in old or _CODES not in new:
        return
    before, after = old[_CODES].rows, new[_CODES].rows
    names = code_names(after.values())
    moved = {key: (key[0], names.get(key[0], {}).get(key[1], key[1])) for key in before}
    for key in sorted(before.keys() - after.keys()):
        if moved[key] in after and moved[key] not in before:
            yield Change(_CODES, JOIN.join(moved[key]), "renamed", "value", key[1], moved[key][1])
        else:
            yield Change(_CODES, JOIN.join(key), "retired")
    for added in sorted(after.keys() - set(moved.values())):
        yield Change(_CODES, JOIN.join(added), "added")
    for key in sorted(before):
        now = after.get(moved[key])
        for name in ("label", "definition", *_ORDER) if now else ():
            if now and before[key][name] != now[name]:
                yield Change(_CODES, JOIN.join(moved[key]), "changed", name, before[key][name], now[name])


# -- an old release in the words of a new one ------------------------------------------------------------------


def _as_now(old: Sheets, new: Sheets) -> dict[str, Sheet]:
    """The old tables under the new one's names of tables, columns and codes; tables that are gone as they were."""
    names = _table_names(old, new)
    codes = code_names(new[_CODES].rows.values()) if _CODES in new else {}
    found = {now: _sheet_as_now(old[then], new[now], codes) for now, then in names.items()}
    for table, before in old.items():
        if table not in names.values():
            found[table] = _sheet_as_now(before, new[table], codes) if table in new else before
    return found


def _sheet_as_now(before: Sheet, now: Sheet, codes: CodeNames) -> Sheet:
    names = _column_names(before, now)
    then = {name: names.get(name, name) for name in now.columns if names.get(name, name) in before.columns}
    moved = {name: codes.get(now.columns[name].codelist, {}) for name in then}

    def cell(row: Cells, name: str) -> str:
        value = row[then[name]]
        known = moved[name]
        return JOIN.join(known.get(part, part) for part in value.split(JOIN)) if known else value

    rows = [{name: cell(row, name) for name in then} for row in before.rows.values()]
    key = tuple(next((now_ for now_, then_ in then.items() if then_ == part), part) for part in before.key)
    columns = {name: now.columns[name] for name in then}
    keyed = {tuple(row.get(part, "") for part in key): row for row in rows}
    return Sheet(key, columns, keyed if len(keyed) == len(rows) else {})


# -- rows ------------------------------------------------------------------------------------------------------


def _of_rows(table: str, old: Sheets, new: Sheets) -> Iterator[Difference]:
    before, now = old.get(table), new.get(table)
    columns = now.columns if now else before.columns if before else {}
    places = [column for column in columns.values() if column.typed_at]

    def made(kind: str, key: Key, row: Cells) -> Difference:
        of, path = owner(table, row, new, old), path_of(places[0], row) if places else ""
        reason = _why_gone(table, row, new, old, path) if kind == "retired" and now else ""
        return Difference(Change(table, JOIN.join(key), kind, reason=reason), of, path)

    pairs = _pairs(before, now)
    for was_key, key in pairs:
        was = before.rows[was_key] if before and was_key is not None else None
        row = now.rows[key] if now and key is not None else None
        if was is None and row is not None and key is not None:
            yield made("added", key, row)
        elif row is None and was is not None and was_key is not None:
            yield made("retired", was_key, was)
        elif was is not None and row is not None and key is not None and now is not None:
            for name, column in now.columns.items():
                if column.typed and name in was and was[name] != row[name]:
                    of, path = owner(table, row, new, old), path_of(column, row)
                    reason = "; ".join(reasons(of, path, new, old))
                    change = Change(table, JOIN.join(key), "changed", name, was[name], row[name], reason)
                    yield Difference(change, of, path)


def _pairs(old: Sheet | None, new: Sheet | None) -> list[tuple[Key | None, Key | None]]:
    """The keys of each row in the old and in the new table; None where there is none.

    Where the key itself changed, rows are recognised by what both keys share, if that tells them apart.
    """
    before, now = (list(sheet.rows) if sheet else [] for sheet in (old, new))
    if old is None or new is None or old.key == new.key:
        known = dict.fromkeys([*before, *now])
        was, is_ = set(before), set(now)
        return [(key if key in was else None, key if key in is_ else None) for key in known]
    shared = [name for name in new.key if name in old.columns]
    then = {tuple(old.rows[key].get(name, "") for name in shared): key for key in before}
    here = {tuple(new.rows[key][name] for name in shared): key for key in now}
    if not shared or len(then) < len(before) or len(here) < len(now):
        return [*((key, None) for key in before), *((None, key) for key in now)]
    return [(then.get(part), here.get(part)) for part in dict.fromkeys([*then, *here])]


# -- reasons ---------------------------------------------------------------------------------------------------


def owner(table: str, row: Cells, new: Sheets, old: Sheets) -> tuple[str, str]:
    """The table and id of the record, document or registry entry in whose file a row is typed."""
    return _standing(table, row, new, old)[-1]


def _standing(table: str, row: Cells, new: Sheets, old: Sheets) -> list[tuple[str, str]]:
    """A row's table and id, and those of what it stands in, up to the file's own; the last is the owner."""
    if table == "revisions":
        return [(row["table"], row["row_key"])]
    found = [(table, row.get("id", ""))]
    while (placed := _placed(new.get(table) or old[table])) is not None:
        column, above = placed
        id_ = row[column]
        table, row = above, _row(above, id_, new) or _row(above, id_, old) or {"id": id_}
        if table == "records":
            break
        found.append((table, id_))
    if table == "records":
        id_ = row["id"]
        found.append((next((t for t in _ASSESSED for s in (new, old) if _row(t, id_, s)), table), id_))
    return found


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


def _why_gone(table: str, row: Cells, new: Sheets, old: Sheets, path: str) -> str:
    """The tombstone of the row or of what it stood in; else the revision that names its list."""
    standing = _standing(table, row, new, old)
    for place in standing:
        found = _row("retired", retired_name(*place), new)
        if found:
            return found["reason"] + (f", see {found['replaced_by']}" if found["replaced_by"] else "")
    return "; ".join(reasons(standing[-1], path, new, old))


def retired_name(table: str, id_: str) -> str:
    """How the table `retired` names a row: a record or claim by its id, any other with its table in front."""
    return id_ if table in (*_ASSESSED, "claims") else f"{table}/{id_}"


# -- estimates -------------------------------------------------------------------------------------------------


def _of_estimates(old: Sheets, new: Sheets) -> Iterator[Change]:
    """What the assessment says otherwise of records that both releases have; `old` in the words of the new."""
    for table in _ASSESSED:
        if table not in old or table not in new:
            continue
        before, now = old[table], new[table]
        computed = [n for n in now.columns if n in before.columns and _is_result(n, now)]
        for key, row in now.rows.items():
            was = before.rows.get(key)
            for name in computed if was else ():
                if was and was[name] != row[name]:
                    yield Change(table, JOIN.join(key), "re_estimated", name, was[name], row[name])
    if "estimates" not in old or "estimates" not in new:
        return
    before, now = old["estimates"], new["estimates"]
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

    major: a table, column or code was removed, renamed or retyped, a key or a code's place in its list changed,
    or the written rule or the licence. minor: something was added (a retired id adds its tombstone). patch: all else.
    """
    found: Step = "patch"
    for one in changes:
        about_schema = not one.row_key or one.table == _CODES
        worded = one.table == _CODES and one.change == "changed" and one.column not in _ORDER
        worded = worded or (one.table == _DATASET and one.column != "licence")
        if about_schema and not worded and one.change in ("renamed", "retired", "changed"):
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
