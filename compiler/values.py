"""Reading one typed scalar by its column's type, and nothing else: no guessing, nothing lost.

What is accepted is narrower than what Python's own ``int`` and ``float`` take (``1_000``, ``1e6``, Arabic
digits), so that every reader of the published tables gets back the very number that was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from schemas import edtf
from schemas.codelists import CODELISTS
from schemas.fields import Spec
from schemas.guards import faults, shown
from schemas.rules import nearest

_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,14})\Z")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?\Z")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
MAX_DIGITS = 15  # what a 64-bit float gives back unchanged
MAX_LENGTH = 1000  # where no other is declared; with MAX_WORDS no cell is more than readers of CSV take
MAX_WORDS = 100


class BadValue(ValueError):
    """A value that its column's type refuses: the rule's code and what is wrong."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message


def value_of(text: str, spec: Spec) -> Any:
    """The typed value of ``text``. Raises `BadValue`."""
    if spec.kind in ("number", "whole"):
        return _number(text) if spec.kind == "number" else _whole(text)
    if spec.kind == "flag":
        if text not in ("true", "false"):
            raise BadValue("S07", f"`{shown(text)}` is neither true nor false")
        return text == "true"
    if spec.kind == "day":
        return _day(text)
    if spec.kind == "edtf":
        try:
            edtf.parse(text)
        except edtf.NotEdtf as error:
            raise BadValue("S09", f"`{shown(text)}` {error}") from None
        return text
    if spec.codelist:
        _code(text, spec)
    return text


def words_of(texts: list[str], spec: Spec) -> list[str]:
    """The typed value of a list of words."""
    if len(texts) > MAX_WORDS:
        raise BadValue("S11", f"{len(texts)} words, at most {MAX_WORDS}")
    for word in texts:
        if "|" in word:
            raise BadValue("T06", f"`{shown(word)}` holds a `|`")
        if texts.count(word) > 1:
            raise BadValue("T06", f"`{shown(word)}` stands twice")
        if spec.codelist and word != "all":
            _code(word, spec)
    if "all" in texts and len(texts) > 1:
        raise BadValue("T06", "`all` stands beside other words")
    return texts


def guards(text: str) -> Iterator[BadValue]:
    """What is wrong with a text whatever its column."""
    return (BadValue(rule, message) for rule, message in faults(text))


def _code(text: str, spec: Spec) -> None:
    values = CODELISTS[spec.codelist].values
    if text in values:
        return
    near = nearest(text, list(values))
    hint = f"; did you mean `{near[0]}`?" if near else f"; one of: {', '.join(values)}"
    raise BadValue("S08", f"`{shown(text)}` is not in the list {spec.codelist}{hint}")


def _whole(text: str) -> int:
    if not _WHOLE.match(text):
        raise BadValue("S06", f"`{shown(text)}` is no whole number")
    return int(text)


def _number(text: str) -> float:
    if not _NUMBER.match(text):
        raise BadValue("S05", f"`{shown(text)}` is no number")
    digits = text.lstrip("-").replace(".", "").lstrip("0")
    if len(digits) > MAX_DIGITS:
        raise BadValue("S05", f"`{shown(text)}` has more than {MAX_DIGITS} digits")
    value = float(text) + 0.0  # no negative zero
    if Decimal(repr(value)) != Decimal(text):
        raise BadValue("S05", f"`{shown(text)}` is too small to be told from 0")
    return value


def _day(text: str) -> date:
    if not _DAY.match(text):
        raise BadValue("S10", f"`{shown(text)}` is no day")
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise BadValue("S10", f"`{text}` is no day of the calendar: {error}") from None
    if day.year not in edtf.YEARS:
        raise BadValue("S10", f"`{text}` has a year that no source can mean")
    return day
