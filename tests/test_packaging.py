"""What pip installs: an sdist, the wheel from it, a fresh environment without the compiler's libraries."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from schemas.layout import MODELS

ROOT = Path(__file__).resolve().parent.parent

PROBE = """
import json, sys
import armsledger
lazy = not ({"pandas", "pyarrow"} & set(sys.modules))
tables = {name: list(armsledger.load(name).shape) for name in armsledger.tables()["table"]}
claims = armsledger.load("claims")
from importlib import metadata
print(json.dumps({
    "lazy": lazy,
    "tables": tables,
    "claims": claims.loc[claims["record"] == "NKRU-T-0001",
        ["claimant", "voice", "source", "locator", "record_path", "record_sha256"]].astype(str).values.tolist(),
    "installed": sorted(d.name.lower() for d in metadata.distributions()),
    "version": armsledger.__version__,
    "past": {v: len(armsledger.load("claims", version=v)) for v in armsledger.versions()["version"]},
    "imports": sorted({m.split(".")[0] for m in sys.modules}),
}))
"""


@pytest.fixture(scope="module")
def sdist(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(root, tmp_path_factory.mktemp("sdist"), "sdist")


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """From the sdist, as pip makes it: the checkout and its compiler are not at hand."""
    unpacked = tmp_path_factory.mktemp("unpacked")
    shutil.unpack_archive(sdist, unpacked)
    [folder] = unpacked.iterdir()
    return make(folder, tmp_path_factory.mktemp("wheel"), "wheel")


def make(source: Path, out: Path, kind: str) -> Path:
    command = [
        sys.executable,
        "-m",
        "build",
        "--no-isolation",
        f"--{kind}",
        "--outdir",
        str(out),
        str(source),
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    [made] = out.iterdir()
    return made


def test_neither_carries_seeds_or_the_compiler_s_needs(root: Path, sdist: Path, wheel: Path) -> None:
    seeds = [path.read_bytes()[:80] for path in (root / "seeds").glob("*.txt")]
    assert seeds
    with tarfile.open(sdist) as archive:
        members = {m.name: archive.extractfile(m) for m in archive.getmembers() if m.isfile()}
        carried = {name: stream.read() for name, stream in members.items() if stream}
    with zipfile.ZipFile(wheel) as archive:
        packed = archive.namelist()
        carried |= {name: archive.read(name) for name in packed}
        metadata = archive.read(next(n for n in packed if n.endswith("METADATA"))).decode()
    assert not [name for name, data in carried.items() for seed in seeds if seed in data]
    assert {n.split("/")[0] for n in packed} == {"armsledger", packed[-1].split("/")[0]}
    assert "armsledger/py.typed" in packed
    required = [
        line for line in metadata.splitlines() if line.startswith("Requires-Dist") and "extra ==" not in line
    ]
    assert sorted(line.split()[1].split(">")[0].split("<")[0] for line in required) == ["pandas", "pyarrow"]


def test_a_fresh_environment_loads_every_table(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    python = next(p for p in (tmp_path / "env/bin/python", tmp_path / "env/Scripts/python.exe") if p.exists())
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--only-binary", ":all:", str(wheel)], check=True)
    done = subprocess.run([str(python), "-c", PROBE], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["lazy"], "import armsledger imports pandas"
    assert set(found["tables"]) == set(MODELS)
    assert found["tables"]["claims"][0] > 0
    frozen = {path.parent.name: path for path in (ROOT / "releases").glob("*/SHA256SUMS")}
    assert set(found["past"]) == {*frozen, found["version"]}
    assert (
        found["past"]["0.1.0"]
        == len((frozen["0.1.0"].parent / "csv" / "claims.csv").read_bytes().splitlines()) - 1
    )
    brought = {"pandas", "pyarrow", "numpy", "python-dateutil", "six", "pytz", "tzdata"}
    assert set(found["installed"]) - {"pip", "setuptools", "armsledger"} <= brought
    assert {"pandas", "pyarrow"} <= set(found["installed"])
    assert not {"pandera", "frictionless", "yaml", "compiler", "schemas"} & set(found["imports"])
    for claimant, voice, source, locator, path, digest in found["claims"]:
        assert claimant and voice and source
        assert locator
        assert path == "datasets/dprk-russia/transfers/NKRU-T-0001.yaml"
        assert len(digest) == 64
    for command in (
        ["tables"],
        ["verify"],
        ["show", "NKRU-T-0001"],
        ["find", "shells"],
        ["cite"],
        ["versions"],
    ):
        run = subprocess.run(
            [str(python), "-m", "armsledger", *command], capture_output=True, text=True, cwd=tmp_path
        )
        assert run.returncode == 0, run.stderr
        assert run.stdout.strip()


def test_bad_records_stop_a_wheel_with_their_report(root: Path, tmp_path: Path) -> None:
    keep = shutil.ignore_patterns(".venv", "dist", ".git", "_data", "__pycache__", ".*_cache", ".hypothesis")
    shutil.copytree(root, tmp_path / "copy", ignore=keep)
    record = tmp_path / "copy" / "datasets" / "dprk-russia" / "transfers" / "NKRU-T-0001.yaml"
    record.write_text(
        record.read_text(encoding="utf-8").replace("unit: round\n", "unit: rond\n", 1), encoding="utf-8"
    )
    command = [sys.executable, "-m", "build", "--no-isolation", "--wheel", str(tmp_path / "copy")]
    done = subprocess.run(command, capture_output=True, text=True)
    said = done.stdout + done.stderr
    assert done.returncode != 0
    assert (
        "NKRU-T-0001.yaml:8:7: error S08 unit: `rond` is not in the list unit; did you mean `round`?" in said
    )
    assert "compiler/packing.py" not in said
    assert not list((tmp_path / "copy").rglob("*.whl"))
