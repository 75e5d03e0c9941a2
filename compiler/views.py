"""The flat views: labels instead of codes, names instead of ids, a unit in every row."""

from __future__ import annotations

from functools import cache

from compiler.joins import Rows
from schemas.codelists import CODELISTS
from schemas.rules import World
from schemas.rules.model import Row

# Columns whose codes are shown by their labels, and the list of each.
_TRANSFER_LABELS = {
    "direction": "direction",
    "class": "transfer_class",
    "unit": "unit",
    "level": "level",
    "status": "status",
    "confidence": "confidence",
}
_CLAIM_LABELS = {
    "interest": "interest",
    "stance": "stance",
    "kind": "kind",
    "measure": "measure",
    "status_asserted": "status",
    "evidence_type": "evidence_type",
}


def transfers_flat(rows: Rows, world: World) -> list[Row]:
    """One row a transfer; ``rows`` hold the assessment already."""
    claimants: dict[str, dict[str, None]] = {}
    for claim in rows["claims"]:
        if claim["rank"] == "normal":
            name = world.get("actors", claim["claimant"])["name"]
            claimants.setdefault(claim["record"], {})[name] = None
    flat = []
    for row in rows["transfers"]:
        links = world.children("record_items", "record").get(row["id"], ())
        items = [world.get("items", link["item"])["name"] for link in links]
        made = row | {name: label(codelist, row[name]) for name, codelist in _TRANSFER_LABELS.items()}
        made |= {"items": "; ".join(items) or None, "claimants": "; ".join(claimants.get(row["id"], ()))}
        for side in ("supplier", "recipient"):
            actor = world.get("actors", row[side])
            state = _state_of(actor, world)
            made |= {side: actor["name"], f"{side}_iso3": actor["country"]}
            made |= {f"{side}_cow": state.get("cow_code"), f"{side}_gw": state.get("gw_code")}
        flat.append(made)
    return flat


def claims_flat(rows: Rows, world: World) -> list[Row]:
    """One row a claim, with its record's title and its best document."""
    transfers = {row["id"]: row for row in rows["transfers"]}
    flat = []
    for row in rows["claims"]:
        record, transfer = world.get("records", row["record"]), transfers.get(row["record"], {})
        source = world.get("sources", row["source"])
        made = row | {name: label(codelist, row[name]) for name, codelist in _CLAIM_LABELS.items()}
        made |= {
            "record_title": record["title"],
            "direction": label("direction", record["direction"]),
            "class": label("transfer_class", transfer.get("class")),
            "claimant": world.get("actors", row["claimant"])["name"],
            "claimant_iso3": row["claimant_country"],
            "voice": world.get("voices", row["voice"])["label"],
            "unit": label("unit", row["quantity_unit"] or transfer.get("unit")),
            "source_publisher": world.get("actors", source["publisher"])["name"],
            "source_title": source["title"],
            "source_url": source["url"],
        }
        flat.append(made)
    return flat


def label(codelist: str, value: str | None) -> str | None:
    """What a table shows for a code."""
    return None if value is None else _labels(codelist)[value]


@cache
def _labels(codelist: str) -> dict[str, str]:
    return {code.value: code.label for code in CODELISTS[codelist].codes}


def _state_of(actor: Row, world: World) -> Row:
    """The state that a body belongs to: itself, or the nearest above it."""
    while actor and actor["type"] != "state":
        actor = world.get("actors", actor["parent"])
    return actor
