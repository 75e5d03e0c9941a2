"""Problems: where, how bad, which rule, what is wrong, what to do; and how a run prints them.

A problem's text is the interface that a coder meets most often. Everything found in a run is shown at once,
sorted by place, and each place is ``file:line:column`` so that an editor can jump to it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from schemas.rules import RULES
from schemas.rules.model import Severity

LONGEST_MESSAGE = 400


class Place(Protocol):
    """A line and a column, both from 1."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One finding. ``at`` is the YAML path (``claims[1].quantity.from``), lines and columns count from 1."""

    file: str
    line: int
    column: int
    rule: str
    at: str
    message: str
    help: str = ""
    severity: Severity = "error"


def problem(file: str, mark: Place, rule: str, message: str, at: str = "", help: str = "") -> Problem:
    """A finding of ``rule``, with the rule's own severity and, unless one is given, its help."""
    declared = RULES[rule]
    if len(message) > LONGEST_MESSAGE:  # what was typed, a YAML tag say, can fill the file
        message = message[: LONGEST_MESSAGE - 3] + "..."
    return Problem(file, mark.line, mark.column, rule, at, message, help or declared.help, declared.severity)


def errors(problems: Iterable[Problem]) -> list[Problem]:
    return [p for p in problems if p.severity == "error"]


def as_text(problems: Iterable[Problem]) -> str:
    """Each problem on a line, its help under it, each help once a rule and message."""
    lines = []
    for p in sorted(set(problems)):
        where = f"{_printable(p.file)}:{p.line}:{p.column}: {p.severity} {p.rule}"
        lines.append(
            f"{where} {_printable(p.at)}: {_printable(p.message)}"
            if p.at
            else f"{where}: {_printable(p.message)}"
        )
        if p.help:
            lines.append(f"  help: {_printable(p.help)}")
    return "\n".join(lines)


def as_github(problems: Iterable[Problem]) -> str:
    """GitHub's workflow commands, so that problems stand beside the lines of a pull request."""
    lines = []
    for p in sorted(set(problems)):
        text = f"{p.at}: {p.message}" if p.at else p.message
        body = f"{text}\nhelp: {p.help}" if p.help else text
        lines.append(
            f"::{p.severity} file={_escape(p.file, True)},line={p.line},col={p.column},"
            f"title={_escape(p.rule, True)}::{_escape(body)}"
        )
    return "\n".join(lines)


def as_json(problems: Iterable[Problem]) -> str:
    """A JSON list of objects with the fields of `Problem`."""
    rows = [{name: getattr(p, name) for name in Problem.__dataclass_fields__} for p in sorted(set(problems))]
    return json.dumps(rows, ensure_ascii=False, indent=2)


FORMATS = {"text": as_text, "github": as_github, "json": as_json}


def summary(problems: Iterable[Problem]) -> str:
    """``2 errors, 1 warning``; empty where there is nothing to say."""
    found = set(problems)
    n_errors = len(errors(found))
    parts = []
    for n, word in ((n_errors, "error"), (len(found) - n_errors, "warning")):
        if n:
            parts.append(f"{n} {word}{'' if n == 1 else 's'}")
    return ", ".join(parts)


def _printable(text: str) -> str:
    """What a terminal cannot be made to act on: control and format characters are shown as escapes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def _escape(text: str, is_property: bool = False) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if is_property else text
