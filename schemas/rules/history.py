"""What was published stays: rules on releases, revisions and accepted warnings.

All but V04 need more than the records: the compiler holds them (``past``, ``promises``, ``check``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemas.layout import GROUPS, NESTING, members, typed_keys
from schemas.rules.model import Row, World, declare, row_rule

declare(
    "V01",
    "A frozen release is as it was published.",
    "restore it from git; what is wrong in it is mended in the next release, with a revision",
)
declare(
    "V02",
    "A released id stays or leaves a tombstone, tombstones stay, and only released ids have one.",
    "add the id to retired.yaml with `reason` (and `replaced_by`), or restore it",
)
declare(
    "V03",
    "A released value changes only with a revision that says why.",
    "add an entry to `revisions` that names the field, or restore the value",
)
declare(
    "V05",
    "The version that is built comes after every frozen one, or is one, unchanged.",
    "set `version` to the next one with .dev0; released data are changed in a new version",
)
declare(
    "V06",
    "An accepted warning is one that is still given.",
    "delete the entry from accepted.yaml",
)

_PATH = re.compile(r"(?P<key>[a-z_]+)(\[(?P<claim>c[1-9][0-9]*)\])?(\.(?P<inner>[a-z_.]+))?")


@row_rule(
    "V04",
    "revisions",
    "A revision names fields of its own record.",
    'write YAML paths from the top of the record, such as `start` or "claims[c1].quantity.value"',
)
def names_fields(row: Row, world: World) -> Iterator[tuple[str, str]]:
    for path in row.get("fields") or ():
        said = _wrong(path, row, world)
        if said:
            yield "fields", f"`{path}` {said}"


def _wrong(path: str, row: Row, world: World) -> str:
    """What is wrong with a path in the record that the revision stands in; empty if nothing is."""
    found = _PATH.fullmatch(path)
    table = row["table"]
    if found is None:
        return "is no path"
    key, claim, inner = found["key"], found["claim"], found["inner"]
    if key not in typed_keys(table) or key in ("id", "revisions"):
        return "names no key of this record"
    if claim is not None:
        known = world.by_id("claims").keys() | world.by_id("retired").keys()
        if key != "claims" or f"{row['row_key']}.{claim}" not in known:
            return "names no claim of this record"
        table = "claims"
    elif inner is not None:
        nested = next((n for n in NESTING.get(table, ()) if n.key == key), None)
        inner = inner if nested is None or nested.one else ""
        table, inner = (nested.table, inner) if nested else (table, f"{key}.{inner}")
    return "" if inner is None or inner in _paths(table) else f"names no key of {key}"


def _paths(table: str) -> set[str]:
    """The keys of a row and, behind a dot, those of its groups."""
    inside = {f"{group}.{key}" for group in GROUPS.get(table, ()) for key in members(table, group)}
    return {*typed_keys(table), *inside} - {"id"}
