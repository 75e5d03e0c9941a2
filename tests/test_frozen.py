"""What was published stays: every frozen release of this repository, as it is and as git remembers it."""

from __future__ import annotations

import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

import armsledger
from armsledger.differences import differences, sheets_of
from armsledger.past import Frozen, order
from compiler.past import RELEASES, frozen_releases

ROOT = Path(__file__).resolve().parent.parent
FROZEN = [version for version, _, _ in frozen_releases(ROOT / RELEASES)]


def git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True, text=True).stdout


def test_there_is_a_past() -> None:
    assert FROZEN
    assert sorted(FROZEN, key=order)[0] == "0.1.0"


@pytest.mark.parametrize("version", FROZEN)
def test_a_frozen_release_is_as_it_was_published(version: str) -> None:
    [(frozen, wrong)] = [(r, w) for v, r, w in frozen_releases(ROOT / RELEASES) if v == version]
    assert wrong == []
    assert frozen is not None
    assert frozen.version == version
    for table in frozen.resources:
        assert list(frozen.frame(table).columns) == [
            field["name"] for field in frozen.resource(table)["schema"]["fields"]
        ]


@pytest.mark.parametrize("version", FROZEN)
def test_the_package_carries_it(version: str) -> None:
    folder = ROOT / RELEASES / version
    carried = armsledger.load("claims", version=version)
    assert carried.equals(Frozen.from_folder(folder).frame("claims"))
    assert carried.attrs["armsledger"]["version"] == version
    assert set(armsledger.versions()["version"]) >= {version, armsledger.__version__}


def test_each_release_carries_what_differs_from_the_one_before() -> None:
    releases = [Frozen.from_folder(ROOT / RELEASES / version) for version in sorted(FROZEN, key=order)]
    assert releases[0].n_rows("changes") == 0
    for old, new in pairwise(releases):
        found = [
            {k: v or None for k, v in one._asdict().items()}
            for one in differences(sheets_of(old), sheets_of(new))
        ]
        assert new.rows("changes") == found


@pytest.mark.skipif(
    git("rev-parse", "--is-shallow-repository").strip() != "false",
    reason="the clone has no history to look at",
)
def test_git_remembers_no_change_of_a_frozen_file() -> None:
    """Sums and files changed together would pass all other tests."""
    for version in FROZEN:
        changed = git("log", "--format=", "--name-only", "--diff-filter=MDRT", "--", f"{RELEASES}/{version}")
        assert changed.split() == [], f"{version} was changed after it was published"
    counts = git("log", "--format=", "--numstat", "--", f"{RELEASES}/SHA256SUMS").splitlines()
    assert counts
    assert [line for line in counts if line.split()[1] != "0"] == [], "a published sum was changed"
