"""The dyad panel: months of a direction, class and unit, for regressions and maps."""

from __future__ import annotations

from typing import Any

from schemas.fields import ISO3, Table, copied, day, text, whole
from schemas.tables.records import Transfers
from schemas.tables.registries import Actors
from schemas.tables.results import Estimates


def _state(side: str) -> dict[str, Any]:
    """The codes of the state on one side of the direction."""
    name, said = side.capitalize(), f"of the {side} state, from the direction."
    iso3: dict[str, Any] = {"by": "computed", "required": False, "origin": ISO3, "pattern": r"^[A-Z]{3}$"}
    return {
        f"{side}_iso3": text(f"{name} ISO", f"Country code {said}", **iso3),
        f"{side}_cow": copied(
            Actors, "cow_code", title=f"{name} COW code", description=f"State number {said}"
        ),
        f"{side}_gw": copied(Actors, "gw_code", title=f"{name} G-W code", description=f"State number {said}"),
    }


def _count(title: str, description: str) -> Any:
    return whole(title, description, by="computed", minimum=0)


def _figure(name: str, description: str) -> Any:
    """Low, best, high and what is said of them, as in ``estimates``, but empty where no record counts."""
    return copied(Estimates, name, description=description, required=False)


class DyadMonth(Table):
    """One month of one direction, class and unit: what was said in it, and the running total at its end."""

    month = day("Month", "The month, by its first day.", by="computed")
    year = whole("Year", "Its year.", by="computed")
    month_number = whole(
        "Month of the year", "Its number in the year, from 1 to 12.", by="computed", minimum=1, maximum=12
    )
    direction = copied(Transfers, "direction")
    _supplier = _state("supplier")
    _recipient = _state("recipient")
    class_ = copied(
        Transfers,
        "class",
        description="The class of the row's transfers, and no other: classes below it have rows of their own.",
    )
    unit = copied(Transfers, "unit", description="The unit of the row's transfers, of low, best and high.")
    n_claims = _count(
        "Claims",
        "Claims in the row's transfers that became public in the month, of any stance, deprecated ones left out. "
        "A vaguely dated claim stands in the last month that it may belong to. Each claim is in one row.",
    )
    n_claims_dated = _count(
        "Claims, dated",
        "Of these, claims that are dated to the month or a day in it. The others, n_claims less this, may have "
        "been made in earlier months.",
    )
    n_voices = _count(
        "Voices",
        "Different voices of the claims counted, `unattributed` left out. One voice may speak in several rows.",
    )
    n_events = _count(
        "Events",
        "Events dated to the month or a day in it that a link or a claim joins to one of the row's transfers. "
        "One event may be in several rows; one that is joined to no transfer, or dated more vaguely, is in none "
        "and has to be taken from `events`.",
    )
    day = day(
        "Day",
        "The day at which the figures hold: the month's last, of an unfinished month the as-of day.",
        by="computed",
    )
    low = _figure(
        "low",
        "Running total up to `day`, at least: the sum of the lows of the records counted. It rests on all claims "
        "about the time up to `day`, also those made later.",
    )
    best = _figure("best", "The sum of their bests; empty unless each of them has one.")
    high = _figure("high", "The sum of their highs; empty unless each of them has one.")
    high_open = _figure("high_open", "True where a record counted has no high; empty where none counts.")
    conflict = _figure(
        "conflict", "True where the fresh claims of a record counted have no number in common."
    )
    stale = _figure("stale", "True where the newest claim of a record counted is more than 180 days old.")
    n_records = _count(
        "Records counted",
        "Transfers recommended for totals at `day`, on which the figures rest. Once an umbrella has a figure, its "
        "parts in the same unit no longer count, so a figure can move from their row to the umbrella's.",
    )

    class Config(Table.Config):
        title = "Dyad panel by month"
        unique = ["direction", "class", "unit", "month"]
        metadata = {
            "warnings": (
                "units_differ",
                "cumulative_not_flow",
                "counts_overlap",
                "dates_uncertain",
                "stances_mixed",
                "claims_not_independent",
                "absence_is_not_evidence",
                "empty_is_not_zero",
            )
        }
