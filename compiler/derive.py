"""Step 5: what is computed from what was typed: joins, the assessment, the flat views.

No rule stands here. Estimates, ladder and confidence are ``armsledger.assess``'s, which the installed package
calls too; this step gives it the columns it reads, and gives each table the columns it declares. Every whole
table is then validated by its Pandera model: a failure here is a fault of the compiler, never of a record.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from armsledger.assess import assess, subjects
from compiler.check import Checked
from compiler.frames import frame
from compiler.read import File
from schemas.codelists import CODELISTS
from schemas.fields import specs
from schemas.layout import MODELS
from schemas.rules.model import Row
from schemas.rules.records import transfer_class

Tables = dict[str, pd.DataFrame]

_BEST_ROLE = ("origin", "first_report")


def derive(checked: Checked, files: Iterable[File]) -> Tables:
    """Every table of the release, typed and validated, sorted by its key as published."""
    made = _Made(checked, {f.path: f for f in files})
    rows = made.tables
    frames = {table: _frame(table, rows[table]) for table in MODELS if table in rows}
    result = assess(
        frames["claims"],
        subjects(frames["transfers"], frames["events"], frames["participants"]),
        frames["conversions"],
        day=made.as_of,
    )
    rows["estimates"] = _rows_of(result.estimates)
    rows["transfer_status"] = _rows_of(result.transfer_status)
    for table, computed in (("transfers", result.transfers), ("events", result.events)):
        by_id = {row["id"]: row for row in _rows_of(computed)}
        for row in rows[table]:
            row.update(by_id[row["id"]])
    rows["transfers_flat"] = made.transfers_flat()
    rows["claims_flat"] = made.claims_flat()
    whole = {table: _frame(table, rows[table]) for table in MODELS}
    for table, model in MODELS.items():
        model.validate(whole[table])
    return whole


def _frame(table: str, rows: list[Row]) -> pd.DataFrame:
    return frame(rows, specs(MODELS[table]))


def _rows_of(made: pd.DataFrame) -> list[Row]:
    """A frame's rows with None for what is missing and plain dates for days."""
    columns = {name: [_plain(value) for value in made[name]] for name in made.columns}
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return value
    if pd.isna(value):
        return None
    return value.date() if isinstance(value, pd.Timestamp) else value


class _Made:
    """The typed rows with their computed columns, as far as no assessment is needed."""

    def __init__(self, checked: Checked, files: Mapping[str, File]) -> None:
        self.world = checked.world
        self.version = checked.tables["dataset"][0]["version"]
        self.as_of = checked.tables["dataset"][0]["as_of"]
        self.tables: dict[str, list[Row]] = {
            table: [dict(row) for row in checked.tables[table]] for table in checked.tables if table in MODELS
        }
        self.tables["codelists"] = _codelist_rows()
        self.tables["changes"] = []  # nothing has been released to differ from
        for table in ("estimates", "transfer_status", "transfers_flat", "claims_flat"):
            self.tables[table] = []
        self._records(checked, files)
        self._classes()
        self._claims()
        for row in self.tables["conversions"]:
            links = self.world.children("conversion_claims", "conversion").get(row["id"], ())
            row["claims"] = sorted(link["claim"] for link in links)

    def _records(self, checked: Checked, files: Mapping[str, File]) -> None:
        path_of = {
            row["id"]: raw.file
            for table in ("transfers", "events")
            for raw, row in zip(checked.raw[table], checked.tables[table], strict=True)
        }
        for row in self.tables["records"]:
            path = path_of[row["id"]]
            row["record_type"] = "transfer" if row["id"] in self.world.by_id("transfers") else "event"
            row["path"] = path
            row["sha256"] = hashlib.sha256(files[path].data).hexdigest()
            row["first_release"] = row["changed_release"] = self.version
        records = {row["id"]: row for row in self.tables["records"]}
        for table, key in (("transfers", "id"), ("events", "id"), ("claims", "record")):
            for row in self.tables[table]:
                record = records[row[key]]
                row["record_path"], row["record_sha256"] = record["path"], record["sha256"]
                row["first_release"], row["changed_release"] = (
                    record["first_release"],
                    record["changed_release"],
                )

    def _classes(self) -> None:
        for row in self.tables["transfers"]:
            own = transfer_class(row, self.world)
            assert own is not None  # R02
            row["class"] = own
            row["class_path"] = list(CODELISTS["transfer_class"].ancestors(own))

    def _claims(self) -> None:
        bears_on = self.world.children("claim_records", "claim")
        reliability, credibility = _ranks("reliability"), _ranks("credibility")
        for row in self.tables["claims"]:
            actor = self.world.get("actors", row["claimant"])
            row["bears_on"] = sorted(link["record"] for link in bears_on.get(row["id"], ()))
            row["claimant_country"] = actor.get("country")
            row["interest"] = actor.get("interest")
            row["reliability"] = actor.get("reliability")
            row["reliability_rank"] = reliability.get(row["reliability"])
            row["credibility_rank"] = credibility.get(row["credibility"])
            row["voice_ancestors"] = self._ancestors(row["voice"])
            self._sources_of(row)

    def _ancestors(self, voice: str) -> list[str]:
        above, found, todo = self.world.children("voice_parents", "voice"), set[str](), [voice]
        while todo:
            for link in above.get(todo.pop(), ()):
                if link["parent"] not in found:
                    found.add(link["parent"])
                    todo.append(link["parent"])
        return sorted(found)

    def _sources_of(self, claim: Row) -> None:
        links = self.world.children("claim_sources", "claim")[claim["id"]]
        best = min(links, key=lambda link: _rank_of_role(link["role"]))
        claim["source"], claim["source_role"], claim["locator"] = (
            best["source"],
            best["role"],
            best["locator"],
        )
        claim["source_ids"] = sorted({link["source"] for link in links})
        claim["n_sources"] = len(claim["source_ids"])
        claim["origin_found"] = best["role"] in _BEST_ROLE
        read_as = {self.world.get("sources", link["source"])["read_as"] for link in links}
        claim["excerpt_only"] = read_as == {"excerpt"}

    # --- the flat views -----------------------------------------------------------------------------------

    def transfers_flat(self) -> list[Row]:
        claimants: dict[str, list[str]] = defaultdict(list)
        for claim in self.tables["claims"]:
            name = self.world.get("actors", claim["claimant"])["name"]
            if claim["rank"] == "normal" and name not in claimants[claim["record"]]:
                claimants[claim["record"]].append(name)
        flat = []
        for row in self.tables["transfers"]:
            links = self.world.children("record_items", "record").get(row["id"], ())
            items = [self.world.get("items", link["item"])["name"] for link in links]
            made = dict(row, items="; ".join(items) or None, claimants="; ".join(claimants[row["id"]]))
            for side in ("supplier", "recipient"):
                actor = self.world.get("actors", row[side])
                made[side], made[f"{side}_iso3"] = actor["name"], actor["country"]
                state = self._state_of(actor)
                made[f"{side}_cow"], made[f"{side}_gw"] = state.get("cow_code"), state.get("gw_code")
            labels = {"direction": "direction", "class": "transfer_class", "unit": "unit", "level": "level"}
            labels |= {"status": "status", "confidence": "confidence"}
            flat.append(made | {name: _label(codelist, row[name]) for name, codelist in labels.items()})
        return flat

    def claims_flat(self) -> list[Row]:
        flat = []
        transfers = {row["id"]: row for row in self.tables["transfers"]}
        for row in self.tables["claims"]:
            record = self.world.get("records", row["record"])
            transfer = transfers.get(row["record"], {})
            source = self.world.get("sources", row["source"])
            made = dict(
                row,
                record_title=record["title"],
                direction=_label("direction", record["direction"]),
                claimant=self.world.get("actors", row["claimant"])["name"],
                claimant_iso3=row["claimant_country"],
                voice=self.world.get("voices", row["voice"])["label"],
                unit=_label("unit", row["quantity_unit"] or transfer.get("unit")),
                source_publisher=self.world.get("actors", source["publisher"])["name"],
                source_title=source["title"],
                source_url=source["url"],
            )
            made["class"] = _label("transfer_class", transfer.get("class"))
            labels = {"status_asserted": "status"}
            labels |= {name: name for name in ("interest", "stance", "kind", "measure", "evidence_type")}
            flat.append(made | {name: _label(codelist, row[name]) for name, codelist in labels.items()})
        return flat

    def _state_of(self, actor: Row) -> Row:
        """The state that a body belongs to: itself, or the nearest above it."""
        while actor and actor["type"] != "state":
            actor = self.world.get("actors", actor["parent"])
        return actor


def _rank_of_role(role: str) -> int:
    return _BEST_ROLE.index(role) if role in _BEST_ROLE else len(_BEST_ROLE)


def _ranks(codelist: str) -> dict[str, int]:
    return {c.value: c.rank for c in CODELISTS[codelist].codes if c.rank is not None}


def _label(codelist: str, value: str | None) -> str | None:
    return next((c.label for c in CODELISTS[codelist].codes if c.value == value), None)


def _codelist_rows() -> list[Row]:
    return [
        {
            "list": codelist.name,
            "value": code.value,
            "label": code.label,
            "definition": code.definition,
            "rank": code.rank,
            "parent": code.parent,
        }
        for codelist in CODELISTS.values()
        for code in codelist.codes
    ]
