"""All or nothing: killed at every file operation of publishing in turn, the last good build is whole."""

from __future__ import annotations

import hashlib
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from compiler import publish

# Publishes version "new" over "old", and dies by SIGKILL before its n-th file operation. Python's audit events
# name every operation that changes a directory or opens a file; renameat2 is called through ctypes.
CHILD = """
import os, signal, sys
sys.path[:0] = [{root!r}, {src!r}]
from pathlib import Path
from compiler import publish
if {without_exchange}:
    publish._exchange = lambda one, other: False
limit, count = int(sys.argv[1]), 0
CHANGING = ("open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "shutil.rmtree", "shutil.move",
            "tempfile.mkdtemp", "tempfile.mkstemp", "ctypes.call_function", "ctypes.dlsym", "os.link", "os.truncate")
def watch(event, args):
    global count
    if armed and event in CHANGING:
        count += 1
        if count == limit:
            os.kill(os.getpid(), signal.SIGKILL)
armed = False
sys.addaudithook(watch)
out = Path(sys.argv[2])
armed = True
with publish.replacing(out / "release") as folder:
    for i in range(3):
        (folder / f"t{{i}}.csv").write_text("new" * 50)
    (folder / "csv").mkdir()
    (folder / "csv" / "deep.csv").write_text("new")
publish.put_file(b"new" * 100, out / "release-csv.zip")
armed = False
print(count)
"""


def old_build(out: Path) -> None:
    (out / "release" / "csv").mkdir(parents=True)
    for i in range(3):
        (out / "release" / f"t{i}.csv").write_text("old" * 50)
    (out / "release" / "csv" / "deep.csv").write_text("old")
    (out / "release-csv.zip").write_bytes(b"old" * 100)


def content(folder: Path) -> dict[str, str]:
    files = [p for p in folder.rglob("*") if p.is_file()]
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def run(root: Path, out: Path, limit: int, without_exchange: bool) -> subprocess.CompletedProcess[str]:
    script = CHILD.format(root=str(root), src=str(root / "src"), without_exchange=without_exchange)
    return subprocess.run(
        [sys.executable, "-c", script, str(limit), str(out)], capture_output=True, text=True
    )


@pytest.mark.parametrize("without_exchange", [False, True], ids=["exchange", "two renames"])
def test_killed_at_every_file_operation(root: Path, tmp_path: Path, without_exchange: bool) -> None:
    old_build(tmp_path / "good")
    old = content(tmp_path / "good" / "release")
    shutil.copytree(tmp_path / "good", tmp_path / "whole")
    whole = run(root, tmp_path / "whole", -1, without_exchange)
    assert whole.returncode == 0, whole.stderr
    operations = int(whole.stdout)
    new = content(tmp_path / "whole" / "release")
    assert operations > 10
    assert new != old
    for limit in range(1, operations + 1):
        out = tmp_path / f"kill-{limit}"
        shutil.copytree(tmp_path / "good", out)
        killed = run(root, out, limit, without_exchange)
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        if without_exchange:
            publish.recover(out / "release")  # what the next command does first
        assert content(out / "release") in (old, new), f"half a build after operation {limit}"
        assert (out / "release-csv.zip").read_bytes() in (b"old" * 100, b"new" * 100)
        after = run(root, out, -1, without_exchange)
        assert after.returncode == 0, after.stderr
        assert content(out / "release") == new
        assert (out / "release-csv.zip").read_bytes() == b"new" * 100
        publish.recover(out / "release-csv.zip")
        assert sorted(p.name for p in out.iterdir()) == ["release", "release-csv.zip"], (
            "something is left behind"
        )
        shutil.rmtree(out)


def test_a_failing_build_leaves_the_last_one(tmp_path: Path) -> None:
    old_build(tmp_path)
    before = content(tmp_path)

    def fail() -> None:
        with publish.replacing(tmp_path / "release") as folder:
            (folder / "t0.csv").write_text("new")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert content(tmp_path) == before


def test_what_another_process_is_making_is_left_alone(tmp_path: Path) -> None:
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    theirs = tmp_path / f".release.new-{other.pid}-abc"
    theirs.mkdir()
    try:
        publish.recover(tmp_path / "release")
        assert theirs.is_dir()
    finally:
        other.kill()
        other.wait()
    publish.recover(tmp_path / "release")
    assert not theirs.exists()
