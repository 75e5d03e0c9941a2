"""Step 1: YAML text to a tree in which every node knows its line and column.

YAML is a notation for text here. A scalar stays what was typed until its column's type reads it, so ``NO``,
``12:30``, ``007`` and ``1.10`` lose nothing. What can make a reader and a program see different things
(anchors, aliases, tags, doubled keys, second documents, control characters) is an error at a line.

PyYAML's events are used because they show all of that, with positions, iteratively. Its loaders would turn
``NO`` into False and keep the last of two equal keys; composing would overflow the stack on deep nesting.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import yaml

from compiler.report import Problem, problem
from schemas.guards import unseen

MAX_BYTES = 1 << 20
MAX_DEPTH = 24
MAX_KEY = 100


@dataclass(frozen=True, slots=True)
class Mark:
    line: int
    column: int


@dataclass(slots=True)
class Scalar:
    text: str
    quoted: bool
    mark: Mark


@dataclass(slots=True)
class Sequence:
    items: list[Node]
    mark: Mark


@dataclass(slots=True)
class Mapping:
    """Keys in the order typed, each with its own mark."""

    items: dict[str, Node]
    keys: dict[str, Mark]
    mark: Mark


_TOP = Mark(1, 1)

Node: TypeAlias = Scalar | Sequence | Mapping


@dataclass(slots=True)
class File:
    """One file that was read; ``root`` is None where it could not be."""

    path: str
    data: bytes
    root: Mapping | None
    problems: list[Problem] = field(default_factory=list)


def read_file(path: Path, shown_as: str) -> File:
    """Read one file. Never raises on its content: what is wrong with it is in ``problems``."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        why = f"cannot be read: {error.strerror or error}"
        return File(shown_as, b"", None, [problem(shown_as, _TOP, "F16", why)])
    return read_bytes(data, shown_as)


def read_bytes(data: bytes, shown_as: str) -> File:
    """Read the bytes of one file."""
    file = File(shown_as, data, None)
    text = _screen(file)
    if text is not None and not file.problems:
        file.root = _parse(file, text)
    return file


def _say(file: File, mark: Mark, rule: str, message: str, at: str = "", help: str = "") -> None:
    file.problems.append(problem(file.path, mark, rule, message, at, help))


# --- the bytes ------------------------------------------------------------------------------------------


def _screen(file: File) -> str | None:
    """The text, if no byte or character in it can mislead a parser, an editor or a terminal."""
    data = file.data
    if len(data) > MAX_BYTES:
        _say(file, _TOP, "F06", f"larger than {MAX_BYTES >> 20} MiB")
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        good = data[: error.start].decode("utf-8")
        _say(file, _mark_of(good, len(good)), "F01", f"byte 0x{data[error.start]:02x} is not UTF-8")
        return None
    if text.startswith("\ufeff"):
        _say(file, _TOP, "F02", "begins with a byte order mark")
        return None
    if not text.strip():
        _say(file, _TOP, "F07", "is empty")
        return None
    line, start, passed = 1, 0, 0  # of the line that has been reached; each character is looked at once
    for found in _UNUSUAL.finditer(text):
        char, index = found.group(), found.start()
        if not unseen(char):
            continue
        if breaks := text.count("\n", passed, index):
            line, start = line + breaks, text.rindex("\n", passed, index) + 1
        passed, mark = index, Mark(line, index - start + 1)
        if char == "\t":
            _say(file, mark, "F04", "tab character")
        elif char == "\r":
            _say(file, mark, "F05", "carriage return")
            break
        else:
            name = unicodedata.name(char, "control character").lower()
            _say(file, mark, "F03", f"U+{ord(char):04X} ({name})")
    return text


_THREE_DIGITS = re.compile(r"[0-9]{3}\Z")
_UNUSUAL = re.compile(r"[^\n\x20-\x7e]")


def _mark_of(text: str, index: int) -> Mark:
    return Mark(text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1)


# --- the events -----------------------------------------------------------------------------------------


class _Stop(Exception):
    """The rest of the file cannot be read in a way that would help."""


@dataclass(slots=True)
class _Open:
    """A collection that is being read; a mapping waits for a key or for the value of ``key``.

    ``drop`` passes over the value of a key that was refused. ``digits_end`` is where a number ended last:
    if a key of three digits begins there, a comma of ``5,000,000`` has ``split`` the number.
    """

    node: Sequence | Mapping
    key: str | None = None
    drop: bool = False
    digits_end: Mark | None = None
    split: bool = False


def _parse(file: File, text: str) -> Mapping | None:
    try:
        root = _tree(file, yaml.parse(text, Loader=yaml.CSafeLoader))
    except _Stop:
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = Mark(mark.line + 1, mark.column + 1) if mark else _TOP
        why = " ".join(part for part in (error.problem, error.context) if part)
        _say(file, where, "F09", f"not readable as YAML: {why}", help=_yaml_help(why))
        return None
    except yaml.YAMLError as error:
        _say(file, _TOP, "F09", f"not readable as YAML: {error}")
        return None
    if root is None:
        _say(file, _TOP, "F07", "holds no data, only comments")
        return None
    if not isinstance(root, Mapping):
        what = "a list" if isinstance(root, Sequence) else "one value"
        _say(file, root.mark, "F08", f"holds {what}; `key: value` lines are meant")
        return None
    return root


def _tree(file: File, events: Iterator[yaml.Event]) -> Node | None:
    root: Node | None = None
    stack: list[_Open] = []
    documents = 0
    for event in events:
        assert event.start_mark is not None  # libyaml marks every event
        mark = Mark(event.start_mark.line + 1, event.start_mark.column + 1)
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if event.version or event.tags:
                _say(file, mark, "F12", "YAML directive")
                raise _Stop
            if documents > 1:
                _say(file, mark, "F10", "second document")
                raise _Stop
            continue
        if isinstance(event, yaml.AliasEvent):
            _say(
                file,
                mark,
                "F11",
                f"alias *{event.anchor}",
            )
            raise _Stop
        if isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            stack.pop()
            continue
        if not isinstance(event, (yaml.ScalarEvent, yaml.SequenceStartEvent, yaml.MappingStartEvent)):
            continue
        if event.anchor:
            _say(
                file,
                mark,
                "F11",
                f"anchor &{event.anchor}",
            )
            raise _Stop
        if event.tag:
            _say(file, mark, "F12", f"tag {event.tag}")
            raise _Stop
        node = _node(event, mark)
        if len(stack) >= MAX_DEPTH and not isinstance(node, Scalar):
            _say(file, mark, "F13", f"nested more than {MAX_DEPTH} deep")
            raise _Stop
        if not stack:
            root = node
        else:
            _place(file, stack[-1], node)
        if not isinstance(node, Scalar):
            stack.append(_Open(node))
    return root


def _node(event: yaml.Event, mark: Mark) -> Node:
    if isinstance(event, yaml.ScalarEvent):
        return Scalar(event.value, bool(event.style), mark)
    if isinstance(event, yaml.SequenceStartEvent):
        return Sequence([], mark)
    return Mapping({}, {}, mark)


def _place(file: File, into: _Open, node: Node) -> None:
    """Put a finished or opened node where it belongs."""
    if isinstance(into.node, Sequence):
        into.node.items.append(node)
        return
    if into.key is None and not into.drop:
        if not isinstance(node, Scalar):
            _say(file, node.mark, "F15", "key that is a list or a mapping")
            raise _Stop
        if len(node.text) > MAX_KEY:
            _say(file, node.mark, "F15", f"key of {len(node.text)} characters, at most {MAX_KEY}")
            raise _Stop
        if into.digits_end == Mark(node.mark.line, node.mark.column - 1) and _THREE_DIGITS.match(node.text):
            if not into.split:
                _say(file, node.mark, "S05", f"a number is split at its comma before {node.text}")
            into.split = True
            into.digits_end = Mark(node.mark.line, node.mark.column + len(node.text))
            into.drop = True
            return
        if node.text in into.node.items:
            first = into.node.keys[node.text]
            _say(
                file,
                node.mark,
                "F14",
                f"key `{node.text}` again, first on line {first.line}",
                node.text,
            )
            into.drop = True
            return
        into.key = node.text
        into.node.keys[node.text] = node.mark
        return
    if into.drop:
        into.drop = False
        return
    assert into.key is not None
    into.node.items[into.key] = node
    into.key = None
    into.digits_end, into.split = None, False
    if isinstance(node, Scalar) and node.text.isdigit() and not node.quoted:
        into.digits_end = Mark(node.mark.line, node.mark.column + len(node.text))


def _yaml_help(why: str) -> str:
    if "mapping values are not allowed" in why or "could not find expected ':'" in why:
        return "put the text in double quotes if it holds `: `, and check the indentation"
    if "did not find expected" in why or "block end" in why:
        return "check indentation, brackets and quotes on this line and the one above"
    if "cannot start any token" in why:
        return "put the text in double quotes"
    return ""
