"""Step 3: everything that can be wrong, found in one run.

1. each cell is read by its column's type (``values``), text by the guards
2. Pandera on the typed columns, lazily: patterns, lengths, ranges, uniqueness
3. the rules, on rows whose bad cells are empty, so that nothing is reported twice
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from compiler.read import Mark
from compiler.report import Problem, problem
from compiler.rows import RawRow, Typed
from compiler.values import MAX_LENGTH, BadValue, guards, shown, value_of, words_of
from schemas import edtf
from schemas.codelists import CODELISTS, VAGUE_BOUNDS
from schemas.fields import Spec, specs
from schemas.layout import ALL_MODELS, GROUPS
from schemas.rules import RULES, World
from schemas.rules.model import Row, plain

STOCK_KINDS = ("cumulative", "on_hand", "share")


class Checked:
    """The typed rows by table, where each was typed, and every problem found."""

    def __init__(self, typed: Typed, seeds: Mapping[str, list[str]]) -> None:
        self.problems: list[Problem] = list(typed.problems)
        self.raw: dict[str, list[RawRow]] = {table: [] for table in ALL_MODELS}
        for row in typed.rows:
            self.raw[row.table].append(row)
        self.tables: dict[str, list[Row]] = {}
        for table, raw_rows in self.raw.items():
            self.tables[table] = [self._typed_row(i, row) for i, row in enumerate(raw_rows)]
        _fill_defaults(self.tables)
        as_of = next((row.get("as_of") for row in self.tables["dataset"]), None)
        self.world = World(self.tables, as_of, seeds, frozenset(typed.unread))
        for table in ALL_MODELS:
            self._pandera(table)
        self._file_names()
        self._rules()

    # --- 1: types and guards ------------------------------------------------------------------------------

    def _typed_row(self, index: int, raw: RawRow) -> Row:
        row: Row = {"#": index}
        for name, spec in specs(ALL_MODELS[raw.table]).items():
            if spec.by == "computed":
                continue
            row[name] = self._value(raw, name, spec)
            if spec.kind == "edtf":
                row.update(_bounds(name, row[name]))
        for name in raw.bad:
            row[f"{name}#bad"] = True
        return row

    def _value(self, raw: RawRow, name: str, spec: Spec) -> Any:
        cell = raw.cells.get(name)
        if cell is None:
            return value_of(spec.default, spec) if spec.default and name not in raw.bad else None
        before = len(self.problems)
        texts = cell.text if isinstance(cell.text, list) else [cell.text]
        marks = cell.marks or [cell.mark]
        try:
            value: Any = words_of(texts, spec) if isinstance(cell.text, list) else value_of(cell.text, spec)
        except BadValue as bad:
            value = None
            self._say(raw, marks[0] if len(marks) == 1 else cell.mark, bad.rule, cell.at, bad.message)
        if spec.kind in ("key", "ref", "text", "words") and value is not None:
            for text, mark in zip(texts, marks, strict=True):
                if spec.max_length is None and len(text) > MAX_LENGTH:
                    said = f"{len(text)} characters, at most {MAX_LENGTH}"
                    self._say(raw, mark, "S11", cell.at, said)
                for unsafe in guards(text):
                    self._say(raw, mark, unsafe.rule, cell.at, unsafe.message)
        if len(self.problems) > before:
            raw.bad.add(name)
            return None
        return value

    def _say(self, raw: RawRow, mark: Mark, rule: str, at: str, message: str, help: str = "") -> None:
        self.problems.append(problem(raw.file, mark, rule, message, at, help))

    # --- 2: Pandera -----------------------------------------------------------------------------------------

    def _pandera(self, table: str) -> None:
        rows = self.tables[table]
        if not rows:
            return
        columns = {n: s for n, s in specs(ALL_MODELS[table]).items() if s.by != "computed"}
        try:
            _entry_schema(table).validate(frame(table, rows, columns), lazy=True)
        except SchemaErrors as error:
            seen = set()
            for case in error.failure_cases.to_dict("records"):
                key = (case["index"], case["column"], case["check"])
                if key not in seen:
                    seen.add(key)
                    self._pandera_case(table, columns, case)

    def _pandera_case(self, table: str, columns: dict[str, Spec], case: dict[Any, Any]) -> None:
        column, check = str(case["column"]), str(case["check"])
        if case["index"] is None or pd.isna(case["index"]) or column not in columns:
            raise RuntimeError(f"{table}: Pandera reports what no cell explains: {case}")
        raw, spec, value = self.raw[table][int(case["index"])], columns[column], case["failure_case"]
        help = ""
        if check == "not_nullable":
            if column in raw.bad or _is_grouped(table, column, raw):
                return
            rule, message = "S02", f"missing key `{column}`"
        elif check == "field_uniqueness":
            first = next(r for r in self.raw[table] if r.cells.get(column) and r.cells[column].text == value)
            if first is raw:
                return
            where = first.cells[column]
            rule, message = "K01", f"`{shown(str(value))}` is used already at {first.file}:{where.mark.line}"
        elif check.startswith("str_matches"):
            rule, message = "S12", f"`{shown(str(value))}` does not have the form that is declared"
            help = f"{spec.title}: {spec.description} " + (
                f"Such as `{spec.example}`." if spec.example else f"In full: {spec.pattern}"
            )
        elif check.startswith("str_length"):
            rule, message = "S11", f"{len(str(value))} characters, at most {spec.max_length}"
        elif check.startswith(("greater_than", "less_than")):
            low = spec.minimum is not None and value < spec.minimum
            edge = spec.minimum if low else spec.maximum
            assert edge is not None
            rule, message = "S13", f"{plain(value)} is {'below' if low else 'above'} {plain(edge)}"
        else:
            raise RuntimeError(f"{table}.{column}: Pandera found {check}, which no rule names")
        mark, at = raw.place_of(column)
        self._say(raw, mark, rule, at, message, help)
        raw.bad.add(column)
        self._empty(table, int(case["index"]), column, spec)

    def _empty(self, table: str, index: int, column: str, spec: Spec) -> None:
        """Take a bad value out of the rules' sight; an id stays, since others refer to its row by it."""
        row = self.tables[table][index]
        row[f"{column}#bad"] = True
        if spec.kind != "key":
            row[column] = None

    # --- 3: rules -------------------------------------------------------------------------------------------

    def _file_names(self) -> None:
        for table in ("transfers", "events", "sources"):
            for raw, row in zip(self.raw[table], self.tables[table], strict=True):
                stem = Path(raw.file).stem
                if row.get("id") is not None and row["id"] != stem:
                    mark, at = raw.place_of("id")
                    self._say(raw, mark, "K02", at, f"`{shown(row['id'])}` stands in the file of `{stem}`")
                    row["id"] = stem  # by which its own claims, and others, know it

    def _rules(self) -> None:
        for rule in RULES.values():
            for found in rule.findings(self.world):
                raw = self.raw[found.table][found.index]
                if found.column in raw.bad:
                    continue
                mark, at = raw.place_of(found.column)
                self._say(raw, mark, rule.code, at, shown(found.message, 400), found.help)


def check(typed: Typed, seeds: Mapping[str, list[str]]) -> Checked:
    """Check what was typed against all that is declared. Never raises on what was typed."""
    return Checked(typed, seeds)


@cache
def _entry_schema(table: str) -> pa.DataFrameSchema:
    """The model of a table as far as people fill it; computed columns are checked when they are there."""
    schema = ALL_MODELS[table].to_schema()
    typed = specs(ALL_MODELS[table])
    schema = schema.remove_columns([n for n in schema.columns if typed[n].by == "computed"])
    schema.unique = None  # doubled rows of a list are K05, with a place that Pandera cannot give
    return schema


def frame(table: str, rows: list[Row], columns: Mapping[str, Spec]) -> pd.DataFrame:
    """The rows as a frame with each column in its declared dtype, whatever gaps it has."""
    return pd.DataFrame(
        {name: _column(spec, [row.get(name) for row in rows]) for name, spec in columns.items()}
    )


def _column(spec: Spec, values: list[Any]) -> Any:
    """One column in its declared dtype: an array, since pandas would align the indexes of Series."""
    if spec.kind == "words":
        return pd.Series(values, dtype=object).to_numpy()
    if spec.kind == "ladder":
        dtype = pd.CategoricalDtype(list(CODELISTS[spec.codelist].scale), ordered=True)
        return pd.Categorical(values, dtype=dtype)
    if spec.kind == "day":
        return np.array(values, dtype="datetime64[ms]")
    dtypes: dict[str, Any] = {"number": "Float64", "whole": "Int64", "flag": "boolean"}
    return pd.array(values, dtype=dtypes.get(spec.kind, "string"))


def _is_grouped(table: str, column: str, raw: RawRow) -> bool:
    """A column of a group that was reported as a whole."""
    return any(column.startswith(g + "_") and g in raw.bad for g in GROUPS.get(table, ()))


def _bounds(name: str, text: str | None) -> Row:
    if text is None:
        empty = dict.fromkeys(f"{name}_{part}" for part in ("earliest", "latest", "precision", "qualifier"))
        return {**empty, f"{name}#form": None}
    found = edtf.parse(text)
    return {
        f"{name}_earliest": found.earliest,
        f"{name}_latest": found.latest,
        f"{name}_precision": found.precision,
        f"{name}_qualifier": found.qualifier,
        f"{name}#form": found.form,
    }


def _fill_defaults(tables: dict[str, list[Row]]) -> None:
    """Defaults that depend on other cells: a claim's voice, the day of a stock, the bounds of a figure."""
    actors = {row["id"]: row for row in tables["actors"] if row.get("id")}
    for claim in tables["claims"]:
        if claim["voice"] is None and "voice#bad" not in claim:
            claim["voice"] = actors.get(claim["claimant"] or "", {}).get("voice")
        if claim["as_of"] is None and "as_of#bad" not in claim and claim["kind"] in STOCK_KINDS:
            claim["as_of"] = claim["stated_on"]
            claim.update(_bounds("as_of", claim["stated_on"]))
        claim.update(figure_bounds(claim))


def figure_bounds(claim: Row) -> dict[str, float | None]:
    """Low, point and high of a figure, by its qualifier."""
    qualifier, value = claim["quantity_qualifier"], claim["quantity_value"]
    low = point = high = None
    if qualifier in ("exact", "approx"):
        low = point = high = value
    elif qualifier in ("at_least", "more_than"):
        low = value
    elif qualifier in ("at_most", "up_to", "under"):
        high = value
    elif qualifier == "between":
        low, high = claim["quantity_from"], claim["quantity_to"]
    elif qualifier in VAGUE_BOUNDS:
        low, high = (float(bound) for bound in VAGUE_BOUNDS[qualifier])
    return {"quantity_low": low, "quantity_point": point, "quantity_high": high}
