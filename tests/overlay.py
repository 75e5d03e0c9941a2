"""Applies an overlay to a copy of the small good dataset in ``tests/cases/base``, and checks the outcome."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from unittest.mock import patch

from armsledger.sums import write_sums
from compiler.build import Source, compile_to, typed_version
from compiler.check import Checked, check
from compiler.explain import CASES, Edit, Overlay
from compiler.models import against_model
from compiler.past import read_past
from compiler.report import as_text
from compiler.rows import RawRow, Typed, read_dataset
from schemas.rules import Finding
from schemas.rules.model import Row

BASE = CASES / "base"


@cache
def base_files() -> dict[str, bytes]:
    """The bytes of every file of the base, by its path in there."""
    return {p.relative_to(BASE).as_posix(): p.read_bytes() for p in sorted(BASE.rglob("*")) if p.is_file()}


@cache
def base_release() -> dict[str, bytes]:
    """The base as it would have been frozen as 0.1.0, by path: what a later state of it is held to."""
    with TemporaryDirectory() as made:
        root = Path(made)
        edit = Edit("dataset.yaml", find="version: 0.2.0.dev0", put="version: 0.1.0")
        typed, found = _checked(Overlay((edit,)), root)
        frozen = root / "releases" / "0.1.0"
        frozen.mkdir(parents=True)
        compile_to(Source(typed, found), frozen, outsider=False)
        rmtree(frozen / "parquet")
        write_sums(frozen.parent, [frozen / "SHA256SUMS"])
        return {
            p.relative_to(root).as_posix(): p.read_bytes() for p in frozen.parent.rglob("*") if p.is_file()
        }


def place(overlay: Overlay, root: Path, *, released: bool = False) -> None:
    """Write the edited base as ``root``/dataset and ``root``/seeds; ``released``: and what it is held to."""
    edited = {name: after for name, (_, after) in overlay.files(BASE).items()}
    for name, data in {**base_files(), **(base_release() if released else {}), **edited}.items():
        if data is not None:
            apart = name.startswith(("seeds/", "releases/"))
            path = root / name if apart else root / "dataset" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


_CLEAN: set[tuple[str, str]] = set()


def _once(table: str, rows: list[Row], raw: list[RawRow]) -> list[tuple[str, Finding]]:
    """`against_model`, which does not look again at a table in which it found nothing before."""
    seen = (table, repr(rows))
    found = [] if seen in _CLEAN else against_model(table, rows, raw)
    if not found:
        _CLEAN.add(seen)
    return found


def checked(overlay: Overlay, root: Path, *, released: bool = False) -> Checked:
    """Place and check; ``root`` is an empty folder."""
    return _checked(overlay, root, released=released)[1]


def _checked(overlay: Overlay, root: Path, *, released: bool = False) -> tuple[Typed, Checked]:
    place(overlay, root, released=released)
    seeds = {
        p.name: p.read_text(encoding="utf-8").split("\n") for p in sorted((root / "seeds").glob("*.txt"))
    }
    with patch("compiler.check.against_model", _once):
        typed = read_dataset(root / "dataset", "dataset")
        past = read_past(root, typed_version(typed), typed.problems) if released else None
        return typed, check(typed, seeds, past)


def problem_lines(overlay: Overlay, root: Path, *, released: bool = False) -> list[str]:
    """The lines that the check prints, without help lines, with paths as they are in the base."""
    text = as_text(checked(overlay, root, released=released).problems).replace("dataset/", "")
    return [line for line in text.splitlines() if not line.startswith("  help: ")]
