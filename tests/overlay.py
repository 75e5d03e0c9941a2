"""Applies an overlay to a copy of the small good dataset in ``tests/cases/base``, and checks the outcome."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from unittest.mock import patch

from compiler.check import Checked, check
from compiler.explain import CASES, Overlay
from compiler.models import against_model
from compiler.report import as_text
from compiler.rows import RawRow, read_dataset
from schemas.rules import Finding
from schemas.rules.model import Row

BASE = CASES / "base"


@cache
def base_files() -> dict[str, bytes]:
    """The bytes of every file of the base, by its path in there."""
    return {p.relative_to(BASE).as_posix(): p.read_bytes() for p in sorted(BASE.rglob("*")) if p.is_file()}


def place(overlay: Overlay, root: Path) -> None:
    """Write the edited base as ``root``/dataset and ``root``/seeds."""
    edited = {name: after for name, (_, after) in overlay.files(BASE).items()}
    for name, data in {**base_files(), **edited}.items():
        if data is not None:
            path = root / name if name.startswith("seeds/") else root / "dataset" / name
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


def checked(overlay: Overlay, root: Path) -> Checked:
    """Place and check; ``root`` is an empty folder."""
    place(overlay, root)
    seeds = {
        p.name: p.read_text(encoding="utf-8").split("\n") for p in sorted((root / "seeds").glob("*.txt"))
    }
    with patch("compiler.check.against_model", _once):
        return check(read_dataset(root / "dataset", "dataset"), seeds)


def problem_lines(overlay: Overlay, root: Path) -> list[str]:
    """The lines that the check prints, without help lines, with paths as they are in the base."""
    text = as_text(checked(overlay, root).problems).replace("dataset/", "")
    return [line for line in text.splitlines() if not line.startswith("  help: ")]
