"""The estimate rules 1 to 10 and 12 of the codebook's section 4; the numbers in the comments are the rules'.

(Rule 11, which series stands for a record and what may be added up, is in `standing`.)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from armsledger.assess.model import (
    ASSERTING,
    UNATTRIBUTED,
    Claim,
    Conversion,
    Record,
    eligible,
    stands,
    withdrawn,
)
from armsledger.assess.voices import Voices

QUANTITY_KINDS = frozenset({"cumulative", "flow", "on_hand"})
SEEN = frozenset(  # rule 9's list
    {
        "present",
        "returned",
        "lost",
        "fired",
        "examined",
        "killed",
        "wounded",
        "killed_or_wounded",
        "captured",
    }
)
FRESH_DAYS = 60
EXPIRY_DAYS = 60  # "from the 61st day on", the claim's own day being the first: 60 days later
STALE_DAYS = 180

Gone = Mapping[str, dt.date]


class Series(NamedTuple):
    """Rule 1: what is never mixed."""

    record: str
    measure: str
    scope: str
    unit: str
    kind: str
    window_earliest: dt.date | None  # of a flow; else None
    window_latest: dt.date | None


@dataclass(frozen=True, slots=True)
class Estimate:
    """One row of `estimates`. `newest` is the day of the newest current claim."""

    series: Series
    basis: str
    day: dt.date
    low: float | None = None
    best: float | None = None
    high: float | None = None
    reported_max: float | None = None
    rule: str | None = None
    conflict: bool = False
    newest: dt.date | None = None
    claims: tuple[str, ...] = ()
    n_voices: int = 0
    conversion: str | None = None
    voice: str | None = None

    @property
    def id(self) -> str:
        """The row's key, joined by dots."""
        s = self.series
        parts = [s.record, s.measure, s.scope, s.unit, s.kind, self.basis]
        if s.window_earliest and s.window_latest:
            parts.append(f"{s.window_earliest.isoformat()}_{s.window_latest.isoformat()}")
        if self.voice is not None:
            parts.append(self.voice)
        return ".".join([*parts, self.day.isoformat()])

    @property
    def stale_days(self) -> int | None:
        return None if self.newest is None else (self.day - self.newest).days

    @property
    def stale(self) -> bool | None:
        return None if self.stale_days is None else self.stale_days > STALE_DAYS

    @property
    def has_number(self) -> bool:
        return not (self.low is None and self.best is None and self.high is None)


def estimates(
    claims: Sequence[Claim],
    records: Mapping[str, Record],
    conversions: Iterable[Conversion],
    gone: Gone,
    voices: Voices,
    day: dt.date,
) -> list[Estimate]:
    """All rows of all bases, unsorted; `gone`: from which day a superseded claim is gone (`model.lapses`)."""
    series, usable, of_record = _grouped(claims, day)
    rows: list[Estimate] = []
    for key, group in usable.items():
        witnesses = _witnesses(key, of_record[key.record], records[key.record])
        rows += _reported(key, group, series[key], witnesses, gone, voices, day)
        if key.kind == "cumulative":
            rows += _increments(key, group, gone)
    rows += _converted(rows, records, conversions, {c.id: c.voice for c in claims})
    for record, group in of_record.items():
        if not records[record].is_event:
            rows += _documented_floors(record, group, gone, day)
    return rows


def rows_of_transfers(
    claims: Sequence[Claim],
    records: Mapping[str, Record],
    gone: Gone,
    voices: Voices,
    days: Collection[dt.date],
) -> dict[dt.date, list[Estimate]]:
    """By day: what `estimates` gives with it as the last day, of the rows that can stand for a transfer.

    For many days at once, since the claims are grouped only once.
    """
    rows: dict[dt.date, list[Estimate]] = {on: [] for on in days}
    series, usable, of_record = _grouped(claims, max(days, default=dt.date.min))
    for key, group in usable.items():
        record = records[key.record]
        if record.is_event or (key.measure, key.scope, key.unit) != record.own_series:
            continue
        witnesses = _witnesses(key, of_record[key.record], record)
        for on in days:
            if any(_day(c) <= on for c in series[key]):  # before that there is no row
                current = _current(key, group, gone, on)
                rows[on].append(_row(key, current, series[key], witnesses, gone, voices, on))
    return rows


Groups = dict[Series, list[Claim]]


def _grouped(claims: Iterable[Claim], day: dt.date) -> tuple[Groups, Groups, dict[str, list[Claim]]]:
    """The claims up to `day` that name a quantity: by series, the eligible ones, and these by record."""
    series: Groups = {}
    for claim in claims:
        if _names_a_quantity(claim) and claim.day is not None and claim.day <= day:
            series.setdefault(_series(claim), []).append(claim)
    usable = {key: [c for c in group if eligible(c)] for key, group in series.items()}  # 2
    of_record: dict[str, list[Claim]] = {}
    for key, group in usable.items():
        of_record.setdefault(key.record, []).extend(group)
    return series, usable, of_record


# -- rows and days -------------------------------------------------------------------------------------------


def _names_a_quantity(c: Claim) -> bool:
    """Whether the claim makes a series: a number of a kind that enters a quantity, said by somebody."""
    return (
        c.kind in QUANTITY_KINDS
        and c.stance in ASSERTING
        and not c.deprecated
        and c.voice != UNATTRIBUTED
        and c.number is not None
        and c.unit is not None
        and not (c.kind == "flow" and c.window_earliest is None)
    )


def _series(c: Claim) -> Series:
    flow = c.kind == "flow"
    return Series(
        c.record,
        c.measure,
        c.scope,
        c.unit or "",
        c.kind or "",
        c.window_earliest if flow else None,
        c.window_latest if flow else None,
    )


def _days(claims: Iterable[Claim], gone: Gone, day: dt.date) -> list[dt.date]:
    """The days up to `day` on which a row can change: the claims' and those on which one is superseded."""
    claims = list(claims)
    days = {_day(c) for c in claims} | {gone[c.id] for c in claims if c.id in gone}
    return sorted(d for d in days if dt.date.min < d <= day)


def _day(c: Claim) -> dt.date:
    return c.day or dt.date.max


def _reported(
    key: Series,
    claims: list[Claim],
    said: list[Claim],
    witnesses: list[Claim],
    gone: Gone,
    voices: Voices,
    day: dt.date,
) -> list[Estimate]:
    """A row for each day on which a current claim of the series changes, and one at `day`.

    `claims` are the eligible ones of all that were `said`.
    """
    rows: list[Estimate] = []
    before: list[str] = []
    for on in sorted({*_days(claims, gone, day), day}):
        current = _current(key, claims, gone, on)
        ids = [c.id for c in current]
        if ids == before and on != day:
            continue
        before = ids
        rows.append(_row(key, current, said, witnesses, gone, voices, on))
    return rows


def _row(
    key: Series,
    current: list[Claim],
    said: Iterable[Claim],
    witnesses: Iterable[Claim],
    gone: Gone,
    voices: Voices,
    on: dt.date,
) -> Estimate:
    """The series' row on a day; its largest asserted number is of all that was `said`, eligible or not."""
    asserted = [c for c in said if _day(c) <= on and not c.possible and not withdrawn(c, gone)]
    return _estimate(key, current, asserted, _largest_seen(witnesses, gone, on), voices, on)


def _current(key: Series, claims: Iterable[Claim], gone: Gone, on: dt.date) -> list[Claim]:
    """3: of each voice the claim that nothing supersedes with the latest day (a flow: stated_on)."""
    of_voice: dict[str, Claim] = {}
    for claim in claims:
        if _day(claim) > on or not stands(claim, gone, on):
            continue
        other = of_voice.get(claim.voice)
        if other is None or _recency(key, claim) < _recency(key, other):
            of_voice[claim.voice] = claim
    return sorted(of_voice.values(), key=lambda c: c.id)


def _recency(key: Series, c: Claim) -> tuple[object, ...]:
    latest = (c.stated_latest or dt.date.min) if key.kind == "flow" else _day(c)
    return (-latest.toordinal(), *_modesty(c))


def _modesty(c: Claim) -> tuple[object, ...]:
    """3: a tie goes to the lower value, else to the lower upper value; then by content, last by id."""
    return (
        c.low is None,
        c.low or 0.0,
        c.high is None,
        c.high or 0.0,
        c.point is None,
        c.point or 0.0,
        -c.grade[0],
        -c.grade[1],
        not c.complete,
        c.approx,
        c.admission,
        c.id,
    )


# -- one row -------------------------------------------------------------------------------------------------


def _estimate(
    key: Series,
    current: list[Claim],
    asserted: list[Claim],
    seen: Claim | None,
    voices: Voices,
    on: dt.date,
) -> Estimate:
    reported_max = max((c.number for c in asserted if c.number is not None), default=None)  # 8
    newest = max((_day(c) for c in current), default=None)
    row = Estimate(
        key,
        "reported",
        on,
        reported_max=reported_max,
        rule="R0",
        newest=newest,
        claims=tuple(c.id for c in current),
        n_voices=len(current),
    )
    if newest is None:
        return row  # R0
    if key.kind == "on_hand" and (on - newest).days >= EXPIRY_DAYS:
        return replace(row, rule="expired")  # 4

    fresh = _fresh(current, newest)
    ids = {c.id for c in fresh}
    others = [] if key.kind == "on_hand" else [c for c in current if c.id not in ids]  # 4: no floor on hand
    floor = max((c.low for c in others if c.low is not None), default=None)  # 6
    best, rule = _best(fresh, all_admissions=all(c.admission for c in current))
    low = _low(fresh, floor, best)
    conflict = _conflict(fresh, floor)
    used = list(current)

    if seen is not None and seen.low is not None:  # 9
        if low is None or seen.low > low:
            low = seen.low  # raised after the cap, never capped
            used.append(seen)
        if any(c.high is not None and seen.low > c.high for c in fresh):
            conflict = True
        if best is not None and best < seen.low:
            best, rule = None, "R6"

    high = _high(fresh, voices)
    if high is not None and low is not None and high < low:  # 8
        high, conflict = None, True
    return replace(
        row,
        low=low,
        best=best,
        high=high,
        rule=rule,
        conflict=conflict,
        claims=tuple(sorted({c.id for c in used})),
        n_voices=len({c.voice for c in used}),
    )


def _fresh(current: list[Claim], newest: dt.date) -> list[Claim]:
    """4: within 60 days of the newest current claim; admissions never, unless every current claim is one."""
    recent = [c for c in current if (newest - _day(c)).days <= FRESH_DAYS]  # of one flow window all are
    if all(c.admission for c in current):
        return recent
    return [c for c in recent if not c.admission]


def _best(fresh: list[Claim], *, all_admissions: bool) -> tuple[float | None, str]:
    """5: the point estimate and the rule that gave it."""
    pointed = [(c.grade, c.point, c.complete) for c in fresh if c.point is not None]
    complete = [(grade, point) for grade, point, is_complete in pointed if is_complete]
    if complete:
        top = max(grade for grade, _ in complete)
        return min(point for grade, point in complete if grade == top), "R1"
    if not pointed:
        return None, "R5"
    if all_admissions:
        return min(point for _, point, _ in pointed), "R2"
    top = max(grade for grade, _, _ in pointed)
    points = {point for grade, point, _ in pointed if grade == top}
    return min(points), "R3" if len(points) == 1 else "R4"


def _low(fresh: list[Claim], floor: float | None, best: float | None) -> float | None:
    """6: the lower value, before what was seen (9) raises it."""
    bare = [c.low for c in fresh if c.low is not None and c.point is None and c.high is None]
    bounded = [c.low for c in fresh if c.low is not None and not (c.point is None and c.high is None)]
    candidates = [max(bare)] if bare else []  # A
    if bounded:
        candidates.append(min(bounded))  # B
    low = min(candidates) if candidates else floor
    if low is None:
        return None
    if floor is not None:
        low = max(low, floor)
    uppers = [c.high for c in fresh if c.high is not None]
    if best is not None:
        return min(low, best)
    return min([low, *uppers])


def _bounds(c: Claim) -> tuple[float, float]:
    """7: the numbers that a claim allows: approx is +-10% here and nowhere else, a missing bound is open."""
    if c.approx and c.point is not None:
        return c.point * 9 / 10, c.point * 11 / 10
    return (
        float("-inf") if c.low is None else c.low,
        float("inf") if c.high is None else c.high,
    )


def _conflict(fresh: list[Claim], floor: float | None) -> bool:
    """7: the fresh claims have no number in common, or the floor is above one of their upper values."""
    if not fresh:
        return False
    bounds = [_bounds(c) for c in fresh]
    upper = min(high for _, high in bounds)
    return max(low for low, _ in bounds) > upper or (floor is not None and floor > upper)


def _high(fresh: list[Claim], voices: Voices) -> float | None:
    """8: the largest fresh upper value, if every fresh claim has one and two voices are independent."""
    uppers = [c.high for c in fresh if c.high is not None]
    if not uppers or len(uppers) < len(fresh) or not voices.any_two(c.voice for c in fresh):
        return None
    return max(uppers)


# -- what was seen -------------------------------------------------------------------------------------------


def _witnesses(key: Series, claims: Iterable[Claim], record: Record) -> list[Claim]:
    """9: for cumulative moved, in the record's own unit: the claims of what was seen, of any scope and age.

    What was seen in one scope says nothing of a moved count of another; only a count of all contains every
    scope.
    """
    if (key.kind, key.measure, key.unit) != ("cumulative", "moved", record.own_unit):
        return []
    return [
        c
        for c in claims
        if c.measure in SEEN and c.unit == key.unit and c.low is not None and key.scope in ("all", c.scope)
    ]


def _largest_seen(claims: Iterable[Claim], gone: Gone, on: dt.date) -> Claim | None:
    """The claim with the largest lower value by that day: one claim, so never a sum over voices."""
    known = [c for c in claims if _day(c) <= on and stands(c, gone, on)]
    return min(
        known, key=lambda c: (-(c.low or 0.0), c.voice, -_day(c).toordinal(), _modesty(c)), default=None
    )


def _documented_floors(record: str, claims: Iterable[Claim], gone: Gone, day: dt.date) -> list[Estimate]:
    """12: of each scope and unit, the largest number examined, or seen in visible evidence, by one voice."""
    shown: dict[Series, list[Claim]] = {}
    for c in claims:
        if c.low is not None and (
            c.measure == "examined" or (c.visible and (c.measure in SEEN or c.measure == "moved"))
        ):
            key = Series(record, "moved", c.scope, c.unit or "", "cumulative", None, None)
            shown.setdefault(key, []).append(c)
    rows: list[Estimate] = []
    for key, group in shown.items():
        before: float | None = None
        for on in sorted({*_days(group, gone, day), day}):
            claim = _largest_seen(group, gone, on)
            low = claim.low if claim else None
            if low == before and on != day:
                continue
            before = low
            row = Estimate(key, "documented_floor", on, rule="R0")  # what was shown has been withdrawn
            if claim:
                row = replace(row, low=low, rule=None, newest=claim.day, claims=(claim.id,), n_voices=1)
            rows.append(row)
    return rows


# -- increments and conversions ------------------------------------------------------------------------------


def _increments(key: Series, claims: Iterable[Claim], gone: Gone) -> list[Estimate]:
    """10: between two successive cumulative claims of the same voice, series and since."""
    lines: dict[tuple[str, str | None], dict[dt.date, Claim]] = {}
    for c in sorted(claims, key=_modesty, reverse=True):  # of one day the most modest is written last
        if stands(c, gone, _day(c)):
            lines.setdefault((c.voice, c.since), {})[_day(c)] = c
    rows: dict[str, Estimate] = {}
    for (voice, _), line in sorted(lines.items(), key=lambda item: (item[0][0], item[0][1] or "")):
        days = sorted(line)
        for day1, day2 in pairwise(days):
            row = _increment(key, line[day1], line[day2], voice)
            if row.has_number:
                rows.setdefault(row.id, row)
    return list(rows.values())


def _increment(key: Series, one: Claim, two: Claim, voice: str) -> Estimate:
    both_approx = one.approx and two.approx
    day1, day2 = _day(one), _day(two)
    return Estimate(
        key._replace(window_earliest=day1, window_latest=day2),
        "increment",
        day2,
        low=None if both_approx else _difference(two.low, one.high),
        best=_difference(two.point, one.point),
        high=None if both_approx else _difference(two.high, one.low),
        conflict=_bounds(two)[1] < _bounds(one)[0],  # a total that fell
        newest=day2,
        claims=tuple(sorted((one.id, two.id))),
        n_voices=1,
        voice=voice,
    )


def _difference(later: float | None, earlier: float | None) -> float | None:
    return None if later is None or earlier is None else max(0.0, later - earlier)


def _converted(
    rows: Iterable[Estimate],
    records: Mapping[str, Record],
    conversions: Iterable[Conversion],
    voice_of: Mapping[str, str],
) -> list[Estimate]:
    """1: reported cumulative and flow rows times a factor's range; the conversion of the nearest class."""
    usable = [c for c in conversions if all(claim in voice_of for claim in c.claims)]  # sorted by id
    converted: list[Estimate] = []
    for row in rows:
        if row.basis != "reported" or row.series.kind == "on_hand" or not row.has_number:
            continue
        path = records[row.series.record].class_path
        chosen: dict[str, Conversion] = {}
        for conversion in sorted(usable, key=_nearer(path)):
            if conversion.class_ in path and conversion.from_unit == row.series.unit:
                chosen.setdefault(conversion.to_unit, conversion)
        for conversion in chosen.values():
            claims = tuple(sorted({*row.claims, *conversion.claims}))
            result = replace(
                row,
                series=row.series._replace(unit=conversion.to_unit),
                basis="converted",
                low=_product(row.low, conversion.low),
                best=_product(row.best, conversion.point),
                high=_product(row.high, conversion.high),
                reported_max=None,
                claims=claims,
                n_voices=len({voice_of[claim] for claim in claims} - {UNATTRIBUTED}),
                conversion=conversion.id,
            )
            if result.has_number:
                converted.append(result)
    return converted


def _nearer(path: Sequence[str]) -> Callable[[Conversion], int]:
    return lambda c: -path.index(c.class_) if c.class_ in path else 1


def _product(number: float | None, factor: float | None) -> float | None:
    return None if number is None or factor is None else number * factor
