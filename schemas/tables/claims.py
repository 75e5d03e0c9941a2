"""Claims, and the documents that carry them."""

from __future__ import annotations

from schemas.fields import (
    ADMIRALTY,
    Table,
    code,
    day,
    edtf,
    flag,
    key,
    ladder,
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
    LANGUAGE,
    LOCAL,
    LOCATOR,
    RECORD_ID,
    SOURCE_ID,
    URL,
    note,
)
from schemas.tables.records import trace


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
    claimant_type = code(
        "actor_type", "Claimant type", "What kind of actor the claimant is.", by="computed", required=False
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
        "Where in the document: `p3` (of a document read as an excerpt: the third passage of what was read), "
        "`page 12`, `00:14:05`, `table 2`, `whole`.",
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
