"""`assess` against the codebook's section 4: its worked cases value for value, then rule by rule."""

from __future__ import annotations

import datetime as dt
import random
from itertools import combinations
from typing import Any

import pandas as pd
import pytest

from armsledger.assess import METHOD_VERSION, Assessment, assess
from tests.assess_frames import (
    E1,
    LADDER,
    T1,
    Row,
    claim,
    claims_frame,
    conversion,
    conversions_frame,
    denial,
    event,
    records_frame,
    run,
    transfer,
)

MOVED = f"{T1}.moved.all.container.cumulative.reported"


def plain(value: Any) -> Any:
    if isinstance(value, list):
        return value
    return None if pd.isna(value) else value


def line(table: pd.DataFrame, id_: str) -> Row:
    """The row of that id, missing values as None."""
    found = table[table["id"] == id_]
    assert len(found) == 1, f"{id_} not in {list(table['id'])}"
    return {str(name): plain(value) for name, value in found.iloc[0].items()}


def numbers(result: Assessment, id_: str) -> tuple[Any, ...]:
    row = line(result.estimates, id_)
    return row["low"], row["best"], row["high"]


def last(claims: list[Row], *, on: str = "2024-07-01", **kwargs: Any) -> Row:
    """The last row of T1's cumulative moved series."""
    return line(run(claims, on=on, **kwargs).estimates, f"{MOVED}.{on}")


def brief(row: Row) -> tuple[Any, ...]:
    return row["low"], row["best"], row["high"], row["rule"], row["conflict"]


def record(claims: list[Row], **kwargs: Any) -> Row:
    return line(run(claims, **kwargs).transfers, T1)


# -- the worked cases ----------------------------------------------------------------------------------------

CONTAINERS = [
    claim(1, "more_than", 1000, voice="us-gov", stated="2023-10-13"),
    claim(2, "approx", 5000, voice="kr-gov", stated="2023-12-29"),
    claim(3, "approx", 6700, voice="kr-gov", stated="2024-02-26"),
    claim(4, "more_than", 10000, voice="us-gov", stated="2024-03-15", as_of="2024-02-29"),
    claim(5, "more_than", 11000, voice="us-gov", stated="2024-07-20", as_of="2024-06-30"),
    claim(6, "more_than", 20000, voice="msmt", stated="2025-05-29"),
    claim(7, "approx", 28000, voice="kr-gov", stated="2025-07-13"),
]


@pytest.mark.parametrize(
    ("on", "low", "best", "conflict", "stale", "reported_max", "rule"),
    [
        ("2023-10-31", 1000, None, False, False, 1000, "R5"),
        ("2023-12-31", 5000, 5000, False, False, 5000, "R3"),
        ("2024-02-29", 6700, 6700, True, False, 10000, "R3"),
        ("2024-12-31", 11000, None, False, True, 11000, "R5"),
        ("2025-07-31", 20000, 28000, False, False, 28000, "R3"),
    ],
)
def test_containers(
    on: str, low: int, best: int | None, conflict: bool, stale: bool, reported_max: int, rule: str
) -> None:
    row = last(CONTAINERS, on=on)
    assert brief(row) == (low, best, None, rule, conflict)
    assert row["high_open"]
    assert (row["stale"], row["reported_max"]) == (stale, reported_max)


def test_containers_have_a_row_for_each_day_of_change_and_one_at_the_end() -> None:
    table = run(CONTAINERS, on="2025-07-31").estimates
    reported = table[table["basis"] == "reported"]
    assert [str(d.date()) for d in reported["day"]] == [
        "2023-10-13",
        "2023-12-29",
        "2024-02-26",
        "2024-02-29",
        "2024-06-30",
        "2025-05-29",
        "2025-07-13",
        "2025-07-31",
    ]
    row = line(table, f"{MOVED}.2025-07-31")
    assert (row["n_claims"], row["n_voices"], row["stale_days"]) == (3, 3, 18)
    assert row["claims"] == [f"{T1}.c5", f"{T1}.c6", f"{T1}.c7"]
    assert set(table["method_version"]) == {METHOD_VERSION}


def test_a_complete_count_below_an_earlier_bound() -> None:
    row = last(
        [
            claim(1, "more_than", 20000, voice="us-gov", stated="2024-12-10"),
            claim(2, "exact", 15809, voice="ua-gov", stated="2025-04-20", complete=True),
        ],
        on="2025-04-30",
    )
    assert brief(row) == (15809, 15809, None, "R1", True)
    assert row["high_open"]
    assert row["reported_max"] == 20000


def test_a_bare_bound_above_two_upper_ones() -> None:
    claims = [
        claim(1, "at_least", 9200, voice="us-gov"),
        claim(2, "up_to", 7800, voice="kr-gov"),
        claim(3, "up_to", 4300, voice="ua-gov"),
    ]
    row = last(claims)
    assert brief(row) == (4300, None, None, "R5", True)
    assert row["high_open"]
    old = [claim(1, "at_least", 9200, voice="us-gov", stated="2024-01-01"), *claims[1:]]
    assert brief(last(old)) == (4300, None, 7800, "R5", True)


def test_on_hand_takes_the_latest_and_expires() -> None:
    key = f"{T1}.present.all.person.on_hand.reported"
    both = [
        claim(
            1, "exact", 11000, stated="2024-11-01", kind="on_hand", measure="present", quantity_unit="person"
        ),
        claim(
            2, "exact", 8000, stated="2025-01-30", kind="on_hand", measure="present", quantity_unit="person"
        ),
    ]
    for on, expected in [
        ("2025-01-30", (8000, 8000, None, "R3", False)),
        ("2025-03-30", (8000, 8000, None, "R3", False)),
        ("2025-03-31", (None, None, None, "expired", False)),
    ]:
        row = line(run(both, on=on).estimates, f"{key}.{on}")
        assert brief(row) == expected
        assert row["high_open"]


def test_on_hand_has_no_floor() -> None:
    common: Row = {"kind": "on_hand", "measure": "present", "quantity_unit": "person"}
    claims = [
        claim(1, "exact", 11000, voice="us-gov", stated="2024-11-01", **common),
        claim(2, "exact", 8000, voice="kr-gov", stated="2025-01-30", **common),
    ]
    row = line(run(claims, on="2025-01-30").estimates, f"{T1}.present.all.person.on_hand.reported.2025-01-30")
    assert brief(row) == (8000, 8000, None, "R3", False)


def test_four_series_beside_each_other() -> None:
    def count(number: int, value: int, measure: str, scope: str, kind: str) -> Row:
        return claim(number, "exact", value, measure=measure, scope=scope, kind=kind, quantity_unit="person")

    result = run(
        [
            count(1, 13000, "moved", "all", "cumulative"),
            count(2, 10000, "present", "kursk", "on_hand"),
            count(3, 6000, "killed_or_wounded", "troops", "cumulative"),
            count(4, 2000, "killed", "troops", "cumulative"),
        ],
        [transfer(unit="person")],
        on="2024-06-30",
    )
    assert list(result.estimates["id"]) == [
        f"{T1}.killed.troops.person.cumulative.reported.2024-06-30",
        f"{T1}.killed_or_wounded.troops.person.cumulative.reported.2024-06-30",
        f"{T1}.moved.all.person.cumulative.reported.2024-06-30",
        f"{T1}.present.kursk.person.on_hand.reported.2024-06-30",
    ]
    assert numbers(result, f"{T1}.moved.all.person.cumulative.reported.2024-06-30") == (13000, 13000, None)


# -- rule 1: rows, series, conversions -----------------------------------------------------------------------


def test_nothing_is_mixed() -> None:
    claims = [
        claim(1, "exact", 1),
        claim(2, "exact", 2, measure="lost"),
        claim(3, "exact", 3, scope="mines"),
        claim(4, "exact", 4, quantity_unit="round"),
        claim(5, "exact", 5, kind="on_hand"),
        claim(6, "exact", 6, window=("2024-01-01", "2024-01-31")),
        claim(7, "exact", 7, window=("2024-01-01", "2024-03-31")),
    ]
    table = run(claims, on="2024-06-30").estimates
    at_end = table[table["day"] == pd.Timestamp("2024-06-30")]
    assert sorted(at_end["best"].dropna()) == [2, 3, 4, 5, 6, 7]  # 1 moved in all is below the 2 lost
    flow = line(table, f"{T1}.moved.all.container.flow.reported.2024-01-01_2024-03-31.2024-03-31")
    assert (flow["best"], flow["window_earliest"]) == (7, pd.Timestamp("2024-01-01"))


def test_a_later_statement_enters_the_row_of_its_own_day() -> None:
    claims = [claim(1, "exact", 500, stated="2025-03-01", as_of="2024-03-01")]
    assert numbers(run(claims), f"{MOVED}.2024-03-01") == (500, 500, None)
    early = claim(1, "exact", 500, stated="2024-03-01", as_of="2025-03-01")
    assert numbers(run([early]), f"{MOVED}.2024-03-01") == (500, 500, None)


def test_a_claim_of_a_later_day_makes_no_row() -> None:
    assert run([claim(1, "exact", 500, stated="2025-03-01")], on="2024-12-31").estimates.empty


def test_conversion() -> None:
    claims = [
        claim(1, "between", (10, 30), voice="us-gov"),
        claim(2, "exact", 20, voice="kr-gov"),
        claim(3, "exact", 7, kind="on_hand"),
        claim(4, voice="ua-gov"),
    ]
    factors = conversion(claims=[f"{T1}.c4"])
    records = [transfer(class_path=["ammunition", "rocket_artillery"])]
    result = run(claims, records, on="2024-06-30", conversions=[factors])
    row = line(result.estimates, f"{T1}.moved.all.round.cumulative.converted.2024-06-30")
    assert (row["low"], row["best"], row["high"], row["unit"]) == (1000, 4000, 12000, "round")
    assert (row["conversion"], row["claims"]) == ("container-round", [f"{T1}.c{n}" for n in (1, 2, 4)])
    assert not row["high_open"]
    assert (result.estimates["basis"] == "converted").sum() == 1  # not the one on hand

    def converted(
        *conversions: Row, records: list[Row] = records, claims: list[Row] = claims
    ) -> pd.DataFrame:
        table = run(claims, records, on="2024-06-30", conversions=list(conversions)).estimates
        return table[table["basis"] == "converted"]

    assert converted(factors, claims=claims[:3]).empty  # known before the claim that it rests on
    assert converted(factors | {"from_unit": "railcar"}).empty
    assert converted(factors, records=[transfer(class_path=["uav"])]).empty
    assert converted(factors | {"factor_high": None})["high"].isna().all()
    near = conversion("near", **{"class": "rocket_artillery", "factor_point": 300.0})
    assert list(converted(factors, near)["best"]) == [6000]  # the nearer class


def test_a_converted_flow_keeps_its_window() -> None:
    result = run(
        [claim(1, "exact", 2, window=("2024-01-01", "2024-01-31"))],
        on="2024-01-31",
        conversions=[conversion()],
    )
    id_ = f"{T1}.moved.all.round.flow.converted.2024-01-01_2024-01-31.2024-01-31"
    assert numbers(result, id_) == (200, 400, None)


# -- rule 2 --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("grades", "overrides", "counts"),
    [
        ("C4", {}, True),
        ("D3", {}, False),
        ("F3", {}, False),
        ("F3", {"evidence_visible": True}, True),
        ("D3", {"admission": True, "voice": "kp-gov"}, True),
        ("A5", {}, False),
        ("A6", {}, False),
        ("A5", {"admission": True, "voice": "kp-gov"}, False),
        ("A1", {"modality": "possible"}, False),
        ("A1", {"modality": "assessed"}, True),
        ("A1", {"stance": "corrects"}, True),
    ],
)
def test_eligible_or_r0(grades: str, overrides: Row, counts: bool) -> None:
    row = last([claim(1, "exact", 70, grades=grades, **overrides)])
    if counts:
        assert row["best"] == 70
        assert row["rule"] != "R0"
    else:
        assert brief(row) == (None, None, None, "R0", False)
        assert row["claims"] == []
        assert row["reported_max"] == (None if "modality" in overrides else 70)  # asserted all the same
        assert row["stale_days"] is None


@pytest.mark.parametrize(
    "overrides",
    [
        {"rank": "deprecated"},
        {"stance": "denies"},
        {"stance": "casts_doubt"},
        {"voice": "unattributed"},
        *(
            {"kind": kind}
            for kind in ["capacity", "equivalent", "rate", "share", "intent", "value", "existence"]
        ),
    ],
)
def test_no_series_at_all(overrides: Row) -> None:
    assert run([claim(1, "exact", 70, **overrides)]).estimates.empty


# -- rule 3 --------------------------------------------------------------------------------------------------


def test_of_a_voice_the_latest_counts_whatever_is_typed_first() -> None:
    claims = [claim(1, "exact", 500, stated="2024-06-01"), claim(2, "exact", 300, stated="2024-06-20")]
    assert brief(last(claims)) == (300, 300, None, "R3", False)


def test_a_tie_within_a_voice_goes_to_the_lower() -> None:
    assert last([claim(1, "exact", 500), claim(2, "exact", 300)])["best"] == 300
    assert last([claim(1, "exact", 300), claim(2, "exact", 500)])["best"] == 300
    uppers = [claim(1, "up_to", 500), claim(2, "up_to", 300), claim(3, "up_to", 900, voice="kr-gov")]
    assert last(uppers)["claims"] == [f"{T1}.c2", f"{T1}.c3"]


def test_a_tie_of_equal_numbers_goes_by_grade_not_by_id() -> None:
    other = claim(3, "exact", 500, voice="kr-gov", grades="B3")
    for grades in [("C4", "A1"), ("A1", "C4")]:
        same = [claim(n, "exact", 300, grades=g) for n, g in enumerate(grades, start=1)]
        assert last([*same, other])["best"] == 300


def test_two_voices_of_one_government_both_count_but_are_not_independent() -> None:
    row = last([claim(1, "exact", 500, voice="us-gov"), claim(2, "exact", 300, voice="us-dia")])
    assert brief(row) == (300, 300, None, "R4", True)
    assert row["n_voices"] == 2
    assert row["high_open"]


def test_of_one_flow_window_the_latest_stated_counts() -> None:
    window = ("2024-01-01", "2024-01-31")
    claims = [
        claim(1, "exact", 500, window=window, stated="2024-02-01"),
        claim(2, "exact", 900, window=window, stated="2025-02-01"),
    ]
    id_ = f"{T1}.moved.all.container.flow.reported.2024-01-01_2024-01-31.2024-01-31"
    assert numbers(run(claims), id_) == (900, 900, None)


@pytest.mark.parametrize("stance", ["corrects", "retracts"])
def test_a_corrected_or_retracted_claim_is_out_of_every_row(stance: str) -> None:
    claims = [
        claim(1, "exact", 5000, stated="2024-01-10"),
        claim(2, "exact", 700, stated="2024-05-01", stance=stance, supersedes=f"{T1}.c1"),
    ]
    table = run(claims, on="2024-07-01").estimates
    if stance == "corrects":
        assert list(table["day"].astype(str)) == ["2024-05-01", "2024-07-01"]
        assert list(table["reported_max"]) == [700, 700]
    else:
        assert list(table["rule"]) == ["R0"]


def test_another_supersession_counts_from_its_own_day() -> None:
    claims = [
        claim(1, "exact", 5000, stated="2024-01-10"),
        claim(2, "exact", 700, stated="2024-05-01", quantity_unit="round", supersedes=f"{T1}.c1"),
    ]
    table = run(claims, on="2024-07-01").estimates
    assert list(table["id"]) == [
        f"{MOVED}.2024-01-10",
        f"{MOVED}.2024-05-01",
        f"{MOVED}.2024-07-01",
        f"{T1}.moved.all.round.cumulative.reported.2024-05-01",
        f"{T1}.moved.all.round.cumulative.reported.2024-07-01",
    ]
    assert list(table["rule"]) == ["R3", "R0", "R0", "R3", "R3"]
    assert table["reported_max"][1] == 5000


def test_a_deprecated_claim_supersedes_nothing() -> None:
    fix = claim(2, "exact", 7, stance="corrects", supersedes=f"{T1}.c1", rank="deprecated")
    assert last([claim(1, "exact", 5000), fix])["best"] == 5000


# -- rules 4 to 8 --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("stated", "best"), [("2024-05-01", 900), ("2024-04-30", 300)])
def test_fresh_is_within_60_days(stated: str, best: int) -> None:
    claims = [
        claim(1, "exact", 900, voice="kr-gov", stated=stated, grades="A1"),
        claim(2, "exact", 300, voice="us-gov", stated="2024-06-30"),
    ]
    assert last(claims)["best"] == best


def test_a_later_smaller_count_is_capped_and_a_conflict() -> None:
    claims = [
        claim(1, "exact", 10000, voice="kr-gov", stated="2024-01-01"),
        claim(2, "exact", 8000, voice="us-gov", stated="2024-06-30"),
    ]
    assert brief(last(claims)) == (8000, 8000, None, "R3", True)


def test_an_admission_is_only_a_floor() -> None:
    claims = [
        claim(1, "at_least", 500, voice="us-gov"),
        claim(2, "exact", 800, voice="kp-gov", admission=True, grades="A1"),
    ]
    assert brief(last(claims)) == (800, None, None, "R5", False)
    claims[0] = claim(1, "exact", 3000, voice="us-gov")
    assert brief(last(claims)) == (3000, 3000, None, "R3", False)


def test_r1_complete_before_better_graded() -> None:
    claims = [
        claim(1, "exact", 900, voice="kr-gov", grades="A1"),
        claim(2, "exact", 300, voice="us-gov", grades="C3", complete=True),
        claim(3, "exact", 400, voice="ua-gov", grades="B3", complete=True),
        claim(4, "exact", 500, voice="jp-gov", grades="B3", complete=True),
    ]
    assert brief(last(claims))[1:4] == (400, 900, "R1")


def test_r2_admissions_alone() -> None:
    claims = [
        claim(1, "exact", 900, voice="ru-gov", grades="A1", admission=True),
        claim(2, "exact", 300, voice="kp-gov", grades="C3", admission=True),
    ]
    assert brief(last(claims)) == (300, 300, 900, "R2", True)


def test_r3_the_best_graded_point() -> None:
    claims = [
        claim(1, "exact", 900, voice="kr-gov", grades="A4"),
        claim(2, "exact", 300, voice="us-gov", grades="B1"),
        claim(3, "at_least", 200, voice="ua-gov", grades="A1"),
    ]
    assert brief(last(claims)) == (200, 900, None, "R3", True)
    claims[1]["reliability"], claims[1]["reliability_rank"] = "A", 5
    assert brief(last(claims))[1] == 300  # equal in reliability, better in credibility


def test_r4_tied_grades_take_the_lowest() -> None:
    claims = [claim(1, "approx", 980, voice="kr-gov"), claim(2, "approx", 900, voice="us-gov")]
    assert brief(last(claims)) == (900, 900, 980, "R4", False)
    same = [claim(1, "exact", 900, voice="kr-gov"), claim(2, "exact", 900, voice="us-gov")]
    assert brief(last(same)) == (900, 900, 900, "R3", False)


def test_r5_no_point() -> None:
    claims = [claim(1, "between", (100, 300), voice="kr-gov"), claim(2, "up_to", 250, voice="us-gov")]
    assert brief(last(claims)) == (100, None, 300, "R5", False)
    assert brief(last([claim(1, "up_to", 250)])) == (None, None, None, "R5", False)


def test_low_is_the_smaller_of_a_and_b() -> None:
    bare = [claim(1, "at_least", 100, voice="us-gov"), claim(2, "more_than", 150, voice="kr-gov")]
    assert last(bare)["low"] == 150  # A, the largest
    bounded = [
        claim(3, "between", (90, 400), voice="ua-gov"),
        claim(4, "between", (120, 400), voice="jp-gov"),
    ]
    assert last(bounded)["low"] == 90  # B, the smallest
    assert last(bare + bounded)["low"] == 90
    assert last([*bare, claim(3, "exact", 300, voice="ua-gov")])["low"] == 150


def test_low_is_raised_to_the_floor() -> None:
    claims = [
        claim(1, "at_least", 700, voice="kr-gov", stated="2024-01-01"),
        claim(2, "between", (500, 900), voice="us-gov"),
    ]
    assert brief(last(claims)) == (700, None, None, "R5", False)
    only_upper = [claims[0], claim(2, "up_to", 900, voice="us-gov")]
    assert last(only_upper)["low"] == 700


def test_vague_words_are_bare_lower_bounds() -> None:
    claims = [claim(1, "hundreds", (200, 999), voice="us-gov"), claim(2, "exact", 2500, voice="kr-gov")]
    assert brief(last(claims)) == (200, 2500, None, "R3", False)
    assert last(claims[:1])["reported_max"] == 200


@pytest.mark.parametrize(
    ("one", "other", "conflict"),
    [
        (("approx", 1000), ("approx", 1200), False),
        (("approx", 1000), ("approx", 1250), True),
        (("approx", 1000), ("exact", 1100), False),
        (("exact", 1000), ("exact", 1001), True),
        (("at_least", 1100), ("approx", 1000), False),
        (("at_least", 1101), ("approx", 1000), True),
        (("up_to", 1000), ("more_than", 1000), False),
        (("up_to", 1000), ("between", (1001, 2000)), True),
    ],
)
def test_conflict_is_no_number_in_common(
    one: tuple[str, Any], other: tuple[str, Any], conflict: bool
) -> None:
    assert last([claim(1, *one, voice="us-gov"), claim(2, *other, voice="kr-gov")])["conflict"] == conflict


@pytest.mark.parametrize(("floor", "conflict"), [(1100, False), (1101, True)])
def test_conflict_of_the_floor_with_an_upper_value(floor: int, conflict: bool) -> None:
    old = claim(1, "at_least", floor, voice="us-gov", stated="2024-01-01")
    assert last([old, claim(2, "approx", 1000, voice="kr-gov")])["conflict"] == conflict


def test_high_needs_two_independent_voices_and_an_upper_value_from_each() -> None:
    us, kr = claim(1, "exact", 900, voice="us-gov"), claim(2, "exact", 950, voice="kr-gov")
    assert last([us, kr])["high"] == 950
    assert last([us, kr, claim(3, "up_to", 990, voice="msmt")])["high"] == 990
    assert last([us, claim(3, "up_to", 990, voice="msmt")])["high"] is None
    assert last([us, kr, claim(3, "at_least", 10, voice="ua-gov")])["high"] is None
    assert last([us])["high_open"]
    assert not last([us, kr])["high_open"]


# -- rule 9 --------------------------------------------------------------------------------------------------


def test_seen_raises_low_over_the_cap() -> None:
    def seen(value: int, **more: Any) -> Row:
        common = {"measure": "present", "scope": "kursk", "kind": "on_hand", "stated": "2023-12-01"}
        return claim(9, "at_least", value, voice="ua-gov", **{**common, **more})

    counts = [
        claim(1, "between", (100, 300), voice="us-gov"),
        claim(2, "between", (150, 500), voice="kr-gov"),
    ]
    assert brief(last([*counts, seen(200)])) == (200, None, 500, "R5", False)
    assert brief(last([*counts, seen(400)])) == (400, None, 500, "R5", True)
    assert brief(last([*counts, seen(600)])) == (600, None, None, "R5", True)
    assert last([*counts, seen(200)])["claims"] == [f"{T1}.c1", f"{T1}.c2", f"{T1}.c9"]
    assert last([*counts, seen(50)])["claims"] == [f"{T1}.c1", f"{T1}.c2"]
    assert last([*counts, seen(600, quantity_unit="round")])["low"] == 100  # another unit
    assert last([*counts, seen(600, grades="A5")])["low"] == 100  # not eligible
    assert last([*counts, seen(600, stated="2024-07-02")])["low"] == 100  # not yet
    assert (
        last([*counts, seen(600)], records=[transfer(unit="round")])["low"] == 100
    )  # not the record's own unit


def test_r6_a_best_below_what_was_seen() -> None:
    claims = [claim(1, "exact", 300), claim(2, "exact", 400, measure="lost", voice="ua-gov")]
    assert brief(last(claims)) == (400, None, None, "R6", True)
    assert brief(last([claim(1, "exact", 400), claims[1]])) == (400, 400, None, "R3", False)


def test_what_was_seen_of_all_says_nothing_of_a_narrower_scope() -> None:
    claims = [
        claim(1, "exact", 300, scope="mines"),
        claim(2, "exact", 400, measure="lost"),
        claim(3, "exact", 350, measure="lost", scope="mines"),
    ]
    table = run(claims, on="2024-06-30").estimates
    row = line(table, f"{T1}.moved.mines.container.cumulative.reported.2024-06-30")
    assert (row["low"], row["rule"]) == (350, "R6")


# -- rules 10 to 12 ------------------------------------------------------------------------------------------


def increments(*claims: Row) -> dict[str, tuple[Any, ...]]:
    table = run(list(claims)).estimates
    table = table[table["basis"] == "increment"]
    return {
        row["id"]: (plain(row["low"]), plain(row["best"]), plain(row["high"])) for _, row in table.iterrows()
    }


def increment_id(day1: str, day2: str, voice: str = "us-gov") -> str:
    return f"{T1}.moved.all.container.cumulative.increment.{day1}_{day2}.{voice}.{day2}"


def test_increment() -> None:
    one = claim(1, "between", (100, 150), stated="2024-01-01")
    two = claim(2, "between", (400, 500), stated="2024-02-01")
    three = claim(3, "exact", 600, stated="2024-03-01")
    four = claim(4, "exact", 700, stated="2024-04-01")
    assert increments(one, two, three, four) == {
        increment_id("2024-01-01", "2024-02-01"): (250, None, 400),
        increment_id("2024-02-01", "2024-03-01"): (100, None, 200),
        increment_id("2024-03-01", "2024-04-01"): (100, 100, 100),
    }
    row = line(run([three, four]).estimates, increment_id("2024-03-01", "2024-04-01"))
    assert (row["voice"], row["claims"], row["rule"]) == ("us-gov", [f"{T1}.c3", f"{T1}.c4"], None)
    assert (row["window_earliest"], row["window_latest"]) == (
        pd.Timestamp("2024-03-01"),
        pd.Timestamp("2024-04-01"),
    )
    assert (row["kind"], row["stale_days"]) == ("cumulative", 0)


def test_increment_between_two_approx_claims_is_the_point_only() -> None:
    one, two = claim(1, "approx", 100, stated="2024-01-01"), claim(2, "approx", 300, stated="2024-02-01")
    assert increments(one, two) == {increment_id("2024-01-01", "2024-02-01"): (None, 200, None)}


def test_increment_is_not_below_zero_and_not_across_voice_or_since() -> None:
    one, two = claim(1, "exact", 300, stated="2024-01-01"), claim(2, "exact", 100, stated="2024-02-01")
    id_ = increment_id("2024-01-01", "2024-02-01")
    assert increments(one, two) == {id_: (0, 0, 0)}
    assert line(run([one, two]).estimates, id_)["conflict"]
    assert increments(one, claim(2, "exact", 400, stated="2024-02-01", voice="kr-gov")) == {}
    assert increments(one, claim(2, "exact", 400, stated="2024-02-01", since="2024-01")) == {}
    assert (
        increments(one, claim(2, "exact", 4, stated="2024-02-01", stance="corrects", supersedes=one["id"]))
        == {}
    )
    bounds = claim(1, "at_least", 3, stated="2024-01-01"), claim(2, "at_least", 4, stated="2024-02-01")
    assert increments(*bounds) == {}  # nothing can be said


def test_increments_of_two_voices_do_not_collide() -> None:
    claims = [
        claim(number, "exact", number * 100, stated=stated, voice=voice)
        for number, (stated, voice) in enumerate(
            [(d, v) for d in ("2024-01-01", "2024-02-01") for v in ("us-gov", "kr-gov")], start=1
        )
    ]
    table = run(claims).estimates
    assert table["id"].is_unique
    assert (table["basis"] == "increment").sum() == 2


def test_documented_floor() -> None:
    claims = [
        claim(1, "exact", 12, measure="examined", voice="ua-hur", stated="2024-01-10"),
        claim(2, "at_least", 50, evidence_visible=True, voice="jp-gov", stated="2024-02-10"),
        claim(3, "exact", 40, measure="lost", evidence_visible=True, voice="kr-gov", stated="2024-03-10"),
        claim(4, "exact", 900, voice="us-gov", stated="2024-04-10"),
        claim(5, "exact", 70, evidence_visible=True, grades="A6", voice="us-dia", stated="2024-05-10"),
        claim(6, "exact", 80, evidence_visible=True, measure="other", voice="us-dia", stated="2024-05-10"),
    ]
    table = run(claims, on="2024-06-30").estimates
    table = table[table["basis"] == "documented_floor"]
    key = f"{T1}.moved.all.container.cumulative.documented_floor"
    assert list(table["id"]) == [f"{key}.2024-01-10", f"{key}.2024-02-10", f"{key}.2024-06-30"]
    assert list(table["low"]) == [12, 50, 50]
    assert table["best"].isna().all()
    assert table["high"].isna().all()
    assert table["high_open"].all()
    assert list(table["n_voices"]) == [1, 1, 1]
    assert list(table["claims"])[-1] == [f"{T1}.c2"]
    of_event = [row | {"record": E1} for row in claims]
    result = run(of_event, [event()]).estimates
    assert not (result["basis"] == "documented_floor").any()


def test_recommended_for_totals() -> None:
    t2, t3, t4 = "NKRU-T-0002", "NKRU-T-0003", "NKRU-T-0004"
    records = [
        transfer(),
        transfer(t2, parent=T1, level="tranche"),
        transfer(t3, parent=t2, level="component"),
        transfer(t4, parent=T1, unit="gun"),
    ]

    def flags(*claims: Row) -> list[bool]:
        return [bool(flag) for flag in run(list(claims), records).transfers["recommended_for_totals"]]

    top = claim(1, "exact", 100)
    middle = claim(1, "at_least", 30, record=t2)
    bottom = claim(1, "exact", 20, record=t3)
    guns = claim(1, "exact", 9, record=t4, quantity_unit="gun")
    assert flags(top, middle, bottom, guns) == [True, False, False, True]
    assert flags(middle, bottom, guns) == [False, True, False, True]
    assert flags(top, bottom) == [True, False, False, False]  # past a parent that has none
    assert flags(bottom) == [False, False, True, False]
    assert flags(claim(1, "up_to", 100), bottom) == [False, False, True, False]
    assert flags(top | {"quantity_unit": "round"}, bottom) == [False, False, True, False]


def test_a_circle_of_parents_ends() -> None:
    t2 = "NKRU-T-0002"
    result = run([claim(1, "exact", 1)], [transfer(parent=t2), transfer(t2, parent=T1)])
    assert list(result.transfers["recommended_for_totals"]) == [True, False]


def test_quantity_of_a_transfer() -> None:
    dates = {
        "start_earliest": dt.date(2024, 1, 1),
        "start_latest": dt.date(2024, 1, 1),
        "end_earliest": dt.date(2024, 1, 31),
        "end_latest": dt.date(2024, 1, 31),
    }
    flow = claim(1, "exact", 50, window=("2024-01-01", "2024-01-31"))
    part = claim(2, "exact", 20, window=("2024-01-01", "2024-01-15"))
    total = claim(3, "up_to", 80)

    def quantity(*claims: Row, **overrides: Any) -> Any:
        row = record(list(claims), records=[transfer(**{**dates, **overrides})])
        return row["quantity_low"], row["quantity_best"], row["quantity_reported_max"], row["quantity_rule"]

    assert quantity(flow, part) == (50, 50, 50, "R3")
    assert quantity(part) == (None, None, None, None)
    assert quantity(flow, end_latest=None) == (None, None, None, None)  # it goes on
    assert quantity(flow, total) == (None, None, 80, "R5")
    assert quantity(flow | {"quantity_unit": "round"}) == (None, None, None, None)
    assert quantity(flow | {"scope": "mines"}) == (None, None, None, None)
    wider = claim(4, "exact", 90, window=("2024-01-01", "2024-12-31"))
    assert quantity(flow, wider) == (None, None, None, None)  # not the only one


def test_quantity_of_an_event_is_its_headline() -> None:
    toll = claim(
        1, "exact", 9, record=E1, window=("2024-01-02", "2024-01-02"), measure="killed", scope="civilians",
        quantity_unit="person",
    )  # fmt: skip
    headline = {"headline_measure": "killed", "headline_scope": "civilians", "headline_unit": "person"}
    row = line(run([toll], [event(**headline)]).events, E1)
    assert (row["quantity_low"], row["quantity_best"], row["quantity_high_open"]) == (9, 9, True)
    row = line(run([toll], [event()]).events, E1)
    assert (row["quantity_best"], row["quantity_high_open"], row["quantity_conflict"]) == (None, None, None)


# -- ladder and confidence -----------------------------------------------------------------------------------


def test_rungs_and_inference() -> None:
    claims = [
        claim(1, voice="us-gov", status_asserted="used", stated="2024-02-01"),
        claim(2, voice="kr-gov", status_asserted="delivered", stated="2024-01-01"),
        claim(3, voice="ua-gov", status_asserted="agreed"),
    ]
    result = run(claims)
    table = result.transfer_status
    assert list(table["id"]) == [f"{T1}.{rung}" for rung in ["agreed", *LADDER[4:]]]
    assert list(table["inferred"]) == [False, True, False, True, False]
    assert list(table["confidence"]) == ["possible", "probable", "probable", "possible", "possible"]
    assert list(table["n_claims"]) == [1, 2, 2, 1, 1]
    assert list(table["first_stated_on"].astype(str))[1:] == [
        "2024-01-01",
        "2024-01-01",
        "2024-02-01",
        "2024-02-01",
    ]
    row = line(result.transfers, T1)
    assert (row["status"], row["status_confident"], row["confidence"]) == ("used", "delivered", "possible")
    assert row["n_independent"] == 3


def confidence(*claims: Row) -> str:
    return str(record(list(claims))["confidence"])


def test_confidence() -> None:
    us, kr = claim(1, voice="us-gov"), claim(2, voice="kr-gov")
    kp, ru = claim(3, voice="kp-gov"), claim(4, voice="ru-gov")
    assert confidence() == "doubtful"
    assert confidence(us) == "possible"
    assert confidence(us, kr) == "probable"
    assert confidence(us, claim(2, voice="us-dia")) == "possible"
    assert confidence(us, claim(2, voice="msmt")) == "possible"
    assert confidence(kp, ru) == "possible"  # all the dyad's
    assert confidence(us, kp) == "probable"
    c3 = [claim(n, voice=v, grades="C3") for n, v in enumerate(["us-gov", "kr-gov"], start=1)]
    assert confidence(*c3) == "possible"  # neither A-B nor visible
    assert confidence(c3[0], c3[1] | {"evidence_visible": True}) == "probable"
    assert confidence(kp | {"admission": True}) == "confirmed"


def test_confirmed_by_examination() -> None:
    exam = claim(1, voice="ua-hur", evidence_type="physical_exam")
    assert confidence(exam) == "possible"
    assert confidence(exam, claim(2, voice="ua-gov")) == "possible"
    assert confidence(exam, claim(2, voice="us-gov", grades="C4")) == "confirmed"
    assert confidence(exam | {"interest": "dyad"}, claim(2, voice="us-gov")) == "probable"
    assert confidence(exam, claim(2, voice="us-gov", status_asserted="agreed")) == "possible"


@pytest.mark.parametrize(
    "overrides",
    [
        {"grades": "D3"},
        {"grades": "A5"},
        {"modality": "possible"},
        {"modality": "possible", "evidence_visible": True},
        {"voice": "unattributed"},
        {"voice": "unattributed", "evidence_visible": True},
        {"rank": "deprecated"},
        {"stance": "casts_doubt"},
        {"kind": "intent"},
        {"kind": "capacity"},
        {"kind": "equivalent"},
    ],
)
def test_doubtful(overrides: Row) -> None:
    result = run([claim(1, **overrides)])
    assert result.transfer_status.empty
    row = line(result.transfers, T1)
    assert (row["status"], row["status_confident"], row["confidence"]) == (None, None, "doubtful")
    assert row["n_independent"] == 0


def test_visible_evidence_makes_possible() -> None:
    row = line(run([claim(1, grades="F6", evidence_visible=True)]).transfer_status, f"{T1}.delivered")
    assert (row["confidence"], row["n_claims"], row["n_voices"]) == ("possible", 1, 0)


def test_a_zero_flow_lifts_no_rung() -> None:
    window = ("2024-01-01", "2024-01-31")
    assert confidence(claim(1, "exact", 0, window=window)) == "doubtful"
    assert confidence(claim(1, "exact", 1, window=window)) == "possible"


def test_a_retracted_claim_supports_nothing() -> None:
    retraction = claim(2, stance="retracts", supersedes=f"{T1}.c1")
    assert confidence(claim(1), retraction) == "doubtful"
    assert confidence(claim(1), claim(2, supersedes=f"{T1}.c1")) == "possible"


def test_bearing_claims_lend_their_status_and_never_their_quantity() -> None:
    t2 = "NKRU-T-0002"
    other = claim(1, "exact", 500, record=t2, voice="kp-gov", admission=True, bears_on=[T1, "NKRU-T-0099"])
    result = run([claim(1, "exact", 40), other], [transfer(), transfer(t2)])
    row = line(result.transfers, T1)
    assert (row["confidence"], row["admitted_by_supplier"], row["quantity_best"]) == ("confirmed", True, 40)
    assert (row["n_claims"], row["n_claimants"]) == (2, 2)


def test_events() -> None:
    def of(claims: list[Row], participants: list[tuple[str, str, str]] | None = None, **kwargs: Any) -> Row:
        return line(run(claims, [event(**kwargs)], participants=participants).events, E1)

    us = claim(1, record=E1)
    assert of([])["confidence"] == "doubtful"
    assert of([us])["confidence"] == "possible"
    assert of([us, claim(2, record=E1, voice="kr-gov")])["confidence"] == "probable"
    act = {"event_type": "sanctions_designation"}
    own = us | {"source_role": "origin"}
    issuer = [(E1, "us-gov", "issuer")]
    assert of([own], issuer, **act)["confidence"] == "confirmed"
    assert of([own | {"claimant": "x", "speaker": "us-gov"}], issuer, **act)["confidence"] == "confirmed"
    assert of([us], issuer, **act)["confidence"] == "possible"  # somebody else's text
    assert of([own], [(E1, "us-gov", "target")], **act)["confidence"] == "possible"
    assert of([own], issuer)["confidence"] == "possible"  # a strike is no public act
    assert "status" not in of([us])


def test_a_denial_event_happened() -> None:
    claims = [denial(1, record=E1, source_role="origin")]
    result = run(claims, [event(event_type="official_denial")], participants=[(E1, "kp-gov", "speaker")])
    row = line(result.events, E1)
    assert (row["confidence"], row["denied_by_supplier"], row["contested"]) == ("confirmed", False, False)
    assert row["first_reported_on"] == "2024-06-30"


@pytest.mark.parametrize(
    ("event_type", "overrides", "confidence"),
    [
        ("official_denial", {}, "confirmed"),
        ("official_statement", {"stance": "casts_doubt"}, "confirmed"),
        ("official_statement", {"modality": "possible"}, "confirmed"),
        ("official_denial", {"source_role": "repeats"}, "doubtful"),  # of an ungraded body, by others' words
        ("official_denial", {"claimant": "us-gov"}, "doubtful"),  # not a speaker of that event
        ("agreement", {}, "doubtful"),  # whoever denies an act does not confirm it
        ("missile_strike", {"stance": "asserts"}, "doubtful"),
    ],
)
def test_words_are_confirmed_by_having_been_said(event_type: str, overrides: Row, confidence: str) -> None:
    said = denial(1, record=E1, grades="D3", **{"source_role": "origin", **overrides})
    result = run([said], [event(event_type=event_type)], participants=[(E1, "kp-gov", "speaker")])
    assert line(result.events, E1)["confidence"] == confidence


@pytest.mark.parametrize("who", ["company", "person_listed", "media"])
def test_a_companys_denial_is_not_its_states(who: str) -> None:
    row = record([claim(1), denial(2, voice="ru-gov", claimant_type=who)])
    assert (row["denied_by_recipient"], row["contested"], row["n_claims"]) == (False, False, 2)


# -- admissions and denials ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("denied", "admitted", "contested"),
    [
        ("2024-01-10", "2025-04-28", False),
        ("2025-05-10", "2025-04-28", True),
        ("2025-04-28", "2025-04-28", False),
        ("2024-01-10", None, True),
    ],
)
def test_contested_is_the_last_word(denied: str, admitted: str | None, contested: bool) -> None:
    claims = [claim(1), denial(2, stated=denied)]
    if admitted:
        claims.append(claim(3, voice="kp-gov", stated=admitted, admission=True))
    row = record(claims)
    assert row["contested"] == contested
    assert (row["denied_by_supplier"], row["denied_by_recipient"]) == (True, False)
    assert (row["admitted_by_supplier"], row["admitted_by_recipient"]) == (bool(admitted), False)
    assert row["first_admission_on"] == admitted
    assert row["confidence"] == ("confirmed" if admitted else "possible")  # a denial lowers nothing


def test_one_states_admission_does_not_answer_the_others_denial() -> None:
    claims = [denial(2, voice="ru-gov"), claim(3, voice="kp-gov", stated="2025-04-28", admission=True)]
    row = record(claims)
    assert (row["contested"], row["denied_by_recipient"], row["admitted_by_supplier"]) == (True, True, True)


@pytest.mark.parametrize(
    ("overrides", "attaches"),
    [
        ({}, True),
        ({"denies_direction": "RUS_to_PRK"}, False),
        ({"denies_classes": ["munitions"]}, True),
        ({"denies_classes": ["ammunition"]}, True),
        ({"denies_classes": ["uav"]}, False),
        ({"denies_rung": "delivered"}, True),
        ({"denies_rung": "used"}, False),
        ({"stated": "2023-08-01"}, True),
        ({"stated": "2023-07-31"}, False),
        ({"stated": "2022-11-08", "denies_until_latest": dt.date(2024, 1, 1)}, True),
        ({"stated": "2024-11-08", "denies_until_latest": dt.date(2023, 1, 1)}, False),
        ({"rank": "deprecated"}, False),
        ({"stance": "declines_to_confirm"}, False),
        ({"voice": "unattributed", "claimant_country": "PRK"}, False),
        ({"denies_classes": ["uav"], "bears_on": [T1]}, True),
        ({"denies_direction": None, "denies_classes": [], "denies_rung": None}, False),
    ],
)
def test_where_a_denial_attaches(overrides: Row, attaches: bool) -> None:
    elsewhere = "NKRU-T-0002"
    records = [transfer(class_path=["munitions", "ammunition"]), transfer(elsewhere, direction="RUS_to_PRK")]
    row = record([claim(1), denial(1, record=elsewhere, **overrides)], records=records)
    assert row["denied_by_supplier"] == attaches


def test_a_denial_attaches_to_events_only_as_a_whole() -> None:
    strike = claim(1, record=E1, status_asserted="used")
    records = [transfer(), event(date_earliest=dt.date(2024, 1, 2))]

    def denied(claims: list[Row]) -> bool:
        return bool(line(run(claims, records).events, E1)["denied_by_supplier"])

    assert denied([strike, denial(1)])
    assert not denied([strike, denial(1, denies_classes=["ammunition"])])
    assert not denied([strike | {"status_asserted": None}, denial(1)])
    assert not denied([strike, denial(1, stated="2024-01-01")])


def test_a_joint_event_has_neither_supplier_nor_recipient() -> None:
    claims = [claim(1, record=E1, voice="kp-gov", admission=True)]
    row = line(run(claims, [event(direction="joint")]).events, E1)
    assert (row["admitted_by_supplier"], row["denied_by_recipient"], row["contested"]) == (None, None, False)
    assert row["confidence"] == "confirmed"


# -- counts --------------------------------------------------------------------------------------------------


def test_counts() -> None:
    claims = [
        claim(1, stated="2024-03-31", stated_on="2024-03", stated_on_earliest=dt.date(2024, 3, 1)),
        claim(2, voice="us-dia", stated="2024-04-01", evidence_visible=True, source_ids=["source-1", "x"]),
        denial(3, stated="2023-12-01"),
        claim(4, voice="kr-gov", stated="2022-01-01", rank="deprecated"),
        claim(5, voice="unattributed", stated="2024-03-31", evidence_type="physical_exam"),
    ]
    row = record(claims)
    assert (row["first_reported_on"], row["last_reported_on"]) == ("2024-03", "2024-04-01")
    assert (row["n_claims"], row["n_claimants"], row["n_sources"], row["n_independent"]) == (4, 4, 4, 1)
    assert (row["has_visible_evidence"], row["has_physical_exam"]) == (True, True)


def test_n_independent_is_exact() -> None:
    voices = ["us-gov", "us-dia", "kr-nis", "msmt", "ua-hur"]
    row = record([claim(n, voice=v) for n, v in enumerate(voices)])
    assert row["n_independent"] == 3  # one American, one Korean, one Ukrainian; not the joint product

    def chain(n: int, parents: list[str]) -> Row:
        return claim(n) | {"voice": f"v{n}", "voice_ancestors": parents}

    # a path of voices, each sharing one parent with the next: every second one is independent
    assert record([chain(n, [f"p{n}", f"p{n + 1}"]) for n in range(41)])["n_independent"] == 21
    # the same closed to a ring
    assert record([chain(n, [f"p{n}", f"p{(n + 1) % 9}"]) for n in range(9)])["n_independent"] == 4
    # a grandparent shared
    assert record([chain(1, ["a", "top"]), chain(2, ["b", "top"])])["n_independent"] == 1


def test_n_independent_against_every_subset() -> None:
    chance = random.Random(7)
    for _ in range(60):
        rows = [
            claim(n) | {"voice": f"v{n}", "voice_ancestors": chance.sample("abcdefgh", chance.randint(0, 3))}
            for n in range(9)
        ]
        lines = [{row["voice"], *row["voice_ancestors"]} for row in rows]
        largest = max(
            size
            for size in range(10)
            for chosen in combinations(lines, size)
            if all(one.isdisjoint(other) for one, other in combinations(chosen, 2))
        )
        assert record(rows)["n_independent"] == largest


# -- frames --------------------------------------------------------------------------------------------------

TYPES = {
    "estimates": {
        "id": "string", "record": "string", "measure": "string", "scope": "string", "unit": "string",
        "kind": "string", "basis": "string", "window_earliest": "datetime64[s]",
        "window_latest": "datetime64[s]", "day": "datetime64[s]", "low": "Float64", "best": "Float64",
        "high": "Float64", "high_open": "boolean", "reported_max": "Float64", "rule": "string",
        "conflict": "boolean", "stale_days": "Int64", "stale": "boolean", "n_claims": "Int64",
        "n_voices": "Int64", "claims": "object", "conversion": "string", "voice": "string",
        "method_version": "string",
    },
    "transfer_status": {
        "id": "string", "record": "string", "status": "category", "confidence": "category",
        "inferred": "boolean", "n_claims": "Int64", "n_voices": "Int64", "n_independent": "Int64",
        "claims": "object", "first_stated_on": "datetime64[s]",
    },
    "transfers": {
        "id": "string", "status": "category", "status_confident": "category", "confidence": "category",
        "contested": "boolean", "admitted_by_supplier": "boolean", "admitted_by_recipient": "boolean",
        "denied_by_supplier": "boolean", "denied_by_recipient": "boolean", "first_reported_on": "string",
        "last_reported_on": "string", "first_admission_on": "string", "n_claims": "Int64",
        "n_claimants": "Int64", "n_independent": "Int64", "n_sources": "Int64",
        "has_visible_evidence": "boolean", "has_physical_exam": "boolean",
        "recommended_for_totals": "boolean", "quantity_low": "Float64", "quantity_best": "Float64",
        "quantity_high": "Float64", "quantity_high_open": "boolean", "quantity_reported_max": "Float64",
        "quantity_rule": "string", "quantity_conflict": "boolean",
    },
}  # fmt: skip
TYPES["events"] = {
    name: dtype
    for name, dtype in TYPES["transfers"].items()
    if name not in ("status", "status_confident", "recommended_for_totals")
}


def check_types(result: Assessment) -> None:
    for name, expected in TYPES.items():
        table: pd.DataFrame = getattr(result, name)
        assert {column: str(dtype) for column, dtype in table.dtypes.items()} == {
            column: ("str" if dtype == "str" else dtype) for column, dtype in expected.items()
        }
        assert table["id"].is_unique
        for column in set(table.columns) & {"status", "status_confident", "confidence"}:
            assert table[column].cat.ordered
    assert list(result.transfers["status"].cat.categories) == LADDER
    assert list(result.events["confidence"].cat.categories) == [
        "doubtful",
        "possible",
        "probable",
        "confirmed",
    ]


def test_types_and_empty_frames() -> None:
    empty = run([], [])
    check_types(empty)
    assert all(getattr(empty, name).empty for name in TYPES)
    check_types(run(CONTAINERS, [transfer(), event()]))
    no_claims = run([], [transfer(), event()])
    assert (len(no_claims.transfers), len(no_claims.events), len(no_claims.estimates)) == (1, 1, 0)
    check_types(no_claims)


def test_missing_values_of_every_sort() -> None:
    """None, NaN, NA, NaT and lists as arrays say the same."""
    rows = [*CONTAINERS, denial(8), claim(9, voice="unattributed")]
    expected = run(rows)
    typed = claims_frame(rows)
    for missing in (None, float("nan"), pd.NA):
        loose = pd.DataFrame(
            {
                name: typed[name]
                if name == "status_asserted"
                else pd.Series([missing if row[name] is None else row[name] for row in rows], dtype="object")
                for name in typed.columns
            }
        )
        same(
            assess(loose, records_frame([transfer()]), conversions_frame([]), day=dt.date(2025, 12, 31)),
            expected,
        )
    arrays = typed.copy()
    for name in ("voice_ancestors", "source_ids", "denies_classes", "bears_on"):
        arrays[name] = pd.Series(
            [None if v is None else pd.array(v, dtype="str").to_numpy() for v in typed[name]]
        )
    arrays["bears_on"] = None
    arrays["since"] = pd.NaT
    same(
        assess(arrays, records_frame([transfer()]), conversions_frame([]), day=dt.datetime(2025, 12, 31)),
        expected,
    )


def same(one: Assessment, other: Assessment) -> None:
    for name in TYPES:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))


def test_order_of_output_is_fixed_and_input_untouched() -> None:
    t2 = "NKRU-T-0002"
    rows = [*CONTAINERS, denial(8), claim(1, "exact", 5, record=t2), claim(1, record=E1)]
    records = records_frame([transfer(), transfer(t2), event()])
    claims = claims_frame(rows)
    conversions = conversions_frame([conversion("b", factor_point=150.0), conversion("a")])
    copies = [frame.copy(deep=True) for frame in (claims, records, conversions)]
    day = dt.date(2025, 12, 31)
    result = assess(claims, records, conversions, day=day)
    for before, after in zip(copies, (claims, records, conversions), strict=True):
        pd.testing.assert_frame_equal(before, after)
    assert result.estimates["id"].is_monotonic_increasing
    assert set(result.estimates["conversion"].dropna()) == {"a"}
    same(assess(claims[::-1], records[::-1], conversions[::-1], day=day), result)


def test_subjects() -> None:
    table = records_frame(
        [event(headline_measure="killed"), transfer(class_path=["munitions", "ammunition"], parent="x")],
        [(E1, "b", "host"), (E1, "a", "guest"), (E1, "c", "target")],
    )
    first, second = table.to_dict("records")
    assert [first["type"], second["type"]] == ["event", "transfer"]
    assert (first["supplier_country"], first["recipient_country"]) == ("PRK", "RUS")
    assert first["participants"] == ["a", "b"]
    assert first["start_earliest"] == first["end_latest"] == pd.Timestamp("2024-01-02")
    assert (second["class_path"], second["parent"]) == (["munitions", "ammunition"], "x")
    joint = records_frame([event(direction="joint")])
    assert pd.isna(joint["supplier_country"][0])
    assert len(records_frame([])) == 0


def test_errors() -> None:
    claims, records, none = claims_frame([claim(1)]), records_frame([transfer()]), conversions_frame([])
    day = dt.date(2025, 1, 1)
    with pytest.raises(ValueError, match="claims: no column voice"):
        assess(claims.drop(columns="voice"), records, none, day=day)
    with pytest.raises(ValueError, match="NKRU-T-0001"):
        assess(claims, records_frame([]), none, day=day)
    with pytest.raises(ValueError, match="not unique"):
        assess(pd.concat([claims, claims]), records, none, day=day)
    with pytest.raises(TypeError, match="ordered categorical"):
        assess(claims.astype({"status_asserted": "string"}), records, none, day=day)
    with pytest.raises(TypeError, match="stated_on_latest"):
        assess(claims.assign(stated_on_latest="2024"), records, none, day=day)
    with pytest.raises(TypeError, match="bears_on"):
        assess(claims.assign(bears_on="NKRU-T-0001"), records, none, day=day)
