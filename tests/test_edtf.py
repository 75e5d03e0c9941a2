"""The date subset: every form with its bounds, and PyPI's ``edtf`` as an oracle where it can be trusted."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import Any

import edtf as oracle
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas import edtf
from schemas.edtf import NotEdtf, parse

FORMS = [
    # text, form, earliest, latest, precision, qualifier
    ("2024", "point", "2024-01-01", "2024-12-31", "5", None),
    ("2024-02", "point", "2024-02-01", "2024-02-29", "3", None),
    ("2023-02", "point", "2023-02-01", "2023-02-28", "3", None),
    ("2024-02-29", "point", "2024-02-29", "2024-02-29", "1", None),
    ("2024-10?", "point", "2024-10-01", "2024-10-31", "3", "uncertain"),
    ("2024-10-05~", "point", "2024-10-05", "2024-10-05", "1", "approximate"),
    ("2024%", "point", "2024-01-01", "2024-12-31", "5", "both"),
    ("2024-21", "point", "2024-03-01", "2024-05-31", "4", None),
    ("2024-22", "point", "2024-06-01", "2024-08-31", "4", None),
    ("2024-23", "point", "2024-09-01", "2024-11-30", "4", None),
    ("2024-24", "point", "2024-12-01", "2025-02-28", "4", None),
    ("2023-24", "point", "2023-12-01", "2024-02-29", "4", None),
    ("2024-24?", "point", "2024-12-01", "2025-02-28", "4", "uncertain"),
    ("2024-10/2024-12", "interval", "2024-10-01", "2024-12-31", "4", None),
    ("2024-10-01/2024-10-01", "interval", "2024-10-01", "2024-10-01", "1", None),
    ("2024-10-28/2024-11-01", "interval", "2024-10-28", "2024-11-01", "2", None),
    ("2023/2024-03-15", "interval", "2023-01-01", "2024-03-15", "6", None),
    ("2024-10/..", "interval", "2024-10-01", None, "6", None),
    ("../2024-10", "interval", None, "2024-10-31", "6", None),
    ("2024-10?/2024-12~", "interval", "2024-10-01", "2024-12-31", "4", "both"),
    ("2024-10?/2024-12", "interval", "2024-10-01", "2024-12-31", "4", "uncertain"),
    ("2024-10~/..", "interval", "2024-10-01", None, "6", "approximate"),
    ("..", "interval", None, None, "6", None),
    ("[2024-10-01..2024-11-29]", "set", "2024-10-01", "2024-11-29", "4", None),
    ("[2024-10,2024-12]", "set", "2024-10-01", "2024-12-31", "4", None),
    ("[2024-12, 2024-10]", "set", "2024-10-01", "2024-12-31", "4", None),
    ("[2023,2024-01-02,2022]", "set", "2022-01-01", "2024-01-02", "6", None),
    ("[2024?..2024]", "set", "2024-01-01", "2024-12-31", "5", "uncertain"),
    ("1000", "point", "1000-01-01", "1000-12-31", "5", None),
    ("9998-24", "point", "9998-12-01", "9999-02-28", "4", None),
]


@pytest.mark.parametrize(("text", "form", "earliest", "latest", "precision", "qualifier"), FORMS)
def test_a_form_has_its_bounds(
    text: str, form: str, earliest: str | None, latest: str | None, precision: str, qualifier: str | None
) -> None:
    found = parse(text)
    assert (found.form, found.precision, found.qualifier) == (form, precision, qualifier)
    assert found.earliest == (date.fromisoformat(earliest) if earliest else None)
    assert found.latest == (date.fromisoformat(latest) if latest else None)


@pytest.mark.parametrize(
    ("days", "precision"),
    [
        (1, "1"),
        (2, "2"),
        (7, "2"),
        (8, "3"),
        (15, "3"),
        (31, "3"),
        (32, "4"),
        (92, "4"),
        (93, "5"),
        (366, "5"),
        (367, "6"),
    ],
)
def test_the_precision_of_a_span_is_what_the_codelist_says(days: int, precision: str) -> None:
    first = date(2024, 1, 1)
    assert parse(f"[{first}..{first + timedelta(days - 1)}]").precision == precision
    assert parse(f"{first}/{first + timedelta(days - 1)}").precision == precision


REFUSED = [
    ("2023-02-29", "2023-02 has 28 days"),
    ("2024-02-30", "2024-02 has 29 days"),
    ("2024-04-31", "30 days"),
    ("2024-11-00", "no day"),
    ("2024-11-32", "no day"),
    ("2024-13", "no month 13"),
    ("2024-00", "no month 00"),
    ("2024-20", "no month 20"),
    ("2024-25", "no month 25; seasons are 21 to 24"),
    ("2024-41", "no month 41"),
    ("2024-21-01", "season with a day"),
    ("0000", "year 0000"),
    ("0999-12-31", "year 0999"),
    ("9999", "year 9999"),
    ("202X", "unspecified digit"),
    ("2024-1X", "unspecified digit"),
    ("2024-XX-05", "unspecified digit"),
    ("2024-11-29T12:00:00", "time of day"),
    ("29.11.2024", "day first"),
    ("29/11/2024", "is no date"),
    ("29-11-2024", "day first"),
    ("2024-1", "leading zero"),
    ("2024-1-5", "leading zero"),
    ("2024-11-5", "leading zero"),
    ("2024-12/2024-10", "runs backwards"),
    ("[2024-12..2024-10]", "runs backwards"),
    ("../..", "write `..`"),
    ("[2024]", "set of one"),
    ("[..2024]", "open end"),
    ("[2024..]", "open end"),
    ("[....]", "open end"),
    ("[]", "is no date"),
    ("[", "is no date"),
    ("/", "is no date"),
    ("2024/", "is no date"),
    ("/2024", "is no date"),
    ("2024/2025/2026", "is no date"),
    ("[2024..2025..2026]", "is no date"),
    ("[[2024,2025]]", "is no date"),
    ("{2024,2025}", "is no date"),
    ("2024?~", "is no date"),
    ("?2024", "is no date"),
    ("2024-?11", "is no date"),
    ("-2024", "is no date"),
    ("Y12024", "is no date"),
    ("12024", "is no date"),
    ("20241129", "is no date"),
    ("2024 ", "is no date"),
    (" 2024", "is no date"),
    ("2024\n", "is no date"),
    ("２０２４", "is no date"),
    ("٢٠٢٤", "is no date"),
    ("2024‑11‑29", "is no date"),
    ("2024-W12", "is no date"),
    ("", "is no date"),
]


@pytest.mark.parametrize(("text", "why"), REFUSED)
def test_what_is_no_date_is_refused_and_said_why(text: str, why: str) -> None:
    with pytest.raises(NotEdtf) as refused:
        parse(text)
    assert why in str(refused.value)


def test_a_slash_between_two_days_first_is_no_interval() -> None:
    with pytest.raises(NotEdtf):
        parse("11/29")


# --- against PyPI's edtf ----------------------------------------------------------------------------------


SLOW = settings(deadline=None, max_examples=40)  # the oracle takes a tenth of a second for a date


def day_of(moment: Any) -> date:
    return date(moment.tm_year, moment.tm_mon, moment.tm_mday)


def oracle_bounds(text: str) -> tuple[date, date]:
    found = oracle.parse_edtf(text)
    return day_of(found.lower_strict()), day_of(found.upper_strict())


@st.composite
def points(draw: st.DrawFn, seasons: bool = True, doubt: bool = True) -> str:
    year = draw(st.integers(1000, 9998))
    month = draw(st.integers(1, 12) | st.sampled_from([21, 22, 23] if seasons else [1]))
    last = calendar.monthrange(year, month)[1] if month <= 12 else 0
    day = draw(st.integers(1, max(last, 1)))
    forms = [f"{year}", f"{year}-{month:02}"] + ([f"{year}-{month:02}-{day:02}"] if last else [])
    doubt = draw(st.sampled_from(["", "", "?", "~", "%"])) if last else ""  # not on seasons
    return draw(st.sampled_from(forms)) + doubt


@SLOW
@given(points())
def test_points_agree_with_the_oracle(text: str) -> None:
    found = parse(text)
    assert (found.earliest, found.latest) == oracle_bounds(text)


@SLOW
@given(points(), points())
def test_intervals_agree_with_the_oracle(one: str, other: str) -> None:
    text = f"{one}/{other}"
    if parse(one).earliest > parse(other).latest:  # type: ignore[operator]
        with pytest.raises(NotEdtf, match="backwards"):
            parse(text)
        return
    found = parse(text)
    assert (found.earliest, found.latest) == (oracle_bounds(one)[0], oracle_bounds(other)[1])


@SLOW
@given(
    points(seasons=False).map(lambda t: t.rstrip("?~%")), points(seasons=False).map(lambda t: t.rstrip("?~%"))
)
def test_sets_agree_with_the_oracle(one: str, other: str) -> None:
    first, last = sorted((one, other), key=lambda t: (parse(t).earliest, parse(t).latest))
    found = parse(f"[{first},{last}]")
    members = oracle.parse_edtf(f"[{first},{last}]").objects
    assert found.earliest == min(day_of(m.lower_strict()) for m in members)
    assert found.latest == max(day_of(m.upper_strict()) for m in members)


PARTS = [
    "2024",
    "2023-11",
    "2024-02-29",
    "2024-02-30",
    "2024-21",
    "..",
    "..",
    "/",
    "[",
    "]",
    ",",
    "?",
    "~",
    "-",
    "X",
]


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=5).map("".join))
def test_every_date_in_what_is_accepted_is_one_of_the_standard(text: str) -> None:
    """Date by date, since the oracle refuses a season, and two dates of unlike precision, inside a set."""
    try:
        found = parse(text)
    except NotEdtf:
        return
    for point in filter(None, re.split(r"\.\.|[],/[]", text)):
        if not re.search(r"-2[1-4][?~%]$", point):  # it takes no doubtful season
            assert oracle.parse_edtf(point)
    assert found.earliest is None or found.latest is None or found.earliest <= found.latest


def test_the_faults_of_the_oracle_for_which_it_is_not_used() -> None:
    """If one of these fails, the oracle was mended, and the reason not to use it is weaker."""
    leap_day = oracle.parse_edtf("2023-02-29").lower_strict()
    assert (leap_day.tm_year, leap_day.tm_mon, leap_day.tm_mday) == (2023, 2, 29)
    assert oracle_bounds("2024-24") == (date(2024, 12, 1), date(2024, 12, 31))


def test_the_precisions_and_qualifiers_are_codes() -> None:
    from schemas.codelists import CODELISTS

    for text, *_ in FORMS:
        found = parse(text)
        assert found.precision in CODELISTS["date_precision"].values
        assert found.qualifier is None or found.qualifier in CODELISTS["date_qualifier"].values
    assert edtf.YEARS[0] == 1000
