"""The columns that follow from what was typed without any assessment: provenance, classes, grades, sources."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from armsledger.sums import digest
from compiler.check import Checked
from compiler.past import changed_records
from compiler.read import File
from schemas.codelists import CODELISTS
from schemas.export import codelist_rows
from schemas.layout import MODELS
from schemas.rules import World
from schemas.rules.model import Row
from schemas.rules.records import transfer_class

Rows = dict[str, list[Row]]

_BEST_ROLES = ("origin", "first_report")
_TRACED = (("transfers", "id"), ("events", "id"), ("claims", "record"))


def joined(checked: Checked, files: Mapping[str, File]) -> Rows:
    """A copy of the typed rows of each published table, with the columns that can be joined on."""
    rows: Rows = {
        table: [dict(row) for row in checked.tables[table]] for table in MODELS if table in checked.tables
    }
    world = checked.world
    _trace_records(rows, checked, files)
    for row in rows["transfers"]:
        own = transfer_class(row, world)
        assert own is not None  # R02
        row["class"], row["class_path"] = own, list(CODELISTS["transfer_class"].ancestors(own))
    ranks = {codelist: _ranks(codelist) for codelist in ("reliability", "credibility")}
    for row in rows["claims"]:
        row.update(_of_claimant(row, world, ranks))
        row.update(_of_sources(row, world))
        links = world.children("claim_records", "claim").get(row["id"], ())
        row["bears_on"] = sorted(link["record"] for link in links)
        row["voice_ancestors"] = _ancestors(row["voice"], world)
    for row in rows["conversions"]:
        links = world.children("conversion_claims", "conversion").get(row["id"], ())
        row["claims"] = sorted(link["claim"] for link in links)
    _trace_tombstones(rows, checked)
    rows["codelists"] = codelist_rows()
    return rows


def _trace_records(rows: Rows, checked: Checked, files: Mapping[str, File]) -> None:
    """Each record's file and hash, and the same on its transfer or event and its claims."""
    version, past = checked.tables["dataset"][0]["version"], checked.past
    released = past.last["records"].rows if past.last else {}
    changed = changed_records(checked.tables, past)
    records = {row["id"]: row for row in rows["records"]}
    for table, kind in (("transfers", "transfer"), ("events", "event")):
        for raw, row in zip(checked.raw[table], checked.tables[table], strict=True):
            records[row["id"]].update(
                record_type=kind,
                path=raw.file,
                sha256=digest(files[raw.file].data),
                first_release=version,
                changed_release=version,
            )
            before = released.get((row["id"],))
            if before:
                records[row["id"]]["first_release"] = before["first_release"]
            if before and row["id"] not in changed:
                records[row["id"]]["changed_release"] = before["changed_release"]
    for table, key in _TRACED:
        for row in rows[table]:
            record = records[row[key]]
            row["record_path"], row["record_sha256"] = record["path"], record["sha256"]
            row.update({name: record[name] for name in ("first_release", "changed_release")})


def _trace_tombstones(rows: Rows, checked: Checked) -> None:
    """The version that each tombstone first stood in."""
    version = checked.tables["dataset"][0]["version"]
    released = checked.past.last["retired"].rows if checked.past.last else {}
    for row in rows["retired"]:
        before = released.get((row["id"],))
        row["retired_in"] = before["retired_in"] if before else version


def _of_claimant(claim: Row, world: World, ranks: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    actor = world.get("actors", claim["claimant"])
    return {
        "claimant_country": actor["country"],
        "claimant_type": actor["type"],
        "interest": actor["interest"],
        "reliability": actor["reliability"],
        "reliability_rank": ranks["reliability"].get(actor["reliability"]),
        "credibility_rank": ranks["credibility"].get(claim["credibility"]),
    }


def _of_sources(claim: Row, world: World) -> dict[str, Any]:
    """The best document of a claim: its origin, else the first report, else the first typed; and all of them."""
    links = world.children("claim_sources", "claim")[claim["id"]]
    best = min(links, key=lambda link: [link["role"] != role for role in _BEST_ROLES])
    ids = sorted({link["source"] for link in links})
    return {
        "source": best["source"],
        "source_role": best["role"],
        "locator": best["locator"],
        "source_ids": ids,
        "n_sources": len(ids),
        "origin_found": best["role"] in _BEST_ROLES,
        "excerpt_only": {world.get("sources", id_)["read_as"] for id_ in ids} == {"excerpt"},
    }


def _ancestors(voice: str, world: World) -> list[str]:
    """All voices above a voice."""
    above, found, todo = world.children("voice_parents", "voice"), set[str](), [voice]
    while todo:
        for link in above.get(todo.pop(), ()):
            if link["parent"] not in found:
                found.add(link["parent"])
                todo.append(link["parent"])
    return sorted(found)


def _ranks(codelist: str) -> dict[str, int]:
    return {code.value: code.rank for code in CODELISTS[codelist].codes if code.rank is not None}
