"""A release for Stata 14 or newer: one ``.dta`` (format 118, UTF-8) a table, under the names of the release.

A column of codes is a labelled integer: its place in the codelist, from 1, under the code itself as label, so
that ``decode`` gives the text of the other formats, and ``keep if kind == "flow":kind`` goes on working when a
code is added in front or a label is reworded; where codes are numbers (grades, precision), the number itself
under the label of the codelist. What codes mean is in ``codelists.dta``, and the flat tables hold labels
anyway. Flags are 0 and 1 labelled false and true, days ``%td``, lists text joined as in CSV, missing text "",
all else that is missing ``.``; text over 2,045 bytes is strL.
"""

from __future__ import annotations

import datetime as dt
import re
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from armsledger.errors import DoesNotFit
from armsledger.exporting.telling import Field, fields, joined
from armsledger.files import Release

if TYPE_CHECKING:
    import pandas as pd

_LONGEST_NAME = 32
_LONGEST_LABEL = 80
_LONGEST_STR = 2045  # bytes; longer text is strL
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
# [U] 11.3 Naming conventions, Stata's User's Guide.
_RESERVED = re.compile(
    "_all|_b|byte|_coef|_cons|double|float|if|in|int|long|_n|_N|_pi|_pred|_rc|_skip|str[0-9]+|strL|using|with"
)


def write_stata(release: Release, folder: Path) -> list[Path]:
    """Write ``<table>.dta`` for every table into `folder`; return the files.

    DoesNotFit: a column name that Stata cannot have, or a value that it cannot hold.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for table in release.resources:
        _write(release, table, folder / f"{table}.dta")
    return [folder / f"{table}.dta" for table in release.resources]


def value_labels(field: Field) -> dict[int, str]:
    """The labelled integers of a column; empty if it has none."""
    if field["type"] == "boolean":
        return {0: "false", 1: "true"}
    codes = [(category["value"], category["label"]) for category in field.get("categories", ())]
    if all(code.isdigit() for code, _ in codes):
        return {int(code): label for code, label in codes}
    return {at: code for at, (code, _) in enumerate(codes, start=1)}


def variable_label(field: Field) -> str:
    """Title, and in brackets what the name does not say: the unit, the codelist, how to read the text."""
    more = [field["armsledger:unit"]] if "armsledger:unit" in field else []
    if "armsledger:codelist" in field:
        more.append(f"codelist {field['armsledger:codelist']}")
    if "delimiter" in field:
        more.append(f"joined by {field['delimiter']}")
    if str(field.get("rdfType", "")).endswith("EDTF"):
        more.append("EDTF")
    return _fitted(f"{field['title']} ({'; '.join(more)})" if more else field["title"])


def check_names(table: str, names: list[str]) -> None:
    """Raise `DoesNotFit` if Stata cannot have these variables side by side."""
    for name in names:
        if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME or _RESERVED.fullmatch(name):
            raise DoesNotFit(
                f"{table}.dta: {name} cannot be the name of a Stata variable: {_LONGEST_NAME} letters, digits"
                " and underscores at most, and no reserved word"
            )
    if len(set(names)) < len(names):
        raise DoesNotFit(f"{table}.dta: two columns have the same name")


def _write(release: Release, table: str, target: Path) -> None:
    import pandas as pd
    from pandas.errors import InvalidColumnName, PossiblePrecisionLoss, ValueLabelTypeMismatch
    from pandas.io.stata import StataWriterUTF8  # type: ignore[attr-defined]  # the stubs lack it

    class Writer(StataWriterUTF8):  # type: ignore[misc]
        """pandas' writer without its renaming: it holds Mata's keywords, `class` and `end`, for Stata's."""

        def _check_column_names(self, data: pd.DataFrame) -> pd.DataFrame:
            return data

    columns = fields(release, table)
    check_names(table, [field["name"] for field in columns])
    rows = release.rows(table)
    frame = pd.DataFrame(
        {field["name"]: _column(table, [row[field["name"]] for row in rows], field) for field in columns}
    )
    labelled = {field["name"]: value_labels(field) for field in columns}
    with warnings.catch_warnings():
        for category in (InvalidColumnName, PossiblePrecisionLoss, ValueLabelTypeMismatch):
            warnings.simplefilter("error", category)
        try:
            Writer(
                target,
                frame,
                convert_dates={field["name"]: "td" for field in columns if field["type"] == "date"},
                write_index=False,
                byteorder="little",
                time_stamp=dt.datetime.combine(release.as_of, dt.time()),
                data_label=_fitted(f"{release.name} {release.version}: {release.resource(table)['title']}"),
                variable_labels={field["name"]: variable_label(field) for field in columns},
                version=118,
                convert_strl=[name for name in frame if _is_long(frame[name])],
                value_labels={name: labels for name, labels in labelled.items() if labels},
            ).write_file()
        except (ValueError, Warning) as error:
            raise DoesNotFit(f"{target.name}: {' '.join(str(error).split())}") from None


def _column(table: str, values: list[Any], field: Field) -> pd.Series[Any]:
    import pandas as pd

    kind = field["type"]
    if "categories" in field:
        codes = [category["value"] for category in field["categories"]]
        numbers: dict[Any, int | None] = dict(zip(codes, value_labels(field), strict=True))
        numbers[None] = None
        unknown = sorted(set(values) - set(numbers))
        if unknown:
            raise DoesNotFit(f"{table}.dta: {field['name']}: {unknown[0]} is not in its codelist")
        return pd.Series([numbers[value] for value in values], dtype="Int16")
    if kind == "date":
        return pd.Series(values, dtype="datetime64[ms]")
    if kind in ("integer", "boolean"):
        return pd.Series(values, dtype="Int64" if kind == "integer" else "boolean")
    if kind == "number":
        return pd.Series(values, dtype="float64")
    texts = [joined(value, field) if isinstance(value, list) else value or "" for value in values]
    return pd.Series(texts, dtype=object)


def _is_long(column: pd.Series[Any]) -> bool:
    return column.dtype == object and any(len(text.encode()) > _LONGEST_STR for text in column)


def _fitted(text: str) -> str:
    return text if len(text) <= _LONGEST_LABEL else f"{text[: _LONGEST_LABEL - 1]}…"
