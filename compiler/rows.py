"""Step 2: a tree becomes rows. A record is a tree of rows: its own, its claims, each claim's sources ...

The shape is what ``schemas.tables`` declares: columns, groups (a mapping whose keys get its name in front)
and nested tables. Every cell keeps the place where it was typed, so that an error on a cell is an error on a
YAML key. Text stays text here; step 3 reads it by its column's type.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from compiler.progress import track
from compiler.read import File, Mapping, Mark, Node, Scalar, Sequence, read_file
from compiler.report import Problem, problem
from schemas.fields import Spec, specs
from schemas.layout import (
    ALL_MODELS,
    GROUPS,
    LAYOUTS,
    NESTING,
    Layout,
    Nested,
    group_of,
    members,
    typed_keys,
)
from schemas.rules import nearest

_LOCAL_CLAIM = re.compile(r"c[1-9][0-9]*\Z")
_FILE_ID = re.compile(r"[A-Za-z0-9_.-]+\Z")


@dataclass(slots=True)
class Cell:
    """What was typed: one text, or the texts of a list; and where."""

    text: str | list[str]
    mark: Mark
    at: str
    marks: list[Mark] = field(default_factory=list)  # of each text of a list


@dataclass(slots=True)
class RawRow:
    """One row as typed. ``bad`` are the columns and keys of which something was reported."""

    table: str
    file: str
    at: str
    mark: Mark
    cells: dict[str, Cell] = field(default_factory=dict)
    marks: dict[str, tuple[Mark, str]] = field(default_factory=dict)  # groups and nested keys
    bad: set[str] = field(default_factory=set)

    def place_of(self, column: str) -> tuple[Mark, str]:
        """Where ``column`` was typed; where it was not, where its row begins."""
        if column in self.cells:
            return self.cells[column].mark, self.cells[column].at
        return self.marks.get(column, (self.mark, self.at))


@dataclass(slots=True)
class Typed:
    """Everything that was typed in one dataset."""

    files: list[File] = field(default_factory=list)
    rows: list[RawRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)  # tables of which a file or a row could not be read


def read_dataset(folder: Path, shown_as: str) -> Typed:
    """Read and flatten every file of a dataset; ``shown_as`` is the folder's name in messages."""
    typed = Typed()
    expected = [(layout, path) for layout in LAYOUTS.values() for path in _files_of(layout, folder)]
    for layout, path in track(expected, "reading"):
        shown = _shown(path, folder, shown_as)
        if layout.one_file_a_row and (path.suffix != ".yaml" or not _FILE_ID.match(path.stem)):
            message = "is no `<id>.yaml`, so it would not be read"
            typed.problems.append(problem(shown, Mark(1, 1), "F17", message))
            typed.unread.add(layout.table)
            continue
        add_file(typed, read_file(path, shown), layout, path.stem)
    typed.problems += _strays(folder, shown_as, {path for _, path in expected})
    return typed


def _files_of(layout: Layout, folder: Path) -> list[Path]:
    """Where a layout's rows are typed; a file that must be there is named even if it is not."""
    place = folder / layout.path
    if not layout.one_file_a_row:
        return [place]
    return sorted(path for path in place.glob("*") if not path.name.startswith("."))


def add_file(typed: Typed, file: File, layout: Layout, stem: str) -> None:
    """Flatten one file that was read into ``typed``; ``stem`` is its name without the ending."""
    typed.files.append(file)
    typed.problems += file.problems
    if file.root is not None:
        _File(typed, file, layout, stem).flatten()
    else:
        typed.unread.add(layout.table)


def _shown(path: Path, folder: Path, shown_as: str) -> str:
    """A file's name in messages; bytes of it that are no UTF-8 as escapes, so that it can be printed."""
    name = f"{shown_as}/{path.relative_to(folder).as_posix()}"
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _strays(folder: Path, shown_as: str, expected: set[Path]) -> Iterator[Problem]:
    """Files that no step reads: what was typed in them would be lost without a word."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path not in expected and not path.name.startswith("."):
            shown = _shown(path, folder, shown_as)
            yield problem(shown, Mark(1, 1), "F17", "stands where nothing reads it")


@dataclass(slots=True)
class _File:
    """Flattens one file into ``typed``."""

    typed: Typed
    file: File
    layout: Layout
    stem: str

    def flatten(self) -> None:
        root = self.file.root
        assert root is not None
        table = self.layout.table
        if self.layout.one_row:
            self._row(table, root, "", root.mark, {}, self.stem)
            return
        for key, node in root.items.items():
            placed = {"id": Cell(key, root.keys[key], key)}
            if isinstance(node, Mapping):
                self._row(table, node, key, root.keys[key], placed, key)
            else:
                self._say(node.mark, "S03", key, f"`{key}` holds {_what(node)}; `key: value` pairs are meant")
                self.typed.unread.add(table)

    def _say(self, mark: Mark, rule: str, at: str, message: str, help: str = "") -> None:
        self.typed.problems.append(problem(self.file.path, mark, rule, message, at, help))

    def _row(
        self, table: str, node: Mapping, at: str, mark: Mark, placed: dict[str, Cell], own_id: str
    ) -> RawRow:
        """One row and all rows nested in it. ``own_id`` is its id, for the rows that it places."""
        row = RawRow(table, self.file.path, at, mark, dict(placed))
        self.typed.rows.append(row)
        columns, nested = specs(ALL_MODELS[table]), {n.key: n for n in NESTING.get(table, ())}
        known = [k for k in typed_keys(table) if k not in placed]
        record = placed["record"].text if "record" in placed else own_id
        for key, value in node.items.items():
            here = f"{at}.{key}" if at else key
            key_mark = node.keys[key]
            if key in nested:
                row.marks[key] = (key_mark, here)
                self._nested(nested[key], value, here, row, own_id)
            elif key in GROUPS.get(table, ()):
                row.marks[key] = (key_mark, here)
                self._group(row, key, value, here, str(record))
            elif key in known:
                self._cell(row, key, columns[key], value, here, str(record))
            else:
                row.bad.update(self._unknown(key, known, key_mark, here))
        self._missing(row, columns, nested, node)
        return row

    def _unknown(self, key: str, known: list[str], mark: Mark, at: str) -> set[str]:
        near = nearest(key, known)
        odd = next((c for c in key if not c.isascii()), None)
        hint = f"; did you mean `{near[0]}`?" if near else ""
        if odd:
            hint = f"; {odd} (U+{ord(odd):04X}) is no ASCII letter" + hint
        self._say(mark, "S01", at, f"unknown key `{key}`{hint}", f"known here: {', '.join(known)}")
        return set(near)

    def _missing(
        self, row: RawRow, columns: dict[str, Spec], nested: dict[str, Nested], node: Mapping
    ) -> None:
        for name, spec in columns.items():
            group = group_of(row.table, name)
            absent = name not in row.cells and name not in row.bad and (group or name) not in row.bad
            if spec.typed and spec.required and not spec.default and absent:
                said = f"{group}.{name.removeprefix(group + '_')}" if group else name
                self._lacks(row, name, said, f"{spec.title}: {spec.description}")
        for key, child in nested.items():
            if child.required and key not in node.items and key not in row.bad:
                self._lacks(row, key, key, ALL_MODELS[child.table].__doc__ or "")

    def _lacks(self, row: RawRow, column: str, said: str, meaning: str) -> None:
        row.bad.add(column)
        self._say(row.mark, "S02", row.at, f"missing key `{said}`", meaning.strip())

    def _group(self, row: RawRow, group: str, node: Node, at: str, record: str) -> None:
        if not isinstance(node, Mapping):
            row.bad.update(f"{group}_{key}" for key in members(row.table, group))
            self._say(node.mark, "S03", at, f"`{group}` holds {_what(node)}; `key: value` pairs are meant")
            return
        known = members(row.table, group)
        for key, value in node.items.items():
            if key in known:
                self._cell(row, f"{group}_{key}", known[key], value, f"{at}.{key}", record)
            else:
                near = self._unknown(key, list(known), node.keys[key], f"{at}.{key}")
                row.bad.update(f"{group}_{n}" for n in near)

    def _cell(self, row: RawRow, column: str, spec: Spec, node: Node, at: str, record: str) -> None:
        """A value of one column: a text, or a list of texts where the column holds words."""
        nodes = node.items if isinstance(node, Sequence) and spec.kind == "words" else [node]
        scalars = [n for n in nodes if isinstance(n, Scalar)]
        if len(scalars) < len(nodes):
            wrong = next(n for n in nodes if not isinstance(n, Scalar))
            meant = "a list of words" if spec.kind == "words" else "one value"
            if spec.kind == "edtf":
                meant = 'a date (a set in quotes, such as "[2024-10-01..2024-11-29]")'
            self._say(
                wrong.mark, "S03", at, f"`{at.rpartition('.')[2]}` holds {_what(wrong)}; {meant} is meant"
            )
        elif not scalars or any(not s.text for s in scalars):
            help = _fill_in(spec.title, spec.description) if spec.required and not spec.default else ""
            self._say(node.mark, "S04", at, f"`{at.rpartition('.')[2]}` is empty", help)
        elif spec.kind == "words":
            marks = [s.mark for s in scalars]
            row.cells[column] = Cell([s.text for s in scalars], node.mark, at, marks)
            return
        else:
            row.cells[column] = Cell(_whole_id(scalars[0].text, spec, record), node.mark, at)
            return
        row.bad.add(column)

    def _nested(self, child: Nested, node: Node, at: str, parent: RawRow, own_id: str) -> None:
        """The rows of a table typed inside ``parent``."""
        placing = {child.parent: Cell(own_id, parent.mark, parent.at)}
        if child.parent_table:
            placing[child.parent_table] = Cell(parent.table, parent.mark, parent.at)
        if child.one:
            if isinstance(node, Mapping):
                self._row(child.table, node, at, parent.marks[child.key][0], placing, own_id)
                return
            parent.bad.add(child.key)
            self._say(
                node.mark, "S03", at, f"`{child.key}` holds {_what(node)}; `key: value` pairs are meant"
            )
            return
        if not isinstance(node, Sequence):
            parent.bad.add(child.key)
            empty = isinstance(node, Scalar) and not node.text
            if empty:
                self._say(parent.marks[child.key][0], "S04", at, f"`{child.key}` is empty", _entry(child))
            else:
                how = (
                    f"write `{child.key}: [{node.text}]`" if child.value and isinstance(node, Scalar) else ""
                )
                self._say(node.mark, "S03", at, f"`{child.key}` holds {_what(node)}; a list is meant", how)
            return
        if not node.items:
            parent.bad.add(child.key)
            self._say(node.mark, "S04", at, f"`{child.key}` is empty", _entry(child))
        for i, item in enumerate(node.items):
            here = f"{at}[{i}]"
            if child.value and isinstance(item, Scalar):
                row = RawRow(child.table, self.file.path, here, item.mark, dict(placing))
                self._cell(row, child.value, specs(ALL_MODELS[child.table])[child.value], item, here, own_id)
                self.typed.rows.append(row)
            elif not child.value and isinstance(item, Mapping):
                self._child(child, item, here, placing, own_id)
            else:
                parent.bad.add(child.key)
                meant = "a name is" if child.value else "`key: value` pairs are"
                self._say(item.mark, "S03", here, f"holds {_what(item)}; {meant} meant")

    def _child(self, child: Nested, item: Mapping, at: str, placing: dict[str, Cell], parent_id: str) -> None:
        own = item.items.get("id")
        own_id = (
            _whole_id(own.text, specs(ALL_MODELS[child.table])["id"], parent_id)
            if isinstance(own, Scalar) and child.table == "claims"
            else ""
        )
        if child.table != "claims" and child.parent == "record":
            own_id = parent_id
        self._row(child.table, item, at, item.mark, placing, own_id)


def _whole_id(text: str, spec: Spec, record: str) -> str:
    """A claim's id with its record in front, where the short form was typed."""
    return f"{record}.{text}" if spec.local and record and _LOCAL_CLAIM.match(text) else text


def _fill_in(title: str, description: str) -> str:
    return f"fill it in: {title}: {description}"


def _entry(child: Nested) -> str:
    """What an entry of a required list looks like; nothing for a list that may be left out."""
    if not child.required:
        return ""
    if child.value:
        return "name one"
    columns = specs(ALL_MODELS[child.table])
    keys = [f"{key}: " for key in typed_keys(child.table) if key in columns and columns[key].required]
    return f"add an entry: - {{{', '.join(keys)}}}" if len(keys) < 6 else "add an entry, as a template has it"


def _what(node: Node) -> str:
    if isinstance(node, Scalar):
        return "one value" if node.text else "nothing"
    return "a list" if isinstance(node, Sequence) else "a mapping"
