"""Starting a record: no id is used twice, nothing is overwritten, the template lacks only what is typed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml

from compiler.check import check
from compiler.fmt import HINT, WIDTH, canonical
from compiler.new import KINDS, Kind, Refused, create, next_id, template
from compiler.report import Problem
from compiler.rows import read_dataset
from schemas.fields import specs
from schemas.layout import ALL_MODELS, GROUPS, LAYOUTS, NESTING, typed_keys

DATASET = Path(__file__).resolve().parent.parent / "datasets" / "dprk-russia"


def numbered(letter: str, after: int) -> str:
    """The id that stands so many behind the highest that the dataset has."""
    folder = DATASET / {"T": "transfers", "E": "events"}[letter]
    return f"NKRU-{letter}-{max(int(path.stem[-4:]) for path in folder.glob('*.yaml')) + after:04}"


IDS: dict[Kind, str] = {
    "transfer": numbered("T", 1),
    "event": numbered("E", 1),
    "source": "afp-2024-11-30-guns",
}
EMPTY = {"S02", "S04", "R02", "R12"}  # a key that is missing or empty, as the rules say it


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATASET, tmp_path / "dprk-russia"))


def errors_of(folder: Path, path: Path) -> list[Problem]:
    found = check(read_dataset(folder, "d"), {}).problems
    inside = path.relative_to(folder).as_posix()
    return [p for p in found if p.severity == "error" and p.file == f"d/{inside}"]


def retire(folder: Path, *ids: str) -> None:
    rows = "".join(f"{one}: {{reason: error}}\n" for one in ids)
    (folder / "retired.yaml").write_text(rows, encoding="utf-8")


# --- ids ----------------------------------------------------------------------------------------------------


def test_next_id_is_one_above_the_highest(dataset: Path) -> None:
    assert next_id(dataset, "transfer") == numbered("T", 1)
    (dataset / "transfers" / "NKRU-T-0003.yaml").unlink()
    assert next_id(dataset, "transfer") == numbered("T", 1), "a gap is not filled"
    (dataset / "transfers" / f"{numbered('T', 100)}.yaml").write_text("broken: [", encoding="utf-8")
    assert next_id(dataset, "transfer") == numbered("T", 101), "a file that cannot be read has its number"
    assert next_id(dataset, "event") == numbered("E", 1)


def test_a_retired_id_is_never_given_again(dataset: Path) -> None:
    retire(dataset, numbered("T", 41), f"{numbered('E', 6)}.c2", "actors/some-actor")
    assert next_id(dataset, "transfer") == numbered("T", 42)
    assert next_id(dataset, "event") == numbered("E", 7)
    with pytest.raises(Refused, match="retired"):
        create(dataset, "transfer", numbered("T", 41))


def test_unknown_tombstones_stop_it(dataset: Path) -> None:
    (dataset / "retired.yaml").write_text("a: [", encoding="utf-8")
    with pytest.raises(Refused, match=r"retired\.yaml"):
        create(dataset, "transfer")
    (dataset / "retired.yaml").unlink()
    with pytest.raises(Refused, match=r"retired\.yaml"):
        create(dataset, "transfer")


def test_first_and_last_number(dataset: Path) -> None:
    shutil.rmtree(dataset / "events")
    assert create(dataset, "event").name == "NKRU-E-0001.yaml"
    (dataset / "events" / "NKRU-E-9999.yaml").write_text("{}", encoding="utf-8")
    with pytest.raises(Refused, match="used up"):
        create(dataset, "event")


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("source", ""),
        ("source", "afp"),
        ("source", "../afp-2024-guns"),
        ("source", "AFP-2024-guns"),
        ("source", "afp-2024-guns\n"),
        ("transfer", "NKRU-E-0010"),
        ("event", "NKRU-E-10"),
    ],
)
def test_ids_that_are_none(dataset: Path, kind: Kind, given: str) -> None:
    before = sorted(dataset.rglob("*"))
    with pytest.raises(Refused, match=r"evrimagaci-undated-alliance|NKRU"):
        create(dataset, kind, given)
    assert sorted(dataset.rglob("*")) == before


# --- files --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_made_and_never_overwritten(dataset: Path, kind: Kind) -> None:
    path = create(dataset, kind, IDS[kind])
    assert path == dataset / LAYOUTS[kind].path / f"{IDS[kind]}.yaml"
    assert path.read_bytes() == template(kind, IDS[kind]).encode("utf-8")
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(Refused, match="there already"):
        create(dataset, kind, IDS[kind])
    assert path.read_text(encoding="utf-8") == "mine"


def test_two_in_a_row_get_two_numbers(dataset: Path) -> None:
    assert [create(dataset, "transfer").stem for _ in range(2)] == [
        numbered("T", 1),
        numbered("T", 2),
    ]


def test_a_folder_that_is_no_dataset(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"dataset\.yaml"):
        create(tmp_path, "transfer")
    assert list(tmp_path.iterdir()) == []


# --- the template -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_template_is_canonical_and_short(kind: Kind) -> None:
    text = template(kind, IDS[kind])
    assert canonical(text.encode(), f"{LAYOUTS[kind].path}/{IDS[kind]}.yaml") == text.encode()
    assert max(len(line) for line in text.splitlines()) <= WIDTH
    assert text.count("\n") <= 85
    assert text.startswith(f"# yaml-language-server: $schema=../../../schemas/generated/json/{kind}.schema")
    assert yaml.safe_load(text)["id"] == IDS[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_template_lacks_only_what_is_to_be_typed(dataset: Path, kind: Kind) -> None:
    found = errors_of(dataset, create(dataset, kind, IDS[kind]))
    assert found
    assert {p.rule for p in found} <= EMPTY


@pytest.mark.parametrize("kind", KINDS)
def test_template_has_every_key_in_order(kind: Kind) -> None:
    lines = template(kind, IDS[kind]).splitlines()

    def keys_at(indent: str) -> list[str]:
        found = (re.match(rf"{indent}(?:#: |- )?([a-z_]+):(?!//)( |$)", line) for line in lines)
        return [m[1] for m in found if m]

    table = LAYOUTS[kind].table
    assert keys_at("") == list(typed_keys(table))
    if kind != "source":
        inside = [line for line in lines if line.startswith(("    ", "  - "))]
        lines = [
            line.replace("  - id", "    id").replace("      - source", "        source") for line in inside
        ]
        assert keys_at("    ") == list(typed_keys("claims"))
        assert keys_at("        ") == list(typed_keys("claim_sources"))


@pytest.mark.parametrize("kind", KINDS)
def test_required_keys_stand_empty_and_the_others_in_comments(kind: Kind) -> None:
    text = template(kind, IDS[kind])
    columns = specs(ALL_MODELS[LAYOUTS[kind].table])
    for name in typed_keys(LAYOUTS[kind].table):
        if name in columns and name != "id":
            empty = bool(re.search(rf"^{name}:  {HINT} \S", text, re.MULTILINE))
            assert empty is (columns[name].required and not columns[name].default), name


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_can_be_taken_out_of_its_comment(kind: Kind) -> None:
    """With the first ``#: `` gone from every line of a key, the file is YAML, and every key is known."""
    lines = template(kind, IDS[kind]).splitlines()
    start = lines.index(f"id: {IDS[kind]}")
    text = "\n".join(
        line.replace(f"{HINT} ", "", 1) if line.lstrip().startswith(HINT) else line for line in lines[start:]
    )
    root = yaml.safe_load(text)
    table = LAYOUTS[kind].table
    assert list(root) == list(typed_keys(table))
    for child in NESTING[table]:
        inner = root[child.key] if child.one else (root[child.key] or [{}])[0]
        assert set(inner) <= set(typed_keys(child.table))
    for group in GROUPS.get(table, ()):
        assert {f"{group}_{key}" for key in root[group]} <= set(specs(ALL_MODELS[table]))


FILLED = {
    "title": "Test shells, North Korea to Russia",
    "direction": "PRK_to_RUS",
    "supplier": "prk",
    "recipient": "rus",
    "unit": "round",
    "level": "standalone",
    "start": "2024-10",
    "end": '".."',
    "event_type": "combat",
    "date": "2024-10",
    "claimant": "ua-hur",
    "kind": "existence",
    "statement": "Shells were sent.",
    "stated_on": "2024-11-29",
    "evidence_type": "official_assertion",
    "credibility": "3",
    "source": "evrimagaci-undated-alliance",
    "role": "repeats",
    "locator": "p1",
    "coded_on": "2026-11-22",
    "coded_by": "person",
    "publisher": "evrimagaci",
    "source_type": "news_rewrite",
    "language": "en",
    "published": "2024-11-30",
    "read_as": "full_text",
    "access": "open",
}


@pytest.mark.parametrize("kind", KINDS)
def test_filled_in_it_is_a_record_and_the_hints_go(dataset: Path, kind: Kind) -> None:
    path = create(dataset, kind, IDS[kind])
    text = re.sub(
        r"^([ -]*)([a-z_]+):(?=  #:)",
        lambda m: f"{m[0]} {FILLED[m[2]]}",
        path.read_text(encoding="utf-8"),
        flags=re.MULTILINE,
    )
    text = text.replace(f"{HINT} items: [ ]", "items: [artillery-shell]")
    text = text.replace(f"{HINT} missing:", "missing: [title, author, url]")
    done = canonical(text.encode(), path.relative_to(dataset).as_posix())
    assert isinstance(done, bytes)
    path.write_bytes(done)
    assert b"#:" not in done
    assert done.count(b"#") == 1
    assert errors_of(dataset, path) == []
    if kind != "source":
        assert b"      - {source: evrimagaci-undated-alliance, role: repeats, locator: p1}\n" in done
