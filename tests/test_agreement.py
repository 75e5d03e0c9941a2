"""Agreement of two codings: the figures against hand and textbook, the files against each other, the page."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from armsledger.sums import SUMS
from compiler import agreement
from compiler.agreement import BadCodings, Codings, alpha, alpha_of_counts, hold, interval, measured, problems
from compiler.build import held_codings, load_source, read_codings
from compiler.report import Problem
from schemas.export import cell_text

# Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), sections A and B: two observers
BINARY = (list("0100000010"), list("1110010000"), 0.095)
NOMINAL = (list("aabbdcccedda"), list("babbbccceddd"), 0.692)


def codes_of(first: list[str], second: list[str]) -> Any:
    values = sorted({*first, *second})
    return np.array([[values.index(a), values.index(b)] for a, b in zip(first, second, strict=True)])


@pytest.mark.parametrize(("first", "second", "printed"), [BINARY, NOMINAL])
def test_alpha_is_the_textbook_s(first: list[str], second: list[str], printed: float) -> None:
    codes = codes_of(first, second)
    for figure in (alpha(codes, ordinal=False), alpha_of_counts(codes, 5, ordinal=False)):
        assert figure is not None and round(figure, 3) == printed


def test_ordinal_alpha_by_hand() -> None:
    """Three values, used 3, 3 and 2 times: middles 1.5, 4.5, 7. One pair apart by 3, so observed 2 * 9 = 18;
    expected 2 * (9 * 9 + 6 * 30.25 + 6 * 6.25) = 600; alpha = 1 - (8 - 1) * 18 / 600 = 0.79."""
    codes = np.array([[0, 0], [1, 1], [2, 2], [0, 1]])
    assert alpha(codes, ordinal=True) == pytest.approx(0.79)
    assert alpha_of_counts(codes, 3, ordinal=True) == pytest.approx(0.79)


@pytest.mark.parametrize("ordinal", [False, True])
def test_the_quick_formula_is_the_library_s(ordinal: bool) -> None:
    chance = np.random.default_rng(1)
    for _ in range(50):
        codes = chance.integers(0, 6, size=(30, 2))
        expected = alpha(codes, ordinal=ordinal)
        assert alpha_of_counts(codes, 7, ordinal=ordinal) == pytest.approx(expected)


def test_the_bootstrap_is_reproducible_and_holds_the_figure() -> None:
    codes = codes_of(*NOMINAL[:2])
    low, high = interval(codes, ordinal=False)
    assert (low, high) == interval(codes, ordinal=False)
    assert low is not None and high is not None and low < 0.692 < high


def test_what_never_varies_has_no_alpha() -> None:
    line = measured("complete", [("false", "false")] * 5)
    assert (line.alpha, line.alpha_low, line.alpha_high, line.below) == (None, None, None, False)
    assert (line.n, line.exact, line.exact_rate) == (5, 5, 1.0)


def test_ladders_are_ordinal_and_what_is_off_the_scale_has_no_place() -> None:
    near = measured("credibility", [("3", "3"), ("2", "2"), ("4", "4"), ("5", "5"), ("2", "3")])
    far = measured("credibility", [("3", "3"), ("2", "2"), ("4", "4"), ("5", "5"), ("2", "5")])
    assert near.alpha is not None and far.alpha is not None and near.alpha > far.alpha
    off = measured("credibility", [("3", "3"), ("2", "2"), ("6", "3")])
    assert (off.n, off.exact, off.alpha) == (3, 2, 1.0)


def test_below_is_marked() -> None:
    assert measured("stance", list(zip(*BINARY[:2], strict=True))).below
    assert not measured("stance", list(zip(*NOMINAL[:2], strict=True))).below


# -- the files ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def codings(root: Path) -> Codings:
    found: list[Problem] = []
    read = read_codings(root, found)
    assert read is not None and not found
    return read


def finals(codings: Codings) -> set[str]:
    return {row["final"] for row in codings.pairs}


def edited(rows: Any, index: int, **cells: str) -> list[Any]:
    return [{**row, **cells} if at == index else row for at, row in enumerate(rows)]


def test_the_pilot_fits_together_and_to_the_dataset(root: Path) -> None:
    assert held_codings(load_source(root)) is not None


BROKEN: dict[str, tuple[Callable[[Codings], Codings], str]] = {
    "doubled unit": (lambda c: replace(c, pairs=[*c.pairs, c.pairs[-2]]), "pairs.csv: .* stands twice"),
    "doubled claim": (lambda c: replace(c, first=[*c.first, c.first[0]]), "first.csv: .* stands twice"),
    "doubled decision": (
        lambda c: replace(c, settled=[*c.settled, c.settled[0]]),
        "settled.csv: .* stands twice",
    ),
    "claim of two units": (
        lambda c: replace(c, pairs=edited(c.pairs, 1, first=c.pairs[0]["first"])),
        "is first of two units",
    ),
    "missing first": (lambda c: replace(c, pairs=edited(c.pairs, 0, first="X")), "X is not in first.csv"),
    "missing second": (lambda c: replace(c, pairs=edited(c.pairs, 0, second="X")), "X is not in second.csv"),
    "unpaired": (lambda c: replace(c, second=edited(c.second, 0, claim="X")), "second.csv: X is in no pair"),
    "missing final": (lambda c: replace(c, pairs=edited(c.pairs, 0, final="X")), "X is not in the dataset"),
    "unknown unit": (
        lambda c: replace(c, settled=edited(c.settled, 0, unit="X")),
        "X is neither a unit nor a record",
    ),
    "not settled": (lambda c: replace(c, settled=c.settled[1:]), "settled.csv: nothing for"),
    "no column": (lambda c: replace(c, pairs=[{"unit": "X"}]), "pairs.csv: no column record, given"),
    "no rows": (lambda c: replace(c, settled=[]), "settled.csv: no column unit"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_files_that_contradict_each_other_are_refused(codings: Codings, name: str) -> None:
    claims = finals(codings)
    assert not list(problems(codings, claims))
    breaks, said = BROKEN[name]
    with pytest.raises(BadCodings, match=said):
        hold(breaks(codings), claims)


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    found: list[Problem] = []
    assert read_codings(tmp_path, found) is None and not found
    (tmp_path / "quality" / "pilot").mkdir(parents=True)
    (tmp_path / "quality" / "pilot" / "pairs.csv").write_bytes(b"\xff")
    assert read_codings(tmp_path, found) is None
    assert len(found) == 4 and all("cannot be read" in one.message for one in found)


# -- the table and the page -----------------------------------------------------------------------------------


def test_a_claim_that_only_one_has_is_a_disagreement_there_and_nowhere_else(codings: Codings) -> None:
    lines = agreement.table(codings)
    units = agreement.counted(codings)
    assert lines[0].field == "coded" and lines[0].n == len(units)
    both = [row for row in units if row["first"] and row["second"]]
    assert lines[0].exact == len(both) and {line.n for line in lines[1:]} == {len(both)}


def test_claims_that_both_were_given_do_not_count(codings: Codings) -> None:
    given = [row for row in codings.pairs if row["given"] == "true"]
    assert given and not [row for row in agreement.counted(codings) if row in given]


def test_page_has_every_disagreement(codings: Codings) -> None:
    page = agreement.page(codings)
    rows = [line for line in page.splitlines() if line.startswith(("| u", "| record"))]
    assert len(rows) - page.count("| unit | field |") == len(codings.settled)
    sections = {part.split("\n", 1)[0]: part for part in page.split("\n### ")[1:]}
    for row in codings.settled:
        record, _, unit = row["unit"].partition(".")
        cells = [
            unit or "record",
            row["field"],
            *(cell_text(row[n]) for n in ("first", "second", "final", "why")),
        ]
        assert f"| {' | '.join(cells)} |" in sections[record]


def test_a_release_carries_the_table(release: Path, codings: Codings) -> None:
    text = (release / "agreement.csv").read_text(encoding="utf-8")
    assert text == agreement.agreement_csv(codings)
    assert [row["field"] for row in csv.DictReader(io.StringIO(text))][:2] == ["coded", "claimant"]
    assert "  agreement.csv\n" in (release / SUMS).read_text(encoding="utf-8")
    assert "- `agreement.csv`: " in (release / "README.md").read_text(encoding="utf-8")
