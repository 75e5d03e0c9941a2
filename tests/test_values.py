"""Scalars by their column's type: what is taken, what is refused, and that nothing is lost on the way out."""

from __future__ import annotations

import csv
import io
import unicodedata
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from armsledger.canonical import text_of
from compiler.values import BadValue, guards, value_of, words_of
from schemas.fields import Spec
from schemas.guards import shown

NUMBER = Spec("number", "Number", "", unit="x")
WHOLE = Spec("whole", "Whole", "")
FLAG = Spec("flag", "Flag", "")
DAY = Spec("day", "Day", "")
EDTF = Spec("edtf", "Date", "")
TEXT = Spec("text", "Text", "")
CODE = Spec("code", "Unit", "", codelist="unit")
WORDS = Spec("words", "Classes", "", codelist="transfer_class")
ANY_WORDS = Spec("words", "Words", "")


def refusal(text: str, spec: Spec) -> str:
    with pytest.raises(BadValue) as refused:
        value_of(text, spec)
    assert refused.value.message
    return refused.value.rule


# --- numbers ----------------------------------------------------------------------------------------------

ODD = (
    "1_000",
    "1,000",
    "1 000",
    "1.000.000",
    "1e3",
    "1E3",
    "0x1f",
    "0o7",
    "007",
    "00",
    "01.5",
    ".5",
    "5.",
    "+5",
    "--5",
    "- 5",
    "",
    " 5",
    "5 ",
    "5\n",
    "inf",
    "nan",
    ".inf",
    ".nan",
    "1/2",
    "½",
    "٥",
    "５",
    "²",
    "5%",
    "12:30",
    "1'000",
    "−5",
    "-",
    ".",
    "-.5",
    "1.2.3",
    "five",
    "5k",
    "1\xa0000",
)


@pytest.mark.parametrize("text", ODD)
def test_what_some_program_reads_as_a_number_and_another_does_not_is_refused(text: str) -> None:
    assert refusal(text, NUMBER) == "S05"
    assert refusal(text, WHOLE) == "S06"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0.0),
        ("-0", 0.0),
        ("-0.0", 0.0),
        ("5000000", 5e6),
        ("1.10", 1.1),
        ("-168.9947", -168.9947),
        ("0.000000000000001", 1e-15),
        ("999999999999999", 999999999999999.0),
    ],
)
def test_a_number_is_what_was_typed(text: str, value: float) -> None:
    found = value_of(text, NUMBER)
    assert found == value
    assert text_of(found).startswith("-") == (Decimal(text) < 0)
    assert Decimal(text_of(found)) == Decimal(text)


@pytest.mark.parametrize(
    "text", ["1000000000000000", "1.234567890123456", "9" * 400, "0." + "0" * 330 + "1", "1.0000000000000000"]
)
def test_more_digits_than_a_64_bit_float_gives_back_are_refused(text: str) -> None:
    assert refusal(text, NUMBER) == "S05"


@pytest.mark.parametrize("text", ["1.0", "1.5", "1000000000000000", "9" * 5000])
def test_a_whole_number_has_no_point_and_at_most_15_digits(text: str) -> None:
    assert refusal(text, WHOLE) == "S06"


NUMBERS = st.one_of(
    st.from_regex(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,20})?", fullmatch=True),
    st.decimals(allow_nan=False, allow_infinity=False).map(lambda n: format(n, "f")),
    st.floats(allow_nan=False, allow_infinity=False).map(lambda n: format(Decimal(repr(n)), "f")),
    st.text("0123456789.-+e_", max_size=20),
)


@settings(max_examples=1000, deadline=None)
@given(NUMBERS)
@example("0." + "0" * 330 + "1")
@example("-0")
@example("0." + "0" * 300 + "123456789012345")
def test_every_number_that_is_taken_prints_back_equal(text: str) -> None:
    try:
        value = value_of(text, NUMBER)
    except BadValue:
        return
    printed = text_of(pd.array([value, None], dtype="Float64").tolist()[0])
    assert Decimal(printed) == Decimal(text)
    assert "e" not in printed.lower()
    assert printed != "-0"
    assert float(printed) == value  # what another reader gets


@settings(deadline=None)
@given(st.from_regex(r"-?[0-9]{1,17}", fullmatch=True))
def test_every_whole_number_that_is_taken_prints_back_equal(text: str) -> None:
    try:
        value = value_of(text, WHOLE)
    except BadValue:
        return
    assert int(text_of(pd.array([value, None], dtype="Int64").tolist()[0])) == int(text)


# --- flags, days, dates, codes ------------------------------------------------------------------------------


def test_a_flag_is_true_or_false() -> None:
    assert value_of("true", FLAG) is True
    assert value_of("false", FLAG) is False
    assert text_of(True) == "true"
    for text in ("True", "TRUE", "yes", "no", "on", "off", "y", "1", "0", "", "~", "null", "truе"):
        assert refusal(text, FLAG) == "S07"


@pytest.mark.parametrize(
    "text",
    [
        "2023-02-29",
        "2024-13-01",
        "2024-00-01",
        "2024-11-31",
        "0000-01-01",
        "0999-12-31",
        "9999-12-31",
        "2024-11",
        "2024",
        "20241129",
        "2024-W48-5",
        "2024-11-29T00:00",
        "2024-11-29 ",
        "29.11.2024",
        "2024-1-5",
        "２０２４-11-29",
        "",
        "..",
        "2024-11-29\n",
    ],
)
def test_what_is_no_day_is_refused(text: str) -> None:
    assert refusal(text, DAY) == "S10"


@settings(deadline=None)
@given(st.dates(date(1000, 1, 1), date(9998, 12, 31)))
def test_every_day_prints_back_as_it_was_typed(day: date) -> None:
    assert value_of(day.isoformat(), DAY) == day
    assert text_of(day) == text_of(pd.Timestamp(day)) == day.isoformat()


def test_a_date_stays_the_text_that_was_typed() -> None:
    assert value_of("2024-10?", EDTF) == "2024-10?"
    assert refusal("2024-13", EDTF) == "S09"
    assert refusal("2023-02-29", EDTF) == "S09"


def test_a_code_is_of_its_list_and_a_near_one_is_named() -> None:
    assert value_of("round", CODE) == "round"
    for text in ("Round", "rounds", "", "round ", "r0und", "rоund"):
        assert refusal(text, CODE) == "S08"
    with pytest.raises(BadValue, match="did you mean `round`"):
        value_of("rounds", CODE)


def test_words_stand_once_and_all_stands_alone() -> None:
    assert words_of(["uav", "ammunition"], WORDS) == ["uav", "ammunition"]
    assert words_of(["all"], WORDS) == ["all"]
    assert words_of(["Former Name", "other"], ANY_WORDS) == ["Former Name", "other"]
    for texts, rule in (
        (["uav", "uav"], "T06"),
        (["all", "uav"], "T06"),
        (["uavs"], "S08"),
        (["a|b"], "T06"),
    ):
        with pytest.raises(BadValue) as refused:
            words_of(texts, WORDS)
        assert refused.value.rule == rule


# --- text ---------------------------------------------------------------------------------------------------


def rules(text: str) -> set[str]:
    return {bad.rule for bad in guards(text)}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("=1+1", "T01"),
        ("+1", "T01"),
        ("-1", "T01"),
        ("@SUM", "T01"),
        ("\tx", "T01"),
        ("\rx", "T01"),
        ("a\nb", "T02"),
        ("a\rb", "T02"),
        ("a\tb", "T02"),
        ("a\0b", "T02"),
        ("a\x1b[31mb", "T02"),
        ("a\u200bb", "T02"),
        ("a\u202eb", "T02"),
        ("a\ufeffb", "T02"),
        ("a\xadb", "T02"),
        ("a\u2028b", "T02"),
        ("a\ue000b", "T02"),
        ("e\u0301", "T03"),
        ("\u212b", "T03"),
        ("\u1112\u1161\u11ab", "T03"),
        ("NA", "T04"),
        ("na", "T04"),
        ("N/A", "T04"),
        ("None", "T04"),
        ("NULL", "T04"),
        ("nan", "T04"),
        ("NaN", "T04"),
        ("nil", "T04"),
        (".", "T04"),
        ("?", "T04"),
        ("#N/A", "T04"),
        (" NA", "T04"),
        ("<NA>", "T04"),
        (" a", "T05"),
        ("a ", "T05"),
        ("a  b", "T05"),
        ("\xa0a", "T05"),
        ("a\u3000", "T05"),
        ("", ""),
    ],
)
def test_text_that_needs_a_guard_is_refused(text: str, rule: str) -> None:
    assert rules(text) == {rule} - {""} or rule in rules(text)


@pytest.mark.parametrize(
    "text",
    [
        "North Korea",
        "조선민주주의인민공화국",
        "Курская область",
        "a - b",
        "1-2",
        "x=y",
        "name@example.org",
        "Nan Province",
        "No.",
        "n.a.s",
        "M-1989",
        "a|b",
        'say "so"',
        "é",
        "5 %",
        "😀",
    ],
)
def test_plain_text_needs_none(text: str) -> None:
    assert rules(text) == set()


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=30) | st.text("=+-@NAnul l./#?e\u0301\t\n", max_size=6))
def test_text_without_a_finding_comes_back_from_every_reader_of_csv(text: str) -> None:
    assume(text)
    assume(not rules(text))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([["a", "b"], [text, "x"]])
    assert list(csv.reader(io.StringIO(out.getvalue())))[1][0] == text
    assert pd.read_csv(io.StringIO(out.getvalue()), dtype="string").loc[0, "a"] == text
    assert text[0] not in "=+-@"
    assert text.isprintable() or any(unicodedata.category(c) == "Zs" for c in text)


def test_a_message_shows_no_more_than_fits() -> None:
    assert shown("x" * 60) == "x" * 60
    assert shown("x" * 61) == "x" * 57 + "..."
    assert shown("x" * 1000, 10) == "xxxxxxx..."
