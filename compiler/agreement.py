"""How far two blind codings of the same claims agree, by field, and how each difference was settled.

Pure functions of a round's rows. Alpha is Krippendorff's (Content Analysis, 4th ed., chapter 12). The library computes
it; for the thousand redraws of a bootstrap it is too slow, so they use the same formula on counts, and a test holds
the two equal.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, fields

import krippendorff
import numpy as np
from numpy.typing import NDArray

from armsledger.canonical import csv_bytes
from compiler.codings import FIELDS, Codings, Row, by_claim, counted, value
from schemas.codelists import CODELISTS
from schemas.export import cell_text

Pair = tuple[str, str]

LEAST = 0.67  # below it Krippendorff draws no conclusions, and the rule of the field needs another look
REDRAWS = 1000
SEED = 20261125

_STATUS = CODELISTS["status"].scale
_ORDERS: dict[str, tuple[str, ...]] = {  # from least to most; empty claims, or denies, nothing
    "status_asserted": ("", *_STATUS),
    "denies_rung": ("", *reversed(_STATUS)),  # to deny a request is to deny all that comes after it
    "credibility": CODELISTS["credibility"].scale,
}


@dataclass(frozen=True, slots=True)
class Agreement:
    """One line of the table; alpha is None where the field never varies."""

    field: str
    level: str
    n: int
    exact: int
    exact_rate: float
    alpha: float | None
    alpha_low: float | None
    alpha_high: float | None
    below: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """A round with its table, which takes long enough to be made once."""

    codings: Codings
    lines: Sequence[Agreement]


# -- the table ------------------------------------------------------------------------------------------------


def table(codings: Codings) -> list[Agreement]:
    """Agreement by field, whether a claim was coded at all first."""
    first, second = by_claim(codings)
    units = counted(codings)
    made = [
        measured("coded", [("yes" if u["first"] else "no", "yes" if u["second"] else "no") for u in units])
    ]
    both = [(first[u["first"]], second[u["second"]]) for u in units if u["first"] and u["second"]]
    for name, columns in FIELDS.items():
        # a tab stands in no cell
        texts = [
            ("\t".join(value(a, c) for c in columns), "\t".join(value(b, c) for c in columns))
            for a, b in both
        ]
        made.append(measured(name, texts))
    return made


def measure(rounds: Sequence[Codings]) -> list[Measured]:
    """Each round with its table."""
    return [Measured(codings, table(codings)) for codings in rounds]


def measured(name: str, pairs: Sequence[Pair]) -> Agreement:
    """Exact matches, alpha and its interval. A pair with a value off an ordered scale counts for exact matches only."""
    exact = sum(a == b for a, b in pairs)
    order = _ORDERS.get(name)
    on_scale = [pair for pair in pairs if order is None or (pair[0] in order and pair[1] in order)]
    seen = {value for pair in on_scale for value in pair}
    values = [value for value in order if value in seen] if order else sorted(seen)
    codes = np.array([[values.index(a), values.index(b)] for a, b in on_scale]).reshape(-1, 2)
    figure = alpha(codes, ordinal=order is not None)
    low, high = interval(codes, ordinal=order is not None) if figure is not None else (None, None)
    rounded = None if figure is None else _rounded(figure)
    return Agreement(
        field=name,
        level="ordinal" if order else "nominal",
        n=len(pairs),
        exact=exact,
        exact_rate=_rounded(exact / len(pairs)) if pairs else 0.0,
        alpha=rounded,
        alpha_low=low,
        alpha_high=high,
        below=rounded is not None and rounded < LEAST,
    )


def _rounded(value: float) -> float:
    return round(value, 3) + 0.0  # no minus before a zero


def alpha(codes: NDArray[np.int_], *, ordinal: bool) -> float | None:
    """Alpha by the library; a row of ``codes`` is a pair of places in the list of values. None if none varies."""
    if len(np.unique(codes)) < 2:
        return None
    return float(
        krippendorff.alpha(reliability_data=codes.T, level_of_measurement="ordinal" if ordinal else "nominal")
    )


def interval(codes: NDArray[np.int_], *, ordinal: bool) -> tuple[float | None, float | None]:
    """The 95 % percentile interval over units drawn anew. Draws in which nothing varies have no alpha and are left out.

    Python promises the same `random` for a seed on every machine; numpy promises none. The sums are of
    multiples of a quarter, so they are exact.
    """
    draw = random.Random(SEED).random
    n = len(codes)
    found = []
    for _ in range(REDRAWS):
        drawn = codes[[int(draw() * n) for _ in range(n)]]
        figure = alpha_of_counts(drawn, int(codes.max()) + 1, ordinal=ordinal)
        if figure is not None:
            found.append(figure)
    found.sort()
    if not found:
        return None, None
    return _rounded(found[int(0.025 * len(found))]), _rounded(found[-1 - int(0.025 * len(found))])


def alpha_of_counts(codes: NDArray[np.int_], n_values: int, *, ordinal: bool) -> float | None:
    """Alpha of two coders without gaps, by its formula."""
    flat = np.bincount(codes[:, 0] * n_values + codes[:, 1], minlength=n_values * n_values)
    together = flat.reshape(n_values, n_values)
    together = together + together.T
    each = together.sum(axis=0).astype(float)
    if np.count_nonzero(each) < 2:
        return None
    if ordinal:
        middle = np.cumsum(each) - each / 2
        apart = (middle[:, None] - middle[None, :]) ** 2
        observed, expected = (together * apart).sum(), (each @ apart @ each)
    else:
        observed, expected = each.sum() - np.trace(together), each.sum() ** 2 - (each**2).sum()
    return float(1 - (each.sum() - 1) * observed / expected)


# -- how it is printed ----------------------------------------------------------------------------------------


def agreement_csv(rounds: Sequence[Measured]) -> str:
    """The tables of all rounds, for a release."""
    names = [one.name for one in fields(Agreement)]
    rows = [
        [one.codings.round, *(_text(getattr(line, name)) for name in names)]
        for one in rounds
        for line in one.lines
    ]
    return csv_bytes(["round", *names], rows).decode()


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)


def page(rounds: Sequence[Measured]) -> str:
    """What the figures mean, and each round's table and disagreements."""
    lines = [
        "# Agreement",
        "",
        "How far two codings of the same claims agree. Generated from `quality/`; do not edit. "
        "[quality/README.md](../quality/README.md) says what lies there.",
        "",
        "**The coders were language models**, each blind to the other, with the same codebook and the same excerpts "
        "of the sources. Agreement of two language models is not agreement of two people: they can share a mistake. "
        "It says how alike a rule is read, not whether a claim is true.",
        "",
        "- `alpha` is Krippendorff's: 1 is full agreement, 0 what chance would give. Where a field never varies it is "
        "undefined: the two agree, but nothing was put to the test. Where one value is rare, a single difference "
        "moves it far: read the interval and the counts beside it.",
        f"- The interval is the middle 95 % of {REDRAWS} draws of the units with replacement (seed {SEED}). Claims "
        "of one record resemble each other, which it does not allow for, so it is rather too narrow.",
        "- `coded`: whether a claim was coded at all. Claims that both left out are not known, so its alpha is near "
        "or below 0 by construction; the counts say more.",
        "- All other fields are compared where both coded the claim. Empty is a value of its own. Figures (value, from "
        "and to together) and dates must match exactly. In `status_asserted` empty is below the lowest rung; in "
        "`denies_rung` empty is least and the lowest rung most, since whoever denies a request denies what follows.",
        "- Not compared: wording (statements, `quantity_as_stated`), sources, and references to other claims, which "
        "each coding numbers on its own.",
    ]
    for one in rounds:
        lines += _of_round(one)
    return "\n".join(lines) + "\n"


def _of_round(one: Measured) -> list[str]:
    codings = one.codings
    units = counted(codings)
    only_first = sum(not row["second"] for row in units)
    only_second = sum(not row["first"] for row in units)
    records = sorted({row["record"] for row in codings.pairs})
    counts = [
        f"{len(records)} records; {len(units)} claims were coded by at least one coder: "
        f"{len(units) - only_first - only_second} by both, {only_first} by the first only, {only_second} by the "
        "second only."
    ]
    given = sum(row["given"] == "true" for row in codings.pairs)
    if given:
        counts.append(
            f"{given} more claims stood in a release that both had before them and left as they were; they are not "
            "counted."
        )
    added = sum(not row["first"] and not row["second"] for row in codings.pairs)
    if added:
        counts.append(f"{added} more were added when the codings were settled.")
    return [
        "",
        f"## {codings.title}",
        "",
        codings.about,
        "",
        " ".join(counts),
        "",
        "| field | level | compared | alike | exact | alpha | 95 % | below 0.67 |",
        "|---|---|---:|---:|---:|---:|---|---|",
        *(_figures(line) for line in one.lines),
        "",
        f"### {codings.title}: every disagreement, and how it was settled",
        "",
        "By record. A row for a record itself is about the whole record or an actor whom it needs. Where both columns "
        "say the same, the two agreed and were mended.",
        *_disagreements(codings, records),
    ]


def _figures(line: Agreement) -> str:
    figures = ["undefined", ""]
    if line.alpha is not None:
        figures = [_text(line.alpha), f"{_text(line.alpha_low)} to {_text(line.alpha_high)}"]
    cells = [f"`{line.field}`", line.level, str(line.n), str(line.exact), _text(line.exact_rate), *figures]
    return "| " + " | ".join([*cells, "**below**" if line.below else ""]) + " |"


def _disagreements(codings: Codings, records: Sequence[str]) -> list[str]:
    place = {row["unit"]: index for index, row in enumerate(codings.pairs)}
    lines, alike = [], []
    for record in records:
        rows = [row for row in codings.settled if record in (row["unit"], row["unit"].rsplit(".", 1)[0])]
        rows.sort(key=lambda row: place.get(row["unit"], len(place)))
        if not rows:
            alike.append(record)
            continue
        lines += ["", f"#### {record}", "", "| unit | field | first | second | settled | why |"]
        lines += ["|---|---|---|---|---|---|"]
        lines += ["| " + " | ".join(_cells(row, record)) + " |" for row in rows]
    if alike:
        lines += ["", f"None in {', '.join(alike)}."]
    return lines


def _cells(row: Row, record: str) -> list[str]:
    unit = row["unit"].removeprefix(record).removeprefix(".")
    return [
        unit or "record",
        row["field"],
        *(cell_text(row[name]) for name in ("first", "second", "final", "why")),
    ]
