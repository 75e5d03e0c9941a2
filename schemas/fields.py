"""The vocabulary in which a table's columns are declared: one factory a kind of column.

A column is declared once, in its model under ``tables``, by calling a factory here. The factory fixes what
the column *is* (its dtype in pandas, Arrow and Table Schema follow from its kind, see ``DTYPES``), and the
call says what it *means* (title, description, unit, codelist, where the idea comes from). Everything else,
from the Pandera check to the line in the codebook, is derived from that one call.

Out of scope on purpose: checks that Table Schema cannot express. Those are rules, under ``rules``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from schemas.codelists import CODELISTS

Kind = Literal["key", "ref", "code", "ladder", "text", "words", "number", "whole", "flag", "day", "edtf"]
By = Literal["typed", "placed", "computed"]

OWN = "armsledger codebook"
EDTF = "ISO 8601-2:2019 (EDTF), the subset in the codebook"
ADMIRALTY = "Admiralty code (NATO AJP-2.1)"
ISO3 = "ISO 3166-1 alpha-3"

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"


@dataclass(frozen=True, slots=True)
class Spec:
    """What a column is and means; every representation of the column is derived from this.

    ``by`` says who fills the cell: ``typed`` by a person in YAML, ``placed`` by where it is typed (the
    record that a claim stands in), ``computed`` by the compiler. ``default`` is the text that stands for a
    key left out. ``local`` marks a reference that may be shortened inside its own record (``c1``),
    ``open_end`` a date that may be ``..``, ``point`` one that is no interval. ``was`` are the names that the
    column had in earlier releases, kept for ever.
    """

    kind: Kind
    title: str
    description: str
    by: By = "typed"
    required: bool = True
    unit: str = ""
    codelist: str = ""
    ref: str = ""
    origin: str = OWN
    default: str = ""
    pattern: str = ""
    max_length: int | None = None
    minimum: float | None = None
    maximum: float | None = None
    unique: bool = False
    local: bool = False
    open_end: bool = False
    point: bool = False
    example: str = ""
    was: tuple[str, ...] = ()

    @property
    def typed(self) -> bool:
        return self.by == "typed"


def field(spec: Spec) -> Any:
    """The Pandera field for ``spec``: the checks that Table Schema can say too, and no others."""
    checks: dict[str, Any] = {}
    if spec.codelist and spec.kind == "code":
        checks["isin"] = list(CODELISTS[spec.codelist].values)
    if spec.pattern and spec.kind != "words":
        checks["str_matches"] = spec.pattern
    if spec.max_length is not None:
        checks["str_length"] = {"max_value": spec.max_length}
    if spec.minimum is not None:
        checks["ge"] = spec.minimum
    if spec.maximum is not None:
        checks["le"] = spec.maximum
    if spec.kind == "ladder":
        checks["dtype_kwargs"] = {"categories": list(CODELISTS[spec.codelist].values), "ordered": True}
    return pa.Field(
        nullable=not spec.required,
        unique=spec.unique,
        title=spec.title,
        description=spec.description,
        metadata={"spec": spec},
        **checks,
    )


def spec_of(column: Any) -> Spec:
    """The declaration behind a Pandera column or field."""
    spec = (column.metadata or {}).get("spec")
    if not isinstance(spec, Spec):
        raise TypeError(f"{column.name}: declared without a factory of schemas.fields")
    return spec


# --- factories, in the order in which a model uses them -------------------------------------------------


def key(title: str, description: str, *, pattern: str = SLUG, **more: Any) -> Any:
    """The name by which other rows refer to this one; unique, never changed, never reused."""
    return field(Spec("key", title, description, pattern=pattern, unique=True, **more))


def ref(table: str, title: str, description: str, **more: Any) -> Any:
    """The key of a row of ``table``."""
    return field(Spec("ref", title, description, ref=table, **more))


def placed(table: str, title: str, description: str, **more: Any) -> Any:
    """The row that this one is typed inside; nobody types it."""
    return ref(table, title, description, by="placed", **more)


def code(codelist: str, title: str, description: str, **more: Any) -> Any:
    """One code of a closed list."""
    return field(Spec("code", title, description, codelist=codelist, **more))


def ladder(codelist: str, title: str, description: str, **more: Any) -> Any:
    """One code of a list in which every code has a rank: an ordered categorical, lowest first."""
    return field(Spec("ladder", title, description, codelist=codelist, **more))


def text(title: str, description: str, **more: Any) -> Any:
    """Free text of one line."""
    return field(Spec("text", title, description, **more))


def words(title: str, description: str, **more: Any) -> Any:
    """A list of words or codes in one cell, joined by ``|`` in CSV."""
    return field(Spec("words", title, description, **more))


def number(title: str, description: str, *, unit: str, **more: Any) -> Any:
    """A number as typed, at most 15 significant digits, so that it survives as a 64-bit float."""
    return field(Spec("number", title, description, unit=unit, **more))


def whole(title: str, description: str, **more: Any) -> Any:
    """A whole number."""
    return field(Spec("whole", title, description, **more))


def flag(title: str, description: str, **more: Any) -> Any:
    """true or false."""
    return field(Spec("flag", title, description, **more))


def day(title: str, description: str, *, origin: str = "ISO 8601-1", **more: Any) -> Any:
    """A calendar day, ``YYYY-MM-DD``."""
    return field(Spec("day", title, description, origin=origin, **more))


def edtf(title: str, description: str, **more: Any) -> Any:
    """A date no more precise than its source. Brings four computed columns with it (see ``bounds``)."""
    return field(Spec("edtf", title, description, origin=EDTF, **more))


def copied(model: type[Table], name: str, **change: Any) -> Any:
    """A column of another table, shown again: the same meaning, filled by the compiler, no default."""
    spec = specs(model)[name]
    return field(replace(spec, **{"by": "computed", "default": "", "kind": spec.kind, **change}))


def bounds(name: str, spec: Spec) -> dict[str, Any]:
    """The computed columns of a typed EDTF column: strict earliest and latest day, precision, qualifier."""
    what = spec.title
    late: dict[str, Any] = {"by": "computed", "required": False}
    return {
        f"{name}_earliest": day(
            f"{what}, earliest", f"First day that `{name}` allows; empty if it is open.", **late
        ),
        f"{name}_latest": day(
            f"{what}, latest", f"Last day that `{name}` allows; empty if it is open.", **late
        ),
        f"{name}_precision": code(
            "date_precision", f"{what}, precision", f"How narrow `{name}` is, as a code.", **late
        ),
        f"{name}_qualifier": code(
            "date_qualifier", f"{what}, qualifier", f"The doubt that `{name}` itself marks.", **late
        ),
    }


# --- the base of every model ----------------------------------------------------------------------------

# pandas dtype of each kind. Nullable extension dtypes, so that a gap never changes the type of its column.
DTYPES: dict[Kind, Any] = {
    "key": pd.StringDtype,
    "ref": pd.StringDtype,
    "code": pd.StringDtype,
    "ladder": pd.CategoricalDtype,
    "text": pd.StringDtype,
    "words": object,
    "number": pd.Float64Dtype,
    "whole": pd.Int64Dtype,
    "flag": pd.BooleanDtype,
    "day": "datetime64[ms]",
    "edtf": pd.StringDtype,
}


class Table(pa.DataFrameModel):
    """Base of every model. A class body is a list of factory calls, nothing is annotated by hand:

    the dtype follows from the kind; a typed EDTF column brings its bounds; a dict of columns is spliced in
    where it stands; a name with a trailing underscore (``class_``) is published without it.
    """

    class Config:
        strict = True

    @classmethod
    def __init_subclass__(cls, **kwargs: Any) -> None:
        columns: dict[str, Any] = {}
        for name, made in list(vars(cls).items()):
            if isinstance(made, dict) and name.startswith("_") and not name.startswith("__"):
                columns.update(made)
                delattr(cls, name)
            elif hasattr(made, "metadata") and hasattr(made, "alias"):
                columns[name] = made
                spec = spec_of(made)
                if spec.kind == "edtf" and spec.typed:
                    columns.update(bounds(name, spec))
        cls.__annotations__ = {n: _annotation(spec_of(made)) for n, made in columns.items()}
        for name, made in columns.items():
            made.alias = name.rstrip("_")
            setattr(cls, name, made)
            made.__set_name__(cls, name)
        _SPECS[cls] = {name.rstrip("_"): spec_of(made) for name, made in columns.items()}
        super().__init_subclass__(**kwargs)  # type: ignore[no-untyped-call]


def _annotation(spec: Spec) -> Any:
    dtype: Any = DTYPES[spec.kind]
    return Series[dtype]


_SPECS: dict[type[Table], dict[str, Spec]] = {}


def specs(model: type[Table]) -> dict[str, Spec]:
    """The columns of a model by published name, in published order."""
    return _SPECS[model]
