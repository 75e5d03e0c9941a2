"""Rules on dates. All compare the strict bounds, and fail only where no reading of the dates would do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from schemas.fields import specs
from schemas.rules.model import Finding, Row, World, row_rule, world_rule
from schemas.tables import MODELS

SCOPE_START = date(2022, 1, 1)
_SAID = ("stated_on", "published")


@world_rule(
    "D01",
    "`..` alone stands in `end` only, a figure's day is no interval, and what was said has a last day.",
    "give the narrowest dates that the source allows; brackets say that it was one of them",
)
def edtf_forms(world: World) -> Iterator[Finding]:
    for table, rows in world.tables.items():
        for column, spec in specs(MODELS[table]).items() if table in MODELS else ():
            if spec.kind != "edtf" or not spec.typed:
                continue
            for row in rows:
                typed, form = row.get(column), row.get(f"{column}#form")
                if typed == ".." and not spec.open_end:
                    yield Finding(
                        table,
                        row["#"],
                        column,
                        "`..` alone gives no day; only `end` may be left open like that",
                    )
                elif typed is not None and spec.point and form == "interval":
                    yield Finding(
                        table, row["#"], column, f"{typed} is an interval, and a figure holds for a day"
                    )
                elif typed is not None and column in _SAID and row.get(f"{column}_latest") is None:
                    yield Finding(table, row["#"], column, f"{typed} has no last day")


@row_rule("D02", "transfers", "A transfer starts no later than it ends.", "compare both with the sources")
def start_before_end(row: Row, world: World) -> Iterator[tuple[str, str]]:
    start, end = row.get("start_earliest"), row.get("end_latest")
    if start and end and start > end:
        yield "end", f"{row['end']} is before the start ({row['start']})"


@world_rule(
    "D03",
    "A record's earliest day is not before 2022.",
    "older happenings are out of scope; provisions, voices and listings may be older",
)
def not_before_scope(world: World) -> Iterator[Finding]:
    for table, column in (("transfers", "start"), ("events", "date")):
        for row in world.rows(table):
            earliest, typed = row.get(f"{column}_earliest"), row.get(column)
            open_start = earliest is None and typed not in (None, "..")
            if open_start or (earliest and earliest < SCOPE_START):
                yield Finding(table, row["#"], column, f"{row[column]} allows a day before {SCOPE_START}")


@world_rule(
    "D04",
    "A record does not begin after the dataset's as-of day, unless it is only intended.",
    "correct the date, or `as_of` in dataset.yaml",
)
def not_after_release(world: World) -> Iterator[Finding]:
    for table, column in (("transfers", "start"), ("events", "date")):
        for row in world.rows(table):
            earliest = row.get(f"{column}_earliest")
            if not (earliest and world.as_of and earliest > world.as_of):
                continue
            kinds = {c.get("kind") for c in world.claims_of(row.get("id"))}
            if kinds != {"intent"}:
                yield Finding(
                    table, row["#"], column, f"{row[column]} is after the as-of day ({world.as_of})"
                )


@row_rule(
    "D05",
    "claims",
    "A claim was not stated after the dataset's as-of day.",
    "correct the date, or `as_of` in dataset.yaml",
)
def stated_by_release(row: Row, world: World) -> Iterator[tuple[str, str]]:
    stated = row.get("stated_on_earliest")
    if stated and world.as_of and stated > world.as_of:
        yield "stated_on", f"{row['stated_on']} is after the as-of day ({world.as_of})"


@row_rule(
    "D06",
    "claims",
    "A claim was stated no more than a day after its first source was published.",
    "the source cannot carry what was not yet said: one of the two dates is wrong",
)
def stated_by_publication(row: Row, world: World) -> Iterator[tuple[str, str]]:
    stated = row.get("stated_on_earliest")
    published = [
        world.get("sources", s.get("source")).get("published_latest")
        for s in world.children("claim_sources", "claim").get(row.get("id") or "", ())
    ]
    days = [p for p in published if p]
    if stated and days and stated > min(days) + timedelta(days=1):
        yield "stated_on", f"{row['stated_on']} is after its first source was published ({min(days)})"


@row_rule(
    "D07",
    "events",
    "An event's date meets the window of one of its claims.",
    "correct the date or the window; a claim's window defaults to the event's date",
)
def date_meets_window(row: Row, world: World) -> Iterator[tuple[str, str]]:
    first, last = row.get("date_earliest"), row.get("date_latest")
    windows = [(c.get("window_earliest"), c.get("window_latest")) for c in world.claims_of(row.get("id"))]
    if not (first and last and windows) or any(w == (None, None) for w in windows):
        return
    if not any((a is None or a <= last) and (b is None or b >= first) for a, b in windows):
        yield "date", f"{row['date']} meets the window of none of its claims"


_NEEDS_WINDOW = ("flow", "rate")
TAKES_AS_OF = ("cumulative", "on_hand", "share")


@row_rule(
    "D08",
    "claims",
    "A kind has its dates: a flow or rate its window, a stock its day.",
    "flow, rate: `window`; cumulative, on_hand, share: `as_of`; `since` for cumulative only",
)
def kind_has_its_dates(row: Row, world: World) -> Iterator[tuple[str, str]]:
    kind = row.get("kind")
    if kind is None:
        return
    if kind in _NEEDS_WINDOW and row.get("window") is None and "window#bad" not in row:
        yield "kind", f"kind {kind} asks for `window`"
    if row.get("as_of") is not None and kind not in TAKES_AS_OF:
        yield "as_of", f"a claim of kind {kind} takes no as_of"
    if row.get("since") is not None and kind != "cumulative":
        yield "since", f"a claim of kind {kind} takes no since"


@row_rule(
    "D09",
    "claims",
    "A figure does not hold for a day after it was stated.",
    "the day it holds for is the day it was stated, unless the source says an earlier one",
)
def as_of_by_stated(row: Row, world: World) -> Iterator[tuple[str, str]]:
    as_of, stated = row.get("as_of_earliest"), row.get("stated_on_latest")
    if as_of and stated and as_of > stated:
        yield "as_of", f"{row['as_of']} is after stated_on ({row['stated_on']})"


@world_rule(
    "D10",
    "A record was coded before it was reviewed, and neither after the as-of day.",
    "correct the dates under `coding`",
)
def coded_then_reviewed(world: World) -> Iterator[Finding]:
    for row in world.rows("records"):
        coded, reviewed = row.get("coded_on"), row.get("reviewed_on")
        if coded and reviewed and reviewed < coded:
            yield Finding("records", row["#"], "reviewed_on", f"{reviewed} is before coded_on ({coded})")
        for column, when in (("coded_on", coded), ("reviewed_on", reviewed)):
            if when and world.as_of and when > world.as_of:
                yield Finding("records", row["#"], column, f"{when} is after the as-of day ({world.as_of})")
        bad = {"reviewed_on#bad", "reviewed_by#bad"} & row.keys()
        if not bad and (reviewed is None) != (row.get("reviewed_by") is None):
            yield Finding(
                "records",
                row["#"],
                "reviewed_on" if reviewed else "reviewed_by",
                "reviewed_on and reviewed_by go together",
            )


@row_rule(
    "D11",
    "claims",
    "A count does not begin after the day it holds for, nor what is claimed after it was stated.",
    "compare the dates with the source; what lies ahead is an intent",
)
def begins_in_time(row: Row, world: World) -> Iterator[tuple[str, str]]:
    since, as_of = row.get("since_earliest"), row.get("as_of_latest")
    if since and as_of and since > as_of:
        yield "since", f"{row['since']} is after as_of ({row['as_of']})"
    window, stated = row.get("window_earliest"), row.get("stated_on_latest")
    if window and stated and window > stated and row.get("kind") not in (None, "intent"):
        yield "window", f"{row['window']} is after stated_on ({row['stated_on']})"
