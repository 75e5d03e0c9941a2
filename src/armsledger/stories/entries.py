"""The stories of what records refer to: documents, actors, items, voices, places and the other registries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from armsledger.files import Row, natural
from armsledger.shelf import Shelf
from armsledger.stories.claimlines import told_claims
from armsledger.stories.history import told_revisions
from armsledger.stories.story import Fields, Grid, Part, Section, Story, Words
from armsledger.stories.words import capital, counted, day, listed, locator, number, when

Fields_ = Iterator[tuple[str, str]]


def told_entry(shelf: Shelf, table: str, row: Row) -> Story:
    """The story of one row of a registry, or of a document."""
    kind, title, lead, fields, sections = _TELLERS[table]
    parts: list[Part] = [Words(text) for text in lead(shelf, row) if text]
    parts.append(Fields(tuple((name, value) for name, value in fields(shelf, row) if value)))
    history = Section("History", tuple(told_revisions(shelf, table, row["id"])))
    told = [section for section in (*sections(shelf, row), history) if section.parts]
    return Story(row["id"], kind, title(shelf, row), tuple(parts), tuple(told))


def told_claim(shelf: Shelf, row: Row) -> Story:
    """The story of one claim."""
    title = f"A claim of {shelf.name('actors', row['claimant'])}"
    section = Section("The claim", (told_claims(shelf, [row]),))
    return Story(row["id"], "claim", title, (), (section, *_records(shelf, [row["record"]])))


# -- sections that several share -----------------------------------------------------------------------------


def _claims(
    shelf: Shelf, claims: Iterable[Row], heading: str, source: str | None = None
) -> Iterator[Section]:
    claims = list({claim["id"]: claim for claim in claims}.values())
    if claims:
        yield Section(heading, (told_claims(shelf, claims, source=source),))


def _records(
    shelf: Shelf, ids: Iterable[str], heading: str = "Records", roles: dict[str, str] | None = None
) -> Iterator[Section]:
    lines = []
    for id_ in sorted(dict.fromkeys(ids), key=natural):
        row = shelf.record(id_)
        date = row.get("start") or row.get("date")
        lines.append((id_, row.get("title", ""), capital(when(date)), (roles or {}).get(id_, "")))
    if lines:
        columns = ("Id", "Title", "When", "As" if roles else "")
        width = 4 if roles else 3
        grid = Grid(capital(counted(len(lines), "record")), columns[:width], tuple(x[:width] for x in lines))
        yield Section(heading, (grid,))


def _with_role(shelf: Shelf, table: str, column: str, id_: str, codelist: str) -> dict[str, str]:
    """By record: the roles in which the entry stands there."""
    found: dict[str, list[str]] = {}
    for link in shelf.of(table, column, id_):
        found.setdefault(link["record"], []).append(shelf.words(codelist, link["role"]))
    return {record: listed(roles) for record, roles in found.items()}


def _note(shelf: Shelf, row: Row) -> Iterator[str]:
    yield row.get("note") or ""


def _name(shelf: Shelf, row: Row) -> str:
    return str(row["name"])


# -- documents -----------------------------------------------------------------------------------------------


def _source_title(shelf: Shelf, row: Row) -> str:
    return shelf.document(row["id"])


def _source_fields(shelf: Shelf, row: Row) -> Fields_:
    if row["title"] and row["title_en"]:
        yield "In English", row["title_en"]
    yield "Publisher", shelf.name("actors", row["publisher"])
    yield "Author", row["author"]
    yield "Type", shelf.label("source_type", row["source_type"])
    yield "Language", row["language"]
    yield "Published", capital(when(row["published"]))
    yield "Symbol", row["doc_symbol"]
    yield "Address", row["url"]
    yield "Kept copy", row["archive_url"]
    yield "Read there on", day(row["retrieved_on"])
    yield "Read as", shelf.label("read_as", row["read_as"])
    yield "Access", shelf.label("access", row["access"])
    if row["derives_from"]:
        yield "Rewrites", f"{shelf.document(row['derives_from'])} [{row['derives_from']}]"
    yield "Does not state", ", ".join(row["missing"] or ())
    yield "Seed file", row["seed_file"]


def _source_sections(shelf: Shelf, row: Row) -> Iterator[Section]:
    links = shelf.of("claim_sources", "source", row["id"])
    yield from _claims(
        shelf, (shelf.get("claims", link["claim"]) for link in links), "What it carries", row["id"]
    )
    left = shelf.of("source_not_coded", "source", row["id"])
    if left:
        lines = tuple((capital(locator(one["locator"])), one["why"]) for one in left)
        yield Section("What was left out of the data", (Grid("And why", ("Where", "Why"), lines),))


# -- actors, voices ------------------------------------------------------------------------------------------


def _actor_fields(shelf: Shelf, row: Row) -> Fields_:
    yield "In its own script", row["native_name"]
    yield "Type", shelf.label("actor_type", row["type"])
    yield "Country", row["country"]
    if row["parent"]:
        yield "Part of", f"{shelf.name('actors', row['parent'])} [{row['parent']}]"
    if row["voice"]:
        yield "Speaks with", f"{shelf.name('voices', row['voice'])} [{row['voice']}]"
    if row["reliability"]:
        yield "Reliability", f"{shelf.label('reliability', row['reliability'])}, in our judgement"
    yield "Because", row["reliability_basis"]
    yield "Interest", shelf.label("interest", row["interest"])
    codes = [f"COW {row['cow_code']}"] if row["cow_code"] else []
    codes += [f"Gleditsch-Ward {row['gw_code']}"] if row["gw_code"] else []
    yield "State codes", ", ".join(codes)
    if row["wikidata"]:
        yield "Wikidata", f"https://www.wikidata.org/wiki/{row['wikidata']}"
    yield "Reference", row["reference"]


def _actor_sections(shelf: Shelf, row: Row) -> Iterator[Section]:
    id_ = row["id"]
    claims = [*shelf.of("claims", "claimant", id_), *shelf.of("claims", "speaker", id_)]
    yield from _claims(shelf, claims, "What it claims")
    roles = {one["id"]: "supplier" for one in shelf.of("transfers", "supplier", id_)}
    roles |= {one["id"]: "recipient" for one in shelf.of("transfers", "recipient", id_)}
    roles |= {one["record"]: "intermediary" for one in shelf.of("transfer_intermediaries", "actor", id_)}
    roles |= _with_role(shelf, "participants", "actor", id_, "participant_role")
    yield from _records(shelf, roles, "Where it takes part", roles)
    published = shelf.of("sources", "publisher", id_)
    if published:
        lines = tuple(
            (one["id"], shelf.document(one["id"]), capital(when(one["published"]))) for one in published
        )
        caption = capital(counted(len(lines), "document"))
        yield Section("What it published", (Grid(caption, ("Id", "Title", "When"), lines),))
    below = shelf.of("actors", "parent", id_)
    if below:
        lines = tuple((one["id"], one["name"], shelf.label("actor_type", one["type"])) for one in below)
        yield Section("Its parts", (Grid("Bodies and office-holders", ("Id", "Name", "Type"), lines),))


def _voice_lead(shelf: Shelf, row: Row) -> Iterator[str]:
    yield "A voice is one originating observer: however many documents repeat it, it counts once."
    yield f"Why it stands here: {row['reason']}"


def _voice_fields(shelf: Shelf, row: Row) -> Fields_:
    above = [link["parent"] for link in shelf.of("voice_parents", "voice", row["id"])]
    yield "Not independent of", "; ".join(f"{shelf.name('voices', id_)} [{id_}]" for id_ in above)
    below = [link["voice"] for link in shelf.of("voice_parents", "parent", row["id"])]
    yield "Stands above", "; ".join(f"{shelf.name('voices', id_)} [{id_}]" for id_ in below)
    speakers = shelf.of("actors", "voice", row["id"])
    yield "Who speaks with it", "; ".join(f"{one['name']} [{one['id']}]" for one in speakers)


def _voice_sections(shelf: Shelf, row: Row) -> Iterator[Section]:
    yield from _claims(shelf, shelf.of("claims", "voice", row["id"]), "What it claims")


# -- things and places ---------------------------------------------------------------------------------------


def _item_fields(shelf: Shelf, row: Row) -> Fields_:
    yield "North Korean designation", row["designations_dprk"]
    yield "Russian designation", row["designations_russian"]
    yield "NATO or US designation", row["designations_nato"]
    yield "Also called", "; ".join(row["aliases"] or ())
    yield "Class", shelf.label("transfer_class", row["class"])
    yield "Calibre", f"{number(row['calibre_mm'])} mm" if row["calibre_mm"] else ""
    yield "Range", f"{number(row['range_km'])} km" if row["range_km"] else ""
    if row["parent"]:
        yield "A kind of", f"{shelf.name('items', row['parent'])} [{row['parent']}]"
    lists = {
        "UNROCA": "unroca",
        "Wassenaar": "wassenaar",
        "HS heading": "hs",
        "MTCR": "mtcr",
        "SIPRI": "sipri",
    }
    for name, column in lists.items():
        if row[column]:
            codelist = "hs_heading" if column == "hs" else f"{column}_category"
            yield name, f"{row[column]}: {shelf.label(codelist, row[column])}"
    yield "Reference", row["reference"]


def _item_sections(shelf: Shelf, row: Row) -> Iterator[Section]:
    kinds = shelf.of("items", "parent", row["id"])
    if kinds:
        lines = tuple((one["id"], one["name"]) for one in kinds)
        yield Section("Its kinds", (Grid(capital(counted(len(lines), "item")), ("Id", "Name"), lines),))
    links = shelf.of("record_items", "item", row["id"])
    yield from _records(shelf, (link["record"] for link in links))


def _place_fields(shelf: Shelf, row: Row) -> Fields_:
    yield "In its own script", row["native_name"]
    yield "Type", shelf.label("place_type", row["type"])
    yield "Country", row["country"]
    yield "First-order unit", row["admin1"]
    if row["lat"] is not None and row["lon"] is not None:
        yield "Point (WGS 84)", f"latitude {row['lat']}, longitude {row['lon']}"
    yield "How precise", shelf.label("geo_precision", row["geo_precision"])
    yield "Reference", row["reference"]


def _place_sections(shelf: Shelf, row: Row) -> Iterator[Section]:
    roles = _with_role(shelf, "record_places", "place", row["id"], "place_role")
    yield from _records(shelf, roles, "Records", roles)


def _vessel_fields(shelf: Shelf, row: Row) -> Fields_:
    yield "Former names", "; ".join(row["former_names"] or ())
    yield "IMO number", row["imo"]
    yield "Flag", row["flag"]
    yield "Owner", shelf.name("actors", row["owner"])
    yield "Sanctioned from", day(row["sanctioned_from"])
    yield "Reference", row["reference"]


def _vessel_sections(shelf: Shelf, row: Row) -> Iterator[Section]:
    roles = _with_role(shelf, "record_vessels", "vessel", row["id"], "vessel_role")
    yield from _records(shelf, roles, "Records", roles)


def _provision_fields(shelf: Shelf, row: Row) -> Fields_:
    yield "Adopted", day(row["adopted_on"])
    yield "Binds", shelf.name("actors", row["binds"])
    yield "Direction", shelf.label("direction", row["direction"])
    yield "Covers", "; ".join(shelf.label("transfer_class", code) for code in row["covers"] or ())
    if row["limit_quantity"] is not None:
        per = f" per {row['limit_per']}" if row["limit_per"] else ""
        yield "Limit", f"{number(row['limit_quantity'])} {shelf.words('unit', row['limit_unit'])}{per}"
    yield "Limit over", row["limit_over"]
    yield "Text", row["text_url"]
    yield "Text checked", "yes" if row["text_verified"] else "no"


def _provision_sections(shelf: Shelf, row: Row) -> Iterator[Section]:
    links = shelf.of("record_provisions", "provision", row["id"])
    roles = {link["record"]: shelf.words("assessment", link["assessment"]) for link in links}
    yield from _records(shelf, roles, "Records", roles)


def _conversion_fields(shelf: Shelf, row: Row) -> Fields_:
    bounds = [number(row[f"factor_{name}"]) or "none" for name in ("low", "point", "high")]
    yield "Factor", "low {}, point {}, high {}".format(*bounds)


def _conversion_sections(shelf: Shelf, row: Row) -> Iterator[Section]:
    yield from _claims(shelf, (shelf.get("claims", id_) for id_ in row["claims"] or ()), "What it rests on")


Teller = tuple[
    str,
    Callable[[Shelf, Row], str],
    Callable[[Shelf, Row], Iterator[str]],
    Callable[[Shelf, Row], Iterator[tuple[str, str]]],
    Callable[[Shelf, Row], Iterator[Section]],
]
_TELLERS: dict[str, Teller] = {
    "sources": ("document", _source_title, _note, _source_fields, _source_sections),
    "actors": ("actor", _name, _note, _actor_fields, _actor_sections),
    "items": ("item", _name, _note, _item_fields, _item_sections),
    "voices": ("voice", lambda s, row: str(row["label"]), _voice_lead, _voice_fields, _voice_sections),
    "places": ("place", _name, _note, _place_fields, _place_sections),
    "vessels": ("vessel", _name, _note, _vessel_fields, _vessel_sections),
    "provisions": (
        "provision",
        lambda s, row: s.provision(row["id"]),
        _note,
        _provision_fields,
        _provision_sections,
    ),
    "conversions": (
        "conversion",
        lambda s, row: s.conversion(row["id"]),
        _note,
        _conversion_fields,
        _conversion_sections,
    ),
}
