"""Warnings that were looked at and stand: ``accepted.yaml``, one entry a warning, bound to the record's hash.

An entry is no switch: it holds for the file as it was when somebody looked, so the warning is back when the file
changes, and an entry whose warning is no longer given is itself an error (V06).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from armsledger.sums import digest
from schemas.rules import Finding, Rule

if TYPE_CHECKING:
    from compiler.check import Checked

_SUBJECT = ("id", "claim", "record", "row_key")  # the first of these that a row has says what it is about
DIGITS = 12


class Accepted:
    """The entries of one run of the check, and which of them were needed."""

    def __init__(self, checked: Checked, files: Mapping[str, bytes]) -> None:
        self._checked = checked
        self._files = files
        self._entries = {row["id"]: row for row in checked.tables["accepted"] if row.get("id")}
        self._needed: set[str] = set()

    def settled(self, rule: Rule, found: Finding) -> Finding | None:
        """The finding as it is to be reported, None if it was accepted."""
        if rule.severity != "warning":
            return found
        row = self._checked.tables[found.table][found.index]
        name = f"{next(row[key] for key in _SUBJECT if row.get(key))}.{rule.code}"
        file = self._checked.raw[found.table][found.index].file
        now = digest(self._files[file])[:DIGITS]
        entry = self._entries.get(name)
        if entry is None:
            how = f"{rule.help}; or, if it is right as it stands, add to accepted.yaml `{name}:`"
            return replace(found, help=f"{how} with `reason` and `sha256: {now}`")
        self._needed.add(name)
        if entry.get("sha256") == now:
            return None
        how = f"it was accepted for another state of the file; look again, and set `sha256: {now}`"
        return replace(found, help=f"{how} for {name} in accepted.yaml")

    def unused(self) -> Iterator[Finding]:
        """The entries whose warning was not given."""
        for name, row in self._entries.items():
            if name not in self._needed:
                yield Finding("accepted", row["#"], "id", f"`{name}` is not given")
