"""What lies in ``quality/``: double codings of the same claims, a folder a round, and what is known to be missing."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from armsledger.errors import ArmsledgerError
from compiler.read import Mark
from compiler.report import Problem, problem
from schemas.codelists import CODELISTS

Row = Mapping[str, str]

QUALITY = Path("quality")
ROUNDS = "rounds.csv"  # a row a round, in their order
GAPS = "gaps.csv"  # what is known to be missing from the dataset
GAP = ("subject", "missing", "looked_for")
_FIGURES = ("quantity_value", "quantity_from", "quantity_to")
FIELDS: dict[str, tuple[str, ...]] = {
    name: _FIGURES if name == "figures" else (name,)
    for name in """
        claimant speaker voice stance kind measure scope modality quantity_qualifier figures quantity_unit window
        since as_of stated_on status_asserted evidence_type evidence_visible complete credibility denies_direction
        denies_classes denies_rung denies_until admission rank
    """.split()
}
COLUMNS = {
    "pairs.csv": ("unit", "record", "given", "first", "second", "final"),
    "first.csv": ("record", "claim", *(part for parts in FIELDS.values() for part in parts)),
    "second.csv": ("record", "claim", *(part for parts in FIELDS.values() for part in parts)),
    "settled.csv": ("unit", "field", "first", "second", "final", "why"),
}
FILES = tuple(COLUMNS)
_OF_ROUND = ("round", "title", "about")


class BadCodings(ArmsledgerError):
    """The files of a double coding contradict each other or the dataset."""


@dataclass(frozen=True, slots=True)
class Codings:
    """One round: its name, title and what it is about, and its files, a row a mapping."""

    round: str
    title: str
    about: str
    pairs: Sequence[Row]
    first: Sequence[Row]
    second: Sequence[Row]
    settled: Sequence[Row]


def read_codings(root: Path, problems: list[Problem]) -> list[Codings]:
    """The rounds in their order; what cannot be read is added to ``problems``."""
    if not (root / QUALITY).is_dir():
        return []
    rounds = _read(root, QUALITY / ROUNDS, problems)
    found = []
    for row in rounds or []:
        if any(not row.get(name) for name in _OF_ROUND):
            where = (QUALITY / ROUNDS).as_posix()
            problems.append(problem(where, Mark(1, 1), "F16", f"a row lacks one of: {', '.join(_OF_ROUND)}"))
            continue
        files = [_read(root, QUALITY / row["round"] / name, problems) for name in FILES]
        if None not in files:
            found.append(Codings(row["round"], row["title"], row["about"], *(rows or [] for rows in files)))
    return found


def read_gaps(root: Path, problems: list[Problem]) -> list[dict[str, str]]:
    """What is known to be missing; what cannot be read is added to ``problems``."""
    path = QUALITY / GAPS
    rows = (_read(root, path, problems) or []) if (root / path).exists() else []
    for n, row in enumerate(rows, 2):
        if any(not row.get(name) for name in GAP):
            problems.append(
                problem(path.as_posix(), Mark(n, 1), "F16", f"a row lacks one of: {', '.join(GAP)}")
            )
    return rows


def _read(root: Path, path: Path, problems: list[Problem]) -> list[dict[str, str]] | None:
    try:
        text = (root / path).read_text(encoding="utf-8")
        return list(csv.DictReader(io.StringIO(text, newline=""), restval="", strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        problems.append(problem(path.as_posix(), Mark(1, 1), "F16", f"cannot be read: {error}"))
        return None


# -- what must hold of the files ------------------------------------------------------------------------------


def hold(codings: Codings, claims: set[str]) -> None:
    """Raise `BadCodings` if the files contradict each other; ``claims`` are all ids that the dataset ever had."""
    wrong = list(problems(codings, claims))
    if wrong:
        raise BadCodings(f"{QUALITY.as_posix()}/{codings.round}: " + "; ".join(wrong[:20]))


def problems(codings: Codings, claims: set[str]) -> Iterator[str]:
    """What is wrong, a line each."""
    files = dict(zip(FILES, (codings.pairs, codings.first, codings.second, codings.settled), strict=True))
    for name, rows in files.items():
        missing = [column for column in COLUMNS[name] if not rows or column not in rows[0]]
        if missing:
            yield f"{name}: no column {', '.join(missing)}"
            return
    for name, key in (
        ("pairs.csv", ["unit"]),
        ("first.csv", ["claim"]),
        ("second.csv", ["claim"]),
        ("settled.csv", ["unit", "field"]),
    ):
        for twice in _doubled(" ".join(row[part] for part in key) for row in files[name]):
            yield f"{name}: {twice} stands twice"
    for side, of_side in (("first", codings.first), ("second", codings.second)):
        coded, paired = {row["claim"] for row in of_side}, [row[side] for row in codings.pairs if row[side]]
        yield from (f"pairs.csv: {twice} is {side} of two units" for twice in _doubled(paired))
        yield from (f"pairs.csv: {one} is not in {side}.csv" for one in sorted(set(paired) - coded))
        yield from (f"{side}.csv: {one} is in no pair" for one in sorted(coded - set(paired)))
    final = {row["final"] for row in codings.pairs if row["final"]}
    yield from (f"pairs.csv: {one} is not in the dataset" for one in sorted(final - claims))
    known = {row[part] for row in codings.pairs for part in ("unit", "record")}
    units = {row["unit"] for row in codings.settled}
    yield from (f"settled.csv: {one} is neither a unit nor a record" for one in sorted(units - known))
    settled = {(row["unit"], row["field"]) for row in codings.settled}
    yield from (
        f"settled.csv: nothing for {unit} {name}" for unit, name in sorted(_differing(codings) - settled)
    )


def _doubled(keys: Iterator[str] | Sequence[str]) -> list[str]:
    return [key for key, n in Counter(keys).items() if n > 1]


def _differing(codings: Codings) -> set[tuple[str, str]]:
    """Unit and column of every difference in a compared field."""
    first, second = by_claim(codings)
    found = set()
    for pair in codings.pairs:
        one, other = first.get(pair["first"]), second.get(pair["second"])
        if one and other:
            parts = (part for columns in FIELDS.values() for part in columns)
            found |= {(pair["unit"], part) for part in parts if value(one, part) != value(other, part)}
        elif one or other:
            found.add((pair["unit"], "coded"))
    return found


def value(row: Row, column: str) -> str:
    """A cell as it is compared: the order of classes means nothing, nor does a class beside one that holds it."""
    if column != "denies_classes":
        return row[column]
    classes = {one for one in row[column].split("|") if one}
    above = CODELISTS["transfer_class"].ancestors
    return "|".join(sorted(one for one in classes if one == "all" or classes.isdisjoint(above(one)[:-1])))


def by_claim(codings: Codings) -> tuple[dict[str, Row], dict[str, Row]]:
    return {row["claim"]: row for row in codings.first}, {row["claim"]: row for row in codings.second}


def counted(codings: Codings) -> list[Row]:
    """The pairs that count: coded by at least one coder, and not given to both."""
    return [row for row in codings.pairs if row["given"] != "true" and (row["first"] or row["second"])]
