"""The list of rules as a page."""

from __future__ import annotations

from schemas.export import cell_text
from schemas.rules import RULES


def rules_page() -> str:
    """Every rule by code: what good data do, and what to do about a finding."""
    lines = [
        "# Rules",
        "",
        "What records must keep. Generated from `schemas/rules/`; do not edit. An error fails the build; a warning "
        "must be looked at before a release. `python build_dataset.py check --explain Q02` shows a bad and a good "
        "example of each, the same that the tests use.",
        "",
        "| rule | | what good data do | what to do |",
        "|---|---|---|---|",
    ]
    for code, rule in sorted(RULES.items()):
        lines.append(f"| {code} | {rule.severity} | {cell_text(rule.demand)} | {cell_text(rule.help)} |")
    return "\n".join(lines) + "\n"
