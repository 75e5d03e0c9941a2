"""`armsledger export`: the tables as files, with what explains them, into a folder of the user's.

Nothing is ever overwritten: the folder must be new or empty, or hold nothing but the very files that would be
written, so that the same command can be given twice. For that the workbook, Stata and SQLite files are the same
bytes whenever the same libraries write the same release: every time in them is the release's as-of day. Another
version of a library may write other bytes; then the second command refuses, too.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from armsledger.errors import ArmsledgerError
from armsledger.exporting.plain import parquet_package, plain_files, texts
from armsledger.files import Release
from armsledger.past import release_of
from armsledger.sums import FORMATS_SUMS, write_sums

Format = Literal["csv", "parquet", "xlsx", "dta", "sqlite"]
FORMATS: tuple[Format, ...] = ("csv", "parquet", "xlsx", "dta", "sqlite")

# Made for programs that people have; binary, so their sums stand apart from those of the canonical files.
_MADE: tuple[Format, ...] = ("xlsx", "dta", "sqlite")
MADE_FILES = ("*.xlsx", "stata", "*.sqlite", FORMATS_SUMS)
"""Patterns of what `write_formats` adds to a release folder; the installed package goes without them."""


class InTheWay(ArmsledgerError):
    """The target folder holds something else."""


def export(folder: Path, form: Format, *, version: str | None = None) -> list[Path]:
    """Write all tables of a version (default: the installed one) below `folder`; return the files written.

    csv, parquet: layout and bytes are the release's, in ``csv/`` or ``parquet/``. Only in a Parquet export
    does datapackage.json differ from the release's: it names the Parquet files.
    xlsx: one workbook of the main tables. dta: ``stata/``, a file a table. sqlite: one database.

    Beside them codebook, README, CITATION.cff and the sums (``sha256sum --check`` works in the folder that
    holds them): SHA256SUMS, or SHA256SUMS.formats for xlsx, dta and sqlite.

    InTheWay: `folder` is a file, or holds anything that is not one of these files, byte for byte.
    ExtraMissing: the library that writes workbooks is not installed.
    DoesNotFit: the format cannot hold the tables. UnknownVersion: no such version.
    """
    wanted = _files(release_of(version), form)
    if folder.exists():
        if not folder.is_dir():
            raise InTheWay(f"{folder} is a file; give a folder that is new or empty")
        for path in sorted(p for p in folder.rglob("*") if not p.is_dir()):
            name = path.relative_to(folder).as_posix()
            if name not in wanted or path.read_bytes() != wanted[name]:
                kind = "holds" if name not in wanted else "holds a different"
                raise InTheWay(f"{folder} {kind} {name}; give a folder that is new or empty")
    written = []
    for name, data in wanted.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        written.append(path)
    return written


def write_formats(release: Release, folder: Path, forms: Iterable[Format] = _MADE) -> list[Path]:
    """Add to `folder` what people's programs open, and SHA256SUMS.formats; return the files written.

    ``<name>-<version>.xlsx``, ``stata/<table>.dta``, ``<name>-<version>.sqlite``: new files, all of them.
    """
    written = sorted(path for form in forms for path in _make(release, form, folder))
    write_sums(folder, written, FORMATS_SUMS)
    return [*written, folder / FORMATS_SUMS]


def _make(release: Release, form: Format, folder: Path) -> list[Path]:
    if form == "dta":
        from armsledger.exporting.stata import write_stata

        return write_stata(release, folder / "stata")
    path = folder / f"{release.name}-{release.version}.{form}"
    if form == "xlsx":
        from armsledger.exporting.workbook import write_workbook

        write_workbook(release, path)
    else:
        from armsledger.exporting.database import write_database

        write_database(release, path)
    return [path]


def _files(release: Release, form: Format) -> dict[str, bytes]:
    if form not in _MADE:
        tables = plain_files(release, form)
        own = {"datapackage.json": parquet_package(release, tables)} if form == "parquet" else {}
        return tables | texts(release, form) | own
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = write_formats(release, folder, [form])
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in made} | texts(
            release, form
        )
