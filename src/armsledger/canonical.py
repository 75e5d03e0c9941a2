"""The canonical form of a table: one text a cell, one line a row, the same bytes on every machine.

Releases are written in it and rows are hashed in it. UTF-8, LF, comma, quotes only where they are needed; whole
numbers without a point and none with an exponent, true and false, days as YYYY-MM-DD, lists joined by their
delimiter, nothing for what is missing. No cell of a release holds a line break, so a row is a line.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd


def text_of(value: Any, delimiter: str = ",") -> str:
    """One cell as text."""
    if isinstance(value, list):
        return delimiter.join(value)
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")
    if isinstance(value, dt.date):
        return value.isoformat().removesuffix("T00:00:00")  # a Timestamp is a date, too
    return str(value)


def csv_bytes(names: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The CSV of rows of cells that are texts already, under a header."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows)
    return out.getvalue().encode()
