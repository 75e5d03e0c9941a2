"""The canonical form of a typed file: one way to write each record, so that a diff shows what was changed.

A file is read by ``read`` (what cannot be read is left alone), then written anew: header first, keys in the
order of ``schemas.layout``, registries by id, defaults left out, small mappings and lists on one line, long
text folded. Comments are kept: one on a line of its own goes with the key or list item below it, or, where
it is indented deeper than that, with the block that it ends; one behind a value stays behind its value.
Comments that begin with ``#:`` are the hints of a template (``new``) and go once no key is empty.

PyYAML's events say where each scalar ends, so whatever stands between scalars and begins with ``#`` is a
comment. Nothing is written before the result was read again and found to hold the same data and comments.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from os.path import abspath
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from compiler.publish import put_file
from compiler.read import MAX_BYTES, Mark, Node, Scalar, Sequence, read_bytes, read_file
from compiler.report import Problem, problem
from schemas.fields import Spec, specs
from schemas.guards import unseen
from schemas.layout import ALL_MODELS, GROUPS, LAYOUTS, NESTING, Layout, members, typed_keys

WIDTH = 110
HINT = "#:"
BLOCK_TABLES = frozenset({"claims", "records", "revisions"})  # never on one line, however short


class LostData(RuntimeError):
    """The canonical form would not hold what was typed: a fault of this module, so nothing is written."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file; ``after`` is None where it could not be read, and ``problems`` says why."""

    path: Path
    shown_as: str
    before: bytes
    after: bytes | None
    problems: list[Problem] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        return self.after is not None and self.after != self.before

    def diff(self) -> str:
        """A unified diff from what stands in the file to its canonical form; empty if they are equal."""
        if not self.changed or self.after is None:
            return ""
        old, new = _shown_lines(self.before), _shown_lines(self.after)
        rows = difflib.unified_diff(old, new, self.shown_as, f"{self.shown_as} (canonical)", lineterm="")
        return "\n".join(rows) + "\n"


def _shown_lines(data: bytes) -> list[str]:
    """The lines of a file for a diff, with what an editor hides made visible."""
    text = data.decode("utf-8", "replace").replace("\r", "\\r").replace("\ufeff", "\\ufeff")
    *lines, last = text.split("\n")
    return [*lines, f"{last}\\ no newline at the end"] if last else lines


def format_files(
    folder: Path, shown_as: str, only: Iterable[Path] = (), *, write: bool = True
) -> list[Outcome]:
    """Format the files of a dataset, or those of ``only`` (files, or folders of them); what became of each.

    ``shown_as`` is the folder's name in messages. With ``write`` false, nothing is touched.
    """
    folder, found = Path(abspath(folder)), []
    for path in _chosen(folder, [Path(abspath(path)) for path in only]):
        inside = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else None
        outcome = _outcome(path, inside, f"{shown_as}/{inside}" if inside else path.as_posix())
        if write and outcome.changed and outcome.after is not None:
            put_file(outcome.after, path)
        found.append(outcome)
    return found


def _chosen(folder: Path, only: list[Path]) -> list[Path]:
    known = set()
    for layout in LAYOUTS.values():
        place = folder / layout.path
        known |= set(place.glob("*.yaml")) if layout.one_file_a_row else {place}
    known = {path for path in known if not path.name.startswith(".")}
    if not only:
        return sorted(known)
    wanted: set[Path] = set()
    for path in only:
        wanted |= {k for k in known if k.is_relative_to(path)} if path.is_dir() else {path}
    return sorted(wanted)


def _outcome(path: Path, inside: str | None, shown_as: str) -> Outcome:
    file = read_file(path, shown_as)
    if not file.data and file.problems:
        return Outcome(path, shown_as, b"", None, file.problems)
    form: bytes | list[Problem]
    form = canonical(file.data, inside, shown_as) if inside else [_stray(shown_as)]
    if isinstance(form, bytes):
        return Outcome(path, shown_as, file.data, form)
    return Outcome(path, shown_as, file.data, None, form)


def _stray(shown_as: str) -> Problem:
    return problem(shown_as, Mark(1, 1), "F17", "stands where nothing reads it")


def canonical(data: bytes, path_in_dataset: str, shown_as: str = "") -> bytes | list[Problem]:
    """The canonical form of a file's bytes, or the problems for which it cannot be read.

    A byte order mark, CRLF, space at the end of a line and a missing last newline are mended on the way.
    Tabs and lone carriage returns are not: nobody can say how far a tab indents.
    """
    shown = shown_as or path_in_dataset
    found = _layout_of(path_in_dataset)
    if found is None:
        return [_stray(shown)]
    name, layout = found
    mended = _mended(data)
    file = read_bytes(mended, shown)
    if file.problems or file.root is None:
        return file.problems
    meaning, text = _of_file(layout), mended.decode("utf-8")
    top, root = _Reader(text).read()
    up = "../" * (2 + path_in_dataset.count("/"))
    lines = [f"# yaml-language-server: $schema={up}schemas/generated/json/{name}.schema.json", *top]
    if root.entries:
        body = _lines(root, meaning, "")
        lines += ["", *body] if body[0].startswith("#") else body
    else:
        lines += ["{}", *root.foot]
    result = ("\n".join(lines) + "\n").encode("utf-8")
    _compare(shown, meaning, text, file.root, result)
    return result


def _layout_of(path_in_dataset: str) -> tuple[str, Layout] | None:
    path = PurePosixPath(path_in_dataset)
    for name, layout in LAYOUTS.items():
        place = path.parent.as_posix() if layout.one_file_a_row else path.as_posix()
        if place == layout.path and path.suffix == ".yaml":
            return name, layout
    return None


def _mended(data: bytes) -> bytes:
    """Without what an editor leaves behind unseen. A space after a backslash was escaped on purpose."""
    if len(data) > MAX_BYTES:
        return data
    lines = []
    for line in data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").split(b"\n"):
        bare = line.rstrip(b" \t")
        lines.append(line[: len(bare) + 1] if bare.endswith(b"\\") else bare)
    return b"\n".join(lines)


# --- what each key means --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What is declared of a value: its column, or the keys of a mapping, or what each of many holds."""

    spec: Spec | None = None
    keys: dict[str, _Meaning] = field(default_factory=dict)
    each: _Meaning | None = None
    by_id: bool = False
    block: bool = False

    def of(self, key: str | None) -> _Meaning:
        """What is declared of the value of ``key``, or, without a key, of a list's item."""
        if key is not None and not self.by_id:
            return self.keys.get(key, _UNKNOWN)
        return self.each or (self if self.spec else _UNKNOWN)

    def is_default(self, key: str, text: str) -> bool:
        spec = self.of(key).spec
        return spec is not None and bool(spec.default) and text == spec.default


_UNKNOWN = _Meaning()


@cache
def _of_row(table: str, block: bool) -> _Meaning:
    columns = specs(ALL_MODELS[table])
    nested = {child.key: child for child in NESTING.get(table, ())}
    keys = {}
    for key in typed_keys(table):
        if key in nested:
            child = nested[key]
            row = _of_row(child.table, child.table in BLOCK_TABLES)
            each = _Meaning(spec=specs(ALL_MODELS[child.table])[child.value]) if child.value else row
            keys[key] = row if child.one else _Meaning(each=each)
        elif key in GROUPS.get(table, ()):
            keys[key] = _Meaning(keys={n: _Meaning(spec=s) for n, s in members(table, key).items()})
        else:
            keys[key] = _Meaning(spec=columns[key])
    return _Meaning(keys=keys, block=block)


def _of_file(layout: Layout) -> _Meaning:
    row = _of_row(layout.table, True)
    return row if layout.one_row else _Meaning(each=row, by_id=True, block=True)


# --- the file with its comments ---------------------------------------------------------------------------


@dataclass(slots=True)
class _Value:
    """A text, or (``entries``) a list or, ``keyed``, a mapping; ``foot`` are the comments that end it."""

    text: str = ""
    quoted: bool = False
    entries: list[_Entry] | None = None
    keyed: bool = False
    flow: bool = False
    column: int = 0
    foot: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Entry:
    """A key or a dash with its value, the comments above it and the one behind it."""

    key: str | None
    value: _Value = field(default_factory=_Value)
    head: list[str] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Comment:
    index: int
    line: int
    column: int
    text: str
    alone: bool


_COMMENT = re.compile(r"#[^\n]*")
_MODELINE = re.compile(r"#\s*yaml-language-server:")
_BLOCK_STYLES = ("|", ">")


def _comments(text: str, events: Iterable[yaml.Event]) -> Iterator[_Comment]:
    """Every comment, in order: what begins with ``#`` between two scalars."""
    line = counted = 0
    for begin, end in _gaps(text, events):
        for found in _COMMENT.finditer(text, begin, end):
            at = found.start()
            line, counted = line + text.count("\n", counted, at), at
            before = text[text.rfind("\n", 0, at) + 1 : at]
            words = unicodedata.normalize("NFC", found.group().rstrip())
            yield _Comment(at, line, len(before), words, not before.strip())


def _gaps(text: str, events: Iterable[yaml.Event]) -> Iterator[tuple[int, int]]:
    """Where no scalar stands. A block scalar's first line holds no text, but perhaps a comment."""
    start = 0
    for event in events:
        if isinstance(event, yaml.ScalarEvent):
            begin = _start(event).index
            if event.style in _BLOCK_STYLES:
                line_end = text.find("\n", begin)
                begin = line_end if line_end >= 0 else len(text)
            yield start, begin
            start = _end(event).index
    yield start, len(text)


def _start(event: yaml.Event) -> Any:
    return event.start_mark


def _end(event: yaml.Event) -> Any:
    return event.end_mark


class _Reader:
    """Builds the tree of entries from the events, giving each comment its place on the way."""

    def __init__(self, text: str) -> None:
        self.events = list(yaml.parse(text, Loader=yaml.CSafeLoader))
        unfilled = any(isinstance(e, yaml.ScalarEvent) and not e.value for e in self.events)
        found = list(_comments(text, self.events))
        self.header = found[0].line if found and _MODELINE.match(found[0].text) else None
        hints = () if unfilled else (HINT,)
        self.coming = deque(c for c in found if not _MODELINE.match(c.text) and not c.text.startswith(hints))
        self.waiting: list[_Comment] = []  # for the next key or item
        self.stack: list[_Value] = []
        self.owners: list[_Entry] = []  # the entry that holds each collection of the stack
        self.open_key: list[_Entry | None] = []  # the key that waits for its value
        self.last: tuple[_Entry, int] | None = None  # the last entry, and the line on which it ended
        self.whole = _Entry(None)

    def read(self) -> tuple[list[str], _Value]:
        """The comments at the file's top, and its root."""
        top: list[str] = []
        for event in self.events:
            self._pass(_start(event).index)
            if isinstance(event, (yaml.ScalarEvent, yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                if not self.stack:
                    top = self._top(_start(event).line)
                self._begin(event)
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                self._close(_end(event).line)
        root = self.whole.value
        root.foot = [*self.whole.head, *self.whole.tail, *root.foot, *self._take()]
        return top, root

    def _pass(self, index: int) -> None:
        """Place the comments before ``index``, or let them wait."""
        while self.coming and self.coming[0].index < index:
            comment = self.coming.popleft()
            if comment.alone or self.last is None or self.last[1] != comment.line:
                self.waiting.append(comment)
            elif self.last[0].tail:
                self.last[0].head.append(comment.text)
            else:
                self.last[0].tail.append(comment.text)

    def _take(self, column: int = 0) -> list[str]:
        """The comments that wait, up to the first that stands left of ``column``."""
        taken = []
        while self.waiting and self.waiting[0].column >= column:
            taken.append(self.waiting.pop(0).text)
        return taken

    def _top(self, first_line: int) -> list[str]:
        """The comments about the file: those that a blank line parts from the first key, or the header's."""
        lines = [] if self.header is None else [self.header]
        lines += [c.line for c in self.waiting] + [first_line]
        gaps = [a for a, b in pairwise(lines) if b - a > 1]
        until = gaps[-1] if gaps else -1 if self.header is None else first_line
        about = [c for c in self.waiting if c.line <= until]
        self.waiting = self.waiting[len(about) :]
        return [c.text for c in about]

    def _begin(self, event: yaml.Event) -> None:
        parent = self.stack[-1] if self.stack else None
        scalar = isinstance(event, yaml.ScalarEvent)
        flow = isinstance(event, yaml.CollectionStartEvent) and bool(event.flow_style)
        if parent is None or parent.entries is None:
            entry = self.whole
        elif parent.keyed and (opened := self.open_key[-1]):
            entry, self.open_key[-1] = opened, None
            if scalar or flow:
                entry.head += self._take()
        else:
            key = event.value if parent.keyed and isinstance(event, yaml.ScalarEvent) else None
            entry = _Entry(key, head=self._take())
            parent.entries.append(entry)
            if parent.keyed:
                self.open_key[-1] = entry
                self.last = (entry, _end(event).line)
                return
        if isinstance(event, yaml.ScalarEvent):
            entry.value = _Value(event.value, bool(event.style))
            ended = _start(event) if event.style in _BLOCK_STYLES else _end(event)
            self.last = (entry, ended.line)
            return
        keyed = isinstance(event, yaml.MappingStartEvent)
        entry.value = _Value(entries=[], keyed=keyed, flow=flow, column=_start(event).column)
        if flow:
            self.last = (entry, _start(event).line)
        self.stack.append(entry.value)
        self.owners.append(entry)
        self.open_key.append(None)

    def _close(self, line: int) -> None:
        value, owner = self.stack.pop(), self.owners.pop()
        self.open_key.pop()
        if value.flow:
            value.foot += self._take()
            self.last = (owner, line)
        else:
            outside = self.stack[-1].column + 1 if self.stack else 0
            value.foot += self._take(max(value.column, outside) if self.stack else 0)
        if not value.entries:
            owner.head, value.foot = owner.head + value.foot, []


# --- writing ----------------------------------------------------------------------------------------------


def _ordered(value: _Value, meaning: _Meaning) -> list[_Entry]:
    """The entries as they are written: keys in order, unknown ones last, defaults without comments out."""
    entries = value.entries or []
    if not value.keyed:
        return entries
    if meaning.by_id:
        return sorted(entries, key=lambda e: e.key or "")
    rank = {key: i for i, key in enumerate(meaning.keys)}
    kept = [e for e in entries if e.head or e.tail or not _is_default(e, meaning)]
    return sorted(kept or entries, key=lambda e: rank.get(e.key or "", len(rank)))


def _is_default(entry: _Entry, meaning: _Meaning) -> bool:
    return entry.value.entries is None and meaning.is_default(entry.key or "", entry.value.text)


def _lines(value: _Value, meaning: _Meaning, pad: str) -> list[str]:
    """A list or mapping in block style."""
    lines = []
    for entry in _ordered(value, meaning):
        _hoist(entry, meaning)
        lines += [pad + comment for comment in entry.head]
        lines += _entry_lines(entry, meaning.of(entry.key), pad)
    return lines + [pad + comment for comment in value.foot]


def _hoist(entry: _Entry, meaning: _Meaning) -> None:
    """Comments above the first key of a list's item stand above the item: the two share a line."""
    while entry.key is None and entry.value.entries:
        first = _ordered(entry.value, meaning.of(None))[0]
        _hoist(first, meaning.of(None))
        if not first.head:
            return
        entry.head, first.head = entry.head + first.head, []


def _entry_lines(entry: _Entry, meaning: _Meaning, pad: str) -> list[str]:
    """A key or dash and its value, on one line where that fits."""
    label = "-" if entry.key is None else f"{_key(entry.key)}:"
    behind = "".join(f"  {comment}" for comment in entry.tail)
    value = entry.value
    line = _inline(value, meaning, within=entry.key is None)
    if line is not None:
        whole = f"{pad}{label} {line}" if line else f"{pad}{label}"
        if len(whole) <= WIDTH or value.entries == []:
            return [whole + behind]
        if value.entries is None:
            folded = _folded(value.text, WIDTH - len(pad) - 2)
            if not folded:
                return [whole + behind]
            return [f"{pad}{label} >-{behind}", *(f"{pad}  {part}" for part in folded)]
    inner = _lines(value, meaning, pad + "  ")
    if entry.key is not None:
        return [f"{pad}{label}{behind}", *inner]
    n_comments = next(i for i, text in enumerate(inner) if not text.lstrip().startswith("#"))
    above = [*entry.tail, *(comment.lstrip() for comment in inner[:n_comments])]
    first = f"{pad}- {inner[n_comments].lstrip()}"
    return [*(pad + comment for comment in above), first, *inner[n_comments + 1 :]]


def _inline(value: _Value, meaning: _Meaning, within: bool = True, flow: bool = False) -> str | None:
    """The value on one line; None where it may not stand on one. ``within``: it may not be left empty."""
    if value.entries is None:
        return _scalar(value.text, meaning.spec, value.quoted, flow) if value.text or within else ""
    if value.foot or (meaning.block and value.entries):
        return None
    parts = []
    for entry in _ordered(value, meaning):
        many = bool(entry.value.entries) and (entry.value.keyed or not value.keyed)
        part = None if many else _inline(entry.value, meaning.of(entry.key), flow=True)
        if part is None or entry.head or entry.tail:
            return None
        parts.append(part if entry.key is None else f"{_key(entry.key)}: {part}")
    return "{" + ", ".join(parts) + "}" if value.keyed else "[" + ", ".join(parts) + "]"


def _folded(text: str, width: int) -> list[str]:
    """The lines of a folded text; none where folding would change it. It breaks at single spaces only."""
    text = unicodedata.normalize("NFC", text)
    parts = re.split(r"(?<! ) (?! )", text)
    if len(parts) == 1 or text != text.strip() or any(map(unseen, text)):
        return []
    lines = [parts[0]]
    for part in parts[1:]:
        if len(lines[-1]) + 1 + len(part) <= width:
            lines[-1] += f" {part}"
        else:
            lines.append(part)
    return lines


# --- scalars ----------------------------------------------------------------------------------------------


# Where YAML itself would not read the plain text as this text.
_NOT_PLAIN = re.compile(r"[?:,\[\]{}#&*!|>'\"%@`]|-(?![0-9])|\.\.|.*(: | #|:\Z)", re.DOTALL)
_NOT_IN_FLOW = re.compile(r"[,\[\]{}]")

# What YAML 1.1, YAML 1.2 or a program that reads them takes for something other than text.
_READ_OTHERWISE = re.compile(
    r"""
    ~ | = | << | y | n | yes | no | on | off | true | false | null
    | [-+]? ( \.inf | 0x[0-9a-f_]+ | 0o[0-7_]+ | 0b[01_]+ ) | \.nan
    | [-+]? ( \.[0-9][0-9_]* | [0-9][0-9_]*(\.[0-9_]*)? ) ( e[-+]?[0-9]+ )?
    | [-+]? [0-9][0-9_]* (:[0-9]+)+ (\.[0-9_]*)?
    | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2} ([t\ ].*)?
    | [-+]? [0-9][0-9_]* (,[0-9]+)+ (\.[0-9]*)?     # Ruby, spreadsheets
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_WHOLE = re.compile(r"0|[1-9][0-9]*")


def _scalar(text: str, spec: Spec | None, quoted: bool, flow: bool) -> str:
    text = unicodedata.normalize("NFC", text)
    unsafe = (
        not text
        or text != text.strip()
        or any(map(unseen, text))
        or _NOT_PLAIN.match(text)
        or (flow and _NOT_IN_FLOW.search(text))
    )
    return _in_quotes(text) if unsafe or _misread(text, spec, quoted) else text


def _misread(text: str, spec: Spec | None, quoted: bool) -> bool:
    """Whether another reader takes ``text`` for what its column does not mean. A code may be a number."""
    if spec is None:
        return quoted and bool(_READ_OTHERWISE.fullmatch(text))
    if spec.kind in ("number", "whole", "flag", "day", "edtf"):
        return False
    return bool(_READ_OTHERWISE.fullmatch(text)) and not (spec.codelist and _WHOLE.fullmatch(text))


def _key(text: str) -> str:
    return _scalar(text, None, quoted=True, flow=True)


def _in_quotes(text: str) -> str:
    return '"' + "".join(_escaped(c) for c in text) + '"'


def _escaped(char: str) -> str:
    if char in '\\"':
        return f"\\{char}"
    if char in "\n\t":
        return "\\n" if char == "\n" else "\\t"
    if not unseen(char):
        return char
    n = ord(char)
    return f"\\x{n:02x}" if n < 0x100 else f"\\u{n:04x}" if n < 0x10000 else f"\\U{n:08x}"


# --- nothing is lost --------------------------------------------------------------------------------------


def _compare(shown: str, meaning: _Meaning, text: str, before: Node, result: bytes) -> None:
    """Raise `LostData` unless ``result`` reads back as ``before``, with the same comments."""
    file = read_bytes(result, shown)
    if file.root is None or _data(file.root, meaning) != _data(before, meaning):
        raise LostData(f"{shown}: the canonical form would not read back as the same data")
    old, new = (
        Counter(c.text for c in _comments(t, yaml.parse(t, Loader=yaml.CSafeLoader)))
        for t in (text, result.decode("utf-8"))
    )
    for lost in (c for c in old - new if not c.startswith(HINT) and not _MODELINE.match(c)):
        raise LostData(f"{shown}: the canonical form would lose the comment {lost!r}")


def _data(node: Node, meaning: _Meaning) -> Any:
    """What a node holds: texts in NFC, lists in order, mappings without defaults."""
    if isinstance(node, Scalar):
        return unicodedata.normalize("NFC", node.text)
    if isinstance(node, Sequence):
        return [_data(item, meaning.of(None)) for item in node.items]
    return {
        key: _data(item, meaning.of(key))
        for key, item in node.items.items()
        if not (isinstance(item, Scalar) and meaning.is_default(key, item.text))
    }
