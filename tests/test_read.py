"""The reader: each node's place, each screen, and the same tree as PyYAML's own loader where there is one."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.read import MAX_BYTES, MAX_DEPTH, Mapping, Mark, Node, Scalar, Sequence, read_bytes, read_file
from schemas.rules import RULES


def root_of(text: str) -> Mapping:
    file = read_bytes(text.encode(), "x.yaml")
    assert file.problems == []
    assert file.root is not None
    return file.root


def found(data: str | bytes) -> list[tuple[str, int, int]]:
    file = read_bytes(data.encode() if isinstance(data, str) else data, "x.yaml")
    stopped = {p.rule for p in file.problems} - {"F14", "S05"}  # a doubled key or split number does not stop
    assert (file.root is None) == bool(stopped)
    assert all(p.file == "x.yaml" and p.message and p.severity == "error" for p in file.problems)
    return [(p.rule, p.line, p.column) for p in file.problems]


def at(node: Node, *path: str | int) -> Node:
    for step in path:
        node = node.items[step]  # type: ignore[index,union-attr]
    return node


def plain(node: Node) -> Any:
    """The tree without its places."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key: plain(value) for key, value in node.items.items()}


# --- places -------------------------------------------------------------------------------------------------

DOCUMENT = """\
# a comment
id: NKRU-T-0001
title: "Артиллерия: 포탄"   # behind it
'quoted key': 'it''s'
summary: >-
  Folded
  text.
note: |
  line
empty:
claims:
  - id: c1
    quantity: {qualifier: exact, value: 007, "unit": round}
    sources:
    - {source: "日本 😀", role: [a, "b", c]}
  -
    id: c2
? explicit
: value
"""


@pytest.mark.parametrize(
    ("path", "text", "line", "column"),
    [
        (("id",), "NKRU-T-0001", 2, 5),
        (("title",), "Артиллерия: 포탄", 3, 8),
        (("quoted key",), "it's", 4, 15),
        (("summary",), "Folded text.", 5, 10),
        (("note",), "line\n", 8, 7),
        (("empty",), "", 10, 7),
        (("claims", 0, "id"), "c1", 12, 9),
        (("claims", 0, "quantity", "qualifier"), "exact", 13, 27),
        (("claims", 0, "quantity", "value"), "007", 13, 41),
        (("claims", 0, "quantity", "unit"), "round", 13, 54),
        (("claims", 0, "sources", 0, "source"), "日本 😀", 15, 16),
        (("claims", 0, "sources", 0, "role", 1), "b", 15, 34),
        (("claims", 1, "id"), "c2", 17, 9),
        (("explicit",), "value", 19, 3),
    ],
)
def test_a_scalar_stands_where_it_was_typed(
    path: tuple[str | int, ...], text: str, line: int, column: int
) -> None:
    node = at(root_of(DOCUMENT), *path)
    assert isinstance(node, Scalar)
    assert (node.text, node.mark) == (text, Mark(line, column))


@pytest.mark.parametrize(
    ("path", "key", "line", "column"),
    [
        ((), "id", 2, 1),
        ((), "quoted key", 4, 1),
        ((), "claims", 11, 1),
        (("claims", 0), "quantity", 13, 5),
        (("claims", 0, "quantity"), "value", 13, 34),
        (("claims", 0, "quantity"), "unit", 13, 46),
        (("claims", 0, "sources", 0), "role", 15, 24),
        (("claims", 1), "id", 17, 5),
        ((), "explicit", 18, 3),
    ],
)
def test_a_key_stands_where_it_was_typed(
    path: tuple[str | int, ...], key: str, line: int, column: int
) -> None:
    node = at(root_of(DOCUMENT), *path)
    assert isinstance(node, Mapping)
    assert node.keys[key] == Mark(line, column)
    assert list(node.keys) == list(node.items)


def test_collections_stand_where_they_begin() -> None:
    root = root_of(DOCUMENT)
    assert root.mark == Mark(2, 1)
    assert at(root, "claims").mark == Mark(12, 3)
    assert at(root, "claims", 0).mark == Mark(12, 5)
    assert at(root, "claims", 0, "quantity").mark == Mark(13, 15)
    assert at(root, "claims", 0, "sources", 0, "role").mark == Mark(15, 30)


def test_quotes_are_remembered_and_nothing_is_guessed() -> None:
    typed = [
        "NO",
        "12:30",
        "007",
        "1.10",
        "2024-11",
        "~",
        "0x1f",
        "1_000",
        ".5",
        "yes",
        "'5'",
        '"5"',
        ">-\n  5",
    ]
    root = root_of("".join(f"{key}: {text}\n" for key, text in zip("abcdefghijklm", typed, strict=True)))
    assert list(plain(root).values()) == [*typed[:10], "5", "5", "5"]
    quoted = [key for key, node in root.items.items() if isinstance(node, Scalar) and node.quoted]
    assert quoted == ["k", "l", "m"]


# --- screens ------------------------------------------------------------------------------------------------

DEEP = MAX_DEPTH + 1

SCREENS = [
    # what is wrong, rule, line, column
    (b"a: b\nc: \xe9\n", "F01", 2, 4),
    ("я: é".encode() + b"\xff", "F01", 1, 5),
    ("a: b".encode("utf-16"), "F01", 1, 1),
    (b"a: \xed\xa0\x80", "F01", 1, 4),
    (b"a: \xc0\xaf", "F01", 1, 4),
    (b"\xef\xbb\xbfa: b\n", "F02", 1, 1),
    ("a: b\n\ufeffc: d\n", "F03", 2, 1),
    ("a: x\0y\n", "F03", 1, 5),
    ("a: x\x1b[31m\n", "F03", 1, 5),
    ("a: b\nя: x\x7f\n", "F03", 2, 5),
    ("a: x\x85y\n", "F03", 1, 5),
    ("a: x\u2028y\n", "F03", 1, 5),
    ("a: x\u2029y\n", "F03", 1, 5),
    ("a: x\u200by\n", "F03", 1, 5),
    ("a: x\u202ey\n", "F03", 1, 5),
    ("a: x\xady\n", "F03", 1, 5),
    ("a: x\ue000y\n", "F03", 1, 5),
    ("a: x\uffffy\n", "F03", 1, 5),
    ("a: x\U000e0041y\n", "F03", 1, 5),
    ("a:\n\tb: c\n", "F04", 2, 1),
    ("a: b\t\n", "F04", 1, 5),
    ("a: b\r\nc: d\r\n", "F05", 1, 5),
    ("a: b\rc: d\r", "F05", 1, 5),
    (b"a: " + b"x" * MAX_BYTES, "F06", 1, 1),
    ("", "F07", 1, 1),
    ("  \n\n", "F07", 1, 1),
    ("# only\n", "F07", 1, 1),
    ("- a\n- b\n", "F08", 1, 1),
    ("\n  just text\n", "F08", 2, 3),
    ("---\n", "F08", 2, 1),
    ("null\n", "F08", 1, 1),
    ("a: b: c\n", "F09", 1, 5),
    ('a: "open\n', "F09", 2, 1),
    ("a: [b\nc: d\n", "F09", 2, 2),
    ("a: b\n  c: d\n", "F09", 2, 4),
    ("a: b\nc: @d\n", "F09", 2, 4),
    ("a: b\nc: `d\n", "F09", 2, 4),
    ("a: >x\n", "F09", 1, 5),
    ("a: b\n}\n", "F09", 2, 1),
    ("a: b\n---\nc: d\n", "F10", 2, 1),
    ("a: b\n...\n---\n", "F10", 3, 1),
    ("a: &x b\nc: *x\n", "F11", 1, 4),
    ("a: *x\n", "F11", 1, 4),
    ("a: b\n&x c: d\n", "F11", 2, 1),
    ("a: b\n<<: *x\n", "F11", 2, 5),
    ("a: !!str 5\n", "F12", 1, 4),
    ("a: ! 5\n", "F12", 1, 4),
    ("a: !!python/object/apply:os.system [ls]\n", "F12", 1, 4),
    ("--- !x\na: b\n", "F12", 1, 5),
    ("%YAML 1.1\n---\na: b\n", "F12", 1, 1),
    ("%TAG ! tag:x,2000:\n---\na: b\n", "F12", 1, 1),
    ("a: " + "[" * DEEP + "]" * DEEP + "\n", "F13", 1, 4 + MAX_DEPTH - 1),
    ("a: " + "[" * 50_000, "F13", 1, 4 + MAX_DEPTH - 1),
    ("- " * 50_000 + "a\n", "F13", 1, 2 * MAX_DEPTH + 1),
    ("a: b\nc: d\na: e\n", "F14", 3, 1),
    ("a: {b: 1, 'b': 2}\n", "F14", 1, 11),
    ("? [a]\n: b\n", "F15", 1, 3),
    ("{a: b}: c\n", "F15", 1, 1),
    ("? " * 50_000, "F15", 1, 3),
    ("k" * 101 + ": v\n", "F15", 1, 1),
]


@pytest.mark.parametrize(
    ("data", "rule", "line", "column"), SCREENS, ids=[f"{s[1]}-{i}" for i, s in enumerate(SCREENS)]
)
def test_a_screen_names_the_place(data: str | bytes, rule: str, line: int, column: int) -> None:
    assert found(data)[0] == (rule, line, column)


def test_every_rule_of_the_reader_has_a_screen_here() -> None:
    assert {s[1] for s in SCREENS} == {r for r in RULES if r.startswith("F")} - {"F16", "F17"}


def test_all_that_can_be_found_in_one_run_is() -> None:
    assert found("a: \u200bb\nc:\td\n\te: \x07f\n") == [
        ("F03", 1, 4),
        ("F04", 2, 3),
        ("F04", 3, 1),
        ("F03", 3, 5),
    ]
    assert found("a: 1\na: {x: 1, y: [2]}\nb: 1\nb: 2\na: 3\n") == [
        ("F14", 2, 1),
        ("F14", 4, 1),
        ("F14", 5, 1),
    ]


def test_what_is_just_within_the_bounds_is_read() -> None:
    n = MAX_DEPTH - 1
    assert plain(root_of("a: " + "[" * n + "]" * n)) is not None
    assert len(plain(root_of("a: " + "x" * (MAX_BYTES - 4) + "\n"))["a"]) == MAX_BYTES - 4
    assert plain(root_of("k" * 100 + ": v"))["k" * 100] == "v"
    assert plain(root_of("---\na: b\n...\n")) == {"a": "b"}
    assert plain(root_of("a: é 한 ا 😀 \xa0x\n")) == {"a": "é 한 ا 😀 \xa0x"}


def test_a_message_is_never_as_long_as_the_file() -> None:
    for text in (
        "a: &" + "x" * 100_000 + " b",
        "a: *" + "x" * 100_000,
        "a: !" + "x" * 100_000 + " b",
        "x" * 100_000 + ": b",
    ):
        (problem,) = read_bytes(text.encode(), "x.yaml").problems
        assert len(problem.message) + len(problem.at) < 1000


@pytest.mark.parametrize(
    "data",
    [
        "a: " + "я" * 500_000,
        "a: b\n" + "\t\n" * 100_000,
        "a: " + "\u200b" * 100_000,
        "a: [" + "x, " * 300_000 + "]",
        "a: '" + "\n" * 900_000 + "'",
        "".join(f"k{i}: v\n" for i in range(70_000)),
        "[" * 1_000_000,
        "a: {" * 200_000,
        '"' * 1_000_000,
        "a: |\n" + " x\n" * 300_000,
    ],
    ids=lambda d: ascii(d[:8]),
)
def test_the_largest_file_takes_seconds_whatever_is_in_it(data: str) -> None:
    began = time.process_time()
    read_bytes(data.encode(), "x.yaml")
    assert time.process_time() - began < 10


def test_what_cannot_be_opened_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "a.yaml"
    folder.mkdir()
    (tmp_path / "link.yaml").symlink_to(tmp_path / "nowhere.yaml")
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    for path in (folder, tmp_path / "absent.yaml", tmp_path / "link.yaml", tmp_path / "loop.yaml"):
        file = read_file(path, "shown.yaml")
        assert file.root is None
        assert [(p.rule, p.file, p.line, p.column) for p in file.problems] == [("F16", "shown.yaml", 1, 1)]
    big = tmp_path / "big.yaml"
    big.write_bytes(b"a: b\n" * MAX_BYTES)
    assert [p.rule for p in read_file(big, "big.yaml").problems] == ["F06"]
    if os.geteuid():
        (tmp_path / "shut.yaml").touch(mode=0)
        assert [p.rule for p in read_file(tmp_path / "shut.yaml", "x").problems] == ["F16"]


# --- against PyYAML's loader ----------------------------------------------------------------------------------

TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Zl", "Zp", "Co", "Cn", "Cs")), max_size=20
)
WORD = TEXT | st.sampled_from(
    [
        "NO",
        "007",
        "12:30",
        "1e3",
        "~",
        "null",
        "",
        " a",
        "a ",
        "a: b",
        "- a",
        "#a",
        "a #b",
        "'",
        '"',
        "[",
        "{a",
        "%",
        "|",
        "a\nb",
    ]
)
TREE = st.recursive(
    WORD, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORD, inner, max_size=4), max_leaves=20
)
DUMPERS = st.sampled_from([yaml.SafeDumper, yaml.CSafeDumper])


@settings(deadline=None, max_examples=300)
@given(
    tree=st.dictionaries(WORD, TREE, min_size=1, max_size=5),
    flow=st.sampled_from([None, True, False]),
    width=st.sampled_from([20, 110]),
    style=st.sampled_from([None, "'", '"', "|", ">"]),
    dumper=DUMPERS,
)
def test_the_tree_is_the_one_that_was_written(
    tree: Any, flow: bool | None, width: int, style: str | None, dumper: Any
) -> None:
    """Written by PyYAML in all its styles, a tree of texts is read as it was, here and by PyYAML's own loader."""
    text = yaml.dump(
        tree, Dumper=dumper, default_flow_style=flow, width=width, default_style=style, allow_unicode=True
    )
    theirs = yaml.load(text, Loader=yaml.BaseLoader)
    file = read_bytes(text.encode(), "x.yaml")
    if {p.rule for p in file.problems} & {"F03", "F04", "F12", "F13", "F15"}:  # `!!str` of a styled dump
        return
    assert file.problems == []
    assert file.root is not None
    assert plain(file.root) == theirs


LINE = st.one_of(
    st.sampled_from(
        [
            "a: b",
            "  c: d",
            "- e",
            "  - f: g",
            "    h: [i, {j: k}]",
            "l: >-",
            "m: |",
            "  text",
            "",
            "# n",
            'o: "p',
            '  q"',
            "r: 's",
            "t'",
            "u:",
            "v: {w: x,",
            "  y: z}",
            "? a",
            ": b",
            "---",
            "...",
        ]
    ),
    TEXT.map(lambda t: f"k: {t}"),
    TEXT,
)


@settings(deadline=None, max_examples=500)
@given(st.lists(LINE, max_size=8).map("\n".join))
def test_what_is_read_is_read_as_pyyaml_reads_it(text: str) -> None:
    """On documents that nobody wrote: either there is a problem here, or the two trees are the same."""
    file = read_bytes(text.encode(), "x.yaml")
    if file.problems:
        return
    assert file.root is not None
    assert plain(file.root) == yaml.load(text, Loader=yaml.CBaseLoader)


@settings(deadline=None, max_examples=200)
@given(tree=st.dictionaries(TEXT, TREE, min_size=1, max_size=4), indent=st.sampled_from([None, 1, 3]))
def test_every_place_is_where_the_text_is(tree: Any, indent: int | None) -> None:
    """JSON is YAML, and shows where each scalar must be: its quotes stand at its place."""
    text = json.dumps(tree, ensure_ascii=False, indent=indent)
    file = read_bytes(text.encode(), "x.yaml")
    if file.root is None:
        assert file.problems
        return
    lines = text.split("\n")

    def look(node: Node) -> None:
        line = lines[node.mark.line - 1][node.mark.column - 1 :]
        if isinstance(node, Scalar):
            assert line.startswith(json.dumps(node.text, ensure_ascii=False))
        elif isinstance(node, Sequence):
            assert line.startswith("[")
            for item in node.items:
                look(item)
        else:
            assert line.startswith("{")
            for key, mark in node.keys.items():
                assert lines[mark.line - 1][mark.column - 1 :].startswith(json.dumps(key, ensure_ascii=False))
                look(node.items[key])

    look(file.root)
