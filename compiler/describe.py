"""What a release says about itself: datapackage.json, CITATION.cff, and the README in its folder.

Everything here is rendered from ``dataset.yaml``, the declarations and the tables; no figure is typed.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from armsledger.assess import METHOD_VERSION
from armsledger.citation import apa
from armsledger.exporting import telling
from compiler.check import Checked
from compiler.derive import Tables
from schemas.codelists import CODELISTS
from schemas.export import table_schema
from schemas.layout import MODELS, former_names, title_of, warnings
from schemas.rules.model import Row

DATA_PACKAGE_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
TABLE_SCHEMA_PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"


def metadata(checked: Checked) -> dict[str, Any]:
    """The dataset about itself, once, for everything that is rendered from it."""
    dataset: Row = checked.tables["dataset"][0]
    contributors = [
        {k: row[k] for k in ("title", "role", "orcid") if row[k]} for row in checked.tables["contributors"]
    ]
    return {k: v for k, v in dataset.items() if "#" not in k} | {"contributors": contributors}


def data_package(about: dict[str, Any], folder: Path) -> dict[str, Any]:
    """A Data Package (v2) of the CSV files that lie under ``folder``."""
    return _head(about) | {"resources": [_resource(table, folder) for table in MODELS]}


def _head(about: dict[str, Any]) -> dict[str, Any]:
    package: dict[str, Any] = {
        "$schema": DATA_PACKAGE_PROFILE,
        "name": about["name"],
        "title": about["title"],
        "description": about["description"],
        "version": about["version"],
        "created": f"{about['as_of'].isoformat()}T00:00:00Z",
        "licenses": [
            {"name": about["licence_spdx"], "title": about["licence_title"], "path": about["licence_url"]}
        ],
        "contributors": [_contributor(c) for c in about["contributors"]],
        "keywords": about["keywords"],
        "armsledger:asOf": about["as_of"].isoformat(),
        "armsledger:methodVersion": METHOD_VERSION,
    }
    for key in ("repository", "doi"):
        if about[key]:
            package["homepage" if key == "repository" else "id"] = about[key]
    return package


def _contributor(contributor: dict[str, str]) -> dict[str, Any]:
    made: dict[str, Any] = {"title": contributor["title"], "roles": [contributor["role"]]}
    if "orcid" in contributor:
        made["path"] = f"https://orcid.org/{contributor['orcid']}"
    return made


def _resource(table: str, folder: Path) -> dict[str, Any]:
    data = (folder / "csv" / f"{table}.csv").read_bytes()
    resource: dict[str, Any] = {
        "name": table,
        "type": "table",
        "path": f"csv/{table}.csv",
        "title": title_of(table),
        "description": (MODELS[table].__doc__ or "").strip(),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": {"$schema": TABLE_SCHEMA_PROFILE} | table_schema(table),
    }
    definitions = {code.value: code.definition for code in CODELISTS["table_warning"].codes}
    if warnings(table):
        resource["armsledger:warnings"] = {code: definitions[code] for code in warnings(table)}
    if former_names(table):
        resource["armsledger:was"] = list(former_names(table))
    return resource


def as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def citation_cff(about: dict[str, Any]) -> str:
    """CITATION.cff (1.2.0) of the version at hand. Every text is a JSON string, which is valid YAML."""

    def quote(text: str) -> str:
        return json.dumps(text, ensure_ascii=False)

    authors = [c["title"] for c in about["contributors"] if c["role"] == "author"]
    lines = [
        "cff-version: 1.2.0",
        "type: dataset",
        f"message: {quote('If you use these data, please cite them with their version.')}",
        f"title: {quote(about['title'])}",
        f"version: {quote(about['version'])}",
        f"date-released: {about['as_of'].isoformat()}",
        f"license: {about['licence_spdx']}",
        "authors:",
        *(f"  - name: {quote(author)}" for author in authors),
        "keywords:",
        *(f"  - {quote(word)}" for word in about["keywords"]),
    ]
    lines += [f"repository: {quote(about['repository'])}"] if about["repository"] else []
    lines += [f"doi: {about['doi']}"] if about["doi"] else []
    return "\n".join(lines) + "\n"


def release_readme(about: dict[str, Any], tables: Tables) -> str:
    """The README in a release's folder: what lies where, how many rows, how to cite and not to misread."""
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
            "- `datapackage.json`: types, keys and codes for machines (Data Package v2).",
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


def citation(about: dict[str, Any]) -> str:
    """The dataset in APA style, as `armsledger.cite` has it, but for a working state's digest."""
    return apa(_head(about))


def coders(tables: Tables) -> str:
    """Who or what coded and reviewed the records, as plainly as the records say it."""
    labels = {code.value: code.label for code in CODELISTS["coder"].codes}
    coded, reviewed = (tables["records"][column].dropna().tolist() for column in ("coded_by", "reviewed_by"))
    return telling.coders(len(tables["records"]), coded, reviewed, labels)
