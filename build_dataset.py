#!/usr/bin/env python3
"""armsledger's records: check them, format them, start a new one, build the release.

check   every problem of every record, as file:line:column
fmt     the canonical form of records, comments kept
new     the next free id and a template that says where to look each value up
build   the release folder and the CSV zip, all or nothing
diff    what changed since a release, and which version that calls for
release freeze a version for ever, all or nothing
draw    a random fifth of the claims, to be coded a second time, blind
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "src"))


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; 0: done, 1: something is wrong with the records, 2: with the command."""
    parser = argparse.ArgumentParser(
        prog="build_dataset.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    verbs = parser.add_subparsers(dest="verb", metavar="check | fmt | new | build | diff | release | draw")

    check = verbs.add_parser("check", help="check records, all problems at once")
    check.add_argument("paths", nargs="*", metavar="PATH", help="show problems of these files only")
    check.add_argument(
        "--changed", action="store_true", help="of files that differ from the last commit only"
    )
    check.add_argument(
        "--format", choices=("text", "github", "json"), default="text", help="how to print them"
    )
    check.add_argument("--explain", metavar="RULE", help="what a rule demands, with a bad and a good example")

    fmt = verbs.add_parser("fmt", help="bring records into their canonical form")
    fmt.add_argument("paths", nargs="*", metavar="PATH", help="these files only")
    fmt.add_argument("--check", action="store_true", help="change nothing, print the difference, fail if any")

    new = verbs.add_parser("new", help="start a record from a template")
    new.add_argument("kind", choices=("transfer", "event", "source"))
    new.add_argument("--id", help="the id; a source needs one: <publisher>-<date>-<word>")

    build = verbs.add_parser("build", help="build the release")
    build.add_argument("--out", type=Path, default=ROOT / "dist", help="where to put it (default: dist)")

    diff = verbs.add_parser("diff", help="what changed since a release")
    diff.add_argument(
        "old", nargs="?", metavar="OLD", help="a version or a release folder (default: the last)"
    )
    diff.add_argument("new", nargs="?", metavar="NEW", help="the same (default: the records as they are now)")
    diff.add_argument("--format", choices=("text", "json"), default="text", help="how to print it")

    release = verbs.add_parser("release", help="freeze a version")
    release.add_argument("version", metavar="VERSION", help="such as 0.2.0")

    draw = verbs.add_parser("draw", help="draw claims for a second, blind coding")
    draw.add_argument("round", metavar="ROUND", help="the folder to make under quality/, such as draw-2")
    draw.add_argument(
        "--seed", type=int, required=True, help="of the draw; the same seed draws the same claims"
    )
    draw.add_argument(
        "--share", type=float, default=0.2, help="of the claims, at least a hundred (default: 0.2)"
    )
    draw.add_argument(
        "--record", action="append", default=[], help="draw from this record only; may be repeated"
    )

    args = parser.parse_args(argv)
    if args.verb is None:
        parser.print_help()
        return 0
    run = {
        "check": run_check,
        "fmt": run_fmt,
        "new": run_new,
        "build": run_build,
        "diff": run_diff,
        "release": run_release,
        "draw": run_draw,
    }[args.verb]
    return run(args)


def run_check(args: argparse.Namespace) -> int:
    """Everything is read, since records refer to each other; only the problems shown are chosen."""
    if args.explain is not None:
        from compiler.explain import UnknownRule, explain

        try:
            print(explain(args.explain))
        except UnknownRule as error:
            return fail(str(error))
        return 0
    from compiler.build import load_source
    from compiler.report import FORMATS, errors, summary

    try:
        wanted = chosen_files(args.paths, args.changed)
    except ValueError as error:
        return fail(str(error))
    source = load_source(ROOT)
    problems, elsewhere = source.problems, 0
    if wanted is not None:
        read = {file.path for file in source.typed.files} | {p.file for p in problems}
        if args.paths and not wanted & read:
            return fail(f"no records at {', '.join(args.paths)}")
        elsewhere = len(errors([p for p in problems if p.file not in wanted]))
        problems = [p for p in problems if p.file in wanted]
    shown = FORMATS[args.format](problems)
    if shown:
        print(shown)
    if args.format == "text":
        print(summary(problems) or "no problems", file=sys.stderr)
    if elsewhere:  # a change here can break a reference there
        print(
            f"and in other files {elsewhere} error{'s' * (elsewhere > 1)}: run check without a choice",
            file=sys.stderr,
        )
    return 1 if errors(problems) or elsewhere else 0


def chosen_files(paths: Sequence[str], changed: bool) -> set[str] | None:
    """The files to speak of, from the repository's root; None for all. Raises `ValueError`."""
    if changed:
        git = ["git", "-C", str(ROOT)]
        try:
            differ = subprocess.run(
                [*git, "diff", "--name-only", "-z", "HEAD"], check=True, capture_output=True, text=True
            )
            fresh = subprocess.run(
                [*git, "ls-files", "--others", "--exclude-standard", "-z"],
                check=True,
                capture_output=True,
                text=True,
            )
        except (OSError, subprocess.CalledProcessError) as error:
            raise ValueError(f"--changed asks git, and git did not answer: {error}") from None
        return set(f"{differ.stdout}\0{fresh.stdout}".split("\0")) - {""}
    if not paths:
        return None
    found: set[str] = set()
    for given in paths:
        path = Path(given).resolve()
        if not path.exists():
            raise ValueError(f"{given}: no such file or folder")
        if not path.is_relative_to(ROOT):
            raise ValueError(f"{given}: lies outside {ROOT}")
        members = path.rglob("*") if path.is_dir() else [path]
        found |= {p.relative_to(ROOT).as_posix() for p in members if p.is_file()}
    return found


def run_fmt(args: argparse.Namespace) -> int:
    """Files that cannot be read are left as they are, and said."""
    from compiler.build import DATASET
    from compiler.fmt import format_files
    from compiler.report import as_text

    only = [Path(given).resolve() for given in args.paths]
    missing = [given for given, path in zip(args.paths, only, strict=True) if not path.exists()]
    if missing:
        return fail(f"{missing[0]}: no such file or folder")
    outcomes = format_files(ROOT / DATASET, DATASET.as_posix(), only, write=not args.check)
    changed = [outcome for outcome in outcomes if outcome.changed]
    problems = [problem for outcome in outcomes for problem in outcome.problems]
    for outcome in changed:
        print(outcome.diff() if args.check else outcome.shown_as, end="" if args.check else "\n")
    if problems:
        print(as_text(problems), file=sys.stderr)
    if args.check and changed:
        print(f"{len(changed)} not in canonical form; mend with: build_dataset.py fmt", file=sys.stderr)
    return 1 if problems or (args.check and changed) else 0


def run_new(args: argparse.Namespace) -> int:
    """Print the path of the file that was made."""
    from compiler.build import DATASET
    from compiler.new import Refused, create

    try:
        path = create(ROOT / DATASET, args.kind, args.id or "")
    except Refused as error:
        return fail(str(error))
    print(path.relative_to(ROOT).as_posix())
    return 0


def run_build(args: argparse.Namespace) -> int:
    """Check, compile, read back, publish; refresh the tables of the package in this checkout."""
    from compiler.build import FrozenDiffers, build, install_data, load_source
    from compiler.codings import BadCodings
    from compiler.report import as_text, summary

    source = load_source(ROOT)
    if source.problems:
        print(as_text(source.problems), file=sys.stderr)
        print(summary(source.problems), file=sys.stderr)
    if source.failed:
        return fail("nothing was built; the last build is as it was")
    try:
        folder, archive = build(source, args.out.resolve())
        install_data(folder, ROOT)
    except (BadCodings, FrozenDiffers) as error:
        return fail(f"{error}; the last build is as it was")
    except OSError as error:
        return fail(f"cannot write to {args.out}: {error.strerror or error}; the last build is as it was")
    print(folder)
    print(archive)
    return 0


def run_diff(args: argparse.Namespace) -> int:
    """Two releases, or the last one and the records as they are now; 1 if they cannot be compared."""
    import tempfile

    from armsledger.errors import ArmsledgerError
    from compiler.build import compile_to, load_source
    from compiler.diff import Refused, as_json, as_text, compare, open_release
    from compiler.report import as_text as problems_as_text
    from compiler.report import errors

    try:
        with tempfile.TemporaryDirectory() as folder:
            if args.new is None:
                source = load_source(ROOT)
                if source.failed:
                    print(problems_as_text(errors(source.problems)), file=sys.stderr)
                    return fail("the records do not compile, so nothing can be compared")
                if args.old is None and not source.checked.past.version:
                    raise Refused("nothing was released yet, so there is nothing to differ from")
                compile_to(source, Path(folder), outsider=False)
            new = open_release(args.new or folder, ROOT)
            old = open_release(args.old or source.checked.past.version, ROOT)
            form = {"text": as_text, "json": as_json}[args.format]
            print(form(old.version, new.version, compare(old, new)))
    except ArmsledgerError as error:
        return fail(str(error))
    return 0


def run_release(args: argparse.Namespace) -> int:
    """Freeze a version; say what to do with it."""
    from compiler.release import NotReleased, release

    try:
        made = release(args.version, ROOT, ROOT / "dist")
    except NotReleased as error:
        return fail(f"{error}\nnothing was released; the tree is as before")
    print(made.note or made.folder)
    print(f"released {made.version} as {made.tag} ({made.commit[:12]}); the tree goes on as {made.onward}")
    print(f"publish it: git push --follow-tags; the wheel: git checkout {made.tag} && make build")
    return 0


def run_draw(args: argparse.Namespace) -> int:
    """Say what was drawn."""
    from compiler.drawing import Refused, draw

    try:
        print(draw(ROOT, args.round, args.seed, args.record, share=args.share))
    except Refused as error:
        return fail(str(error))
    return 0


def fail(message: str) -> int:
    print(f"build_dataset.py: {message}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    try:
        status = main()
        sys.stdout.flush()
    except ModuleNotFoundError as error:
        print(
            f"build_dataset.py: {error.name} is not installed; run `make build` once, then use .venv/bin/python "
            "(or `. .venv/bin/activate`)",
            file=sys.stderr,
        )
        status = 2
    except BrokenPipeError:  # the reader, `head` say, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    sys.exit(status)
