"""Rules on transfers and events as wholes, and on how they hang together."""

from __future__ import annotations

from collections.abc import Iterator

from schemas.codelists import CODELISTS
from schemas.rules.model import Finding, Row, World, row_rule, world_rule

NEEDS_PARENT = ("tranche", "component")


def transfer_class(row: Row, world: World) -> str | None:
    """The class of a transfer: its first item's, or the typed one."""
    for link in world.children("record_items", "record").get(row.get("id") or "", ()):
        found: str | None = world.get("items", link.get("item")).get("class")
        return found
    return row.get("transfer_class")


@row_rule(
    "R01",
    "transfers",
    "The direction agrees with supplier and recipient.",
    "a transfer goes from the supplier's country to the recipient's; joint is for events",
)
def direction_agrees(row: Row, world: World) -> Iterator[tuple[str, str]]:
    direction = row.get("direction")
    if direction is None:
        return
    if "_to_" not in direction:
        yield "direction", f"a transfer cannot be {direction}"
        return
    for column, country in zip(("supplier", "recipient"), direction.split("_to_"), strict=True):
        actor = world.get("actors", row.get(column))
        if actor and "country#bad" not in actor and actor.get("country") != country:
            yield (
                column,
                f"`{row[column]}` is of {actor.get('country') or 'no country'}, and {direction} says {country}",
            )


@row_rule(
    "R02",
    "transfers",
    "A transfer names its items, or else its class.",
    "type `items`, or `transfer_class` where no item is named; not both",
)
def items_or_class(row: Row, world: World) -> Iterator[tuple[str, str]]:
    items = world.children("record_items", "record").get(row.get("id") or "", ())
    if items and row.get("transfer_class") is not None:
        yield "transfer_class", "typed although items are named; the class follows from them"
    if (
        not items
        and row.get("transfer_class") is None
        and not {"transfer_class#bad", "items#bad"} & row.keys()
    ):
        yield "id", "has neither items nor a transfer_class"


@row_rule("R03", "transfers", "The items of one transfer share a class.", "make it two transfers")
def items_share_class(row: Row, world: World) -> Iterator[tuple[str, str]]:
    items = world.children("record_items", "record").get(row.get("id") or "", ())
    classes = sorted({c for i in items if (c := world.get("items", i.get("item")).get("class"))})
    if len(classes) > 1:
        yield "items", f"items of classes {', '.join(classes)}"


@row_rule(
    "R04",
    "transfers",
    "A tranche or component has a parent; an umbrella or standalone has none; a standalone has no parts.",
    "correct the level or the parent",
)
def level_and_parent(row: Row, world: World) -> Iterator[tuple[str, str]]:
    level, parent = row.get("level"), row.get("parent")
    if level in NEEDS_PARENT and parent is None and "parent#bad" not in row:
        yield "level", f"a {level} without a parent"
    if level is not None and level not in NEEDS_PARENT and parent is not None:
        yield "parent", f"a record of level {level} has a parent"
    if level == "standalone" and world.children("transfers", "parent").get(row.get("id") or ""):
        yield "level", "a standalone record with parts is an umbrella"


@row_rule("R05", "transfers", "A child goes the way its parent goes.", "correct the direction or the parent")
def parent_direction(row: Row, world: World) -> Iterator[tuple[str, str]]:
    parent = world.get("transfers", row.get("parent"))
    ours, theirs = row.get("direction"), parent.get("direction")
    if ours and theirs and ours != theirs:
        yield "parent", f"`{row['parent']}` goes {theirs}, this {ours}"


@row_rule(
    "R06", "transfers", "A child's class is its parent's or below it.", "correct the class or the parent"
)
def parent_class(row: Row, world: World) -> Iterator[tuple[str, str]]:
    parent = world.get("transfers", row.get("parent"))
    ours, theirs = transfer_class(row, world), transfer_class(parent, world)
    if ours and theirs and theirs not in CODELISTS["transfer_class"].ancestors(ours):
        yield "parent", f"class {ours} is neither {theirs}, the class of `{row['parent']}`, nor below it"


_WITH_CLAIM = ("record_places", "record_vessels", "record_links", "record_provisions")


@world_rule(
    "R07",
    "A place, vessel, link or provision names a claim of its own record.",
    "name a claim of this record, such as c1",
)
def own_claim(world: World) -> Iterator[Finding]:
    for table in _WITH_CLAIM:
        for row in world.rows(table):
            claim = world.get("claims", row.get("claim"))
            if claim and claim.get("record") != row.get("record"):
                yield Finding(table, row["#"], "claim", f"`{row['claim']}` is a claim of another record")


@row_rule("R08", "record_links", "A link goes to another record.", "a record is not linked to itself")
def link_elsewhere(row: Row, world: World) -> Iterator[tuple[str, str]]:
    if row.get("to") is not None and row.get("to") == row.get("record"):
        yield "to", f"`{row['to']}` is this record"


@row_rule(
    "R09",
    "record_links",
    "`in_return_for` names the claim that says so.",
    "add `claim`; that two things happened is no bargain",
)
def bargain_claimed(row: Row, world: World) -> Iterator[tuple[str, str]]:
    if row.get("relation") == "in_return_for" and row.get("claim") is None and "claim#bad" not in row:
        yield "relation", "in_return_for without a claim"


@row_rule(
    "R10",
    "record_provisions",
    "`claimed_breach` names the claim that says so.",
    "add `claim`; our own reading is would_breach_if_true",
)
def breach_claimed(row: Row, world: World) -> Iterator[tuple[str, str]]:
    if row.get("assessment") == "claimed_breach" and row.get("claim") is None and "claim#bad" not in row:
        yield "assessment", "claimed_breach without a claim"


@row_rule(
    "R11",
    "events",
    "An event's headline has a measure and a unit.",
    "add what is lacking under `headline`, or drop it",
)
def headline_whole(row: Row, world: World) -> Iterator[tuple[str, str]]:
    there = [p for p in ("measure", "scope", "unit") if row.get(f"headline_{p}") is not None]
    for part in ("measure", "unit"):
        if there and part not in there and f"headline_{part}#bad" not in row:
            yield "headline", f"headline has no {part}"


@row_rule(
    "R12",
    "sources",
    "What a document does not state is said: title, author and address.",
    "type it, or name it under `missing`; not both",
)
def missing_said(row: Row, world: World) -> Iterator[tuple[str, str]]:
    missing = row.get("missing") or []
    for column in ("title", "author", "url"):
        if (
            row.get(column) is None
            and column not in missing
            and f"{column}#bad" not in row
            and "missing#bad" not in row
        ):
            yield "id", f"has no {column}, and `missing` does not say so"
        if row.get(column) is not None and column in missing:
            yield column, "is there, and `missing` says that it is not"
    for word in missing:
        if word not in ("title", "author", "url", "published", "doc_symbol"):
            yield "missing", f"`{word}` is no column that a document could lack"


@row_rule("R13", "transfer_intermediaries", "An intermediary is neither supplier nor recipient.", "drop it")
def intermediary_between(row: Row, world: World) -> Iterator[tuple[str, str]]:
    transfer = world.get("transfers", row.get("record"))
    if row.get("actor") is not None and row["actor"] in (transfer.get("supplier"), transfer.get("recipient")):
        yield "actor", f"`{row['actor']}` is a party of the transfer"
