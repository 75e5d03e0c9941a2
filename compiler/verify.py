"""Step 7: read the published bytes back, as an outsider would, before they are published.

frictionless knows nothing of this project: it reads datapackage.json and the CSV files and checks types,
enums, keys and references. The sums and Parquet are looked at as the installed package does.
"""

from __future__ import annotations

from pathlib import Path

from frictionless import Package, system
from frictionless.exception import FrictionlessException

from armsledger.errors import Damaged
from armsledger.integrity import verify_folder


class Unfit(Exception):
    """The built files are not what they say; a fault of the compiler, never of a record."""


def verify(folder: Path) -> None:
    """Raise `Unfit` with everything that is wrong with the release under ``folder``."""
    wrong = [*_own(folder), *_outsider(folder)]
    if wrong:
        raise Unfit("\n".join(wrong))


def _own(folder: Path) -> list[str]:
    """The same look that a user takes with `armsledger.verify`: sums, added files, Parquet against CSV."""
    try:
        verify_folder(folder)
    except Damaged as error:
        return list(error.problems)
    return []


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
