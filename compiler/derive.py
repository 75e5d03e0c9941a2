"""Step 5: what is computed from what was typed: joins, the assessment, the panel, the flat views.

No rule stands here. Estimates, ladder and confidence are ``armsledger.assess``'s, which the installed package
calls too; this step gives it the columns it reads, and gives each table the columns it declares. Every whole
table is then validated by its Pandera model: a failure here is a fault of the compiler, never of a record.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from armsledger.assess import assess, subjects
from armsledger.differences import about, differences
from armsledger.panels import dyad_panel
from armsledger.tabular import rows_of
from compiler.check import Checked
from compiler.frames import frame
from compiler.joins import joined
from compiler.metadata import metadata, package_head
from compiler.past import sheet_of
from compiler.read import File
from compiler.views import claims_flat, transfers_flat
from schemas.fields import specs
from schemas.layout import MODELS
from schemas.rules.model import Row

Tables = dict[str, pd.DataFrame]


def derive(checked: Checked, files: Iterable[File]) -> Tables:
    """Every table of the release, typed and validated."""
    rows = joined(checked, {file.path: file for file in files})
    claims, conversions, links, actors = (
        _frame(table, rows[table]) for table in ("claims", "conversions", "record_links", "actors")
    )
    records = subjects(*(_frame(table, rows[table]) for table in ("transfers", "events", "participants")))
    dataset = checked.tables["dataset"][0]
    day = dataset["as_of"]
    result = assess(claims, records, conversions, day=day)
    rows["estimates"] = rows_of(result.estimates)
    rows["transfer_status"] = rows_of(result.transfer_status)
    for table, computed in (("transfers", result.transfers), ("events", result.events)):
        by_id = {row["id"]: row for row in rows_of(computed)}
        for row in rows[table]:
            row.update(by_id[row["id"]])
    scope = {"first": dataset["coverage_start"], "last": min(day, dataset["coverage_end"] or day)}
    months = dyad_panel(claims, records, links, actors, freq="M", **scope, as_of=day)
    rows["dyad_month"] = rows_of(months)
    rows["transfers_flat"] = transfers_flat(rows, checked.world)
    rows["claims_flat"] = claims_flat(rows, checked.world)
    rows["changes"] = []
    tables = {table: _frame(table, rows[table]) for table in MODELS}
    tables["changes"] = _frame("changes", _changes(tables, checked))
    for table, model in MODELS.items():
        model.validate(tables[table])
    return tables


def _frame(table: str, rows: list[Row]) -> pd.DataFrame:
    return frame(rows, specs(MODELS[table]))


def _changes(tables: Tables, checked: Checked) -> list[Row]:
    """What differs from the last release; nothing where there is none."""
    if not checked.past.last:
        return []
    now = {table: sheet_of(table, rows_of(made)) for table, made in tables.items()}
    now["dataset"] = about(package_head(metadata(checked)))
    found = (change._asdict() for change in differences(checked.past.last, now))
    return [{name: value or None for name, value in row.items()} for row in found]
