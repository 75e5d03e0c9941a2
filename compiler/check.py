"""Step 3: everything that can be wrong, found in one run.

1. each cell is read by its column's type, text by the guards (``cells``)
2. Pandera on the typed columns, lazily: patterns, lengths, ranges, uniqueness (``models``)
3. the rules, on rows whose bad cells are empty, so that nothing is reported twice; of warnings those that
   were accepted (``accepted.yaml``) are left out
4. what earlier releases promise (``promises``), once all else is sound
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from compiler.accepting import Accepted
from compiler.cells import fill_defaults, typed_row
from compiler.models import against_model
from compiler.past import Past
from compiler.promises import broken
from compiler.read import Mark
from compiler.report import Problem, errors, problem
from compiler.rows import RawRow, Typed
from schemas.fields import specs
from schemas.guards import shown
from schemas.layout import ALL_MODELS, LAYOUTS
from schemas.rules import RULES, Finding, World
from schemas.rules.model import Row


@dataclass(frozen=True, slots=True)
class Checked:
    """The typed rows by table, where each was typed, and every problem found."""

    raw: dict[str, list[RawRow]]
    tables: dict[str, list[Row]]
    world: World
    problems: list[Problem] = field(default_factory=list)
    past: Past = field(default_factory=Past)


def check(typed: Typed, seeds: Mapping[str, list[str]], past: Past | None = None) -> Checked:
    """Check what was typed against all that is declared, and published. Never raises on what was typed."""
    problems = list(typed.problems)
    raw: dict[str, list[RawRow]] = {table: [] for table in ALL_MODELS}
    for row in typed.rows:
        raw[row.table].append(row)
    tables = {
        table: [typed_row(i, row, problems) for i, row in enumerate(rows)] for table, rows in raw.items()
    }
    fill_defaults(tables)
    as_of = next((row.get("as_of") for row in tables["dataset"]), None)
    world = World(tables, as_of, seeds, frozenset(typed.unread))
    checked = Checked(raw, tables, world, problems, past or Past())
    for table in ALL_MODELS:
        for code, found in against_model(table, tables[table], raw[table]):
            _report(checked, code, found)
            _empty(checked, found)
    _file_names(checked)
    accepted = Accepted(checked, {file.path: file.data for file in typed.files})
    for rule in RULES.values():
        for found in rule.findings(checked.world):
            if found.column not in raw[found.table][found.index].bad:
                settled = accepted.settled(rule, found)
                if settled is not None:
                    _report(checked, rule.code, settled)
    if not errors(problems):
        for unused in accepted.unused():
            _report(checked, "V06", unused)
        graveyard = next((f.path for f in typed.files if f.path.endswith(LAYOUTS["retired"].path)), "")
        for code, promise in broken(tables, checked.past):
            if isinstance(promise, Finding):
                _report(checked, code, promise)
            else:
                problems.append(problem(graveyard, Mark(1, 1), code, promise))
    return checked


def _report(checked: Checked, code: str, found: Finding) -> None:
    raw = checked.raw[found.table][found.index]
    mark, at = raw.place_of(found.column)
    checked.problems.append(problem(raw.file, mark, code, found.message, at, found.help))


def _empty(checked: Checked, found: Finding) -> None:
    """Take a bad value out of the rules' sight; an id stays, since others refer to its row by it."""
    checked.raw[found.table][found.index].bad.add(found.column)
    row = checked.tables[found.table][found.index]
    row[f"{found.column}#bad"] = True
    if specs(ALL_MODELS[found.table])[found.column].kind != "key":
        row[found.column] = None


def _file_names(checked: Checked) -> None:
    """K02: a record's id is its file's name; by that its own claims, and other records, know it."""
    for table in (layout.table for layout in LAYOUTS.values() if layout.one_file_a_row):
        for raw, row in zip(checked.raw[table], checked.tables[table], strict=True):
            stem = Path(raw.file).stem
            if row.get("id") is not None and row["id"] != stem:
                message = f"`{shown(row['id'])}` stands in the file of `{stem}`"
                _report(checked, "K02", Finding(table, row["#"], "id", message))
                row["id"] = stem
