"""Patterns and groups of columns that several tables share."""

from __future__ import annotations

from typing import Any

from schemas.fields import (
    ISO3,
    code,
    edtf,
    flag,
    ladder,
    number,
    text,
    whole,
)

TRANSFER_ID = r"^NKRU-T-[0-9]{4}$"
EVENT_ID = r"^NKRU-E-[0-9]{4}$"
RECORD_ID = r"^NKRU-[TE]-[0-9]{4}$"
CLAIM_ID = r"^NKRU-[TE]-[0-9]{4}\.c[1-9][0-9]*$"
SOURCE_ID = r"^[a-z0-9]+(-[a-z0-9]+)*-([0-9]{4}(-[0-9]{2}){0,2}|undated)-[a-z0-9]+$"
LOCATOR = r"^(p[1-9][0-9]*|page [1-9][0-9]*|[0-9]{2}:[0-9]{2}:[0-9]{2}|table [1-9][0-9]*|whole)$"
URL = r"^https?://[^\s<>|]+$"
LANGUAGE = r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$"
COUNTRY = {"origin": ISO3, "pattern": r"^[A-Z]{3}$", "example": "PRK"}
LOCAL = {"local": True, "example": "c1"}


def reference(what: str) -> Any:
    """Where the facts of a registry entry were looked up."""
    return text(
        "Reference",
        f"Address of the page where the facts about {what} were looked up.",
        required=False,
        pattern=URL,
        max_length=500,
    )


def note(what: str) -> Any:
    return text(
        "Note",
        f"What a reader of {what} must know and no other column holds: what the source gets wrong or leaves "
        "vague, how a date was settled, why one reading was taken.",
        required=False,
        max_length=1000,
    )


def standing(what: str) -> dict[str, Any]:
    """What ``armsledger.assess`` computes alike for transfers and events."""
    number_of = {"by": "computed", "minimum": 0, "required": True}
    yes = {"by": "computed"}
    party: dict[str, Any] = {"by": "computed", "required": False}  # empty where both give, or nobody does
    return {
        "confidence": ladder(
            "confidence",
            "Confidence",
            f"How well the claims support {what}, by the written rule.",
            by="computed",
            origin="armsledger codebook, section 4",
        ),
        "contested": flag(
            "Contested",
            "The latest attaching statement of either state, denial or admission, is a denial.",
            **party,
        ),
        "admitted_by_supplier": flag(
            "Admitted by supplier", "An organ of the supplier has admitted it.", **party
        ),
        "admitted_by_recipient": flag(
            "Admitted by recipient", "An organ of the recipient has admitted it.", **party
        ),
        "denied_by_supplier": flag(
            "Denied by supplier", "A denial by an organ of the supplier attaches to it.", **party
        ),
        "denied_by_recipient": flag(
            "Denied by recipient", "A denial by an organ of the recipient attaches to it.", **party
        ),
        "first_reported_on": edtf(
            "First reported on",
            "When the earliest asserting claim became public.",
            by="computed",
            required=False,
        ),
        "last_reported_on": edtf(
            "Last reported on",
            "When the latest asserting claim became public.",
            by="computed",
            required=False,
        ),
        "first_admission_on": edtf(
            "First admission on", "When the earliest admission became public.", by="computed", required=False
        ),
        "n_claims": whole("Claims", "Number of claims, its own and those that bear on it.", **number_of),
        "n_claimants": whole("Claimants", "Number of different claimants among them.", **number_of),
        "n_independent": whole(
            "Independent voices", "Size of the largest set of pairwise independent voices.", **number_of
        ),
        "n_sources": whole("Sources", "Number of different documents behind the claims.", **number_of),
        "has_visible_evidence": flag("Visible evidence", "A claim shows its evidence to the public.", **yes),
        "has_physical_exam": flag("Physical examination", "A claim rests on an examined object.", **yes),
    }


def quantity_result(of: str, unit: str) -> dict[str, Any]:
    """The record's own series at the dataset's as-of day, repeated from ``estimates``."""
    computed_number: dict[str, Any] = {"by": "computed", "required": False, "unit": unit, "minimum": 0}
    return {
        "quantity_low": number("Low", f"Lowest figure that the rule allows for {of}.", **computed_number),
        "quantity_best": number(
            "Best", f"The figure that the rule takes for {of}; often empty.", **computed_number
        ),
        "quantity_high": number(
            "High", "Highest figure; only where two independent voices set an upper bound.", **computed_number
        ),
        "quantity_high_open": flag(
            "High is open", "No upper bound can be given.", by="computed", required=False
        ),
        "quantity_reported_max": number(
            "Reported maximum",
            "Largest figure that anyone asserted, whatever its grade; never an estimate.",
            **computed_number,
        ),
        "quantity_rule": code(
            "estimate_rule", "Rule", "The rule that gave `quantity_best`.", by="computed", required=False
        ),
        "quantity_conflict": flag(
            "Conflict", "The fresh claims have no number in common.", by="computed", required=False
        ),
    }
