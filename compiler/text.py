"""One value as text: how it stands in the canonical CSV, and how two releases are compared."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from schemas.export import DELIMITER


def text_of(value: Any) -> str:
    """One cell as text."""
    if isinstance(value, list):
        return DELIMITER.join(value)
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")
    if isinstance(value, (pd.Timestamp, date)):
        return value.strftime("%Y-%m-%d")
    return str(value)
