"""One declaration: what is derived and committed equals what is declared, and nothing is left undeclared."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from armsledger import tabular
from schemas.codelists import CODELISTS, VAGUE_BOUNDS
from schemas.export import arrow_schema, editor_schema, generated, table_schema
from schemas.fields import DTYPES, specs
from schemas.layout import ALL_MODELS, GROUPS, LAYOUTS, MODELS, NESTING, primary_key, typed_keys, warnings
from schemas.standards import COUNTRIES

# Names that Stata itself reserves (Stata manual, [U] 11.3); `strL` and `str1` ... `str2045` are checked apart.
STATA_RESERVED = set(
    "_all _b byte _coef _cons double float if in int long _n _N _pi _pred _rc _skip using with strL".split()
)
COLUMNS = [(table, name, spec) for table, model in ALL_MODELS.items() for name, spec in specs(model).items()]


def test_committed_files_are_what_the_declarations_give(root: Path) -> None:
    stale = [
        path.relative_to(root).as_posix()
        for path, text in generated().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    assert not stale, f"stale: {', '.join(stale)}; mend it with: make generated"


def test_no_generated_file_is_left_over(root: Path) -> None:
    there = {p for p in (root / "schemas" / "generated").rglob("*") if p.is_file()}
    assert there <= set(generated())


@pytest.mark.parametrize(("table", "name", "spec"), COLUMNS, ids=[f"{t}.{n}" for t, n, _ in COLUMNS])
def test_a_column_says_what_it_is(table: str, name: str, spec) -> None:
    assert spec.title and spec.title[0].isupper()
    assert len(spec.description) > 8 and spec.description.endswith((".", ")")), spec.description
    assert spec.origin
    assert re.fullmatch(r"[a-z][a-z0-9_]{0,31}", name), "snake_case, at most 32 characters (Stata)"
    assert name not in STATA_RESERVED and not re.fullmatch(r"str[0-9]+", name)
    if spec.kind == "number":
        assert spec.unit
    if spec.codelist:
        assert spec.codelist in CODELISTS
    if spec.ref:
        assert spec.ref in ALL_MODELS
    if spec.kind == "ladder":
        assert CODELISTS[spec.codelist].ordered


@pytest.mark.parametrize("table", MODELS)
def test_pandera_checks_are_all_ones_that_table_schema_can_say(table: str) -> None:
    sayable = {"isin", "str_matches", "str_length", "greater_than_or_equal_to", "less_than_or_equal_to"}
    columns = MODELS[table].to_schema().columns
    for name, column in columns.items():
        assert {check.name for check in column.checks} <= sayable, name
        assert column.dtype is not None
    fields = {field["name"]: field for field in table_schema(table)["fields"]}
    assert list(fields) == list(columns)
    for name, column in columns.items():
        constraints = fields[name].get("constraints", {})
        assert bool(constraints.get("required")) == (not column.nullable)
        assert bool(constraints.get("unique")) == column.unique
        said = {"isin": "enum", "str_matches": "pattern", "str_length": "maxLength"}
        said |= {"greater_than_or_equal_to": "minimum", "less_than_or_equal_to": "maximum"}
        assert {said[check.name] for check in column.checks} <= set(constraints)


def test_every_kind_has_a_dtype_and_every_table_a_key() -> None:
    assert {spec.kind for _, _, spec in COLUMNS} <= set(DTYPES)
    without = {table for table in MODELS if not primary_key(table)}
    assert without == {"changes"}


@pytest.mark.parametrize("table", MODELS)
def test_arrow_schema_and_the_package_s_reading_of_table_schema_agree(table: str) -> None:
    assert tabular.arrow_schema(table_schema(table)).equals(arrow_schema(table), check_metadata=True)


def test_layout_names_only_what_is_declared() -> None:
    for table, groups in GROUPS.items():
        for group in groups:
            assert any(name.startswith(group + "_") for name in specs(ALL_MODELS[table]))
    for table, nested in NESTING.items():
        for child in nested:
            assert child.after in typed_keys(table)
            assert child.parent in specs(ALL_MODELS[child.table])
            assert not child.value or child.value in specs(ALL_MODELS[child.table])
    for table in MODELS:
        warnings(table)


@pytest.mark.parametrize("name", LAYOUTS)
def test_editor_schemas_accept_the_records_and_refuse_an_unknown_key(name: str, root: Path) -> None:
    schema = editor_schema(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    folder, layout = root / "datasets" / "dprk-russia", LAYOUTS[name]
    paths = sorted((folder / layout.path).glob("*.yaml")) if layout.one_file_a_row else [folder / layout.path]
    assert paths
    for path in paths:
        record = _as_an_editor_reads(path)
        assert not [f"{path.name}: {e.json_path}: {e.message}" for e in validator.iter_errors(record)]
        rows = [record] if layout.one_row else list(record.values())
        for row in rows:
            row["nonesuch"] = 1
            assert list(validator.iter_errors(record))
            del row["nonesuch"]


def _as_an_editor_reads(path: Path):
    """YAML 1.2 core types, as editors' language servers have them: numbers and booleans, dates as text."""

    class Core(yaml.SafeLoader):
        yaml_implicit_resolvers = {}  # noqa: RUF012

    Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(true|false)$"), list("tf"))
    Core.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?[0-9]+$"), list("-0123456789"))
    Core.add_implicit_resolver(
        "tag:yaml.org,2002:float", re.compile(r"^-?[0-9]+\.[0-9]+$"), list("-0123456789")
    )
    return yaml.load(path.read_text(encoding="utf-8"), Loader=Core)


def test_vscode_maps_every_layout(root: Path) -> None:
    settings = json.loads((root / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    assert len(settings["yaml.schemas"]) == len(LAYOUTS)
    for schema, glob in settings["yaml.schemas"].items():
        assert (root / schema).exists()
        assert list(root.glob(glob))


def test_country_codes_are_iso_and_state_numbers_are_single() -> None:
    assert all(re.fullmatch(r"[A-Z]{3}", code) for code in COUNTRIES)
    for column in ("cow_code", "gw_code"):
        numbers = [getattr(c, column) for c in COUNTRIES.values() if getattr(c, column) is not None]
        assert len(numbers) == len(set(numbers)) > 190
    assert [COUNTRIES[c].cow_code for c in ("PRK", "RUS", "KOR", "UKR", "USA", "JPN", "CHN")] == [
        731,
        365,
        732,
        369,
        2,
        740,
        710,
    ]


def test_the_assessment_knows_every_vague_word() -> None:
    from armsledger.assess.reading import STATE_ORGANS, VAGUE_WORDS

    assert set(VAGUE_BOUNDS) == VAGUE_WORDS
    assert set(CODELISTS["qualifier"].values) >= VAGUE_WORDS
    assert set(CODELISTS["actor_type"].values) > STATE_ORGANS


def test_codes_that_the_assessment_spells_out_are_in_their_lists() -> None:
    """A code that no list has would make a rule of the assessment one that never holds."""
    from armsledger.assess import estimates, model, reading, standing

    known = {value for codelist in CODELISTS.values() for value in codelist.values}
    known |= {"unattributed", "all"}  # the voice of nobody, and every scope or class
    spelled = {
        (module.__name__, name, word)
        for module in (estimates, model, reading, standing)
        for name, value in vars(module).items()
        if name.isupper() and isinstance(value, (str, tuple, frozenset))
        for word in ([value] if isinstance(value, str) else value)
        if isinstance(word, str)
    }
    assert len(spelled) > 30
    assert not {entry for entry in spelled if entry[2] not in known}
