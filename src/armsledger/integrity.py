"""`verify`: are the installed files the published ones?

Three tests that do not trust each other: every file against the sums beside it, every CSV file against
datapackage.json, and every Parquet file against its CSV by content. Whoever changes files and sums together
is caught only by comparing the sums with the published ones: they are in the repository.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from armsledger.errors import Damaged, DataMissing
from armsledger.files import packaged
from armsledger.past import PAST, archive_problems
from armsledger.sums import FORMATS_SUMS, SUMS, digest, read_sums

if TYPE_CHECKING:
    import pyarrow as pa

# The files of sums, and whether a release must have them: the installed one goes without those formats.
_FILES_OF_SUMS = {SUMS: True, f"parquet/{SUMS}": True, FORMATS_SUMS: False}


@dataclass(frozen=True, slots=True)
class Verified:
    """What `verify` looked at, and found to be as published.

    ``sums_sha256``: the SHA-256 of SHA256SUMS; ``past``: how many past versions the package carries.
    """

    dataset: str
    version: str
    tables: int
    files: int
    sums_sha256: str
    past: int = 0

    def __str__(self) -> str:
        older = f"\nPast versions, every file as it was published: {self.past}." if self.past else ""
        return (
            f"{self.dataset} {self.version}: {self.files} files are those of SHA256SUMS, and all"
            f" {self.tables} tables are the same in CSV and Parquet."
            f"\nSHA-256 of SHA256SUMS: {self.sums_sha256}{older}"
        )


def verify() -> Verified:
    """Check every file that the package carries, past versions too: its SHA-256, and that Parquet is as CSV.

    The sums are SHA-256 (FIPS 180-4) in the form that ``sha256sum --check`` reads. One changed byte in any
    file is found, the files of sums included, and so is a file that is missing or was added.

    Returns a `Verified` with dataset, version, tables, files, sums_sha256 and past; compare the sum with the
    published one to know that the files are not merely consistent but the right ones.

    Damaged: something is wrong; ``error.problems`` has a line each, beginning with the table's (or file's)
    name.
    """
    return verify_folder(packaged().folder, PAST)


def verify_folder(folder: Path, past: Path | None = None) -> Verified:
    """`verify` for any release folder, and for the archive of past versions where one is given."""
    if not folder.is_dir():
        raise DataMissing(f"{folder} is missing: install armsledger anew, or run: make build")
    problems = list(_against_sums(folder))
    package = _package(folder)
    if package is not None:
        for resource in package["resources"]:
            problems += _table(folder, resource)
    older = 0
    if past is not None:
        found, older = archive_problems(past)
        problems += found
    if problems or package is None:
        raise Damaged(dict.fromkeys(problems or ["datapackage.json: cannot be read"]))
    files = len(_present(folder))
    own = digest((folder / SUMS).read_bytes())
    return Verified(package["name"], package["version"], len(package["resources"]), files, own, older)


def _present(folder: Path) -> dict[str, Path]:
    """Every file of a release by its path in it, but for the files of sums."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path for name, path in found.items() if name not in _FILES_OF_SUMS}


def _against_sums(folder: Path) -> Iterator[str]:
    """Every file of a release against the files of sums, which must be exact and name each file once."""
    stated: dict[str, tuple[str, str]] = {}
    for label, needed in _FILES_OF_SUMS.items():
        if needed or (folder / label).exists():
            yield from _read_sums(folder, label, stated)
    present = _present(folder)
    for name in sorted(stated.keys() | present.keys()):
        what = f"{Path(name).stem}: {name}" if Path(name).suffix in (".csv", ".parquet") else name
        if name not in present:
            yield f"{what}: missing"
        elif name not in stated:
            yield f"{what}: in no file of sums"
        elif digest(present[name].read_bytes()) != stated[name][0]:
            yield f"{what}: its SHA-256 is not the one in {stated[name][1]}"


def _read_sums(folder: Path, label: str, stated: dict[str, tuple[str, str]]) -> Iterator[str]:
    """Add to ``stated``, by path in the release, each file's sum and the file of sums that states it."""
    try:
        sums = read_sums((folder / label).read_bytes())
    except (OSError, ValueError) as error:
        yield f"{label}: cannot be read ({error})"
        return
    for name, stated_sum in sums.items():
        path = (Path(label).parent / name).as_posix()
        if path in stated:
            yield f"{label}: {name} stands in {stated[path][1]}, too"
        else:
            stated[path] = (stated_sum, label)


def _package(folder: Path) -> dict[str, Any] | None:
    try:
        package = json.loads((folder / "datapackage.json").read_bytes())
        return package if isinstance(package["resources"], list) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _table(folder: Path, resource: dict[str, Any]) -> Iterator[str]:
    """One table: the CSV's hash in datapackage.json, and Parquet equal to CSV."""
    import pyarrow as pa

    from armsledger.tabular import read_csv, read_parquet

    try:
        name = resource["name"]
        data = (folder / "csv" / f"{name}.csv").read_bytes()
        if f"sha256:{digest(data)}" != resource["hash"]:
            yield f"{name}: the CSV's SHA-256 is not the one in datapackage.json"
        table = read_parquet(folder / "parquet" / f"{name}.parquet")
        if not _decoded(table).equals(_decoded(read_csv(data, resource["schema"]))):
            yield f"{name}: Parquet and CSV differ"
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException) as error:
        what = resource.get("name", "datapackage.json") if isinstance(resource, dict) else "datapackage.json"
        yield f"{what}: cannot be compared ({type(error).__name__}: {error})"


def _decoded(table: pa.Table) -> pa.Table:
    """The table with ladders as text: older pyarrow reads their codes in another width."""
    import pyarrow as pa

    columns = [
        column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
        for column in table.itercolumns()
    ]
    return pa.table(columns, names=table.column_names)
