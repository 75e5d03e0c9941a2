"""`verify`, `export`, `cite` and the ``armsledger`` command."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import armsledger
from armsledger.cli import main
from armsledger.errors import ArmsledgerError, Damaged, DataMissing
from armsledger.exporting import FORMATS, Format, InTheWay, export
from armsledger.files import DATA
from armsledger.integrity import verify_folder

SRC = str(Path(armsledger.__file__).parents[1])  # a child process runs what is tested, not what is installed
FILES = sorted(path.relative_to(DATA).as_posix() for path in DATA.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release") / "data"
    shutil.copytree(DATA, folder)
    return folder


def problems(folder: Path) -> tuple[str, ...]:
    with pytest.raises(Damaged) as caught:
        verify_folder(folder)
    assert all(problem in str(caught.value) for problem in caught.value.problems[:20])
    return caught.value.problems


# -- verify --------------------------------------------------------------------------------------------------


def test_the_installed_files_are_the_published_ones() -> None:
    found = armsledger.verify()
    assert found.version == armsledger.__version__
    assert found.tables == len(armsledger.tables())
    assert found.files == len(FILES) - 2
    assert found.sums_sha256 == hashlib.sha256((DATA / "SHA256SUMS").read_bytes()).hexdigest()
    assert found.sums_sha256 in str(found)


@pytest.mark.parametrize("where", [0, 1, 2], ids=["first", "middle", "last"])
@pytest.mark.parametrize("name", FILES)
def test_one_changed_byte_of_any_file_is_caught(copied: Path, name: str, where: int) -> None:
    path = copied / name
    data = path.read_bytes()
    at = (0, len(data) // 2, len(data) - 1)[where]
    path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
    try:
        found = problems(copied)
        if name.startswith(("csv/", "parquet/")) and not name.endswith("SHA256SUMS"):
            assert any(problem.startswith(f"{path.stem}: ") for problem in found)
    finally:
        path.write_bytes(data)


@pytest.mark.parametrize("name", ["csv/claims.csv", "parquet/claims.parquet", "README.md", "SHA256SUMS"])
def test_a_file_that_is_gone_is_caught(copied: Path, name: str) -> None:
    path = copied / name
    data = path.read_bytes()
    path.unlink()
    try:
        assert any(path.name in problem or problem.startswith("claims: ") for problem in problems(copied))
    finally:
        path.write_bytes(data)


def test_a_file_that_was_added_is_caught(copied: Path) -> None:
    extra = copied / "csv" / "more.csv"
    extra.write_text("id\n")
    try:
        assert problems(copied) == ("more: csv/more.csv: in no file of sums",)
    finally:
        extra.unlink()


def edited(folder: Path, tmp_path: Path, change: Callable[[bytes], bytes], name: str) -> Path:
    """A copy in which a file was changed and its sums with it."""
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    path = copy / name
    old = path.read_bytes()
    path.write_bytes(change(old))
    sums = (path.parent if name.startswith("parquet/") else copy) / "SHA256SUMS"
    digests = [hashlib.sha256(data).hexdigest() for data in (old, path.read_bytes())]
    assert digests[0] in sums.read_text()
    sums.write_text(sums.read_text().replace(*digests))
    return copy


def test_changing_csv_and_sums_together_is_caught_by_content(copied: Path, tmp_path: Path) -> None:
    def more(data: bytes) -> bytes:
        assert b",5000000," in data
        return data.replace(b",5000000,", b",6000000,")

    folder = edited(copied, tmp_path, more, "csv/estimates.csv")
    assert problems(folder) == (
        "estimates: the CSV's SHA-256 is not the one in datapackage.json",
        "estimates: Parquet and CSV differ",
    )


def test_exchanging_parquet_and_sums_together_is_caught_by_content(copied: Path, tmp_path: Path) -> None:
    other = (copied / "parquet" / "actors.parquet").read_bytes()
    folder = edited(copied, tmp_path, lambda _: other, "parquet/items.parquet")
    assert problems(folder) == ("items: Parquet and CSV differ",)


def test_a_package_that_is_no_package_is_caught(copied: Path, tmp_path: Path) -> None:
    for text in (b"{}", b"[", b'{"resources": [3]}'):
        shutil.rmtree(tmp_path / "copy", ignore_errors=True)
        assert problems(edited(copied, tmp_path, lambda _, text=text: text, "datapackage.json"))


def test_nothing_to_verify_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataMissing, match="make build"):
        verify_folder(tmp_path / "none")


# -- export --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_an_export_is_complete_and_its_sums_and_package_hold(tmp_path: Path, form: Format) -> None:
    target = tmp_path / "a" / "b"
    written = export(target, form)
    assert sorted(written) == sorted(path for path in target.rglob("*") if path.is_file())
    names = {path.relative_to(target).as_posix() for path in written}
    assert {"README.md", "codebook.csv", "codebook.md", "CITATION.cff", "datapackage.json"} <= names
    package = json.loads((target / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        data = (target / resource["path"]).read_bytes()
        assert resource["format"] == form
        assert (resource["bytes"], resource["hash"]) == (
            len(data),
            f"sha256:{hashlib.sha256(data).hexdigest()}",
        )
    sums = target / "SHA256SUMS" if form == "csv" else target / "parquet" / "SHA256SUMS"
    for line in sums.read_text().splitlines():
        digest, _, name = line.partition("  ")
        assert hashlib.sha256((sums.parent / name).read_bytes()).hexdigest() == digest
    path = target / form / f"claims.{form}"
    read = pd.read_csv(path) if form == "csv" else pd.read_parquet(path)
    assert list(read["id"]) == list(armsledger.load("claims")["id"])
    assert export(target, form) == written  # again: the same files, so nothing is lost


@pytest.mark.parametrize("form", FORMATS)
def test_an_export_never_overwrites(tmp_path: Path, form: Format) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(InTheWay, match=r"holds notes\.txt"):
        export(tmp_path, form)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    target = tmp_path / "new"
    path = export(target, form)[0]
    path.write_text("edited")
    with pytest.raises(InTheWay, match=f"holds a different {path.relative_to(target).as_posix()}"):
        export(target, form)
    assert path.read_text() == "edited"
    with pytest.raises(InTheWay, match="is a file"):
        export(tmp_path / "notes.txt", form)


# -- the command ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "status", "out"),
    [
        (["tables"], 0, "claims_flat"),
        (["find", "artillery", "shells"], 0, "NKRU-T-0001"),
        (["show", "NKRU-T-0001"], 0, "HOW MUCH"),
        (["cite"], 0, "[Data set]."),
        (["cite", "--style", "bibtex"], 0, "@misc{"),
        (["cite", "NKRU-T-0003"], 0, "[Transfer NKRU-T-0003]"),
        (["cite", "NKRU-T-0001.c1", "--style", "csl-json"], 0, '"type": "entry"'),
        (["sources"], 0, "Evrim Ağacı. (ca. 2024)."),
        (["sources", "NKRU-T-0003", "--style", "bibtex"], 0, "@misc{evrimagaci-undated-alliance,"),
        (["verify"], 0, "SHA-256 of SHA256SUMS"),
    ],
)
def test_a_command_does_its_work(
    words: list[str], status: int, out: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == status
    said = capsys.readouterr()
    assert out in said.out
    assert said.err == ""


@pytest.mark.parametrize(
    ("words", "err"),
    [
        (["show", "NKRU-T-9999"], "Nearest: NKRU-T-"),
        (["cite", "NKRU-T-9999"], "Nearest: NKRU-T-"),
        (["sources", "NKRU-T-9999"], "Nearest: NKRU-T-"),
        (["find", "zzzz"], "nothing is named zzzz"),
        (["find", "-- ", "-"], "at least one word"),
        (["export", str(DATA), "--format", "csv"], "give a folder that is new or empty"),
        (["export", "/dev/null/x", "--format", "csv"], "/dev/null"),
    ],
)
def test_a_refusal_is_a_message_and_status_1(
    words: list[str], err: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("armsledger: ")
    assert err in said.err


@pytest.mark.parametrize(
    "words",
    [["nothing"], ["show"], ["cite", "--style", "x"], ["export", "d"], ["export", "d", "--format", "x"]],
)
def test_wrong_usage_is_status_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(words)
    assert caught.value.code == 2
    assert "usage: armsledger" in capsys.readouterr().err


def test_without_a_command_it_prints_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "show" in capsys.readouterr().out


def run(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {"PYTHONPATH": SRC, "PATH": "", **more}
    return subprocess.run(
        [sys.executable, "-m", "armsledger", *words], capture_output=True, text=True, env=environment
    )


def test_the_module_runs_as_the_command(tmp_path: Path) -> None:
    assert run("--version").stdout == f"armsledger {armsledger.__version__}\n"
    done = run("export", str(tmp_path / "out"), "--format", "csv")
    assert done.returncode == 0
    assert (tmp_path / "out" / "csv" / "claims.csv").read_bytes() == (
        DATA / "csv" / "claims.csv"
    ).read_bytes()
    assert run("show", "nothing").returncode == 1


def test_a_terminal_that_knows_only_ascii_is_no_crash() -> None:
    done = run("show", "m-1989-170mm", PYTHONIOENCODING="ascii", COLUMNS="60")
    assert done.returncode == 0
    assert "\\uace1\\uc0b0" in done.stdout
    assert done.stderr == ""


def test_a_reader_that_leaves_early_is_no_crash() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "armsledger", "tables"]
    environment = {"PYTHONPATH": SRC, "PATH": ""}
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, env=environment, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, b"")


def test_every_error_of_the_package_is_one_family() -> None:
    for name in ("Damaged", "DataMissing", "UnknownId", "UnknownTable"):
        assert issubclass(getattr(armsledger, name), ArmsledgerError)
