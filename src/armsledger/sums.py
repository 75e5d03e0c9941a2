"""Files of sums, in the form that ``sha256sum --check`` reads: SHA-256 (FIPS 180-4), two spaces, a name."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

SUMS = "SHA256SUMS"
FORMATS_SUMS = f"{SUMS}.formats"  # of the workbook, Stata and SQLite files

_LINE = re.compile(r"([0-9a-f]{64})  ([^\n\r]+)")


def digest(data: bytes) -> str:
    """The SHA-256 of `data` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read_sums(data: bytes) -> dict[str, str]:
    """Sums by name. Raises `ValueError` that says what is wrong."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise ValueError("is not UTF-8") from None
    if text and not text.endswith("\n"):
        raise ValueError("its last line is cut off")
    stated: dict[str, str] = {}
    for number, line in enumerate(text.split("\n")[:-1], 1):
        found = _LINE.fullmatch(line)
        if not found or found[2] in stated:
            raise ValueError(f"line {number} is not a sum and a name, or repeats one")
        stated[found[2]] = found[1]
    return stated


def sums_text(files: dict[str, bytes]) -> bytes:
    """The file of sums of files by name."""
    return "".join(f"{digest(files[name])}  {name}\n" for name in sorted(files)).encode()


def write_sums(folder: Path, files: Iterable[Path], name: str = SUMS) -> None:
    """The sums of `files` below `folder`, in its file `name`."""
    named = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    (folder / name).write_bytes(sums_text(named))
