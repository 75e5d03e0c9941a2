"""Records: transfers and events, with the file that each was typed in and who coded it."""

from __future__ import annotations

from typing import Any

from schemas.fields import (
    Table,
    code,
    copied,
    day,
    edtf,
    flag,
    key,
    ladder,
    ref,
    text,
    words,
)
from schemas.tables.forms import (
    EVENT_ID,
    RECORD_ID,
    TRANSFER_ID,
    note,
    quantity_result,
    standing,
)


class Records(Table):
    """Every record, transfer or event: the file it was typed in, and who coded and reviewed it."""

    id = key("Record", "The record's id.", pattern=RECORD_ID, by="placed")
    record_type = code("record_type", "Record type", "Whether it is a transfer or an event.", by="computed")
    path = text("Path", "The file that was typed, from the repository's root.", by="computed")
    sha256 = text(
        "SHA-256",
        "SHA-256 of that file's bytes, so that a number can be traced to exactly the text it was typed in.",
        by="computed",
        pattern=r"^[0-9a-f]{64}$",
        origin="FIPS 180-4",
    )
    first_release = text("First release", "The first version that held this record.", by="computed")
    changed_release = text("Changed in", "The last version that changed a row of this record.", by="computed")
    coded_on = day("Coded on", "The day on which it was coded from its sources.")
    coded_by = code("coder", "Coded by", "What kind of coder it was, said truthfully.", origin="V-Dem")
    reviewed_on = day("Reviewed on", "The day of the second reading against the sources.", required=False)
    reviewed_by = code(
        "coder",
        "Reviewed by",
        "What kind of coder read it a second time; empty if nobody did.",
        required=False,
    )

    class Config(Table.Config):
        title = "Records"
        metadata = {"warnings": ("single_coder",)}


def trace() -> dict[str, Any]:
    """The four provenance columns that transfers, events and claims take over from ``records``."""
    return {
        "record_path": copied(Records, "path", title="Record file"),
        "record_sha256": copied(Records, "sha256", title="Record SHA-256"),
        "first_release": copied(Records, "first_release"),
        "changed_release": copied(Records, "changed_release"),
    }


class Transfers(Table):
    """One direction, one item or class, one unit, one episode: arms, or what is given in return for them."""

    id = key(
        "Transfer", "The transfer's id, also its file's name.", pattern=TRANSFER_ID, example="NKRU-T-0001"
    )
    title = text("Title", "Item and direction, in own words.", max_length=120)
    direction = code("direction", "Direction", "From which state to which.")
    supplier = ref(
        "actors", "Supplier", "The state or body that gives.", origin="SIPRI Arms Transfers Database"
    )
    recipient = ref(
        "actors", "Recipient", "The state or body that takes.", origin="SIPRI Arms Transfers Database"
    )
    transfer_class = code(
        "transfer_class",
        "Transfer class, typed",
        "What is transferred; typed only where no item is named.",
        required=False,
    )
    unit = code("unit", "Unit", "The unit in which this record is counted; units are never mixed.")
    level = code(
        "level",
        "Level",
        "Whether it is a whole campaign, a dated part, a named component, or alone.",
        origin="AidData (umbrella records)",
    )
    parent = ref(
        "transfers", "Parent", "The transfer that this one is a part of.", required=False, pattern=TRANSFER_ID
    )
    start = edtf("Start", "When the transfer began, no more precise than the sources say.")
    end = edtf("End", "When it ended; `..` if nobody says that it did.", open_end=True)
    condition = code(
        "condition",
        "Condition",
        "New, from stock, refurbished or unknown.",
        default="unknown",
        origin="SIPRI Arms Transfers Database",
    )
    ended = code("ended", "Ended by", "What ended it, if it did not run its course.", required=False)
    summary = text(
        "Summary",
        "What is reported, by whom, what is disputed; in own words.",
        required=False,
        max_length=600,
    )
    note = note("the record")
    class_ = code("transfer_class", "Class", "The items' class, or the typed one.", by="computed")
    class_path = words(
        "Class path",
        "The class and all classes above it, broadest first.",
        by="computed",
        codelist="transfer_class",
    )
    status = ladder(
        "status", "Status", "Highest rung that is at least possible.", by="computed", required=False
    )
    status_confident = ladder(
        "status",
        "Status, confident",
        "Highest rung that is at least probable.",
        by="computed",
        required=False,
    )
    _standing = standing("the status")
    recommended_for_totals = flag(
        "Recommended for totals",
        "True where this record can be added to others of its unit without counting goods twice.",
        by="computed",
        origin="AidData (recommended for aggregates)",
    )
    _quantity = quantity_result("all that moved", "the unit in `unit`")
    _trace = trace()

    class Config(Table.Config):
        title = "Transfers"
        metadata = {
            "warnings": (
                "units_differ",
                "umbrella_and_parts",
                "cumulative_not_flow",
                "absence_is_not_evidence",
            )
        }


class Events(Table):
    """One dated happening of or about a transfer: a visit, a statement, a battle, a port call."""

    id = key("Event", "The event's id, also its file's name.", pattern=EVENT_ID, example="NKRU-E-0001")
    title = text("Title", "What happened, in own words.", max_length=120)
    event_type = code("event_type", "Event type", "What kind of happening it was.")
    direction = code(
        "direction",
        "Direction",
        "Direction of the goods or persons it is about; empty if none.",
        required=False,
    )
    date = edtf("Date", "When it happened, no more precise than the sources say.")
    headline_measure = code(
        "measure", "Headline measure", "The measure of the event's own figure.", required=False
    )
    headline_scope = text("Headline scope", "The scope of that figure.", required=False, max_length=40)
    headline_unit = code("unit", "Headline unit", "The unit of that figure.", required=False)
    summary = copied(Transfers, "summary", by="typed")
    note = note("the record")
    _standing = standing("that it happened")
    _quantity = quantity_result("the event's headline", "the unit in `headline_unit`")
    _trace = trace()

    class Config(Table.Config):
        title = "Events"
        metadata = {"warnings": ("dates_uncertain", "absence_is_not_evidence")}
