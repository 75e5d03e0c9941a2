"""Days of documents as citations have them: EDTF to CSL dates, never more precise than the source."""

from __future__ import annotations

import datetime as dt
import re
from itertools import takewhile
from typing import Any

from armsledger.stories.words import POINT

CslDate = dict[str, Any]  # "date-parts": one day, month or year, or two for a range; "circa": true

_BETWEEN = re.compile(r"/|\.\.|,")


def csl_date(edtf: str) -> CslDate | None:
    """An EDTF text (the codebook's subset) as a CSL date; None if it gives no year at all.

    A set is what its members have in common, circa: ``[2024-11-29..2024-12-31]`` is circa 2024; if not even the
    year, it is a range of years. An interval is a range, one with an open end circa its known end. Uncertain and
    approximate days are circa. A season is its year, since few processors print seasons.
    """
    within = edtf.removeprefix("[").removesuffix("]")
    points = [found for text in _BETWEEN.split(within) if (found := POINT.fullmatch(text.strip()))]
    if not points:
        return None
    days = sorted(_parts(found) for found in points)
    one_of = within != edtf
    circa = one_of or ".." in edtf or any(found[4] for found in points)
    first, last = days[0], days[-1]
    if one_of:
        shared = [
            one for one, _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
        ]
        first, last = (shared, shared) if shared else (first[:1], last[:1])
    date: CslDate = {"date-parts": [first] if first == last else [first, last]}
    return date | {"circa": True} if circa else date


def _parts(point: re.Match[str]) -> list[int]:
    year, month, day = point[1], point[2], point[3]
    if month and int(month) > 12:
        month = None
    return [int(part) for part in (year, month, day) if part]


def csl_day(day: dt.date) -> CslDate:
    return {"date-parts": [[day.year, day.month, day.day]]}


def years(date: CslDate) -> str:
    """2024; ca. 2024; 2023–2024"""
    first, last = date["date-parts"][0][0], date["date-parts"][-1][0]
    told = str(first) if first == last else f"{first}–{last}"
    return f"ca. {told}" if date.get("circa") else told
