"""Claims in words: who said what, when, on which evidence, in which document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from armsledger.files import Row, natural
from armsledger.shelf import Shelf
from armsledger.stories.story import ClaimLine, Claims, Document
from armsledger.stories.words import capital, counted, grade, listed, locator, reading, when

_VERBS = {
    "asserts": "says",
    "denies": "denies",
    "declines_to_confirm": "neither confirms nor denies",
    "casts_doubt": "casts doubt",
    "retracts": "retracts",
    "corrects": "corrects itself",
}
_AGAINST = frozenset({"denies", "declines_to_confirm", "casts_doubt", "retracts"})
_KINDS = {
    "flow": "what moved in a stated window",
    "cumulative": "a running total",
    "on_hand": "a number held at a moment",
    "rate": "a rate",
    "capacity": "a capacity, not what moved",
    "equivalent": "a number that assumes a content or a conversion",
    "share": "a share",
    "value": "a worth in money",
}
_FAR = dt.date.max


def in_time_order(claims: Iterable[Row]) -> list[Row]:
    """By the day by which they were public, as `known_by` has it."""

    def key(claim: Row) -> tuple[object, ...]:
        latest, earliest = claim["stated_on_latest"], claim["stated_on_earliest"]
        return latest or _FAR, earliest or _FAR, natural(claim["id"])

    return sorted(claims, key=key)


def told_claims(
    shelf: Shelf, claims: Iterable[Row], record: str | None = None, source: str | None = None
) -> Claims:
    """The claims as a part of a story; `record`, `source`: the record or document whose story it is."""
    ordered = in_time_order(claims)
    caption = f"{capital(counted(len(ordered), 'claim'))}, in the order in which they became public"
    if len(ordered) == 1:
        caption = "1 claim"
    return Claims(caption, tuple(_line(shelf, claim, record, source) for claim in ordered))


def _line(shelf: Shelf, claim: Row, record: str | None, source: str | None) -> ClaimLine:
    stance = claim["stance"]
    links = shelf.of("claim_sources", "claim", claim["id"])
    told = [_document(shelf, link, link["source"] == source) for link in links]
    return ClaimLine(
        id=claim["id"],
        date=capital(when(claim["stated_on"])),
        who=_who(shelf, claim),
        verb=_VERBS.get(stance, shelf.words("stance", stance)),
        against=stance in _AGAINST,
        statement=claim["statement"],
        figure=_figure(shelf, claim),
        evidence=_evidence(shelf, claim),
        grade=grade(shelf, claim["reliability"], claim["credibility"]),
        remarks=tuple(_remarks(shelf, claim, record)),
        documents=tuple(told),
    )


def _who(shelf: Shelf, claim: Row) -> str:
    name = shelf.name("actors", claim["claimant"])
    voice = shelf.name("voices", claim["voice"])
    through = f", through {shelf.name('actors', claim['speaker'])}," if claim["speaker"] else ""
    return (
        f"{name} (voice: {voice}){through}"
        if claim["voice"] not in (None, claim["claimant"]) and voice != name
        else f"{name}{through}"
    )


def _figure(shelf: Shelf, claim: Row) -> str:
    """The figure as printed, how it is read, and what sort of number it is."""
    read = reading(shelf, claim)
    if not read:
        return ""
    printed = claim["quantity_as_stated"]
    parts = [f"“{printed}”, read as {read}" if printed else read]
    parts.append(_KINDS.get(claim["kind"], shelf.words("kind", claim["kind"])))
    if claim["measure"] != "moved":
        parts.append(f"counts {shelf.words('measure', claim['measure'])}")
    if claim["scope"] != "all":
        parts.append(f"only {claim['scope']}")
    said = ", ".join(parts)
    for name, column in (("as of", "as_of"), ("since", "since"), ("window:", "window")):
        if claim[column] and not (column == "as_of" and claim["as_of"] == claim["stated_on"]):
            said += f", {name} {when(claim[column])}"
    return said


def _evidence(shelf: Shelf, claim: Row) -> str:
    kind = shelf.label("evidence_type", claim["evidence_type"])
    if claim["evidence_visible"]:
        return f"{kind}, shown to the public"
    return kind if claim["evidence_type"] == "none_stated" else f"{kind}, not shown to the public"


def _remarks(shelf: Shelf, claim: Row, record: str | None) -> Iterable[str]:
    if claim["record"] != record:
        title = shelf.record(claim["record"]).get("title", "")
        bears = (
            " It bears on this record, its figure does not." if record in (claim["bears_on"] or ()) else ""
        )
        yield f"Told in {claim['record']}, {title}.{bears}"
    if claim["rank"] == "deprecated":
        yield f"Deprecated, kept and not counted: {claim['rank_reason'] or 'no reason given'}"
    if claim["status_asserted"]:
        yield f"Stage: {shelf.words('status', claim['status_asserted'])}"
    if claim["stance"] == "denies":
        yield from _denial(shelf, claim)
    if claim["kind"] == "intent":
        yield "About the future, so it says nothing of what happened."
    if claim["window"] and not claim["quantity_qualifier"]:
        yield f"When: {when(claim['window'])}"
    if claim["modality"] == "possible":
        yield "Put as no more than a possibility, so it supports nothing by itself."
    elif claim["modality"] == "assessed":
        yield "Put as the claimant's own judgement."
    if claim["likelihood_words"]:
        yield f"Likelihood in its words: {claim['likelihood_words']}"
    if claim["complete"]:
        yield "Says that its count is complete."
    if claim["admission"]:
        yield "An admission: said by a state of the two against its earlier line or interest."
    if claim["supersedes"]:
        yield f"Takes the place of {claim['supersedes']}."
    for later in shelf.of("claims", "supersedes", claim["id"]):
        yield f"Its place was taken by {later['id']}."
    if claim["rests_on"]:
        yield f"Rests on {claim['rests_on']}."
    others = [other for other in claim["bears_on"] or () if other != record]
    if others:
        yield f"Bears also on {listed(others)}."
    if claim["credibility_basis"]:
        yield f"Why this grade: {claim['credibility_basis']}"


def _denial(shelf: Shelf, claim: Row) -> Iterable[str]:
    if not claim["denies_direction"]:
        return
    classes = [
        "all classes" if code == "all" else shelf.words("transfer_class", code)
        for code in claim["denies_classes"] or ()
    ]
    scope = f"It denies {shelf.label('direction', claim['denies_direction'])}: {listed(classes)}"
    if claim["denies_rung"]:
        scope += f", from {shelf.words('status', claim['denies_rung'])} on"
    if claim["denies_until"]:
        scope += f", until {when(claim['denies_until'])}"
    yield scope


def _document(shelf: Shelf, link: Row, here: bool) -> Document:
    """One row of claim_sources; `here`: the story is that document's."""
    source = shelf.get("sources", link["source"])
    read = locator(link["locator"], excerpt=source.get("read_as") == "excerpt")
    where = f"{read} ({shelf.words('source_role', link['role'])})"
    if link["as_stated"]:
        where += f", prints “{link['as_stated']}”"
    if here:
        return Document("this one", "", where)
    untitled = not (source.get("title") or source.get("title_en"))
    return Document(
        title=shelf.document(link["source"]),
        publisher="" if untitled else shelf.name("actors", source.get("publisher")),
        where=where,
        address=source.get("url") or source.get("archive_url") or link["source"],
    )
