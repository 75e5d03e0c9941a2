"""`assess`: read the frames, apply the rules, write the frames."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from armsledger.assess.estimates import Estimate, estimates, rows_of_transfers
from armsledger.assess.model import Claim, Record, lapses
from armsledger.assess.reading import ladder_of, read_claims, read_conversions, read_records
from armsledger.assess.standing import attaching, for_totals, heard_of, standing
from armsledger.assess.voices import Voices
from armsledger.assess.writing import ESTIMATES, EVENTS, RECOMMENDED, TRANSFER_STATUS, TRANSFERS, table

METHOD_VERSION = "2"


@dataclass(frozen=True)
class Assessment:
    """What `assess` returns: four frames, sorted by id (`transfer_status`: by record, then rung).

    Types throughout: text "string", whole numbers "Int64", real numbers "Float64", flags "boolean", days
    "datetime64[s]", lists Python lists in an object column, `status` and `confidence` ordered categoricals
    (the ladder; doubtful < possible < probable < confirmed). What is not known is missing, never 0 or
    false.

    **estimates**: a row for each day on which a current claim of a series changes, and one at `day`. id;
    record; measure; scope; unit (of low, best, high and reported_max); kind (cumulative, flow, on_hand);
    basis (reported, converted, increment, documented_floor); window_earliest, window_latest (a flow's
    window, or the two days that an increment lies between); day; low, best, high (low <= best <= high
    wherever present); high_open (true where high is missing); reported_max (the largest number asserted, by
    an eligible claim or not; reported rows only); rule (R0 to R6 or expired: how best came about; missing
    on increments and documented floors); conflict; stale_days (days from the newest current claim to the
    row's day), stale
    (more than 180); n_claims, n_voices, claims (the claims the row rests on, sorted; a converted row's
    include its conversion's); conversion (id); voice (of an increment); method_version. Units differ from
    row to row: never sum over them, nor over records that contain each other.

    **transfer_status**: a row for each rung that a transfer's claims support. id; record; status;
    confidence; inferred (no claim names this rung, only a higher one); n_claims; n_voices and n_independent
    (the largest set of pairwise independent voices); claims; first_stated_on (the smallest latest day).

    **transfers**: id; status, status_confident (highest rung at possible, at probable or better);
    confidence (that of status); contested; admitted_by_supplier, admitted_by_recipient, denied_by_supplier,
    denied_by_recipient; first_reported_on, last_reported_on, first_admission_on (EDTF text as typed);
    n_claims, n_claimants, n_independent, n_sources; has_visible_evidence; has_physical_exam;
    recommended_for_totals; quantity_low, quantity_best, quantity_high, quantity_high_open,
    quantity_reported_max, quantity_rule, quantity_conflict (the row of `estimates` that stands for the
    record, in the record's unit; all missing if there is none).

    **events**: the same without status, status_confident and recommended_for_totals; the quantity is that
    of the headline. Of a joint event admitted_by_* and denied_by_* are missing, since it has no supplier.
    """

    estimates: pd.DataFrame
    transfer_status: pd.DataFrame
    transfers: pd.DataFrame
    events: pd.DataFrame


def assess(
    claims: pd.DataFrame, records: pd.DataFrame, conversions: pd.DataFrame, *, day: dt.date
) -> Assessment:
    """Estimates, status, confidence and counts from claims, by the rules of the codebook's section 4.

    claims: the release's `claims`, or some of them, with the lists bears_on, voice_ancestors and source_ids;
        `status_asserted` is an ordered categorical whose categories are the whole ladder, lowest first.
        Which claims count is the caller's choice: all that are given, whenever they were stated.
    records: what `subjects` returns; it must name the record of every claim.
    conversions: the release's `conversions` with the list `claims`; one whose claims are all given is used.
    day: the day of the last row of each series; claims whose own day is later enter no estimate.

    Pure: reads nothing else and changes none of its inputs; the order of rows does not matter.

    ValueError: a column is missing, an id is missing or not unique, a claim's record is not given.
    TypeError: a value is not of its column's type.
    """
    day = _plain(day)
    ladder = ladder_of(claims)
    read, subjects = _read(claims, records, ladder)
    gone = lapses(read)
    voices = Voices(read)
    rows = estimates(read, subjects, read_conversions(conversions), gone, voices, day)
    found = standing(read, subjects, rows, gone, voices, ladder, day)
    return Assessment(
        estimates=table((_row(row) for row in sorted(rows, key=lambda row: row.id)), ESTIMATES),
        transfer_status=table(found.transfer_status, TRANSFER_STATUS, ladder),
        transfers=table(found.transfers, TRANSFERS, ladder),
        events=table(found.events, EVENTS),
    )


def recommended(claims: pd.DataFrame, records: pd.DataFrame, days: Iterable[dt.date]) -> pd.DataFrame:
    """The transfers that rule 11 recommends for totals on each of the days, with their figures on it.

    Takes what `assess` takes (conversions enter no total) and applies the same rules: for each day the rows
    are those of ``assess(..., day=day).transfers`` that are `recommended_for_totals`, only that many days
    cost little more than one.

    Returns day, record (sorted by both), low, best, high, conflict, and stale (the newest current claim is
    more than 180 days older than the day), with the types of `Assessment.estimates`. Figures are in the
    record's unit: never add them across units.

    Errors as in `assess`.
    """
    read, subjects = _read(claims, records, ladder_of(claims))
    days = sorted({_plain(day) for day in days})
    rows_on = rows_of_transfers(read, subjects, lapses(read), Voices(read), days)
    made = []
    for day, rows in rows_on.items():
        for id_, row in sorted(for_totals(subjects, rows).items()):
            figures = {"low": row.low, "best": row.best, "high": row.high}
            made.append({"day": day, "record": id_, **figures, "conflict": row.conflict, "stale": row.stale})
    return table(made, RECOMMENDED)


def attaching_denials(claims: pd.DataFrame, records: pd.DataFrame) -> dict[str, list[str]]:
    """By record id: the ids of the denials that attach to it, which may stand in other records.

    Takes what `assess` takes, and applies the same rule. Records that nothing denies are left out.
    """
    ladder = ladder_of(claims)
    read, subjects = read_claims(claims, ladder), read_records(records)
    found = attaching(read, subjects, heard_of(read, subjects), lapses(read), ladder)
    return {id_: [denial.id for denial in denials] for id_, denials in found.items() if denials}


def _read(
    claims: pd.DataFrame, records: pd.DataFrame, ladder: Sequence[str]
) -> tuple[list[Claim], dict[str, Record]]:
    read, subjects = read_claims(claims, ladder), read_records(records)
    unknown = sorted({claim.record for claim in read} - subjects.keys())
    if unknown:
        raise ValueError(f"claims: not among the records: {', '.join(unknown[:5])}")
    return read, subjects


def _plain(day: dt.date) -> dt.date:
    return day.date() if isinstance(day, dt.datetime) else day


def _row(row: Estimate) -> dict[str, Any]:
    series = row.series
    return {
        "id": row.id,
        "record": series.record,
        "measure": series.measure,
        "scope": series.scope,
        "unit": series.unit,
        "kind": series.kind,
        "basis": row.basis,
        "window_earliest": series.window_earliest,
        "window_latest": series.window_latest,
        "day": row.day,
        "low": row.low,
        "best": row.best,
        "high": row.high,
        "high_open": row.high is None,
        "reported_max": row.reported_max,
        "rule": row.rule,
        "conflict": row.conflict,
        "stale_days": row.stale_days,
        "stale": row.stale,
        "n_claims": len(row.claims),
        "n_voices": row.n_voices,
        "claims": list(row.claims),
        "conversion": row.conversion,
        "voice": row.voice,
        "method_version": METHOD_VERSION,
    }
