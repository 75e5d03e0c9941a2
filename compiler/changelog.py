"""CHANGELOG.md: what a person wrote under [Unreleased] becomes a release's block, with what the data say below.

Keep a Changelog 1.1.0. The lines on the data are rendered from the difference of the two releases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from armsledger.differences import Change
from compiler.diff import added_ids, moved

UNRELEASED = "## [Unreleased]"
_COUNTED = ("transfers", "events", "claims", "sources")
_HEADING = re.compile(r"^## \[", re.M)


class NothingSaid(ValueError):
    """[Unreleased] is missing or empty."""


def released(text: str, version: str, day: str, lines: Iterable[str]) -> str:
    """The changelog with a block for ``version`` of what stood under [Unreleased], and ``lines`` on the data."""
    before, found, rest = text.partition(UNRELEASED)
    if not found:
        raise NothingSaid(f"CHANGELOG.md has no heading `{UNRELEASED}`")
    following = _HEADING.search(rest)
    said = rest[: following.start()] if following else rest
    older = rest[following.start() :] if following else ""
    if not re.search(r"^- \S", said, re.M):
        raise NothingSaid(f"CHANGELOG.md says nothing under `{UNRELEASED}`; write what a reader should know")
    data = "\n".join(["### Data", "", *(f"- {line}" for line in lines)])
    block = f"## [{version}] - {day}\n\n{said.strip()}\n\n{data}\n"
    return f"{before}{UNRELEASED}\n\n{block}" + (f"\n{older}" if older else "")


def data_lines(counts: Mapping[str, int], old: str, changes: Sequence[Change]) -> Iterator[str]:
    """What is in the release, and what changed since ``old`` (empty: it is the first)."""
    parts = (f"{counts[table]} {table if counts[table] != 1 else table[:-1]}" for table in _COUNTED)
    yield f"In it: {', '.join(parts)}."
    if not old:
        return
    rows = [one for one in changes if one.row_key and one.table != "codelists"]
    for line in added_ids(rows, most=len(rows)):
        if line.split()[0] in _COUNTED:
            yield f"Added, {line}."
    for word in ("changed", "retired"):
        keys = dict.fromkeys(one.row_key for one in rows if one.change == word)
        if keys:
            yield f"{word.capitalize()}, rows {len(keys)}: {', '.join(keys)}."
    for one in changes:
        if not one.row_key and one.change == "renamed":
            yield f"Renamed: {'.'.join(filter(None, (one.table, one.column)))}, was {one.old}."
    for line in moved(changes):
        yield f"Moved: {line}."
    yield f'Every change, with old and new values and the reason: `armsledger.changes("{old}")`, `changes.csv`.'
