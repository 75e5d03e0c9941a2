"""What hangs on a record: its items, places, vessels, links, participants, revisions."""

from __future__ import annotations

from schemas.fields import (
    Table,
    code,
    day,
    placed,
    ref,
    text,
    words,
)
from schemas.tables.forms import (
    LOCAL,
    RECORD_ID,
)


class TransferIntermediaries(Table):
    """Who stood between supplier and recipient."""

    record = placed("transfers", "Transfer", "The transfer.")
    actor = ref("actors", "Intermediary", "The body between the two.")

    class Config(Table.Config):
        title = "Intermediaries"
        unique = ["record", "actor"]


class RecordItems(Table):
    """Which items a transfer is of."""

    record = placed("transfers", "Transfer", "The transfer.")
    item = ref("items", "Item", "The item.")

    class Config(Table.Config):
        title = "Items of transfers"
        unique = ["record", "item"]


class RecordPlaces(Table):
    """Where a record's goods or happening were, and which claim says so."""

    record = placed("records", "Record", "The record.")
    place = ref("places", "Place", "The place.")
    role = code("place_role", "Role", "What the place was to it.")
    claim = ref("claims", "Claim", "The claim that says so.", required=False, **LOCAL)

    class Config(Table.Config):
        title = "Places of records"
        unique = ["record", "place", "role"]


class RecordVessels(Table):
    """Which ships took part, and which claim says so."""

    record = placed("records", "Record", "The record.")
    vessel = ref("vessels", "Vessel", "The ship.")
    role = code("vessel_role", "Role", "What the ship was to it.")
    claim = ref("claims", "Claim", "The claim that says so.", required=False, **LOCAL)

    class Config(Table.Config):
        title = "Vessels of records"
        unique = ["record", "vessel", "role"]


class RecordLinks(Table):
    """How records hang together, and which claim says so."""

    record = placed("records", "Record", "The record.")
    to = ref("records", "To", "The other record.", pattern=RECORD_ID)
    relation = code("relation", "Relation", "How this record stands to the other.")
    claim = ref("claims", "Claim", "The claim that says so.", required=False, **LOCAL)

    class Config(Table.Config):
        title = "Links between records"
        unique = ["record", "to", "relation"]


class RecordProvisions(Table):
    """Which provisions a record touches, and how that was judged."""

    record = placed("records", "Record", "The record.")
    provision = ref("provisions", "Provision", "The provision.")
    assessment = code("assessment", "Assessment", "How the record stands to it.")
    claim = ref("claims", "Claim", "The claim that says so.", required=False, **LOCAL)

    class Config(Table.Config):
        title = "Provisions of records"
        unique = ["record", "provision"]


class Participants(Table):
    """Who took part in an event, and as what."""

    record = placed("events", "Event", "The event.")
    actor = ref("actors", "Actor", "Who took part.")
    role = code("participant_role", "Role", "What part the actor took.")

    class Config(Table.Config):
        title = "Participants of events"
        unique = ["record", "actor", "role"]


class Revisions(Table):
    """Why a value that was released was changed afterwards."""

    table = text("Table", "The table of the row that was changed.", by="placed")
    row_key = text("Row", "The id of that row: of the record, document or registry entry.", by="placed")
    date = day("Date", "When it was changed.")
    kind = code("revision_kind", "Kind", "What kind of change it is.", origin="owid/etl (corrections)")
    fields = words(
        "Fields",
        "What was changed, by its YAML path: `start`, `claims[c1].as_of`, or all of it, `claims[c1]`.",
    )
    reason = text("Reason", "What was wrong, and what showed it.", max_length=300)

    class Config(Table.Config):
        title = "Revisions"
        unique = ["table", "row_key", "date", "kind"]
