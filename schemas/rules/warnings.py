"""Warnings: what may be right and must be looked at before a release."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from schemas.rules.claims import ASSERTING
from schemas.rules.model import Finding, Row, World, plain, row_rule, world_rule
from schemas.rules.records import transfer_class


def _lower(row: Row) -> float | None:
    value = row.get("quantity_low")
    return float(value) if value is not None else None


def _upper(row: Row) -> float | None:
    value = row.get("quantity_high")
    return float(value) if value is not None else None


@world_rule(
    "W01",
    "A cumulative count does not fall below an earlier one of its voice.",
    "it may be a new count; `corrects` only if the claimant says so",
    severity="warning",
)
def count_falls(world: World) -> Iterator[Finding]:
    series: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in world.rows("claims"):
        day = row.get("as_of_latest")
        if (
            row.get("kind") == "cumulative"
            and row.get("stance") in ASSERTING
            and row.get("rank") == "normal"
            and day
        ):
            series[
                tuple(row.get(k) for k in ("record", "voice", "measure", "scope", "quantity_unit", "since"))
            ].append(row)
    for rows in series.values():
        rows.sort(key=lambda r: (r["as_of_latest"], r["id"] or ""))
        for i, row in enumerate(rows):
            high = _upper(row)
            before = [r for r in rows[:i] if r["as_of_latest"] < row["as_of_latest"]]
            over = [
                r
                for r in before
                if (low := _lower(r)) is not None
                and high is not None
                and low > high
                and not (row.get("stance") == "corrects" and r.get("id") == row.get("supersedes"))
            ]
            if over:
                yield Finding(
                    "claims",
                    row["#"],
                    "quantity_as_stated",
                    f"below {over[-1]['quantity_as_stated']} of `{over[-1]['id']}`, as of {over[-1]['as_of']}",
                )


@world_rule(
    "W02",
    "Tranches do not add up to more than their umbrella.",
    "one of the claims may be of another scope, or a tranche counted twice",
    severity="warning",
)
def tranches_above(world: World) -> Iterator[Finding]:
    def figures(row: Row) -> list[Row]:
        return [
            c
            for c in world.claims_of(row.get("id"))
            if c.get("measure") == "moved"
            and c.get("scope") == "all"
            and c.get("quantity_unit") == row.get("unit")
            and c.get("kind") in ("cumulative", "flow")
            and c.get("stance") in ASSERTING
            and c.get("rank") == "normal"
        ]

    for parent in world.rows("transfers"):
        tops = [_upper(c) for c in figures(parent)]
        children = [
            t
            for t in world.children("transfers", "parent").get(parent.get("id") or "", ())
            if t.get("level") == "tranche" and t.get("unit") == parent.get("unit")
        ]
        lows = [max((v for c in figures(t) if (v := _lower(c)) is not None), default=0.0) for t in children]
        if tops and None not in tops and children and sum(lows) > max(t for t in tops if t is not None):
            most = plain(max(t for t in tops if t is not None))
            message = f"its tranches add up to at least {plain(sum(lows))}, its own claims say at most {most}"
            yield Finding("transfers", parent["#"], "id", message)


@row_rule(
    "W03",
    "claims",
    "A range is no wider than fivefold.",
    "compare it with the source; two claimants may have been joined in one range",
    severity="warning",
)
def wide_range(row: Row, world: World) -> Iterator[tuple[str, str]]:
    low, high = row.get("quantity_from"), row.get("quantity_to")
    if low is not None and high is not None and high > 5 * low:
        yield "quantity_from", f"from {plain(low)} to {plain(high)}"


def _overlap(a: Row, b: Row, first: str, last: str) -> bool:
    far = date.max
    return bool(
        (a.get(first) or date.min) <= (b.get(last) or far)
        and (b.get(first) or date.min) <= (a.get(last) or far)
    )


@world_rule(
    "W04",
    "Two transfers are two happenings.",
    "one may be a duplicate of the other, or a part of it, which `parent` says",
    severity="warning",
)
def duplicate_transfer(world: World) -> Iterator[Finding]:
    """A parent and its part are no doubles, nor are records of different named items or in different units."""
    groups: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in world.rows("transfers"):
        key = (row.get("direction"), transfer_class(row, world), row.get("unit"), _placed(row, world))
        groups[key].append(row)
    for rows in groups.values():
        for i, row in enumerate(rows):
            twin = next((earlier for earlier in rows[:i] if _twins(earlier, row, world)), None)
            if twin:
                said = f"like `{twin['id']}` in direction, class, unit, place and time"
                yield Finding("transfers", row["#"], "id", said)


def _twins(a: Row, b: Row, world: World) -> bool:
    items, others = (
        {i.get("item") for i in world.children("record_items", "record").get(row.get("id") or "", ())}
        for row in (a, b)
    )
    related = a.get("parent") == b.get("id") or b.get("parent") == a.get("id")
    different = items and others and items.isdisjoint(others)
    return not related and not different and _overlap(a, b, "start_earliest", "end_latest")


def _placed(row: Row, world: World) -> tuple[str, ...]:
    places = world.children("record_places", "record").get(row.get("id") or "", ())
    return tuple(sorted(p["place"] for p in places if p.get("place")))


@world_rule(
    "W05",
    "Two events are two happenings.",
    "same type, place and day: one may be a duplicate of the other",
    severity="warning",
)
def duplicate_event(world: World) -> Iterator[Finding]:
    groups: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in world.rows("events"):
        when = row.get("date_earliest"), row.get("date_latest")
        groups[(row.get("event_type"), when, _placed(row, world))].append(row)
    for rows in groups.values():
        for row in rows[1:]:
            yield Finding("events", row["#"], "id", f"like `{rows[0]['id']}` in type, day and place")


@row_rule(
    "W06",
    "events",
    "An event has a place.",
    "add `places`; a country or sea area is a place too",
    severity="warning",
)
def event_placed(row: Row, world: World) -> Iterator[tuple[str, str]]:
    if (
        row.get("id")
        and not world.children("record_places", "record").get(row["id"])
        and "places#bad" not in row
    ):
        yield "id", "an event without a place"


@world_rule(
    "W07",
    "A document was not published before the claim that it carries was made.",
    "one of the two dates is wrong, or the document carries an earlier claim",
    severity="warning",
)
def document_too_early(world: World) -> Iterator[Finding]:
    for row in world.rows("claim_sources"):
        published = world.get("sources", row.get("source")).get("published_latest")
        claim = world.get("claims", row.get("claim"))
        stated = claim.get("stated_on_earliest")
        if published and stated and published < stated <= published + timedelta(days=1):  # beyond: D06
            yield Finding(
                "claim_sources",
                row["#"],
                "source",
                f"published {published}, before the claim was stated ({claim['stated_on']})",
            )


@world_rule(
    "W08",
    "A document stands once.",
    "the same address: give the claims one of the two ids, and delete the other",
    severity="warning",
)
def document_once(world: World) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for row in world.rows("sources"):
        address = re.sub(r"^https?://(www\.|m\.)?|[/#]+$", "", row.get("url") or "")
        if address and row.get("id"):
            if address in first:
                yield Finding("sources", row["#"], "url", f"the address of `{first[address]}`")
            first.setdefault(address, row["id"])
