"""Step 3, last part: ids and values against the release before.

A frozen release lies under ``releases/<version>/``: every text file that was published, CSV tables among them,
with its SHA256SUMS; ``releases/SHA256SUMS`` holds the sums of those. What was published never changes: a
released id stays or leaves a tombstone, a released value changes with a revision that says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from armsledger.canonical import text_of
from armsledger.differences import Difference, Sheet, Sheets, row_differences, sheet, sheets_of
from armsledger.errors import Damaged
from armsledger.past import Frozen, digests, is_version, order
from armsledger.sums import SUMS
from compiler.read import Mark
from compiler.report import Problem, problem
from schemas.export import DELIMITER, codelist_rows, table_schema
from schemas.fields import specs
from schemas.layout import MODELS, former_names, primary_key
from schemas.rules.model import Row

RELEASES = Path("releases")
FIRST = "0.1.0"  # up to here there may be no past


@dataclass(frozen=True)
class Past:
    """What was published: all versions, oldest first, and the tables of the newest before the one being built.

    ``version`` and ``as_of`` are that newest one's, ``last`` its tables; ``same`` are the tables of the version
    being built itself, where it is frozen already; ``sums`` the SHA256SUMS of each version.
    """

    versions: tuple[str, ...] = ()
    version: str = ""
    as_of: date | None = None
    last: Sheets = field(default_factory=dict)
    same: Sheets = field(default_factory=dict)
    sums: Mapping[str, bytes] = field(default_factory=dict)


def read_past(root: Path, version: str, problems: list[Problem]) -> Past:
    """The releases, each held to its sums; what is wrong goes to ``problems``. ``version`` is being built."""
    if not (root / RELEASES / SUMS).is_file():
        if is_version(version) and order(version) > order(FIRST):
            what = f"is missing, and {version} comes after a first release"
            problems.append(problem(f"{RELEASES.as_posix()}/{SUMS}", Mark(1, 1), "V01", what))
        return Past()
    frozen: dict[str, Frozen] = {}
    for name, release, wrong in frozen_releases(root / RELEASES):
        where = f"{RELEASES.as_posix()}/{name or SUMS}"
        problems += [problem(where, Mark(1, 1), "V01", said, "", _help_of(said)) for said in wrong]
        if release is not None and not wrong:
            frozen[name] = release
    versions = tuple(sorted(frozen, key=order))
    before = [one for one in versions if is_version(version) and order(one) < order(version)]
    last = frozen[before[-1]] if before else None
    return Past(
        versions,
        last.version if last else "",
        last.as_of if last else None,
        sheets_of(last) if last else {},
        sheets_of(frozen[version]) if version in frozen else {},
        {name: release.read(SUMS) for name, release in frozen.items()},
    )


def _help_of(said: str) -> str:
    """What to do about a file or folder that nobody published; the rule's own help for all else."""
    return "remove it" if said.endswith((f"is not in its {SUMS}", f"is not in {RELEASES}/{SUMS}")) else ""


def frozen_releases(folder: Path) -> Iterator[tuple[str, Frozen | None, list[str]]]:
    """Each release under ``folder`` with what is wrong with it; an empty version stands for the folder itself."""
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
        if version in stated and version in present:
            release = Frozen.from_folder(folder / version, stated[version])
            yield version, release, list(_wrong(release, version, folder / version))
        else:
            what = "is missing" if version not in present else f"is not in {RELEASES}/{SUMS}"
            yield version, None, [what]


def _wrong(release: Frozen, version: str, folder: Path) -> Iterator[str]:
    files = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    found = list(release.problems(files))
    yield from found
    if not found and release.version != version:
        yield f"datapackage.json says that it is {release.version}"


def known_releases(folder: Path) -> list[str]:
    """The versions that lie frozen in ``folder``, oldest first, unread. Raises `Damaged`."""
    sums = folder / SUMS
    return sorted(digests(sums.read_bytes()), key=order) if sums.is_file() else []


def frozen_release(name: str, folder: Path) -> Frozen:
    """One frozen release, held to its sums. Raises `KeyError` if there is none, `Damaged`."""
    stated = digests((folder / SUMS).read_bytes()) if (folder / SUMS).is_file() else {}
    release = Frozen.from_folder(folder / name, stated[name])
    wrong = list(_wrong(release, name, folder / name))
    if wrong:
        raise Damaged(wrong)
    return release


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


def typed_changes(tables: Mapping[str, list[Row]], last: Sheets) -> list[Difference]:
    """What people typed otherwise than a release has it, row by row; nothing if ``last`` is empty."""
    return row_differences(last, typed_sheets(tables)) if last else []


def changed_records(tables: Mapping[str, list[Row]], past: Past) -> set[str]:
    """The ids of records of which a typed row was added, changed or dropped since the last release."""
    return {one.owner[1] for one in typed_changes(tables, past.last)}
