"""`show`: an id -> its story."""

from __future__ import annotations

from armsledger.errors import BadArgument, UnknownId, nearest
from armsledger.files import Release, packaged
from armsledger.shelf import REGISTRIES, Shelf
from armsledger.stories.story import Story


def show(id: str) -> Story:
    """One record or entry, told for somebody who has never seen the project.

    id: of a transfer or an event (``"NKRU-T-0001"``), a claim (``"NKRU-T-0001.c1"``), a document, or an entry
        of a registry: an actor, item, voice, place, vessel, provision or conversion. `find` gives ids.

    Of a transfer or an event: what it is; low, best and high in its unit, the rule that gave them, whether
    the estimate is stale or the claims are in conflict; how sure it is, by the written rule; every claim in
    the order in which they became public, with claimant, voice, figure as printed, evidence, grade (Admiralty
    code: source A-F, statement 1-6) and documents, denials and doubts among them; what links it to other
    records; notes; who coded and reviewed it; its file and hash; how to cite it. Of a document: the claims
    that it carries. Of an entry: its names, its grade with the basis, the claims and records that use it.

    Returns an object that prints as text wrapped to the terminal and that a notebook shows as HTML. An id
    that names an actor and a voice, say, is told as both.

    LookupError: no such id (the message names the nearest). ValueError: not text.
    """
    return story(packaged(), id)


def story(release: Release, id_: str) -> Story:
    """`show` for any release folder."""
    if not isinstance(id_, str):
        raise BadArgument(f'show: an id such as "NKRU-T-0001", not {type(id_).__name__}')
    from armsledger.stories.entries import told_claim, told_entry
    from armsledger.stories.records import told_record

    shelf = Shelf(release)
    record = shelf.record(id_)
    if record:
        return told_record(shelf, record)
    claim = shelf.get("claims", id_)
    if claim:
        return told_claim(shelf, claim)
    told = [told_entry(shelf, table, shelf.get(table, id_)) for table in REGISTRIES if shelf.get(table, id_)]
    if not told:
        raise UnknownId(unknown(shelf, id_))
    return told[0] if len(told) == 1 else _joined(told)


def _joined(stories: list[Story]) -> Story:
    """Entries of several registries that share an id, one after the other."""
    from armsledger.stories.story import Section

    first, *others = stories
    sections = list(first.sections)
    for other in others:
        sections.append(Section(f"The {other.kind} of this id: {other.title}", other.lead))
        sections += [section for section in other.sections if section not in first.sections]
    kind = " and ".join(story.kind for story in stories)
    return Story(first.id, kind, first.title, first.lead, tuple(sections))


def unknown(shelf: Shelf, id_: str) -> str:
    for row in shelf.of("retired", "id", id_):
        after = f" See {row['replaced_by']}." if row["replaced_by"] else ""
        reason = shelf.words("retire_reason", row["reason"])
        return f"{id_} was retired in {row['retired_in']} ({reason}).{after}"
    claims = [row["id"] for row in shelf.rows("claims")]
    near = nearest(id_, claims if "." in id_ else shelf.ids())
    guess = f" Nearest: {', '.join(near)}." if near else ""
    return (
        f'{id_}: no such id.{guess} To look for words: find("shells"), or in a shell: armsledger find shells'
    )
