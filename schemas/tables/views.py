"""Flat views: labels joined on, a unit in every row, for spreadsheets."""

from __future__ import annotations

from typing import Any

from schemas.fields import (
    Table,
    copied,
    specs,
    text,
)
from schemas.tables.claims import Claims
from schemas.tables.forms import (
    COUNTRY,
)
from schemas.tables.records import Events, Transfers
from schemas.tables.registries import Actors


def _label(model: type[Table], name: str, title: str, description: str) -> Any:
    spec = specs(model)[name]
    return text(title, description, by="computed", required=spec.required, origin=spec.origin)


class TransfersFlat(Table):
    """One row a transfer with labels instead of codes: the table for a spreadsheet."""

    id = copied(Transfers, "id")
    title = copied(Transfers, "title")
    direction = _label(Transfers, "direction", "Direction", "From which state to which.")
    supplier = _label(Transfers, "supplier", "Supplier", "Name of the supplier.")
    supplier_iso3 = text(
        "Supplier ISO", "Country code of the supplier.", by="computed", required=False, **COUNTRY
    )
    supplier_cow = copied(Actors, "cow_code", title="Supplier COW code")
    supplier_gw = copied(Actors, "gw_code", title="Supplier G-W code")
    recipient = _label(Transfers, "recipient", "Recipient", "Name of the recipient.")
    recipient_iso3 = text(
        "Recipient ISO", "Country code of the recipient.", by="computed", required=False, **COUNTRY
    )
    recipient_cow = copied(Actors, "cow_code", title="Recipient COW code")
    recipient_gw = copied(Actors, "gw_code", title="Recipient G-W code")
    class_ = text("Class", "Label of the class.", by="computed")
    items = text("Items", "Names of the items.", by="computed", required=False)
    unit = _label(Transfers, "unit", "Unit", "The unit of every number in the row.")
    level = _label(Transfers, "level", "Level", "Label of the level.")
    parent = copied(Transfers, "parent")
    start = copied(Transfers, "start")
    start_earliest = copied(Transfers, "start_earliest")
    start_latest = copied(Transfers, "start_latest")
    end_ = copied(Transfers, "end")
    quantity_low = copied(Transfers, "quantity_low")
    quantity_best = copied(Transfers, "quantity_best")
    quantity_high = copied(Transfers, "quantity_high")
    quantity_high_open = copied(Transfers, "quantity_high_open")
    quantity_reported_max = copied(Transfers, "quantity_reported_max")
    quantity_conflict = copied(Transfers, "quantity_conflict")
    status = _label(Transfers, "status", "Status", "Label of the highest possible rung.")
    confidence = _label(Transfers, "confidence", "Confidence", "Label of the confidence.")
    contested = copied(Transfers, "contested")
    denied_by_supplier = copied(Transfers, "denied_by_supplier")
    denied_by_recipient = copied(Transfers, "denied_by_recipient")
    admitted_by_supplier = copied(Transfers, "admitted_by_supplier")
    admitted_by_recipient = copied(Transfers, "admitted_by_recipient")
    n_claims = copied(Transfers, "n_claims")
    n_independent = copied(Transfers, "n_independent")
    claimants = text("Claimants", "Names of the claimants.", by="computed")
    first_reported_on = copied(Transfers, "first_reported_on")
    last_reported_on = copied(Transfers, "last_reported_on")
    recommended_for_totals = copied(Transfers, "recommended_for_totals")
    summary = copied(Transfers, "summary")
    record_path = copied(Transfers, "record_path")
    record_sha256 = copied(Transfers, "record_sha256")

    class Config(Table.Config):
        title = "Transfers, flat"
        metadata = {"view": True, "warnings": Transfers.Config.metadata["warnings"]}


class ClaimsFlat(Table):
    """One row a claim with labels, its record's title and its best source: who says what, since when."""

    id = copied(Claims, "id")
    record = copied(Claims, "record")
    record_title = text("Record title", "Title of the record.", by="computed")
    direction = _label(Events, "direction", "Direction", "From which state to which.")
    class_ = text("Class", "Label of the transfer's class; empty for events.", by="computed", required=False)
    claimant = _label(Claims, "claimant", "Claimant", "Name of the body that vouches.")
    claimant_iso3 = copied(Claims, "claimant_country")
    interest = _label(Claims, "interest", "Interest", "Label of the claimant's stake.")
    voice = _label(Claims, "voice", "Voice", "Label of the originating observer.")
    stance = _label(Claims, "stance", "Stance", "Label of the stance.")
    kind = _label(Claims, "kind", "Kind", "Label of the kind.")
    measure = _label(Claims, "measure", "Measure", "Label of the measure.")
    scope = copied(Claims, "scope", default="")
    statement = copied(Claims, "statement")
    quantity_as_stated = copied(Claims, "quantity_as_stated")
    quantity_low = copied(Claims, "quantity_low")
    quantity_point = copied(Claims, "quantity_point")
    quantity_high = copied(Claims, "quantity_high")
    unit = text(
        "Unit",
        "The unit of the figure, or of the record where there is no figure.",
        by="computed",
        required=False,
    )
    as_of = copied(Claims, "as_of")
    stated_on = copied(Claims, "stated_on")
    stated_on_latest = copied(Claims, "stated_on_latest")
    status_asserted = _label(Claims, "status_asserted", "Status asserted", "Label of the rung.")
    evidence_type = _label(Claims, "evidence_type", "Evidence", "Label of the evidence.")
    reliability = copied(Claims, "reliability")
    credibility = copied(Claims, "credibility")
    source = copied(Claims, "source")
    source_publisher = text("Publisher", "Name of that document's publisher.", by="computed", required=False)
    source_title = text("Source title", "Title of that document.", by="computed", required=False)
    source_url = text("Source address", "Address of that document.", by="computed", required=False)
    locator = copied(Claims, "locator")
    record_path = copied(Claims, "record_path")
    record_sha256 = copied(Claims, "record_sha256")

    class Config(Table.Config):
        title = "Claims, flat"
        metadata = {"view": True, "warnings": Claims.Config.metadata["warnings"]}
