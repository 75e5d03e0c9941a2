"""Codes that other bodies keep, as far as this field needs them, in CSV files beside this one.

``countries.csv``: ISO 3166-1 alpha-3 (names from pycountry), with the state numbers of the Correlates of War
project (State System Membership v2016) and of Gleditsch and Ward, both as in andybega/states (MIT). Kosovo,
Abkhazia and South Ossetia have state numbers and no ISO code, so they are not there.
``codes.csv``: UNROCA, HS 2022 (headings as in datasets/harmonized-system, PDDL), Wassenaar Munitions List,
MTCR Annex, SIPRI. Labels and definitions are our own short words. The Wassenaar list, UNROCA's and the MTCR's
own texts could not be seen when they were written: they follow national lists and pages that cite those texts.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from schemas.code import Code, Codelist

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Country:
    """One ISO country; state numbers are None where it is no member of the state system."""

    iso3: str
    name: str
    cow_code: int | None
    gw_code: int | None


def _read(name: str) -> list[dict[str, str]]:
    with (_HERE / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


COUNTRIES: dict[str, Country] = {
    row["iso3"]: Country(
        row["iso3"],
        row["name"],
        int(row["cow_code"]) if row["cow_code"] else None,
        int(row["gw_code"]) if row["gw_code"] else None,
    )
    for row in _read("countries.csv")
}

_LISTS = {
    "unroca_category": ("UNROCA category", "Category of the UN Register of Conventional Arms.", "UNROCA"),
    "hs_heading": ("HS heading", "Headings of the Harmonized System that this field meets.", "WCO HS 2022"),
    "wassenaar_category": (
        "Wassenaar category",
        "Category of the Munitions List, by national lists that follow it.",
        "Wassenaar Arrangement Munitions List",
    ),
    "mtcr_category": ("MTCR category", "Category and item of the MTCR Annex.", "MTCR Annex"),
    "sipri_category": (
        "SIPRI category",
        "Weapon category of the Arms Transfers Database.",
        "SIPRI Arms Transfers Database",
    ),
}


def _codelist(name: str) -> Codelist:
    rows = [row for row in _read("codes.csv") if row["list"] == name]
    return Codelist(name, *_LISTS[name], tuple(Code(r["value"], r["label"], r["definition"]) for r in rows))


STANDARDS: tuple[Codelist, ...] = tuple(_codelist(name) for name in _LISTS)
