"""Step 6: typed frames to canonical CSV, and through Arrow by declared types to Parquet.

Canonical means that one commit gives the same bytes on every machine: cells as `armsledger.canonical` writes
them, the declared order of columns, rows by key. Parquet is made from the CSV, so the two cannot differ.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from armsledger import canonical
from armsledger.canonical import text_of
from armsledger.files import natural
from armsledger.tabular import read_csv
from compiler.derive import Tables
from schemas.export import DELIMITER, table_schema
from schemas.fields import specs
from schemas.layout import MODELS, primary_key

_AS_DECLARED = ("codelists", "changes")  # tables whose order means something


def csv_bytes(table: str, frame: pd.DataFrame) -> bytes:
    """The canonical CSV of one table."""
    names = list(specs(MODELS[table]))
    columns = [frame[name].tolist() for name in names]
    rows = [[text_of(value, DELIMITER) for value in row] for row in zip(*columns, strict=True)]
    key = [names.index(name) for name in primary_key(table)]
    if table not in _AS_DECLARED:
        rows.sort(key=lambda row: [natural(row[i]) for i in key])
    return canonical.csv_bytes(names, rows)


def write_tables(tables: Tables, folder: Path) -> None:
    """``csv/`` and ``parquet/`` of every table under ``folder``."""
    (folder / "csv").mkdir(parents=True)
    (folder / "parquet").mkdir()
    for table in MODELS:
        data = csv_bytes(table, tables[table])
        (folder / "csv" / f"{table}.csv").write_bytes(data)
        arrow = read_csv(data, table_schema(table))
        pq.write_table(arrow, folder / "parquet" / f"{table}.parquet", compression="zstd")
