"""The metadata files: one dictionary behind all, each as its published schema has it.

Croissant's and schema.org's own validators are heavy: they run in ``make validate``.
"""

from __future__ import annotations

import copy
import csv
import datetime as dt
import hashlib
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from frictionless import Package, system

from compiler import metadata
from compiler.build import load_source

DOI, REPOSITORY = "10.5281/zenodo.1003150", "https://example.org/archive/dprk-russia"
STANDARDS = Path(__file__).parent / "standards"
SCHEMAS = {
    "datapackage.json": "data-package-2.0.json",
    "datacite.json": "datacite-4.6.json",
    "CITATION.cff": "citation-file-format-1.2.0.json",
}
ODD = "Über \"quotes\", \\back\\, colon: yes: # no, - dash, {brace}, 'single' & <b>, 平壤"
AUTHORS = [
    {"title": "Jane Doe", "role": "author", "orcid": "0000-0002-1825-0097"},
    {"title": "Institute of Examples: 'East' #1", "role": "author"},
    {"title": "Józef Łoś", "role": "author", "orcid": "0000-0001-5109-3700"},
    {"title": "An Editor", "role": "editor", "orcid": "0000-0002-1694-233X"},
    {"title": "A Helper", "role": "contributor"},
]


@pytest.fixture(scope="module")
def about(root: Path, release: Path) -> dict[str, Any]:
    return metadata.with_tables(metadata.metadata(load_source(root).checked), release)


def read(about: dict[str, Any]) -> dict[str, Any]:
    """Each file's content, by a parser of its format."""
    texts = metadata.documents(about)
    return {n: yaml.safe_load(t) if n.endswith(".cff") else json.loads(t) for n, t in texts.items()}


VARIANTS: dict[str, dict[str, Any]] = {
    "as it is": {},
    "with DOI and repository": {"doi": DOI, "repository": REPOSITORY},
    "with a DOI only": {"doi": DOI},
    "several authors": {"contributors": AUTHORS},
    "odd characters": {"title": ODD, "description": ODD * 2, "keywords": [ODD, "#", "- : ?"]},
    "without places and claims": {"countries": {}, "measures": []},
}


@pytest.fixture(params=VARIANTS.values(), ids=VARIANTS)
def variant(about: dict[str, Any], request: pytest.FixtureRequest) -> dict[str, Any]:
    return about | request.param


# --- against the published schemas ---------------------------------------------------------------------------

_DAY = {
    "year": r"[0-9]{4}",
    "yearmonth": r"[0-9]{4}-[0-9]{2}",
    "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "datetime": r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]+Z",
}
FORMATS = jsonschema.FormatChecker(["email"])
for _name, _pattern in _DAY.items():
    FORMATS.checks(_name)(lambda text, p=_pattern: bool(re.fullmatch(p, str(text))))
    FORMATS.checks(f"{_name}-range")(lambda text, p=_pattern: bool(re.fullmatch(f"{p}/{p}", str(text))))
FORMATS.checks("date-time")(lambda text: bool(re.fullmatch(_DAY["datetime"], str(text))))
FORMATS.checks("uri")(lambda text: bool(re.fullmatch(r"[a-z]+:\S+", str(text))))


def against_schema(name: str, content: Any, *, lists: bool = False) -> list[str]:
    """What the published schema says against the file; ``lists``: fields of type list are left as they are.

    The standard has them, its profile 2.0 forgot them (frictionlessdata/datapackage issue 1089, mended for 2.1).
    """
    schema = json.loads((STANDARDS / SCHEMAS[name]).read_text(encoding="utf-8"))
    if name == "datapackage.json" and not lists:
        content = copy.deepcopy(content)
        for resource in content["resources"]:
            for field in resource["schema"].get("fields", ()):
                field["type"] = "string" if field["type"] == "list" else field["type"]
    validator = jsonschema.validators.validator_for(schema)
    if "2019-09" in schema["$schema"]:
        validator = jsonschema.Draft201909Validator
    return [error.message for error in validator(schema, format_checker=FORMATS).iter_errors(content)]


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_is_as_its_published_schema_has_it(variant, name) -> None:
    assert against_schema(name, read(variant)[name]) == []


def test_the_profile_still_lacks_lists(about) -> None:
    assert against_schema("datapackage.json", read(about)["datapackage.json"], lists=True), (
        "drop the exception"
    )


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("datapackage.json", lambda d: d.update(resources=[])),
        ("datapackage.json", lambda d: d["licenses"][0].update(name="CC BY")),
        ("datapackage.json", lambda d: d["resources"][0].update(name=7)),
        ("datapackage.json", lambda d: d["resources"][0]["schema"].pop("fields")),
        ("datapackage.json", lambda d: d.update(created="2026-11-22")),
        ("datacite.json", lambda d: d.pop("publisher")),
        ("datacite.json", lambda d: d.update(doi="doi:10.1/x")),
        ("datacite.json", lambda d: d["dates"][1].update(dateType="Covered")),
        ("datacite.json", lambda d: d["dates"][1].update(date="2022 to 2026")),
        ("datacite.json", lambda d: d["creators"][0].update(nameType="Group")),
        ("datacite.json", lambda d: d["creators"][0].update(orcid="0000")),
        ("datacite.json", lambda d: d.update(homepage=REPOSITORY)),
        ("CITATION.cff", lambda d: d.pop("authors")),
        ("CITATION.cff", lambda d: d.update(type="data")),
        ("CITATION.cff", lambda d: d.update(license="CC-BY")),
        ("CITATION.cff", lambda d: d.update(doi="https://doi.org/10.5281/zenodo.1")),
        ("CITATION.cff", lambda d: d.update({"date-released": "22.11.2026"})),
        ("CITATION.cff", lambda d: d["authors"][0].update(orcid="0000-0002-1825-0097")),
    ],
)
def test_each_schema_refuses_a_broken_file(about, name, change: Callable[[Any], Any]) -> None:
    content = read(about)[name]
    change(content)
    assert against_schema(name, content)


def test_frictionless_reads_odd_characters(about, tmp_path: Path) -> None:
    described = read(about | VARIANTS["odd characters"])["datapackage.json"]
    (tmp_path / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    with system.use_context(trusted=True):
        package = Package(str(tmp_path / "datapackage.json"))
    assert (package.title, package.keywords[0]) == (ODD, ODD)


# --- the same facts in all of them ----------------------------------------------------------------------------


def facts(content: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What each file says: title, version, date, licence (SPDX, address) and authors, each where it has it."""
    package, cite, data = content["datapackage.json"], content["datacite.json"], content["CITATION.cff"]
    linked = {
        name: {
            "title": content[name]["name"],
            "version": content[name]["version"],
            "date": {content[name]["datePublished"], content[name]["dateModified"]},
            "licence_url": content[name]["license"],
            "authors": [agent["name"] for agent in content[name]["creator"]],
        }
        for name in ("schema-org.jsonld", "croissant.json")
    }
    [licence], [rights] = package["licenses"], cite["rightsList"]
    return linked | {
        "datapackage.json": {
            "title": package["title"],
            "version": package["version"],
            "date": {package["created"].removesuffix("T00:00:00Z"), package["armsledger:asOf"]},
            "licence_spdx": licence["name"],
            "licence_url": licence["path"],
            "authors": [c["title"] for c in package["contributors"] if c["roles"] == ["author"]],
        },
        "datacite.json": {
            "title": cite["titles"][0]["title"],
            "version": cite["version"],
            "date": {d["date"] for d in cite["dates"] if d["dateType"] == "Issued"},
            "licence_spdx": rights["rightsIdentifier"],
            "licence_url": rights["rightsUri"],
            "authors": [creator["name"] for creator in cite["creators"]],
        },
        "CITATION.cff": {
            "title": data["title"],
            "version": data["version"],
            "date": {data["date-released"]},
            "licence_spdx": data["license"],
            "authors": [author["name"] for author in data["authors"]],
        },
    }


def expected(about: dict[str, Any]) -> dict[str, Any]:
    return {key: about[key] for key in ("title", "version", "licence_spdx", "licence_url")} | {
        "date": {about["as_of"].isoformat()},
        "authors": [c["title"] for c in about["contributors"] if c["role"] == "author"],
    }


def test_all_say_the_same(variant) -> None:
    want = expected(variant)
    for name, said in facts(read(variant)).items():
        assert said == {key: want[key] for key in said}, name


@pytest.mark.parametrize(
    ("key", "value", "fact"),
    [
        ("title", "Another title", "title"),
        ("version", "9.8.7", "version"),
        ("as_of", dt.date(2031, 5, 7), "date"),
        ("licence_spdx", "CC0-1.0", "licence_spdx"),
        ("licence_url", "https://example.org/licence", "licence_url"),
        ("contributors", AUTHORS, "authors"),
    ],
)
def test_a_change_in_the_dictionary_changes_all(about, key, value, fact) -> None:
    before, after = facts(read(about)), facts(read(about | {key: value}))
    having = {name for name, said in after.items() if fact in said}
    assert having == (set(after) if not fact.startswith("licence") else having)
    assert len(having) >= 3
    for name in having:
        assert after[name][fact] != before[name][fact], name
        assert after[name][fact] == expected(about | {key: value})[fact], name


def test_committed_citation_is_the_release_s(root: Path, release: Path, about) -> None:
    said = metadata.citation_cff(about)
    assert (root / "CITATION.cff").read_text(encoding="utf-8") == said
    assert (release / "CITATION.cff").read_text(encoding="utf-8") == said


# --- DOI, address, authors ------------------------------------------------------------------------------------


def test_without_doi_and_repository_nothing_is_made_up(about) -> None:
    assert not about["doi"] and not about["repository"]
    for name, text in metadata.documents(about).items():
        assert "doi.org" not in text and '"doi"' not in text and "doi:" not in text, name
    content = read(about)
    assert not {"id", "homepage"} & set(content["datapackage.json"])
    assert not {"@id", "identifier", "url"} & set(content["schema-org.jsonld"])
    assert "url" not in content["croissant.json"]
    assert not {"doi", "url", "prefix"} & set(content["datacite.json"])
    assert not {"doi", "repository", "url"} & set(content["CITATION.cff"])


def test_with_doi_and_repository_all_carry_them(about) -> None:
    content = read(about | VARIANTS["with DOI and repository"])
    link = f"https://doi.org/{DOI}"
    package, found = content["datapackage.json"], content["schema-org.jsonld"]
    assert (package["id"], package["homepage"]) == (DOI, REPOSITORY)
    assert (found["@id"], found["identifier"], found["url"]) == (link, link, REPOSITORY)
    assert content["croissant.json"]["url"] == REPOSITORY
    assert (content["datacite.json"]["doi"], content["datacite.json"]["url"]) == (DOI, REPOSITORY)
    assert (content["CITATION.cff"]["doi"], content["CITATION.cff"]["repository"]) == (DOI, REPOSITORY)
    for name in ("schema-org.jsonld", "croissant.json"):
        assert any(isinstance(v, str) and v.endswith(link) for v in content[name].values()), name


def test_persons_have_their_orcid_and_groups_none(about) -> None:
    content = read(about | VARIANTS["several authors"])
    links = [f"https://orcid.org/{c['orcid']}" if "orcid" in c else None for c in AUTHORS[:3]]
    for name in ("schema-org.jsonld", "croissant.json"):
        creators = content[name]["creator"]
        assert [c.get("@id") for c in creators] == links
        assert [c["@type"] for c in creators] == ["Person", "Organization", "Person"]
        assert [c["name"] for c in content[name]["contributor"]] == ["An Editor", "A Helper"]
    assert [c.get("path") for c in content["datapackage.json"]["contributors"]][:3] == links
    assert [a.get("orcid") for a in content["CITATION.cff"]["authors"]] == links
    record = content["datacite.json"]
    given = [c.get("nameIdentifiers", [{}])[0].get("nameIdentifier") for c in record["creators"]]
    assert given == links
    assert [c["nameType"] for c in record["creators"]] == ["Personal", "Organizational", "Personal"]
    assert [c["contributorType"] for c in record["contributors"]] == ["Editor", "Other"]
    assert record["publisher"]["name"] == "Jane Doe, Institute of Examples: 'East' #1, Józef Łoś"


def test_the_period_ends_with_the_data(about) -> None:
    start, as_of = about["coverage_start"], about["as_of"]
    for end, last in ((None, as_of), (dt.date(2024, 1, 1), dt.date(2024, 1, 1)), (dt.date.max, as_of)):
        content = read(about | {"coverage_end": end})
        assert content["schema-org.jsonld"]["temporalCoverage"] == f"{start}/{last}"
        assert {"date": f"{start}/{last}", "dateType": "Coverage"} in content["datacite.json"]["dates"]


# --- schema.org: what Google's Dataset guide asks for -----------------------------------------------------------

REQUIRED = {"name", "description"}
RECOMMENDED = set(
    "creator isAccessibleForFree keywords license spatialCoverage temporalCoverage variableMeasured version "
    "distribution".split()
)
WITH_A_DOI = {"identifier", "url"}


def against_google(found: dict[str, Any], more: set[str] = frozenset()) -> list[str]:
    wrong = [f"{key} is missing" for key in sorted((REQUIRED | RECOMMENDED | more) - set(found))]
    if not 50 <= len(found.get("description", "")) <= 5000:
        wrong.append("description has not between 50 and 5000 characters")
    for file in found.get("distribution", ()):
        wrong += [f"a file without {key}" for key in ("contentUrl", "encodingFormat") if not file.get(key)]
    wrong += [f"{key} is empty" for key, value in found.items() if value in ("", [], None)]
    return wrong


def test_schema_org_has_what_google_asks_for(about) -> None:
    assert against_google(read(about)["schema-org.jsonld"]) == []
    found = read(about | VARIANTS["with a DOI only"])["schema-org.jsonld"]
    assert against_google(found, WITH_A_DOI) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.pop("license"),
        lambda d: d.update(description="Short."),
        lambda d: d["distribution"][0].pop("contentUrl"),
        lambda d: d.update(keywords=[]),
    ],
)
def test_a_poorer_description_is_noticed(about, change: Callable[[Any], Any]) -> None:
    found = read(about)["schema-org.jsonld"]
    change(found)
    assert against_google(found)


def test_schema_org_names_the_files_and_what_is_counted(about, release: Path) -> None:
    found = read(about)["schema-org.jsonld"]
    for file in found["distribution"]:
        data = (release / file["contentUrl"]).read_bytes()
        assert file["sha256"] == hashlib.sha256(data).hexdigest()
        assert file["contentSize"] == f"{len(data)} B"
    assert {f["contentUrl"] for f in found["distribution"]} == {
        f"csv/{path.name}" for path in (release / "csv").iterdir()
    }
    assert "Moved" in {variable["name"] for variable in found["variableMeasured"]}
    with (release / "csv" / "places.csv").open(encoding="utf-8", newline="") as stream:
        known = {row["country"] for row in csv.DictReader(stream)}
    assert {country["identifier"] for country in found["spatialCoverage"]} <= known


# --- Croissant, as far as it can be checked without its validator -------------------------------------------------


def against_files(described: dict[str, Any], folder: Path) -> list[str]:
    """What is wrong with ``croissant.json`` as a description of the files under ``folder``."""
    wrong = []
    files = {file["@id"]: file for file in described["distribution"]}
    sets = {record_set["@id"]: record_set for record_set in described["recordSet"]}
    fields = {field["@id"]: field for record_set in sets.values() for field in record_set["field"]}
    ids = [*files, *(r["@id"] for r in described["recordSet"])]
    ids += [field["@id"] for record_set in described["recordSet"] for field in record_set["field"]]
    wrong += [f"{name} twice" for name, n in Counter(ids).items() if n > 1]
    wrong += [f"no file {p.name}" for p in (folder / "csv").iterdir() if f"csv/{p.name}" not in files]
    for name, file in files.items():
        data = (folder / file["contentUrl"]).read_bytes()
        if hashlib.sha256(data).hexdigest() != file["sha256"] or file["encodingFormat"] != "text/csv":
            wrong.append(f"{name} is another file")
        rows = list(csv.reader(data.decode().splitlines()))
        header, cells = rows[0], list(zip(*rows[1:], strict=True)) or [()] * len(rows[0])
        own = sets[Path(name).stem]["field"]
        if [field["source"]["extract"]["column"] for field in own] != header:
            wrong.append(f"{name}: other columns")
        for field, column in zip(own, cells, strict=False):
            target = field.get("references", {}).get("field", {}).get("@id", "")
            if target.startswith("code/"):
                codes = {row[target] for row in sets[target.removesuffix("/value")]["data"]}
                wrong += [f"{field['@id']}: {value}" for value in set(column) - codes - {""}]
            if field["source"]["fileObject"]["@id"] != name or field["@id"].split("/")[0] != Path(name).stem:
                wrong.append(f"{field['@id']} is read from another file")
    for record_set in sets.values():
        keys = record_set.get("key", [])
        for key in keys if isinstance(keys, list) else [keys]:
            wrong += [] if key["@id"] in {f["@id"] for f in record_set["field"]} else [f"key {key['@id']}"]
    for name, field in fields.items():
        target = field.get("references", {}).get("field", {}).get("@id")
        wrong += [f"{name} refers to {target}"] if target and target not in fields else []
        if field.get("isArray", False) != ("transform" in field.get("source", {})):
            wrong.append(f"{name}: an array that is not split")
    return wrong


def test_croissant_describes_the_files(about, release: Path) -> None:
    described = read(about)["croissant.json"]
    assert described["conformsTo"] == "http://mlcommons.org/croissant/1.1"
    assert against_files(described, release) == []
    types = {str(f["dataType"]) for r in described["recordSet"] for f in r["field"]}
    assert {"sc:Text", "sc:Float", "sc:Integer", "sc:Boolean", "sc:Date"} <= types


def test_croissant_says_what_the_data_package_says(about, release: Path) -> None:
    content = read(about)
    described = {r["@id"]: r for r in content["croissant.json"]["recordSet"]}
    for resource in content["datapackage.json"]["resources"]:
        table, schema = resource["name"], resource["schema"]
        fields = {f["name"]: f for f in described[table]["field"]}
        with (release / "csv" / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
            filled = {name for row in csv.DictReader(stream) for name, text in row.items() if text}
        keys = [key["@id"] for key in described[table].get("key", ())]
        assert keys == [f"{table}/{column}" for column in schema.get("primaryKey", ())]
        for field in schema["fields"]:
            assert fields[field["name"]].get("isArray", False) == (field["type"] == "list")
        for key in schema.get("foreignKeys", ()):
            [column], to = key["fields"], key["reference"]
            refers = fields[column].get("references")
            left_out = to["resource"] == table or column not in filled
            assert refers == (None if left_out else {"field": {"@id": f"{to['resource']}/{to['fields'][0]}"}})
        for warning in resource.get("armsledger:warnings", {}).values():
            assert warning in described[table]["description"]


def field_of(described: dict[str, Any], name: str) -> dict[str, Any]:
    return next(f for r in described["recordSet"] for f in r["field"] if f["@id"] == name)


@pytest.mark.parametrize(
    ("change", "noticed"),
    [
        (lambda d: d["distribution"].pop(), "no file"),
        (lambda d: d["distribution"][0].update(sha256="0" * 64), "is another file"),
        (lambda d: d["recordSet"][0]["field"].pop(), "other columns"),
        (lambda d: d["recordSet"][0]["field"].append(d["recordSet"][0]["field"][0]), "twice"),
        (lambda d: d["recordSet"][0].update(key=[{"@id": "records/no"}]), "key records/no"),
        (
            lambda d: field_of(d, "claims/claimant").update(references={"field": {"@id": "actors/no"}}),
            "claims/claimant refers to actors/no",
        ),
        (lambda d: field_of(d, "claims/source_ids")["source"].pop("transform"), "not split"),
        (lambda d: field_of(d, "claims/source_ids").pop("isArray"), "not split"),
        (
            lambda d: field_of(d, "claims/claimant")["source"]["fileObject"].update(
                {"@id": "csv/voices.csv"}
            ),
            "read from another file",
        ),
        (
            lambda d: next(r for r in d["recordSet"] if r["@id"] == "code/kind")["data"].clear(),
            "claims/kind: cumulative",
        ),
    ],
)
def test_a_croissant_that_does_not_fit_is_noticed(about, release: Path, change, noticed) -> None:
    described = copy.deepcopy(read(about)["croissant.json"])
    change(described)
    found = against_files(described, release)
    assert any(noticed in line for line in found), found


# --- in the release ---------------------------------------------------------------------------------------------


def test_they_are_in_the_release_its_sums_and_the_zip(about, root: Path, release: Path) -> None:
    packed = root / "dist" / f"{about['name']}-{about['version']}-csv.zip"
    with zipfile.ZipFile(packed) as archive:
        zipped = {name.split("/", 1)[1]: archive.read(name) for name in archive.namelist()}
    sums = (release / "SHA256SUMS").read_text(encoding="utf-8")
    readme = (release / "README.md").read_text(encoding="utf-8")
    for name, text in metadata.documents(about).items():
        assert (release / name).read_bytes() == zipped[name] == text.encode()
        assert f"{hashlib.sha256(text.encode()).hexdigest()}  {name}\n" in sums
        assert f"`{name}`" in readme
        assert "\r" not in text and text.endswith("\n")
    assert read(about)["datapackage.json"]["armsledger:methodVersion"] == about["method_version"]
