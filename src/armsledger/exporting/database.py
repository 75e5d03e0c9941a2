"""A release as one SQLite database: every table with its types, keys and constraints, and its codebook.

STRICT tables, so that SQLite 3.37 (2021) or newer reads it. Days are ISO 8601 text, flags 0 or 1, lists text
joined as in CSV, what is missing NULL. Rows stand in the release's order (``order by rowid``). The flat views
are tables here as in every format; SQL views there are none.
"""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from armsledger.citation import cite_release
from armsledger.errors import DoesNotFit
from armsledger.exporting.telling import Field, coders_of, column_rows, is_required, joined
from armsledger.files import Release, Row

if TYPE_CHECKING:
    import sqlite3

_OLDEST = (3, 37, 0)
_TYPES = {
    "string": "TEXT",
    "list": "TEXT",
    "date": "TEXT",
    "integer": "INTEGER",
    "boolean": "INTEGER",
    "number": "REAL",
}

_ABOUT = """
CREATE TABLE "about" ("key" TEXT NOT NULL PRIMARY KEY, "value" TEXT NOT NULL) STRICT;
CREATE TABLE "about_tables" (
    "table" TEXT NOT NULL PRIMARY KEY, "title" TEXT NOT NULL, "description" TEXT NOT NULL
) STRICT;
CREATE TABLE "about_warnings" (
    "table" TEXT NOT NULL REFERENCES "about_tables" ("table"), "warning" TEXT NOT NULL, "text" TEXT NOT NULL,
    PRIMARY KEY ("table", "warning")
) STRICT;
CREATE TABLE "about_columns" (
    "table" TEXT NOT NULL REFERENCES "about_tables" ("table"), "column" TEXT NOT NULL, "title" TEXT NOT NULL,
    "description" TEXT NOT NULL, "type" TEXT NOT NULL, "unit" TEXT, "required" INTEGER NOT NULL,
    "key" INTEGER NOT NULL, "references" TEXT, "codelist" TEXT, "filled_by" TEXT, "origin" TEXT,
    PRIMARY KEY ("table", "column")
) STRICT;
"""


def write_database(release: Release, target: Path) -> None:
    """Write all tables into the new file `target`.

    ``about`` (key, value), ``about_tables``, ``about_warnings`` and ``about_columns`` say what the tables are.

    DoesNotFit: rows break a key or a constraint that the release declares, or this Python's SQLite is too old.
    """
    import sqlite3

    if sqlite3.sqlite_version_info < _OLDEST:
        raise DoesNotFit(
            f"{target.name}: needs SQLite {'.'.join(map(str, _OLDEST))} or newer, and this Python has"
            f" {sqlite3.sqlite_version}"
        )
    with closing(sqlite3.connect(target, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        _write_about(connection, release)
        for table in release.resources:
            try:
                connection.execute(table_ddl(release, table))
                _insert(connection, table, [_cells(release, table, row) for row in release.rows(table)])
            except sqlite3.Error as error:
                raise DoesNotFit(f"{target.name}: {table}: {error}") from None
        connection.execute("COMMIT")
        wrong = connection.execute("PRAGMA foreign_key_check").fetchall()
    if wrong:
        table, row, other, _ = wrong[0]
        raise DoesNotFit(f"{target.name}: {table}: row {row} refers to no row of {other}")


def table_ddl(release: Release, table: str) -> str:
    """CREATE TABLE of a table: what its Table Schema says, as SQL."""
    schema = release.resource(table)["schema"]
    lines = [_column(field) for field in schema["fields"]]
    if schema.get("primaryKey"):
        lines.append(f"PRIMARY KEY ({_names(schema['primaryKey'])})")
    for key in schema.get("foreignKeys", ()):
        there = key["reference"]
        lines.append(
            f"FOREIGN KEY ({_names(key['fields'])}) REFERENCES {name(there['resource'])}"
            f" ({_names(there['fields'])})"
        )
    body = ",\n    ".join(lines)
    return f"CREATE TABLE {name(table)} (\n    {body}\n) STRICT"


def name(identifier: str) -> str:
    """An identifier of any wording."""
    return '"' + identifier.replace('"', '""') + '"'


def _names(identifiers: list[str]) -> str:
    return ", ".join(map(name, identifiers))


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _column(field: Field) -> str:
    column, constraints = name(field["name"]), field.get("constraints", {})
    parts = [column, _TYPES[field["type"]]]
    if is_required(field):
        parts.append("NOT NULL")
    if "enum" in constraints:
        parts.append(f"CHECK ({column} IN ({', '.join(map(_text, constraints['enum']))}))")
    if field["type"] == "boolean":
        parts.append(f"CHECK ({column} IN (0, 1))")
    for bound, sign in (("minimum", ">="), ("maximum", "<=")):
        if bound in constraints:
            parts.append(f"CHECK ({column} {sign} {constraints[bound]})")
    return " ".join(parts)


def _cells(release: Release, table: str, row: Row) -> list[Any]:
    return [_cell(row[field["name"]], field) for field in release.resource(table)["schema"]["fields"]]


def _cell(value: Any, field: Field) -> Any:
    if isinstance(value, list):
        return joined(value, field)
    if isinstance(value, bool):
        return int(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def _insert(connection: sqlite3.Connection, table: str, rows: list[list[Any]]) -> None:
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO {name(table)} VALUES ({marks})", rows)


def _write_about(connection: sqlite3.Connection, release: Release) -> None:
    package = release.package
    for statement in _ABOUT.split(";\n"):
        connection.execute(statement)
    about = {
        "name": release.name,
        "title": package["title"],
        "description": package["description"],
        "version": release.version,
        "as_of": release.as_of.isoformat(),
        "citation": cite_release(release),
        "coders": coders_of(release),
        **{f"licence_{key}": value for licence in package["licenses"] for key, value in licence.items()},
    }
    _insert(connection, "about", [[key, value] for key, value in about.items()])
    resources = release.resources
    _insert(
        connection,
        "about_tables",
        [[table, resource["title"], resource["description"]] for table, resource in resources.items()],
    )
    _insert(
        connection,
        "about_warnings",
        [
            [table, code, text]
            for table, resource in resources.items()
            for code, text in resource.get("armsledger:warnings", {}).items()
        ],
    )
    _insert(connection, "about_columns", [list(row.values()) for row in column_rows(release, resources)])
