"""Step 7: read the published bytes back, as an outsider would, before they are published.

frictionless knows nothing of this project: it reads datapackage.json and the CSV files and checks types,
enums, keys and references. Parquet is compared with the CSV by content, and the sums with the files.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pyarrow.parquet as pq
from frictionless import Package, system
from frictionless.exception import FrictionlessException
from pyarrow import ArrowInvalid

from armsledger.tabular import read_csv
from compiler.progress import track


class Unfit(Exception):
    """The built files are not what they say; a fault of the compiler, never of a record."""


def verify(folder: Path) -> None:
    """Raise `Unfit` with everything that is wrong with the release under ``folder``."""
    wrong = [*_sums(folder), *_parquet(folder), *_outsider(folder)]
    if wrong:
        raise Unfit("\n".join(wrong))


def _sums(folder: Path) -> list[str]:
    wrong = []
    for base in (folder, folder / "parquet"):
        for line in (base / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
            digest, _, name = line.partition("  ")
            if hashlib.sha256((base / name).read_bytes()).hexdigest() != digest:
                wrong.append(f"{name}: its SHA-256 is not the one in SHA256SUMS")
    return wrong


def _parquet(folder: Path) -> list[str]:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    wrong = []
    for resource in track(package["resources"], "comparing Parquet"):
        name = resource["name"]
        try:
            table = read_csv((folder / resource["path"]).read_bytes(), resource["schema"])
        except ArrowInvalid as error:
            wrong.append(f"{name}: the CSV does not fit its schema: {error}")
            continue
        if not pq.read_table(folder / "parquet" / f"{name}.parquet").equals(table):
            wrong.append(f"{name}: Parquet and CSV differ")
    return wrong


def _outsider(folder: Path) -> list[str]:
    try:
        with system.use_context(trusted=True):
            package = Package(str(folder / "datapackage.json"))
            report = package.validate()
    except FrictionlessException as error:
        return [f"datapackage.json: {error}"]
    found = report.flatten(["path", "rowNumber", "fieldNumber", "type", "message"])
    return [
        f"{path or 'datapackage.json'}: row {row}, field {field}: {kind}: {said}"
        for path, row, field, kind, said in found
    ]
