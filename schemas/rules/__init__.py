"""Every rule that data must keep, one code each. ``check --explain CODE`` and the tests use the same cases."""

from schemas.rules import (
    claims,
    dates,
    form,
    history,
    quantities,
    records,
    references,
    seeds,
    standards,
    warnings,
)
from schemas.rules.model import RULES, Finding, Rule, World
from schemas.rules.references import nearest

__all__ = ["RULES", "Finding", "Rule", "World", "nearest"]

_MODULES = (claims, dates, form, history, quantities, records, references, seeds, standards, warnings)
