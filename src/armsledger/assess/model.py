"""What the rules see of a claim, a record and a conversion; and what all of them ask of a claim."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

UNATTRIBUTED = "unattributed"
DYAD = "dyad"
JOINT = "joint"
ASSERTING = frozenset({"asserts", "corrects"})
WITHDRAWING = frozenset({"corrects", "retracts"})
ALWAYS = dt.date.min  # the day from which a corrected or retracted claim is gone: every day


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim.

    `low`, `point`, `high` are its lower value, its point and its upper value (a vague word has no upper
    value); `number` is the largest number that it names; `official`: a state organ or office-holder said it;
    `rung` is the place of its status on the ladder.
    """

    id: str
    record: str
    bears_on: tuple[str, ...]
    claimant: str | None
    speaker: str | None
    country: str | None
    official: bool
    interest: str | None
    voice: str
    voice_ancestors: tuple[str, ...]
    reliability: str | None
    grade: tuple[int, int]  # reliability, then credibility; the larger the better, 0 is off the scale
    credibility: int | None
    stance: str | None
    kind: str | None
    measure: str
    scope: str
    possible: bool
    approx: bool
    low: float | None
    point: float | None
    high: float | None
    number: float | None
    unit: str | None
    window_earliest: dt.date | None
    window_latest: dt.date | None
    since: str | None
    stated_on: str | None
    stated_earliest: dt.date | None
    stated_latest: dt.date | None
    day: dt.date | None
    rung: int | None
    evidence_type: str | None
    visible: bool
    complete: bool
    admission: bool
    supersedes: str | None
    deprecated: bool
    denies_direction: str | None
    denies_classes: tuple[str, ...]
    denies_rung: int | None
    denies_until: dt.date | None
    source_role: str | None
    source_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """One transfer or event, as far as the rules need it; `start` and `end`: its earliest and latest day."""

    id: str
    type: str
    direction: str | None
    supplier_country: str | None
    recipient_country: str | None
    class_path: tuple[str, ...]
    parent: str | None
    unit: str | None
    start: dt.date | None
    end: dt.date | None
    event_type: str | None
    headline: tuple[str, str, str] | None  # measure, scope, unit
    participants: tuple[str, ...]

    @property
    def is_event(self) -> bool:
        return self.type == "event"

    @property
    def own_unit(self) -> str | None:
        return self.headline[2] if self.unit is None and self.headline else self.unit

    @property
    def own_series(self) -> tuple[str, str, str | None] | None:
        """Rule 11: measure, scope and unit of the series that can stand for it."""
        return self.headline if self.is_event else ("moved", "all", self.unit)


@dataclass(frozen=True, slots=True)
class Conversion:
    """A factor from one unit to another for a class, and the claims that it rests on."""

    id: str
    class_: str
    from_unit: str
    to_unit: str
    low: float | None
    point: float | None
    high: float | None
    claims: tuple[str, ...]


def said(claim: Claim, stances: frozenset[str] = ASSERTING) -> bool:
    """Rule 2, its form: it asserts or corrects, is not deprecated, not merely possible, and somebody's."""
    return (
        claim.stance in stances
        and not claim.deprecated
        and not claim.possible
        and claim.voice != UNATTRIBUTED
    )


def graded(claim: Claim) -> bool:
    """Rule 2, its grades: reliability A-C (D-F if visible; an admission always), credibility 1-4."""
    reliable = claim.reliability in {"A", "B", "C"} or claim.visible or claim.admission
    return reliable and claim.credibility is not None and 1 <= claim.credibility <= 4


def eligible(claim: Claim, stances: frozenset[str] = ASSERTING) -> bool:
    """Rule 2 without its last sentence (which kinds enter a quantity)."""
    return said(claim, stances) and graded(claim)


def lapses(claims: Iterable[Claim]) -> dict[str, dt.date]:
    """Rule 3: from when a superseded claim is gone: ever, if corrected or retracted, else the other's day."""
    gone: dict[str, dt.date] = {}
    for claim in claims:
        if claim.supersedes is None or claim.deprecated:
            continue
        withdrawn = claim.stance in WITHDRAWING
        if not withdrawn and claim.day is None:
            continue
        since = ALWAYS if withdrawn or claim.day is None else claim.day
        gone[claim.supersedes] = min(since, gone.get(claim.supersedes, since))
    return gone


def stands(claim: Claim, gone: Mapping[str, dt.date], on: dt.date) -> bool:
    """Whether nothing supersedes the claim on that day."""
    return claim.id not in gone or gone[claim.id] > on


def withdrawn(claim: Claim, gone: Mapping[str, dt.date]) -> bool:
    """Whether the claim was corrected or retracted, and so is out of every row."""
    return gone.get(claim.id) == ALWAYS
