"""What must hold of `assess` for any claims: 2,000 random sets of claims, shared out over the properties."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from armsledger.assess import Assessment, assess
from tests.assess_frames import (
    ANCESTORS,
    LADDER,
    T1,
    Row,
    claim,
    claims_frame,
    conversion,
    conversions_frame,
    denial,
    records_frame,
    transfer,
)

T2 = "NKRU-T-0002"
START, DAYS = dt.date(2024, 1, 1), 300
END = dt.date(2025, 3, 1)
RECORDS = records_frame([transfer(), transfer(T2, parent=T1)])
CONVERSIONS = conversions_frame([conversion(claims=[f"{T1}.c0"])])
NUMBERS = [
    "low",
    "best",
    "high",
    "high_open",
    "reported_max",
    "rule",
    "conflict",
    "stale_days",
    "stale",
    "n_voices",
]
FIGURES = [
    *(f"quantity_{name}" for name in NUMBERS[:7]),
    "status",
    "status_confident",
    "confidence",
    "contested",
]
COUNTED = ["n_claimants", "n_independent", "n_sources", "recommended_for_totals", "has_visible_evidence"]


def cases(examples: int) -> settings:
    return settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))


days = st.integers(0, DAYS).map(lambda n: START + dt.timedelta(days=n))
values = st.sampled_from([0, 50, 95, 100, 105, 109, 111, 150, 1000])
quantities = st.one_of(
    st.tuples(
        st.sampled_from(["exact", "approx", "at_least", "more_than", "at_most", "up_to", "under"]), values
    ),
    st.tuples(
        st.sampled_from(["between", "hundreds"]), st.tuples(values, values).map(lambda v: tuple(sorted(v)))
    ),
)


PLAIN: Row = {}
TWISTS: list[Row] = [
    *[PLAIN] * 12,
    *[{"complete": True}] * 2,
    *[{"evidence_visible": True}] * 2,
    {"evidence_visible": True, "grades": "F3"},
    {"evidence_type": "physical_exam"},
    {"stance": "corrects"},
    {"stance": "corrects"},
    {"stance": "retracts"},
    {"stance": "denies"},
    {"stance": "casts_doubt"},
    {"modality": "possible"},
    {"rank": "deprecated"},
    {"since": "2023"},
]
SERIES: list[Row] = [
    *[{"kind": "cumulative"}] * 8,
    *[{"kind": "cumulative", "record": T2}] * 3,
    {"kind": "cumulative", "scope": "mines"},
    {"kind": "cumulative", "measure": "lost"},
    {"kind": "on_hand", "measure": "present"},
    {"kind": "on_hand", "measure": "present", "scope": "mines"},
    {"kind": "cumulative", "measure": "examined"},
    {"kind": "flow", "window": ("2024-01-01", "2024-03-31")},
    {"kind": "flow", "window": ("2024-01-01", "2024-03-31")},
    {"kind": "flow", "window": ("2024-04-01", "2024-04-30"), "measure": "fired"},
    {"kind": "existence"},
]
SPEAKERS: list[Row] = [{"voice": voice} for voice in ANCESTORS] + [
    {"voice": voice, "admission": True} for voice in ("ru-gov", "kp-gov")
]


@st.composite
def claim_rows(draw: st.DrawFn, /, **fixed: Any) -> Row:
    """What to call `claim` with; most claims are eligible and in one of a few series, so that they meet."""
    qualifier, value = draw(quantities)
    stated = draw(days)
    delay = draw(st.sampled_from([None, None, -70, 9]))
    row: Row = {
        "qualifier": qualifier,
        "value": value,
        "stated": stated,
        "as_of": None if delay is None else stated + dt.timedelta(days=delay),
        "grades": draw(st.sampled_from(["A1", "B3", "B3", "B3", "C2", "C4", "D3", "A5", "F6"])),
        "status_asserted": draw(st.sampled_from(LADDER)),
        **draw(st.sampled_from(SERIES)),
        **draw(st.sampled_from(SPEAKERS)),
    }
    return row | draw(st.sampled_from(TWISTS)) | fixed


@st.composite
def claim_lists(draw: st.DrawFn, max_size: int = 8) -> list[Row]:
    """Claims with ids, now and then one that supersedes an earlier one of its voice."""
    arguments = sorted(draw(st.lists(claim_rows(), max_size=max_size)), key=lambda a: a["stated"])
    rows: list[Row] = []
    for number, argument in enumerate(arguments):
        earlier = [row["id"] for row in rows if row["voice"] == argument["voice"]]
        supersedes = draw(st.sampled_from([None, *earlier])) if earlier else None
        rows.append(claim(number, **argument, supersedes=supersedes))
    return rows


def figures(result: Assessment) -> list[list[tuple[Any, ...]]]:
    """Everything but the ids of claims, and how many of them there are."""

    def values(table: pd.DataFrame, columns: list[str]) -> list[tuple[Any, ...]]:
        lists = [[None if pd.isna(v) else v for v in table[column].tolist()] for column in ["id", *columns]]
        return list(zip(*lists, strict=True))

    return [
        values(result.estimates, NUMBERS),
        values(result.transfers, FIGURES + COUNTED),
        values(result.transfer_status, ["confidence", "inferred", "n_independent"]),
    ]


def of(rows: list[Row], on: dt.date = END) -> Assessment:
    return assess(claims_frame(rows), RECORDS, CONVERSIONS, day=on)


def same(one: Assessment, other: Assessment) -> None:
    for name in ("estimates", "transfer_status", "transfers", "events"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))


@cases(1300)
@given(claim_lists(), st.sampled_from([START + dt.timedelta(days=150), END]))
def test_low_best_high_are_in_order(rows: list[Row], on: dt.date) -> None:
    table = of(rows, on).estimates
    assert table["id"].is_unique
    columns = ["low", "best", "high", "high_open", "rule", "stale_days", "day"]
    for values in zip(*(table[column].tolist() for column in columns), strict=True):
        row: list[Any] = [None if pd.isna(v) else v for v in values]
        low, best, high, is_open, rule, stale_days, day = row
        present = [number for number in (low, best, high) if number is not None]
        assert present == sorted(present)
        assert is_open == (high is None)
        assert rule not in ("R0", "expired") or not present
        assert rule not in ("R5", "R6") or best is None
        assert rule not in ("R1", "R2", "R3", "R4") or best is not None
        assert stale_days is None or stale_days >= 0
        assert day.date() <= on


@cases(150)
@given(claim_lists(), st.randoms(use_true_random=False))
def test_order_changes_nothing(rows: list[Row], random: Any) -> None:
    shuffled = rows[:]
    random.shuffle(shuffled)
    same(of(shuffled), of(rows))


@cases(200)
@given(claim_lists(), st.data())
def test_copies_change_no_number(rows: list[Row], data: st.DataObject) -> None:
    """The same content under another id, before or after; not of what another claim supersedes."""
    superseded = {row["supersedes"] for row in rows}
    free = [row for row in rows if row["id"] not in superseded]
    chosen = data.draw(st.lists(st.sampled_from(free), max_size=4)) if free else []
    prefix = data.draw(st.sampled_from(["a", "d"]))
    copies = [row | {"id": f"{row['record']}.{prefix}{n}"} for n, row in enumerate(chosen)]
    assert figures(of(rows + copies)) == figures(of(rows))


@cases(200)
@given(claim_lists(max_size=6), st.data())
def test_what_is_no_quantity_changes_no_estimate(rows: list[Row], data: st.DataObject) -> None:
    more = []
    for n in range(data.draw(st.integers(1, 3))):
        if data.draw(st.booleans()):
            kind = data.draw(st.sampled_from(["capacity", "equivalent", "intent"]))
            more.append(claim(100 + n, **data.draw(claim_rows(kind=kind, window=None, stance="asserts"))))
        else:
            number: Row = {"qualifier": "exact", "value": 7, "record": data.draw(st.sampled_from([T1, T2]))}
            more.append(denial(100 + n, stated=data.draw(days), **number))
    with_more, without = of(rows + more), of(rows)
    pd.testing.assert_frame_equal(with_more.estimates, without.estimates)
    for column in ("status", "status_confident", "confidence"):
        assert list(with_more.transfers[column].astype(str)) == list(without.transfers[column].astype(str))


@cases(150)
@given(claim_lists(), days)
def test_known_by_is_the_assessment_of_what_was_known(rows: list[Row], on: dt.date) -> None:
    """The release filtered by stated_on and assessed at that day: what one would have said then."""
    release = claims_frame(rows)
    rewound = release[release["stated_on_latest"] <= pd.Timestamp(on)]
    then = [row for row in rows if row["stated_on_latest"] <= on]
    known = assess(rewound, RECORDS, CONVERSIONS, day=on)
    same(known, of(then, on))
    # and a row of that day is the same later, as long as nothing was learnt of the days before
    later = of(then)
    before = known.estimates[known.estimates["day"] < pd.Timestamp(on)]
    kept = later.estimates[later.estimates["id"].isin(set(before["id"]))]
    pd.testing.assert_frame_equal(kept.reset_index(drop=True), before.reset_index(drop=True))
