"""The README in a release's folder, rendered from the metadata, the declarations and the tables."""

from __future__ import annotations

from typing import Any

from armsledger.exporting import telling
from compiler.derive import Tables
from compiler.metadata import citation
from schemas.codelists import CODELISTS
from schemas.layout import MODELS, warnings

_AGREEMENT = (
    "- `agreement.csv`: how far two blind codings of the same claims agree, by field: pairs compared, exact matches, "
    "Krippendorff's alpha with its 95 % interval. Both coders were language models, and agreement of two language "
    "models is not agreement of two people."
)


def release_readme(about: dict[str, Any], tables: Tables, *, agreement: bool = False) -> str:
    """The README in a release's folder: what lies where, how many rows, how to cite and not to misread.

    ``agreement``: the folder has ``agreement.csv``.
    """
    version, name = about["version"], about["name"]
    counts = ["| table | rows | what a row is |", "|---|---:|---|"]
    counts += [f"| {t} | {len(tables[t])} | {(MODELS[t].__doc__ or '').strip()} |" for t in MODELS]
    used = sorted({w for t in MODELS for w in warnings(t)})
    codes = {code.value: code for code in CODELISTS["table_warning"].codes}
    return "\n".join(
        [
            f"# {about['title']}",
            "",
            f"Version {version}, as of {about['as_of'].isoformat()}. {about['description']}",
            "",
            "Start with `csv/transfers_flat.csv` and `csv/claims_flat.csv`: labels instead of codes, a unit beside "
            "every figure. `codebook.md` explains every column and code, `codebook.csv` is the same as a table.",
            "",
            "## What is here",
            "",
            "- `csv/`: the tables, UTF-8, comma, LF. Lists in a cell are joined by `|`; empty is missing.",
            "- `parquet/`: the same tables, typed.",
            "- `datapackage.json`: types, keys and codes for machines (Data Package 2.0).",
            "- `schema-org.jsonld`: the dataset in schema.org's vocabulary, for search engines and catalogues.",
            "- `croissant.json`: files, tables and columns for machine-learning tools (Croissant 1.1). With "
            "mlcroissant 1.1 open a new `Dataset` for each table: it spoils the tables that another refers to.",
            "- `datacite.json`: the record that an archive asks for (DataCite 4.6).",
            "- `CITATION.cff`: how to cite, for reference managers (Citation File Format 1.2.0).",
            "- `docs/`: `data-report.md` (what the records hold, how it is known, estimates with their rule, warnings "
            "that stand, what is missing), `coding-guide.md`, `method.md`, `rules.md`"
            + (" and `agreement.md`." if agreement else "."),
            "- `changes.csv`: what changed since the release before, with old and new values and the reason.",
            *([_AGREEMENT] if agreement else []),
            f"- `{name}-{version}.xlsx`: the main tables as a workbook (not in the CSV zip, nor are the next two).",
            f"- `{name}-{version}.sqlite`: all tables with their keys; needs SQLite 3.37 or newer.",
            "- `stata/`: all tables for Stata 14 or newer, with variable and value labels.",
            "- `SHA256SUMS`: check with `sha256sum --check SHA256SUMS`; the Parquet files have their own, and "
            "workbook, Stata and SQLite files have `SHA256SUMS.formats`.",
            "",
            *counts,
            "",
            "## Read this before you count",
            "",
            *(f"- **{codes[w].label}.** {codes[w].definition}" for w in used),
            "",
            "## Who coded it",
            "",
            coders(tables),
            "",
            "## How to cite",
            "",
            citation(about),
            "",
            f"Licence of the data: {about['licence_title']} ({about['licence_spdx']}), {about['licence_url']}.",
            "",
            f"The folder is named `{name}-{version}`; a version that ends in `.dev0` is a working state between "
            "releases, and a citation of it should name the SHA-256 of `SHA256SUMS` too.",
            "",
        ]
    )


def coders(tables: Tables) -> str:
    """Who or what coded and reviewed the records, as plainly as the records say it."""
    labels = {code.value: code.label for code in CODELISTS["coder"].codes}
    coded, reviewed = (tables["records"][column].dropna().tolist() for column in ("coded_by", "reviewed_by"))
    return telling.coders(len(tables["records"]), coded, reviewed, labels)
