"""What the assessment computes: estimates, and how well each rung is supported."""

from __future__ import annotations

from schemas.fields import (
    Table,
    code,
    copied,
    day,
    flag,
    key,
    ladder,
    number,
    ref,
    text,
    whole,
    words,
)
from schemas.tables.claims import Claims


class Estimates(Table):
    """Low, best and high of every series on every day on which its claims changed, and at the as-of day."""

    id = key(
        "Estimate",
        "Record, measure, scope, unit, kind, basis, window and day, joined by dots.",
        by="computed",
        pattern=r"^NKRU-[TE]-[0-9]{4}(\.[a-z0-9_ -]+)+$",
    )
    record = ref("records", "Record", "The record.", by="computed")
    measure = copied(Claims, "measure", default="")
    scope = copied(Claims, "scope", default="")
    unit = code("unit", "Unit", "The unit of every number in the row.", by="computed")
    kind = copied(Claims, "kind")
    basis = code(
        "basis",
        "Basis",
        "Whether it is reported, converted, an increment or a documented floor.",
        by="computed",
    )
    window_earliest = day(
        "Window, earliest", "First day of a flow's or increment's window.", by="computed", required=False
    )
    window_latest = day("Window, latest", "Last day of that window.", by="computed", required=False)
    day = day("Day", "The day for which the row holds.", by="computed")
    low = number(
        "Low",
        "Lowest figure that the rule allows.",
        unit="the unit in `unit`",
        by="computed",
        required=False,
        minimum=0,
        origin="UCDP GED (low, best, high)",
    )
    best = number(
        "Best",
        "The figure that the rule takes; empty where none has a point.",
        unit="the unit in `unit`",
        by="computed",
        required=False,
        minimum=0,
        origin="UCDP GED (low, best, high)",
    )
    high = number(
        "High",
        "Highest figure; only where two independent voices set an upper bound.",
        unit="the unit in `unit`",
        by="computed",
        required=False,
        minimum=0,
        origin="UCDP GED (low, best, high)",
    )
    high_open = flag("High is open", "No upper bound can be given.", by="computed")
    reported_max = number(
        "Reported maximum",
        "Largest figure that anyone asserted, whatever its grade.",
        unit="the unit in `unit`",
        by="computed",
        required=False,
        minimum=0,
    )
    rule = code(
        "estimate_rule",
        "Rule",
        "The rule that gave `best`; empty for increments and documented floors.",
        by="computed",
        required=False,
    )
    conflict = flag("Conflict", "The fresh claims have no number in common.", by="computed")
    stale_days = whole(
        "Stale days",
        "Days from the newest current claim to the row's day.",
        by="computed",
        required=False,
        unit="day",
    )
    stale = flag(
        "Stale",
        "The newest current claim is older than 180 days on the row's day; empty where none is eligible.",
        by="computed",
        required=False,
    )
    n_claims = whole("Claims", "Number of claims that the row rests on.", by="computed", minimum=0)
    n_voices = whole("Voices", "Number of their voices.", by="computed", minimum=0)
    claims = words("Claims used", "The claims that the row rests on.", by="computed", required=False)
    conversion = ref(
        "conversions", "Conversion", "The conversion of a converted row.", by="computed", required=False
    )
    voice = ref("voices", "Voice", "The voice of an increment.", by="computed", required=False)
    method_version = text("Method version", "Version of the written rule.", by="computed")

    class Config(Table.Config):
        title = "Estimates"
        metadata = {
            "warnings": ("units_differ", "cumulative_not_flow", "umbrella_and_parts", "empty_is_not_zero")
        }


class TransferStatus(Table):
    """How well each rung of a transfer's status ladder is supported, and by which claims."""

    id = key(
        "Rung of a transfer",
        "Record and status, joined by a dot.",
        by="computed",
        pattern=r"^NKRU-T-[0-9]{4}\.[a-z_]+$",
    )
    record = ref("transfers", "Transfer", "The transfer.", by="computed")
    status = ladder("status", "Status", "The rung.", by="computed")
    confidence = ladder("confidence", "Confidence", "How well this rung is supported.", by="computed")
    inferred = flag("Inferred", "No claim asserts this rung itself; a higher one implies it.", by="computed")
    n_claims = whole("Claims", "Number of claims that support it.", by="computed", minimum=0)
    n_voices = whole("Voices", "Number of their voices.", by="computed", minimum=0)
    n_independent = whole(
        "Independent voices", "Largest set of pairwise independent voices.", by="computed", minimum=0
    )
    claims = words("Claims used", "The claims that support it.", by="computed", required=False)
    first_stated_on = day(
        "First stated on", "The day by which the first of them was public.", by="computed", required=False
    )

    class Config(Table.Config):
        title = "Status ladder of each transfer"
