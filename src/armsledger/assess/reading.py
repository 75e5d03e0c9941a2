"""Frames -> plain records: every missing value becomes None, every list a tuple, every day a `date`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from armsledger.assess.model import JOINT, UNATTRIBUTED, Claim, Conversion, Record
from armsledger.assess.writing import SUBJECTS, table

VAGUE_WORDS = frozenset(  # the qualifiers whose upper value is no bound
    {"dozens", "hundreds", "thousands", "tens_of_thousands", "hundreds_of_thousands", "millions"}
)
STATE_ORGANS = frozenset(  # the types of claimant whose word is their state's
    {"state", "government_body", "armed_force", "intelligence", "legislature", "office_holder"}
)
NOT_ACTING = frozenset({"target", "attacked", "observer"})  # participants whose word is not the acting body's


def _missing(value: Any) -> bool:
    return value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value)


def _text(value: Any) -> str | None:
    return None if _missing(value) or value == "" else str(value)


def _real(value: Any) -> float | None:
    return None if _missing(value) else float(value)


def _whole(value: Any) -> int | None:
    return None if _missing(value) else int(value)


def _flag(value: Any) -> bool:
    return not _missing(value) and bool(value)


def _day(value: Any) -> dt.date | None:
    if _missing(value):
        return None
    if isinstance(value, dt.datetime):
        return None if pd.isna(value) else value.date()
    if isinstance(value, dt.date):
        return value
    raise TypeError(f"a day is a date or a datetime64, not {value!r}")


def _words(value: Any) -> tuple[str, ...]:
    if _missing(value):
        return ()
    if isinstance(value, str) or not pd.api.types.is_list_like(value):
        raise TypeError(f"a list column holds lists, not {value!r}")
    return tuple(str(word) for word in value if not _missing(word))


Reader = Callable[[Any], Any]

CLAIMS: dict[str, Reader] = {
    "id": _text,
    "record": _text,
    "bears_on": _words,
    "claimant": _text,
    "speaker": _text,
    "claimant_country": _text,
    "claimant_type": _text,
    "interest": _text,
    "voice": _text,
    "voice_ancestors": _words,
    "reliability": _text,
    "reliability_rank": _whole,
    "credibility": _whole,
    "credibility_rank": _whole,
    "stance": _text,
    "kind": _text,
    "measure": _text,
    "scope": _text,
    "modality": _text,
    "quantity_qualifier": _text,
    "quantity_low": _real,
    "quantity_point": _real,
    "quantity_high": _real,
    "quantity_unit": _text,
    "window_earliest": _day,
    "window_latest": _day,
    "since": _text,
    "as_of_latest": _day,
    "stated_on": _text,
    "stated_on_earliest": _day,
    "stated_on_latest": _day,
    "status_asserted": _text,
    "evidence_type": _text,
    "evidence_visible": _flag,
    "complete": _flag,
    "admission": _flag,
    "supersedes": _text,
    "rank": _text,
    "denies_direction": _text,
    "denies_classes": _words,
    "denies_rung": _text,
    "denies_until_latest": _day,
    "source_role": _text,
    "source_ids": _words,
}
RECORDS: dict[str, Reader] = {
    "id": _text,
    "type": _text,
    "direction": _text,
    "supplier_country": _text,
    "recipient_country": _text,
    "class_path": _words,
    "parent": _text,
    "unit": _text,
    "start_earliest": _day,
    "end_latest": _day,
    "event_type": _text,
    "headline_measure": _text,
    "headline_scope": _text,
    "headline_unit": _text,
    "participants": _words,
}
CONVERSIONS: dict[str, Reader] = {
    "id": _text,
    "class": _text,
    "from_unit": _text,
    "to_unit": _text,
    "factor_low": _real,
    "factor_point": _real,
    "factor_high": _real,
    "claims": _words,
}
_DATES = dict.fromkeys(("start_earliest", "start_latest", "end_earliest", "end_latest"), _day)
TRANSFERS: dict[str, Reader] = {
    "id": _text,
    "direction": _text,
    "class_path": _words,
    "level": _text,
    "parent": _text,
    "unit": _text,
    **_DATES,
}
EVENTS: dict[str, Reader] = {
    "id": _text,
    "event_type": _text,
    "direction": _text,
    "date_earliest": _day,
    "date_latest": _day,
    "headline_measure": _text,
    "headline_scope": _text,
    "headline_unit": _text,
}
PARTICIPANTS: dict[str, Reader] = {"record": _text, "actor": _text, "role": _text}


def _rows(
    frame: pd.DataFrame, name: str, columns: dict[str, Reader], key: str | None = "id"
) -> list[dict[str, Any]]:
    """The frame's rows as dicts of plain values, sorted by the key, which is there and unique."""
    absent = [column for column in columns if column not in frame.columns]
    if absent:
        raise ValueError(f"{name}: no column {', '.join(absent)}")
    read: list[list[Any]] = []
    for column, reader in columns.items():
        try:
            read.append([reader(value) for value in frame[column].tolist()])
        except (TypeError, ValueError) as error:
            raise TypeError(f"{name}.{column}: {error}") from None
    rows = [dict(zip(columns, values, strict=True)) for values in zip(*read, strict=True)]
    if key is None:
        return rows
    keys = [row[key] for row in rows]
    if None in keys:
        raise ValueError(f"{name}: a row has no {key}")
    if len(set(keys)) < len(keys):
        twice = sorted({k for k in keys if keys.count(k) > 1})
        raise ValueError(f"{name}: {key} not unique: {', '.join(twice[:5])}")
    return sorted(rows, key=lambda row: str(row[key]))


def ladder_of(claims: pd.DataFrame) -> list[str]:
    """The rungs of the status ladder, lowest first: the categories of `status_asserted`."""
    if "status_asserted" not in claims.columns:
        raise ValueError("claims: no column status_asserted")
    dtype = claims["status_asserted"].dtype
    if not isinstance(dtype, pd.CategoricalDtype) or not dtype.ordered:
        raise TypeError("claims.status_asserted: not an ordered categorical, so there is no ladder")
    return [str(category) for category in dtype.categories]


def read_claims(frame: pd.DataFrame, ladder: Sequence[str]) -> list[Claim]:
    """The claims, sorted by id. ValueError, TypeError: a column, an id or a rung that cannot be read."""
    place = {rung: i for i, rung in enumerate(ladder)}
    return [_claim(row, place) for row in _rows(frame, "claims", CLAIMS)]


def _claim(row: dict[str, Any], place: dict[str, int]) -> Claim:
    if row["record"] is None:
        raise ValueError(f"claims: {row['id']} has no record")
    if row["denies_rung"] is not None and row["denies_rung"] not in place:
        raise ValueError(f"claims: {row['id']} denies a rung that is not on the ladder: {row['denies_rung']}")
    low, point, high = row["quantity_low"], row["quantity_point"], row["quantity_high"]
    if row["quantity_qualifier"] in VAGUE_WORDS:
        point = high = None  # a vague word is a bare lower bound
    return Claim(
        id=row["id"],
        record=row["record"],
        bears_on=row["bears_on"],
        claimant=row["claimant"],
        speaker=row["speaker"],
        country=row["claimant_country"],
        official=row["claimant_type"] in STATE_ORGANS,
        interest=row["interest"],
        voice=row["voice"] or UNATTRIBUTED,
        voice_ancestors=row["voice_ancestors"],
        reliability=row["reliability"],
        grade=(row["reliability_rank"] or 0, row["credibility_rank"] or 0),
        credibility=row["credibility"],
        stance=row["stance"],
        kind=row["kind"],
        measure=row["measure"] or "moved",
        scope=row["scope"] or "all",
        possible=row["modality"] == "possible",
        approx=row["quantity_qualifier"] == "approx",
        low=low,
        point=point,
        high=high,
        number=max((n for n in (low, point, high) if n is not None), default=None),
        unit=row["quantity_unit"],
        window_earliest=row["window_earliest"],
        window_latest=row["window_latest"],
        since=row["since"],
        stated_on=row["stated_on"],
        stated_earliest=row["stated_on_earliest"] or row["stated_on_latest"],
        stated_latest=row["stated_on_latest"],
        day=_claim_day(row),
        rung=None if row["status_asserted"] is None else place[row["status_asserted"]],
        evidence_type=row["evidence_type"],
        visible=row["evidence_visible"],
        complete=row["complete"],
        admission=row["admission"],
        supersedes=row["supersedes"],
        deprecated=row["rank"] == "deprecated",
        denies_direction=row["denies_direction"],
        denies_classes=row["denies_classes"],
        denies_rung=None if row["denies_rung"] is None else place[row["denies_rung"]],
        denies_until=row["denies_until_latest"] or row["stated_on_latest"],
        source_role=row["source_role"],
        source_ids=row["source_ids"],
    )


def _claim_day(row: dict[str, Any]) -> dt.date | None:
    """A claim's day: the earlier of the latest days of as_of and stated_on; a flow's, its window's end."""
    if row["kind"] == "flow":
        end: dt.date | None = row["window_latest"]
        return end
    days = [day for day in (row["as_of_latest"], row["stated_on_latest"]) if day is not None]
    return min(days, default=None)


def read_records(frame: pd.DataFrame) -> dict[str, Record]:
    """The records by id. ValueError, TypeError: a column or an id that cannot be read."""
    return {row["id"]: _record(row) for row in _rows(frame, "records", RECORDS)}


def _record(row: dict[str, Any]) -> Record:
    if row["type"] not in ("transfer", "event"):
        raise ValueError(f"records: {row['id']} is neither a transfer nor an event but {row['type']!r}")
    measure, unit = row["headline_measure"], row["headline_unit"]
    return Record(
        id=row["id"],
        type=row["type"],
        direction=row["direction"],
        supplier_country=row["supplier_country"],
        recipient_country=row["recipient_country"],
        class_path=row["class_path"],
        parent=row["parent"],
        unit=row["unit"],
        start=row["start_earliest"],
        end=row["end_latest"],
        event_type=row["event_type"],
        headline=(measure, row["headline_scope"] or "all", unit) if measure and unit else None,
        participants=row["participants"],
    )


def read_conversions(frame: pd.DataFrame) -> list[Conversion]:
    """The conversions, sorted by id. ValueError, TypeError: a column or an id that cannot be read."""
    return [
        Conversion(
            id=row["id"],
            class_=row["class"] or "",
            from_unit=row["from_unit"] or "",
            to_unit=row["to_unit"] or "",
            low=row["factor_low"],
            point=row["factor_point"],
            high=row["factor_high"],
            claims=row["claims"],
        )
        for row in _rows(frame, "conversions", CONVERSIONS)
    ]


def subjects(transfers: pd.DataFrame, events: pd.DataFrame, participants: pd.DataFrame) -> pd.DataFrame:
    """The records as `assess` needs them, one row a transfer or event, sorted by id.

    Reads `transfers` (id, direction, class_path, level, parent, unit, start_earliest, start_latest,
    end_earliest, end_latest), `events` (id, event_type, direction, date_earliest, date_latest,
    headline_measure, headline_scope, headline_unit) and `participants` (record, actor, role); other columns
    are ignored.

    Returns id, type ("transfer" or "event"), direction, supplier_country and recipient_country (ISO 3166
    alpha-3, from the direction; missing where it is joint), class_path (list, missing on events), level,
    parent, unit, start_earliest, start_latest, end_earliest, end_latest (days; an event's are those of its
    date), event_type, headline_measure, headline_scope, headline_unit, and participants (list of those
    actors that act: not its targets, its attacked or its observers).

    ValueError: a column is missing, or an id is missing or not unique. TypeError: a value is not of its
    column's type.
    """
    acting: dict[str, set[str]] = {}
    for row in _rows(participants, "participants", PARTICIPANTS, key=None):
        if row["record"] and row["actor"] and row["role"] not in NOT_ACTING:
            acting.setdefault(row["record"], set()).add(row["actor"])
    rows = []
    for row in _rows(transfers, "transfers", TRANSFERS):
        rows.append({**row, "type": "transfer"})
    for row in _rows(events, "events", EVENTS):
        earliest, latest = row.pop("date_earliest"), row.pop("date_latest")
        start = {"start_earliest": earliest, "start_latest": latest}
        end = {"end_earliest": earliest, "end_latest": latest}
        rows.append({**row, **start, **end, "type": "event"})
    blank: dict[str, Any] = dict.fromkeys(SUBJECTS)
    for row in rows:
        supplier, recipient = _countries(row["direction"])
        row["supplier_country"], row["recipient_country"] = supplier, recipient
        row["class_path"] = list(row["class_path"]) if row.get("class_path") else None
        row["participants"] = sorted(acting.get(row["id"], ()))
    return table(({**blank, **row} for row in sorted(rows, key=lambda row: str(row["id"]))), SUBJECTS)


def _countries(direction: str | None) -> tuple[str | None, str | None]:
    """PRK_to_RUS -> PRK, RUS; joint or missing -> nothing."""
    if direction is None or direction == JOINT or "_to_" not in direction:
        return None, None
    supplier, _, recipient = direction.partition("_to_")
    return supplier, recipient
