"""build_dataset.py as a coder meets it: verbs, exit status, what goes where."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

RECORD = "datasets/dprk-russia/transfers/NKRU-T-0001.yaml"


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """A checkout of its own, with a commit."""
    for name in ("build_dataset.py", "compiler", "schemas", "src", "datasets", "releases", "seeds", "tests"):
        if (root / name).is_dir():
            shutil.copytree(
                root / name, tmp_path / name, ignore=shutil.ignore_patterns("_data", "__pycache__")
            )
        else:
            shutil.copy(root / name, tmp_path / name)
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "start"]):
        subprocess.run([*git, *command], cwd=tmp_path, check=True)
    return tmp_path


def run(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "build_dataset.py", *args], cwd=folder, capture_output=True, text=True
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


def break_record(folder: Path, old: str = "unit: round\n", new: str = "unit: rond\n") -> None:
    path = folder / RECORD
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_without_a_verb_it_prints_its_help(root: Path) -> None:
    done = run(root)
    assert done.returncode == 0
    for verb in ("check", "fmt", "new", "build", "diff", "release"):
        assert verb in done.stdout


def test_check_passes_on_the_dataset(root: Path) -> None:
    assert run(root, "check").returncode == 0


def test_check_shows_all_problems_at_once(copy: Path) -> None:
    break_record(copy)
    break_record(copy, "kind: cumulative", "kinds: cumulative")
    done = run(copy, "check")
    assert done.returncode == 1
    lines = [line for line in done.stdout.splitlines() if ": error " in line]
    assert lines[0] == f"{RECORD}:8:7: error S08 unit: `rond` is not in the list unit; did you mean `round`?"
    assert any("unknown key `kinds`; did you mean `kind`?" in line for line in lines)
    assert "2 errors" in done.stderr


def test_check_in_other_formats(copy: Path) -> None:
    break_record(copy)
    [problem] = [
        p for p in json.loads(run(copy, "check", "--format", "json").stdout) if p["severity"] == "error"
    ]
    assert (problem["file"], problem["line"], problem["column"], problem["rule"]) == (RECORD, 8, 7, "S08")
    said = run(copy, "check", "--format", "github").stdout
    assert f"::error file={RECORD},line=8,col=7,title=S08::" in said


def test_check_speaks_of_the_chosen_files_only(copy: Path) -> None:
    break_record(copy)
    done = run(copy, "check", "datasets/dprk-russia/events")
    assert done.returncode == 1
    assert "error" not in done.stdout
    assert "and in other files 1 error: run check without a choice" in done.stderr
    assert run(copy, "check", RECORD).returncode == 1
    assert run(copy, "check", "--changed").returncode == 1
    subprocess.run(["git", "checkout", "-q", "."], cwd=copy, check=True)
    done = run(copy, "check", "--changed")
    assert (done.returncode, done.stdout) == (0, "")
    done = run(copy, "check", "nonesuch.yaml")
    assert (done.returncode, done.stderr) == (1, "build_dataset.py: nonesuch.yaml: no such file or folder\n")
    done = run(copy, "check", "build_dataset.py")
    assert (done.returncode, done.stderr) == (1, "build_dataset.py: no records at build_dataset.py\n")


def test_explain_prints_the_rule_with_its_cases(root: Path) -> None:
    done = run(root, "check", "--explain", "Q02")
    assert done.returncode == 0
    assert "A range runs from its lower to its upper end." in done.stdout
    done = run(root, "check", "--explain", "Q2")
    assert done.returncode == 1
    assert "Q02" in done.stderr


def test_a_failing_build_says_so_and_leaves_the_last_one(copy: Path) -> None:
    assert run(copy, "build").returncode == 0
    [before] = [p for p in (copy / "dist").iterdir() if p.is_dir()]
    sums = (before / "SHA256SUMS").read_bytes()
    break_record(copy)
    done = run(copy, "build")
    assert done.returncode == 1
    assert "error S08" in done.stderr
    assert "nothing was built; the last build is as it was" in done.stderr
    assert (before / "SHA256SUMS").read_bytes() == sums
    assert (copy / "src" / "armsledger" / "_data" / "release" / "SHA256SUMS").read_bytes() == sums


def test_a_figure_that_the_seed_does_not_print_fails_the_build(copy: Path) -> None:
    break_record(copy, "as_stated: around 5 million", "as_stated: about 5 million")
    done = run(copy, "build")
    assert done.returncode == 1
    assert "E03" in done.stderr
    assert "`about 5 million` is not printed in p1 of `evrimagaci-undated-alliance`" in done.stderr


def following(copy: Path, kind: str, after: int) -> str:
    """The id behind the highest that git knows."""
    names = subprocess.run(
        ["git", "ls-files", f"datasets/dprk-russia/{kind}"], cwd=copy, capture_output=True, text=True
    )
    stems = sorted(Path(name).stem for name in names.stdout.splitlines())
    return f"{stems[-1][:-4]}{int(stems[-1][-4:]) + after:04}"


def test_new_then_check_then_fmt(copy: Path) -> None:
    done = run(copy, "new", "transfer")
    assert done.returncode == 0
    made = copy / done.stdout.strip().splitlines()[-1]
    assert made.name == f"{following(copy, 'transfers', 1)}.yaml"
    assert run(copy, "check").returncode == 1
    assert run(copy, "new", "event").stdout.strip().endswith(f"{following(copy, 'events', 1)}.yaml")


def test_fmt_check_passes_on_the_dataset_and_mends_what_is_not(copy: Path) -> None:
    assert run(copy, "fmt", "--check").returncode == 0
    before = (copy / RECORD).read_text(encoding="utf-8")
    (copy / RECORD).write_text(
        before.replace("unit: round\nlevel: umbrella\n", "level: umbrella\nunit: round  \n"), encoding="utf-8"
    )
    done = run(copy, "fmt", "--check")
    assert done.returncode == 1
    assert "+unit: round" in done.stdout
    assert run(copy, "fmt").returncode == 0
    assert (copy / RECORD).read_text(encoding="utf-8") == before


def test_a_seed_that_cannot_be_read_is_said(copy: Path) -> None:
    [seed] = (copy / "seeds").glob("*.txt")
    seed.write_bytes(b"\xff\xfe" + seed.read_bytes())
    done = run(copy, "check")
    assert done.returncode == 1
    assert f"seeds/{seed.name}:1:1: error F01: byte 0xff is not UTF-8" in done.stdout


def test_without_the_compiler_s_libraries_it_says_how_to_get_them(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-S", "build_dataset.py", "check"], cwd=root, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "is not installed; run `make build` once" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_place_that_cannot_be_written_is_said(copy: Path) -> None:
    done = run(copy, "build", "--out", "build_dataset.py")
    assert done.returncode == 1
    assert "cannot write to build_dataset.py" in done.stderr
