"""The canonical form: nothing is lost, every comment keeps its place, twice is the same as once."""

from __future__ import annotations

import json
import random
import re
import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from compiler import fmt
from compiler.fmt import WIDTH, LostData, canonical, format_files
from compiler.read import Mapping, Scalar, Sequence, read_bytes

ROOT = Path(__file__).resolve().parent.parent
DATASET = ROOT / "datasets" / "dprk-russia"
FILES = sorted(path.relative_to(DATASET).as_posix() for path in DATASET.rglob("*.yaml"))
TRANSFER = "transfers/NKRU-T-0001.yaml"
HEADER = "# yaml-language-server: $schema=../../../schemas/generated/json/transfer.schema.json\n"
PLACES = HEADER.replace("transfer", "places")


def form(text: str, path: str = TRANSFER) -> str:
    """The canonical form of ``text``, which must be canonical itself."""
    data = canonical(text.encode("utf-8"), path)
    assert isinstance(data, bytes), data
    assert canonical(data, path) == data
    return data.decode("utf-8")


def body(text: str) -> str:
    """The canonical form of a transfer without its header line."""
    return form(text).removeprefix(HEADER)


def problems(data: bytes) -> list[str]:
    found = canonical(data, TRANSFER)
    assert isinstance(found, list)
    return [p.rule for p in found]


def held(node: object) -> object:
    """A tree as plain dicts, lists and texts."""
    if isinstance(node, Mapping):
        return {key: held(value) for key, value in node.items.items()}
    if isinstance(node, Sequence):
        return [held(item) for item in node.items]
    assert isinstance(node, Scalar)
    return node.text


def data_of(data: bytes) -> object:
    file = read_bytes(data, "")
    assert file.root is not None, file.problems
    return held(file.root)


# --- the records that are there -----------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES)
def test_every_record_keeps_its_data(path: str) -> None:
    before = (DATASET / path).read_bytes()
    after = form(before.decode("utf-8"), path).encode("utf-8")
    assert data_of(after) == data_of(before)
    assert not [x for x in after.decode("utf-8").splitlines() if len(x) > WIDTH and "http" not in x]


@pytest.mark.parametrize("path", FILES)
def test_every_record_has_one_form(path: str) -> None:
    """However its keys are ordered and its lines are broken, a record comes out the same."""
    before = (DATASET / path).read_bytes()
    want = form(before.decode("utf-8"), path)
    top = [line for line in before.decode("utf-8").splitlines() if line.startswith("#")]
    dice = random.Random(path)

    def shuffled(value: object) -> object:
        if isinstance(value, dict):
            return {key: shuffled(value[key]) for key in dice.sample(list(value), len(value))}
        return [shuffled(item) for item in value] if isinstance(value, list) else value

    for flow in (True, False):
        tree = shuffled(data_of(before))
        text = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, default_flow_style=flow, width=60)
        assert form("\n".join(top) + "\n" + text, path) == want


# --- keys ---------------------------------------------------------------------------------------------------


def test_keys_are_put_in_order_and_unknown_ones_last() -> None:
    text = "zeta: 1\nunit: round\nalpha: {b: 1}\nid: x\nclaims: [{kind: flow, id: c1}]\n"
    assert body(text) == ("id: x\nunit: round\nclaims:\n  - id: c1\n    kind: flow\nzeta: 1\nalpha: {b: 1}\n")


def test_registry_is_sorted_by_id_with_its_comments() -> None:
    text = "# about b\nb: {type: port, name: B}  # behind\na: {name: A, type: port}\n"
    assert form(text, "registries/places.yaml") == (
        PLACES + "a:\n  name: A\n  type: port\n# about b\nb:  # behind\n  name: B\n  type: port\n"
    )


def test_defaults_are_dropped_unless_a_comment_stands_there() -> None:
    claim = "{id: c1, stance: asserts, scope: all, complete: false, measure: lost}"
    text = f"condition: unknown\nclaims:\n  - {claim}\n"
    assert body(text) == "claims:\n  - id: c1\n    measure: lost\n"
    assert body("unit: round\ncondition: unknown  # sic\n") == "unit: round\ncondition: unknown  # sic\n"
    assert body("condition: unknown\n") == "condition: unknown\n", "a mapping is not emptied"


def test_defaults_are_no_defaults_elsewhere() -> None:
    assert body("unit: round\ntitle: all\n") == "title: all\nunit: round\n"
    assert body("x: {stance: asserts}\n") == "x: {stance: asserts}\n"


def test_small_maps_stand_on_one_line_and_claims_never_do() -> None:
    text = (
        "places:\n- place: a\n  role: use\nitems:\n- a\n- b\nclaims:\n- id: c1\n  quantity:\n"
        "    unit: round\n    qualifier: exact\n  denies: {rung: used, classes: [a, b]}\n"
        "coding: {coded_on: 2026-01-01}\n"
    )
    assert body(text) == (
        "items: [a, b]\nplaces:\n  - {place: a, role: use}\nclaims:\n  - id: c1\n"
        "    quantity: {qualifier: exact, unit: round}\n    denies: {classes: [a, b], rung: used}\n"
        "coding:\n  coded_on: 2026-01-01\n"
    )


@pytest.mark.parametrize(("n", "on_one_line"), [(88, True), (89, False)])
def test_one_line_ends_at_the_width(n: int, on_one_line: bool) -> None:
    got = body(f"places: [{{place: {'a' * n}, role: b}}]\n")
    assert (len(got.splitlines()[1]) == WIDTH) is on_one_line
    assert ("{" in got) is on_one_line


# --- comments -----------------------------------------------------------------------------------------------


def test_comments_move_with_their_keys() -> None:
    text = "# u1\n# u2\nunit: round  # u3\n# i\nid: x   # i2\n# end\n"
    assert body(text) == "\n".join(
        ["# i", "id: x  # i2", "# u1", "# u2", "unit: round  # u3", "# end", ""]
    ).join(["\n", ""])


def test_comments_of_nested_rows() -> None:
    text = """\
claims:   # about claims
    # about c1
    - kind: flow   # k
      # about id
      id: c1
      sources: # about sources
      # about the source
      - {role: repeats, source: s}    # behind it
      # - {source: t}
      # rank_reason: none
    # about c2
    -   # also c2
      id: c2
# about unit
unit: round
"""
    assert (
        body(text)
        == """\
# about unit
unit: round
claims:  # about claims
  # about c1
  # about id
  - id: c1
    kind: flow  # k
    sources:  # about sources
      # about the source
      - {source: s, role: repeats}  # behind it
    # - {source: t}
    # rank_reason: none
  # about c2
  # also c2
  - id: c2
""".replace("# about unit", "\n# about unit", 1)
    )


def test_comment_indented_deeper_stays_with_the_block_that_it_ends() -> None:
    text = "coding:\n  coded_on: 2026-01-01\n  # reviewed_on:\n# about claims\nclaims:\n  - id: c1\n    # k\n"
    assert body(text) == (
        "\n# about claims\nclaims:\n  - id: c1\n    # k\ncoding:\n  coded_on: 2026-01-01\n  # reviewed_on:\n"
    )


def test_comment_inside_a_map_keeps_it_in_block_style() -> None:
    assert body("places:\n  - {place: a, # which\n     role: use} # end\n") == (
        "places:\n  # end\n  - place: a  # which\n    role: use\n"
    )
    assert body("items: [a, # one\n  b\n  # last\n  ]\n") == "items:\n  - a  # one\n  - b\n  # last\n"
    assert body("items: [ # none\n]\nunit: a\n") == "items: []  # none\nunit: a\n"


def test_comment_above_an_items_first_key_leaves_the_item_on_one_line() -> None:
    assert body("places:\n  -\n    # why\n    place: a\n    role: use\n") == (
        "places:\n  # why\n  - {place: a, role: use}\n"
    )
    assert body("zz:\n  - - # why\n      a\n    - b\n") == "zz:\n  # why\n  - [a, b]\n"


def test_comments_beside_folded_and_quoted_text() -> None:
    long = "word " * 30
    text = f'note: >-  # why\n  {long}\n  # no comment\nsummary: "a # b"   # c\ntitle:\n  # above\n  x # y\n'
    got = body(text)
    assert got.startswith('\n# above\ntitle: x  # y\nsummary: "a # b"  # c\nnote: >-  # why\n  word word')
    assert "# no comment" in str(data_of(got.encode())["note"])  # type: ignore[index]


def test_header_is_set_and_comments_below_it_stay_on_top() -> None:
    text = "# yaml-language-server: $schema=wrong.json\n# about the file\nb: {name: B}\na: {name: A}\n"
    want = PLACES + "# about the file\na:\n  name: A\nb:\n  name: B\n"
    assert form(text, "registries/places.yaml") == want
    with_blank = text.replace("b: {", "\n# about b\nb: {")
    assert form(with_blank, "registries/places.yaml") == want.replace("b:\n", "# about b\nb:\n")


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("dataset.yaml", "../../schemas/generated/json/dataset"),
        ("retired.yaml", "../../schemas/generated/json/retired"),
        ("events/x.yaml", "../../../schemas/generated/json/event"),
        ("registries/actors.yaml", "../../../schemas/generated/json/actors"),
    ],
)
def test_header_of_each_kind(path: str, line: str) -> None:
    assert form("{}", path) == f"# yaml-language-server: $schema={line}.schema.json\n{{}}\n"


def test_empty_file_keeps_its_comments() -> None:
    assert form("# a\n\n{} # b\n# c\n", "retired.yaml").splitlines()[1:] == ["# a", "{}", "# b", "# c"]


def test_hints_go_once_nothing_is_empty() -> None:
    assert body("id: x  #: hint\n#: title:  #: t\nunit:  #: u\n# mine\n") == (
        "id: x  #: hint\n#: title:  #: t\nunit:  #: u\n# mine\n"
    )
    assert body("id: x  #: hint\n#: title:  #: t\nunit: round  #: u\n# mine\n") == (
        "id: x\nunit: round\n# mine\n"
    )


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(FILES), st.data())
def test_no_comment_is_lost_wherever_it_stands(path: str, data: st.DataObject) -> None:
    lines: list[str] = []
    depth = -1  # of the key whose folded text is being passed
    behind = []
    for n, line in enumerate((DATASET / path).read_text(encoding="utf-8").splitlines()):
        indent = len(line) - len(line.lstrip())
        if line.startswith("#") or (0 <= depth < indent):
            lines.append(line)
            continue
        columns = [0, indent] if depth >= 0 else [0, indent, indent + 3]  # deeper, it would be text
        if data.draw(st.booleans()):
            lines.append(f"{' ' * data.draw(st.sampled_from(columns))}# mark {n}a")
        if data.draw(st.booleans()):
            line += f"  # mark {n}b"
            behind.append(line.strip())
        lines.append(line)
        depth = indent if ">-" in line else -1
    text = "\n".join(lines)
    got = form(text, path)
    assert sorted(re.findall("# mark .*", got)) == sorted(re.findall("# mark .*", text))
    for line in behind:
        if (
            len(line) < 60
            and not line.startswith(("- {", "{}"))
            and path not in ("dataset.yaml", "retired.yaml")
        ):
            assert f"{line}\n" in got, "a comment behind a value stays there"


# --- text ---------------------------------------------------------------------------------------------------

ODD = {
    "NO": '"NO"',
    "yes": '"yes"',
    "On": '"On"',
    "null": '"null"',
    "~": '"~"',
    "=": '"="',
    "12:30": '"12:30"',
    "00:14:05": '"00:14:05"',
    "007": '"007"',
    "1.10": '"1.10"',
    "1e3": '"1e3"',
    "0x1F": '"0x1F"',
    "10,000": '"10,000"',
    "5000000": '"5000000"',
    "2024-11-29": '"2024-11-29"',
    "2024-11": "2024-11",
    "240 mm launchers, two": "240 mm launchers, two",
    "a: b": '"a: b"',
    "a:": '"a:"',
    "a:b": "a:b",
    "# x": '"# x"',
    "x # y": '"x # y"',
    "x#y": "x#y",
    "{": '"{"',
    "[a]": '"[a]"',
    "&x": '"&x"',
    "*x": '"*x"',
    "!x": '"!x"',
    "%": '"%"',
    "@x": '"@x"',
    "`x": '"`x"',
    "|": '"|"',
    ">": '">"',
    "-": '"-"',
    "- x": '"- x"',
    "? x": '"? x"',
    ", x": '", x"',
    "'x'": "\"'x'\"",
    '"x"': '"\\"x\\""',
    "the \"x\" and 'y'": "the \"x\" and 'y'",
    "back\\slash": "back\\slash",
    '"\\': '"\\"\\\\"',
    "...": '"..."',
    "---": '"---"',
    "조선민주주의인민공화국": "조선민주주의인민공화국",
    "Андрей Белоусов": "Андрей Белоусов",
    "Evrim Ağacı 🚢": "Evrim Ağacı 🚢",
    " x": '" x"',
    "a\nb\tc": '"a\\nb\\tc"',
    "a\u200bb": '"a\\u200bb"',
    "a\u0085b\x07": '"a\\x85b\\x07"',
    "e\u0301": "é",
}


@pytest.mark.parametrize(("text", "written"), ODD.items())
def test_odd_text_is_quoted_where_it_must_be(text: str, written: str) -> None:
    typed = f"title: {yaml.safe_dump(text, default_style=chr(34), width=9999)}"
    assert body(typed) == f"title: {written}\n"


def test_text_typed_plain_is_quoted_too() -> None:
    assert body("title: NO\n") == 'title: "NO"\n'
    assert body("note: 2024-11-29\n") == 'note: "2024-11-29"\n'


def test_numbers_dates_and_codes_are_not_quoted() -> None:
    text = (
        'start: "2024-11-29"\nend: ".."\nclaims: [{id: "c1", credibility: "3", complete: "true", '
        'as_of: "2024", window: "[2024-01..2024-02]", quantity: {value: "5000000", unit: "round"}}]\n'
    )
    assert body(text) == (
        'start: 2024-11-29\nend: ".."\nclaims:\n  - id: c1\n    quantity: {value: 5000000, unit: round}\n'
        '    window: "[2024-01..2024-02]"\n    as_of: 2024\n    complete: true\n    credibility: 3\n'
    )
    got = form('a: {lat: "-12.5", name: "-12.5"}\n', "registries/places.yaml")
    assert got == PLACES + 'a:\n  name: "-12.5"\n  lat: -12.5\n'


def test_commas_and_brackets_are_quoted_inside_one_line_only() -> None:
    assert body("places: [{place: 'a, b', role: 'c]'}]\n") == 'places:\n  - {place: "a, b", role: "c]"}\n'
    assert body("title: a, b]\n") == "title: a, b]\n"


def test_unknown_keys_keep_their_values_as_typed() -> None:
    assert body('x: 5\ny: \'5\'\n"no": NO\n"a: b": c\n') == 'x: 5\n"y": "5"\n"no": NO\n"a: b": c\n'


def test_long_text_is_folded_and_short_text_is_not() -> None:
    assert body("note: >-\n  short\n  text\n") == "note: short text\n"
    assert body(f"title: {'a ' * 51}b\n") == f"title: {'a ' * 51}b\n"
    got = body(f"title: '{'a: ' * 51}b'\n").splitlines()
    assert got[0] == "title: >-"
    assert all(line.startswith("  a: ") and len(line) <= WIDTH for line in got[1:])
    url = f"https://example.org/{'a' * 120}"
    assert body(f"note: {url}\n") == f"note: {url}\n"


SEEN = st.characters(exclude_categories=["Cs"])
TEXTS = st.one_of(
    st.text(SEEN, min_size=1, max_size=40),
    st.text(st.sampled_from(" ab:#-'\"\\,{}[]&*!|>%@`?~.0\n\t"), min_size=1, max_size=12),
    st.lists(st.sampled_from(["a", "#", "- b", " ", "c:", "word", ">", "é"]), min_size=20, max_size=99).map(
        " ".join
    ),
    st.from_regex(r"[-+]?[0-9][0-9_,.:eExT-]{0,9}", fullmatch=True),
)


@settings(deadline=None, max_examples=400)
@given(TEXTS, st.sampled_from(["title: {}", "places: [{{place: {}}}]", "items: [{}]", "zzz: {}"]))
@example("a" * 60 + "  " + "b" * 60, "title: {}")
@example("\x85", "title: {}")
@example("\ufeff", "places: [{{place: {}}}]")
def test_any_text_survives(text: str, around: str) -> None:
    typed = around.format(json.dumps(text).replace("\x7f", "\\x7f")) + "\n"
    if any(ord(c) > 0xFFFF for c in text):
        typed = around.format(yaml.dump(text, default_style='"', width=10**6).strip()) + "\n"
    got = form(typed)
    leaf: object = data_of(got.encode("utf-8"))
    loaded: object = yaml.load(got, Loader=yaml.CSafeLoader)
    while not isinstance(leaf, str):
        key = next(iter(leaf)) if isinstance(leaf, dict) else 0
        leaf, loaded = leaf[key], loaded[key]  # type: ignore[index]
    assert leaf == unicodedata.normalize("NFC", text)
    assert loaded == leaf, "PyYAML's YAML 1.1 reads the same text"


# --- what cannot be read, and what is mended ----------------------------------------------------------------


def test_what_editors_leave_is_mended() -> None:
    data = "\ufeff# c\r\nid: x  \t\r\nnote: >-\r\n  a  \r\n  b\r\n\r\nunit: round".encode()
    got = canonical(data, TRANSFER)
    assert got == f"{HEADER}\n# c\nid: x\nunit: round\nnote: a b\n".encode()
    assert body('title: "a\\    \n  b"\n') == "title: a  b\n", "an escaped space is text"


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"id: x\nid: y\n", "F14"),
        (b"id: [x\n", "F09"),
        (b"id: \xff\n", "F01"),
        (b"id:\tx\n", "F04"),
        (b"id: x\ry: z\n", "F05"),
        (b"id: &a x\n", "F11"),
        (b"", "F07"),
        (b"# only\n", "F07"),
        (b"- x\n", "F08"),
        (b"a: b\n" * 300_000, "F06"),
    ],
)
def test_what_cannot_be_read_is_left_alone(data: bytes, rule: str) -> None:
    assert problems(data) == [rule]


def test_a_path_that_nothing_reads() -> None:
    for path in ("transfers/x.yml", "notes.yaml", "registries/x/actors.yaml"):
        found = canonical(b"id: x\n", path)
        assert isinstance(found, list)
        assert found[0].rule == "F17"


def test_lost_data_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "transfers").mkdir()
    path = tmp_path / TRANSFER
    path.write_text("unit: round\nid: X\n", encoding="utf-8")
    monkeypatch.setattr(fmt, "_scalar", lambda text, *_, **__: text.lower())
    before = path.read_bytes()
    with pytest.raises(LostData):
        format_files(tmp_path, "d", [path])
    assert path.read_bytes() == before


def test_lost_comment_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fmt._Reader, "_take", lambda self, column=0: [])
    with pytest.raises(LostData, match="comment"):
        canonical(b"# a\nid: x\n# b\n", TRANSFER)


def test_deep_nesting_and_many_comments_are_quick() -> None:
    deep = "x: " + "[" * 20 + "]" * 20
    assert body(deep + "\n").startswith("x:")
    assert len(form("".join(f"k{n}: v  # c{n}\n" for n in range(20_000)))) > 200_000


# --- files --------------------------------------------------------------------------------------------------


def test_files_are_written_only_where_they_change(tmp_path: Path) -> None:
    for name, text in {
        "transfers/a.yaml": "unit: round\nid: a\n",
        "transfers/b.yaml": HEADER + "id: b\n",
        "transfers/c.yaml": "id: [\n",
        "transfers/readme.txt": "not a record",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    folder = tmp_path / "transfers"

    dry = format_files(tmp_path, "d", [folder], write=False)
    assert [o.shown_as for o in dry] == [f"d/transfers/{n}.yaml" for n in "abc"]
    assert [o.changed for o in dry] == [True, False, False]
    assert dry[0].diff().splitlines()[:2] == ["--- d/transfers/a.yaml", "+++ d/transfers/a.yaml (canonical)"]
    assert dry[0].diff().splitlines()[3:] == [f"+{HEADER.strip()}", "+id: a", " unit: round", "-id: a"]
    assert dry[1].diff() == ""
    assert [p.rule for p in dry[2].problems] == ["F09"]
    assert (folder / "a.yaml").read_text() == "unit: round\nid: a\n"

    unchanged = (folder / "b.yaml").stat().st_mtime_ns
    format_files(tmp_path, "d", [folder])
    assert (folder / "a.yaml").read_text() == HEADER + "id: a\nunit: round\n"
    assert (folder / "b.yaml").stat().st_mtime_ns == unchanged
    assert (folder / "c.yaml").read_text() == "id: [\n"
    assert not any(o.changed for o in format_files(tmp_path, "d", [folder], write=False))
    assert sorted(p.name for p in folder.iterdir()) == ["a.yaml", "b.yaml", "c.yaml", "readme.txt"]


def test_files_asked_for_by_name(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("a: b\n")
    outcomes = format_files(tmp_path, "d", [tmp_path / "x.yaml", tmp_path / TRANSFER, ROOT / "README.md"])
    assert sorted(p.rule for o in outcomes for p in o.problems) == ["F16", "F17", "F17"]
    assert (tmp_path / "x.yaml").read_text() == "a: b\n"


def test_the_whole_dataset_is_found() -> None:
    outcomes = format_files(DATASET, "datasets/dprk-russia", write=False)
    assert sorted(o.path.relative_to(DATASET).as_posix() for o in outcomes) == FILES
