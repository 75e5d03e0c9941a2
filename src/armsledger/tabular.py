"""Canonical CSV to typed tables, by the Table Schema that lies beside it.

The compiler writes Parquet through this, and a release that was downloaded, or frozen years ago, is read by
it: an old table is read by its own schema. Out of scope: CSV of any other origin.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

_ARROW = {
    "string": pa.string(),
    "number": pa.float64(),
    "integer": pa.int64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "list": pa.list_(pa.string()),
}
_PANDAS = {
    pa.string(): pd.StringDtype(),
    pa.int64(): pd.Int64Dtype(),
    pa.float64(): pd.Float64Dtype(),
    pa.bool_(): pd.BooleanDtype(),
}


def arrow_schema(table_schema: dict[str, Any]) -> pa.Schema:
    """The Arrow schema of a Table Schema; ordered categories become an ordered dictionary."""
    return pa.schema([_arrow_field(field) for field in table_schema["fields"]])


def _arrow_field(field: dict[str, Any]) -> pa.Field:
    kind = _ARROW[field["type"]]
    if field.get("categoriesOrdered"):
        kind = pa.dictionary(pa.int8(), pa.string(), ordered=True)
    required = bool(field.get("constraints", {}).get("required"))
    metadata = {
        "title": field.get("title", ""),
        "description": field.get("description", ""),
        "unit": field.get("armsledger:unit", ""),
    }
    return pa.field(field["name"], kind, nullable=not required, metadata=metadata)


def read_csv(data: bytes, table_schema: dict[str, Any]) -> pa.Table:
    """One table from its canonical CSV. Raises `pyarrow.ArrowInvalid` where the bytes do not fit the schema."""
    schema = arrow_schema(table_schema)
    plain = {f.name: pa.string() if _is_made_of_text(f.type) else f.type for f in schema}
    raw = pyarrow.csv.read_csv(
        io.BytesIO(data),
        read_options=pyarrow.csv.ReadOptions(use_threads=False),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=plain,
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    )
    if raw.column_names != schema.names:
        raise pa.ArrowInvalid(f"columns {raw.column_names} are not those of the schema, {schema.names}")
    fields = {field["name"]: field for field in table_schema["fields"]}
    columns = [_column(raw.column(f.name).combine_chunks(), f.type, fields[f.name]) for f in schema]
    return pa.Table.from_arrays(columns, schema=schema)


def read_parquet(path: Path) -> pa.Table:
    """One table of a release. Without threads: tables are small, and a short program ends sooner than a pool."""
    with pq.ParquetFile(path) as file:
        return file.read(use_threads=False)


def _is_made_of_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_dictionary(kind) or pa.types.is_list(kind))


def _column(values: Any, kind: pa.DataType, field: dict[str, Any]) -> Any:
    if isinstance(values, pa.ChunkedArray):
        values = pa.concat_arrays(values.chunks) if values.num_chunks else pa.array([], values.type)
    if pa.types.is_list(kind):
        return pc.split_pattern(values, field.get("delimiter", ",")).cast(kind)
    if pa.types.is_dictionary(kind):
        order = pa.array([category["value"] for category in field["categories"]], pa.string())
        codes = pc.index_in(values, order).cast(pa.int8())
        return pa.DictionaryArray.from_arrays(codes, order, ordered=True)
    return values


def to_frame(table: pa.Table) -> pd.DataFrame:
    """A frame with nullable dtypes: text "string", whole "Int64", real "Float64", flags "boolean",

    days "datetime64[ms]", ladders ordered categoricals, lists Python lists (missing: None).
    """
    frame: pd.DataFrame = table.to_pandas(types_mapper=_PANDAS.get, date_as_object=False, use_threads=False)
    for field in table.schema:
        if pa.types.is_list(field.type):
            frame[field.name] = pd.Series(
                table.column(field.name).to_pylist(), dtype=object, index=frame.index
            )
        elif pa.types.is_date(field.type):
            frame[field.name] = frame[field.name].astype("datetime64[ms]")
    return frame


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """A frame's rows as Python values: None for what is missing, plain dates for days."""
    columns = {str(name): [_plain(value) for value in frame[name].tolist()] for name in frame.columns}
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return value
    if pd.isna(value):
        return None
    return value.date() if isinstance(value, pd.Timestamp) else value
