"""What records refer to: actors, items, places, vessels, voices, provisions, conversions."""

from __future__ import annotations

from schemas.fields import (
    ADMIRALTY,
    Table,
    code,
    day,
    flag,
    key,
    number,
    placed,
    ref,
    text,
    whole,
    words,
)
from schemas.tables.forms import (
    CLAIM_ID,
    COUNTRY,
    URL,
    note,
    reference,
)


class Actors(Table):
    """States, bodies, firms, media and office-holders that supply, receive, claim, publish or take part."""

    id = key("Actor", "A short name in lower case, words joined by hyphens; never changed.", example="ua-hur")
    name = text("Name", "In English.", max_length=200)
    native_name = text("Native name", "In its own script.", required=False, max_length=200)
    type = code("actor_type", "Type", "What kind of actor it is.")
    country = text("Country", "The country it belongs to.", required=False, **COUNTRY)
    cow_code = whole(
        "COW code",
        "State number, for a state.",
        required=False,
        origin="Correlates of War, State System Membership v2016",
    )
    gw_code = whole(
        "G-W code",
        "State number, for a state.",
        required=False,
        origin="Gleditsch and Ward, list of independent states",
    )
    wikidata = text(
        "Wikidata",
        "The actor's item in Wikidata.",
        required=False,
        pattern=r"^Q[1-9][0-9]*$",
        origin="Wikidata",
    )
    parent = ref("actors", "Parent", "The body that it belongs to.", required=False)
    voice = ref("voices", "Voice", "The voice for which it speaks.", required=False)
    reliability = code(
        "reliability",
        "Reliability",
        "How far its statements can be relied on.",
        required=False,
        origin=ADMIRALTY,
    )
    reliability_basis = text(
        "Reliability basis", "What speaks for and against relying on it.", required=False, max_length=300
    )
    interest = code("interest", "Interest", "Its stake in the matter.", required=False)
    reference = reference("the actor")
    note = note("the entry")

    class Config(Table.Config):
        title = "Actors"


class Items(Table):
    """Weapons, munitions and goods, down to the type that a claim names."""

    id = key(
        "Item", "A short name in lower case, words joined by hyphens; never changed.", example="m-1989-170mm"
    )
    name = text("Name", "The usual English name.", max_length=120)
    designations_dprk = text(
        "North Korean designation", "The supplier's own name for it.", required=False, max_length=80
    )
    designations_russian = text(
        "Russian designation", "The name in Russian service.", required=False, max_length=80
    )
    designations_nato = text("NATO or US designation", "The reporting name.", required=False, max_length=80)
    aliases = words("Aliases", "Other names under which it is found.", required=False)
    class_ = code("transfer_class", "Class", "The class it counts in.")
    calibre_mm = number(
        "Calibre", "Calibre of gun, launcher or munition.", unit="mm", required=False, minimum=1
    )
    range_km = number("Range", "Greatest range reported.", unit="km", required=False, minimum=0)
    parent = ref("items", "Parent", "The broader item.", required=False)
    unroca = code(
        "unroca_category",
        "UNROCA category",
        "Category of the UN Register.",
        required=False,
        origin="UN Register of Conventional Arms",
    )
    wassenaar = code(
        "wassenaar_category",
        "Wassenaar category",
        "Munitions List category.",
        required=False,
        origin="Wassenaar Arrangement Munitions List",
    )
    hs = code(
        "hs_heading",
        "HS heading",
        "Heading of the Harmonized System.",
        required=False,
        origin="WCO Harmonized System 2022",
    )
    mtcr = code(
        "mtcr_category",
        "MTCR category",
        "Category of the MTCR Annex.",
        required=False,
        origin="MTCR Equipment, Software and Technology Annex",
    )
    sipri = code(
        "sipri_category",
        "SIPRI category",
        "Weapon category of the Arms Transfers Database.",
        required=False,
        origin="SIPRI Arms Transfers Database",
    )
    reference = reference("the item")
    note = note("the entry")

    class Config(Table.Config):
        title = "Items"


class Places(Table):
    """Places of records, with how precisely they are known; a country's entry carries its bounding box."""

    id = key(
        "Place", "A short name in lower case, words joined by hyphens; never changed.", example="kursk-oblast"
    )
    name = text("Name", "In English.", max_length=120)
    native_name = text("Native name", "In its own script.", required=False, max_length=120)
    type = code("place_type", "Type", "What kind of place it is.")
    country = text("Country", "The country it lies in.", required=False, **COUNTRY)
    admin1 = text("First-order division", "Province or oblast.", required=False, max_length=120)
    lat = number(
        "Latitude",
        "Degrees north of the equator; negative south of it.",
        unit="decimal degree",
        required=False,
        minimum=-90,
        maximum=90,
        origin="WGS 84 (EPSG:4326)",
    )
    lon = number(
        "Longitude",
        "Degrees east of Greenwich; negative west of it.",
        unit="decimal degree",
        required=False,
        minimum=-180,
        maximum=180,
        origin="WGS 84 (EPSG:4326)",
    )
    geo_precision = code(
        "geo_precision",
        "Precision of the place",
        "How exactly the place is known.",
        origin="UCDP GED codebook",
    )
    box_south = number(
        "Box, south",
        "Southern edge of a country's box.",
        unit="decimal degree",
        required=False,
        minimum=-90,
        maximum=90,
    )
    box_west = number(
        "Box, west",
        "Western edge; above the eastern one where the box crosses 180 degrees.",
        unit="decimal degree",
        required=False,
        minimum=-180,
        maximum=180,
    )
    box_north = number(
        "Box, north", "Northern edge.", unit="decimal degree", required=False, minimum=-90, maximum=90
    )
    box_east = number(
        "Box, east", "Eastern edge.", unit="decimal degree", required=False, minimum=-180, maximum=180
    )
    box_origin = text("Box, origin", "The list that the box is from.", required=False, max_length=200)
    reference = reference("the place")
    note = note("the entry")

    class Config(Table.Config):
        title = "Places"


class Vessels(Table):
    """Ships that are named in records."""

    id = key(
        "Vessel", "A short name in lower case, words joined by hyphens; never changed.", example="angara"
    )
    name = text("Name", "Current name.", max_length=80)
    former_names = words("Former names", "Names it bore before.", required=False)
    imo = text(
        "IMO number",
        "Only as printed by a source; its check digit must hold.",
        required=False,
        pattern=r"^[0-9]{7}$",
        origin="IMO Resolution A.1117(30)",
    )
    flag_ = text("Flag", "Country of registration.", required=False, **COUNTRY)
    owner = ref("actors", "Owner", "Who owns it.", required=False)
    sanctioned_from = day("Sanctioned from", "First listing by any government.", required=False)
    reference = reference("the vessel")
    note = note("the entry")

    class Config(Table.Config):
        title = "Vessels"


class Voices(Table):
    """Originating observers: however many documents repeat one, it counts once."""

    id = key("Voice", "A short name in lower case, words joined by hyphens; never changed.", example="ua-hur")
    label = text("Label", "What a table shows.", max_length=120)
    reason = text("Reason", "Why it is a voice of its own.", max_length=300)

    class Config(Table.Config):
        title = "Voices"


class VoiceParents(Table):
    """Which voices stand above a voice; voices that share one are not independent."""

    voice = placed("voices", "Voice", "The voice.")
    parent = ref("voices", "Parent", "A voice above it.")

    class Config(Table.Config):
        title = "Parents of voices"
        unique = ["voice", "parent"]


class Provisions(Table):
    """Paragraphs of resolutions and treaties that a transfer may touch."""

    id = key(
        "Provision",
        "A short name in lower case, words joined by hyphens; never changed.",
        example="unscr-1718-8a",
    )
    instrument = text("Instrument", "The resolution or treaty.", max_length=200)
    paragraph = text("Paragraph", "Which paragraph of it.", max_length=40)
    adopted_on = day("Adopted on", "When it was adopted.")
    binds = text("Binds", "Whom it binds.", max_length=200)
    direction = code(
        "direction", "Direction", "Which way the transfer that it speaks of goes.", required=False
    )
    covers = words("Covers", "The classes that it covers.", required=False, codelist="transfer_class")
    limit_quantity = number(
        "Limit", "The amount that it allows.", unit="the unit in `limit_unit`", required=False, minimum=0
    )
    limit_unit = code("unit", "Limit, unit", "The unit of that amount.", required=False)
    limit_per = text("Limit, per", "The period of that amount.", required=False, max_length=40)
    limit_over = text("Limit, over", "On what the amount is counted.", required=False, max_length=120)
    text_url = text("Address of the text", "Where the text stands.", pattern=URL, max_length=500)
    text_verified = flag("Text verified", "The coder read the paragraph itself.")

    class Config(Table.Config):
        title = "Provisions"


class Conversions(Table):
    """Factors between units, for estimates with basis `converted` and no others."""

    id = key(
        "Conversion",
        "A short name in lower case, words joined by hyphens; never changed.",
        example="container-to-round",
    )
    class_ = code("transfer_class", "Class", "The class it holds for.")
    from_unit = code("unit", "From", "The unit to convert.")
    to_unit = code("unit", "To", "The unit to convert to.")
    factor_low = number("Factor, low", "Lowest factor.", unit="`to_unit` for one `from_unit`", minimum=0)
    factor_point = number(
        "Factor, point",
        "Most likely factor.",
        unit="`to_unit` for one `from_unit`",
        required=False,
        minimum=0,
    )
    factor_high = number(
        "Factor, high", "Highest factor.", unit="`to_unit` for one `from_unit`", required=False, minimum=0
    )
    note = note("the entry")
    claims = words("Claims", "The claims that it rests on.", by="computed")

    class Config(Table.Config):
        title = "Conversions"


class ConversionClaims(Table):
    """The claims that a conversion rests on."""

    conversion = placed("conversions", "Conversion", "The conversion.")
    claim = ref("claims", "Claim", "The claim.", pattern=CLAIM_ID)

    class Config(Table.Config):
        title = "Claims behind conversions"
        unique = ["conversion", "claim"]
