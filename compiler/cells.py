"""The first part of step 3: each cell is read by its column's type, and what follows from it is filled in.

A row of plain values comes out: None where nothing was typed or what was typed is bad, then with the mark
``<column>#bad``, so that later parts do not report it again. An EDTF column brings its bounds.
"""

from __future__ import annotations

from typing import Any

from compiler.report import Problem, problem
from compiler.rows import RawRow
from compiler.values import MAX_LENGTH, BadValue, guards, value_of, words_of
from schemas import edtf
from schemas.codelists import VAGUE_BOUNDS
from schemas.fields import Spec, specs
from schemas.layout import ALL_MODELS
from schemas.rules.dates import TAKES_AS_OF
from schemas.rules.model import Row

_TEXT = ("key", "ref", "text", "words")


def typed_row(index: int, raw: RawRow, problems: list[Problem]) -> Row:
    """The values of one row; what is wrong with a cell is added to ``problems`` and to ``raw.bad``."""
    row: Row = {"#": index}
    for name, spec in specs(ALL_MODELS[raw.table]).items():
        if spec.by == "computed":
            continue
        row[name] = _value(raw, name, spec, problems)
        if spec.kind == "edtf":
            row.update(_bounds(name, row[name]))
    for name in raw.bad:
        row[f"{name}#bad"] = True
    return row


def _value(raw: RawRow, name: str, spec: Spec, problems: list[Problem]) -> Any:
    cell = raw.cells.get(name)
    if cell is None:
        return value_of(spec.default, spec) if spec.default and name not in raw.bad else None
    texts = cell.text if isinstance(cell.text, list) else [cell.text]
    marks = cell.marks or [cell.mark]
    found = []
    value: Any = None
    try:
        value = words_of(texts, spec) if isinstance(cell.text, list) else value_of(cell.text, spec)
    except BadValue as bad:
        found.append((marks[0] if len(marks) == 1 else cell.mark, bad))
    if spec.kind in _TEXT and value is not None:
        for text, mark in zip(texts, marks, strict=True):
            if spec.max_length is None and len(text) > MAX_LENGTH:
                found.append((mark, BadValue("S11", f"{len(text)} characters, at most {MAX_LENGTH}")))
            found += [(mark, unsafe) for unsafe in guards(text)]
    if not found:
        return value
    problems += [problem(raw.file, mark, bad.rule, bad.message, cell.at) for mark, bad in found]
    raw.bad.add(name)
    return None


def fill_defaults(tables: dict[str, list[Row]]) -> None:
    """Defaults that depend on other cells: a claim's voice, the day of a stock, the bounds of a figure."""
    actors = {row["id"]: row for row in tables["actors"] if row.get("id")}
    for claim in tables["claims"]:
        if claim["voice"] is None and "voice#bad" not in claim:
            claim["voice"] = actors.get(claim["claimant"] or "", {}).get("voice")
        if claim["as_of"] is None and "as_of#bad" not in claim and claim["kind"] in TAKES_AS_OF:
            claim["as_of"] = claim["stated_on"]
            claim.update(_bounds("as_of", claim["stated_on"]))
        claim.update(figure_bounds(claim))


def figure_bounds(claim: Row) -> dict[str, float | None]:
    """Low, point and high of a figure, by its qualifier."""
    qualifier, value = claim["quantity_qualifier"], claim["quantity_value"]
    low = point = high = None
    if qualifier in ("exact", "approx"):
        low = point = high = value
    elif qualifier in ("at_least", "more_than"):
        low = value
    elif qualifier in ("at_most", "up_to", "under"):
        high = value
    elif qualifier == "between":
        low, high = claim["quantity_from"], claim["quantity_to"]
    elif qualifier in VAGUE_BOUNDS:
        low, high = (float(bound) for bound in VAGUE_BOUNDS[qualifier])
    return {"quantity_low": low, "quantity_point": point, "quantity_high": high}


def _bounds(name: str, text: str | None) -> Row:
    if text is None:
        empty = dict.fromkeys(f"{name}_{part}" for part in ("earliest", "latest", "precision", "qualifier"))
        return {**empty, f"{name}#form": None}
    found = edtf.parse(text)
    return {
        f"{name}_earliest": found.earliest,
        f"{name}_latest": found.latest,
        f"{name}_precision": found.precision,
        f"{name}_qualifier": found.qualifier,
        f"{name}#form": found.form,
    }
