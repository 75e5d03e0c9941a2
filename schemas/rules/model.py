"""What a rule is: a code, a demand, a help text, and (where Table Schema cannot say it) a function.

A row rule is called for each row of its table and yields ``(column, message)``; a world rule is called once
and yields `Finding`. Both are pure and never raise: a value that is missing or was already found bad is None.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Literal

Row = dict[str, Any]
Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong at ``column`` of the ``index``-th row of ``table``; ``column`` "" is the row itself."""

    table: str
    index: int
    column: str
    message: str
    help: str = ""


@dataclass(frozen=True)
class World:
    """The typed rows of one dataset and what else a rule may look at. Each row knows its ``#`` (index)."""

    tables: Mapping[str, Sequence[Row]]
    as_of: date | None
    seeds: Mapping[str, Sequence[str]] = field(default_factory=dict)  # seed file -> its paragraphs
    unread: frozenset[str] = frozenset()  # tables of which something could not be read

    def whole(self, *tables: str) -> bool:
        """Whether all that was typed of ``tables`` could be read; else what seems missing may be there."""
        return not self.unread & set(tables)

    def rows(self, table: str) -> Sequence[Row]:
        return self.tables.get(table, ())

    def by_id(self, table: str) -> Mapping[str, Row]:
        """Rows of a keyed table by id; of doubled ids the first. ``records`` are transfers and events."""
        return self._by_id.get(table, {})

    def get(self, table: str, key: str | None) -> Row:
        """The row, or an empty one: a dangling reference is K03's finding and nobody else's."""
        return self.by_id(table).get(key or "", {})

    def claims_of(self, record: str | None) -> Sequence[Row]:
        return self.children("claims", "record").get(record or "", ())

    def children(self, table: str, parent: str) -> Mapping[str, Sequence[Row]]:
        """Rows of ``table`` by the value of ``parent``."""
        cache: dict[tuple[str, str], Mapping[str, Sequence[Row]]] = self._children
        if (table, parent) not in cache:
            found: dict[str, list[Row]] = defaultdict(list)
            for row in self.rows(table):
                if row.get(parent):
                    found[row[parent]].append(row)
            cache[table, parent] = found
        return cache[table, parent]

    @cached_property
    def _children(self) -> dict[tuple[str, str], Mapping[str, Sequence[Row]]]:
        return {}

    @cached_property
    def _by_id(self) -> dict[str, dict[str, Row]]:
        found: dict[str, dict[str, Row]] = {}
        for table, rows in self.tables.items():
            if rows and "id" in rows[0] and table != "records":
                index: dict[str, Row] = {}
                for row in rows:
                    if row.get("id"):
                        index.setdefault(row["id"], row)
                found[table] = index
        found["records"] = {**found.get("transfers", {}), **found.get("events", {})}
        return found


def plain(value: float) -> str:
    """A number as a person would type it, without an exponent."""
    return f"{value:.15g}"


RowCheck = Callable[[Row, World], Iterable[tuple[str, str]]]
WorldCheck = Callable[[World], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """``demand`` is what good data do; ``help`` what to do about a finding."""

    code: str
    demand: str
    help: str
    severity: Severity = "error"
    table: str = ""
    row_check: RowCheck | None = None
    world_check: WorldCheck | None = None

    def findings(self, world: World) -> Iterator[Finding]:
        if self.row_check:
            for row in world.rows(self.table):
                for column, message in self.row_check(row, world):
                    yield Finding(self.table, row["#"], column, message)
        if self.world_check:
            yield from self.world_check(world)


RULES: dict[str, Rule] = {}


def declare(code: str, demand: str, help: str) -> None:
    """A rule that an earlier step enforces (reading, shape, types, Pandera); it has no function here."""
    _add(Rule(code, demand, help))


def row_rule(
    code: str, table: str, demand: str, help: str, *, severity: Severity = "error"
) -> Callable[[RowCheck], RowCheck]:
    def register(check: RowCheck) -> RowCheck:
        _add(Rule(code, demand, help, severity, table, row_check=check))
        return check

    return register


def world_rule(
    code: str, demand: str, help: str, *, severity: Severity = "error"
) -> Callable[[WorldCheck], WorldCheck]:
    def register(check: WorldCheck) -> WorldCheck:
        _add(Rule(code, demand, help, severity, world_check=check))
        return check

    return register


def _add(rule: Rule) -> None:
    if rule.code in RULES:
        raise ValueError(f"rule {rule.code} is declared twice")
    RULES[rule.code] = rule
