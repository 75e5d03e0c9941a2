"""Rows of plain values to frames in their declared dtypes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from schemas.codelists import CODELISTS
from schemas.fields import Spec
from schemas.rules.model import Row


def frame(rows: list[Row], columns: Mapping[str, Spec]) -> pd.DataFrame:
    """The rows as a frame with each column in its declared dtype, whatever gaps it has."""
    return pd.DataFrame(
        {name: _column(spec, [row.get(name) for row in rows]) for name, spec in columns.items()}
    )


def _column(spec: Spec, values: list[Any]) -> Any:
    """One column in its declared dtype: an array, since pandas would align the indexes of Series."""
    if spec.kind == "words":
        return pd.Series(values, dtype=object).to_numpy()
    if spec.kind == "ladder":
        dtype = pd.CategoricalDtype(list(CODELISTS[spec.codelist].scale), ordered=True)
        return pd.Categorical(values, dtype=dtype)
    if spec.kind == "day":
        return np.array(values, dtype="datetime64[ms]")
    dtypes: dict[str, Any] = {"number": "Float64", "whole": "Int64", "flag": "boolean"}
    return pd.array(values, dtype=dtypes.get(spec.kind, "string"))
