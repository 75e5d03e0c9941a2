"""What a release says of itself, for files that travel without the others: columns, warnings, coders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from armsledger.files import Release, Row

Field = Mapping[str, Any]


def fields(release: Release, table: str) -> list[dict[str, Any]]:
    """The columns of a table as its Table Schema has them, in order."""
    found: list[dict[str, Any]] = release.resource(table)["schema"]["fields"]
    return found


def is_required(field: Field) -> bool:
    return bool(field.get("constraints", {}).get("required"))


def joined(words: list[str], field: Field) -> str:
    """A list as one text, by the column's own delimiter: the same as in CSV."""
    return str(field["delimiter"]).join(words)


def column_rows(release: Release, tables: Iterable[str]) -> list[Row]:
    """A row for each column of `tables`: the part of the codebook that a reader of a table asks for."""
    rows = []
    for table in tables:
        schema = release.resource(table)["schema"]
        references = {
            name: f"{key['reference']['resource']}.{there}"
            for key in schema.get("foreignKeys", ())
            for name, there in zip(key["fields"], key["reference"]["fields"], strict=True)
        }
        for field in schema["fields"]:
            rows.append(
                {
                    "table": table,
                    "column": field["name"],
                    "title": field["title"],
                    "description": field["description"],
                    "type": field["type"],
                    "unit": field.get("armsledger:unit"),
                    "required": is_required(field),
                    "key": field["name"] in schema.get("primaryKey", ()),
                    "references": references.get(field["name"]),
                    "codelist": field.get("armsledger:codelist"),
                    "filled_by": field.get("armsledger:filledBy"),
                    "origin": field.get("armsledger:origin"),
                }
            )
    return rows


def usage_warnings(release: Release, tables: Iterable[str]) -> dict[str, tuple[str, list[str]]]:
    """What not to do with `tables`: the words of each warning by its code, and the tables it is about."""
    found: dict[str, tuple[str, list[str]]] = {}
    for table in tables:
        for code, text in release.resource(table).get("armsledger:warnings", {}).items():
            found.setdefault(code, (text, []))[1].append(table)
    return found


def coders(n: int, coded: Iterable[str], reviewed: Iterable[str], labels: Mapping[str, str]) -> str:
    """Who or what coded and reviewed `n` records, as plainly as they say it; `labels` of the kinds of coder."""

    def said(kinds: Iterable[str]) -> str:
        counts = sorted(Counter(kinds).items())
        return ", ".join(f"{n} by a {labels[kind].lower()}" for kind, n in counts) or "none"

    return (
        f"Of {n} records, coded: {said(coded)}; read a second time against the sources: {said(reviewed)}. "
        "Agreement between two language models is not agreement between two people."
    )


def coders_of(release: Release) -> str:
    """`coders` of a whole release."""
    records = release.rows("records")
    coded, reviewed = (
        [row[column] for row in records if row[column] is not None] for column in ("coded_by", "reviewed_by")
    )
    [field] = [field for field in fields(release, "records") if field["name"] == "coded_by"]
    labels = {category["value"]: category["label"] for category in field["categories"]}
    return coders(len(records), coded, reviewed, labels)
