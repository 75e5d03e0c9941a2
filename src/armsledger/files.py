"""One release, and the one that lies inside the package, read as it lies.

``_data/release`` is a copy of the release folder, less the files that `armsledger.exporting` can make again.
Other versions are `armsledger.past`'s. Out of scope: writing.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from armsledger.errors import Damaged, DataMissing, UnknownTable, one_of

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

Row = dict[str, Any]

DATA = Path(__file__).resolve().parent / "_data" / "release"
_NEEDED = ("name", "version", "resources", "armsledger:asOf", "armsledger:methodVersion")
_LOST = "{} is missing: install armsledger anew, or run: make build"
_DIGITS = re.compile(r"([0-9]+)")


class Release:
    """One release: what it says of itself, and its tables. Its two kinds differ in where the bytes lie.

    Frames are read on each call; rows (plain Python values) once.
    """

    def __init__(self) -> None:
        self._rows: dict[str, list[Row]] = {}

    def read(self, name: str) -> bytes:
        """A published file by its name in the release, such as ``csv/claims.csv``."""
        raise NotImplementedError

    def table(self, table: str) -> pa.Table:
        """A table by its declared Arrow types. Raises `UnknownTable`."""
        raise NotImplementedError

    @cached_property
    def package(self) -> dict[str, Any]:
        """datapackage.json (Data Package v2)."""
        try:
            package: dict[str, Any] = json.loads(self.read("datapackage.json"))
            lacking = [key for key in _NEEDED if key not in package]
        except (ValueError, TypeError) as error:
            raise Damaged([f"datapackage.json: cannot be read ({error})"]) from None
        if lacking:
            raise Damaged([f"datapackage.json: is not of a release, it lacks {', '.join(lacking)}"])
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

    @property
    def method_version(self) -> str:
        """Which edition of the written rule its estimates follow."""
        return str(self.package["armsledger:methodVersion"])

    def resource(self, table: str) -> dict[str, Any]:
        """What the package says of a table. Raises `UnknownTable`."""
        if not isinstance(table, str) or table not in self.resources:
            raise UnknownTable(f"version {self.version}: {one_of('table', table, self.resources)}")
        return self.resources[table]

    def n_rows(self, table: str) -> int:
        """How many rows a table has."""
        return int(self.table(table).num_rows)

    def frame(self, table: str) -> pd.DataFrame:
        """A table as `armsledger.tabular.to_frame` types it; a new frame each time, without attrs."""
        from armsledger.tabular import to_frame

        return to_frame(self.table(table))

    def rows(self, table: str) -> list[Row]:
        """A table's rows as plain values, None for what is missing. Do not change them."""
        if table not in self._rows:
            self._rows[table] = self.table(table).to_pylist()
        return self._rows[table]


class Installed(Release):
    """A release folder with its Parquet files: the one that the package carries."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def read(self, name: str) -> bytes:
        try:
            return (self.folder / name).read_bytes()
        except FileNotFoundError:
            if not (self.folder / "datapackage.json").is_file():
                raise DataMissing(
                    f"armsledger holds no tables: {self.folder} is missing or empty. In a checkout of the"
                    " repository, run: make build"
                ) from None
            raise DataMissing(_LOST.format(self.folder / name)) from None

    def table(self, table: str) -> pa.Table:
        from armsledger.tabular import read_parquet

        return read_parquet(self.parquet(table))

    def n_rows(self, table: str) -> int:
        import pyarrow.parquet as pq

        return int(pq.read_metadata(self.parquet(table)).num_rows)  # without reading the table

    def parquet(self, table: str) -> Path:
        """The Parquet file of a table. Raises `UnknownTable`."""
        self.resource(table)
        path = self.folder / "parquet" / f"{table}.parquet"
        if not path.is_file():
            raise DataMissing(_LOST.format(path))
        return path


@lru_cache(maxsize=1)
def packaged() -> Installed:
    """The release that this package carries."""
    return Installed(DATA)


def natural(text: str) -> list[tuple[int, str]]:
    """The order of rows in a release: c2 before c10."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in _DIGITS.split(text)]
