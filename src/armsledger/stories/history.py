"""What became of a record from version to version, by the changes that each release carries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from armsledger.errors import Damaged, DataMissing
from armsledger.files import Release, Row
from armsledger.past import every_past, order
from armsledger.shelf import Shelf
from armsledger.stories.story import Grid, Part, Section, Words
from armsledger.stories.words import counted, day, listed

# Of what is computed, what a reader of the record would miss; the rest is in `changes`.
_TOLD = {
    "status": "stage",
    "confidence": "confidence",
    "contested": "contested",
    "quantity_low": "low",
    "quantity_best": "best",
    "quantity_high": "high",
    "quantity_conflict": "conflict",
}


def told_history(shelf: Shelf, row: Row) -> Section:
    """The versions that first held and that changed the record `row`, oldest first, and why."""
    now, first = shelf.release, row["first_release"]
    try:
        past: dict[str, Release] = {**every_past("datapackage.json", "csv/changes.csv")}
    except (Damaged, DataMissing) as error:  # the record itself can be told all the same
        return Section("History", (Words(f"It cannot be told. {error}"), *_corrected(shelf, row)))
    lines: list[tuple[str, ...]] = []
    for version, release in (past | {now.version: now}).items():
        if order(version) > order(now.version):
            continue
        found = [one for one in release.rows("changes") if _is_of(one["row_key"] or "", row["id"])]
        if version == first:
            said = ["new, and in no release yet" if ".dev" in version else "first published"]
        else:
            said = list(_what(found))
        if said:
            lines.append((version, day(release.as_of), "; ".join(said)))
    caption = "The versions that changed it, and the days that they stand for"
    parts: list[Part] = [Grid(caption, ("Version", "As of", "What changed"), tuple(lines))]
    return Section("History", (*parts, *_corrected(shelf, row)))


def _corrected(shelf: Shelf, row: Row) -> Iterator[Part]:
    table = "transfers" if "transfer_class" in row else "events"
    return told_revisions(shelf, table, row["id"])


def _is_of(key: str, record: str) -> bool:
    """Whether a row's key is of the record, or of what stands in it."""
    return key == record or key.startswith((f"{record}.", f"{record}|"))


def _what(changes: Iterable[Row]) -> Iterator[str]:
    rows = [one for one in changes if one["table"] not in ("records", "revisions")]
    for change, verb in (("added", "added"), ("retired", "dropped")):
        claims = [
            one["row_key"].rpartition(".")[2]
            for one in rows
            if (one["table"], one["change"]) == ("claims", change)
        ]
        if claims:
            yield f"{counted(len(claims), 'claim')} {verb} ({listed(claims)})"
    for one in rows:
        if one["change"] == "changed":
            reason = f" ({one['reason']})" if one["reason"] else ""
            own = one["row_key"].partition("|")[0].rpartition(".")[2] if "." in one["row_key"] else ""
            name = f"{own} {one['column']}".strip()
            yield f"{name} was {one['old'] or 'empty'}, is {one['new'] or 'empty'}{reason}"
    for one in rows:
        if one["change"] == "re_estimated" and one["table"] != "estimates" and one["column"] in _TOLD:
            yield f"{_TOLD[one['column']]} was {one['old'] or 'none'}, is {one['new'] or 'none'}"


def told_revisions(shelf: Shelf, table: str, id_: str) -> Iterator[Part]:
    """What was corrected in a record, document or registry entry after a release; nothing if nothing was."""
    lines = tuple(
        (
            day(one["date"]),
            shelf.label("revision_kind", one["kind"]),
            ", ".join(one["fields"] or ()),
            one["reason"],
        )
        for one in shelf.of("revisions", "row_key", id_)
        if one["table"] == table
    )
    if lines:
        yield Grid("What was corrected after a release, and why", ("On", "Kind", "Fields", "Reason"), lines)
