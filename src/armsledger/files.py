"""The release that lies inside the package, read as it lies: ``_data/`` is an exact copy of a release folder.

Frames are read from Parquet on each call; rows (plain Python values) once. Out of scope: other versions,
downloaded releases, writing.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from armsledger.errors import DataMissing, UnknownTable, one_of

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]

DATA = Path(__file__).resolve().parent / "_data"
_DIGITS = re.compile(r"([0-9]+)")


class Release:
    """One release folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._rows: dict[str, list[Row]] = {}

    @cached_property
    def package(self) -> dict[str, Any]:
        """datapackage.json (Data Package v2)."""
        try:
            text = (self.folder / "datapackage.json").read_text(encoding="utf-8")
        except FileNotFoundError:
            raise DataMissing(
                f"armsledger holds no tables: {self.folder} is missing or empty. In a checkout of the"
                " repository, run: make build"
            ) from None
        package: dict[str, Any] = json.loads(text)
        return package

    @cached_property
    def resources(self) -> dict[str, dict[str, Any]]:
        """What the package says of each table, by name, in its order."""
        return {resource["name"]: resource for resource in self.package["resources"]}

    @property
    def name(self) -> str:
        return str(self.package["name"])

    @property
    def version(self) -> str:
        return str(self.package["version"])

    @property
    def as_of(self) -> dt.date:
        """The day that the data stand for: the clock of every computed column."""
        return dt.date.fromisoformat(self.package["armsledger:asOf"])

    def resource(self, table: str) -> dict[str, Any]:
        """What the package says of a table. Raises `UnknownTable`."""
        if not isinstance(table, str) or table not in self.resources:
            raise UnknownTable(one_of("table", table, self.resources))
        return self.resources[table]

    def parquet(self, table: str) -> Path:
        """The Parquet file of a table. Raises `UnknownTable`."""
        self.resource(table)
        path = self.folder / "parquet" / f"{table}.parquet"
        if not path.is_file():
            raise DataMissing(f"{path} is missing: install armsledger anew, or run: make build")
        return path

    def frame(self, table: str) -> pd.DataFrame:
        """A table as `armsledger.tabular.to_frame` types it; a new frame each time, without attrs."""
        import pyarrow.parquet as pq

        from armsledger.tabular import to_frame

        return to_frame(pq.read_table(self.parquet(table)))

    def rows(self, table: str) -> list[Row]:
        """A table's rows as plain values, None for what is missing. Do not change them."""
        import pyarrow.parquet as pq

        if table not in self._rows:
            rows: list[Row] = pq.read_table(self.parquet(table)).to_pylist()
            self._rows[table] = rows
        return self._rows[table]


@lru_cache(maxsize=1)
def packaged() -> Release:
    """The release that this package carries."""
    return Release(DATA)


def natural(text: str) -> list[tuple[int, str]]:
    """The order of rows in a release: c2 before c10."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in _DIGITS.split(text)]
