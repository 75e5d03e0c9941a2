"""Read a release through MLCommons' own mlcroissant: no error, no warning, and every cell as the CSV has it.

    python validators/croissant.py RELEASE_FOLDER

Runs in the environment of ``make validate``. First it breaks copies of the file on purpose, and stops if
mlcroissant takes one: a validator that accepts anything has not been run.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import absl.logging
import mlcroissant as mlc

FILE = "croissant.json"


def problems(folder: Path) -> Iterator[str]:
    """What mlcroissant, and then the comparison with the CSV files, finds wrong with the release."""
    path = folder / FILE
    described = json.loads(path.read_text(encoding="utf-8"))
    try:
        issues = mlc.Dataset(path).metadata.ctx.issues
    except Exception as error:
        yield f"{type(error).__name__}: {error}"
        return
    yield from issues.errors
    yield from (w for w in issues.warnings if not _known(w, described["version"]))
    lists = {f["@id"] for record_set in described["recordSet"] for f in record_set["field"] if "isArray" in f}
    for entry in described["distribution"]:
        yield from _table(path, folder / entry["@id"], lists)


def _known(warning: str, version: str) -> bool:
    """A working state's version is Python's (0.1.0.dev0), not SemVer's; a release's is both."""
    return version.endswith(".dev0") and "Version doesn't follow MAJOR.MINOR.PATCH" in warning


def _table(path: Path, file: Path, lists: set[str]) -> Iterator[str]:
    table = file.stem
    with file.open(encoding="utf-8", newline="") as stream:
        printed = list(csv.DictReader(stream))
    try:
        # A new Dataset each time: mlcroissant 1.1 spoils the tables that another one refers to.
        loaded = list(mlc.Dataset(path).records(table))
    except Exception as error:
        # mlcroissant cannot join an empty table with an empty table; there is nothing to compare.
        if printed or "does not exist in node" not in str(error.__cause__ or error):
            yield f"{table}: {type(error).__name__}: {error.__cause__ or error}"
        return
    if len(loaded) != len(printed):
        yield f"{table}: {len(loaded)} rows, the CSV has {len(printed)}"
        return
    for number, (row, cells) in enumerate(zip(loaded, printed, strict=True), start=1):
        for column, text in cells.items():
            field = f"{table}/{column}"
            value = row.get(field)
            if not _same(value, text) or (
                value is not None and field in lists and not isinstance(value, list)
            ):
                yield f"{table}: row {number}, {column}: {value!r} is not {text!r}"


def _same(value: Any, text: str) -> bool:
    """Whether a loaded value is what the cell of the CSV says."""
    if value is None:
        return text == ""
    if isinstance(value, list):
        return b"|".join(value).decode() == text
    if isinstance(value, bytes):
        # pandas, under mlcroissant, reads codes that are digits as floats where a cell is empty.
        said = value.decode()
        return said == text or (text.isdigit() and said == f"{text}.0")
    if isinstance(value, bool):
        return text == ("true" if value else "false")
    if isinstance(value, dt.datetime):
        return value.date().isoformat() == text
    return text != "" and float(text) == value


def _drop_column(described: dict[str, Any]) -> None:
    described["recordSet"][0]["field"][0]["source"]["extract"]["column"] = "no_such_column"


def _dangle(described: dict[str, Any]) -> None:
    field = next(f for rs in described["recordSet"] for f in rs["field"] if "references" in f)
    field["references"] = {"field": {"@id": "no_such_table/id"}}


def _wrong_sum(described: dict[str, Any]) -> None:
    described["distribution"][0]["sha256"] = "0" * 64


def _not_split(described: dict[str, Any]) -> None:
    for record_set in described["recordSet"]:
        for field in record_set["field"]:
            field.get("source", {}).pop("transform", None)


def _no_type(described: dict[str, Any]) -> None:
    del described["recordSet"][0]["field"][0]["dataType"]


BROKEN: tuple[Callable[[dict[str, Any]], None], ...] = (
    _drop_column,
    _dangle,
    _wrong_sum,
    _not_split,
    _no_type,
)


def accepted(folder: Path) -> list[str]:
    """The ways of breaking the file that went unnoticed."""
    unnoticed = []
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(shutil.copytree(folder, Path(scratch) / "release"))
        whole = (copy / FILE).read_text(encoding="utf-8")
        for breaking in BROKEN:
            described = json.loads(whole)
            breaking(described)
            (copy / FILE).write_text(json.dumps(described), encoding="utf-8")
            found = next(problems(copy), None)
            print(f"croissant.json {breaking.__name__}: {found and ' '.join(found.split())[:200]}")
            unnoticed += [] if found else [breaking.__name__]
    return unnoticed


def main() -> int:
    absl.logging.set_verbosity("error")  # what it logs is in its issues too
    folder = Path(sys.argv[1])
    found = [*(f"accepted a broken file: {how}" for how in accepted(folder)), *problems(folder)]
    print("\n".join(found) or "croissant.json: mlcroissant finds nothing wrong, and every cell is the CSV's")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
