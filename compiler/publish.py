"""All or nothing: a folder or file is made beside its target and takes its place in one step.

Where the system can exchange two names at once (Linux), a killed process leaves the old target or the new
one, whole. Elsewhere two renames do it, and the next run puts back what a kill between them left aside.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A new empty folder that takes ``target``'s place when the block ends, and vanishes if it fails."""
    recover(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    staged = Path(tempfile.mkdtemp(prefix=f".{target.name}.new-{os.getpid()}-", dir=target.parent))
    staged.chmod(0o755)
    try:
        yield staged
        put(staged, target)
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def put(staged: Path, target: Path) -> None:
    """Let ``staged`` take ``target``'s place; what was there before is left at ``staged`` or removed."""
    if not target.exists():
        staged.rename(target)
    elif not _exchange(staged, target):
        aside = _aside(target)
        target.rename(aside)
        staged.rename(target)
        shutil.rmtree(aside)


def put_file(data: bytes, target: Path) -> None:
    """Write a file so that its name holds the old bytes or the new ones, never a part."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.new-{os.getpid()}-", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        os.chmod(name, 0o644)
        os.replace(name, target)
    finally:
        Path(name).unlink(missing_ok=True)


def recover(target: Path) -> None:
    """Put back what a killed run left aside, and clear what it left half made."""
    aside = _aside(target)
    if aside.exists():
        if target.exists():
            shutil.rmtree(aside)
        else:
            aside.rename(target)
    prefix = f".{target.name}.new-"
    for left in target.parent.glob(f"{prefix}*"):
        if not is_at_work(left.name.removeprefix(prefix).partition("-")[0]):
            shutil.rmtree(left) if left.is_dir() else left.unlink()


def is_at_work(pid: str) -> bool:
    """Whether another process that stages something still runs; its work is not ours to clear."""
    if os.name != "posix" or not pid.isdigit() or int(pid) == os.getpid():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _aside(target: Path) -> Path:
    return target.with_name(f".{target.name}.old")


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one step; False where the system or the file system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(ctypes.util.find_library("c"), use_errno=True)
    if not hasattr(libc, "renameat2"):
        return False
    done = libc.renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    return bool(done == 0)
