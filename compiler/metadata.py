"""What a release says about itself, as other people's tools read it.

One dictionary (`metadata`, with the tables by `with_tables`), and a renderer for each standard:

    datapackage.json    Data Package 2.0: types, keys, codes; what frictionless and this package itself read
    schema-org.jsonld   schema.org/Dataset, for search engines (Google's Dataset guide)
    croissant.json      Croissant 1.1 (MLCommons): files, tables, columns, for machine-learning tools
    datacite.json       DataCite 4.6 in its JSON form, what an archive asks for with a DOI
    CITATION.cff        Citation File Format 1.2.0, for GitHub and reference managers

No figure is typed, and no fact twice: all is from ``dataset.yaml``, the declarations, the records and the files.

What is not known is left out, in every file. There is no DOI and no address until ``dataset.yaml`` states one:
without them the DataCite record is one for a DOI yet to be given (its JSON schema asks for no ``doi``; the
registry will), and the Croissant file lacks ``url``, which the specification asks for and its validator does
not. ``publisher``, which DataCite requires, is whoever made the dataset, since nobody else publishes it.
The date in all of them is the dataset's clock, ``as_of``. Addresses of files are relative to the release
folder, for nobody knows yet where it will lie on the web; the zip is not among them, since it holds these files.

A contributor with an ORCID iD is a person, one without is taken for a group: nothing else says which.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import yaml

from armsledger.assess import METHOD_VERSION
from armsledger.citation import apa
from armsledger.sums import digest
from compiler.check import Checked
from schemas.codelists import CODELISTS
from schemas.export import table_schema
from schemas.layout import MODELS, former_names, title_of, warnings
from schemas.rules.model import Row
from schemas.standards import COUNTRIES

LANGUAGE = "en"

Json = dict[str, Any]


# --- the one dictionary --------------------------------------------------------------------------------------


def metadata(checked: Checked) -> Json:
    """The dataset about itself, once, for everything that is rendered from it.

    The columns of `schemas.tables.about.Dataset`, and: contributors (title, role, orcid where known),
    method_version (of the rule that the estimates follow), countries (ISO 3166 alpha-3 to name, those in which
    places of records lie), measures (the codes of what claims count).
    """
    tables = checked.tables
    dataset: Row = {k: v for k, v in tables["dataset"][0].items() if "#" not in k}
    contributors = [
        {k: row[k] for k in ("title", "role", "orcid") if row[k]} for row in tables["contributors"]
    ]
    place_country = {row["id"]: row["country"] for row in tables["places"]}
    countries = {place_country[row["place"]] for row in tables["record_places"]} - {None}
    measured = {row["measure"] for row in tables["claims"]}
    return dataset | {
        "contributors": contributors,
        "method_version": METHOD_VERSION,
        "countries": {code: COUNTRIES[code].name for code in sorted(countries)},
        "measures": [code for code in CODELISTS["measure"].codes if code.value in measured],
    }


def with_tables(about: Json, folder: Path) -> Json:
    """``about`` with the tables whose CSV files lie under ``folder``, as Data Package resources.

    Beside them ``filled``: by table, the columns in which any row has a value.
    """
    filled = {table: _filled(folder / "csv" / f"{table}.csv") for table in MODELS}
    return about | {"tables": [_resource(table, folder) for table in MODELS], "filled": filled}


def _filled(path: Path) -> set[str]:
    with path.open(encoding="utf-8", newline="") as stream:
        return {name for row in csv.DictReader(stream) for name, text in row.items() if text}


def documents(about: Json) -> dict[str, str]:
    """Every metadata file by its name in the release folder; ``about`` is from `with_tables`."""
    return {
        "datapackage.json": _as_json(data_package(about)),
        "schema-org.jsonld": _as_json(schema_org(about)),
        "croissant.json": _as_json(croissant(about)),
        "datacite.json": _as_json(datacite(about)),
        "CITATION.cff": citation_cff(about),
    }


def citation(about: Json) -> str:
    """The dataset in APA style, as `armsledger.cite` has it, but for a working state's digest."""
    return apa(package_head(about))


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _known(**values: Any) -> Json:
    """Those that are known: a property without a value says nothing, and validators refuse it."""
    return {key: value for key, value in values.items() if value}


def _doi_url(about: Json) -> str | None:
    return f"https://doi.org/{about['doi']}" if about["doi"] else None


def _orcid_url(contributor: dict[str, str]) -> str | None:
    return f"https://orcid.org/{contributor['orcid']}" if "orcid" in contributor else None


def _with_role(about: Json, *roles: str) -> list[dict[str, str]]:
    return [c for c in about["contributors"] if c["role"] in roles]


def _period(about: Json) -> str:
    """What the data can cover: an ISO 8601 interval of days, as schema.org and DataCite (RKMS-ISO8601) have it."""
    end = min(about["coverage_end"] or about["as_of"], about["as_of"])
    return f"{about['coverage_start'].isoformat()}/{end.isoformat()}"


# --- Data Package 2.0 (datapackage.org) ----------------------------------------------------------------------

DATA_PACKAGE_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
TABLE_SCHEMA_PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"


def data_package(about: Json) -> Json:
    """The Data Package; its resources carry Table Schemas with keys, enums and categories."""
    return package_head(about) | {"resources": about["tables"]}


def package_head(about: Json) -> Json:
    return {
        "$schema": DATA_PACKAGE_PROFILE,
        "name": about["name"],
        "title": about["title"],
        "description": about["description"],
        "version": about["version"],
        "created": f"{about['as_of'].isoformat()}T00:00:00Z",
        "licenses": [
            {"name": about["licence_spdx"], "title": about["licence_title"], "path": about["licence_url"]}
        ],
        "contributors": [
            {"title": c["title"], "roles": [c["role"]]} | _known(path=_orcid_url(c))
            for c in about["contributors"]
        ],
        "keywords": about["keywords"],
        "armsledger:asOf": about["as_of"].isoformat(),
        "armsledger:methodVersion": about["method_version"],
    } | _known(homepage=about["repository"], id=about["doi"])


def _resource(table: str, folder: Path) -> Json:
    data = (folder / "csv" / f"{table}.csv").read_bytes()
    definitions = {code.value: code.definition for code in CODELISTS["table_warning"].codes}
    more: Json = {
        "armsledger:warnings": {code: definitions[code] for code in warnings(table)},
        "armsledger:was": list(former_names(table)),
    }
    return {
        "name": table,
        "type": "table",
        "path": f"csv/{table}.csv",
        "title": title_of(table),
        "description": (MODELS[table].__doc__ or "").strip(),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{digest(data)}",
        "schema": {"$schema": TABLE_SCHEMA_PROFILE} | table_schema(table),
    } | _known(**more)


# --- schema.org/Dataset, and what Croissant takes from it -----------------------------------------------------


def schema_org(about: Json) -> Json:
    """The dataset in schema.org's vocabulary, as JSON-LD, with all that Google's Dataset guide recommends.

    The columns are not in it: they are in the Data Package and in Croissant. ``variableMeasured`` is what the
    claims count.
    """
    return {
        "@context": "https://schema.org",
        **_known(**{"@id": _doi_url(about)}),
        "@type": "Dataset",
        **_described(about),
        "isAccessibleForFree": True,
        "creditText": citation(about),
        "temporalCoverage": _period(about),
        **_known(
            identifier=_doi_url(about),
            spatialCoverage=[
                {"@type": "Country", "name": name, "identifier": code}
                for code, name in about["countries"].items()
            ],
            variableMeasured=[
                {"@type": "PropertyValue", "name": code.label, "description": code.definition}
                for code in about["measures"]
            ],
        ),
        "distribution": [{"@type": "DataDownload"} | _file(table) for table in about["tables"]],
    }


def _described(about: Json) -> Json:
    """The properties of schema.org that Croissant has too, in the same form."""
    return {
        "name": about["title"],
        "description": about["description"],
        "version": about["version"],
        "license": about["licence_url"],
        "creator": [_agent(c) for c in _with_role(about, "author")],
        "datePublished": about["as_of"].isoformat(),
        "dateModified": about["as_of"].isoformat(),
        "keywords": about["keywords"],
        "inLanguage": LANGUAGE,
        **_known(
            contributor=[_agent(c) for c in _with_role(about, "editor", "contributor")],
            url=about["repository"] or _doi_url(about),
        ),
    }


def _agent(contributor: dict[str, str]) -> Json:
    orcid = _orcid_url(contributor)
    kind = "Person" if orcid else "Organization"
    return {"@type": kind, "name": contributor["title"]} | _known(**{"@id": orcid, "url": orcid})


def _file(table: Json) -> Json:
    return {
        "name": table["path"].rpartition("/")[2],
        "description": table["description"],
        "contentUrl": table["path"],
        "encodingFormat": table["mediatype"],
        "contentSize": f"{table['bytes']} B",
        "sha256": table["hash"].removeprefix("sha256:"),
    }


# --- Croissant 1.1 (mlcommons.org/croissant/1.1) ---------------------------------------------------------------

CROISSANT = "http://mlcommons.org/croissant/1.1"

# Appendix 1 of the specification, but with https for schema.org: so have it MLCommons' examples, and mlcroissant
# finds no dataset otherwise. The last four terms are not in the appendix; mlcroissant misses them.
_CROISSANT_TERMS = (
    "annotation arrayShape citeAs column containedIn equivalentProperty excludes extract field fileProperty "
    "fileObject fileSet format includes isArray isLiveDataset jsonPath key md5 parentField recordSet references "
    "regex readLines sdVersion separator source subField transform unArchive value "
    "path repeated replace samplingRate"
).split()
_CROISSANT_CONTEXT: Json = {
    "@language": LANGUAGE,
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
} | {term: f"cr:{term}" for term in _CROISSANT_TERMS}

_CROISSANT_TYPES = {
    "string": "sc:Text",
    "list": "sc:Text",
    "number": "sc:Float",
    "integer": "sc:Integer",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
}


def croissant(about: Json) -> Json:
    """The dataset for machine-learning tools: a FileObject a CSV file, a RecordSet a table, a Field a column.

    Everything about columns is read from the Table Schemas. A list is an array, split at its delimiter; a
    reference points at the key of the table it refers to, in the form that MLCommons' mlcroissant reads
    (``{"field": {"@id": ...}}``; it breaks on the specification's bare ``{"@id": ...}``); one into the same table
    is left out, since Croissant's are to "another RecordSet", and so is one of a column that is empty throughout:
    it refers to nothing, and mlcroissant cannot join it. A closed list of codes is an enumeration
    (specification, "Categorical Data"), written out with its labels, to which the columns of codes refer.
    """
    codelists = {
        field["armsledger:codelist"]
        for table in about["tables"]
        for field in table["schema"]["fields"]
        if _is_code(field)
    }
    return {
        "@context": _CROISSANT_CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": CROISSANT,
        **_described(about),
        "citeAs": citation(about),
        "distribution": [
            {"@type": "cr:FileObject", "@id": table["path"]} | _file(table) for table in about["tables"]
        ],
        "recordSet": [
            *(_record_set(table, about["filled"][table["name"]]) for table in about["tables"]),
            *(_enumeration(name) for name in sorted(codelists)),
        ],
    }


def _record_set(table: Json, filled: set[str]) -> Json:
    schema = table["schema"]
    targets = {
        key["fields"][0]: f"{key['reference']['resource']}/{key['reference']['fields'][0]}"
        for key in schema.get("foreignKeys", ())
        if key["reference"]["resource"] != table["name"] and key["fields"][0] in filled
    }
    return {
        "@type": "cr:RecordSet",
        "@id": table["name"],
        "name": table["name"],
        "description": " ".join([table["description"], *table.get("armsledger:warnings", {}).values()]),
        **_known(key=[{"@id": f"{table['name']}/{column}"} for column in schema.get("primaryKey", ())]),
        "field": [_field(table, field, targets.get(field["name"])) for field in schema["fields"]],
    }


def _field(table: Json, field: Json, target: str | None) -> Json:
    unit = field.get("armsledger:unit")
    data_type = [_CROISSANT_TYPES[field["type"]], *([field["rdfType"]] if "rdfType" in field else [])]
    source: Json = {"fileObject": {"@id": table["path"]}, "extract": {"column": field["name"]}}
    made: Json = {
        "@type": "cr:Field",
        "@id": f"{table['name']}/{field['name']}",
        "name": field["name"],
        "description": field["description"] + (f" Unit: {unit}." if unit else ""),
        "dataType": data_type if len(data_type) > 1 else data_type[0],
        "source": source,
    }
    if field["type"] == "list":
        made |= {"isArray": True, "arrayShape": "-1"}
        source["transform"] = {"separator": field["delimiter"]}
    if _is_code(field):
        target = f"code/{field['armsledger:codelist']}/value"
    return made | ({"references": {"field": {"@id": target}}} if target else {})


def _is_code(field: Json) -> bool:
    """Whether every value of the column is of its codelist; a list of codes may also say `all`."""
    return "armsledger:codelist" in field and field["type"] != "list"


def _enumeration(name: str) -> Json:
    codelist, me = CODELISTS[name], f"code/{name}"
    return {
        "@type": "cr:RecordSet",
        "@id": me,
        "name": codelist.title,
        "description": codelist.description,
        "dataType": "sc:Enumeration",
        "key": {"@id": f"{me}/value"},
        "field": [
            {"@type": "cr:Field", "@id": f"{me}/{column}", "name": column, "dataType": "sc:Text"}
            for column in ("value", "name")
        ],
        "data": [{f"{me}/value": code.value, f"{me}/name": code.label} for code in codelist.codes],
    }


# --- DataCite 4.6 (schema.datacite.org/meta/kernel-4.6), in the JSON of its REST API ---------------------------


def datacite(about: Json) -> Json:
    """The record that registers a DOI; before there is one, all of it but the DOI (and the address)."""
    others = [
        _datacite_name(c) | {"contributorType": "Editor" if c["role"] == "editor" else "Other"}
        for c in _with_role(about, "editor", "contributor")
    ]
    return {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        **_known(doi=about["doi"], url=about["repository"]),
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Dataset"},
        "creators": [_datacite_name(c) for c in _with_role(about, "author")],
        "titles": [{"title": about["title"], "lang": LANGUAGE}],
        "publisher": {"name": ", ".join(c["title"] for c in _with_role(about, "author"))},
        "publicationYear": str(about["as_of"].year),
        "version": about["version"],
        "language": LANGUAGE,
        "dates": [
            {"date": about["as_of"].isoformat(), "dateType": "Issued"},
            {"date": _period(about), "dateType": "Coverage"},
        ],
        "descriptions": [
            {"description": about["description"], "descriptionType": "Abstract", "lang": LANGUAGE}
        ],
        "subjects": [{"subject": word, "lang": LANGUAGE} for word in about["keywords"]],
        "rightsList": [
            {
                "rights": about["licence_title"],
                "rightsUri": about["licence_url"],
                "rightsIdentifier": about["licence_spdx"],
                "rightsIdentifierScheme": "SPDX",
                "schemeUri": "https://spdx.org/licenses/",
            }
        ],
        "formats": sorted({table["mediatype"] for table in about["tables"]}),
        **_known(
            contributors=others,
            geoLocations=[{"geoLocationPlace": name} for name in about["countries"].values()],
        ),
    }


def _datacite_name(contributor: dict[str, str]) -> Json:
    orcid = _orcid_url(contributor)
    identifiers = [
        {"nameIdentifier": orcid, "nameIdentifierScheme": "ORCID", "schemeUri": "https://orcid.org"}
    ]
    return {
        "name": contributor["title"],
        "nameType": "Personal" if orcid else "Organizational",
    } | (_known(nameIdentifiers=identifiers) if orcid else {})


# --- Citation File Format 1.2.0 ------------------------------------------------------------------------------


def citation_cff(about: Json) -> str:
    """CITATION.cff. A name is cited as it stands, so authors are written as ``name``, never split into parts."""
    content = {
        "cff-version": "1.2.0",
        "type": "dataset",
        "message": "If you use these data, please cite them with their version.",
        "title": about["title"],
        "abstract": about["description"],
        "version": about["version"],
        "date-released": about["as_of"].isoformat(),
        "license": about["licence_spdx"],
        "authors": [{"name": c["title"]} | _known(orcid=_orcid_url(c)) for c in _with_role(about, "author")],
        "keywords": about["keywords"],
        **_known(repository=about["repository"], doi=about["doi"]),
    }
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=10_000)
