"""Dates, figures and codes as a reader who has never seen the project would say them."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from armsledger.files import Row
    from armsledger.shelf import Shelf

POINT = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?([?~%]?)")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_DOUBTS = {"": "{}", "?": "{} (uncertain)", "~": "about {}", "%": "about {} (uncertain)"}
_PLURALS = {
    "aircraft": ("aircraft", "aircraft"),
    "entity": ("entity", "entities"),
    "usd_nominal": ("US dollar (nominal)", "US dollars (nominal)"),
    "rub_nominal": ("rouble (nominal)", "roubles (nominal)"),
    "percent": ("percent", "percent"),
    "other": ("of another unit", "of another unit"),
}
_OPENING = {
    "approx": "about ",
    "at_least": "at least ",
    "more_than": "more than ",
    "at_most": "at most ",
    "up_to": "up to ",
    "under": "fewer than ",
}
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def visible(text: str) -> str:
    """Text in which nothing hides: control, format (bidi too) and lone surrogate characters as escapes."""
    return "".join(_escaped(c) if unicodedata.category(c) in _HIDDEN else c for c in text)


def _escaped(c: str) -> str:
    code = ord(c)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


# -- dates ---------------------------------------------------------------------------------------------------


def day(value: dt.date | None) -> str:
    """29 November 2024"""
    return "" if value is None else f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def when(edtf: str | None) -> str:
    """An EDTF text (the codebook's subset) in words, as precise as it is and no more."""
    if not edtf:
        return ""
    if edtf.startswith("[") and edtf.endswith("]"):
        inner = edtf[1:-1]
        if ".." in inner:
            first, _, last = inner.partition("..")
            return f"some time from {_point(first)} to {_point(last)}"
        return " or ".join(_point(one.strip()) for one in inner.split(","))
    if edtf == "..":
        return "open"
    if "/" in edtf:
        first, _, last = edtf.partition("/")
        if first == "..":
            return f"until {_point(last)}"
        return f"from {_point(first)} on" if last == ".." else f"{_point(first)} to {_point(last)}"
    return _point(edtf)


def _point(text: str) -> str:
    found = POINT.fullmatch(text)
    if not found:
        return text
    year, month, of_month, mark = found.groups()
    said = year
    if month and int(month) in _SEASONS:
        said = f"{_SEASONS[int(month)]} {year}"
    elif month and 1 <= int(month) <= 12:
        said = f"{MONTHS[int(month) - 1]} {year}"
        if of_month:
            said = f"{int(of_month)} {said}"
    return _DOUBTS[mark].format(said)


def on(edtf: str | None) -> str:
    """The same after a verb: on 29 November 2024, in October 2024, some time from ... to ..."""
    said = when(edtf)
    if not edtf or not said[:1].isalnum() or edtf[0] == "[" or "/" in edtf or edtf == "..":
        return said
    if said.startswith("about "):
        return said
    return f"on {said}" if edtf.count("-") == 2 else f"in {said}"


# -- figures -------------------------------------------------------------------------------------------------


def number(value: float | None) -> str:
    """5,000,000; 0.25"""
    if value is None:
        return ""
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,}"


def unit(shelf: Shelf, code: str | None, value: float | None = None) -> str:
    """The unit after a number: round for one, rounds for any other."""
    if not code:
        return ""
    label = shelf.words("unit", code)
    singular, plural = _PLURALS.get(code, (label, f"{label}s"))
    return singular if value == 1 else plural


def amount(shelf: Shelf, value: float | None, code: str | None) -> str:
    """5,000,000 rounds"""
    return f"{number(value)} {unit(shelf, code, value)}".strip()


def reading(shelf: Shelf, claim: Row) -> str:
    """How the figure of a claim is read: more than 5,000,000 rounds."""
    qualifier, code = claim["quantity_qualifier"], claim["quantity_unit"]
    if not qualifier:
        return ""
    value, low, high = claim["quantity_value"], claim["quantity_from"], claim["quantity_to"]
    if value is not None:
        return f"{_OPENING.get(qualifier, '')}{amount(shelf, value, code)}"
    if low is not None or high is not None:
        return f"{number(low)} to {amount(shelf, high, code)}"
    bounds = f"{number(claim['quantity_low'])} to {number(claim['quantity_high'])}"
    return f"{shelf.words('qualifier', qualifier)} of {unit(shelf, code)}, that is {bounds}"


# -- codes ---------------------------------------------------------------------------------------------------


def grade(shelf: Shelf, reliability: str | None, credibility: str | None) -> str:
    """C3: source fairly reliable, statement possibly true"""
    if not reliability and not credibility:
        return ""
    source = shelf.label("reliability", reliability).partition(": ")[2] if reliability else "not graded"
    statement = shelf.label("credibility", credibility).partition(": ")[2] if credibility else "not graded"
    return f"{reliability or '-'}{credibility or '-'}: source {source}, statement {statement}"


def locator(text: str, *, excerpt: bool = False) -> str:
    """p3 -> paragraph 3, or passage 3 of what was read of an excerpt; the rest as it is."""
    unit = "passage" if excerpt else "paragraph"
    return f"{unit} {text[1:]}" if re.fullmatch(r"p[0-9]+", text) else text


def listed(parts: Sequence[str], last: str = "and") -> str:
    """a, b and c"""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}" if parts else ""


def counted(n: int, singular: str, plural: str | None = None) -> str:
    """1 claim, 2 claims, no claims"""
    return f"{n or 'no'} {singular if n == 1 else plural or singular + 's'}"


def first_sentence(text: str) -> str:
    return text.partition(". ")[0].rstrip(".") + "." if text else ""


def lower_first(text: str) -> str:
    """With a small first letter, unless the first word is an acronym or a name such as R3."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
