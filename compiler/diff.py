"""What changed between two releases, for people and for programs; `armsledger.differences` finds it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from armsledger.differences import JOIN, Change, Step, differences, next_version, sheets_of, step
from armsledger.errors import ArmsledgerError, Damaged, one_of
from armsledger.files import Release
from armsledger.past import Frozen, order
from compiler.past import RELEASES, frozen_release, known_releases
from schemas.guards import shown

SHOWN_IDS = 12  # of rows that were only added, per table
SHOWN_TEXT = 60  # of a value; changes.csv and JSON have all of it
# The results that a reader cites; all others are in changes.csv.
_FIGURES = ("low", "best", "high", "quantity_low", "quantity_best", "quantity_high")
_MOVED = (*_FIGURES, "status", "confidence", "contested", "conflict", "rule")


class Refused(ArmsledgerError):
    """The two cannot be compared; the message says why."""


def open_release(name: str, root: Path) -> Release:
    """A frozen version by its name, or a release folder by its path. Raises `Refused`."""
    try:
        known = known_releases(root / RELEASES)
        if name in known:
            return frozen_release(name, root / RELEASES)
        if not (Path(name) / "datapackage.json").is_file():
            raise Refused(one_of("release or release folder", name, known or ["none yet"]))
        release = Frozen.from_folder(Path(name))
        order(release.version)
    except Damaged as error:
        raise Refused(f"{name}: {'; '.join(error.problems)}") from None
    except ValueError as error:
        raise Refused(f"{name}: {error}") from None
    return release


def compare(old: Release, new: Release) -> list[Change]:
    """Everything that differs. Raises `Refused` if ``old`` is the newer one."""
    if order(old.version) > order(new.version):
        raise Refused(f"{old.version} is newer than {new.version}; give the older one first")
    return differences(sheets_of(old), sheets_of(new))


def as_json(old: str, new: str, changes: Sequence[Change]) -> str:
    """An object: old, new, step (major, minor, patch or null), next (the version called for), changes."""
    called = step(changes) if changes else None
    return json.dumps(
        {
            "old": old,
            "new": new,
            "step": called,
            "next": next_version(old, called) if called and ".dev" not in old else None,
            "changes": [{k: v or None for k, v in one._asdict().items()} for one in changes],
        },
        ensure_ascii=False,
        indent=2,
    )


def as_text(old: str, new: str, changes: Sequence[Change]) -> str:
    """The same for people, the most consequential first."""
    lines = [f"{old} -> {new}: {_called_for(old, changes)}"]
    for heading, found in _parts(changes):
        if found:
            lines += ["", heading, *(f"  {line}" for line in found)]
    return "\n".join(lines)


def _called_for(old: str, changes: Sequence[Change]) -> str:
    if not changes:
        return "nothing differs"
    called: Step = step(changes)
    if ".dev" in old:
        return f"calls for a {called} step"
    early = (
        " (before 1.0.0 a major step raises the second number)" if called == "major" and old[0] == "0" else ""
    )
    return f"calls for a {called} step, at least {next_version(old, called)}{early}"


def _parts(changes: Sequence[Change]) -> Iterator[tuple[str, list[str]]]:
    schema = [one for one in changes if not one.row_key or one.table == "codelists"]
    rows = [one for one in changes if one not in schema and one.change != "re_estimated"]
    yield "Tables, columns and codes", [_of_schema(one) for one in schema]
    yield "Retired", [f"{_row(one)}{_because(one)}" for one in _not_with_another(rows)]
    changed = [one for one in rows if one.change == "changed"]
    yield "Changed", [line for one in changed for line in _of_value(one)]
    yield "Added", list(added_ids(rows))
    yield "Estimates and findings that moved", list(moved(changes))


def _not_with_another(rows: Sequence[Change]) -> Iterator[Change]:
    """The retired rows, without those that stood in another that is listed: it went with all that it held."""
    retired = [one for one in rows if one.change == "retired"]
    gone = {one.row_key for one in retired if one.table in ("transfers", "events", "claims")}
    return (one for one in retired if _holder(one) not in gone)


def _holder(one: Change) -> str:
    """The id of what a row stood in; empty if it stood by itself."""
    first, joined, _ = one.row_key.partition(JOIN)
    if joined or one.table == "records":
        return first
    return first.partition(".")[0] if one.table == "claims" else ""


def _of_schema(one: Change) -> str:
    what = ".".join(
        part for part in (one.table, one.column if one.table != "codelists" else one.row_key) if part
    )
    if one.change == "renamed":
        return f"{what}: renamed, was {one.old}"
    return f"{what}: {one.change}" + (f", {one.old} -> {one.new}" if one.old or one.new else "")


def _row(one: Change) -> str:
    return one.row_key if one.row_key.startswith("NKRU-") else f"{one.table} {one.row_key}"


def _of_value(one: Change) -> Iterator[str]:
    old, new = (shown(value, SHOWN_TEXT) if value else "(empty)" for value in (one.old, one.new))
    yield f"{_row(one)}  {one.table}.{one.column}: {old} -> {new}"
    if one.reason:
        yield f"  {one.reason}"


def _because(one: Change) -> str:
    return f"  ({one.reason})" if one.reason else ""


def added_ids(rows: Iterable[Change], most: int = SHOWN_IDS) -> Iterator[str]:
    """A line a table: how many rows were added, and the first of their keys."""
    by_table: dict[str, list[str]] = {}
    for one in rows:
        if one.change == "added":
            by_table.setdefault(one.table, []).append(one.row_key)
    for table, keys in by_table.items():
        more = f" and {len(keys) - most} more" if len(keys) > most else ""
        yield f"{table} {len(keys)}: {', '.join(keys[:most])}{more}"


def moved(changes: Iterable[Change]) -> Iterator[str]:
    """A line an estimate, record or event: what the assessment says otherwise."""
    by_row: dict[tuple[str, str], list[str]] = {}
    for one in changes:
        if one.change == "re_estimated" and one.column in _MOVED:
            figure = one.column in _FIGURES
            old, new = (_figure(value) if figure else value or "none" for value in (one.old, one.new))
            by_row.setdefault((one.table, one.row_key), []).append(f"{one.column} {old} -> {new}")
    for (_, key), said in by_row.items():
        yield f"{key}: {', '.join(said)}"


def _figure(value: str) -> str:
    return f"{float(value):,.15g}" if value else "none"
