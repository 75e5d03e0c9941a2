"""Step 3, last part: ids and values against the release before.

A frozen release lies under ``releases/<version>/``: every text file that was published, CSV tables among them,
with its SHA256SUMS; ``releases/SHA256SUMS`` holds the sums of those. What was published never changes: a
released id stays or leaves a tombstone, a released value changes with a revision that says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from armsledger.canonical import text_of
from armsledger.differences import (
    JOIN,
    Cells,
    Change,
    Key,
    Sheet,
    Sheets,
    owner,
    row_differences,
    sheet,
    sheets_of,
)
from armsledger.errors import Damaged
from armsledger.past import Frozen, digests, order
from armsledger.sums import SUMS
from compiler.read import Mark
from compiler.report import Problem, problem
from schemas.export import DELIMITER, codelist_rows, table_schema
from schemas.fields import specs
from schemas.layout import MODELS, former_names, primary_key
from schemas.rules.model import Row

RELEASES = Path("releases")


@dataclass(frozen=True)
class Past:
    """What was published: all versions, oldest first, and the tables of the newest before the one being built.

    ``same`` are the tables of the version being built itself, where it is frozen already; ``sums`` the
    SHA256SUMS of each version.
    """

    versions: tuple[str, ...] = ()
    version: str = ""
    last: Sheets = field(default_factory=dict)
    same: Sheets = field(default_factory=dict)
    sums: Mapping[str, bytes] = field(default_factory=dict)


def read_past(root: Path, version: str, problems: list[Problem]) -> Past:
    """The releases, each held to its sums; what is wrong goes to ``problems``. ``version`` is being built."""
    frozen: dict[str, Frozen] = {}
    for name, release, wrong in frozen_releases(root / RELEASES):
        problems += [problem(f"{RELEASES}/{name or SUMS}", Mark(1, 1), "V01", said) for said in wrong]
        if release is not None and not wrong:
            frozen[name] = release
    versions = tuple(sorted(frozen, key=order))
    before = [one for one in versions if _is_before(one, version)]
    return Past(
        versions,
        before[-1] if before else "",
        sheets_of(frozen[before[-1]]) if before else {},
        sheets_of(frozen[version]) if version in frozen else {},
        {name: release.read(SUMS) for name, release in frozen.items()},
    )


def _is_before(version: str, other: str) -> bool:
    try:
        return order(version) < order(other)
    except ValueError:  # the version that was typed is none, which S12 says
        return False


def frozen_releases(folder: Path) -> Iterator[tuple[str, Frozen | None, list[str]]]:
    """Each release under ``folder`` with what is wrong with it; an empty version stands for the folder itself."""
    if not folder.is_dir():
        return
    try:
        stated = digests((folder / SUMS).read_bytes())
    except OSError as error:
        yield "", None, [f"cannot be read: {error.strerror or error}"]
        return
    except Damaged as error:
        yield "", None, list(error.problems)
        return
    present = {path.name for path in folder.iterdir() if not path.name.startswith(".")} - {SUMS}
    for version in sorted(stated.keys() | present):
        if version not in stated or version not in present:
            what = "is missing" if version not in present else f"is not in {RELEASES}/{SUMS}"
            yield version, None, [what]
            continue
        files = [
            p.relative_to(folder / version).as_posix() for p in (folder / version).rglob("*") if p.is_file()
        ]
        release = Frozen.from_folder(folder / version, stated[version])
        yield version, release, list(release.problems(files))


# -- the records as they are now, in the form of a release ---------------------------------------------------


def sheet_of(table: str, rows: Iterable[Row], *, typed: bool = False) -> Sheet:
    """A table's rows in the form of a release; ``typed``: only the columns that people fill."""
    columns = [name for name, spec in specs(MODELS[table]).items() if not typed or spec.by != "computed"]
    schema = table_schema(table)
    schema["fields"] = [one for one in schema["fields"] if one["name"] in columns]
    schema["primaryKey"] = [name for name in primary_key(table) if name in columns]
    resource = {"schema": schema, "armsledger:was": former_names(table)}
    return sheet(resource, ({name: text_of(row.get(name), DELIMITER) for name in columns} for row in rows))


def typed_sheets(tables: Mapping[str, list[Row]]) -> dict[str, Sheet]:
    """What was typed, by table, and all codes, so that renamed ones are recognised."""
    made = {table: sheet_of(table, tables.get(table, []), typed=True) for table in MODELS}
    return made | {"codelists": sheet_of("codelists", codelist_rows())}


def typed_changes(tables: Mapping[str, list[Row]], last: Sheets) -> list[Change]:
    """What people typed otherwise than a release has it, row by row; nothing if ``last`` is empty."""
    if not last:
        return []
    return row_differences(last, typed_sheets(tables))


def row_of(change: Change, *sheets: Sheets) -> Cells:
    """The row that a change is of, in the first of ``sheets`` that has it."""
    key: Key = tuple(change.row_key.split(JOIN))
    return next(
        s[change.table].rows[key] for s in sheets if change.table in s and key in s[change.table].rows
    )


def owner_of(change: Change, now: Sheets, last: Sheets) -> tuple[str, str]:
    """The table and id of the record or entry in whose file the change was made."""
    return owner(change.table, row_of(change, now, last), now, last)


def changed_records(tables: Mapping[str, list[Row]], past: Past) -> set[str]:
    """The ids of records of which a typed row was added, changed or dropped since the last release."""
    now = typed_sheets(tables)
    return {owner_of(one, now, past.last)[1] for one in typed_changes(tables, past.last)}
