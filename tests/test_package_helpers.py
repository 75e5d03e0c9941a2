"""A copy of the installed release in which a test has changed some rows: for stories that the data lack."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet as pq

from armsledger.files import DATA, Installed, Release

Row = dict[str, Any]
Edit = Callable[[list[Row]], list[Row]]


def crafted(folder: Path, edits: dict[str, Edit]) -> Release:
    """The installed release with the Parquet tables edited (CSV and sums stay as they are)."""
    copy = folder / "crafted"
    shutil.copytree(DATA, copy, dirs_exist_ok=True)
    for table, edit in edits.items():
        path = copy / "parquet" / f"{table}.parquet"
        old = pq.read_table(path)
        rows = edit(old.to_pylist())
        columns = [_column([row[field.name] for row in rows], old.column(field.name)) for field in old.schema]
        pq.write_table(pa.Table.from_arrays(columns, schema=old.schema), path)
    return Installed(copy)


def _column(values: list[Any], old: Any) -> Any:
    """Of the old column's type; an ordered dictionary keeps all its levels and their order."""
    if not pa.types.is_dictionary(old.type):
        return pa.array(values, old.type)
    levels = old.combine_chunks().dictionary if old.num_chunks > 1 else old.chunk(0).dictionary
    codes = pa.compute.index_in(pa.array(values, pa.string()), levels).cast(pa.int8())
    return pa.DictionaryArray.from_arrays(codes, levels, ordered=True)


def changed(id_: str, **values: Any) -> Edit:
    """The rows with some values of one of them changed."""

    def edit(rows: list[Row]) -> list[Row]:
        assert any(row["id"] == id_ for row in rows), id_
        return [{**row, **values} if row["id"] == id_ else row for row in rows]

    return edit


def chained(*edits: Edit) -> Edit:
    """One edit after the other."""

    def edit(rows: list[Row]) -> list[Row]:
        for one in edits:
            rows = one(rows)
        return rows

    return edit


def added(like: str, **values: Any) -> Edit:
    """The rows and one more, like one of them but for some values."""

    def edit(rows: list[Row]) -> list[Row]:
        return [*rows, {**next(row for row in rows if row["id"] == like), **values}]

    return edit


def test_edits_of_the_helpers_do_what_they_say() -> None:
    rows = chained(changed("a", x=2), added("a", id="b"))([{"id": "a", "x": 1}])
    assert rows == [{"id": "a", "x": 2}, {"id": "b", "x": 2}]
