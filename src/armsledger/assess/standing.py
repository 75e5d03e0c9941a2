"""Section 4 beyond the estimates: the ladder, confidence, admissions, denials, counts, and rule 11."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from armsledger.assess.estimates import Estimate
from armsledger.assess.model import (
    ASSERTING,
    DYAD,
    UNATTRIBUTED,
    Claim,
    Record,
    eligible,
    said,
    withdrawn,
)
from armsledger.assess.voices import Voices
from armsledger.assess.writing import CONFIDENCE

DOUBTFUL, POSSIBLE, PROBABLE, CONFIRMED = CONFIDENCE
SHIPPED = "shipped"  # from here up a rung implies those between
NOT_HAPPENED = frozenset({"intent", "capacity", "equivalent"})  # kinds that say nothing of what happened
OFFICIAL_DENIAL = "official_denial"
SPEECH = frozenset({"official_statement", "official_admission", OFFICIAL_DENIAL})
PUBLIC_ACTS = SPEECH | frozenset(
    {
        "summit",
        "ministerial_visit",
        "military_visit",
        "agreement",
        "legislative_act",
        "ratification",
        "entry_into_force",
        "sanctions_designation",
        "un_action",
        "report_release",
        "commemoration",
    }
)

Row = dict[str, Any]


@dataclass(frozen=True)
class Standing:
    """The rows of `transfer_status`, and the computed columns of transfers and events."""

    transfer_status: list[Row]
    transfers: list[Row]
    events: list[Row]


def standing(
    claims: Sequence[Claim],
    records: Mapping[str, Record],
    estimates: Iterable[Estimate],
    gone: Mapping[str, dt.date],
    voices: Voices,
    ladder: Sequence[str],
    day: dt.date,
) -> Standing:
    """`gone` is from which day a superseded claim is gone (`model.lapses`); `day` that of the quantities."""
    heard_by = heard_of(claims, records)
    denials = attaching(claims, records, heard_by, gone, ladder)
    quantities = _quantities(records, (r for r in estimates if r.basis == "reported" and r.day == day))

    result = Standing([], [], [])
    for id_, record in sorted(records.items()):
        heard = [c for c in heard_by[id_] if not c.deprecated]
        support = [c for c in heard if _supports(c, record) and not withdrawn(c, gone)]
        columns: Row = {
            "id": id_,
            **_positions(record, support, denials[id_]),
            **_counts(record, heard, support, voices),
            **_quantity_columns(quantities[id_]),
        }
        if record.is_event:
            columns["confidence"] = _confidence(support, voices, _own_text(record, heard))
            result.events.append(columns)
        else:
            rungs = _rungs(record, support, voices, ladder)
            result.transfer_status.extend(rungs)
            columns.update(_status(rungs))
            columns["recommended_for_totals"] = _recommended(record, records, quantities)
            result.transfers.append(columns)
    return result


def heard_of(claims: Iterable[Claim], records: Mapping[str, Record]) -> dict[str, list[Claim]]:
    """Each record's claims, its own and those that bear on it. A record that was not given is passed over."""
    about: dict[str, list[Claim]] = {id_: [] for id_ in records}
    for claim in claims:
        for id_ in {claim.record, *claim.bears_on}:
            if id_ in about:
                about[id_].append(claim)
    return about


def _asserting(claim: Claim, record: Record) -> bool:
    """It asserts or corrects; of a denial event, its own denial says that the event happened."""
    if record.event_type == OFFICIAL_DENIAL and claim.record == record.id and claim.stance == "denies":
        return True
    return claim.stance in ASSERTING


def _eligible(claim: Claim, record: Record) -> bool:
    return _asserting(claim, record) and eligible(claim, ASSERTING | {"denies"})


def _supports(claim: Claim, record: Record) -> bool:
    """Whether it may lift a rung, or says that the event happened: eligible, or its evidence can be seen."""
    return (
        _asserting(claim, record)
        and said(claim, ASSERTING | {"denies"})
        and (_eligible(claim, record) or claim.visible)
        and claim.kind not in NOT_HAPPENED
        and not (claim.kind == "flow" and claim.high == 0)  # a zero flow is a claim of nothing
    )


# -- ladder and confidence -----------------------------------------------------------------------------------


def _rungs(record: Record, support: Iterable[Claim], voices: Voices, ladder: Sequence[str]) -> list[Row]:
    """A row for each rung that a claim supports: its own and, from shipped up, those between the two."""
    shipped = ladder.index(SHIPPED) if SHIPPED in ladder else len(ladder)
    of_rung: dict[int, list[Claim]] = {}
    for claim in support:
        if claim.rung is not None:
            for rung in range(min(shipped, claim.rung), claim.rung + 1):
                if rung >= shipped or rung == claim.rung:
                    of_rung.setdefault(rung, []).append(claim)
    rows = []
    for rung, supporters in sorted(of_rung.items()):
        names = {c.voice for c in supporters if _eligible(c, record)}
        rows.append(
            {
                "id": f"{record.id}.{ladder[rung]}",
                "record": record.id,
                "status": ladder[rung],
                "confidence": _confidence(supporters, voices),
                "inferred": all(c.rung != rung for c in supporters),
                "n_claims": len(supporters),
                "n_voices": len(names),
                "n_independent": voices.largest(names),
                "claims": sorted(c.id for c in supporters),
                "first_stated_on": min(
                    (c.stated_latest for c in supporters if c.stated_latest), default=None
                ),
            }
        )
    return rows


def _confidence(support: Iterable[Claim], voices: Voices, own_text: bool = False) -> str:
    """The four tests, over the claims that support one rung, or that say that an event happened."""
    support = list(support)
    counted = [c for c in support if eligible(c, ASSERTING | {"denies"})]
    names = {c.voice for c in counted}
    examiners = {c.voice for c in counted if c.evidence_type == "physical_exam" and c.interest != DYAD}
    if (
        own_text
        or any(c.admission for c in counted)
        or any(voices.independent(one, other) for one in examiners for other in names)
    ):
        return CONFIRMED
    strong = {c.voice for c in counted if c.reliability in ("A", "B") or c.visible}
    dyads = {c.voice for c in counted if c.interest == DYAD}
    if any(
        voices.independent(one, other) and not (one in dyads and other in dyads)
        for one in strong
        for other in names
    ):
        return PROBABLE
    if names or any(c.visible for c in support):
        return POSSIBLE
    return DOUBTFUL


def _own_text(record: Record, heard: Iterable[Claim]) -> bool:
    """A public act is confirmed by the acting body's own text, whatever its grade; words, by having been said."""
    spoken = record.event_type in SPEECH
    return record.event_type in PUBLIC_ACTS and any(
        (said(c) or (spoken and c.record == record.id))
        and c.source_role == "origin"
        and (c.claimant in record.participants or c.speaker in record.participants)
        for c in heard
    )


def _status(rungs: Iterable[Row]) -> Row:
    """`status` is the highest rung at possible or better, `status_confident` at probable or better."""
    columns: Row = {"status": None, "status_confident": None, "confidence": DOUBTFUL}
    for row in rungs:  # lowest first
        if row["confidence"] != DOUBTFUL:
            columns["status"], columns["confidence"] = row["status"], row["confidence"]
        if row["confidence"] in (PROBABLE, CONFIRMED):
            columns["status_confident"] = row["status"]
    return columns


# -- admissions and denials ----------------------------------------------------------------------------------


def attaching(
    claims: Iterable[Claim],
    records: Mapping[str, Record],
    about: Mapping[str, list[Claim]],
    gone: Mapping[str, dt.date],
    ladder: Sequence[str],
) -> dict[str, list[Claim]]:
    """The denials that attach to each record."""
    highest = {id_: max((_claimed_rung(c) for c in heard), default=-1) for id_, heard in about.items()}
    denials = [
        c
        for c in claims
        if c.stance == "denies" and not c.deprecated and c.voice != UNATTRIBUTED and not withdrawn(c, gone)
    ]
    return {
        id_: [c for c in denials if _names(c, record) or _covers(c, record, highest[id_])]
        for id_, record in records.items()
    }


def _claimed_rung(c: Claim) -> int:
    return -1 if c.rung is None or c.stance not in ASSERTING or c.deprecated else c.rung


def _names(denial: Claim, record: Record) -> bool:
    """It bears on the record; or it states no scope and was written there. A denial event is not denied."""
    if record.event_type == OFFICIAL_DENIAL:
        return False
    unscoped = denial.denies_direction is None and not denial.denies_classes
    return record.id in denial.bears_on or (unscoped and record.id == denial.record)


def _covers(denial: Claim, record: Record, highest: int) -> bool:
    """Of its direction, of a class that is or descends from one it lists, at its rung, and in time."""
    classes = set(denial.denies_classes)
    in_time = record.start is None or denial.denies_until is None or record.start <= denial.denies_until
    return (
        denial.denies_direction is not None
        and denial.denies_direction == record.direction
        and ("all" in classes or not classes.isdisjoint(record.class_path))
        and highest >= (denial.denies_rung or 0)
        and in_time
    )


def _positions(record: Record, support: Iterable[Claim], denials: Sequence[Claim]) -> Row:
    """Which state of the dyad admitted or denied it, and whether either's last word is a denial.

    A company's word is not its state's.
    """
    admissions = [c for c in support if c.admission and _eligible(c, record)]
    denials = [c for c in denials if c.official]

    def by(country: str | None, claims: Iterable[Claim]) -> bool | None:
        return None if country is None else any(c.country == country for c in claims)

    states = {record.supplier_country, record.recipient_country} - {None}
    if not states:  # a joint event: whoever speaks for the dyad
        states = {c.country for c in [*admissions, *denials] if c.interest == DYAD} - {None}
    return {
        "contested": any(_last_word_denies(state, admissions, denials) for state in states),
        "admitted_by_supplier": by(record.supplier_country, admissions),
        "admitted_by_recipient": by(record.recipient_country, admissions),
        "denied_by_supplier": by(record.supplier_country, denials),
        "denied_by_recipient": by(record.recipient_country, denials),
        "first_admission_on": _stated_on(min, admissions),
    }


def _last_word_denies(state: str | None, admissions: Iterable[Claim], denials: Iterable[Claim]) -> bool:
    """On a tie the admission wins."""
    denied = [c.stated_latest or dt.date.min for c in denials if c.country == state]
    admitted = [c.stated_latest or dt.date.min for c in admissions if c.country == state]
    return bool(denied) and (not admitted or max(denied) > max(admitted))


# -- counts --------------------------------------------------------------------------------------------------


def _counts(record: Record, heard: Sequence[Claim], support: Iterable[Claim], voices: Voices) -> Row:
    """Counts over the record's claims that are not deprecated, its own and those that bear on it."""
    asserting = [c for c in heard if _asserting(c, record)]
    names = {c.voice for c in support if _eligible(c, record)}
    return {
        "first_reported_on": _stated_on(min, asserting),
        "last_reported_on": _stated_on(max, asserting),
        "n_claims": len(heard),
        "n_claimants": len({c.claimant for c in heard if c.claimant}),
        "n_independent": voices.largest(names),
        "n_sources": len({source for c in heard for source in c.source_ids}),
        "has_visible_evidence": any(c.visible for c in asserting),
        "has_physical_exam": any(c.evidence_type == "physical_exam" for c in asserting),
    }


def _stated_on(extreme: Callable[..., Any], claims: Iterable[Claim]) -> str | None:
    """The stated_on, as typed, with the smallest (largest) latest day, then earliest."""
    dated = [
        (c.stated_latest, c.stated_earliest, c.stated_on)
        for c in claims
        if c.stated_latest and c.stated_earliest and c.stated_on
    ]
    return extreme(dated)[2] if dated else None


# -- rule 11 -------------------------------------------------------------------------------------------------


def for_totals(records: Mapping[str, Record], rows: Iterable[Estimate]) -> dict[str, Estimate]:
    """11: the transfers that are recommended for totals, each with its row of the `rows` at one day."""
    quantities = _quantities(records, rows)
    return {
        id_: row
        for id_, row in quantities.items()
        if row is not None and not records[id_].is_event and _recommended(records[id_], records, quantities)
    }


def _quantities(records: Mapping[str, Record], rows: Iterable[Estimate]) -> dict[str, Estimate | None]:
    """Each record's row, of the reported ones at one day."""
    of_record: dict[str, list[Estimate]] = {}
    for row in rows:
        of_record.setdefault(row.series.record, []).append(row)
    return {id_: _quantity(record, of_record.get(id_, [])) for id_, record in records.items()}


def _quantity(record: Record, rows: Iterable[Estimate]) -> Estimate | None:
    """11: the row that stands for the record, of those at the last day.

    A transfer's is its cumulative moved series of scope all in its unit, else the only such flow that spans
    its start and end. An event's is its headline's: cumulative, else the only flow, else on hand.
    """
    mine = [r for r in rows if (r.series.measure, r.series.scope, r.series.unit) == record.own_series]
    known = [r for r in mine if r.rule != "R0"]
    cumulative = [r for r in known if r.series.kind == "cumulative"]
    flows = [r for r in known if r.series.kind == "flow" and (record.is_event or _spans(r, record))]
    on_hand = [r for r in known if r.series.kind == "on_hand" and record.is_event]
    for candidates in (cumulative, flows if len(flows) == 1 else [], on_hand):
        if candidates:
            return candidates[0]
    return next((r for r in mine if r.series.kind == "cumulative"), None)  # R0, so that it is said


def _spans(row: Estimate, record: Record) -> bool:
    """Whether the flow's window holds the record from its earliest start to its latest end."""
    first, last = row.series.window_earliest, row.series.window_latest
    if first is None or last is None or record.start is None or record.end is None:
        return False
    return first <= record.start and record.end <= last


def _quantity_columns(row: Estimate | None) -> Row:
    return {
        "quantity_low": row and row.low,
        "quantity_best": row and row.best,
        "quantity_high": row and row.high,
        "quantity_high_open": row and row.high is None,
        "quantity_reported_max": row and row.reported_max,
        "quantity_rule": row and row.rule,
        "quantity_conflict": row and row.conflict,
    }


def _counts_something(row: Estimate | None) -> bool:
    return row is not None and (row.low is not None or row.best is not None)


def _recommended(
    record: Record, records: Mapping[str, Record], quantities: Mapping[str, Estimate | None]
) -> bool:
    """11: it has low or best, and no ancestor has one in its unit."""
    if not _counts_something(quantities[record.id]):
        return False
    passed = {record.id}
    parent = record.parent
    while parent is not None and parent in records and parent not in passed:
        passed.add(parent)
        if records[parent].unit == record.unit and _counts_something(quantities[parent]):
            return False
        parent = records[parent].parent
    return True
