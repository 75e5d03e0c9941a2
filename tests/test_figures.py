"""Figures as they are printed in the sources' languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.figures import printed_figures, qualifiers

PRINTED = {
    "2만8000여 개": [28_000],
    "1만5809個": [15_809],
    "1천500여명": [1_500],
    "940여만 발": [9_400_000],
    "1천200만여발 이상": [12_000_000],
    "16만5천 배럴": [165_000],
    "총 1만 5천 명": [15_000],
    "3억2천만 달러": [320_000_000],
    "逾1500萬發": [15_000_000],
    "400万から600万発": [4_000_000, 6_000_000],
    "150∼160문": [150, 160],
    "20 000 снарядів": [20_000],
    "близько 6,5 мільйона": [6_500_000],
    "33 bin": [33_000],
    "1,5 Millionen": [1_500_000],
    "more than 1,000 containers": [1_000],
    "30 to 40 percent": [30, 40],
    "4분의 3 이상": [75],
    "1/3": [100 / 3],
    "6割": [60],
}
NOT_FIGURES = [
    "двадцять оновлених 240-мм",
    "152 mm",
    "50-летней женщины",
    "a 50-year-old",
    "KN-23",
    "M1989",
    "절반",
    "three generals",
]


@pytest.mark.parametrize(("text", "numbers"), PRINTED.items())
def test_figures_are_read_in_many_languages(text: str, numbers: list[float]) -> None:
    figures = printed_figures(text)
    assert len(figures) == len(numbers)
    assert all(n in f for n, f in zip(numbers, figures, strict=True))


@pytest.mark.parametrize("text", [t for t in PRINTED if t[-1] in "개個명명발發상럴문러발"])
def test_an_east_asian_figure_has_one_meaning(text: str) -> None:
    assert all(len(f) == 1 for f in printed_figures(text))


@pytest.mark.parametrize("text", NOT_FIGURES)
def test_calibres_types_and_spelled_out_numbers_are_no_figures(text: str) -> None:
    assert printed_figures(text) == []
    assert qualifiers(f"about {text}") is None


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("between 4.2 and 5.8 million", 4_200_000),
        ("11 to 12,000", 11_000),
        ("6~8만 발", 60_000),
        ("2-3 тисячі", 2_000),
        ("400-600k rounds", 400_000),
    ],
)
def test_the_first_of_a_range_may_have_the_magnitude_of_the_second(text: str, first: float) -> None:
    assert first in printed_figures(text)[0]


def test_it_has_it_only_in_a_range() -> None:
    assert printed_figures("11 ships, 12,000 troops")[0].isdisjoint({11_000})


def _korean(n: int) -> str:
    """12,345,678 as 1234만5678, the way papers print it."""
    myriads, rest = divmod(n, 10_000)
    return f"{myriads}만{rest}" if myriads and rest else f"{myriads}만" if myriads else str(rest)


@given(
    st.integers(1, 99_999_999),
    st.sampled_from(["", "약 ", "총 ", "逾"]),
    st.sampled_from(["", "명", " 개", "発"]),
)
def test_myriads_and_the_rest_are_added_up(n: int, before: str, after: str) -> None:
    assert printed_figures(before + _korean(n) + after) == [{float(n)}]


@given(st.integers(0, 999_999_999), st.sampled_from([",", ".", " ", "\u00a0", "\u202f"]))
def test_thousands_are_read_whatever_parts_them(n: int, sign: str) -> None:
    assert float(n) in printed_figures(f"{n:,}".replace(",", sign))[0]


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    assert all(figures for figures in printed_figures(text))
    qualifiers(text)


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("more than 1,000", "more_than"),
        ("about 300", "approx"),
        ("as many as 1,000", "up_to"),
        ("понад 100", "more_than"),
        ("близько 12 тисяч", "approx"),
        ("약 1만3000개", "approx"),
        ("900여만발", "approx"),
        ("약 2만여 개 이상", "at_least"),  # a bound goes before a rounding
        ("많게는 70%", "up_to"),
        ("超過3萬3000個", "more_than"),
        ("少なくとも24発", "at_least"),
        ("bis zu 100", "up_to"),
    ],
)
def test_the_words_around_a_figure_tell_its_qualifier(text: str, qualifier: str) -> None:
    found = qualifiers(text)
    assert found is not None and qualifier in found[1] and "exact" not in found[1]


@pytest.mark.parametrize("text", ["1,000", "более", "more than halved", "1만5809個", "30 overs"])
def test_no_telling_words_no_claim_about_the_qualifier(text: str) -> None:
    assert qualifiers(text) is None
