"""`release`: freeze what the records say now as a version, for ever.

Everything is made and committed in a working tree of its own beside this one, from what git has, and read back
there; then this tree is moved forward to it in one step. So a release that fails or is killed leaves no trace.
Two commits come of it: the release, tagged, from which the same bytes can be built again; and the way on, whose
version ends in ``.dev0``.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from armsledger.differences import Change, next_version, step
from armsledger.errors import ArmsledgerError
from armsledger.files import Release
from armsledger.past import Frozen, order
from armsledger.sums import SUMS, write_sums
from compiler.build import DATASET, Source, build, install_data, load_source
from compiler.changelog import NothingSaid, data_lines, released
from compiler.diff import compare, open_release
from compiler.pages import pages
from compiler.past import RELEASES, frozen_releases
from compiler.publish import is_at_work
from compiler.report import as_text, summary

_FORM = re.compile(r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)")
_VERSION_LINE = re.compile(r"^version: .*$", re.M)
_STAGE = ".release-"  # the working tree beside this one, with the number of the process that made it


class NotReleased(ArmsledgerError):
    """Nothing was released; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Released:
    """What was made: the commit to build from, the tag, the version that the tree goes on as; what fell short."""

    version: str
    commit: str
    tag: str
    onward: str
    folder: Path
    note: str = ""


def release(version: str, root: Path, out: Path) -> Released:
    """Freeze ``version``. Raises `NotReleased`, and then nothing has changed."""
    if not _FORM.fullmatch(version):
        raise NotReleased(f"{version} is no version to release; one looks like 0.2.0")
    _look_at_git(root, version)
    try:
        _clear(root, out)
        source = load_source(root)
        _look_at_records(source)
        _look_at_versions(source, version)
        with _working_tree(root, out) as tree:
            made, tip, onward = _make(tree, version)
            _move(root, f"v{version}", made, tip)
            note = _settle(tree, root, out, source.name, onward)
    except subprocess.CalledProcessError as error:  # an example of README, run against the new tables
        raise NotReleased(f"README: an example failed\n{error.stderr}") from None
    except (ArmsledgerError, OSError, ValueError) as error:
        raise error if isinstance(error, NotReleased) else NotReleased(str(error)) from None
    return Released(version, made, f"v{version}", onward, out / f"{source.name}-{version}", note)


def _make(tree: Path, version: str) -> tuple[str, str, str]:
    """The two commits, in ``tree``: the release, the way on; and the version that it goes on as."""
    made = _freeze(tree, version)
    onward = f"{next_version(version, 'patch')}.dev0"
    _set_version(tree, onward)
    _print_pages(tree, build(load_source(tree), tree / "dist")[0])
    return made, _commit(tree, f"Go on as {onward}"), onward


def _move(root: Path, tag: str, made: str, tip: str) -> None:
    """The one step: the tag first, since it can be taken back, then the branch and its files."""
    _git(root, "tag", "--annotate", tag, made, "--message", f"Release {tag[1:]}")
    try:
        _git(root, "merge", "--quiet", "--ff-only", tip)
    except NotReleased:
        _git(root, "tag", "--delete", tag)
        raise


def _settle(tree: Path, root: Path, out: Path, name: str, onward: str) -> str:
    """Give this tree what was built; the release is made already, so what fails here is only said."""
    try:
        install_data(tree / "dist" / f"{name}-{onward}", root)
        _keep(tree / "dist", out)
    except OSError as error:
        return f"what was built could not be kept ({error}); make build makes it again"
    return ""


# -- what must hold -------------------------------------------------------------------------------------------


def _look_at_git(root: Path, version: str) -> None:
    try:
        dirty = _git(root, "status", "--porcelain").splitlines()
    except OSError as error:
        raise NotReleased(f"git did not answer: {error.strerror or error}") from None
    try:
        _git(root, "symbolic-ref", "--quiet", "HEAD")
    except NotReleased:
        raise NotReleased(
            "no branch is checked out, so the release would stand on none: git switch main"
        ) from None
    if dirty:
        shown = ", ".join(line[3:] for line in dirty[:5]) + (" ..." if len(dirty) > 5 else "")
        raise NotReleased(
            f"the tree is not clean ({shown}): commit or remove it, so that git has what is released"
        )
    tag = f"v{version}"
    if _git(root, "tag", "--list", tag).strip():
        if _git(root, "branch", "--all", "--contains", tag).strip():
            raise NotReleased(f"the tag {tag} is there already")
        _git(root, "tag", "--delete", tag)  # a release that was killed in its last step left it on no branch


def _look_at_records(source: Source) -> None:
    if source.problems:
        raise NotReleased(
            f"{as_text(source.problems)}\n{summary(source.problems)}; a release has no errors, and every warning"
            f" is mended or accepted in {DATASET.as_posix()}/accepted.yaml"
        )


def _look_at_versions(source: Source, version: str) -> None:
    newest = source.checked.past.versions[-1] if source.checked.past.versions else ""
    if version in source.checked.past.versions:
        raise NotReleased(f"{version} is frozen already, and what was published stays")
    if newest and order(version) <= order(newest):
        raise NotReleased(f"{version} does not come after {newest}, the last release")


def _look_at_step(version: str, old: str, changes: Sequence[Change]) -> None:
    if not old:
        return
    called = step(changes)
    least = next_version(old, called)
    if order(version) < order(least):
        because = next((one for one in changes if step([one]) == called), None)
        what = f", {' '.join(part for part in because[:4] if part)} among it" if because else ""
        raise NotReleased(
            f"what changed since {old} calls for a {called} step{what}: release {least} or later"
            " (build_dataset.py diff shows it all)"
        )


# -- making it ------------------------------------------------------------------------------------------------


def _freeze(tree: Path, version: str) -> str:
    """Make and commit the release in ``tree``; the commit."""
    _set_version(tree, version)
    source = load_source(tree)
    folder, _ = build(source, tree / "dist")
    new = Frozen.from_folder(folder)
    old = source.checked.past.version
    changes = compare(open_release(old, tree), new) if old else []
    _look_at_step(version, old, changes)
    frozen = tree / RELEASES / version
    for name in (SUMS, *new.sums):
        (frozen / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / name, frozen / name)
    write_sums(tree / RELEASES, (tree / RELEASES).glob(f"*/{SUMS}"))
    _read_back(tree, version)
    _write_changelog(tree, new, old, changes)
    _print_pages(tree, folder)
    return _commit(tree, f"Release {version}")


def _read_back(tree: Path, version: str) -> None:
    """Every table of the frozen release, as a user will load it in years."""
    for name, frozen, wrong in frozen_releases(tree / RELEASES):
        if wrong or frozen is None:
            raise NotReleased(f"{RELEASES}/{name}: {'; '.join(wrong)}")
        if name == version:
            for table in frozen.resources:
                frozen.frame(table)


def _write_changelog(tree: Path, new: Release, old: str, changes: Sequence[Change]) -> None:
    path = tree / "CHANGELOG.md"
    counts = {table: new.n_rows(table) for table in new.resources}
    try:
        text = path.read_text(encoding="utf-8")
        lines = data_lines(counts, old, changes)
        path.write_text(
            released(text, new.version, new.as_of.isoformat(), lines), encoding="utf-8", newline="\n"
        )
    except (OSError, NothingSaid) as error:
        raise NotReleased(str(error)) from None


def _set_version(tree: Path, version: str) -> None:
    path = tree / DATASET / "dataset.yaml"
    text, n = _VERSION_LINE.subn(f"version: {version}", path.read_text(encoding="utf-8"))
    if n != 1:
        raise NotReleased(f"{DATASET.as_posix()}/dataset.yaml has {n} lines that begin with `version: `")
    path.write_text(text, encoding="utf-8", newline="\n")


def _print_pages(tree: Path, folder: Path) -> None:
    """README's outputs and CITATION.cff say the version, so they are printed anew from what was built."""
    install_data(folder, tree)
    for path, text in pages(tree).items():
        path.write_text(text, encoding="utf-8", newline="\n")


def _commit(tree: Path, message: str) -> str:
    """Commit all that changed; the commit."""
    _git(tree, "add", "--all")
    _git(tree, "commit", "--quiet", "--message", message)
    return _git(tree, "rev-parse", "HEAD").strip()


def _keep(made: Path, out: Path) -> None:
    """Move what was built to where builds are kept."""
    for path in made.iterdir():
        target = out / path.name
        if target.is_dir():
            shutil.rmtree(target)
        path.replace(target)


# -- the working tree beside this one -------------------------------------------------------------------------


@contextmanager
def _working_tree(root: Path, out: Path) -> Iterator[Path]:
    tree = out / f"{_STAGE}{os.getpid()}"
    out.mkdir(parents=True, exist_ok=True)
    try:
        _git(root, "worktree", "add", "--quiet", "--detach", str(tree), "HEAD")
        yield tree
    finally:
        shutil.rmtree(tree, ignore_errors=True)
        with suppress(NotReleased):  # the next release does it
            _git(root, "worktree", "prune")


def _clear(root: Path, out: Path) -> None:
    """Remove what a killed release left beside this tree."""
    for left in out.glob(f"{_STAGE}*"):
        if not is_at_work(left.name.removeprefix(_STAGE)):
            shutil.rmtree(left)
    _git(root, "worktree", "prune")


def _git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, text=True)
    if done.returncode:
        raise NotReleased(f"git {words[0]}: {(done.stderr or done.stdout).strip()}")
    return done.stdout
