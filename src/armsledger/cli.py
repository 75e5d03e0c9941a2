"""The ``armsledger`` command: what the package does, for those who do not write Python.

Exit status: 0 done, 1 refused or nothing found (a message on stderr, no traceback), 2 wrong usage.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from armsledger.citation import STYLES, cite
from armsledger.errors import ArmsledgerError
from armsledger.exporting import FORMATS, export
from armsledger.files import packaged
from armsledger.tracing import sources


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal that cannot print 곡산
    parser = _parser()
    arguments = parser.parse_args(argv)
    if arguments.run is None:
        parser.print_help()
        return 0
    try:
        status: int = arguments.run(arguments)
        sys.stdout.flush()
        return status
    except BrokenPipeError:  # armsledger tables | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (ArmsledgerError, OSError) as error:
        print(f"armsledger: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="armsledger", description="Reported arms transfers, claim by claim, with their sources. Offline."
    )
    parser.add_argument("--version", action=_Version, help="print the version of the data and the package")
    parser.set_defaults(run=None)
    commands = parser.add_subparsers(metavar="COMMAND")

    command = commands.add_parser("tables", help="which tables there are")
    command.set_defaults(run=_tables)

    command = commands.add_parser(
        "find", help="words -> ids", description="Words -> ids, best matches first."
    )
    command.add_argument("words", nargs="+", metavar="WORDS", help="all of them must match")
    command.set_defaults(run=_find)

    command = commands.add_parser(
        "show", help="a record with its claims, or a document, actor, item, voice ..."
    )
    command.add_argument("id", metavar="ID", help="such as NKRU-T-0001; see find")
    command.set_defaults(run=_show)

    for run, name, what in (
        (_cite, "cite", "how to cite the dataset, or one record, claim, document ..."),
        (_sources, "sources", "the documents behind all of it, or behind one record or claim, as references"),
    ):
        command = commands.add_parser(name, help=what)
        command.add_argument("id", metavar="ID", nargs="?", help="such as NKRU-T-0001; see find")
        command.add_argument("--style", choices=STYLES, default="apa", help="default: %(default)s")
        command.set_defaults(run=run)

    command = commands.add_parser("versions", help="which versions of the dataset the package carries")
    command.set_defaults(run=_versions)

    command = commands.add_parser(
        "changes", help="what changed from one version to another, and why", description=_CHANGES
    )
    command.add_argument(
        "old", metavar="OLD", help="the older version, such as those of: armsledger versions"
    )
    command.add_argument("new", metavar="NEW", nargs="?", help="the newer one (default: the installed)")
    command.set_defaults(run=_changes)

    command = commands.add_parser("export", help="write the tables as files into a new or empty folder")
    command.add_argument("folder", metavar="DIR", type=Path)
    command.add_argument("--format", choices=FORMATS, required=True)
    command.add_argument("--version", help="a past version (default: the installed one)")
    command.set_defaults(run=_export)

    command = commands.add_parser("verify", help="check every file of the package against its SHA-256")
    command.set_defaults(run=_verify)
    return parser


class _Version(argparse.Action):
    def __init__(self, option_strings: Sequence[str], dest: str, help: str | None = None) -> None:
        super().__init__(option_strings, dest, nargs=0, default=argparse.SUPPRESS, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        try:
            print(f"armsledger {packaged().version}")
        except ArmsledgerError as error:
            parser.exit(1, f"armsledger: {error}\n")
        parser.exit()


def _tables(arguments: argparse.Namespace) -> int:
    import pyarrow.parquet as pq

    release = packaged()
    broad = max(map(len, release.resources))
    for name, resource in release.resources.items():
        rows = pq.read_metadata(release.parquet(name)).num_rows
        print(f"{name:<{broad}}  {rows:>7,}  {resource['description']}")
    return 0


def _find(arguments: argparse.Namespace) -> int:
    from armsledger.search import matches
    from armsledger.shelf import Shelf
    from armsledger.stories.words import visible

    words = " ".join(arguments.words)
    rows = matches(words, Shelf(packaged()))
    if not rows:
        print(f"armsledger: nothing is named {words}; try fewer or shorter words", file=sys.stderr)
        return 1
    broad = max(len(id_) for id_, *_ in rows)
    for id_, kind, title, matched in rows:
        also = "" if matched == title else f"  ({matched})"
        print(visible(f"{id_:<{broad}}  {kind:<10}  {title}{also}"))
    return 0


def _show(arguments: argparse.Namespace) -> int:
    from armsledger.stories.showing import show
    from armsledger.stories.terminal import told

    print(told(show(arguments.id), shutil.get_terminal_size((88, 24)).columns))
    return 0


def _cite(arguments: argparse.Namespace) -> int:
    print(cite(arguments.id, arguments.style))
    return 0


def _sources(arguments: argparse.Namespace) -> int:
    print(sources(arguments.id, style=arguments.style))
    return 0


def _versions(arguments: argparse.Namespace) -> int:
    from armsledger.versions import versions

    for row in versions().to_dict("records"):
        held = f"{row['transfers']} transfers, {row['events']} events, {row['claims']} claims"
        mark = "  (installed)" if row["installed"] else ""
        print(f"{row['version']:<12}  as of {row['as_of']:%Y-%m-%d}  {held}{mark}")
    return 0


_CHANGES = "A line a change: table, row, kind of change, column: old -> new (reason)."


def _changes(arguments: argparse.Namespace) -> int:
    from armsledger.past import release_of
    from armsledger.stories.words import visible
    from armsledger.versions import changes_between

    found = changes_between(arguments.old, arguments.new)
    if not found:
        print(f"armsledger: nothing differs from {release_of(arguments.old).version}", file=sys.stderr)
    for one in found:
        values = f" {one.old or '(empty)'} -> {one.new or '(empty)'}" if one.old or one.new else ""
        reason = f" ({one.reason})" if one.reason else ""
        what = f"{one.table} {one.row_key}".strip()
        column = f" {one.column}" if one.column else ""
        print(visible(f"{what}: {one.change.replace('_', '-')}{column}{values}{reason}"))
    return 0


def _export(arguments: argparse.Namespace) -> int:
    written = export(arguments.folder, arguments.format, version=arguments.version)
    print(f"{len(written)} files in {arguments.folder}; begin with README.md")
    return 0


def _verify(arguments: argparse.Namespace) -> int:
    from armsledger.integrity import verify

    print(verify())
    return 0


if __name__ == "__main__":
    sys.exit(main())
