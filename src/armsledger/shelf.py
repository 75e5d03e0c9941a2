"""A release's rows by id and by reference, and its codes by their labels: what `find` and `show` read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from armsledger.files import Release, Row
from armsledger.stories.words import lower_first, when

NAMES = ("name", "native_name", "designations_dprk", "designations_russian", "designations_nato")
NAME_LISTS = ("aliases", "former_names")


class Shelf:
    """Indexes over one release, made when they are first asked for."""

    def __init__(self, release: Release) -> None:
        self.release = release
        self._index: dict[tuple[str, str], dict[Any, list[Row]]] = {}
        self._codes: dict[tuple[str, str], Row] | None = None

    def rows(self, table: str) -> list[Row]:
        return self.release.rows(table)

    def of(self, table: str, column: str, value: str) -> list[Row]:
        """The rows of `table` that have `value` in `column` (or in its list)."""
        key = (table, column)
        if key not in self._index:
            index: dict[Any, list[Row]] = {}
            for row in self.rows(table):
                values = row[column]
                for one in values if isinstance(values, list) else [values]:
                    index.setdefault(one, []).append(row)
            self._index[key] = index
        return self._index[key].get(value, [])

    def get(self, table: str, id_: str | None) -> Row:
        """The row of that id, empty if there is none."""
        found = self.of(table, "id", id_) if id_ else []
        return found[0] if found else {}

    def name(self, table: str, id_: str | None) -> str:
        """The name, label or title of an entry, its id if it has none."""
        row = self.get(table, id_)
        return str(row.get("name") or row.get("label") or row.get("title") or id_ or "")

    def names_of(self, row: Row) -> list[str]:
        """All names of an actor, item, place or vessel, its main one first."""
        names = [row.get(column) for column in NAMES]
        for column in NAME_LISTS:
            names += row.get(column) or []
        return [name for name in names if name]

    def record(self, id_: str) -> Row:
        """A transfer or an event."""
        return self.get("transfers", id_) or self.get("events", id_)

    def document(self, id_: str) -> str:
        """A document's title; one without is named by its publisher and date."""
        row = self.get("sources", id_)
        if not row:
            return id_
        title = row["title"] or row["title_en"]
        return title or f"Untitled, {self.name('actors', row['publisher'])} ({when(row['published'])})"

    def provision(self, id_: str) -> str:
        row = self.get("provisions", id_)
        return f"{row['instrument']}, {row['paragraph']}" if row else id_

    def conversion(self, id_: str) -> str:
        row = self.get("conversions", id_)
        if not row:
            return id_
        labels = (self.label("transfer_class", row["class"]), *(self.label("unit", row[u]) for u in _UNITS))
        return "{}: {} to {}".format(*labels)

    # -- codes ---------------------------------------------------------------------------------------------

    def code(self, list_: str, value: str | None) -> Row:
        if self._codes is None:
            self._codes = {(row["list"], row["value"]): row for row in self.rows("codelists")}
        return self._codes.get((list_, value or ""), {})

    def label(self, list_: str, value: str | None) -> str:
        """A code's label; the code itself if it has none; nothing for nothing."""
        return str(self.code(list_, value).get("label") or value or "")

    def words(self, list_: str, value: str | None) -> str:
        """A code's label as it stands within a sentence."""
        return lower_first(self.label(list_, value))

    def definition(self, list_: str, value: str | None) -> str:
        return str(self.code(list_, value).get("definition") or "")

    def ids(self) -> Iterator[str]:
        """Every id that `show` knows, but for the claims."""
        for table in ("transfers", "events", *REGISTRIES):
            for row in self.rows(table):
                yield row["id"]


_UNITS = ("from_unit", "to_unit")
REGISTRIES = ("sources", "actors", "items", "voices", "places", "vessels", "provisions", "conversions")
