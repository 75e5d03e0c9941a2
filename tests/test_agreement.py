"""Agreement of two codings: the figures against hand and textbook, the files against each other, the page."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from armsledger.sums import SUMS
from compiler import agreement
from compiler.agreement import alpha, alpha_of_counts, interval, measured
from compiler.build import held_codings, load_source
from compiler.codings import (
    COLUMNS,
    FILES,
    ROUNDS,
    BadCodings,
    Codings,
    counted,
    hold,
    problems,
    read_codings,
)
from compiler.drawing import Refused, draw, drawn
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
def rounds(root: Path) -> list[Codings]:
    found: list[Problem] = []
    read = read_codings(root, found)
    assert read and not found
    return read


@pytest.fixture(scope="module")
def codings(rounds: list[Codings]) -> Codings:
    """The pilot."""
    return rounds[0]


@pytest.fixture
def checkout(root: Path, tmp_path: Path) -> Path:
    """A copy of what is typed."""
    for part in ("datasets", "quality", "releases", "seeds"):
        shutil.copytree(root / part, tmp_path / part)
    return tmp_path


def finals(codings: Codings) -> set[str]:
    return {row["final"] for row in codings.pairs}


def edited(rows: Any, index: int, **cells: str) -> list[Any]:
    return [{**row, **cells} if at == index else row for at, row in enumerate(rows)]


def test_every_round_fits_together_and_to_the_dataset(root: Path, rounds: list[Codings]) -> None:
    assert held_codings(load_source(root)) == rounds


def test_every_folder_of_a_round_is_listed(root: Path, rounds: list[Codings]) -> None:
    folders = {path.name for path in (root / "quality").iterdir() if path.is_dir()}
    assert folders == {one.round for one in rounds}


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
    assert read_codings(tmp_path, found) == [] and not found
    (tmp_path / "quality" / "x").mkdir(parents=True)
    assert read_codings(tmp_path, found) == []
    assert [one.message for one in found] and found.pop().message.startswith("cannot be read")
    (tmp_path / "quality" / ROUNDS).write_text("round,title,about\nx,X,ten\ny,Y,\n", encoding="utf-8")
    (tmp_path / "quality" / "x" / "pairs.csv").write_bytes(b"\xff")
    assert read_codings(tmp_path, found) == []
    assert len(found) == len(FILES) + 1
    assert "a row lacks one of" in found[-1].message


# -- the draw -------------------------------------------------------------------------------------------------

IDS = [f"c{n}" for n in range(1000)]


def test_a_draw_is_a_fifth_and_the_seed_s() -> None:
    one = drawn(IDS, 1)
    assert len(one) == 200 and one == sorted(set(one)) and set(one) < set(IDS)
    assert one == drawn(reversed(IDS), 1) and one != drawn(IDS, 2)
    assert len(drawn(IDS[:300], 1)) == 100 and drawn(IDS[:7], 1) == sorted(IDS[:7])


def test_every_claim_is_as_likely_as_any_other() -> None:
    times = dict.fromkeys(IDS[:50], 0)
    for seed in range(2000):
        for id_ in drawn(times, seed, least=1):
            times[id_] += 1
    assert all(300 < n < 500 for n in times.values())  # 400 each; five standard deviations are 90


def test_a_draw_keeps_the_claims_as_they_stand(checkout: Path) -> None:
    assert "quality/draw-x" in draw(checkout, "draw-x", 7)
    folder = checkout / "quality" / "draw-x"
    tables = load_source(checkout).checked.tables
    claims = {row["id"]: row for row in tables["claims"]}
    with (folder / "first.csv").open(encoding="utf-8", newline="") as file:
        first = list(csv.DictReader(file))
    assert [row["claim"] for row in first] == drawn(claims, 7)
    for row in first:
        claim = claims[row["claim"]]
        assert (row["claimant"], row["stance"], row["kind"]) == (
            claim["claimant"],
            claim["stance"],
            claim["kind"],
        )
        assert row["quantity_value"] == (
            "" if claim.get("quantity_value") is None else f"{claim['quantity_value']:.15g}"
        )
    with (folder / "pairs.csv").open(encoding="utf-8", newline="") as file:
        pairs = list(csv.DictReader(file))
    assert tuple(pairs[0]) == COLUMNS["pairs.csv"]
    assert all(row["unit"] == row["first"] == row["final"] and not row["second"] for row in pairs)
    with pytest.raises(Refused, match="never drawn again"):
        draw(checkout, "draw-x", 8)
    with pytest.raises(Refused, match="no record NKRU-T-9999"):
        draw(checkout, "draw-y", 8, ["NKRU-T-9999"])


# -- the table and the page -----------------------------------------------------------------------------------


def test_a_claim_that_only_one_has_is_a_disagreement_there_and_nowhere_else(codings: Codings) -> None:
    lines = agreement.table(codings)
    units = counted(codings)
    assert lines[0].field == "coded" and lines[0].n == len(units)
    both = [row for row in units if row["first"] and row["second"]]
    assert lines[0].exact == len(both) and {line.n for line in lines[1:]} == {len(both)}


def test_claims_that_both_were_given_do_not_count(codings: Codings) -> None:
    given = [row for row in codings.pairs if row["given"] == "true"]
    assert given and not [row for row in counted(codings) if row in given]


def test_page_has_every_disagreement(codings: Codings) -> None:
    page = agreement.page(agreement.measure([codings]))
    rows = [line for line in page.splitlines() if line.startswith(("| u", "| record"))]
    assert len(rows) - page.count("| unit | field |") == len(codings.settled)
    sections = {part.split("\n", 1)[0]: part for part in page.split("\n#### ")[1:]}
    for row in codings.settled:
        record, _, unit = row["unit"].partition(".")
        cells = [
            unit or "record",
            row["field"],
            *(cell_text(row[n]) for n in ("first", "second", "final", "why")),
        ]
        assert f"| {' | '.join(cells)} |" in sections[record]


def test_a_release_carries_the_table(release: Path, rounds: list[Codings]) -> None:
    text = (release / "agreement.csv").read_text(encoding="utf-8")
    assert text == agreement.agreement_csv(agreement.measure(rounds))
    assert [row["field"] for row in csv.DictReader(io.StringIO(text))][:2] == ["coded", "claimant"]
    assert "  agreement.csv\n" in (release / SUMS).read_text(encoding="utf-8")
    assert "- `agreement.csv`: " in (release / "README.md").read_text(encoding="utf-8")
