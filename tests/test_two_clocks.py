"""`known_by` and `version`: what holds for every day, and what is said of a day or version that is none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import armsledger
from armsledger import past, rewind
from armsledger.errors import BadArgument, OtherMethod, UnknownTable, UnknownVersion
from armsledger.files import packaged
from armsledger.past import Frozen, order
from armsledger.rewind import known_claims
from armsledger.sums import read_sums

FIRST, LAST = dt.date(2022, 1, 1), packaged().as_of
days = st.dates(FIRST, LAST)


@settings(max_examples=60, deadline=None)
@given(days, days)
def test_a_later_day_never_loses_a_claim(one: dt.date, other: dt.date) -> None:
    early, late = sorted((one, other))
    known = [set(armsledger.load("claims", known_by=day)["id"]) for day in (early, late)]
    assert known[0] <= known[1]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(st.none(), st.dates(FIRST, dt.date(2030, 1, 1))), max_size=12), days, days)
def test_nor_does_it_whatever_the_claims(stated: list[dt.date | None], one: dt.date, other: dt.date) -> None:
    """All of them are known by the last day, those that are dated past it or not at all among them."""
    latest = pd.Series(stated, dtype="datetime64[ms]")
    claims = pd.DataFrame({"id": [str(n) for n in range(len(stated))], "stated_on_latest": latest})
    early, late = sorted((one, other))
    as_of = pd.Timestamp(LAST)
    known = [set(known_claims(claims, day, as_of)["id"]) for day in (early, late, LAST)]
    assert known[0] <= known[1] <= known[2] == set(claims["id"])


@settings(max_examples=15, deadline=None)
@given(days)
def test_what_is_computed_for_a_day_rests_on_what_was_known_by_then(day: dt.date) -> None:
    claims = armsledger.load("claims", known_by=day)
    estimates = armsledger.load("estimates", known_by=day)
    assert set(estimates["claims"].explode().dropna()) <= set(claims["id"])
    assert (estimates["day"] <= pd.Timestamp(day)).all()


def test_an_unknown_version_says_which_exist() -> None:
    for ask in (
        lambda: armsledger.load("claims", version="9.9.9"),
        lambda: armsledger.tables(version="9.9.9"),
        lambda: armsledger.codebook(version="9.9.9"),
        lambda: armsledger.changes("9.9.9"),
        lambda: armsledger.panel(version="9.9.9"),
    ):
        with pytest.raises(UnknownVersion, match=r"9\.9\.9: no such version\..* There are .*") as caught:
            ask()
        assert armsledger.__version__ in str(caught.value)


def test_a_table_that_the_version_did_not_have_is_said() -> None:
    with pytest.raises(UnknownTable, match=rf"version {armsledger.__version__}: shipments: no such table"):
        armsledger.load("shipments", version=armsledger.__version__)  # type: ignore[call-overload, arg-type]


def test_the_older_version_comes_first() -> None:
    oldest, newest = (past.known_versions()[at] for at in (0, -1))
    assert armsledger.changes(newest, newest).empty
    if order(oldest) < order(newest):
        with pytest.raises(BadArgument, match="give the older version first"):
            armsledger.changes(newest, oldest)


def test_another_edition_of_the_rule_names_the_release_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    release = packaged()
    monkeypatch.setitem(release.package, "armsledger:methodVersion", "0")
    for ask in (
        lambda: rewind.rewound_table(release, "transfers", LAST),
        lambda: armsledger.load("transfers", version=release.version, known_by=LAST),
        lambda: armsledger.panel("Y", version=release.version),
    ):
        with pytest.raises(
            OtherMethod, match=rf"edition 0 of the rule.* Install armsledger {release.version}"
        ):
            ask()


@pytest.mark.parametrize("word", ["1", "1.2", "v1.2.3", "1.2.3.dev1", "01.2.3", "1.2.3-rc1", ""])
def test_what_is_no_version(word: str) -> None:
    with pytest.raises(ValueError, match="is no version"):
        order(word)


def test_versions_sort_as_they_follow() -> None:
    follow = ["0.1.0.dev0", "0.1.0", "0.1.1.dev0", "0.1.1", "0.2.0", "0.10.0", "1.0.0"]
    assert sorted(set(follow), key=order) == follow


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"\xff", "UTF-8"),
        (b"0" * 64 + b"  a", "cut off"),
        (b"x  a\n", "line 1"),
        ((b"0" * 64 + b"  a\n") * 2, "line 2"),
    ],
)
def test_a_file_of_sums_that_is_none(data: bytes, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_sums(data)


@pytest.fixture
def unpacked(release: Path) -> Callable[[str], bytes]:
    """The installed release as if it had been downloaded: by its CSV files alone."""
    return lambda name: (release / name).read_bytes()


@pytest.mark.parametrize("table", list(packaged().resources))
def test_a_downloaded_release_reads_as_the_installed_one(
    unpacked: Callable[[str], bytes], table: str
) -> None:
    frame = Frozen(unpacked).frame(table)
    pd.testing.assert_frame_equal(frame, packaged().frame(table))


def test_a_file_that_is_not_as_published_is_refused(unpacked: Callable[[str], bytes]) -> None:
    def read(name: str) -> bytes:
        return unpacked(name) + (b"\n" if name == "csv/claims.csv" else b"")

    frozen = Frozen(read, label="0.1.0")
    assert len(frozen.frame("actors"))
    with pytest.raises(armsledger.Damaged, match=r"claims: csv/claims\.csv of 0\.1\.0: its SHA-256 is not"):
        frozen.frame("claims")
    with pytest.raises(armsledger.Damaged, match=r"more\.csv of 0\.1\.0: is not in its SHA256SUMS"):
        frozen.read("csv/more.csv")
    with pytest.raises(armsledger.Damaged, match="SHA256SUMS: is not the one that was published"):
        Frozen(unpacked, digest="0" * 64).frame("actors")
    assert list(frozen.problems(["csv/odd.csv"])) == [
        "claims: csv/claims.csv of 0.1.0: its SHA-256 is not the one in SHA256SUMS",
        "odd: csv/odd.csv of 0.1.0: is not in its SHA256SUMS",
    ]
