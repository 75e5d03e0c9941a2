"""Every rule has an edit of the small good dataset that breaks it, and a good neighbour of that edit.

The cases are data, ``tests/cases/<RULE>/{fail,pass}.toml``; ``build_dataset.py check --explain`` shows them.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from compiler.explain import CASES, BadOverlay, Edit, Overlay, UnknownRule, explain, read_overlay
from compiler.read import MAX_BYTES, read_bytes
from schemas.rules import RULES
from schemas.rules.seeds import printed
from tests.overlay import BASE, base_files, checked, problem_lines

CODES = sorted(RULES)
HELD_TO_RELEASES = ("V01", "V02", "V03", "V05")


def test_each_rule_has_cases_and_each_case_a_rule() -> None:
    folders = {path.name for path in CASES.iterdir() if path.is_dir()} - {"base"}
    assert folders == set(RULES)
    for folder in folders:
        assert {path.name for path in (CASES / folder).iterdir()} == {"fail.toml", "pass.toml"}


def test_base_has_no_problem(tmp_path: Path) -> None:
    found = checked(Overlay(()), tmp_path)
    assert found.problems == []
    typed = {table for table, rows in found.tables.items() if rows}
    assert {
        "transfers",
        "events",
        "claims",
        "sources",
        "vessels",
        "conversions",
        "revisions",
        "retired",
    } <= typed


@pytest.mark.parametrize("code", CODES)
def test_fail(code: str, tmp_path: Path) -> None:
    overlay = read_overlay(CASES / code / "fail.toml")
    assert problem_lines(overlay, tmp_path, released=code in HELD_TO_RELEASES) == list(overlay.expect)


@pytest.mark.parametrize("code", CODES)
def test_pass(code: str, tmp_path: Path) -> None:
    overlay = read_overlay(CASES / code / "pass.toml")
    assert overlay.expect == ()
    assert any(before != after for before, after in overlay.files(BASE).values()), "changes nothing"
    assert problem_lines(overlay, tmp_path, released=code in HELD_TO_RELEASES) == []


@pytest.mark.parametrize("code", CODES)
def test_fail_expects_its_own_rule_alone(code: str) -> None:
    expected = read_overlay(CASES / code / "fail.toml").expect
    assert expected
    named = {re.match(r"[^ ]+:\d+:\d+: (error|warning) ([A-Z]\d\d)[ :]", line) for line in expected}
    assert {(m[1], m[2]) for m in named if m} == {(RULES[code].severity, code)}
    assert None not in named


@pytest.mark.parametrize("code", CODES)
def test_words_of_a_rule(code: str) -> None:
    rule = RULES[code]
    assert re.fullmatch(r"[`A-Z].+[^.]\.", rule.demand), "a demand is a sentence"
    assert re.fullmatch(r".*[^. ]", rule.help), "a help is an instruction without a full stop"
    assert rule.severity == ("warning" if code.startswith("W") else "error")


@pytest.mark.parametrize("code", CODES)
def test_explain(code: str) -> None:
    text = explain(code.lower())
    assert text.startswith(f"{code} ({RULES[code].severity}): {RULES[code].demand}")
    assert RULES[code].help in text
    assert all(line in text for line in read_overlay(CASES / code / "fail.toml").expect)
    for part in text.split("\nThis ")[1:]:
        assert re.search(r"^  +\d* [-+] |is deleted$|\(a new file\)$", part, re.MULTILINE), (
            "no difference is shown"
        )
    assert all(char.isprintable() or char == "\n" for char in text)
    assert len(text.splitlines()) < 60


def test_explain_shows_what_cannot_be_seen() -> None:
    assert r"\ufeff# Originating" in explain("F02")
    assert r"F\xfcel" in explain("F01")
    assert r"+ \tkind: existence" in explain("F04")
    assert "lines more" in explain("F06")


def test_explain_without_cases_gives_the_texts_of_the_rule(tmp_path: Path) -> None:
    assert explain("Q02", tmp_path).splitlines() == [
        f"Q02 (error): {RULES['Q02'].demand}",
        f"What to do: {RULES['Q02'].help}.",
    ]


def test_explain_unknown_rule() -> None:
    with pytest.raises(UnknownRule, match="there is no rule T1; did you mean T01") as error:
        explain("T1")
    assert all(code in str(error.value) for code in RULES)
    with pytest.raises(UnknownRule, match="there is no rule nonsense\n"):
        explain("nonsense")


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        (Edit("retired.yaml", find="no such text", put="x"), "stands there 0 times"),
        (Edit("retired.yaml", find="r", put="x"), "stands there .* times"),
        (Edit("no-such-file.yaml", delete=True), "no such file"),
    ],
)
def test_edit_that_does_not_fit(edit: Edit, why: str) -> None:
    with pytest.raises(BadOverlay, match=why):
        Overlay((edit,)).files(BASE)


def test_overlay_with_a_misspelt_key(tmp_path: Path) -> None:
    path = tmp_path / "fail.toml"
    path.write_text('[[edit]]\nfile = "retired.yaml"\nfnd = "x"\n')
    with pytest.raises(BadOverlay, match="fnd"):
        read_overlay(path)


# --- edges that one overlay a rule has no room for ----------------------------------------------------------


def _edited(file: str, find: str, put: str, root: Path) -> list[str]:
    return problem_lines(Overlay((Edit(file, find=find, put=put),)), root)


def _codes(lines: list[str]) -> list[str]:
    return [line.split()[2].rstrip(":") for line in lines]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", "F07"),
        (b"\n \n", "F07"),
        (b"# only a comment\n", "F07"),
        (b"- a\n", "F08"),
        (b"word\n", "F08"),
        (b"a: 1\n---\nb: 1\n", "F10"),
        (b"a: &x 1\n", "F11"),
        (b"a: &x 1\nb: *x\n", "F11"),
        (b"a: *x\n", "F11"),
        (b"<<: *x\n", "F11"),
        (b"%YAML 1.1\n---\na: 1\n", "F12"),
        (b"a: !!python/object:os.system 1\n", "F12"),
        (b"a: \x00\n", "F03"),
        (b"a: \x1b[31m\n", "F03"),
        ("a: \u202eb\n".encode(), "F03"),
        (b"a:\tb\n", "F04"),
        (b"a: b\r\nc: d\r\n", "F05"),
        (b"a: b\rc: d\r", "F05"),
        (b"\xff\xfea\x00", "F01"),
        (b"\xef\xbb\xbfa: 1\n", "F02"),
        (b"a: [1\n", "F09"),
        (b"a: 'b\n", "F09"),
        (b"a: @b\n", "F09"),
        (b"{a: 1}: 2\n", "F15"),
        (b"a: " + b"[" * 24 + b"]" * 24 + b"\n", "F13"),
        (b"a: " + b"[" * 100_000 + b"\n", "F13"),
        (b"#" * (MAX_BYTES + 1), "F06"),
    ],
)
def test_bad_file(text: bytes, code: str) -> None:
    file = read_bytes(text, "a.yaml")
    assert file.root is None
    assert {p.rule for p in file.problems} == {code}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"a: 1\na: 2\n", "F14"),
        (b"a: {b: 1, b: 2}\n", "F14"),
        (b"a: {b: 5,000,000, c: 1}\n", "S05"),
        (b"a: {b: 5,000}\n", "S05"),
    ],
)
def test_what_does_not_stop_the_reading(text: bytes, code: str) -> None:
    file = read_bytes(text, "a.yaml")
    assert file.root is not None
    assert [p.rule for p in file.problems] == [code]


@pytest.mark.parametrize(
    "text", [b"a: " + b"[" * 23 + b"]" * 23 + b"\n", b"---\na: 1\n...\n", b"a: 1\n" + b"#" * (MAX_BYTES - 5)]
)
def test_file_at_the_edge(text: bytes) -> None:
    assert read_bytes(text, "a.yaml").problems == []


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(1)", "=HYPERLINK(0)"])
def test_cell_that_a_spreadsheet_would_run(text: str, tmp_path: Path) -> None:
    quoted = '"' + text + '"'
    for file, find, put in (
        ("registries/vessels.yaml", "name: Port Star", f"name: {quoted}"),
        ("registries/vessels.yaml", "[Harbour Star]", f"[{quoted}]"),
        ("transfers/NKRU-T-0004.yaml", "as_stated: about half", f"as_stated: {quoted}"),
    ):
        assert "T01" in _codes(_edited(file, find, put, tmp_path / find[:4]))


@pytest.mark.parametrize(
    ("figure", "text", "there"),
    [
        ("100", "over 100 missiles", True),
        ("100", "over 1,100 missiles", False),
        ("100", "over 100,000 missiles", False),
        ("100", "over 1100 missiles", False),
        ("100", "100.", True),
        ("100", "100, or more", True),
        ("1.5", "11.5 million", False),
        ("5 million", "15 million", False),
        ("1만", "1만명이", True),
    ],
)
def test_printed(figure: str, text: str, there: bool) -> None:
    assert printed(figure, text) is there


def test_large_figures_are_shown_as_typed(tmp_path: Path) -> None:
    lines = _edited(
        "transfers/NKRU-T-0003.yaml", "from: 20000, to: 30000", "from: 5000000, to: 4999999", tmp_path
    )
    assert "error Q02 claims[0].quantity.from: 5000000 is above to (4999999)" in [
        line.partition(": ")[2] for line in lines
    ]


@pytest.mark.parametrize("name", sorted(n for n in base_files() if not n.startswith("seeds/")))
def test_file_that_cannot_be_read_is_reported_once(name: str, tmp_path: Path) -> None:
    """What refers to something in it, or would be coded in it, is not reported as missing."""
    lines = problem_lines(Overlay((Edit(name, write="a: 'b\n"),)), tmp_path)
    assert _codes(lines) == ["F09"]


@pytest.mark.parametrize(
    ("file", "find", "put", "code"),
    [
        ("places.yaml", "lat: 42.23", "lat: 95", "S13"),
        ("vessels.yaml", "imo: 9074729", "imo: 907472", "S12"),
        ("vessels.yaml", "flag: RUS", "flag: rus", "S12"),
        (
            "actors.yaml",
            "North Korea\n  type: state\n  country: PRK",
            "x\n  type: state\n  country: prk",
            "S12",
        ),
        ("actors.yaml", "parent: prk\n  voice: prk-gov", "parent: prk\n  voice: =prk-gov", "T01"),
        ("actors.yaml", "a party to the transfers.\n  interest: dyad\nrus", "x\n  interest: d\nrus", "S08"),
        (
            "actors.yaml",
            "name: Field Lab\n  type: ngo\n  country: GBR",
            "name: x\n  type: ngo\n  country: gb",
            "S12",
        ),
    ],
)
def test_bad_value_is_reported_once(file: str, find: str, put: str, code: str, tmp_path: Path) -> None:
    assert _codes(_edited(f"registries/{file}", find, put, tmp_path)) == [code]


def test_bad_window_is_no_missing_window(tmp_path: Path) -> None:
    assert _codes(_edited("transfers/NKRU-T-0003.yaml", "window: 2024-10", "window: Oct 2024", tmp_path)) == [
        "S09"
    ]


@pytest.mark.parametrize("name", ["NKRU-T-0003", "NKRU-E-0001", "harbour-2025-01-20-battle"])
def test_wrong_id_is_reported_once(name: str, tmp_path: Path) -> None:
    file = next(n for n in base_files() if n.endswith(f"{name}.yaml"))
    wrong = name.replace("000", "009") if name.startswith("NKRU") else f"{name}s"
    assert _codes(_edited(file, f"id: {name}", f"id: {wrong}", tmp_path)) == ["K02"]
