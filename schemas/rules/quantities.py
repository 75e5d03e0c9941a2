"""Rules on figures."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from schemas.codelists import VAGUE_BOUNDS
from schemas.figures import printed_figures, qualifiers
from schemas.rules.model import Row, World, plain, row_rule

COUNTING = ("flow", "cumulative", "on_hand", "rate", "capacity", "equivalent", "share", "value")
WITHOUT_NUMBER = ("existence", "identification", "status_only")
PIECES = frozenset(
    {
        *("round", "missile", "launcher", "gun", "vehicle", "aircraft", "vessel", "system", "piece"),
        *("container", "railcar", "voyage", "flight", "person", "entity"),
    }
)
ENDS = ("quantity_value", "quantity_from", "quantity_to")


def _has_quantity(row: Row) -> bool:
    return any(
        row.get(f"quantity_{part}") is not None
        for part in ("qualifier", "value", "from", "to", "unit", "as_stated")
    )


@row_rule(
    "Q01",
    "claims",
    "A quantity has what its qualifier asks for.",
    "between: `from` and `to`; a vague word (dozens, hundreds ...): no figure; every other qualifier: `value`",
)
def qualifier_has_its_figures(row: Row, world: World) -> Iterator[tuple[str, str]]:
    qualifier = row.get("quantity_qualifier")
    if qualifier is None:
        return
    if qualifier == "between":
        needs = {"quantity_from", "quantity_to"}
    elif qualifier in VAGUE_BOUNDS:
        needs = set[str]()
    else:
        needs = {"quantity_value"}
    for column in ENDS:
        there, name = row.get(column) is not None, column.removeprefix("quantity_")
        if column in needs and not there and f"{column}#bad" not in row:
            yield "quantity_qualifier", f"{qualifier} asks for `{name}`"
        if column not in needs and there:
            yield column, f"{qualifier} takes no `{name}`"


@row_rule("Q02", "claims", "A range runs from its lower to its upper end.", "swap the two")
def range_order(row: Row, world: World) -> Iterator[tuple[str, str]]:
    low, high = row.get("quantity_from"), row.get("quantity_to")
    if low is not None and high is not None and low > high:
        yield "quantity_from", f"{plain(low)} is above to ({plain(high)})"


@row_rule(
    "Q03", "claims", "A quantity has a qualifier, a unit and the figure as stated.", "add it under `quantity`"
)
def quantity_complete(row: Row, world: World) -> Iterator[tuple[str, str]]:
    if not _has_quantity(row):
        return
    for part in ("qualifier", "unit", "as_stated"):
        if row.get(f"quantity_{part}") is None and f"quantity_{part}#bad" not in row:
            yield "quantity", f"quantity has no {part}"


@row_rule("Q04", "claims", "Pieces are whole.", "compare it with the source; a mean per month is a rate")
def pieces_whole(row: Row, world: World) -> Iterator[tuple[str, str]]:
    if row.get("quantity_unit") not in PIECES or row.get("kind") == "rate":
        return
    for column in ENDS:
        value = row.get(column)
        if value is not None and value != int(value):
            yield column, f"{plain(value)} of unit {row['quantity_unit']}, and a piece is whole"


@row_rule(
    "Q05",
    "claims",
    "Kinds that count have a quantity, and kinds that do not have none.",
    "existence, identification and status_only hold no number; a claim with a number is of another kind",
)
def kind_and_quantity(row: Row, world: World) -> Iterator[tuple[str, str]]:
    kind = row.get("kind")
    bad = any(key.startswith("quantity") and key.endswith("#bad") for key in row)
    if (
        kind in COUNTING
        and not _has_quantity(row)
        and not bad
        and row.get("stance") in ("asserts", "corrects")
    ):
        yield "kind", f"kind {kind} asks for a quantity"
    if kind in WITHOUT_NUMBER and _has_quantity(row):
        yield "kind", f"kind {kind} takes no quantity"


@row_rule(
    "Q06",
    "transfers",
    "A transfer with quantities has a claim of what moved, in its unit.",
    "correct the transfer's unit, or move the claim to the record that counts in that unit",
)
def moved_in_unit(row: Row, world: World) -> Iterator[tuple[str, str]]:
    claims = world.claims_of(row.get("id"))
    if any({"quantity_unit#bad", "measure#bad", "kind#bad"} & c.keys() for c in claims):
        return
    counts = [
        c for c in claims if c.get("kind") in ("flow", "cumulative", "on_hand") and c.get("quantity_unit")
    ]
    if (
        row.get("unit")
        and counts
        and not any(c.get("measure") == "moved" and c["quantity_unit"] == row["unit"] for c in counts)
    ):
        yield "unit", f"no claim says how many of unit {row['unit']} moved"


@row_rule(
    "Q07",
    "claims",
    "A share is in percent, and at most 100.",
    "a share has unit percent and says in `scope` of what",
)
def share_in_percent(row: Row, world: World) -> Iterator[tuple[str, str]]:
    if row.get("kind") != "share":
        return
    if row.get("quantity_unit") not in (None, "percent"):
        yield "quantity_unit", f"a share is in percent, not in {row['quantity_unit']}"
    for column in ENDS:
        if row.get(column) is not None and row.get("quantity_unit") == "percent" and row[column] > 100:
            yield column, f"{plain(row[column])} percent"


@row_rule(
    "Q08",
    "claims",
    "A figure as stated is the figure alone, in ten words at most.",
    "copy the figure as it is printed, at most 60 characters; no sentence",
)
def as_stated_short(row: Row, world: World) -> Iterator[tuple[str, str]]:
    text = row.get("quantity_as_stated")
    if text is not None and len(text.split()) > 10:
        yield "quantity_as_stated", f"{len(text.split())} words; the figure alone is meant"


@row_rule(
    "Q09",
    "conversions",
    "A conversion leads to another unit, and its factors run from low to high.",
    "compare the factors with the claims that they rest on",
)
def factors_in_order(row: Row, world: World) -> Iterator[tuple[str, str]]:
    if row.get("from_unit") is not None and row["from_unit"] == row.get("to_unit"):
        yield "to_unit", f"converts {row['from_unit']} into itself"
    there = [f for f in ("factor_low", "factor_point", "factor_high") if row.get(f) is not None]
    for lower, upper in pairwise(there):
        if row[lower] > row[upper]:
            names = lower.removeprefix("factor_"), upper.removeprefix("factor_")
            yield lower, f"{names[0]} ({plain(row[lower])}) is above {names[1]} ({plain(row[upper])})"


@row_rule("Q10", "provisions", "A limit has an amount and its unit.", "add what is lacking under `limit`")
def limit_whole(row: Row, world: World) -> Iterator[tuple[str, str]]:
    for part, other in (("quantity", "unit"), ("unit", "quantity")):
        lacks = row.get(f"limit_{other}") is None and f"limit_{other}#bad" not in row
        if row.get(f"limit_{part}") is not None and lacks:
            yield f"limit_{part}", f"limit has no {other}"


@row_rule(
    "Q11",
    "claims",
    "The figure typed is the figure printed.",
    "one of the two is mistyped: compare `value`, `from` or `to` with `as_stated` and with the source",
)
def figure_is_the_printed_one(row: Row, world: World) -> Iterator[tuple[str, str]]:
    figures = printed_figures(row.get("quantity_as_stated") or "")
    for column in ENDS:
        value = row.get(column)
        if value is None or not figures:
            continue
        if not any(abs(value - meant) <= 1e-9 * meant for figure in figures for meant in figure):
            yield column, f"{plain(value)} is not `{row['quantity_as_stated']}`"


@row_rule(
    "Q12",
    "claims",
    "The qualifier is the one that the printed figure has.",
    "choose the qualifier by the words in front of the figure; the codebook lists them",
)
def qualifier_is_the_printed_one(row: Row, world: World) -> Iterator[tuple[str, str]]:
    cue, qualifier = qualifiers(row.get("quantity_as_stated") or ""), row.get("quantity_qualifier")
    if cue and qualifier is not None and qualifier not in (*cue[1], "between", *VAGUE_BOUNDS):
        yield (
            "quantity_qualifier",
            f"{qualifier}, and `{cue[0]}` in the printed figure means {' or '.join(cue[1])}",
        )
