"""Tables as frames and files: `tables`, `load`, `path`, `codebook`."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from armsledger._tables import TableName
from armsledger.citation import cite_release
from armsledger.errors import BadArgument
from armsledger.files import Release, packaged
from armsledger.past import release_of

if TYPE_CHECKING:
    import pandas as pd

_CODEBOOK_TYPES = {
    "position": "Int64",
    "required": "boolean",
    "minimum": "Float64",
    "maximum": "Float64",
    "max_length": "Int64",
}


def tables(*, version: str | None = None) -> pd.DataFrame:
    """The tables of the dataset, in this version or another: a row each, in the codebook's order.

    Columns: table, title, description (what a row is), rows (Int64), columns (Int64), key (list of the
    columns that identify a row; empty if none do), warnings (list of codes: what not to do with the table;
    their definitions are in the attrs of the loaded frame and in the codebook). Text is "string".
    """
    import pandas as pd

    release = release_of(version)
    rows = []
    for name, resource in release.resources.items():
        rows.append(
            {
                "table": name,
                "title": resource["title"],
                "description": resource["description"],
                "rows": release.n_rows(name),
                "columns": len(resource["schema"]["fields"]),
                "key": list(resource["schema"].get("primaryKey", ())),
                "warnings": list(resource.get("armsledger:warnings", ())),
            }
        )
    frame = pd.DataFrame(rows)
    text: dict[str, Any] = dict.fromkeys(("table", "title", "description"), "string")
    return described(frame.astype(text | {"rows": "Int64", "columns": "Int64"}), release, None)


def load(
    table: TableName, *, version: str | None = None, known_by: str | dt.date | None = None
) -> pd.DataFrame:
    """One table of the dataset as a typed frame; `tables` lists them, `codebook` explains their columns.

    Types: text "string", whole numbers "Int64", real numbers "Float64", flags "boolean", days
    "datetime64[ms]"; status and confidence ordered categoricals (``frame.status >= "shipped"`` works);
    lists Python lists in an object column. What is not known is missing (``pd.NA``, ``NaT``, a list None),
    never 0 or false. Dates are EDTF text (ISO 8601-2:2019), no more precise than their source, with their
    first and last day beside them in ``_earliest`` and ``_latest``. Quantities are in the row's own unit:
    never add them across units.

    known_by: a day, ``"2024-03-01"`` or a `datetime.date`, from the first to the dataset's as-of day. Then
        the table holds what had been publicly claimed by the end of that day. Rewound are: the claims (those
        whose ``stated_on_latest`` is not after it) and their child tables; conversions (those whose claims
        were all known); `estimates`, `transfer_status`, the computed columns of `transfers` and `events`
        and the flat views, by the same written rule (`armsledger.assess`) run as of that day. Records of
        which no claim was known yet, their own or one that bears on them, are left out, with their rows in
        every table; so are documents all of whose claims came later. **Not** rewound is what people typed
        about records: titles, summaries, notes, links between known records, levels, parents, start and
        end, the coders' grades of reliability and credibility, and the registries are today's. Which
        version of this dataset said so is another matter:
    version: a version that was released, ``"0.1.0"``, see `versions`; default: the installed one. The table
        is exactly what was published then, under the names that its columns had then; every file is held to
        its published SHA-256 when it is read. With `known_by` it is what that version held of the claims
        that were public by that day, as far as this package knows the rule that the version followed.

    ``frame.attrs["armsledger"]`` holds dataset, version, as_of, table, citation, warnings ({code: what not
    to do with the table}) and, if given, known_by: plain text, so that it survives copies and pickling.

    ValueError: no such table or version (the message lists them), `known_by` is no day or after the as-of day,
    or the version followed another edition of the rule (the message names the release to install). Damaged:
    the version is not as it was published (the message names the table).
    """
    from armsledger.rewind import rewound_table

    release = release_of(version)
    release.resource(table)
    if known_by is None:
        return described(release.frame(table), release, table)
    day = known_day(known_by, release)
    return described(rewound_table(release, table, day), release, table, day)


def path(table: TableName) -> Path:
    """The Parquet file of a table, for DuckDB, Polars, R and whatever else reads Parquet.

    Its columns have the Arrow types of the release: utf8, int64, double, bool, date32, list<utf8>, and
    ordered dictionaries for status and confidence. The file is the installed one: copy it, never write it.

    ValueError: no such table.
    """
    return packaged().parquet(table)


def codebook(table: TableName | None = None, *, version: str | None = None) -> pd.DataFrame:
    """What each column means: a row a column, of one table or of all, in this version or another.

    Columns: table, column, position (Int64), title, description, type, unit, required (boolean), key,
    references, codelist (its codes are in ``load("codelists")``), filled_by (typed by a coder, placed by
    where a row is typed, or computed), default, list_delimiter, pattern, minimum and maximum (Float64),
    max_length (Int64), origin (the standard or dataset that the idea is taken from). Text is "string".

    ValueError: no such table or version.
    """
    import pandas as pd

    release = release_of(version)
    if table is not None:
        release.resource(table)
    reader = csv.DictReader(io.StringIO(release.read("codebook.csv").decode("utf-8"), newline=""))
    names = list(reader.fieldnames or ())
    rows = [
        {name: _cell(name, text) for name, text in row.items()}
        for row in reader
        if table in (None, row["table"])
    ]
    frame = pd.DataFrame(rows, columns=names)
    types: dict[str, Any] = {name: _CODEBOOK_TYPES.get(name, "string") for name in names}
    return described(frame.astype(types), release, table)


def _cell(name: str, text: str) -> Any:
    if text == "":
        return None
    kind = _CODEBOOK_TYPES.get(name)
    if kind == "boolean":
        return text == "true"
    return text if kind is None else int(text) if kind == "Int64" else float(text)


def described(
    frame: pd.DataFrame, release: Release, table: str | None, known_by: dt.date | None = None
) -> pd.DataFrame:
    """The frame with what a reader must know of it in its attrs."""
    about: dict[str, Any] = {
        "dataset": release.name,
        "version": release.version,
        "as_of": release.as_of.isoformat(),
        "table": table,
        "citation": cite_release(release),
        "warnings": {} if table is None else dict(release.resource(table).get("armsledger:warnings", {})),
    }
    if known_by is not None:
        about["known_by"] = known_by.isoformat()
    frame.attrs = {"armsledger": about}
    return frame


def known_day(given: object, release: Release) -> dt.date:
    """A `known_by`; raises `BadArgument` if it is no day, or later than the data reach."""
    from armsledger.rewind import as_day

    day = as_day(given, "known_by")
    if day > release.as_of:
        raise BadArgument(
            f"known_by: {day} is after {release.as_of}, the day for which version {release.version} stands;"
            " leave it out for everything that this version holds"
        )
    return day
