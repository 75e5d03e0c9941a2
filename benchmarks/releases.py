"""What thirty frozen releases cost: ``python benchmarks/releases.py [RELEASES] [COPIES]``.

Makes up releases that grow from the built one (``make build`` first) to COPIES copies of its records, with a few
cells changed each time, and packs them as the package does. Prints the archive's size against that of the last
release alone, and how long a version takes to load. Compare ratios, not seconds: machines are shared and noisy.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from armsledger.files import DATA  # noqa: E402
from armsledger.past import Frozen, members_of  # noqa: E402
from armsledger.sums import SUMS, digest, read_sums, sums_text, write_sums  # noqa: E402
from compiler.archive import pack  # noqa: E402

_ID = re.compile(r"NKRU-([TE])-([0-9]{4})")


def release(folder: Path, number: int, copies: int, seed: random.Random) -> None:
    """One made-up release: ``copies`` of every row that names a record, under other ids, some with another note."""
    files = {name: (DATA / name).read_bytes() for name in read_sums((DATA / SUMS).read_bytes())}
    for name in [name for name in files if name.startswith("csv/")]:
        header, *lines = files[name].decode().splitlines()
        out = [header]
        for copy in range(copies):
            for line in lines if copy == 0 or any(map(_ID.search, lines)) else ():
                moved = _ID.sub(lambda m, copy=copy: f"NKRU-{m[1]}-{int(m[2]) + 20 * copy:04}", line)
                hashed = re.sub(r"[0-9a-f]{64}", lambda m, c=copy: digest(f"{m[0]}{c}".encode()), moved)
                out.append(hashed + (f" {number}" if seed.random() < 0.02 and hashed.endswith('"') else ""))
        files[name] = ("\n".join(out) + "\n").encode()
        resource = DATA / name
        files["datapackage.json"] = files["datapackage.json"].replace(
            digest(resource.read_bytes()).encode(), digest(files[name]).encode()
        )
    for name, data in {**files, SUMS: sums_text(files)}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def main() -> None:
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    most = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    seed = random.Random(7)
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        for number in range(n):
            release(root / f"0.{number + 1}.0", number, 1 + number * (most - 1) // max(1, n - 1), seed)
        write_sums(root, root.glob(f"*/{SUMS}"))
        size = sum(path.stat().st_size for path in root.rglob("*") if path.is_file())
        start = time.perf_counter()
        data = pack(root)
        packed = time.perf_counter() - start
        archive = root / "releases.tar.xz"
        archive.write_bytes(data)
        last = root / "last" / f"0.{n}.0"
        last.parent.mkdir()
        (root / f"0.{n}.0").rename(last)
        write_sums(last.parent, last.parent.glob(f"*/{SUMS}"))
        alone = len(pack(last.parent))
        start = time.perf_counter()
        members = {}
        for name, content in members_of(archive):
            version, _, rest = name.partition("/")
            if version == f"0.{n}.0":
                members[rest] = content
        frozen = Frozen(members.__getitem__)
        claims = frozen.frame("claims")
        loaded = time.perf_counter() - start
    print(
        f"{n} releases of up to {len(claims)} claims, {size / 1e6:.1f} MB as files, packed in {packed:.1f} s"
    )
    print(
        f"archive {len(data) / 1024:.0f} KB, the last release alone {alone / 1024:.0f} KB: x{len(data) / alone:.2f}"
    )
    print(f"the last version, unpacked, checked and typed: {loaded:.2f} s")


if __name__ == "__main__":
    main()
