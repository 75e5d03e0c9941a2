"""What the declarations look like to others: Arrow, Table Schema, JSON Schema for editors, codebook.

``python -m schemas.export`` writes the committed copies under ``schemas/generated`` (and the table names that
the installed package types ``load`` with); a test holds them equal to what this module derives.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from schemas.code import Codelist
from schemas.codelists import CODELISTS
from schemas.fields import Kind, Spec, specs
from schemas.layout import (
    ALL_MODELS,
    GROUPS,
    LAYOUTS,
    MODELS,
    NESTING,
    Layout,
    is_view,
    members,
    primary_key,
    typed_at,
    typed_keys,
    warnings,
)

GENERATED = Path(__file__).parent / "generated"
NAMES_MODULE = Path(__file__).parent.parent / "src" / "armsledger" / "_tables.py"
DELIMITER = "|"  # of lists in CSV

# --- Arrow ------------------------------------------------------------------------------------------------

_ARROW: dict[Kind, pa.DataType] = {
    "key": pa.string(),
    "ref": pa.string(),
    "code": pa.string(),
    "ladder": pa.dictionary(pa.int8(), pa.string(), ordered=True),
    "text": pa.string(),
    "words": pa.list_(pa.string()),
    "number": pa.float64(),
    "whole": pa.int64(),
    "flag": pa.bool_(),
    "day": pa.date32(),
    "edtf": pa.string(),
}


def arrow_schema(table: str) -> pa.Schema:
    """The Arrow schema of a published table; titles and descriptions travel as field metadata."""
    return pa.schema(
        [
            pa.field(
                name,
                _ARROW[spec.kind],
                nullable=not spec.required,
                metadata={"title": spec.title, "description": spec.description, "unit": spec.unit},
            )
            for name, spec in specs(ALL_MODELS[table]).items()
        ]
    )


# --- Table Schema (Data Package v2) --------------------------------------------------------------------------

_TABLE_SCHEMA: dict[Kind, str] = {
    "key": "string",
    "ref": "string",
    "code": "string",
    "ladder": "string",
    "text": "string",
    "words": "list",
    "number": "number",
    "whole": "integer",
    "flag": "boolean",
    "day": "date",
    "edtf": "string",
}


def table_schema(table: str) -> dict[str, Any]:
    """The Table Schema of a published table, with keys, enums, categories and constraints."""
    columns = specs(MODELS[table])
    schema: dict[str, Any] = {
        "fields": [_schema_field(table, name, spec) for name, spec in columns.items()],
        "missingValues": [""],
    }
    if primary_key(table):
        schema["primaryKey"] = list(primary_key(table))
    foreign = [
        {"fields": [name], "reference": {"resource": spec.ref, "fields": ["id"]}}
        for name, spec in columns.items()
        if spec.ref
    ]
    if foreign:
        schema["foreignKeys"] = foreign
    return schema


def _schema_field(table: str, name: str, spec: Spec) -> dict[str, Any]:
    made: dict[str, Any] = {
        "name": name,
        "type": _TABLE_SCHEMA[spec.kind],
        "title": spec.title,
        "description": spec.description,
    }
    if spec.kind == "words":
        made |= {"delimiter": DELIMITER, "itemType": "string"}
    if spec.kind == "edtf":
        made["rdfType"] = "http://id.loc.gov/datatypes/edtf/EDTF"
    constraints: dict[str, Any] = {}
    if spec.required:
        constraints["required"] = True
    if spec.unique:
        constraints["unique"] = True
    if spec.pattern and spec.kind != "words":
        constraints["pattern"] = spec.pattern.removeprefix("^").removesuffix("$")
    if spec.max_length is not None:
        constraints["maxLength"] = spec.max_length
    if spec.minimum is not None:
        constraints["minimum"] = spec.minimum
    if spec.maximum is not None:
        constraints["maximum"] = spec.maximum
    if spec.codelist and spec.kind in ("code", "ladder"):
        codes = CODELISTS[spec.codelist]
        values = list(codes.scale if spec.kind == "ladder" else codes.values)
        labels = {code.value: code.label for code in codes.codes}
        constraints["enum"] = values
        made["categories"] = [{"value": value, "label": labels[value]} for value in values]
        made["categoriesOrdered"] = spec.kind == "ladder"
    if constraints:
        made["constraints"] = constraints
    for name_, value in (
        ("unit", spec.unit),
        ("codelist", spec.codelist),
        ("origin", spec.origin),
        ("was", list(spec.was)),
        ("typedAt", typed_at(table, name)),
    ):
        if value:
            made[f"armsledger:{name_}"] = value
    made["armsledger:filledBy"] = spec.by
    return made


# --- JSON Schema for editors ---------------------------------------------------------------------------------


def editor_schema(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a file that people type, for completion and checks while typing.

    YAML readers in editors turn ``2024`` and ``100`` into numbers where the compiler keeps text, so a text or
    date may be an integer here. Cross-table rules are the compiler's.
    """
    layout: Layout = LAYOUTS[name]
    row = _row_schema(layout.table, skip_key=not layout.one_row)
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"armsledger {name}",
        "description": (ALL_MODELS[layout.table].__doc__ or "").strip(),
    }
    if layout.one_row:
        return schema | row
    pattern = specs(ALL_MODELS[layout.table])["id"].pattern
    return schema | {"type": "object", "propertyNames": {"pattern": pattern}, "additionalProperties": row}


def _row_schema(table: str, *, skip_key: bool = False, placed: str = "") -> dict[str, Any]:
    columns = specs(ALL_MODELS[table])
    nested = {n.key: n for n in NESTING.get(table, ())}
    properties: dict[str, Any] = {}
    required: list[str] = []
    for key in typed_keys(table):
        if key == "id" and skip_key:
            continue
        if key in nested:
            child = nested[key]
            properties[key] = _nested_schema(child)
            if child.required:
                required.append(key)
        elif key in GROUPS.get(table, ()):
            properties[key] = _group_schema(table, key)
            if any(spec.required for spec in members(table, key).values()):
                required.append(key)
        else:
            properties[key] = _value_schema(columns[key])
            if columns[key].required and not columns[key].default:
                required.append(key)
    return {"type": "object", "additionalProperties": False, "properties": properties, "required": required}


def _nested_schema(child: Any) -> dict[str, Any]:
    model = ALL_MODELS[child.table]
    described = {"title": child.key, "description": (model.__doc__ or "").strip()}
    if child.one:
        return _row_schema(child.table) | described
    items = _value_schema(specs(model)[child.value]) if child.value else _row_schema(child.table)
    return {"type": "array", "minItems": 1, "items": items} | described


def _group_schema(table: str, group: str) -> dict[str, Any]:
    known = members(table, group)
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {key: _value_schema(spec) for key, spec in known.items()},
        "required": [key for key, spec in known.items() if spec.required],
    }


def _value_schema(spec: Spec) -> dict[str, Any]:
    described: dict[str, Any] = {"title": spec.title, "description": spec.description}
    if spec.example:
        described["examples"] = [spec.example]
    if spec.kind == "words":
        item: dict[str, Any] = {"type": ["string", "integer"]}
        if spec.codelist:
            item = {"enum": [*CODELISTS[spec.codelist].values, "all"]}
        return described | {"anyOf": [{"type": "array", "minItems": 1, "items": item}, item]}
    if spec.codelist:
        codes = CODELISTS[spec.codelist]
        values: list[Any] = list(codes.values)
        values += [int(v) for v in codes.values if v.isdigit()]
        meanings = [f"{c.label}: {c.definition}" for c in codes.codes]
        meanings += meanings[: len(values) - len(meanings)]
        made = described | {"enum": values, "markdownEnumDescriptions": meanings}
        return made | ({"default": spec.default} if spec.default else {})
    if spec.kind in ("number", "whole"):
        bounds = {"minimum": spec.minimum, "maximum": spec.maximum}
        kind = "number" if spec.kind == "number" else "integer"
        return described | {"type": kind} | {k: v for k, v in bounds.items() if v is not None}
    if spec.kind == "flag":
        return described | {"type": "boolean", "default": spec.default == "true"}
    made = described | {"type": ["string", "integer"] if spec.kind in ("edtf", "text") else "string"}
    if spec.local:
        made["pattern"] = r"^(NKRU-[TE]-[0-9]{4}\.)?c[1-9][0-9]*$"
    elif spec.pattern:
        made["pattern"] = spec.pattern
    elif spec.kind == "day":
        made["pattern"] = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
    if spec.max_length:
        made["maxLength"] = spec.max_length
    return made


def vscode_settings() -> dict[str, Any]:
    """Which schema an editor uses for which file (VS Code's YAML extension)."""
    folder = "datasets/*/"
    return {
        "yaml.schemas": {
            f"./schemas/generated/json/{name}.schema.json": folder
            + (f"{layout.path}/*.yaml" if layout.one_file_a_row else layout.path)
            for name, layout in LAYOUTS.items()
        },
        "files.eol": "\n",
        "files.encoding": "utf8",
    }


# --- codebook -------------------------------------------------------------------------------------------------

CODEBOOK_COLUMNS = (
    "table column position title description type unit required key references codelist filled_by default "
    "list_delimiter pattern minimum maximum max_length origin"
).split()


def codebook_rows() -> Iterator[dict[str, str]]:
    """One row a column of a release: all that is declared about it, as text."""
    for table, model in MODELS.items():
        for position, (name, spec) in enumerate(specs(model).items(), start=1):
            yield {
                "table": table,
                "column": name,
                "position": str(position),
                "title": spec.title,
                "description": spec.description,
                "type": _TABLE_SCHEMA[spec.kind],
                "unit": spec.unit,
                "required": "true" if spec.required else "false",
                "key": "primary" if name in primary_key(table) else "",
                "references": f"{spec.ref}.id" if spec.ref else "",
                "codelist": spec.codelist,
                "filled_by": spec.by,
                "default": spec.default,
                "list_delimiter": DELIMITER if spec.kind == "words" else "",
                "pattern": spec.pattern,
                "minimum": "" if spec.minimum is None else f"{spec.minimum:g}",
                "maximum": "" if spec.maximum is None else f"{spec.maximum:g}",
                "max_length": "" if spec.max_length is None else str(spec.max_length),
                "origin": spec.origin,
            }


def codelist_rows() -> list[dict[str, Any]]:
    """The table of every code."""
    return [
        {
            "list": codelist.name,
            "value": code.value,
            "label": code.label,
            "definition": code.definition,
            "rank": code.rank,
            "parent": code.parent,
            "was": list(code.was) or None,
        }
        for codelist in CODELISTS.values()
        for code in codelist.codes
    ]


def codebook_csv() -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, CODEBOOK_COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(codebook_rows())
    return out.getvalue()


def codebook_markdown() -> str:
    """The codebook for people: tables with their usage warnings and columns, then every codelist."""
    lines = [
        "# Codebook",
        "",
        "Every table and column of a release, and every code. Generated from `schemas/`; do not edit.",
        "",
        "Columns are *typed* by a coder, *placed* by where a row is typed, or *computed* by the written rule. "
        f"Lists in one cell are joined by `{DELIMITER}` in CSV. Dates marked EDTF are no more precise than their "
        "source; their `_earliest` and `_latest` columns are strict bounds.",
        "",
        "## Tables",
        "",
        "| table | rows are | key |",
        "|---|---|---|",
    ]
    for table, model in MODELS.items():
        lines.append(
            f"| [{table}](#{table}) | {cell_text(model.__doc__ or '')} | {', '.join(primary_key(table))} |"
        )
    for table, model in MODELS.items():
        lines += ["", f"## {table}", "", cell_text(model.__doc__ or ""), ""]
        if is_view(table):
            lines += ["A view: it repeats other tables' columns with labels, for reading.", ""]
        by_value = {code.value: code for code in CODELISTS["table_warning"].codes}
        for warning in warnings(table):
            lines += [f"- **{by_value[warning].label}.** {cell_text(by_value[warning].definition)}"]
        if warnings(table):
            lines.append("")
        lines += ["| column | meaning | type | unit | filled | from |", "|---|---|---|---|---|---|"]
        lines += [_column_line(name, spec) for name, spec in specs(model).items()]
    lines += ["", "# Codelists"]
    for codelist in CODELISTS.values():
        lines += _codelist_lines(codelist)
    return "\n".join(lines) + "\n"


def _column_line(name: str, spec: Spec) -> str:
    kind = _TABLE_SCHEMA[spec.kind]
    if spec.codelist:
        kind += f" of [{spec.codelist}](#{spec.codelist})"
    elif spec.ref:
        kind += f", id in [{spec.ref}](#{spec.ref})"
    elif spec.kind == "edtf":
        kind += ", EDTF"
    filled = (
        spec.by
        + ("" if spec.required else ", may be empty")
        + (f", default {spec.default}" if spec.default else "")
    )
    cells = (
        f"`{name}`",
        f"**{cell_text(spec.title)}.** {cell_text(spec.description)}",
        kind,
        cell_text(spec.unit),
        filled,
    )
    return f"| {' | '.join(cells)} | {cell_text(spec.origin)} |"


def _codelist_lines(codelist: Codelist) -> list[str]:
    ranked = any(code.rank is not None for code in codelist.codes)
    nested = any(code.parent for code in codelist.codes)
    lines = [
        "",
        f"## {codelist.name}",
        "",
        cell_text(f"{codelist.description} From: {codelist.origin}."),
        "",
    ]
    heads = [
        "code",
        "label",
        "when to choose it",
        *(["rank"] if ranked else []),
        *(["below"] if nested else []),
    ]
    lines += ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    for code in codelist.codes:
        cells = [f"`{code.value}`", cell_text(code.label), cell_text(code.definition)]
        cells += ["" if code.rank is None else str(code.rank)] if ranked else []
        cells += [code.parent or ""] if nested else []
        lines.append("| " + " | ".join(cells) + " |")
    return lines


def cell_text(text: str) -> str:
    """A text as one cell of a Markdown table."""
    return " ".join(text.split()).replace("|", "\\|")


# --- the committed copies ----------------------------------------------------------------------------------


def names_module() -> str:
    """The module that gives the installed package its table names as types."""
    published = "\n".join(f'    "{table}",' for table in MODELS)
    return (
        '"""The tables of a release by name. Generated by ``python -m schemas.export``; do not edit."""\n\n'
        "from typing import Literal\n\n"
        f"TableName = Literal[\n{published}\n]\n"
    )


def generated() -> dict[Path, str]:
    """Every derived file that is committed, by path."""
    root = GENERATED.parent.parent
    files = {
        GENERATED / "codebook.csv": codebook_csv(),
        GENERATED / "codebook.md": codebook_markdown(),
        GENERATED / "arrow.txt": "\n\n".join(f"{t}\n{_arrow_text(t)}" for t in MODELS) + "\n",
        root / ".vscode" / "settings.json": _json(vscode_settings()),
        NAMES_MODULE: names_module(),
    }
    files |= {GENERATED / "json" / f"{name}.schema.json": _json(editor_schema(name)) for name in LAYOUTS}
    files |= {GENERATED / "table" / f"{table}.json": _json(table_schema(table)) for table in MODELS}
    return files


def _arrow_text(table: str) -> str:
    return "\n".join(
        f"  {field.name}: {field.type}{'' if field.nullable else ' not null'}"
        for field in arrow_schema(table)
    )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    for path, text in generated().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    known = set(generated())
    for folder in (GENERATED / "json", GENERATED / "table"):
        for path in folder.iterdir():
            if path not in known:
                path.unlink()


if __name__ == "__main__":
    main()
