"""Frames for the tests of `assess`: one call a claim, a transfer or an event, and the rest by default.

`claim` fills in what the compiler would compute: a quantity from its qualifier, the ranks of the
grades, the first and last day of a date. Days are typed as "2024-06-30".
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

from armsledger.assess import Assessment, assess, subjects

Row = dict[str, Any]

LADDER = [
    "alleged_request",
    "negotiated",
    "agreed",
    "prepared",
    "shipped",
    "delivered",
    "fielded",
    "used",
]
RUNGS = pd.CategoricalDtype(LADDER, ordered=True)
T1 = "NKRU-T-0001"
E1 = "NKRU-E-0001"

# the voices that the tests speak with, each with all voices above it
ANCESTORS = {
    "us-gov": [],
    "kr-gov": [],
    "ua-gov": [],
    "jp-gov": [],
    "ru-gov": [],
    "kp-gov": [],
    "us-dia": ["us-gov"],
    "kr-nis": ["kr-gov"],
    "ua-hur": ["ua-gov"],
    "msmt": ["us-gov", "kr-gov"],
    "unattributed": [],
}
COUNTRIES = {"us": "USA", "kr": "KOR", "ua": "UKR", "jp": "JPN", "ru": "RUS", "kp": "PRK"}
INTERESTS = {"ua": "adversary", "ru": "dyad", "kp": "dyad"}

_NO_CLAIM: Row = {
    "id": "string",
    "record": "string",
    "bears_on": "object",
    "claimant": "string",
    "speaker": "string",
    "claimant_country": "string",
    "claimant_type": "string",
    "interest": "string",
    "voice": "string",
    "voice_ancestors": "object",
    "reliability": "string",
    "reliability_rank": "Int64",
    "credibility": "Int64",
    "credibility_rank": "Int64",
    "stance": "string",
    "kind": "string",
    "measure": "string",
    "scope": "string",
    "modality": "string",
    "quantity_qualifier": "string",
    "quantity_low": "Float64",
    "quantity_point": "Float64",
    "quantity_high": "Float64",
    "quantity_unit": "string",
    "window_earliest": "datetime64[s]",
    "window_latest": "datetime64[s]",
    "since": "string",
    "as_of_latest": "datetime64[s]",
    "stated_on": "string",
    "stated_on_earliest": "datetime64[s]",
    "stated_on_latest": "datetime64[s]",
    "status_asserted": RUNGS,
    "evidence_type": "string",
    "evidence_visible": "boolean",
    "complete": "boolean",
    "admission": "boolean",
    "supersedes": "string",
    "rank": "string",
    "denies_direction": "string",
    "denies_classes": "object",
    "denies_rung": RUNGS,
    "denies_until_latest": "datetime64[s]",
    "source": "string",
    "source_role": "string",
    "n_sources": "Int64",
    "source_ids": "object",
}
_TRANSFERS: Row = {
    "id": "string",
    "direction": "string",
    "class_path": "object",
    "level": "string",
    "parent": "string",
    "unit": "string",
    "start_earliest": "datetime64[s]",
    "start_latest": "datetime64[s]",
    "end_earliest": "datetime64[s]",
    "end_latest": "datetime64[s]",
}
_EVENTS: Row = {
    "id": "string",
    "event_type": "string",
    "direction": "string",
    "date_earliest": "datetime64[s]",
    "date_latest": "datetime64[s]",
    "headline_measure": "string",
    "headline_scope": "string",
    "headline_unit": "string",
}
_CONVERSIONS: Row = {
    "id": "string",
    "class": "string",
    "from_unit": "string",
    "to_unit": "string",
    "factor_low": "Float64",
    "factor_point": "Float64",
    "factor_high": "Float64",
    "claims": "object",
}
_PARTICIPANTS: Row = {"record": "string", "actor": "string", "role": "string"}


def day(text: str | dt.date | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if isinstance(text, str) else text


def claim(
    number: int,
    qualifier: str | None = None,
    value: float | tuple[float, float] | None = None,
    *,
    voice: str = "us-gov",
    stated: str | dt.date = "2024-06-30",
    as_of: str | dt.date | None = None,
    grades: str = "B3",
    window: tuple[str, str] | None = None,
    record: str = T1,
    **overrides: Any,
) -> Row:
    """Claim `c<number>` of `record`; `grades` is reliability and credibility, "B3"; the rest by name."""
    country = voice.split("-")[0]
    low = point = high = None
    if qualifier in ("exact", "approx"):
        low = point = high = value
    elif qualifier in ("at_least", "more_than"):
        low = value
    elif qualifier in ("at_most", "up_to", "under"):
        high = value
    elif qualifier in ("between", "dozens", "hundreds") and isinstance(value, tuple):
        low, high = value
    row: Row = dict.fromkeys(_NO_CLAIM)
    row |= {
        "id": f"{record}.c{number}",
        "record": record,
        "bears_on": [],
        "claimant": voice,
        "claimant_country": COUNTRIES.get(country),
        "claimant_type": "state",
        "interest": INTERESTS.get(country, "ally_of_adversary"),
        "voice": voice,
        "voice_ancestors": list(ANCESTORS[voice]),
        "reliability": grades[0],
        "credibility": int(grades[1]),
        "stance": "asserts",
        "kind": "existence" if qualifier is None else "flow" if window else "cumulative",
        "measure": "moved",
        "scope": "all",
        "modality": "asserted",
        "quantity_qualifier": qualifier,
        "quantity_low": low,
        "quantity_point": point,
        "quantity_high": high,
        "quantity_unit": "container" if qualifier else None,
        "window_earliest": day(window[0]) if window else None,
        "window_latest": day(window[1]) if window else None,
        "as_of_latest": day(as_of),
        "stated_on": str(stated),
        "stated_on_latest": day(stated),
        "status_asserted": None if record.startswith("NKRU-E") else "delivered",
        "evidence_type": "official_assertion",
        "evidence_visible": False,
        "complete": False,
        "admission": False,
        "rank": "normal",
        "source": f"source-{number}",
        "source_role": "first_report",
        "source_ids": [f"source-{number}"],
    }
    row |= overrides
    row["stated_on_earliest"] = row["stated_on_earliest"] or row["stated_on_latest"]
    row["reliability_rank"] = {"A": 5, "B": 4, "C": 3, "D": 2, "E": 1}.get(row["reliability"])
    row["credibility_rank"] = 6 - row["credibility"] if row["credibility"] < 6 else None
    row["n_sources"] = len(row["source_ids"])
    return row


def denial(
    number: int, *, voice: str = "kp-gov", stated: str | dt.date = "2024-06-30", **overrides: Any
) -> Row:
    """A denial of all classes, North Korea to Russia, from `shipped` up, up to the day it was stated."""
    scope = {"denies_direction": "PRK_to_RUS", "denies_classes": ["all"], "denies_rung": "shipped"}
    defaults: Row = {"stance": "denies", "status_asserted": None, **scope}
    return claim(number, voice=voice, stated=stated, **{**defaults, **overrides})


def transfer(id_: str = T1, **overrides: Any) -> Row:
    row: Row = dict.fromkeys(_TRANSFERS)
    row |= {
        "id": id_,
        "direction": "PRK_to_RUS",
        "class_path": ["ammunition"],
        "level": "umbrella",
        "unit": "container",
        "start_earliest": dt.date(2023, 8, 1),
        "start_latest": dt.date(2023, 8, 31),
    }
    return row | overrides


def event(id_: str = E1, **overrides: Any) -> Row:
    row: Row = dict.fromkeys(_EVENTS)
    row |= {
        "id": id_,
        "event_type": "missile_strike",
        "direction": "PRK_to_RUS",
        "date_earliest": dt.date(2024, 1, 2),
        "date_latest": dt.date(2024, 1, 2),
    }
    return row | overrides


def conversion(id_: str = "container-round", **overrides: Any) -> Row:
    row: Row = {
        "id": id_,
        "class": "ammunition",
        "from_unit": "container",
        "to_unit": "round",
        "factor_low": 100.0,
        "factor_point": 200.0,
        "factor_high": 400.0,
        "claims": [],
    }
    return row | overrides


def frame(rows: list[Row], columns: Row) -> pd.DataFrame:
    def column(name: str, dtype: Any) -> Any:
        values = [row[name] for row in rows]
        return pd.Series(values, dtype="object") if dtype == "object" else pd.array(values, dtype=dtype)

    return pd.DataFrame({name: column(name, dtype) for name, dtype in columns.items()}, copy=False)


def claims_frame(rows: list[Row]) -> pd.DataFrame:
    return frame(rows, _NO_CLAIM)


def records_frame(rows: list[Row], participants: list[tuple[str, str, str]] | None = None) -> pd.DataFrame:
    people = [dict(zip(_PARTICIPANTS, person, strict=True)) for person in participants or []]
    return subjects(
        frame([row for row in rows if "event_type" not in row], _TRANSFERS),
        frame([row for row in rows if "event_type" in row], _EVENTS),
        frame(people, _PARTICIPANTS),
    )


def conversions_frame(rows: list[Row]) -> pd.DataFrame:
    return frame(rows, _CONVERSIONS)


def run(
    claims: list[Row],
    records: list[Row] | None = None,
    *,
    on: str | dt.date = "2025-12-31",
    conversions: list[Row] | None = None,
    participants: list[tuple[str, str, str]] | None = None,
) -> Assessment:
    """`assess` on rows; without records, on one transfer T1."""
    last = day(on)
    assert last is not None
    return assess(
        claims_frame(claims),
        records_frame([transfer()] if records is None else records, participants),
        conversions_frame(conversions or []),
        day=last,
    )
