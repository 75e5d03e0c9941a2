"""Every table of a release, one Pandera model each.

A model's columns are calls of the factories in ``fields.py``; their order is the order of the published
columns. How the same columns stand in the files that people type is ``layout.py``'s.
"""

from __future__ import annotations

from typing import Any

from schemas.fields import (
    ADMIRALTY,
    ISO3,
    SLUG,
    Table,
    code,
    copied,
    day,
    edtf,
    flag,
    key,
    ladder,
    number,
    placed,
    ref,
    specs,
    text,
    whole,
    words,
)

TRANSFER_ID = r"^NKRU-T-[0-9]{4}$"
EVENT_ID = r"^NKRU-E-[0-9]{4}$"
RECORD_ID = r"^NKRU-[TE]-[0-9]{4}$"
CLAIM_ID = r"^NKRU-[TE]-[0-9]{4}\.c[1-9][0-9]*$"
SOURCE_ID = r"^[a-z0-9]+(-[a-z0-9]+)*-([0-9]{4}(-[0-9]{2}){0,2}|undated)-[a-z0-9]+$"
LOCATOR = r"^(p[1-9][0-9]*|page [1-9][0-9]*|[0-9]{2}:[0-9]{2}:[0-9]{2}|table [1-9][0-9]*|whole)$"
URL = r"^https?://[^\s<>|]+$"
LANGUAGE = r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$"
COUNTRY = {"origin": ISO3, "pattern": r"^[A-Z]{3}$", "example": "PRK"}
LOCAL = {"local": True, "example": "c1"}


def reference(what: str) -> Any:
    """Where the facts of a registry entry were looked up."""
    return text(
        "Reference",
        f"Address of the page where the facts about {what} were looked up.",
        required=False,
        pattern=URL,
        max_length=500,
    )


def note(what: str) -> Any:
    return text(
        "Note",
        f"What a reader of {what} must know and no other column holds: what the source gets wrong or leaves "
        "vague, how a date was settled, why one reading was taken.",
        required=False,
        max_length=1000,
    )


# --- records ------------------------------------------------------------------------------------------


class Records(Table):
    """Every record, transfer or event: the file it was typed in, and who coded and reviewed it."""

    id = key("Record", "The record's id.", pattern=RECORD_ID, by="placed")
    record_type = code("record_type", "Record type", "Whether it is a transfer or an event.", by="computed")
    path = text("Path", "The file that was typed, from the repository's root.", by="computed")
    sha256 = text(
        "SHA-256",
        "SHA-256 of that file's bytes, so that a number can be traced to exactly the text it was typed in.",
        by="computed",
        pattern=r"^[0-9a-f]{64}$",
        origin="FIPS 180-4",
    )
    first_release = text("First release", "The first version that held this record.", by="computed")
    changed_release = text("Changed in", "The last version that changed a row of this record.", by="computed")
    coded_on = day("Coded on", "The day on which it was coded from its sources.")
    coded_by = code("coder", "Coded by", "What kind of coder it was, said truthfully.", origin="V-Dem")
    reviewed_on = day("Reviewed on", "The day of the second reading against the sources.", required=False)
    reviewed_by = code(
        "coder",
        "Reviewed by",
        "What kind of coder read it a second time; empty if nobody did.",
        required=False,
    )

    class Config(Table.Config):
        title = "Records"
        metadata = {"warnings": ("single_coder",)}


def trace() -> dict[str, Any]:
    """The four provenance columns that transfers, events and claims take over from ``records``."""
    return {
        "record_path": copied(Records, "path", title="Record file"),
        "record_sha256": copied(Records, "sha256", title="Record SHA-256"),
        "first_release": copied(Records, "first_release"),
        "changed_release": copied(Records, "changed_release"),
    }


def standing(what: str) -> dict[str, Any]:
    """What ``armsledger.assess`` computes alike for transfers and events."""
    number_of = {"by": "computed", "minimum": 0, "required": True}
    yes = {"by": "computed"}
    party: dict[str, Any] = {"by": "computed", "required": False}  # empty where both give, or nobody does
    return {
        "confidence": ladder(
            "confidence",
            "Confidence",
            f"How well the claims support {what}, by the written rule.",
            by="computed",
            origin="armsledger codebook, section 4",
        ),
        "contested": flag(
            "Contested",
            "The latest attaching statement of either state, denial or admission, is a denial.",
            **party,
        ),
        "admitted_by_supplier": flag(
            "Admitted by supplier", "An organ of the supplier has admitted it.", **party
        ),
        "admitted_by_recipient": flag(
            "Admitted by recipient", "An organ of the recipient has admitted it.", **party
        ),
        "denied_by_supplier": flag("Denied by supplier", "A denial by the supplier attaches to it.", **party),
        "denied_by_recipient": flag(
            "Denied by recipient", "A denial by the recipient attaches to it.", **party
        ),
        "first_reported_on": edtf(
            "First reported on",
            "When the earliest asserting claim became public.",
            by="computed",
            required=False,
        ),
        "last_reported_on": edtf(
            "Last reported on",
            "When the latest asserting claim became public.",
            by="computed",
            required=False,
        ),
        "first_admission_on": edtf(
            "First admission on", "When the earliest admission became public.", by="computed", required=False
        ),
        "n_claims": whole("Claims", "Number of claims, its own and those that bear on it.", **number_of),
        "n_claimants": whole("Claimants", "Number of different claimants among them.", **number_of),
        "n_independent": whole(
            "Independent voices", "Size of the largest set of pairwise independent voices.", **number_of
        ),
        "n_sources": whole("Sources", "Number of different documents behind the claims.", **number_of),
        "has_visible_evidence": flag("Visible evidence", "A claim shows its evidence to the public.", **yes),
        "has_physical_exam": flag("Physical examination", "A claim rests on an examined object.", **yes),
    }


def quantity_result(of: str, unit: str) -> dict[str, Any]:
    """The record's own series at the dataset's as-of day, repeated from ``estimates``."""
    computed_number: dict[str, Any] = {"by": "computed", "required": False, "unit": unit, "minimum": 0}
    return {
        "quantity_low": number("Low", f"Lowest figure that the rule allows for {of}.", **computed_number),
        "quantity_best": number(
            "Best", f"The figure that the rule takes for {of}; often empty.", **computed_number
        ),
        "quantity_high": number(
            "High", "Highest figure; only where two independent voices set an upper bound.", **computed_number
        ),
        "quantity_high_open": flag(
            "High is open", "No upper bound can be given.", by="computed", required=False
        ),
        "quantity_reported_max": number(
            "Reported maximum", "Largest figure that anyone asserted; never an estimate.", **computed_number
        ),
        "quantity_rule": code(
            "estimate_rule", "Rule", "The rule that gave `quantity_best`.", by="computed", required=False
        ),
        "quantity_conflict": flag(
            "Conflict", "The fresh claims have no number in common.", by="computed", required=False
        ),
    }


class Transfers(Table):
    """One direction, one item or class, one unit, one episode of arms or a reciprocal good moved or promised."""

    id = key(
        "Transfer", "The transfer's id, also its file's name.", pattern=TRANSFER_ID, example="NKRU-T-0001"
    )
    title = text("Title", "Item and direction, in own words.", max_length=120)
    direction = code("direction", "Direction", "From which state to which.")
    supplier = ref(
        "actors", "Supplier", "The state or body that gives.", origin="SIPRI Arms Transfers Database"
    )
    recipient = ref(
        "actors", "Recipient", "The state or body that takes.", origin="SIPRI Arms Transfers Database"
    )
    transfer_class = code(
        "transfer_class",
        "Transfer class, typed",
        "What is transferred; typed only where no item is named.",
        required=False,
    )
    unit = code("unit", "Unit", "The unit in which this record is counted; units are never mixed.")
    level = code(
        "level",
        "Level",
        "Whether it is a whole campaign, a dated part, a named component, or alone.",
        origin="AidData (umbrella records)",
    )
    parent = ref(
        "transfers", "Parent", "The transfer that this one is a part of.", required=False, pattern=TRANSFER_ID
    )
    start = edtf("Start", "When the transfer began, no more precise than the sources say.")
    end = edtf("End", "When it ended; `..` if nobody says that it did.", open_end=True)
    condition = code(
        "condition",
        "Condition",
        "New, from stock, refurbished or unknown.",
        default="unknown",
        origin="SIPRI Arms Transfers Database",
    )
    ended = code("ended", "Ended by", "What ended it, if it did not run its course.", required=False)
    summary = text(
        "Summary",
        "What is reported, by whom, what is disputed; in own words.",
        required=False,
        max_length=600,
    )
    note = note("the record")
    class_ = code("transfer_class", "Class", "The items' class, or the typed one.", by="computed")
    class_path = words(
        "Class path",
        "The class and all classes above it, broadest first.",
        by="computed",
        codelist="transfer_class",
    )
    status = ladder(
        "status", "Status", "Highest rung that is at least possible.", by="computed", required=False
    )
    status_confident = ladder(
        "status",
        "Status, confident",
        "Highest rung that is at least probable.",
        by="computed",
        required=False,
    )
    _standing = standing("the status")
    recommended_for_totals = flag(
        "Recommended for totals",
        "True where this record can be added to others of its unit without counting goods twice.",
        by="computed",
        origin="AidData (recommended for aggregates)",
    )
    _quantity = quantity_result("all that moved", "the unit in `unit`")
    _trace = trace()

    class Config(Table.Config):
        title = "Transfers"
        metadata = {
            "warnings": (
                "units_differ",
                "umbrella_and_parts",
                "cumulative_not_flow",
                "absence_is_not_evidence",
            )
        }


class Events(Table):
    """One dated happening of or about a transfer: a visit, a statement, a battle, a port call."""

    id = key("Event", "The event's id, also its file's name.", pattern=EVENT_ID, example="NKRU-E-0001")
    title = text("Title", "What happened, in own words.", max_length=120)
    event_type = code("event_type", "Event type", "What kind of happening it was.")
    direction = code(
        "direction",
        "Direction",
        "Direction of the goods or persons it is about; empty if none.",
        required=False,
    )
    date = edtf("Date", "When it happened, no more precise than the sources say.")
    headline_measure = code(
        "measure", "Headline measure", "The measure of the event's own figure.", required=False
    )
    headline_scope = text("Headline scope", "The scope of that figure.", required=False, max_length=40)
    headline_unit = code("unit", "Headline unit", "The unit of that figure.", required=False)
    summary = copied(Transfers, "summary", by="typed")
    note = note("the record")
    _standing = standing("that it happened")
    _quantity = quantity_result("the event's headline", "the unit in `headline_unit`")
    _trace = trace()

    class Config(Table.Config):
        title = "Events"
        metadata = {"warnings": ("dates_uncertain", "absence_is_not_evidence")}


# --- claims -------------------------------------------------------------------------------------------


class Claims(Table):
    """The atom: one claimant, one proposition, one measure, one as-of date, in the record it is about."""

    id = key(
        "Claim",
        "Typed `c1`, published with its record in front.",
        pattern=CLAIM_ID,
        local=True,
        example="NKRU-T-0001.c1",
    )
    record = placed("records", "Record", "The record that the claim is about.")
    claimant = ref("actors", "Claimant", "The body that vouches for it.", origin="OpenSanctions (statements)")
    speaker = ref("actors", "Speaker", "The person or office through which it spoke.", required=False)
    voice = ref(
        "voices", "Voice", "The originating observer; the claimant's own unless typed.", required=False
    )
    stance = code(
        "stance", "Stance", "Whether it asserts, denies, doubts, corrects or retracts.", default="asserts"
    )
    kind = code("kind", "Kind", "What the claim is a claim of: a stock, a flow, a capacity, a mere fact ...")
    measure = code("measure", "Measure", "What is counted.", default="moved")
    scope = text(
        "Scope",
        "One or two words for a count that is narrower by its own words; `all` otherwise.",
        default="all",
        max_length=40,
        pattern=r"^[a-z0-9][a-z0-9_ -]*$",
    )
    modality = code("modality", "Modality", "How firmly it is said.", default="asserted")
    statement = text(
        "Statement", "What is claimed, in own words; never a sentence of the source.", max_length=300
    )
    quantity_qualifier = code("qualifier", "Qualifier", "How the figure is bounded.", required=False)
    quantity_value = number(
        "Value",
        "The figure, where there is one.",
        unit="the unit in `quantity_unit`",
        required=False,
        minimum=0,
    )
    quantity_from = number(
        "From", "Lower end of a range.", unit="the unit in `quantity_unit`", required=False, minimum=0
    )
    quantity_to = number(
        "To", "Upper end of a range.", unit="the unit in `quantity_unit`", required=False, minimum=0
    )
    quantity_unit = code("unit", "Unit", "The unit of the figure.", required=False)
    quantity_as_stated = text(
        "As stated",
        "The figure as printed in the source.",
        required=False,
        max_length=60,
        example="more than 5 million",
    )
    window = edtf("Window", "When the thing claimed happened.", required=False)
    since = edtf("Since", "Start of a cumulative count, if the claimant gives it.", required=False)
    as_of = edtf(
        "As of", "The day for which a cumulative, on-hand or share figure holds.", required=False, point=True
    )
    stated_on = edtf("Stated on", "When the claim became public.")
    status_asserted = ladder("status", "Status asserted", "The rung that the claim asserts.", required=False)
    evidence_type = code("evidence_type", "Evidence", "What the claimant says that it rests on.")
    evidence_visible = flag(
        "Evidence visible", "The public can see the evidence itself.", default="false", origin="Oryx"
    )
    complete = flag("Complete", "A documented count that says that it is complete.", default="false")
    credibility = code(
        "credibility", "Credibility", "How likely this statement is, judged alone.", origin=ADMIRALTY
    )
    credibility_basis = text("Credibility basis", "Why; required unless 3.", required=False, max_length=300)
    likelihood_words = text(
        "Likelihood words", "The claimant's own words of likelihood.", required=False, max_length=60
    )
    denies_direction = code(
        "direction", "Denies, direction", "The direction that a denial is about.", required=False
    )
    denies_classes = words(
        "Denies, classes",
        "The classes that a denial is about, or `all`.",
        required=False,
        codelist="transfer_class",
    )
    denies_rung = ladder("status", "Denies, rung", "The rung from which on it denies.", required=False)
    denies_until = edtf(
        "Denies, until",
        "The last day that the denial speaks of; `stated_on` if left out.",
        required=False,
        point=True,
    )
    admission = flag(
        "Admission", "A state of the dyad says it against its earlier line or interest.", default="false"
    )
    supersedes = ref(
        "claims",
        "Supersedes",
        "The earlier claim of the same voice that this one replaces.",
        required=False,
        **LOCAL,
    )
    rests_on = ref(
        "claims", "Rests on", "The claim that a capacity or equivalent starts from.", required=False, **LOCAL
    )
    rank = code(
        "claim_rank",
        "Rank",
        "Deprecated claims are kept and never counted.",
        default="normal",
        origin="Wikidata (ranks)",
    )
    rank_reason = text("Rank reason", "Why it is deprecated.", required=False, max_length=300)
    quantity_low = number(
        "Quantity, low",
        "Lower value that the qualifier gives.",
        unit="the unit in `quantity_unit`",
        required=False,
        by="computed",
    )
    quantity_point = number(
        "Quantity, point",
        "Point that the qualifier gives.",
        unit="the unit in `quantity_unit`",
        required=False,
        by="computed",
    )
    quantity_high = number(
        "Quantity, high",
        "Upper value that the qualifier gives (a vague word's is no bound for an estimate).",
        unit="the unit in `quantity_unit`",
        required=False,
        by="computed",
    )
    bears_on = words(
        "Bears on",
        "Other records to which its status, identification and stance count.",
        by="computed",
        required=False,
    )
    claimant_country = text(
        "Claimant country", "The claimant's country.", by="computed", required=False, **COUNTRY
    )
    interest = code(
        "interest", "Interest", "The claimant's stake in the matter.", by="computed", required=False
    )
    voice_ancestors = words(
        "Voice ancestors", "All voices above the claim's voice.", by="computed", required=False
    )
    reliability = code(
        "reliability",
        "Reliability",
        "The claimant's grade, from the actors registry.",
        by="computed",
        required=False,
        origin=ADMIRALTY,
    )
    reliability_rank = whole(
        "Reliability rank",
        "5 for A down to 1 for E; F is off the scale and empty.",
        by="computed",
        required=False,
    )
    credibility_rank = whole(
        "Credibility rank",
        "5 for 1 down to 1 for 5; 6 is off the scale and empty.",
        by="computed",
        required=False,
    )
    source = ref(
        "sources",
        "Source",
        "The best document: the origin, else the first report, else the first source typed.",
        by="computed",
        required=False,
    )
    source_role = code(
        "source_role", "Source role", "What that document is to the claim.", by="computed", required=False
    )
    locator = text("Locator", "Where in that document it stands.", by="computed", required=False)
    source_ids = words("All sources", "Every document that carries the claim.", by="computed", required=False)
    n_sources = whole("Number of sources", "How many documents carry the claim.", by="computed", minimum=0)
    origin_found = flag("Origin found", "The origin or the first report is among the sources.", by="computed")
    excerpt_only = flag("Excerpt only", "No source of the claim was read in full.", by="computed")
    _trace = trace()

    class Config(Table.Config):
        title = "Claims"
        metadata = {
            "warnings": (
                "claims_not_independent",
                "stances_mixed",
                "units_differ",
                "cumulative_not_flow",
                "dates_uncertain",
            )
        }


class ClaimSources(Table):
    """Which documents carry a claim, where in them it stands, and how each prints the figure."""

    claim = placed("claims", "Claim", "The claim.")
    source = ref("sources", "Source", "The document.")
    role = code("source_role", "Role", "What the document is to the claim.")
    locator = text(
        "Locator",
        "Where in the document: `p3`, `page 12`, `00:14:05`, `table 2`, `whole`.",
        pattern=LOCATOR,
        origin="W3C Web Annotation (selectors)",
    )
    as_stated = text(
        "As stated", "The figure as this document prints it, if it differs.", required=False, max_length=60
    )

    class Config(Table.Config):
        title = "Claim sources"
        unique = ["claim", "source", "locator"]


class ClaimRecords(Table):
    """Which other records a claim bears on: its status and stance count there, its quantity never does."""

    claim = placed("claims", "Claim", "The claim.")
    record = ref("records", "Record", "The other record.", pattern=RECORD_ID)

    class Config(Table.Config):
        title = "Claims bearing on other records"
        unique = ["claim", "record"]


class Sources(Table):
    """One document that was read, and what is known of it."""

    id = key(
        "Source",
        "A citation key: `<publisher>-<date>-<word>`.",
        pattern=SOURCE_ID,
        example="evrimagaci-undated-alliance",
    )
    title = text("Title", "As published.", required=False, max_length=300, origin="DataCite 4.6")
    title_en = text(
        "Title in English",
        "A translation, where the title is in another language.",
        required=False,
        max_length=300,
    )
    publisher = ref("actors", "Publisher", "Who published it.", origin="DataCite 4.6")
    author = text("Author", "As printed.", required=False, max_length=200)
    source_type = code("source_type", "Source type", "What kind of document it is.")
    language = text("Language", "Its language.", origin="BCP 47 (RFC 5646)", pattern=LANGUAGE, example="en")
    published = edtf("Published", "When it was published, no more precise than the document says.")
    url = text("Address", "Where it was found.", required=False, pattern=URL, max_length=500)
    archive_url = text("Archived at", "A kept copy.", required=False, pattern=URL, max_length=500)
    retrieved_on = day("Retrieved on", "The day on which it was read there.", required=False)
    read_as = code("read_as", "Read as", "How much of it the coder saw.")
    access = code("access", "Access", "Who can read it today.")
    derives_from = ref("sources", "Derives from", "The document that it rewrites.", required=False)
    doc_symbol = text(
        "Document symbol", "An official number, such as `S/2024/215`.", required=False, max_length=60
    )
    missing = words("Missing", "Columns of this table that the document does not state.", required=False)
    seed_file = text(
        "Seed file",
        "The verbatim text under `seeds/`, for a seed document.",
        required=False,
        pattern=r"^[A-Za-z0-9_.-]+\.txt$",
    )
    note = note("the source")

    class Config(Table.Config):
        title = "Sources"


class SourceNotCoded(Table):
    """Paragraphs of a seed document of which something was left out of the data, and why."""

    source = placed("sources", "Source", "The seed document.")
    locator = text("Locator", "The paragraph.", pattern=LOCATOR)
    why = text("Why", "Why it is no claim of a record.", max_length=300)

    class Config(Table.Config):
        title = "Passages not coded"
        unique = ["source", "locator"]


# --- what is computed -----------------------------------------------------------------------------------


class Estimates(Table):
    """Low, best and high of every series on every day on which its claims changed, and at the as-of day."""

    id = key(
        "Estimate",
        "Record, measure, scope, unit, kind, basis, window and day, joined by dots.",
        by="computed",
        pattern=r"^NKRU-[TE]-[0-9]{4}(\.[a-z0-9_ -]+)+$",
    )
    record = ref("records", "Record", "The record.", by="computed")
    measure = copied(Claims, "measure", default="")
    scope = copied(Claims, "scope", default="")
    unit = code("unit", "Unit", "The unit of every number in the row.", by="computed")
    kind = copied(Claims, "kind")
    basis = code(
        "basis",
        "Basis",
        "Whether it is reported, converted, an increment or a documented floor.",
        by="computed",
    )
    window_earliest = day(
        "Window, earliest", "First day of a flow's or increment's window.", by="computed", required=False
    )
    window_latest = day("Window, latest", "Last day of that window.", by="computed", required=False)
    day = day("Day", "The day for which the row holds.", by="computed")
    low = number(
        "Low",
        "Lowest figure that the rule allows.",
        unit="the unit in `unit`",
        by="computed",
        required=False,
        minimum=0,
        origin="UCDP GED (low, best, high)",
    )
    best = number(
        "Best",
        "The figure that the rule takes; empty where none has a point.",
        unit="the unit in `unit`",
        by="computed",
        required=False,
        minimum=0,
        origin="UCDP GED (low, best, high)",
    )
    high = number(
        "High",
        "Highest figure; only where two independent voices set an upper bound.",
        unit="the unit in `unit`",
        by="computed",
        required=False,
        minimum=0,
        origin="UCDP GED (low, best, high)",
    )
    high_open = flag("High is open", "No upper bound can be given.", by="computed")
    reported_max = number(
        "Reported maximum",
        "Largest figure that anyone asserted.",
        unit="the unit in `unit`",
        by="computed",
        required=False,
        minimum=0,
    )
    rule = code(
        "estimate_rule",
        "Rule",
        "The rule that gave `best`; empty for increments and documented floors.",
        by="computed",
        required=False,
    )
    conflict = flag("Conflict", "The fresh claims have no number in common.", by="computed")
    stale_days = whole(
        "Stale days",
        "Days from the newest current claim to the row's day.",
        by="computed",
        required=False,
        unit="day",
    )
    stale = flag("Stale", "The newest current claim is older than 180 days on the row's day.", by="computed")
    n_claims = whole("Claims", "Number of claims that the row rests on.", by="computed", minimum=0)
    n_voices = whole("Voices", "Number of their voices.", by="computed", minimum=0)
    claims = words("Claims used", "The claims that the row rests on.", by="computed", required=False)
    conversion = ref(
        "conversions", "Conversion", "The conversion of a converted row.", by="computed", required=False
    )
    voice = ref("voices", "Voice", "The voice of an increment.", by="computed", required=False)
    method_version = text("Method version", "Version of the written rule.", by="computed")

    class Config(Table.Config):
        title = "Estimates"
        metadata = {
            "warnings": ("units_differ", "cumulative_not_flow", "umbrella_and_parts", "empty_is_not_zero")
        }


class TransferStatus(Table):
    """How well each rung of a transfer's status ladder is supported, and by which claims."""

    id = key(
        "Rung of a transfer",
        "Record and status, joined by a dot.",
        by="computed",
        pattern=r"^NKRU-T-[0-9]{4}\.[a-z_]+$",
    )
    record = ref("transfers", "Transfer", "The transfer.", by="computed")
    status = ladder("status", "Status", "The rung.", by="computed")
    confidence = ladder("confidence", "Confidence", "How well this rung is supported.", by="computed")
    inferred = flag("Inferred", "No claim asserts this rung itself; a higher one implies it.", by="computed")
    n_claims = whole("Claims", "Number of claims that support it.", by="computed", minimum=0)
    n_voices = whole("Voices", "Number of their voices.", by="computed", minimum=0)
    n_independent = whole(
        "Independent voices", "Largest set of pairwise independent voices.", by="computed", minimum=0
    )
    claims = words("Claims used", "The claims that support it.", by="computed", required=False)
    first_stated_on = day(
        "First stated on", "The day by which the first of them was public.", by="computed", required=False
    )

    class Config(Table.Config):
        title = "Status ladder of each transfer"


# --- registries -----------------------------------------------------------------------------------------


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


# --- what hangs on a record -----------------------------------------------------------------------------


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

    record = placed("records", "Record", "The record.")
    date = day("Date", "When it was changed.")
    kind = code("revision_kind", "Kind", "What kind of change it is.", origin="owid/etl (corrections)")
    fields = words("Fields", "The YAML paths that were changed, such as `claims[c1].as_of`.")
    reason = text("Reason", "What was wrong, and what showed it.", max_length=300)

    class Config(Table.Config):
        title = "Revisions"
        unique = ["record", "date", "kind"]


# --- the dataset about itself -----------------------------------------------------------------------------


class Codelists(Table):
    """Every code of every list, with its label and definition."""

    list_ = text("List", "The list.", by="computed")
    value = text("Value", "The code.", by="computed")
    label = text("Label", "What a table shows.", by="computed")
    definition = text("Definition", "When it is chosen.", by="computed")
    rank = whole(
        "Rank",
        "Place on the list's scale, higher is more; empty: off the scale.",
        by="computed",
        required=False,
    )
    parent = text("Parent", "The broader code.", by="computed", required=False)

    class Config(Table.Config):
        title = "Codelists"
        unique = ["list", "value"]


class Changes(Table):
    """What changed since the release before; empty where there was none."""

    table = text("Table", "The table.", by="computed")
    row_key = text("Row", "The row's key.", by="computed")
    change = code(
        "change_kind", "Change", "What kind of change it is.", by="computed", origin="MITRE ATT&CK diff"
    )
    column = text("Column", "The column; empty for a whole row.", by="computed", required=False)
    old = text("Old", "The value before.", by="computed", required=False)
    new = text("New", "The value now.", by="computed", required=False)
    reason = text("Reason", "Why a released value was changed.", by="computed", required=False)

    class Config(Table.Config):
        title = "Changes"


class Retired(Table):
    """Ids that were released and are no longer used, with what took their place."""

    id = key(
        "Id", "The retired id.", pattern=r"^(NKRU-[TE]-[0-9]{4}(\.c[1-9][0-9]*)?|[a-z0-9]+(-[a-z0-9]+)*)$"
    )
    retired_in = text(
        "Retired in",
        "The version that dropped it.",
        pattern=r"^[0-9]+\.[0-9]+\.[0-9]+(\.dev[0-9]+)?$",
        origin="Semantic Versioning 2.0.0",
    )
    reason = code("retire_reason", "Reason", "Why the id is no longer used.")
    replaced_by = text("Replaced by", "Its successor, where there is one.", required=False, max_length=60)
    note = note("the entry")

    class Config(Table.Config):
        title = "Retired ids"


class Dataset(Table):
    """What ``dataset.yaml`` says of the whole; it becomes the package's metadata and is no published table."""

    name = text("Name", "The dataset's short name.", pattern=SLUG, max_length=40)
    version = text(
        "Version",
        "Of data and package; ends in `.dev0` between releases.",
        pattern=r"^[0-9]+\.[0-9]+\.[0-9]+(\.dev0)?$",
        origin="Semantic Versioning 2.0.0",
    )
    title = text("Title", "As it is cited.", max_length=200, origin="DataCite 4.6")
    description = text("Description", "One paragraph.", max_length=1200, origin="DataCite 4.6")
    as_of = day("As of", "The clock of every build: nothing later is in the data.")
    coverage_start = day("Coverage, start", "The first day in scope.")
    coverage_end = day("Coverage, end", "The last day in scope; empty while it goes on.", required=False)
    licence_spdx = text("Licence, SPDX", "Of the data, by its SPDX identifier.", origin="SPDX", max_length=40)
    licence_title = text("Licence, title", "Its full name.", max_length=120)
    licence_url = text("Licence, address", "Where its text stands.", pattern=URL, max_length=200)
    keywords = words("Keywords", "For catalogues.")
    repository = text("Repository", "Where the dataset is kept.", required=False, pattern=URL, max_length=200)
    doi = text(
        "DOI", "Empty until there is one.", required=False, pattern=r"^10\.[0-9]{4,9}/[^\s]+$", max_length=120
    )

    class Config(Table.Config):
        title = "Dataset"


class Contributors(Table):
    """Who made the dataset, as it is cited."""

    name = placed("dataset", "Dataset", "The dataset.")
    title = text("Name", "Of the person or group.", max_length=120)
    role = text(
        "Role",
        "author, editor or contributor.",
        pattern=r"^(author|editor|contributor)$",
        origin="Data Package v2",
    )
    orcid = text(
        "ORCID",
        "The person's ORCID iD.",
        required=False,
        pattern=r"^[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]$",
        origin="ORCID",
    )

    class Config(Table.Config):
        title = "Contributors"
        unique = ["name", "title"]


# --- flat views: labels joined on, a unit in every row -----------------------------------------------------


def _label(model: type[Table], name: str, title: str, description: str) -> Any:
    spec = specs(model)[name]
    return text(title, description, by="computed", required=spec.required, origin=spec.origin)


class TransfersFlat(Table):
    """One row a transfer with labels instead of codes: the table for a spreadsheet."""

    id = copied(Transfers, "id")
    title = copied(Transfers, "title")
    direction = _label(Transfers, "direction", "Direction", "From which state to which.")
    supplier = _label(Transfers, "supplier", "Supplier", "Name of the supplier.")
    supplier_iso3 = text(
        "Supplier ISO", "Country code of the supplier.", by="computed", required=False, **COUNTRY
    )
    supplier_cow = copied(Actors, "cow_code", title="Supplier COW code")
    supplier_gw = copied(Actors, "gw_code", title="Supplier G-W code")
    recipient = _label(Transfers, "recipient", "Recipient", "Name of the recipient.")
    recipient_iso3 = text(
        "Recipient ISO", "Country code of the recipient.", by="computed", required=False, **COUNTRY
    )
    recipient_cow = copied(Actors, "cow_code", title="Recipient COW code")
    recipient_gw = copied(Actors, "gw_code", title="Recipient G-W code")
    class_ = text("Class", "Label of the class.", by="computed")
    items = text("Items", "Names of the items.", by="computed", required=False)
    unit = _label(Transfers, "unit", "Unit", "The unit of every number in the row.")
    level = _label(Transfers, "level", "Level", "Label of the level.")
    parent = copied(Transfers, "parent")
    start = copied(Transfers, "start")
    start_earliest = copied(Transfers, "start_earliest")
    start_latest = copied(Transfers, "start_latest")
    end_ = copied(Transfers, "end")
    quantity_low = copied(Transfers, "quantity_low")
    quantity_best = copied(Transfers, "quantity_best")
    quantity_high = copied(Transfers, "quantity_high")
    quantity_high_open = copied(Transfers, "quantity_high_open")
    quantity_reported_max = copied(Transfers, "quantity_reported_max")
    quantity_conflict = copied(Transfers, "quantity_conflict")
    status = _label(Transfers, "status", "Status", "Label of the highest possible rung.")
    confidence = _label(Transfers, "confidence", "Confidence", "Label of the confidence.")
    contested = copied(Transfers, "contested")
    denied_by_supplier = copied(Transfers, "denied_by_supplier")
    denied_by_recipient = copied(Transfers, "denied_by_recipient")
    admitted_by_supplier = copied(Transfers, "admitted_by_supplier")
    admitted_by_recipient = copied(Transfers, "admitted_by_recipient")
    n_claims = copied(Transfers, "n_claims")
    n_independent = copied(Transfers, "n_independent")
    claimants = text("Claimants", "Names of the claimants.", by="computed")
    first_reported_on = copied(Transfers, "first_reported_on")
    last_reported_on = copied(Transfers, "last_reported_on")
    recommended_for_totals = copied(Transfers, "recommended_for_totals")
    summary = copied(Transfers, "summary")
    record_path = copied(Transfers, "record_path")
    record_sha256 = copied(Transfers, "record_sha256")

    class Config(Table.Config):
        title = "Transfers, flat"
        metadata = {"view": True, "warnings": Transfers.Config.metadata["warnings"]}


class ClaimsFlat(Table):
    """One row a claim with labels, its record's title and its best source: who says what, since when."""

    id = copied(Claims, "id")
    record = copied(Claims, "record")
    record_title = text("Record title", "Title of the record.", by="computed")
    direction = _label(Events, "direction", "Direction", "From which state to which.")
    class_ = text("Class", "Label of the transfer's class; empty for events.", by="computed", required=False)
    claimant = _label(Claims, "claimant", "Claimant", "Name of the body that vouches.")
    claimant_iso3 = copied(Claims, "claimant_country")
    interest = _label(Claims, "interest", "Interest", "Label of the claimant's stake.")
    voice = _label(Claims, "voice", "Voice", "Label of the originating observer.")
    stance = _label(Claims, "stance", "Stance", "Label of the stance.")
    kind = _label(Claims, "kind", "Kind", "Label of the kind.")
    measure = _label(Claims, "measure", "Measure", "Label of the measure.")
    scope = copied(Claims, "scope", default="")
    statement = copied(Claims, "statement")
    quantity_as_stated = copied(Claims, "quantity_as_stated")
    quantity_low = copied(Claims, "quantity_low")
    quantity_point = copied(Claims, "quantity_point")
    quantity_high = copied(Claims, "quantity_high")
    unit = text(
        "Unit",
        "The unit of the figure, or of the record where there is no figure.",
        by="computed",
        required=False,
    )
    as_of = copied(Claims, "as_of")
    stated_on = copied(Claims, "stated_on")
    stated_on_latest = copied(Claims, "stated_on_latest")
    status_asserted = _label(Claims, "status_asserted", "Status asserted", "Label of the rung.")
    evidence_type = _label(Claims, "evidence_type", "Evidence", "Label of the evidence.")
    reliability = copied(Claims, "reliability")
    credibility = copied(Claims, "credibility")
    source = copied(Claims, "source")
    source_publisher = text("Publisher", "Name of that document's publisher.", by="computed", required=False)
    source_title = text("Source title", "Title of that document.", by="computed", required=False)
    source_url = text("Source address", "Address of that document.", by="computed", required=False)
    locator = copied(Claims, "locator")
    record_path = copied(Claims, "record_path")
    record_sha256 = copied(Claims, "record_sha256")

    class Config(Table.Config):
        title = "Claims, flat"
        metadata = {"view": True, "warnings": Claims.Config.metadata["warnings"]}


MODELS: dict[str, type[Table]] = {
    "records": Records,
    "transfers": Transfers,
    "events": Events,
    "claims": Claims,
    "claim_sources": ClaimSources,
    "claim_records": ClaimRecords,
    "sources": Sources,
    "estimates": Estimates,
    "transfer_status": TransferStatus,
    "actors": Actors,
    "items": Items,
    "places": Places,
    "vessels": Vessels,
    "voices": Voices,
    "provisions": Provisions,
    "conversions": Conversions,
    "voice_parents": VoiceParents,
    "conversion_claims": ConversionClaims,
    "transfer_intermediaries": TransferIntermediaries,
    "source_not_coded": SourceNotCoded,
    "revisions": Revisions,
    "participants": Participants,
    "record_places": RecordPlaces,
    "record_vessels": RecordVessels,
    "record_items": RecordItems,
    "record_links": RecordLinks,
    "record_provisions": RecordProvisions,
    "codelists": Codelists,
    "changes": Changes,
    "retired": Retired,
    "transfers_flat": TransfersFlat,
    "claims_flat": ClaimsFlat,
}

# Typed in dataset.yaml and published as metadata, not as tables.
UNPUBLISHED: dict[str, type[Table]] = {"dataset": Dataset, "contributors": Contributors}
ALL_MODELS: dict[str, type[Table]] = {**MODELS, **UNPUBLISHED}
