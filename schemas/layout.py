"""How the tables stand in the files that people type, and what may be asked of the declarations.

A group is a mapping whose keys get its name in front (``quantity: {unit: round}`` is ``quantity_unit``); a
nested table is a list (or, with ``one``, a mapping) inside its parent; a layout says which file holds which
table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from schemas.codelists import CODELISTS
from schemas.fields import Spec, specs
from schemas.tables import ALL_MODELS, MODELS

__all__ = [
    "ALL_MODELS",
    "GROUPS",
    "LAYOUTS",
    "MODELS",
    "NESTING",
    "Layout",
    "Nested",
    "former_names",
    "group_of",
    "is_view",
    "members",
    "primary_key",
    "typed_at",
    "typed_keys",
    "warnings",
]


@dataclass(frozen=True, slots=True)
class Nested:
    """A table typed inside another one's rows, under ``key``, its rows placed by ``parent``.

    ``value`` names the one column of a list of bare references (``items: [a, b]``); ``one`` marks a single
    mapping; ``after`` is the key behind which it stands in canonical order. ``parent_table`` is the column
    that takes the parent's table, for rows that stand inside several.
    """

    key: str
    table: str
    parent: str
    after: str
    value: str = ""
    one: bool = False
    required: bool = False
    parent_table: str = ""


def _revisions(after: str) -> Nested:
    return Nested("revisions", "revisions", "row_key", after, parent_table="table")


NESTING: dict[str, tuple[Nested, ...]] = {
    "dataset": (Nested("contributors", "contributors", "name", "licence", required=True),),
    "transfers": (
        Nested("intermediaries", "transfer_intermediaries", "record", "recipient", value="actor"),
        Nested("items", "record_items", "record", "intermediaries", value="item"),
        Nested("places", "record_places", "record", "ended"),
        Nested("vessels", "record_vessels", "record", "places"),
        Nested("links", "record_links", "record", "vessels"),
        Nested("provisions", "record_provisions", "record", "links"),
        Nested("claims", "claims", "record", "note", required=True),
        Nested("coding", "records", "id", "claims", one=True, required=True),
        _revisions("coding"),
    ),
    "events": (
        Nested("places", "record_places", "record", "date"),
        Nested("participants", "participants", "record", "places"),
        Nested("vessels", "record_vessels", "record", "participants"),
        Nested("links", "record_links", "record", "vessels"),
        Nested("provisions", "record_provisions", "record", "links"),
        Nested("claims", "claims", "record", "note", required=True),
        Nested("coding", "records", "id", "claims", one=True, required=True),
        _revisions("coding"),
    ),
    "claims": (
        Nested("bears_on", "claim_records", "claim", "rests_on", value="record"),
        Nested("sources", "claim_sources", "claim", "rank_reason", required=True),
    ),
    "sources": (Nested("not_coded", "source_not_coded", "source", "seed_file"), _revisions("note")),
    "actors": (_revisions("note"),),
    "items": (_revisions("note"),),
    "places": (_revisions("note"),),
    "vessels": (_revisions("note"),),
    "voices": (Nested("parents", "voice_parents", "voice", "label", value="parent"), _revisions("reason")),
    "provisions": (_revisions("text_verified"),),
    "conversions": (
        Nested("claims", "conversion_claims", "conversion", "factor", value="claim", required=True),
        _revisions("note"),
    ),
}

# A mapping whose keys become columns with its name in front.
GROUPS: dict[str, tuple[str, ...]] = {
    "dataset": ("coverage", "licence"),
    "events": ("headline",),
    "claims": ("quantity", "denies"),
    "items": ("designations",),
    "places": ("box",),
    "provisions": ("limit",),
    "conversions": ("factor",),
}


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the rows of a table are typed.

    ``path`` is a folder with one file a row, or a file: of rows by key, or (``alone``) of a single row.
    """

    table: str
    path: str
    one_file_a_row: bool = False
    alone: bool = False

    @property
    def one_row(self) -> bool:
        """Whether the root of the file is the row itself."""
        return self.one_file_a_row or self.alone


LAYOUTS: dict[str, Layout] = {
    "dataset": Layout("dataset", "dataset.yaml", alone=True),
    "transfer": Layout("transfers", "transfers", one_file_a_row=True),
    "event": Layout("events", "events", one_file_a_row=True),
    "source": Layout("sources", "sources", one_file_a_row=True),
    "actors": Layout("actors", "registries/actors.yaml"),
    "items": Layout("items", "registries/items.yaml"),
    "places": Layout("places", "registries/places.yaml"),
    "vessels": Layout("vessels", "registries/vessels.yaml"),
    "voices": Layout("voices", "registries/voices.yaml"),
    "provisions": Layout("provisions", "registries/provisions.yaml"),
    "conversions": Layout("conversions", "registries/conversions.yaml"),
    "retired": Layout("retired", "retired.yaml"),
    "accepted": Layout("accepted", "accepted.yaml"),
}


# --- what is asked of the declarations ----------------------------------------------------------------------


def primary_key(table: str) -> tuple[str, ...]:
    """The columns that identify a row of ``table``."""
    config = ALL_MODELS[table].Config
    compound = getattr(config, "unique", None)
    if compound:
        return tuple(compound)
    return tuple(name for name, spec in specs(ALL_MODELS[table]).items() if spec.kind == "key")


def title_of(table: str) -> str:
    """What a catalogue shows as the table's name."""
    title: str = ALL_MODELS[table].to_schema().title
    return title


def is_view(table: str) -> bool:
    """Whether ``table`` repeats other tables' columns for reading, and defines none of its own."""
    return bool(_metadata(table).get("view"))


def _metadata(table: str) -> dict[str, Any]:
    return getattr(ALL_MODELS[table].Config, "metadata", None) or {}


def warnings(table: str) -> tuple[str, ...]:
    """The usage warnings of ``table``, codes of the list `table_warning`."""
    found = tuple(_metadata(table).get("warnings", ()))
    unknown = set(found) - set(CODELISTS["table_warning"].values)
    if unknown:
        raise ValueError(f"{table}: not in the list table_warning: {sorted(unknown)}")
    return found


def group_of(table: str, column: str) -> str | None:
    """The group under which ``column`` stands in YAML, if it stands in one."""
    return next((g for g in GROUPS.get(table, ()) if column.startswith(f"{g}_")), None)


def former_names(table: str) -> tuple[str, ...]:
    """The names that ``table`` had in earlier releases."""
    return tuple(_metadata(table).get("was", ()))


def typed_at(table: str, column: str) -> str:
    """Where a typed column stands in the file of its record or entry, as a YAML path; else nothing.

    ``{id}`` in it stands for the last part of the row's own value of that column:
    ``claims[{id}].quantity.value``. A list whose rows have no id is one value: ``claims[{claim}].sources``.
    """
    spec, group = specs(ALL_MODELS[table])[column], group_of(table, column)
    if spec.by == "computed":
        return ""
    nested = {parent: n for parent, rows in NESTING.items() for n in rows if n.table == table}
    place = next((n.key for n in nested.values()), "")
    if "claims" in nested:
        place = f"claims[{{{nested['claims'].parent}}}].{place}"
    if table == "claims":
        place += "[{id}]"
    elif nested and not any(n.one for n in nested.values()):
        return place
    if spec.by == "placed" or (nested and spec.kind == "key"):
        return place
    name = f"{group}.{column.removeprefix(f'{group}_')}" if group else column
    return f"{place}.{name}" if place else name


def members(table: str, group: str) -> dict[str, Spec]:
    """The typed columns of a group by their keys in YAML."""
    columns = specs(ALL_MODELS[table]).items()
    return {n.removeprefix(f"{group}_"): s for n, s in columns if s.typed and group_of(table, n) == group}


def typed_keys(table: str) -> tuple[str, ...]:
    """The keys of a row of ``table`` as a person types them, in canonical order: columns, groups, nested."""
    keys: list[str] = []
    for name, spec in specs(ALL_MODELS[table]).items():
        if not spec.typed:
            continue
        group = group_of(table, name)
        if (group or name) not in keys:
            keys.append(group or name)
    for nested in NESTING.get(table, ()):
        at = keys.index(nested.after) + 1 if nested.after in keys else len(keys)
        keys.insert(at, nested.key)
    return tuple(keys)
