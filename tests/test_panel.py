"""The dyad panel: figures known by hand, random claims against `assess`, and the built table."""

from __future__ import annotations

import datetime as dt
import shutil
from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import armsledger
from armsledger.assess import assess, recommended
from armsledger.files import packaged
from armsledger.panels import dyad_panel, panel_of
from compiler.build import read_seeds
from compiler.check import check
from compiler.derive import derive
from compiler.rows import read_dataset
from tests.assess_frames import (
    E1,
    T1,
    Row,
    claim,
    claims_frame,
    conversions_frame,
    denial,
    event,
    records_frame,
    transfer,
)
from tests.overlay import BASE
from tests.test_assess_properties import cases, claim_lists
from tests.test_package_helpers import crafted

T2, T3, E2 = "NKRU-T-0002", "NKRU-T-0003", "NKRU-E-0002"
KEY = ["direction", "class", "unit", "month"]
COUNTS = ["n_claims", "n_claims_dated", "n_voices", "n_events", "n_records"]
FIGURES = ["low", "best", "high", "high_open", "conflict", "stale"]
STATES = pd.DataFrame(
    {
        "type": ["state", "state", "armed_force"],
        "country": ["PRK", "RUS", "RUS"],
        "cow_code": pd.array([731, 365, None], dtype="Int64"),
        "gw_code": pd.array([731, 365, None], dtype="Int64"),
    }
)


def made(
    claims: list[Row],
    records: list[Row] | None = None,
    *,
    links: list[tuple[str, str]] | None = None,
    freq: Any = "M",
    first: str = "2024-01-01",
    last: str = "2024-06-20",
    as_of: str | None = None,
) -> pd.DataFrame:
    """The panel of rows; without records, of one transfer T1, ammunition in containers."""
    return dyad_panel(
        claims_frame(claims),
        records_frame([transfer()] if records is None else records),
        pd.DataFrame(links or [], columns=["record", "to"], dtype="string"),
        STATES,
        freq=freq,
        first=dt.date.fromisoformat(first),
        last=dt.date.fromisoformat(last),
        as_of=dt.date.fromisoformat(as_of or last),
    )


def month(frame: pd.DataFrame, when: str, **cell: str) -> Row:
    """The only row of that month (of that class or unit), None for what is missing."""
    chosen = frame[frame["month"] == pd.Timestamp(f"{when}-01")]
    for column, value in cell.items():
        chosen = chosen[chosen[column.rstrip("_")] == value]
    [row] = chosen.to_dict("records")
    return {str(name): None if pd.isna(value) else value for name, value in row.items()}


def of(row: Row, *names: str) -> tuple[Any, ...]:
    return tuple(row[name] for name in names)


# -- the grid ------------------------------------------------------------------------------------------------


def test_every_month_of_every_cell_once_whether_anything_was_said_or_not() -> None:
    records = [
        transfer(T1),
        transfer(T2, unit="round"),
        transfer(T3, direction="RUS_to_PRK", class_path=["petroleum"], unit="barrel"),
        event(),
    ]
    frame = made([claim(1, "exact", 10, stated="2024-02-10")], records)
    cells = [
        ("PRK_to_RUS", "ammunition", "container"),
        ("PRK_to_RUS", "ammunition", "round"),
        ("RUS_to_PRK", "petroleum", "barrel"),
    ]
    months = [pd.Timestamp(2024, number, 1) for number in range(1, 7)]
    expected = [(*cell, when) for cell, when in product(cells, months)]
    assert list(frame[KEY].itertuples(index=False, name=None)) == expected
    assert list(frame["year"].unique()) == [2024]
    assert list(frame["month_number"].unique()) == [1, 2, 3, 4, 5, 6]
    assert not frame[COUNTS].isna().any(axis=None)


def test_where_nothing_counts_counts_are_zero_and_figures_empty() -> None:
    frame = made([claim(1, "exact", 10, stated="2024-02-10")])
    before, after = month(frame, "2024-01"), month(frame, "2024-03")
    assert of(before, *COUNTS) == (0, 0, 0, 0, 0)
    assert of(before, *FIGURES) == (None,) * 6
    assert of(after, *COUNTS) == (0, 0, 0, 0, 1)
    assert of(after, *FIGURES) == (10, 10, None, True, False, False)


def test_figures_hold_at_the_month_s_end_and_in_the_last_month_at_the_last_day() -> None:
    claims = [
        claim(1, "exact", 10, stated="2024-02-29"),
        claim(2, "exact", 20, stated="2024-06-20"),
        claim(3, "exact", 30, stated="2024-06-21"),
    ]
    frame = made(claims, as_of="2024-12-31")
    assert of(month(frame, "2024-02"), "day", "low") == (pd.Timestamp(2024, 2, 29), 10)
    assert of(month(frame, "2024-05"), "low") == (10,)
    assert of(month(frame, "2024-06"), "day", "low") == (pd.Timestamp(2024, 6, 20), 20)


def test_a_total_rests_on_what_was_said_later_about_an_earlier_day() -> None:
    frame = made([claim(1, "exact", 10, stated="2024-05-05", as_of="2024-02-02")])
    assert of(month(frame, "2024-02"), "low", "n_claims") == (10, 0)
    assert of(month(frame, "2024-05"), "low", "n_claims") == (10, 1)


def test_the_states_codes_go_both_ways() -> None:
    records = [transfer(T1), transfer(T2, direction="RUS_to_PRK")]
    frame = made([], records).drop_duplicates("direction").set_index("direction")
    codes = [f"{side}_{code}" for side in ("supplier", "recipient") for code in ("iso3", "cow", "gw")]
    assert list(frame.loc["PRK_to_RUS", codes]) == ["PRK", 731, 731, "RUS", 365, 365]
    assert list(frame.loc["RUS_to_PRK", codes]) == ["RUS", 365, 365, "PRK", 731, 731]


def test_a_dataset_without_transfers_has_an_empty_panel() -> None:
    frame = made([], [event()])
    assert frame.empty
    assert frame.dtypes.to_dict() == made([]).dtypes.to_dict()


# -- what was said and what happened -------------------------------------------------------------------------


def test_a_claim_is_counted_when_it_was_public_for_certain() -> None:
    vague = {"stated": "2024-03-31", "stated_on_earliest": dt.date(2024, 1, 1)}
    past = {"stated": "2024-12-31", "stated_on_earliest": dt.date(2024, 6, 1)}
    claims = [
        claim(1, stated="2024-03-05"),
        claim(2, stated="2024-03-31", stated_on_earliest=dt.date(2024, 3, 1)),
        claim(3, **vague),
        claim(4, **past),
        claim(5, stated="2024-03-06", rank="deprecated"),
        denial(6, stated="2024-03-07"),
    ]
    frame = made(claims)
    assert of(month(frame, "2024-03"), "n_claims", "n_claims_dated") == (4, 3)
    assert of(month(frame, "2024-06"), "n_claims", "n_claims_dated") == (1, 1)  # dated past the as-of day
    assert frame["n_claims"].sum() == 5
    assert of(month(made(claims, last="2024-03-20", as_of="2024-06-20"), "2024-03"), "n_claims") == (4,)


def test_voices_are_counted_once_and_the_unattributed_not() -> None:
    voices = ["us-gov", "us-gov", "kr-nis", "unattributed"]
    frame = made([claim(n, voice=voice, stated="2024-03-05") for n, voice in enumerate(voices)])
    assert of(month(frame, "2024-03"), "n_claims", "n_voices") == (4, 2)


def test_claims_of_events_and_of_other_cells_are_not_counted() -> None:
    claims = [
        claim(1, record=E1, stated="2024-03-05", bears_on=[T1]),
        claim(1, record=T2, stated="2024-03-05"),
    ]
    frame = made(claims, [transfer(), transfer(T2, unit="round"), event()])
    assert of(month(frame, "2024-03", unit="container"), "n_claims") == (0,)
    assert of(month(frame, "2024-03", unit="round"), "n_claims") == (1,)


@pytest.mark.parametrize(
    "joined",
    [
        {"links": [(E1, T1)]},
        {"links": [(T1, E1)]},
        {"claims": [claim(1, record=E1, bears_on=[T1])]},
        {"claims": [claim(1, record=T1, bears_on=[E1])]},
        {"links": [(E1, T1), (T1, E1)], "claims": [claim(1, record=E1, bears_on=[T1])]},
    ],
)
def test_an_event_is_about_what_a_link_or_a_claim_joins_it_to(joined: Row) -> None:
    frame = made(**{"claims": [], "records": [transfer(), transfer(T2, unit="round"), event()], **joined})
    assert of(month(frame, "2024-01", unit="container"), "n_events") == (1,)
    assert frame["n_events"].sum() == 1


def test_events_that_nothing_joins_are_in_no_row() -> None:
    records = [transfer(), event(), event(E2)]
    off = claim(1, record=E1, bears_on=[T1], rank="deprecated")
    assert made([off], records, links=[(E1, E2)])["n_events"].sum() == 0


def test_an_event_about_two_cells_counts_in_each() -> None:
    records = [transfer(), transfer(T2, unit="round"), transfer(T3), event()]
    frame = made([], records, links=[(E1, T1), (E1, T2), (E1, T3)])
    assert list(frame.loc[frame["month"] == "2024-01-01", "n_events"]) == [1, 1]


def test_an_event_counts_in_the_period_that_its_date_lies_in() -> None:
    dates = {"date_earliest": dt.date(2024, 1, 20), "date_latest": dt.date(2024, 2, 3)}
    whole_month = {"date_earliest": dt.date(2024, 2, 1), "date_latest": dt.date(2024, 2, 29)}
    endless = {"date_earliest": dt.date(2024, 2, 1), "date_latest": None}
    records = [transfer(), event(E1, **dates), event(E2, **whole_month), event("NKRU-E-0003", **endless)]
    links = [(row["id"], T1) for row in records[1:]]
    assert list(made([], records, links=links)["n_events"]) == [0, 1, 0, 0, 0, 0]
    assert list(made([], records, links=links, freq="Q")["n_events"]) == [2, 0]


# -- what it had come to -------------------------------------------------------------------------------------


def test_units_are_never_added() -> None:
    claims = [
        claim(1, "exact", 10, stated="2024-02-01"),
        claim(1, "exact", 7000, stated="2024-02-01", record=T2, quantity_unit="round"),
    ]
    frame = made(claims, [transfer(), transfer(T2, unit="round")])
    assert of(month(frame, "2024-02", unit="container"), "low", "n_records") == (10, 1)
    assert of(month(frame, "2024-02", unit="round"), "low", "n_records") == (7000, 1)


def test_parts_count_until_their_umbrella_has_a_figure() -> None:
    above, below = ["artillery"], ["artillery", "rocket_artillery"]
    records = [
        transfer(T1, class_path=above),
        transfer(T2, class_path=above, parent=T1, level="tranche"),
        transfer(T3, class_path=below, parent=T1, level="component"),
    ]
    claims = [
        claim(1, "exact", 5, stated="2024-02-01", record=T2),
        claim(1, "exact", 3, stated="2024-02-01", record=T3),
        claim(1, "at_least", 20, stated="2024-04-01"),
    ]
    frame = made(claims, records)
    assert of(month(frame, "2024-03", class_="artillery"), "low", "best", "n_records") == (5, 5, 1)
    assert of(month(frame, "2024-03", class_="rocket_artillery"), "low", "n_records") == (3, 1)
    assert of(month(frame, "2024-04", class_="artillery"), "low", "best", "n_records") == (20, None, 1)
    assert of(month(frame, "2024-04", class_="rocket_artillery"), "low", "n_records") == (None, 0)


def two_records(one: list[Row], other: list[Row]) -> Row:
    rows = [row | {"id": f"{T2}.{row['id'].split('.')[1]}", "record": T2} for row in other]
    return month(made(one + rows, [transfer(T1), transfer(T2)]), "2024-02")


def bounded(low: float, high: float) -> list[Row]:
    """Two independent voices that agree."""
    said: Any = [("us-gov", 1), ("kr-nis", 2)]
    return [claim(n, "between", (low, high), voice=voice, stated="2024-02-01") for voice, n in said]


def exactly(value: float) -> list[Row]:
    """Two independent voices that name the same number."""
    return [claim(n, "exact", value, voice=v, stated="2024-02-01") for n, v in ((1, "us-gov"), (2, "kr-nis"))]


def test_figures_of_one_cell_are_added() -> None:
    row = two_records(exactly(100), exactly(200))
    assert of(row, *FIGURES, "n_records") == (300, 300, 300, False, False, False, 2)
    ranges = two_records(bounded(10, 20), bounded(100, 300))
    assert of(ranges, *FIGURES) == (110, None, 320, False, False, False)


def test_one_open_high_opens_the_sum_and_one_missing_best_empties_it() -> None:
    point = [claim(3, "exact", 100, stated="2024-02-01")]
    assert of(two_records(point, bounded(10, 20)), *FIGURES) == (110, None, None, True, False, False)
    bare = [claim(3, "at_least", 50, stated="2024-02-01")]
    assert of(two_records(point, bare), *FIGURES, "n_records") == (150, None, None, True, False, False, 2)


def test_a_missing_low_leaves_the_sum_a_floor() -> None:
    lowless = [row | {"quantity_low": None} for row in exactly(100)]
    assert of(two_records(lowless, exactly(200)), "low", "best", "high", "n_records") == (200, 300, 300, 2)
    assert of(two_records(lowless, lowless), "low", "best") == (None, 200)


def test_one_conflict_and_one_stale_record_mark_the_row() -> None:
    disagree = [*bounded(10, 20), claim(3, "between", (30, 40), voice="jp-gov", stated="2024-02-01")]
    assert of(two_records(bounded(1, 2), disagree), "high", "high_open", "conflict") == (42, False, True)
    old = [claim(1, "exact", 5, stated="2023-08-01")]
    assert of(two_records(bounded(1, 2), old), "low", "stale") == (6, True)


def test_floats_are_added_without_a_rest() -> None:
    claims = [claim(1, "exact", 0.1, stated="2024-02-01", record=f"NKRU-T-000{n}") for n in range(10)]
    frame = made(claims, [transfer(f"NKRU-T-000{n}") for n in range(10)])
    assert of(month(frame, "2024-02"), "low", "n_records") == (1.0, 10)


# -- quarters and years --------------------------------------------------------------------------------------


def test_quarters_and_years_are_counted_anew() -> None:
    claims = [
        claim(n, "exact", n, stated=f"2024-0{n}-15", stated_on_earliest=dt.date(2024, 1, 1))
        for n in (1, 2, 4)
    ]
    quarters, years = made(claims, freq="Q"), made(claims, freq="Y")
    assert list(quarters.columns[:3]) == ["quarter", "year", "quarter_number"]
    assert list(quarters["quarter"]) == [pd.Timestamp(2024, 1, 1), pd.Timestamp(2024, 4, 1)]
    assert list(quarters["quarter_number"]) == [1, 2]
    assert list(quarters["day"]) == [pd.Timestamp(2024, 3, 31), pd.Timestamp(2024, 6, 20)]
    assert list(quarters["n_claims"]) == [2, 1]
    assert list(quarters["n_claims_dated"]) == [2, 0]
    assert list(quarters["n_voices"]) == [1, 1]
    assert list(quarters["low"]) == [2, 4]
    assert list(years.columns[:2]) == ["year", "direction"]
    assert list(years[["year", "n_claims", "n_claims_dated", "n_voices", "low"]].iloc[0]) == [
        2024,
        3,
        3,
        1,
        4,
    ]


# -- against assess ------------------------------------------------------------------------------------------

SPANNED = {"start_earliest": dt.date(2024, 2, 1), "end_latest": dt.date(2024, 3, 1)}
RECORDS = [transfer(**SPANNED), transfer(T2, parent=T1, class_path=["mixed_munitions"]), event()]
SUBJECTS = records_frame(RECORDS)
FIRST, LAST = dt.date(2024, 1, 1), dt.date(2025, 2, 14)
ENDS = [min(period.end_time.date(), LAST) for period in pd.period_range(FIRST, LAST, freq="M")]


def plain(*values: Any) -> tuple[Any, ...]:
    return tuple(None if pd.isna(value) else value for value in values)


def by_definition(claims: pd.DataFrame, day: dt.date) -> dict[str, tuple[Any, ...]]:
    """By record: low, best, high and conflict of what `assess` of that day recommends for totals."""
    found = assess(claims, SUBJECTS, conversions_frame([]), day=day).transfers
    return {
        row.id: plain(row.quantity_low, row.quantity_best, row.quantity_high, row.quantity_conflict)
        for row in found[found["recommended_for_totals"]].itertuples()
    }


def estimated(claims: pd.DataFrame, day: dt.date) -> set[tuple[Any, ...]]:
    """Of the rows of `estimates` at that day: record, figures, conflict and stale."""
    rows = assess(claims, SUBJECTS, conversions_frame([]), day=day).estimates
    columns = ["record", "low", "best", "high", "conflict", "stale"]
    return {plain(*row) for row in rows[rows["basis"] == "reported"][columns].itertuples(index=False)}


@cases(150)
@given(claim_lists(), st.data())
def test_what_counts_on_many_days_is_what_assess_says_of_each(rows: list[Row], data: st.DataObject) -> None:
    near = {row["stated_on_latest"] + dt.timedelta(days=n) for row in rows for n in (-70, -1, 0, 9, 181)}
    days = data.draw(st.lists(st.sampled_from(sorted({*near, *ENDS})), max_size=5))
    claims = claims_frame(rows)
    found = recommended(claims, SUBJECTS, days)
    assert found["day"].is_monotonic_increasing
    for day in days:
        here = found[found["day"] == pd.Timestamp(day)]
        figures = {row.record: plain(*row[3:7]) for row in here.itertuples()}
        assert figures == by_definition(claims, day)
        assert {plain(*row[2:]) for row in here.itertuples()} <= estimated(claims, day)
    assert set(found["day"].dt.date) <= set(days)


@cases(25)
@given(claim_lists())
def test_a_panel_of_any_claims_is_the_sum_of_what_assess_recommends(rows: list[Row]) -> None:
    claims = claims_frame(rows)
    before = claims.copy(deep=True)
    frame = made(rows, RECORDS, first="2024-01-01", last="2025-02-14")
    assert_frame_equal(claims, before)
    assert len(frame) == 2 * len(ENDS)
    cells = {T1: "ammunition", T2: "mixed_munitions"}
    for day in ENDS:
        expected = by_definition(claims, day)
        for record, class_ in cells.items():
            [row] = frame[(frame["day"] == pd.Timestamp(day)) & (frame["class"] == class_)].to_dict("records")
            here = expected.get(record)
            assert row["n_records"] == (here is not None)
            assert plain(*(row[name] for name in ("low", "best", "high", "conflict"))) == (
                here or (None,) * 4
            )
            assert plain(row["high_open"]) == ((here[2] is None) if here else None,)
            said = [
                c
                for c in rows
                if c["record"] == record
                and c["rank"] == "normal"
                and c["stated_on_latest"].strftime("%Y%m") == day.strftime("%Y%m")
            ]
            assert row["n_claims"] == len(said)
            assert row["n_voices"] == len({c["voice"] for c in said} - {"unattributed"})


def test_what_counts_refuses_what_assess_refuses() -> None:
    with pytest.raises(ValueError, match="not among the records: NKRU-T-0009"):
        recommended(claims_frame([claim(1, record="NKRU-T-0009")]), SUBJECTS, ENDS)
    with pytest.raises(ValueError, match="no column"):
        recommended(claims_frame([]).drop(columns="voice"), SUBJECTS, ENDS)


def test_days_may_be_given_twice_in_any_order_and_as_datetimes() -> None:
    claims = claims_frame([claim(1, "exact", 10, stated="2024-02-10")])
    days = [dt.datetime(2024, 3, 1, 12), dt.date(2024, 2, 11), dt.date(2024, 3, 1)]
    found = recommended(claims, SUBJECTS, days)
    assert list(found["day"]) == [pd.Timestamp(2024, 2, 11), pd.Timestamp(2024, 3, 1)]
    assert recommended(claims, SUBJECTS, []).empty


# -- the dataset ---------------------------------------------------------------------------------------------


def test_the_published_table_is_the_panel() -> None:
    release = packaged()
    assert_frame_equal(panel_of(release, release.frame, "M", release.as_of), release.frame("dyad_month"))
    frame = armsledger.panel()
    assert_frame_equal(frame, armsledger.load("dyad_month"))
    assert frame.attrs == armsledger.load("dyad_month").attrs


def test_the_published_panel_is_whole() -> None:
    frame, transfers = armsledger.panel(), armsledger.load("transfers")
    cells = set(transfers[KEY[:3]].itertuples(index=False, name=None))
    months = pd.period_range(frame["month"].min(), packaged().as_of, freq="M").to_timestamp()
    assert months[0] == pd.Timestamp(2022, 1, 1)
    rows = list(frame[KEY].itertuples(index=False, name=None))
    assert rows == sorted((*cell, when) for cell, when in product(cells, months))
    assert not frame[COUNTS].isna().any(axis=None)
    last = frame[frame["day"] == frame["day"].max()]
    counted = transfers[transfers["recommended_for_totals"]]
    assert last["n_records"].sum() == len(counted) > 0
    assert last["low"].sum() == counted["quantity_low"].sum()
    claims = armsledger.load("claims")
    own = claims[claims["record"].isin(transfers["id"]) & (claims["rank"] == "normal")]
    assert frame["n_claims"].sum() == len(own)
    assert (frame["n_claims_dated"] <= frame["n_claims"]).all()
    empty = frame["n_records"] == 0
    assert frame.loc[empty, FIGURES].isna().all(axis=None)
    assert frame.loc[~empty, "low"].notna().all()


@pytest.mark.parametrize("known_by", [None, "2024-12-15"])
@pytest.mark.parametrize("freq", ["Q", "Y"])
def test_a_quarter_s_figures_are_those_of_its_last_month(freq: Any, known_by: str | None) -> None:
    months = armsledger.panel(known_by=known_by)
    frame = armsledger.panel(freq, known_by=known_by)
    kept = [*KEY[:3], "day", *FIGURES, "n_records"]
    ends = months[months["day"].isin(frame["day"])].reset_index(drop=True)
    assert_frame_equal(frame[kept], ends[kept])
    assert frame["n_claims"].sum() == months["n_claims"].sum() > 0
    assert (frame["n_claims_dated"].sum() >= months["n_claims_dated"].sum()) > 0
    about = dict(frame.attrs["armsledger"])
    assert about.pop("freq") == freq
    assert about == months.attrs["armsledger"]


def test_a_panel_ends_where_the_published_one_ends(tmp_path: Path) -> None:
    """The dataset's coverage can end before its as-of day; what was said later is in no month."""
    end = dt.date(2024, 11, 29)

    def ended(rows: list[Row]) -> list[Row]:
        return [{**row, "day": min(row["day"], end)} for row in rows if row["month"] <= end]

    release = crafted(tmp_path, {"dyad_month": ended})
    frame = panel_of(release, release.frame, "M", release.as_of)
    assert (frame["month"].max(), frame["day"].max()) == (pd.Timestamp("2024-11-01"), pd.Timestamp(end))
    whole = armsledger.panel()
    assert frame["n_claims"].sum() == whole.loc[whole["month"] <= "2024-11-01", "n_claims"].sum()


def test_known_by_ends_on_its_day_and_has_what_was_known() -> None:
    frame = armsledger.panel(known_by="2024-12-15")
    assert_frame_equal(frame, armsledger.load("dyad_month", known_by="2024-12-15"))
    assert frame["day"].max() == pd.Timestamp("2024-12-15")
    assert frame["month"].max() == pd.Timestamp("2024-12-01")
    known = armsledger.load("transfers", known_by="2024-12-15")
    assert set(frame["class"]) == set(known["class"]) < set(armsledger.panel()["class"])
    last = frame[frame["day"] == frame["day"].max()]
    assert last["low"].sum() == known.loc[known["recommended_for_totals"], "quantity_low"].sum() > 0
    claims = armsledger.load("claims", known_by="2024-12-15")
    assert frame["n_claims"].sum() == claims["record"].isin(known["id"]).sum()
    assert armsledger.panel("Y", known_by="2021-06-01").empty


@pytest.mark.parametrize(("freq", "guess"), [("m", "M"), ("ME", "M"), ("QE", "Q"), ("y", "Y")])
def test_a_freq_that_is_none_is_a_value_error_that_helps(freq: Any, guess: str) -> None:
    expected = rf"{freq}: no such freq\. Did you mean {guess}\? There are M, Q, Y\."
    with pytest.raises(armsledger.BadArgument, match=expected):
        armsledger.panel(freq)


@pytest.mark.parametrize("freq", [None, 1, ["M"], "weekly"])
def test_a_freq_that_is_nothing_like_one_is_refused(freq: Any) -> None:
    with pytest.raises(ValueError, match=r"no such freq\. There are M, Q, Y\."):
        armsledger.panel(freq)


@pytest.mark.parametrize("freq", ["M", "Q", "Y"])
def test_a_known_by_that_is_no_day_is_refused(freq: Any) -> None:
    with pytest.raises(ValueError, match=r"known_by: .* is no day"):
        armsledger.panel(freq, known_by="soon")
    with pytest.raises(ValueError, match="leave it out"):
        armsledger.panel(freq, known_by=packaged().as_of + dt.timedelta(days=1))


def test_by_year_in_a_few_lines() -> None:
    """Claims are added over months and classes; of a running total, the last month's is taken."""
    months, years = armsledger.panel(), armsledger.panel("Y")
    said = months.groupby("year")["n_claims"].sum()
    assert said.equals(years.groupby("year")["n_claims"].sum())
    december = months[(months["month_number"] == 12) & (months["unit"] == "round")]
    whole = years[(years["unit"] == "round") & (years["year"] < packaged().as_of.year)]
    assert list(december["low"].dropna()) == list(whole["low"].dropna()) != []


# -- the compiler --------------------------------------------------------------------------------------------


def test_a_coverage_that_ends_ends_the_panel(tmp_path: Path) -> None:
    shutil.copytree(BASE, tmp_path / "dataset")
    about = tmp_path / "dataset" / "dataset.yaml"
    text = about.read_text(encoding="utf-8")
    about.write_text(
        text.replace("  start: 2022-01-01\n", "  start: 2023-07-01\n  end: 2024-12-10\n"), encoding="utf-8"
    )
    typed = read_dataset(tmp_path / "dataset", "dataset")
    tables = derive(check(typed, read_seeds(tmp_path / "dataset", typed.problems)), typed.files)
    frame = tables["dyad_month"]
    assert (frame["month"].min(), frame["month"].max()) == (
        pd.Timestamp(2023, 7, 1),
        pd.Timestamp(2024, 12, 1),
    )
    assert frame["day"].max() == pd.Timestamp(2024, 12, 10)
