"""Good records broken at random: the compiler ends with problems or with tables, and never in between.

Each mutant is read, checked and, if it is accepted, derived and written. There must be no exception; each
problem must name a place that is there; and each cell that was typed must come out of the compiled CSV as it
was typed. What was typed is found without ``compiler.rows``: by PyYAML's pure Python loader and another walk.

``ARMSLEDGER_MUTANTS=n`` deals n mutants (1,000 unless told), ``ARMSLEDGER_SEED=text`` others. What fails is
made as small as it will go and left in a folder that the message names.
"""

from __future__ import annotations

import csv
import difflib
import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compiler.check import Checked, check
from compiler.derive import derive
from compiler.read import read_bytes
from compiler.report import FORMATS, errors
from compiler.rows import Typed, add_file, read_dataset
from compiler.write import csv_bytes
from schemas.fields import specs
from schemas.layout import ALL_MODELS, GROUPS, LAYOUTS, MODELS, NESTING, Layout, primary_key
from tests.mutants import CLAIM_KEYS, FOLDER, Mutant, mutant

ROOT = Path(__file__).resolve().parent.parent
SHOWN = "datasets/x"
COUNT = int(os.environ.get("ARMSLEDGER_MUTANTS", "1000"))
SEED = os.environ.get("ARMSLEDGER_SEED", "armsledger")
CHUNKS = 8
SAMPLE = 12  # records of the real dataset
WHOLE = 41  # every so many mutants, Pandera looks at all columns and not at the changed ones alone


# --- the good datasets ----------------------------------------------------------------------------------


@dataclass
class Good:
    """A dataset without errors; what is the same in every mutant is read, and looked at by Pandera, once."""

    name: str
    files: dict[str, bytes]
    seeds: dict[str, list[str]]
    parts: dict[str, Typed] = field(default_factory=dict)
    typed: dict[str, Rows] = field(default_factory=dict)
    known: dict[tuple[Any, ...], Any] = field(default_factory=dict)
    frames: dict[tuple[Any, ...], list[tuple[Any, pd.DataFrame]]] = field(default_factory=dict)
    narrow: dict[tuple[Any, ...], pa.DataFrameSchema] = field(default_factory=dict)

    def read(self, changes: dict[str, bytes | None]) -> Typed:
        """The whole dataset as `read_dataset` gives it; only the changed files are read anew."""
        if any(name not in self.files or data in (None, FOLDER) for name, data in changes.items()):
            with tempfile.TemporaryDirectory() as folder:
                write({**self.files, **changes}, Path(folder))
                return read_dataset(Path(folder), SHOWN)
        whole = Typed()
        for name, layout in places(self.files):
            if name in changes:
                part = self.part(name, layout, changes[name] or b"")
            else:
                if name not in self.parts:
                    self.parts[name] = self.part(name, layout, self.files[name])
                part = self.parts[name]
            whole.files += part.files
            whole.rows += [replace(row, bad=set(row.bad)) for row in part.rows]  # the check adds to `bad`
            whole.problems += part.problems
            whole.unread |= part.unread
        return whole

    def part(self, name: str, layout: Layout, data: bytes) -> Typed:
        typed = Typed()
        add_file(typed, read_bytes(data, f"{SHOWN}/{name}"), layout, Path(name).stem)
        return typed


def places(files: dict[str, bytes]) -> Iterator[tuple[str, Layout]]:
    for layout in LAYOUTS.values():
        if layout.one_file_a_row:
            names = [n for n in sorted(files) if n.startswith(f"{layout.path}/")]
            yield from ((name, layout) for name in names)
        elif layout.path in files:
            yield layout.path, layout


def write(files: dict[str, bytes | None], folder: Path) -> None:
    for name, data in files.items():
        path = folder / name
        if data == FOLDER:
            path.mkdir(parents=True)
        elif data is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def load(folder: Path, seeds: Path) -> Good:
    files = {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in sorted(folder.rglob("*.yaml"))
        if not p.name.startswith(".")
    }
    texts = {p.name: p.read_text(encoding="utf-8").split("\n") for p in sorted(seeds.glob("*.txt"))}
    return Good(folder.name, files, texts)


def sample(whole: Good) -> Good:
    """Some records of a dataset and the documents they use, so that a mutant takes no longer as the dataset grows.

    References to records that are left out go; so do records that are not sound without theirs.
    """
    chance = random.Random(SEED)
    records = [name for name in whole.files if name.startswith(("transfers/", "events/"))]
    coded_whole = [
        n for n in records if any(f"source: {s}" in whole.files[n].decode() for s in seeded(whole.files))
    ]
    kept = {*chance.sample(records, min(SAMPLE, len(records))), *coded_whole}
    while True:
        ids = {Path(name).stem for name in kept}
        files = {
            name: without(data.decode(), ids).encode() for name, data in whole.files.items() if name in kept
        }
        used = {word for data in files.values() for word in re.findall(r"source: ([\w-]+)", data.decode())}
        for name, data in whole.files.items():
            if (
                name.startswith("registries/")
                or name in ("dataset.yaml", "retired.yaml")
                or Path(name).stem in used
            ):
                files[name] = data
        files["accepted.yaml"] = b"{}\n"
        found = Good(whole.name, dict(sorted(files.items())), whole.seeds)
        wrong = {
            p.file.removeprefix(f"{SHOWN}/") for p in errors(check(found.read({}), found.seeds).problems)
        }
        if not wrong & kept:
            assert len(kept) > SAMPLE // 2, "too little of the dataset stands alone"
            return found
        kept -= wrong


def seeded(files: dict[str, bytes]) -> list[str]:
    """The documents of which every paragraph has to be coded."""
    return [Path(name).stem for name, data in files.items() if b"\nseed_file: " in data]


def without(text: str, ids: set[str]) -> str:
    """A record's text without its references to other records than these."""
    gone = {id_ for id_ in re.findall(r"NKRU-[TE]-[0-9]{4}", text) if id_ not in ids}
    for id_ in gone:
        text = re.sub(rf"(?m)^  - \{{to: {id_},.*\n", "", text)
        text = re.sub(rf"(?m)^ *(rests_on|parent|supersedes): {id_}.*\n", "", text)
        text = re.sub(rf"(?m)^( *bears_on: \[.*?){id_}(, )?", r"\1", text)
    text = re.sub(r"(?m)^( *bears_on: \[.*), \]", r"\1]", text)
    return re.sub(r"(?m)^(links:|  *bears_on: \[\])\n(?!  - )", "", text)


def only_changed(good: Good, real: Any) -> Any:
    """Pandera's validation, less the columns that are as in the good dataset, where it found nothing."""

    def validate(schema: pa.DataFrameSchema, frame: Any, *args: Any, **how: Any) -> Any:
        key = (schema.name, tuple(frame.columns))
        known = good.known.get(key)
        if frame is known:
            return frame
        if known is None:
            real(schema, frame, *args, **how)
            good.known[key] = frame
            return frame
        if len(known) != len(frame):
            return real(schema, frame, *args, **how)
        changed = {name for name in frame.columns if not same(frame[name], known[name])}
        if not changed:
            return frame
        unique = set(schema.unique or ())
        columns = [n for n in frame.columns if n in changed or (n in unique and unique & changed)]
        part = good.narrow.get((key, tuple(columns)))
        if part is None:
            part = schema.remove_columns([n for n in schema.columns if n not in columns])
            part.unique = schema.unique if unique & changed else None
            good.narrow[key, tuple(columns)] = part
        return real(part, frame[columns], *args, **how)

    return validate


def only_new(good: Good, real: Any) -> Any:
    """The frame of rows; of rows that are as in the good dataset, the frame that was made there."""

    def frame(rows: list[dict[str, Any]], columns: Any) -> pd.DataFrame:
        key = tuple(columns)
        for known, made in good.frames.get(key, ()):
            if known == rows:
                return made
        made = real(rows, columns)
        if len(good.frames.get(key, ())) < 2:  # before the assessment and after it
            good.frames.setdefault(key, []).append(([dict(row) for row in rows], made))
        return made

    return frame


def same(one: pd.Series, other: pd.Series) -> bool:
    return one.tolist() == other.tolist() if one.dtype == object else one.equals(other)


@pytest.fixture(scope="module", params=["made up", "real"])
def good(request: pytest.FixtureRequest) -> Iterator[Good]:
    """A sample of the real dataset, and the small one of the rules' cases, which uses every key."""
    base = ROOT / "tests" / "cases" / "base"
    if request.param == "made up":
        if not base.is_dir():
            pytest.skip("tests/cases/base is not there")
        found = load(base, base / "seeds")
    else:
        found = sample(load(ROOT / "datasets" / "dprk-russia", ROOT / "seeds"))
    real = pa.DataFrameSchema.validate
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pa.DataFrameSchema, "validate", only_changed(found, real))
        for module in [m for name, m in sys.modules.items() if name.startswith("compiler.")]:
            if frame := getattr(module, "frame", None):
                patch.setattr(module, "frame", only_new(found, frame))
        run(found, {}, must_pass=True)
        yield found


# --- one mutant -----------------------------------------------------------------------------------------


def run(good: Good, changes: dict[str, bytes | None], must_pass: bool = False) -> Checked | None:
    """Take the dataset with its changes as far as it goes, and hold all to its promises. None: refused."""
    typed = good.read(changes)
    checked = check(typed, good.seeds)
    look_at_problems(checked, {**good.files, **changes})
    wrong = errors(checked.problems)
    assert not (must_pass and wrong), FORMATS["text"](wrong)
    if wrong:
        return None
    tables = derive(checked, typed.files)
    compiled = {table: csv_bytes(table, tables[table]) for table in MODELS}
    look_at_cells(good, changes, compiled)
    return checked


def look_at_problems(checked: Checked, files: dict[str, bytes | None]) -> None:
    problems = checked.problems
    expected = {layout.path for layout in LAYOUTS.values() if not layout.one_file_a_row}
    expected |= {f"{parent}" for n in files for parent in Path(n).parents} | {printable(n) for n in files}
    text_of = (
        {n: (d or b"").decode("utf-8", "replace").split("\n") for n, d in files.items()} if problems else {}
    )
    for p in problems:
        name = p.file.removeprefix(f"{SHOWN}/")
        assert name in files or name in expected, f"{p.file} is no file of the dataset"
        assert min(p.line, p.column) >= 1, p
        lines = text_of.get(name, [""])
        assert p.line <= len(lines) + 1, f"line {p.line} of {len(lines)}: {p}"
        width = len(lines[p.line - 1]) if p.line <= len(lines) else 0
        assert p.column <= width + 1, f"column {p.column} of {width}: {p}"
        assert p.severity in ("error", "warning")
        assert p.message
        long = f"a message of {len(p.message)} characters: {p.message[:200]}"
        assert len(p.message) + len(p.at) < 2500, long
    once = set(problems)
    lines = FORMATS["text"](problems).split("\n") if problems else []
    assert len(lines) == sum(2 if p.help else 1 for p in once)
    assert all(line.isprintable() for line in lines)
    assert all(re.match(r"  help: .|.+:\d+:\d+: (error|warning) [A-Z]\d\d[ :]", line) for line in lines)
    assert len(json.loads(FORMATS["json"](problems))) == len(once)
    shown_as = FORMATS["github"](problems)
    assert len(shown_as.split("\n")) == (len(once) or 1)
    for text in (shown_as, FORMATS["json"](problems)):
        text.encode("utf-8")


def printable(text: str) -> str:
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


# --- what was typed, found without compiler.rows ----------------------------------------------------------

Cells = dict[str, str | list[str]]
Rows = list[tuple[str, Cells]]


def tree_of(data: bytes) -> Any:
    try:
        return yaml.load(data.decode(), Loader=yaml.BaseLoader)
    except yaml.YAMLError:  # the two parsers of PyYAML differ in what they refuse
        return yaml.load(data.decode(), Loader=yaml.CBaseLoader)


def rows_in(name: str, data: bytes) -> Rows:
    """Every row typed in a file, with the text of each typed cell."""
    layout = next(
        a for a in LAYOUTS.values() if a.path == name or (a.one_file_a_row and name.startswith(f"{a.path}/"))
    )
    tree = tree_of(data)
    if layout.one_row:
        return list(_rows(layout.table, tree, {}, str(tree.get("id", ""))))
    return [row for key, entry in tree.items() for row in _rows(layout.table, entry, {"id": key}, "")]


def _rows(table: str, tree: dict[str, Any], placed: Cells, record: str) -> Iterator[tuple[str, Cells]]:
    columns, cells = specs(ALL_MODELS[table]), dict(placed)
    nested = {n.key: n for n in NESTING.get(table, ())}
    for key, value in tree.items():
        if key in GROUPS.get(table, ()):
            cells.update({f"{key}_{part}": inner for part, inner in value.items()})
        elif key not in nested:
            cells[key] = value
    for column, typed in cells.items():
        if columns[column].local and record and re.fullmatch("c[1-9][0-9]*", str(typed)):
            cells[column] = f"{record}.{typed}"
    yield table, cells
    for key, child in nested.items():
        for item in ([tree[key]] if child.one else tree[key]) if key in tree else ():
            inner = {child.value: item} if child.value else item
            placed = {child.parent: cells.get("id", "")}
            if child.parent_table:
                placed[child.parent_table] = table
            yield from _rows(child.table, inner, placed, record)


TYPED = {layout.table for layout in LAYOUTS.values()} | {n.table for ns in NESTING.values() for n in ns}
FILLED = {("claims", "voice"), ("claims", "as_of")}  # computed where they are left out


def look_at_cells(good: Good, changes: dict[str, bytes | None], compiled: dict[str, bytes]) -> None:
    """Every typed cell comes out of the CSV as it was typed, and no row comes out that was not."""
    for name in good.files:
        if name not in good.typed:
            good.typed[name] = rows_in(name, good.files[name])
    typed: dict[str, list[Cells]] = {}
    known = {**good.files, **changes}
    for name, data in known.items():
        if data is None or Path(name).name.startswith("."):
            continue
        for table, cells in rows_in(name, data) if name in changes else good.typed[name]:
            typed.setdefault(table, []).append(cells)
    for table in MODELS:
        if table in TYPED:
            look_at_table(table, typed.get(table, []), compiled[table])
    flat = {row["id"]: row for row in csv.DictReader(io.StringIO(compiled["claims_flat"].decode()))}
    for cells in typed["claims"]:
        for part in ("value", "from", "to"):
            shown = flat[str(cells["id"])].get(f"quantity_{part}")
            if shown is not None:
                same_number(shown, str(cells.get(f"quantity_{part}", "")), f"claims_flat.quantity_{part}")


def look_at_table(table: str, typed: list[Cells], data: bytes) -> None:
    columns = {n: s for n, s in specs(MODELS[table]).items() if s.by != "computed"}
    key = [n for n in primary_key(table) if n in columns]
    found = {tuple(row[k] for k in key): row for row in csv.DictReader(io.StringIO(data.decode()))}
    assert len(found) == len(typed), f"{table}: {len(typed)} rows typed, {len(found)} compiled"
    for cells in typed:
        row = found[tuple(as_text(cells.get(k, columns[k].default)) for k in key)]
        for name, spec in columns.items():
            where = f"{table}.{name} of {[row[k] for k in key]}"
            if name not in cells:
                if (table, name) not in FILLED:
                    assert row[name] == spec.default, f"{where}: {row[name]!r} and nothing was typed"
            elif spec.kind in ("number", "whole"):
                same_number(row[name], as_text(cells[name]), where)
            else:
                assert row[name] == as_text(cells[name]), f"{where}: {row[name]!r}, typed {cells[name]!r}"


def as_text(typed: str | list[str]) -> str:
    return "|".join(typed) if isinstance(typed, list) else typed


def same_number(compiled: str, typed: str, where: str) -> None:
    if typed == "":
        assert compiled == "", f"{where}: {compiled!r} and nothing was typed"
        return
    assert re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", compiled), f"{where}: {compiled!r}"
    assert Decimal(compiled) == Decimal(typed), f"{where}: {compiled}, typed {typed}"


# --- the corpus -----------------------------------------------------------------------------------------


def fails(good: Good, changes: dict[str, bytes | None]) -> BaseException | None:
    try:
        run(good, changes)
    except Exception as error:
        return error
    return None


def smaller(
    good: Good, changes: dict[str, bytes | None], kind: type[BaseException]
) -> dict[str, bytes | None]:
    """The change with every difference taken back that the failure does not need: lines, words, letters."""

    def still(tried: dict[str, bytes | None]) -> bool:
        return isinstance(fails(good, tried), kind)

    for name in list(changes):
        if len(changes) > 1 and still(less := {n: d for n, d in changes.items() if n != name}):
            changes = less
    for name, data in changes.items():
        for cut in (rb"(?<=\n)", rb"(?<=[ ,:{}\[\]])", rb""):
            if data in (None, FOLDER) or name not in good.files or len(data or b"") > 100_000:
                continue
            before, after = re.split(cut, good.files[name]), re.split(cut, data or b"")
            parts = difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
            taken = [b"".join(after[d:e]) for _, _, _, d, e in parts]
            for i, (_, a, b, _, _) in enumerate(parts):
                tried = [*taken[:i], b"".join(before[a:b]), *taken[i + 1 :]]
                if tried[i] != taken[i] and still({**changes, name: b"".join(tried)}):
                    taken = tried
            data = b"".join(taken)
            changes = {**changes, name: data}
    return changes


def leave(good: Good, changes: dict[str, bytes | None], how: str) -> Path:
    """The dataset with its changes, for whoever mends it; in ``how.txt`` what differs."""
    folder = Path(tempfile.mkdtemp(prefix="armsledger-mutant-"))
    write({**good.files, **changes}, folder / "dataset")
    said = [how]
    for name, data in changes.items():
        if data is None or data == FOLDER:
            said.append(f"{name}: {'removed' if data is None else 'a folder'}")
            continue
        before, after = (d.decode("utf-8", "backslashreplace") for d in (good.files.get(name, b""), data))
        said += difflib.unified_diff(before.split("\n"), after.split("\n"), name, name, n=1, lineterm="")
    (folder / "how.txt").write_text("\n".join(said), encoding="utf-8", errors="backslashreplace")
    return folder


def tell(good: Good, made: Mutant, error: BaseException) -> str:
    least = smaller(good, made.changes, type(error))
    last = fails(good, least) or error
    folder = leave(good, least, f"{made.how}\n{type(last).__name__}: {str(last)[:1000]}\n")
    shown = (folder / "how.txt").read_text(encoding="utf-8")
    trail = "".join(traceback.format_tb(last.__traceback__)[-4:])
    named = f"mutant {made.number} of ARMSLEDGER_SEED={SEED}, dataset {good.name}"
    return f"{named}; left in {folder}\n{shown[:3000]}\n{trail}"


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_a_mutant_is_refused_with_a_place_or_compiled_as_typed(good: Good, chunk: int) -> None:
    """Half of the mutants are of each dataset. In every `WHOLE`-th Pandera looks at everything."""
    accepted = refused = 0
    for number in range(chunk, COUNT // 2, CHUNKS):
        made = mutant(good.files, SEED, number)
        if made.changes.items() <= good.files.items():
            continue
        whole = number % WHOLE == 0
        known, good.known = good.known, {} if whole else good.known
        frames, good.frames = good.frames, {} if whole else good.frames
        try:
            accepted, refused = (
                (accepted + 1, refused) if run(good, made.changes) else (accepted, refused + 1)
            )
        except Exception as error:
            good.known, good.frames = known, frames
            pytest.fail(tell(good, made, error), pytrace=False)
        finally:
            good.known, good.frames = known, frames
    if COUNT >= 1000:
        assert accepted > 2, "a corpus in which hardly any mutant is accepted tests no number"
        assert refused > 10


def test_each_key_that_a_claim_may_have(good: Good) -> None:
    """The keys that few good claims have, put into one claim of several files, in turn."""
    names = [name for name in sorted(good.files) if b"\n    claimant: " in good.files[name]]
    taken = 0
    for i, key in enumerate(key for key in CLAIM_KEYS if key != "modality: possible"):
        for name in (names[i % len(names)], names[(3 * i + 1) % len(names)], names[(5 * i + 2) % len(names)]):
            data = good.files[name].replace(b"\n    claimant: ", f"\n    {key}\n    claimant: ".encode(), 1)
            try:
                taken += bool(run(good, {name: data}))
            except Exception as error:
                pytest.fail(tell(good, Mutant(i, f"{key} ({name})", {name: data}), error), pytrace=False)
    assert taken > 10


def test_a_transfer_of_possible_claims_alone_compiles(good: Good) -> None:
    for name in (name for name in sorted(good.files) if name.startswith("transfers/")):
        claims = good.files[name].replace(b"\n    claimant: ", b"\n    modality: possible\n    claimant: ")
        run(good, {name: claims})


def test_the_shortcuts_change_nothing(good: Good, tmp_path: Path) -> None:
    """Reading only the changed file and looking only at changed columns finds what the compiler finds."""
    for number in range(0, 400, 13):
        made = mutant(good.files, "shortcuts", number)
        folder = tmp_path / str(number)
        write({**good.files, **made.changes}, folder)
        quick = check(good.read(made.changes), good.seeds)
        known, good.known = good.known, {}
        frames, good.frames = good.frames, {}
        try:
            slow = check(read_dataset(folder, SHOWN), good.seeds)
        finally:
            good.known, good.frames = known, frames
        assert sorted(set(quick.problems)) == sorted(set(slow.problems)), made.how
        shutil.rmtree(folder)


# --- trees of chance --------------------------------------------------------------------------------------

WORD = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12),
    st.sampled_from(
        [
            "NO",
            "yes",
            "null",
            "12:30",
            "007",
            "1.10",
            "1e3",
            "1_000",
            ".5",
            "-0",
            "2024-11",
            "2023-02-29",
            "..",
            "[2024..2025]",
            "all",
            "c1",
            "prk",
            "round",
        ]
    ),
    st.decimals(allow_nan=False, allow_infinity=False, places=3).map(str),
    st.integers().map(str),
    st.dates().map(str),
)
KEY = st.one_of(
    st.sampled_from(
        sorted({n for model in ALL_MODELS.values() for n in specs(model)} | {"claims", "coding", "quantity"})
    ),
    WORD,
)
VALUE = st.recursive(
    WORD,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEY, inner, max_size=4)),
    max_leaves=12,
)


def nodes(tree: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [path, *(found for key, value in inner for found in nodes(value, (*path, key)))]


def graft(tree: Any, path: tuple[Any, ...], new: Any) -> Any:
    """``tree`` with ``new`` at ``path``."""
    if not path:
        return new
    copy = dict(tree) if isinstance(tree, dict) else list(tree)
    copy[path[0]] = graft(tree[path[0]], path[1:], new)
    return copy


@settings(deadline=None, max_examples=120, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_tree_of_chance_is_refused_with_a_place_or_compiled_as_typed(
    good: Good, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(good.files)))
    tree = tree_of(good.files[name])
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(nodes(tree)))
        new = data.draw(VALUE)
        if data.draw(st.booleans()) and isinstance(tree, dict) and path and isinstance(path[-1], str):
            tree = graft(tree, (*path[:-1],), {**at(tree, path[:-1]), data.draw(KEY): new})
        else:
            tree = graft(tree, path, new)
    flow = data.draw(st.sampled_from((None, True, False)))
    text = yaml.dump(
        tree, Dumper=yaml.CSafeDumper, default_flow_style=flow, allow_unicode=True, width=110, sort_keys=False
    )
    run(good, {name: text.encode("utf-8", "replace")})


def at(tree: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        tree = tree[key]
    return tree


@settings(deadline=None, max_examples=300, suppress_health_check=list(HealthCheck))
@given(data=st.binary(max_size=200) | st.text(max_size=100).map(lambda t: t.encode("utf-8", "replace")))
def test_bytes_of_chance_as_a_file(data: bytes) -> None:
    file = read_bytes(data, "x.yaml")
    assert (file.root is None) == bool(file.problems)
    lines = data.decode("utf-8", "replace").split("\n")
    for p in file.problems:
        assert 1 <= p.line <= len(lines) + 1
        assert p.column >= 1


# --- as a process -------------------------------------------------------------------------------------------

COPIED = ("build_dataset.py", "compiler", "schemas", "src", "datasets", "releases", "seeds")


def checkout(to: Path) -> Path:
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, to / name, ignore=shutil.ignore_patterns("__pycache__", "_data"))
        elif source.exists():
            shutil.copy(source, to / name)
    return to / "datasets" / "dprk-russia"


def command(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")} | {"PYTHONIOENCODING": "utf-8"}
    line = [sys.executable, "build_dataset.py", *words]
    done = subprocess.run(
        line, cwd=root, env=env, capture_output=True, text=True, encoding="utf-8", timeout=300
    )
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    assert "Traceback" not in done.stdout, done.stdout
    return done


def test_the_commands_on_mutants(tmp_path: Path) -> None:
    """``check`` says what is wrong and where, ``build`` leaves the last build whole when it says no."""
    folder = checkout(tmp_path)
    files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*.yaml"))}
    out = tmp_path / "out"
    out.mkdir()
    (out / "dprk-russia-0").mkdir()
    (out / "dprk-russia-0" / "kept.csv").write_text("a\n1\n")
    assert command(tmp_path, "build", "--out", str(out)).returncode == 0
    built = {p.relative_to(out): p.read_bytes() for p in out.rglob("*") if p.is_file()}
    assert len(built) > 60
    statuses = []
    for number, verb in (
        (7, "check"),
        (39, "build"),
        (39 + 40, "check"),
        (16, "build"),
        (58, "check"),
        (70, "build"),
    ):
        made = mutant(files, "process", number)
        shutil.rmtree(folder)
        write({**files, **made.changes}, folder)
        done = command(
            tmp_path, *([verb, "--out", str(out)] if verb == "build" else [verb, "--format", "json"])
        )
        statuses.append(done.returncode)
        if verb == "check":
            found = json.loads(done.stdout or "[]")
            assert any(p["severity"] == "error" for p in found) == bool(done.returncode), made.how
        elif done.returncode:
            assert re.search(r"^datasets/.*:\d+:\d+: error [A-Z]\d\d", done.stderr, re.MULTILINE), done.stderr
            kept = {p.relative_to(out): p.read_bytes() for p in out.rglob("*") if p.is_file()}
            assert kept == built, made.how
        else:
            built = {p.relative_to(out): p.read_bytes() for p in out.rglob("*") if p.is_file()}
    assert 1 in statuses
