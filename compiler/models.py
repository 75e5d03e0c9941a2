"""The second part of step 3: Pandera on the typed columns of each table, lazily, in the words of our rules.

Pandera names a row, a column, a check and the value that failed; a rule says what that means to a coder.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from compiler.frames import frame
from compiler.rows import RawRow
from schemas.fields import Spec, specs
from schemas.guards import shown
from schemas.layout import ALL_MODELS, group_of
from schemas.rules import Finding
from schemas.rules.model import Row, plain


def against_model(table: str, rows: list[Row], raw: list[RawRow]) -> list[tuple[str, Finding]]:
    """What the table's model refuses, as rule and finding."""
    if not rows:
        return []
    columns = {n: s for n, s in specs(ALL_MODELS[table]).items() if s.by != "computed"}
    try:
        _entry_schema(table).validate(frame(rows, columns), lazy=True)
    except SchemaErrors as error:
        cases = {(c["index"], c["column"], c["check"]): c for c in error.failure_cases.to_dict("records")}
        return [found for case in cases.values() for found in _in_words(table, raw, columns, case)]
    return []


@cache
def _entry_schema(table: str) -> pa.DataFrameSchema:
    """The model of a table as far as people fill it; computed columns are checked when they are there."""
    schema = ALL_MODELS[table].to_schema()
    typed = specs(ALL_MODELS[table])
    schema = schema.remove_columns([n for n in schema.columns if typed[n].by == "computed"])
    schema.unique = None  # doubled rows of a list are K05, with a place that Pandera cannot give
    return schema


def _in_words(
    table: str, raw_rows: list[RawRow], columns: dict[str, Spec], case: dict[Any, Any]
) -> Iterator[tuple[str, Finding]]:
    column, check = str(case["column"]), str(case["check"])
    if case["index"] is None or pd.isna(case["index"]) or column not in columns:
        raise RuntimeError(f"{table}: Pandera reports what no cell explains: {case}")
    index = int(case["index"])
    raw, spec, value = raw_rows[index], columns[column], case["failure_case"]
    if check == "not_nullable":
        if column not in raw.bad and not _is_grouped(table, column, raw):
            yield "S02", Finding(table, index, column, f"missing key `{column}`")
    elif check == "field_uniqueness":
        first = next(r for r in raw_rows if r.cells.get(column) and r.cells[column].text == value)
        if first is not raw:
            where = f"{first.file}:{first.cells[column].mark.line}"
            yield "K01", Finding(table, index, column, f"`{shown(str(value))}` is used already at {where}")
    elif check.startswith("str_matches"):
        form = f"Such as `{spec.example}`." if spec.example else f"In full: {spec.pattern}"
        message = f"`{shown(str(value))}` does not have the form that is declared"
        yield "S12", Finding(table, index, column, message, f"{spec.title}: {spec.description} {form}")
    elif check.startswith("str_length"):
        message = f"{len(str(value))} characters, at most {spec.max_length}"
        yield "S11", Finding(table, index, column, message)
    elif check.startswith(("greater_than", "less_than")):
        low = spec.minimum is not None and value < spec.minimum
        edge = spec.minimum if low else spec.maximum
        assert edge is not None
        message = f"{plain(value)} is {'below' if low else 'above'} {plain(edge)}"
        yield "S13", Finding(table, index, column, message)
    else:
        raise RuntimeError(f"{table}.{column}: Pandera found {check}, which no rule names")


def _is_grouped(table: str, column: str, raw: RawRow) -> bool:
    """A column of a group that was reported as a whole."""
    return group_of(table, column) in raw.bad
