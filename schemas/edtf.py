"""Dates no more precise than their source: the EDTF subset of the codebook, with strict bounds.

Level 0 and 1 without letters and without years of more than four digits, and the Level 2 sets ``[a,b]`` and
``[a..b]``. A slash means that it lasted, brackets that it was one of these. ``..`` is an open end.

PyPI's ``edtf`` reads far more than this and is the oracle in the tests; it is not used here because it takes
2023-02-29 for a day and winter for December. Out of scope: fuzzy bounds, unspecified digits (``202X``).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

_POINT = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?([?~%])?\Z")
_QUALIFIERS = {"?": "uncertain", "~": "approximate", "%": "both"}
YEARS = range(1000, 9999)  # four digits in every program, and a day to spare for those that count on
_SEASON_START = {21: 3, 22: 6, 23: 9, 24: 12}  # northern: spring, summer, autumn, winter (into the next year)

Form = Literal["point", "interval", "set"]


@dataclass(frozen=True, slots=True)
class Bounds:
    """Earliest and latest day (None: open), precision and qualifier as the codelists have them."""

    form: Form
    earliest: date | None
    latest: date | None
    precision: str
    qualifier: str | None


class NotEdtf(ValueError):
    """The text is no date of the subset; the message says why."""


@lru_cache(maxsize=65536)
def parse(text: str) -> Bounds:
    """The bounds of ``text``; raises `NotEdtf`."""
    if text.startswith("[") and text.endswith("]"):
        return _set(text[1:-1])
    if text == "..":
        return Bounds("interval", None, None, "6", None)
    if "/" in text:
        start, _, end = text.partition("/")
        if start == end == "..":
            raise NotEdtf("has no end that is known; write `..`")
        return _between("interval", start, end)
    earliest, latest, precision, qualifier = _point(text)
    return Bounds("point", earliest, latest, precision, qualifier)


def _set(inner: str) -> Bounds:
    if ".." in inner:
        start, _, end = inner.partition("..")
        return _between("set", start, end)
    members = [_point(part.strip(" ")) for part in inner.split(",")]
    if len(members) < 2:
        raise NotEdtf("is a set of one; write the date without brackets")
    earliest, latest = min(m[0] for m in members), max(m[1] for m in members)
    return Bounds("set", earliest, latest, _width(earliest, latest), _doubt(m[3] for m in members))


def _between(form: Form, start: str, end: str) -> Bounds:
    if form == "set" and (start in ("", "..") or end in ("", "..")):
        raise NotEdtf("is a set with an open end; give both ends")
    low = None if start == ".." else _point(start)
    high = None if end == ".." else _point(end)
    earliest, latest = low[0] if low else None, high[1] if high else None
    if low and high and low[0] > high[1]:
        raise NotEdtf(f"runs backwards: {start} is after {end}")
    return Bounds(form, earliest, latest, _width(earliest, latest), _doubt(p[3] for p in (low, high) if p))


def _point(text: str) -> tuple[date, date, str, str | None]:
    found = _POINT.match(text)
    if not found:
        raise NotEdtf(_why_not(text))
    year, month, day, mark = found.groups()
    y, qualifier = int(year), _QUALIFIERS.get(mark or "")
    if y not in YEARS:
        raise NotEdtf(f"has year {year}, which no source can mean")
    if month is None:
        return date(y, 1, 1), date(y, 12, 31), "5", qualifier
    m = int(month)
    if m in _SEASON_START:
        if day:
            raise NotEdtf(f"{text} is a season with a day")
        first = _SEASON_START[m]
        last_year, last = (y, first + 2) if first < 12 else (y + 1, 2)
        return date(y, first, 1), _month_end(last_year, last), "4", qualifier
    if not 1 <= m <= 12:
        raise NotEdtf(f"has no month {month}; seasons are 21 to 24")
    if day is None:
        return date(y, m, 1), _month_end(y, m), "3", qualifier
    d = int(day)
    if not 1 <= d <= calendar.monthrange(y, m)[1]:
        raise NotEdtf(f"is no day of the calendar: {year}-{month} has {calendar.monthrange(y, m)[1]} days")
    return date(y, m, d), date(y, m, d), "1", qualifier


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _doubt(qualifiers: Iterable[str | None]) -> str | None:
    found = {q for q in qualifiers if q}
    return None if not found else found.pop() if len(found) == 1 else "both"


def _width(earliest: date | None, latest: date | None) -> str:
    """The narrowest precision code that covers the span."""
    if earliest is None or latest is None:
        return "6"
    days = (latest - earliest).days + 1
    for code, most in (("1", 1), ("2", 7), ("3", 31), ("4", 92), ("5", 366)):
        if days <= most:
            return code
    return "6"


def _why_not(text: str) -> str:
    if "X" in text or "x" in text:
        return "has an unspecified digit; write the set, such as [2024-10..2024-12]"
    if "T" in text:
        return "has a time of day; write the day only"
    if re.match(r"[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4}\Z", text):
        return "has the day first; write YYYY-MM-DD"
    if re.match(r"[0-9]{4}-[0-9]-?|[0-9]{4}-[0-9]{2}-[0-9]\Z", text):
        return "lacks a leading zero; write YYYY-MM-DD"
    return (
        "is no date; write 2024, 2024-11, 2024-11-29, 2024-10?, 2024-10/2024-12 or [2024-10-01..2024-11-29]"
    )
