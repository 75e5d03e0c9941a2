"""The archive of past versions that the package carries: ``releases/`` in one solid tar.xz.

Files of the same name stand side by side, oldest version first, so that a version costs little more than what
changed in it. Out of scope: reading it, which is the installed package's (``armsledger.past``).
"""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from pathlib import Path

from armsledger.past import ARCHIVE, ARCHIVE_SUM, digests, order
from armsledger.sums import SUMS, sums_text


def write_archive(releases: Path, folder: Path) -> None:
    """The archive of ``releases`` with its sum, and the sums of the versions in it, into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    data = pack(releases)
    (folder / ARCHIVE).write_bytes(data)
    (folder / ARCHIVE_SUM).write_bytes(sums_text({ARCHIVE: data}))
    (folder / SUMS).write_bytes(_sums(releases))


def pack(releases: Path) -> bytes:
    """All frozen versions; an archive of nothing but an empty file of sums where there are none."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:xz", format=tarfile.USTAR_FORMAT, preset=9) as archive:
        for name, data in [(SUMS, _sums(releases)), *_members(releases)]:
            entry = tarfile.TarInfo(name)  # without owner and time: they are nobody's business
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return out.getvalue()


def _sums(releases: Path) -> bytes:
    path = releases / SUMS
    return path.read_bytes() if path.is_file() else b""


def _members(releases: Path) -> Iterator[tuple[str, bytes]]:
    versions = [releases / version for version in sorted(digests(_sums(releases)), key=order)]
    files = {p.relative_to(v).as_posix() for v in versions for p in v.rglob("*") if p.is_file()}
    for name in sorted(files):
        for version in versions:
            if (version / name).is_file():
                yield f"{version.name}/{name}", (version / name).read_bytes()
