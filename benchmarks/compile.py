"""How long the compiler takes on many records: ``python benchmarks/compile.py [N]``, by step.

Multiplies the dataset's own transfers N times (ids renumbered, so at most 9,000) in a temporary folder. Machines
are shared and noisy: compare the ratios of one run with those of another, not seconds with seconds.
"""

from __future__ import annotations

import cProfile
import pstats
import shutil
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from compiler.build import DATASET, read_seeds  # noqa: E402
from compiler.check import check  # noqa: E402
from compiler.derive import derive  # noqa: E402
from compiler.rows import read_dataset  # noqa: E402
from compiler.write import write_tables  # noqa: E402


def multiply(folder: Path, n: int) -> None:
    """``n`` more copies of the first transfer under new ids."""
    shutil.copytree(ROOT / DATASET, folder)
    text = (folder / "transfers" / "NKRU-T-0001.yaml").read_text(encoding="utf-8")
    for i in range(1000, 1000 + n):
        made = text.replace("NKRU-T-0001", f"NKRU-T-{i}")
        (folder / "transfers" / f"NKRU-T-{i}.yaml").write_text(made, encoding="utf-8")


def main() -> None:
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "dataset"
        multiply(folder, n)
        profile = cProfile.Profile() if "--profile" in sys.argv else None
        if profile:
            profile.enable()
        clock = [time.perf_counter()]
        typed = read_dataset(folder, DATASET.as_posix())
        clock.append(time.perf_counter())
        checked = check(typed, read_seeds(ROOT, typed.problems))
        clock.append(time.perf_counter())
        tables = derive(checked, typed.files)
        clock.append(time.perf_counter())
        write_tables(tables, Path(temporary) / "out")
        clock.append(time.perf_counter())
        if profile:
            profile.disable()
            pstats.Stats(profile).sort_stats("cumulative").print_stats(35)
    steps = [b - a for a, b in pairwise(clock)]
    total = sum(steps)
    print(f"{len(typed.files)} files, {len(checked.tables['claims'])} claims, {total:.1f} s")
    for name, step in zip(("read and rows", "check", "derive", "write"), steps, strict=True):
        print(f"  {name:14} {step:6.2f} s  {step / total:4.0%}  {step / n * 1000:.2f} ms a record")


if __name__ == "__main__":
    main()
