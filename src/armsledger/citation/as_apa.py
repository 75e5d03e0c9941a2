"""A CSL item in APA style: the Publication Manual's 7th edition, chapters 9 and 10, in plain text.

The order of the elements is that of CSL's ``apa.csl``, for the types and fields that this package makes. What
that style leaves out, the item's note (how to get rows back), comes last.
"""

from __future__ import annotations

from armsledger.citation.dates import CslDate, years
from armsledger.citation.items import Item
from armsledger.stories.words import MONTHS

_TO_THE_DAY = ("article-newspaper", "document", "post", "webpage")  # others are dated by their year
_IN_SERIES = "article-newspaper"


def apa(item: Item) -> str:
    """Author. (Date). Title (Number; Version) [Description]. Source. Address Note"""
    within = item.get("container-title")
    number, version = item.get("number"), item.get("version")
    if number and number.isdecimal():
        number = f"No. {number}"
    named = "; ".join(part for part in (number, version and f"Version {version}") if part)
    named = f"({named})" if named else ""
    title, medium = item.get("title"), item.get("medium")
    described = f"[{medium}]" if medium else ""
    issued = item.get("issued")
    told = _date(issued, item["type"] in _TO_THE_DAY) if issued else "n.d."
    apart = within and item["type"] != _IN_SERIES
    elements = [
        _names([author["literal"] for author in item["author"]]),
        f"({told})",
        " ".join(part for part in (title, "" if apart else named, described) if part),
        f"In {within} {named}".rstrip() if apart else within,
        item.get("publisher"),
    ]
    text = " ".join(_stopped(element) for element in elements if element)
    return " ".join(part for part in (text, _address(item), item.get("note")) if part)


def _names(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])}, & {names[-1]}"


def _stopped(element: str) -> str:
    return element if element.endswith((".", "?", "!")) else f"{element}."


def _address(item: Item) -> str:
    if "DOI" in item:
        return f"https://doi.org/{item['DOI']}"
    url = str(item.get("URL", ""))
    if (
        url and "issued" not in item and "accessed" in item
    ):  # 9.16: of an undated page, the day on which it was read
        year, month, day = item["accessed"]["date-parts"][0]
        return f"Retrieved {MONTHS[month - 1]} {day}, {year}, from {url}"
    return url


def _date(date: CslDate, to_the_day: bool) -> str:
    """2024, November 29; ca. 2024; 2023–2024; 2024, November 29–30"""
    first, last = date["date-parts"][0], date["date-parts"][-1]
    told = years(date)
    if to_the_day and first[0] == last[0] and len(first) > 1:
        months = _month_and_day(first)
        if first != last:
            same = first[1] == last[1] and len(last) > 2
            months += f"–{last[2] if same else _month_and_day(last)}"
        told += f", {months}"
    return told


def _month_and_day(parts: list[int]) -> str:
    return " ".join([MONTHS[parts[1] - 1], *map(str, parts[2:])])
