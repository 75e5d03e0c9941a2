"""Plain rows -> frames with explicit types. One declaration of every output column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

CONFIDENCE = ("doubtful", "possible", "probable", "confirmed")  # ordered, lowest first

TEXT, WHOLE, REAL, FLAG, DAY, LIST = "string", "Int64", "Float64", "boolean", "datetime64[s]", "list"
STATUS, GRADE = "status", "confidence"  # ordered categoricals

ESTIMATES = {
    "id": TEXT,
    "record": TEXT,
    "measure": TEXT,
    "scope": TEXT,
    "unit": TEXT,
    "kind": TEXT,
    "basis": TEXT,
    "window_earliest": DAY,
    "window_latest": DAY,
    "day": DAY,
    "low": REAL,
    "best": REAL,
    "high": REAL,
    "high_open": FLAG,
    "reported_max": REAL,
    "rule": TEXT,
    "conflict": FLAG,
    "stale_days": WHOLE,
    "stale": FLAG,
    "n_claims": WHOLE,
    "n_voices": WHOLE,
    "claims": LIST,
    "conversion": TEXT,
    "voice": TEXT,
    "method_version": TEXT,
}
TRANSFER_STATUS = {
    "id": TEXT,
    "record": TEXT,
    "status": STATUS,
    "confidence": GRADE,
    "inferred": FLAG,
    "n_claims": WHOLE,
    "n_voices": WHOLE,
    "n_independent": WHOLE,
    "claims": LIST,
    "first_stated_on": DAY,
}
_STANDING = {
    "confidence": GRADE,
    "contested": FLAG,
    "admitted_by_supplier": FLAG,
    "admitted_by_recipient": FLAG,
    "denied_by_supplier": FLAG,
    "denied_by_recipient": FLAG,
    "first_reported_on": TEXT,
    "last_reported_on": TEXT,
    "first_admission_on": TEXT,
    "n_claims": WHOLE,
    "n_claimants": WHOLE,
    "n_independent": WHOLE,
    "n_sources": WHOLE,
    "has_visible_evidence": FLAG,
    "has_physical_exam": FLAG,
}
_QUANTITY = {
    "quantity_low": REAL,
    "quantity_best": REAL,
    "quantity_high": REAL,
    "quantity_high_open": FLAG,
    "quantity_reported_max": REAL,
    "quantity_rule": TEXT,
    "quantity_conflict": FLAG,
}
TRANSFERS = {
    "id": TEXT,
    "status": STATUS,
    "status_confident": STATUS,
    **_STANDING,
    "recommended_for_totals": FLAG,
    **_QUANTITY,
}
EVENTS = {"id": TEXT, **_STANDING, **_QUANTITY}
RECOMMENDED = {
    "day": DAY,
    "record": TEXT,
    "low": REAL,
    "best": REAL,
    "high": REAL,
    "conflict": FLAG,
    "stale": FLAG,
}
SUBJECTS = {
    "id": TEXT,
    "type": TEXT,
    "direction": TEXT,
    "supplier_country": TEXT,
    "recipient_country": TEXT,
    "class_path": LIST,
    "level": TEXT,
    "parent": TEXT,
    "unit": TEXT,
    "start_earliest": DAY,
    "start_latest": DAY,
    "end_earliest": DAY,
    "end_latest": DAY,
    "event_type": TEXT,
    "headline_measure": TEXT,
    "headline_scope": TEXT,
    "headline_unit": TEXT,
    "participants": LIST,
}


_GRADES = pd.CategoricalDtype(list(CONFIDENCE), ordered=True)


def table(
    rows: Iterable[Mapping[str, Any]], columns: Mapping[str, str], ladder: Sequence[str] = ()
) -> pd.DataFrame:
    """A frame of exactly these columns and types, in the rows' order; `ladder`: a status's categories."""
    rows = list(rows)
    ordered = {GRADE: _GRADES, STATUS: pd.CategoricalDtype(list(ladder), ordered=True)}
    return pd.DataFrame(
        {name: _column([row[name] for row in rows], kind, ordered) for name, kind in columns.items()},
        index=pd.RangeIndex(len(rows)),
        copy=False,
    )


def _column(values: list[Any], kind: str, ordered: Mapping[str, pd.CategoricalDtype]) -> Any:
    if kind == LIST:
        return pd.Series(values, dtype="object")
    if kind in ordered:
        return pd.Categorical(values, dtype=ordered[kind])
    if kind == DAY:
        values = [pd.NaT if value is None else pd.Timestamp(value) for value in values]
    dtype: Any = kind
    return pd.array(values, dtype=dtype)
