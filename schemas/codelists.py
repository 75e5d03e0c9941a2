"""Every closed vocabulary of the dataset, declared once.

The codebook, the enums of the tables, the editors' completion and the ``codelists`` table of a release
are derived from here; no other module spells out a code. A definition says when to choose a code and where
it stops against its neighbours, so that a coder can decide from this file alone.

Deliberately out of scope: names of actors, places, vessels, items, voices and provisions (registries of the
dataset); codes that other bodies keep (``standards``: ISO 3166, HS headings, the categories of UNROCA, SIPRI,
MTCR and Wassenaar; BCP 47 tags and IMO numbers are checked by libraries); yes/no columns; text that is worded
freely (scope, likelihood words, locators); and the rules that work on codes, such as which kinds enter an
estimate or how a status is reached. Those live in the rules and in the assessment, which get bounds and
ranks as columns.

Codes stand in the order in which people read them. A rank, where there is one, says what is more; codes
without a rank in a ranked list are off the scale and compare as missing.
"""

from __future__ import annotations

from schemas.code import Code, Codelist
from schemas.standards import STANDARDS

VAGUE_BOUNDS: dict[str, tuple[int, int]] = {
    "dozens": (24, 99),
    "hundreds": (200, 999),
    "thousands": (2_000, 9_999),
    "tens_of_thousands": (20_000, 99_999),
    "hundreds_of_thousands": (200_000, 999_999),
    "millions": (2_000_000, 9_999_999),
}
"""The lowest and highest number that each vague word covers. An estimate uses the lowest only."""


def _vague(value: str) -> Code:
    """Declare a vague word as a qualifier, with its bounds written into the definition."""
    low, high = VAGUE_BOUNDS[value]
    words = value.replace("_", " ")
    return Code(
        value,
        words.capitalize(),
        f"The bare word {words}, with no figure: {low:,} to {high:,}. An estimate takes {low:,} as a "
        "lower value, with no point and no upper value. With a figure, use the qualifier of the figure.",
    )


_LISTS: tuple[Codelist, ...] = (
    Codelist(
        name="direction",
        title="Direction",
        description=(
            "Which of the two states the goods, services or persons came from and which they went to."
        ),
        origin="armsledger codebook",
        codes=(
            Code(
                "PRK_to_RUS",
                "North Korea to Russia",
                "Goods, services or persons move from North Korea to Russia, also by way of a third "
                "country, and also where Russia uses them outside its own territory.",
            ),
            Code(
                "RUS_to_PRK",
                "Russia to North Korea",
                "Goods, services or persons move from Russia to North Korea. A payment, a return of goods "
                "or a delivery in exchange has the direction in which it itself moves.",
            ),
            Code(
                "joint",
                "Joint",
                "Events only: both states act together and no single direction can be named, as in a "
                "summit, a treaty or an exercise. A transfer always has one of the two directions; an "
                "exchange is two transfers.",
            ),
        ),
    ),
    Codelist(
        name="record_type",
        title="Record type",
        description="What a record describes.",
        origin="armsledger codebook",
        codes=(
            Code(
                "transfer",
                "Transfer",
                "Goods, services, personnel, data or payment said to have moved, or to have been sought or "
                "agreed, in one direction, of one item or class, in one unit, over one episode. A dated "
                "happening without goods of its own is an event.",
            ),
            Code(
                "event",
                "Event",
                "One dated happening, such as a visit, a vote, a voyage or a strike. A campaign that runs "
                "over weeks is a transfer, or several events joined by links.",
            ),
        ),
    ),
    Codelist(
        name="status",
        title="Status",
        description=(
            "How far a transfer is said to have gone: a ladder on which each rung comes after the ones "
            "below it. What ended a transfer is no rung and is kept in the list ended."
        ),
        origin="armsledger codebook",
        codes=(
            Code(
                "alleged_request",
                "Alleged request",
                "One side is said to have asked for, offered or wanted the object. Talks about it between "
                "the two are not claimed.",
                rank=0,
            ),
            Code(
                "negotiated",
                "Negotiated",
                "Both sides are said to have discussed this object. No conclusion of the talks is claimed.",
                rank=1,
            ),
            Code(
                "agreed",
                "Agreed",
                "The two sides are said to have concluded an agreement, contract or order that covers this "
                "object. A general treaty that does not name it is not enough.",
                rank=2,
            ),
            Code(
                "prepared",
                "Prepared",
                "The object is said to have been assembled, packed, staged or loaded for the move, or "
                "persons mustered and trained for it, but not yet to have left the supplier.",
                rank=3,
            ),
            Code(
                "shipped",
                "Shipped",
                "The object is said to have left the supplier or the place of loading: sent, dispatched, "
                "exported, carried, under way, transported to the country. Arrival is not claimed.",
                rank=4,
            ),
            Code(
                "delivered",
                "Delivered",
                "The object is said to have reached the recipient: supplied, provided, procured, received, "
                "arrived, unloaded at a named place. Issue to a unit is not claimed.",
                rank=5,
            ),
            Code(
                "fielded",
                "Fielded",
                "The object is said to have been issued to units of the recipient or seen with them, or "
                "persons to have joined units or reached their area of operations. Firing or fighting is "
                "not claimed.",
                rank=6,
            ),
            Code(
                "used",
                "Used",
                "The object is said to have been put to its purpose: fired, flown or expended, or persons "
                "to have fought or done the work they were sent for.",
                rank=7,
            ),
        ),
    ),
    Codelist(
        name="level",
        title="Level",
        description="Where a transfer stands among the transfers that cover the same goods.",
        origin="armsledger codebook",
        codes=(
            Code(
                "umbrella",
                "Umbrella",
                "A whole campaign or class over a window, within which narrower records may stand. Its "
                "figures already include those of its tranches and components.",
            ),
            Code(
                "tranche",
                "Tranche",
                "A dated part of an umbrella: one delivery, wave or period. What sets it apart is time; a "
                "part set apart by what it is, is a component.",
            ),
            Code(
                "component",
                "Component",
                "A named item or narrower class inside an umbrella or tranche. What sets it apart is the "
                "object; a part set apart by its dates is a tranche.",
            ),
            Code(
                "standalone",
                "Standalone",
                "A transfer with no broader and no narrower record. It becomes an umbrella or a part as "
                "soon as such a record is written.",
            ),
        ),
    ),
    Codelist(
        name="condition",
        title="Condition",
        description=(
            "The state in which goods are said to have been handed over; unknown where nobody says, and for "
            "services, persons and money, which have none."
        ),
        origin="armsledger codebook, after the status column of the SIPRI Arms Transfers Database",
        codes=(
            Code(
                "new",
                "New",
                "Said to be newly made: production marks of recent date, or a claimant that names current "
                "production.",
            ),
            Code(
                "from_stock",
                "From stock",
                "Said to come from the supplier's stores or units, of whatever age, without repair for the "
                "purpose.",
            ),
            Code(
                "refurbished",
                "Refurbished",
                "Said to have been repaired, overhauled or modernised before the hand-over.",
            ),
            Code(
                "unknown",
                "Unknown",
                "The question applies to the goods, and no claim answers it. Poor quality or a high rate "
                "of duds says nothing about it.",
            ),
        ),
    ),
    Codelist(
        name="ended",
        title="Ended",
        description=(
            "What brought a transfer to an end other than its completion. Empty: nothing of the kind is "
            "claimed."
        ),
        origin="armsledger codebook",
        codes=(
            Code(
                "interdicted",
                "Interdicted",
                "The goods were seized, stopped or destroyed by a third party before they reached the "
                "recipient. Destruction after arrival is a loss and is claimed with the measure lost.",
            ),
            Code(
                "returned",
                "Returned",
                "The whole of the goods or persons went back to the supplier. A partial return is claimed "
                "with the measure returned.",
            ),
            Code(
                "cancelled",
                "Cancelled",
                "One or both sides gave up the transfer before it was delivered. A delay is not a "
                "cancellation.",
            ),
        ),
    ),
    Codelist(
        name="kind",
        title="Kind of claim",
        description=(
            "What sort of statement a claim makes, and above all what its number measures. Kinds are never "
            "mixed in one estimate."
        ),
        origin="armsledger codebook",
        codes=(
            Code(
                "existence",
                "Existence",
                "Says that something happened and gives no number for it. If it only says how far the "
                "transfer has gone, it is status_only.",
            ),
            Code(
                "identification",
                "Identification",
                "Says that a particular object, debris or person is of a named type or origin. A claim "
                "that the type is in use, without an object, is existence.",
            ),
            Code(
                "flow",
                "Flow",
                "A number moved within a closed window that the counter chose: a month, a year, one named "
                "shipment. If the beginning is open or unclear, or the count runs from the first sighting "
                "of a traffic to the latest look, it is cumulative.",
            ),
            Code(
                "cumulative",
                "Cumulative",
                "A running total up to an as-of date: since, so far, to date, a total of, now at. It is "
                "also the choice whenever flow or cumulative cannot be decided.",
            ),
            Code(
                "on_hand",
                "On hand",
                "A number held or present at a moment: currently, deployed in, in stock. It can fall, "
                "unlike a cumulative total.",
            ),
            Code(
                "rate",
                "Rate",
                "A number for each unit of time, such as a monthly output or daily use, without saying for "
                "how long. With a closed window and a total, it is a flow.",
            ),
            Code(
                "capacity",
                "Capacity",
                "What could be carried, stored, made or trained, not what was. A number of shells read off "
                "the room in containers is an equivalent.",
            ),
            Code(
                "equivalent",
                "Equivalent",
                'A number that rests on an assumed content or conversion, such as "if all were 152 mm", '
                "and any number of rounds derived from a count of containers.",
            ),
            Code("share", "Share", "A part of a whole in percent, with the whole named as its scope."),
            Code(
                "value",
                "Value",
                "A sum of money said to be the worth, price or cost. A sum of money that is itself the "
                "thing transferred is a flow or cumulative claim in a currency unit.",
            ),
            Code(
                "intent",
                "Intent",
                'A plan, promise, threat or refusal about the future, including "we will not". It is '
                "neither an assertion nor a denial that something happened.",
            ),
            Code(
                "status_only",
                "Status only",
                "Says only how far a transfer has gone, such as agreed or shipped, about a thing that "
                "another claim establishes, and gives no number.",
            ),
        ),
    ),
    Codelist(
        name="measure",
        title="Measure",
        description="What the proposition is about, with a number or without. Different measures are separate series.",
        origin="armsledger codebook",
        codes=(
            Code(
                "moved",
                "Moved",
                "Went from the supplier to the recipient, or was sent. The default; for persons it counts "
                "everyone sent, whatever became of them.",
            ),
            Code(
                "present",
                "Present",
                "Is or was in a named place or area at a moment. It says nothing of those elsewhere, so it "
                "is not a total moved.",
            ),
            Code(
                "returned",
                "Returned",
                "Went back to the supplier, on leave, by rotation or for good. Replacements that arrive "
                "are moved.",
            ),
            Code(
                "lost",
                "Lost",
                "Materiel destroyed, damaged beyond use or abandoned. For persons use killed, wounded, "
                "killed_or_wounded or captured.",
            ),
            Code("fired", "Fired", "Ammunition or missiles expended, whether or not they hit or worked."),
            Code(
                "examined",
                "Examined",
                "Objects or remains that someone examined or counted one by one. It is a floor under what "
                "moved, never an estimate of it.",
            ),
            Code("killed", "Killed", "Persons dead. Casualties without distinction are killed_or_wounded."),
            Code("wounded", "Wounded", "Persons injured and not counted as dead."),
            Code(
                "killed_or_wounded",
                "Killed or wounded",
                "Dead and injured in one figure, as in casualties or losses of personnel. A source that "
                "gives both parts is coded as two claims, and a third only if it also gives their sum.",
            ),
            Code("captured", "Captured", "Persons taken prisoner, or materiel taken by the other side."),
            Code(
                "sailings",
                "Sailings",
                "Voyages or trips made with the goods. The goods carried on them are moved.",
            ),
            Code(
                "attacks",
                "Attacks",
                "Occasions on which it was used: strikes or attacks counted, not what was fired in them.",
            ),
            Code(
                "designated",
                "Designated",
                "Persons, firms or vessels listed by a sanctions act, in the issuer's own count.",
            ),
            Code(
                "other",
                "Other",
                "A count that none of the above describes; its scope or statement says what was counted.",
            ),
        ),
    ),
    Codelist(
        name="stance",
        title="Stance",
        description="The attitude of the claimant to the proposition.",
        origin="armsledger codebook",
        codes=(
            Code(
                "asserts",
                "Asserts",
                "Says or reports as its own finding that it is so, with whatever degree of certainty the "
                "modality gives.",
            ),
            Code(
                "denies",
                "Denies",
                "Says that it did not happen or is not so: false, fake, invented, we have not. A refusal or "
                "promise about the future is kind intent; groundless or unproven is casts_doubt. What "
                "others call a denial counts for nothing.",
            ),
            Code(
                "declines_to_confirm",
                "Declines to confirm",
                "Asked, and neither confirms nor denies. Silence that no one asked to break is no claim.",
            ),
            Code(
                "casts_doubt",
                "Casts doubt",
                "Speaks of rumours, mere assertion, missing proof or provocation, or calls it groundless, "
                "without saying that it is not so.",
            ),
            Code(
                "retracts", "Retracts", "Withdraws an earlier claim of its own and puts nothing in its place."
            ),
            Code(
                "corrects",
                "Corrects",
                "Replaces an earlier claim of its own and says that the earlier one was wrong. A new count "
                "without those words is asserts.",
            ),
        ),
    ),
    Codelist(
        name="modality",
        title="Modality",
        description="How firmly the claimant puts the proposition.",
        origin="armsledger codebook",
        codes=(
            Code("asserted", "Asserted", "Put as a fact, without reservation."),
            Code(
                "assessed",
                "Assessed",
                "Put as the claimant's own judgement or estimate: we assess, we believe, likely, is "
                "estimated at. A paper's own hedge (reportedly) does not make it one.",
            ),
            Code(
                "possible",
                "Possible",
                "Put as no more than a possibility: may have, could have, cannot be excluded. It enters no "
                "quantity and lifts no status above doubtful.",
            ),
        ),
    ),
    Codelist(
        name="qualifier",
        title="Qualifier",
        description=(
            "The words around a number, and the lower value, point and upper value that follow from them "
            "for an estimate."
        ),
        origin="armsledger codebook",
        codes=(
            Code(
                "exact",
                "Exactly",
                "A number given without any softening word. The number is lower value, point and upper "
                "value.",
            ),
            Code(
                "approx",
                "About",
                "Some, around, about, nearly, roughly. The number is lower value, point and upper value; a "
                "margin of 10 percent either way counts only when claims are tested for conflict.",
            ),
            Code(
                "at_least",
                "At least",
                "The number or more: at least, no fewer than. A lower value only, with no point and no "
                "upper value.",
            ),
            Code(
                "more_than",
                "More than",
                "Over, more than, in excess of. A lower value only, reckoned like at_least but kept apart "
                "because the text differs.",
            ),
            Code(
                "at_most",
                "At most",
                "The number or fewer: at most, no more than. An upper value only, with no point and no "
                "lower value.",
            ),
            Code(
                "up_to",
                "Up to",
                "Up to, as many as. An upper value only, reckoned like at_most; these words often "
                "advertise a maximum, so the text is kept apart.",
            ),
            Code(
                "under",
                "Under",
                "Fewer than, less than, below. An upper value only, reckoned like at_most. Nearly and "
                "almost are approx.",
            ),
            Code(
                "between",
                "Between",
                "Two numbers given as a range. The first is the lower value and the second the upper "
                "value; there is no point.",
            ),
            *(_vague(value) for value in VAGUE_BOUNDS),
        ),
    ),
    Codelist(
        name="evidence_type",
        title="Evidence type",
        description=(
            "What the claimant says its claim rests on. The best evidence named counts; whether the public "
            "can see it is a field of its own."
        ),
        origin="armsledger codebook",
        codes=(
            Code(
                "physical_exam",
                "Physical examination",
                "The object or its remains were examined by hand, with the examiner named. A photograph of "
                "remains alone is ground_image_video.",
            ),
            Code(
                "captured_materiel",
                "Captured materiel",
                "Goods, papers, devices or persons in the claimant's hands, shown or described but not "
                "examined in a technical way. With such an examination it is physical_exam; what a "
                "prisoner says is testimony.",
            ),
            Code(
                "satellite_image",
                "Satellite image",
                "Imagery from space, shown or cited with its day and place.",
            ),
            Code(
                "ground_image_video",
                "Ground image or video",
                "Photographs or film from the ground or a drone, including what was shown in state media.",
            ),
            Code(
                "vessel_tracking",
                "Vessel tracking",
                "Position signals of ships, or their recorded gaps. A ship seen in an image is "
                "satellite_image or ground_image_video.",
            ),
            Code(
                "transport_records",
                "Transport records",
                "Port, rail, customs or flight data and cargo papers. Ships' position signals are "
                "vessel_tracking.",
            ),
            Code(
                "financial_records",
                "Financial records",
                "Bank, payment, tax or company accounts. Customs values are transport_records.",
            ),
            Code(
                "document",
                "Document",
                "Another document shown or cited: a contract, order, identity paper, leaked file or "
                "official text.",
            ),
            Code(
                "party_statement",
                "Statement by a party",
                "The word of the supplier or the recipient itself, including its office-holders and state "
                "media. The word of any other government is official_assertion.",
            ),
            Code(
                "official_assertion",
                "Official assertion",
                "A government or intelligence service outside the dyad vouches for it on information that "
                "it does not show.",
            ),
            Code(
                "testimony",
                "Testimony",
                "What a witness, prisoner, defector or worker says from own experience, named or not.",
            ),
            Code(
                "expert_inference",
                "Expert inference",
                "A conclusion drawn by an analyst from other facts, without direct evidence of this one.",
            ),
            Code(
                "none_stated",
                "None stated",
                "The claim names no basis and its claimant is neither a party nor a government. A "
                "government's bare word is official_assertion or party_statement.",
            ),
        ),
    ),
    Codelist(
        name="source_type",
        title="Source type",
        description=(
            "What sort of document a source is. The document itself decides, not the body that it quotes."
        ),
        origin="armsledger codebook",
        codes=(
            Code(
                "gov_statement",
                "Government statement",
                "A text, briefing transcript or post published by a government, ministry, armed force or "
                "intelligence service on its own channel.",
            ),
            Code(
                "intergov_report",
                "Intergovernmental report",
                "A report or letter of an intergovernmental body or of a team of states, such as a UN "
                "panel or the MSMT.",
            ),
            Code(
                "legislature",
                "Legislature",
                "Bills, votes, hearings or minutes published by a parliament. A legislator quoted in the "
                "press is a news source.",
            ),
            Code(
                "state_media",
                "State media",
                "An outlet that a state owns or directs, such as KCNA or TASS, in its own report. An "
                "official text reprinted word for word by it is still state_media.",
            ),
            Code(
                "sanctions_notice",
                "Sanctions notice",
                "The issuer's legal notice, list entry or press release that designates persons, firms or "
                "vessels.",
            ),
            Code("court_record", "Court record", "Indictments, judgments and filings."),
            Code(
                "ngo_field_report",
                "Field report",
                "An organisation's report on objects or places that its own people examined on site. "
                "Without work on site it is think_tank.",
            ),
            Code(
                "think_tank",
                "Think tank",
                "Analysis by a research institute or advocacy group from open or commercial material.",
            ),
            Code(
                "imagery_provider",
                "Imagery provider",
                "Images and captions published by the firm or agency that took them. An institute's "
                "reading of bought images is think_tank.",
            ),
            Code("academic", "Academic", "A peer-reviewed or university publication, including preprints."),
            Code(
                "news_own_reporting",
                "News, own reporting",
                "A news text that rests on the outlet's own interviews, documents or observation, "
                "including the text that a news agency itself publishes.",
            ),
            Code(
                "news_wire_copy",
                "News, wire copy",
                "A news agency's text carried by another outlet essentially unchanged.",
            ),
            Code(
                "news_rewrite",
                "News, rewrite",
                "A news text that retells what other outlets or agencies reported and adds no reporting of "
                "its own.",
            ),
            Code(
                "social_media",
                "Social media",
                "A post by a person or group that is not an official channel. An official channel's post "
                "is gov_statement.",
            ),
            Code("dataset", "Dataset", "A published table or database that is cited for its rows."),
            Code("other", "Other", "A document that none of the above describes; the note says what it is."),
        ),
    ),
    Codelist(
        name="source_role",
        title="Source role",
        description="What a document does for a claim. A claim has at most one origin and one first report.",
        origin="armsledger codebook",
        codes=(
            Code("origin", "Origin", "The claimant's own text, recording or transcript."),
            Code(
                "first_report",
                "First report",
                "The earliest known document by someone else that reports the claim from the claimant "
                "directly, such as an interview or a briefing attended.",
            ),
            Code(
                "repeats",
                "Repeats",
                "Carries the claim from another document, or the same voice says the same number, or the "
                "same thing without a number, again without a new as-of date.",
            ),
            Code(
                "translates",
                "Translates",
                "Gives the claim's wording in another language as a translation of a known text. A "
                "retelling in another language is repeats.",
            ),
            Code(
                "summarises",
                "Summarises",
                "Gives the claim in shortened or merged form, so that its figure, date or wording may have "
                "been simplified.",
            ),
        ),
    ),
    Codelist(
        name="reliability",
        title="Reliability",
        description=(
            "How far an actor can be relied on as a source on these matters, judged from its record and "
            "never from the claim at hand."
        ),
        origin="Admiralty code (NATO AJP-2.1)",
        codes=(
            Code(
                "A",
                "A: completely reliable",
                "No doubt about authenticity, competence or honesty on these matters, and a record without "
                "known failure. Rare; a body that is a party to the matter does not have it.",
                rank=5,
            ),
            Code(
                "B",
                "B: usually reliable",
                "Minor doubts only, and a record in which most statements proved right.",
                rank=4,
            ),
            Code(
                "C",
                "C: fairly reliable",
                "Some doubts, of interest, method or access, beside a record in which a fair part of the "
                "statements proved right.",
                rank=3,
            ),
            Code(
                "D",
                "D: not usually reliable",
                "Serious doubts, and statements that proved right only now and then.",
                rank=2,
            ),
            Code(
                "E",
                "E: unreliable",
                "Lacks authenticity, competence or honesty on these matters, with a record of statements "
                "that proved wrong.",
                rank=1,
            ),
            Code(
                "F",
                "F: cannot be judged",
                "No basis for a judgement, as with a new or unnamed source. It stands off the scale, "
                "neither above nor below E.",
            ),
        ),
    ),
    Codelist(
        name="credibility",
        title="Credibility",
        description=(
            "How believable one claim is in itself and beside what else is known, judged without regard to "
            "who makes it."
        ),
        origin="Admiralty code (NATO AJP-2.1)",
        codes=(
            Code(
                "1",
                "1: confirmed",
                "Independent information agrees with it; it is sound in itself and fits everything else "
                "known. Test: an independent voice says the same, and nothing in the claim goes further.",
                rank=5,
            ),
            Code(
                "2",
                "2: probably true",
                "Not confirmed, but sound in itself and in line with other information on the matter. Test: "
                "a named independent finding agrees with this proposition, with this figure and window.",
                rank=4,
            ),
            Code(
                "3",
                "3: possibly true",
                "Not confirmed; reasonable in itself, and agrees with some of what else is known. The "
                "default, which needs no reasons: a method not seen, one rewrite or a fit with the general "
                "picture change nothing.",
                rank=3,
            ),
            Code(
                "4",
                "4: doubtful",
                "Not confirmed; possible, but not quite sound in itself, blurred in what it counts, or "
                "without support in anything else known.",
                rank=2,
            ),
            Code(
                "5",
                "5: improbable",
                "Not sound in itself, or against other information on the matter that is known on the day of "
                "coding.",
                rank=1,
            ),
            Code(
                "6",
                "6: cannot be judged",
                "Nothing to judge it by. It stands off the scale, neither above nor below 5, and the claim "
                "enters no quantity.",
            ),
        ),
    ),
    Codelist(
        name="confidence",
        title="Confidence",
        description=(
            "How well supported a record's status is by its claims. Computed by rule and never typed; a "
            "denial by the dyad does not lower it."
        ),
        origin="armsledger codebook",
        codes=(
            Code(
                "doubtful",
                "Doubtful",
                "Nothing that meets the tests for possible: only ineligible, unattributed or merely "
                "possible statements, or no rung at all.",
                rank=0,
            ),
            Code("possible", "Possible", "One eligible voice says so, or there is visible evidence.", rank=1),
            Code(
                "probable",
                "Probable",
                "Two independent voices say so, not all of them the dyad's, at least one of them graded A "
                "or B or with visible evidence.",
                rank=2,
            ),
            Code(
                "confirmed",
                "Confirmed",
                "Admitted by a body of the dyad, or physically examined by a body outside the dyad and "
                "supported by one further independent voice. A public act is confirmed by the acting "
                "body's own text.",
                rank=3,
            ),
        ),
    ),
    Codelist(
        name="unit",
        title="Unit",
        description=(
            "What one of the number is. Nothing is added or converted across units except by a written "
            "conversion."
        ),
        origin="armsledger codebook",
        codes=(
            Code(
                "round",
                "Round",
                "One piece of ammunition: a shell, mortar bomb, artillery rocket or cartridge. A guided "
                "missile is counted in missile.",
            ),
            Code("missile", "Missile", "One guided or ballistic missile without its launcher."),
            Code(
                "launcher",
                "Launcher",
                "One vehicle or mount that launches rockets or missiles. Guns are counted in gun; both in "
                "one figure in piece.",
            ),
            Code(
                "gun", "Gun", "One tube artillery weapon: gun, howitzer or mortar, towed or self-propelled."
            ),
            Code(
                "vehicle",
                "Vehicle",
                "One land vehicle, armoured or not, that is no gun or launcher. Rail vehicles are counted "
                "in railcar.",
            ),
            Code("aircraft", "Aircraft", "One aeroplane, helicopter or drone."),
            Code(
                "vessel",
                "Vessel",
                "One ship, boat or submarine as an object. A journey of one is counted in voyage.",
            ),
            Code(
                "system",
                "System",
                "One complete weapon or equipment system of several parts, such as an air defence battery "
                "with launchers and radar.",
            ),
            Code(
                "piece",
                "Piece",
                "One item that is counted singly and has no unit of its own here, such as a rifle, and "
                "artillery pieces where guns and launchers are counted together.",
            ),
            Code(
                "container",
                "Container",
                "One shipping container of any size, whatever it holds. Containers are never turned into "
                "rounds without a conversion.",
            ),
            Code(
                "tonne",
                "Tonne",
                "One metric tonne of 1,000 kg. Figures in other measures of weight are converted by the "
                "coder, with the printed figure kept in as_stated.",
            ),
            Code("barrel", "Barrel", "One barrel of petroleum of 42 US gallons (about 159 litres)."),
            Code("railcar", "Railcar", "One railway wagon or carriage. A train of unstated length is other."),
            Code(
                "voyage",
                "Voyage",
                "One trip of a ship or convoy with the goods. The ship itself is counted in vessel.",
            ),
            Code("flight", "Flight", "One trip of an aircraft. The machine itself is counted in aircraft."),
            Code("person", "Person", "One natural person."),
            Code(
                "entity",
                "Entity",
                "One organisation or firm, or one listed party where persons, firms and vessels are "
                "counted together.",
            ),
            Code(
                "usd_nominal",
                "US dollar, nominal",
                "US dollars of the day, not adjusted for inflation. A sum that the claimant gives in "
                "another currency is not converted.",
            ),
            Code("rub_nominal", "Rouble, nominal", "Russian roubles of the day, not adjusted for inflation."),
            Code("percent", "Percent", "Parts in a hundred of the whole that the scope names."),
            Code(
                "other",
                "Other",
                "A unit that none of the above describes; as_stated and the statement say which.",
            ),
        ),
    ),
    Codelist(
        name="transfer_class",
        title="Transfer class",
        description=(
            "What was transferred. The class of a narrower record, and of a record to which a denial "
            "attaches, is or descends from the class named by the broader one, so a parent is set only "
            "where everything in the child is also counted in the parent."
        ),
        origin=(
            "armsledger codebook, set against the categories of UNROCA and the SIPRI Arms Transfers Database"
        ),
        codes=(
            Code(
                "ammunition",
                "Ammunition",
                "Shells, mortar bombs, artillery rockets up to 300 mm calibre whether guided or not, "
                "cartridges, grenades, mines and unguided bombs. Stands below mixed_munitions, because "
                "counts of mixed cargo include it; larger rockets and missiles are guided_missile.",
                parent="mixed_munitions",
            ),
            Code(
                "guided_missile",
                "Guided missile",
                "Ballistic, cruise, anti-ship and air-launched missiles, rockets above 300 mm calibre, "
                "guided bombs, and launchers transferred for them. Missiles against aircraft from the "
                "ground are air_defence, against tanks anti_tank, and drones that explode on the target "
                "uav.",
            ),
            Code(
                "artillery",
                "Artillery",
                "Guns and rocket launchers counted together or not told apart. If only one of the two is "
                "meant, use the class below it; what they fire is ammunition.",
            ),
            Code(
                "rocket_artillery",
                "Rocket artillery",
                "Multiple rocket launchers up to 300 mm calibre, towed or on vehicles. Stands below "
                "artillery, because figures for artillery include it; launchers of larger rockets are "
                "guided_missile.",
                parent="artillery",
            ),
            Code(
                "tube_artillery",
                "Tube artillery",
                "Guns, howitzers and mortars of any calibre, towed or self-propelled, including those on "
                "armoured vehicles. Stands below artillery, because figures for artillery include it; "
                "anti-aircraft guns are air_defence.",
                parent="artillery",
            ),
            Code(
                "armour",
                "Armour",
                "Tanks, infantry fighting vehicles, armoured carriers and other armoured vehicles. "
                "Self-propelled guns are tube_artillery, and vehicles that mainly carry anti-tank missiles "
                "anti_tank.",
            ),
            Code(
                "air_defence",
                "Air defence",
                "Surface-to-air missiles and their launchers, portable ones included, anti-aircraft guns, "
                "and the radars delivered as part of such a system. Radars delivered by themselves are "
                "ew_radar.",
            ),
            Code(
                "aircraft",
                "Aircraft",
                "Crewed aeroplanes and helicopters and their major parts. Machines without a crew are uav "
                "and not below this class, because figures for aircraft in this field leave them out as "
                "often as not.",
            ),
            Code(
                "uav",
                "Uncrewed aircraft",
                "Drones of every size and purpose, those that explode on the target included, with their "
                "control stations and kits. Plans and know-how for making them are technology_data.",
            ),
            Code(
                "naval",
                "Naval",
                "Warships, submarines, boats, naval engines, torpedoes, sea mines and uncrewed craft. "
                "Naval reactors are nuclear, and anti-ship missiles guided_missile.",
            ),
            Code(
                "small_arms",
                "Small arms",
                "Rifles, pistols, machine guns and grenade launchers carried by one or a few persons. "
                "Their ammunition is ammunition, portable anti-tank weapons are anti_tank, portable "
                "anti-aircraft missiles air_defence and mortars tube_artillery.",
            ),
            Code(
                "anti_tank",
                "Anti-tank weapons",
                "Anti-tank guided missiles with their launchers and carrier vehicles, rocket-propelled "
                "grenades and recoilless guns. Towed anti-tank guns are tube_artillery, and anti-tank "
                "mines ammunition.",
            ),
            Code(
                "ew_radar",
                "Electronic warfare and radar",
                "Jammers, signals intelligence equipment, and radars not delivered as part of an air "
                "defence system.",
            ),
            Code(
                "space",
                "Space",
                "Satellites, launch vehicles and their parts, launch services, and technology or data for "
                "them. The subject decides: know-how about space is here and not in technology_data.",
            ),
            Code(
                "nuclear",
                "Nuclear",
                "Nuclear material, reactors, naval propulsion reactors and weapon parts, and technology or "
                "data for them. The subject decides: nuclear know-how is here and not in technology_data.",
            ),
            Code(
                "technology_data",
                "Technology and data",
                "Designs, software, technical data, production know-how and feedback from use, on any "
                "subject but space and nuclear. Goods that embody the technology have the class of the "
                "goods, and courses for persons are training_service.",
            ),
            Code(
                "dual_use_goods",
                "Dual-use goods",
                "Civilian or dual-use goods said to be for military use: machine tools, electronics, "
                "trucks, materials, parts. Goods made only for military use have their own class.",
            ),
            Code(
                "training_service",
                "Training",
                "Instruction of the recipient's forces or technicians, on either side's territory. "
                "Training that the supplier gives its own troops before they are sent is status prepared "
                "of the personnel record.",
            ),
            Code(
                "repair_service",
                "Repair",
                "Repair, overhaul and maintenance of the recipient's equipment. Refurbishing goods before "
                "their own hand-over is a condition of that transfer.",
            ),
            Code(
                "personnel_combat",
                "Combat personnel",
                "Troops sent to fight or to support fighting: infantry, special forces, artillery and "
                "drone crews, staff officers. It is not below or above personnel_engineer, because the two "
                "are announced and counted apart.",
            ),
            Code(
                "personnel_engineer",
                "Engineer personnel",
                "Military engineers, sappers, deminers and military construction troops. Civilian workers, "
                "also on building sites, are labour.",
            ),
            Code(
                "labour",
                "Labour",
                "Civilian workers sent for wages, including students on such placements and workers in "
                "arms plants. Military construction troops are personnel_engineer.",
            ),
            Code(
                "petroleum",
                "Petroleum",
                "Crude oil and refined products. Coal, gas and electricity are other.",
            ),
            Code(
                "food",
                "Food",
                "Grain, flour, meat and other food, also where given as aid. A package in which food is "
                "only one unstated part is economic_aid.",
            ),
            Code(
                "money",
                "Money",
                "Cash, bank transfers, released funds, debt relief and wages paid as such. The worth of "
                "goods is a claim of kind value and no transfer of money.",
            ),
            Code(
                "economic_aid",
                "Economic aid",
                "Civilian help of several or unnamed sorts: packages, medicine, projects, energy. Food, "
                "petroleum and money named by themselves have their own classes, which are not below this "
                "one, because payment in kind is not aid.",
            ),
            Code(
                "mixed_munitions",
                "Mixed munitions",
                "Cargo of munitions counted together with contents not told apart, typically in "
                "containers, in which shells, rockets, missiles or related goods may lie. If only "
                "ammunition is said to be inside, use ammunition; missiles are not below this class, "
                "because they are also counted, moved and denied by themselves.",
            ),
            Code(
                "other",
                "Other",
                "Anything in scope that no other class describes; the title and the note say what it is. "
                "It has no classes below it.",
            ),
        ),
    ),
    Codelist(
        name="event_type",
        title="Event type",
        description=(
            "What sort of happening an event is. One happening has one type; two acts of one day are two "
            "events linked same_occasion."
        ),
        origin="armsledger codebook",
        codes=(
            Code(
                "summit",
                "Summit",
                "The heads of state or government of the two meet, or one of them visits the other's "
                "country. The office decides, not the protocol; a signature on the same day is an "
                "agreement of its own.",
            ),
            Code(
                "ministerial_visit",
                "Ministerial visit",
                "A visit or meeting led by a minister other than the defence minister, or by another "
                "civilian leader of government, security council, parliament, party or region. The office "
                "that the leader of the delegation holds on the day decides.",
            ),
            Code(
                "military_visit",
                "Military visit",
                "A visit or meeting led by a defence minister, a deputy defence minister or a uniformed "
                "commander, whatever the topic. Specialists without such a leader are "
                "technical_team_visit, and troops who come to train or fight are no visit.",
            ),
            Code(
                "agreement",
                "Agreement",
                "The signing or announced conclusion of a treaty, contract, protocol or plan. Its "
                "approval, ratification and entry into force are events of their own.",
            ),
            Code(
                "legislative_act",
                "Legislative act",
                "A bill, vote or resolution of a parliament or one of its chambers, including its approval "
                "of a treaty. The act that completes a state's ratification is ratification.",
            ),
            Code(
                "ratification",
                "Ratification",
                "The act by which a state completes its consent to a treaty, as a rule the head of state's "
                "signature or decree. A chamber's vote before it is legislative_act.",
            ),
            Code(
                "entry_into_force",
                "Entry into force",
                "A treaty or law takes effect, including the exchange of instruments that brings this about.",
            ),
            Code(
                "sea_voyage",
                "Sea voyage",
                "One voyage of a ship or convoy between two places, known at both ends or at one. A stay "
                "in port with no voyage claimed is port_call.",
            ),
            Code(
                "port_call",
                "Port call",
                "A ship's stay in one port: berthing, loading or unloading, without a claim about the "
                "voyage.",
            ),
            Code(
                "rail_movement",
                "Rail movement",
                "A train or railcars seen or reported to move, load or cross the border with goods or "
                "persons.",
            ),
            Code(
                "flight",
                "Flight",
                "One flight or a closely joined pair of flights said to carry goods or persons of a "
                "transfer. A delegation's flight is part of its visit.",
            ),
            Code(
                "site_activity",
                "Site activity",
                "A change seen or reported at a fixed place: building, stacking of containers, storage, "
                "production. If a ship or train is what was seen, use port_call or rail_movement.",
            ),
            Code(
                "troop_deployment",
                "Troop deployment",
                "Troops leave, arrive or move to an area of operations in addition to those already there. "
                "Exchange for others is troop_rotation, and fighting is combat.",
            ),
            Code(
                "troop_rotation",
                "Troop rotation",
                "Troops already deployed are relieved, go home or come back. Those added to the total are "
                "troop_deployment.",
            ),
            Code(
                "combat",
                "Combat",
                "Personnel or weapons that were transferred take part in ground fighting at a stated place "
                "and time. A strike on its own is missile_strike, and prisoners taken are capture.",
            ),
            Code(
                "capture",
                "Capture",
                "Persons are taken prisoner or transferred materiel is taken by the other side.",
            ),
            Code(
                "training",
                "Training",
                "Training of troops or technicians at a stated place and time. A manoeuvre of forces of "
                "both states together is joint_exercise.",
            ),
            Code(
                "technical_team_visit",
                "Technical team visit",
                "Engineers, specialists or trade and industry staff travel to the other side, with no "
                "minister or commander at their head.",
            ),
            Code(
                "missile_strike",
                "Missile strike",
                "An attack with missiles, bombs or drones in which transferred weapons are said to have "
                "been used. Later examination of the remains is debris_identification.",
            ),
            Code(
                "weapon_sighting",
                "Weapon sighting",
                "A transferred weapon or munition is seen, filmed or photographed outside a strike or a "
                "battle of its own record. Examination of remains is debris_identification.",
            ),
            Code(
                "depot_strike",
                "Depot strike",
                "An attack on a place where transferred goods are stored, made or moved. The attacked "
                "goods are the subject, whoever's weapons were used.",
            ),
            Code(
                "debris_identification",
                "Debris identification",
                "An examination of remains or of a captured object says what it is. Dated by the "
                "examination, not by the strike, and linked to the strike by evidence_of.",
            ),
            Code(
                "test_or_launch",
                "Test or launch",
                "A test, demonstration or launch of a missile, weapon, ship or satellite to which a "
                "transfer is said to have contributed.",
            ),
            Code(
                "joint_exercise",
                "Joint exercise",
                "Forces of both states exercise together, or one takes part in the other's exercise. "
                "Instruction of one side's troops is training.",
            ),
            Code(
                "sanctions_designation",
                "Sanctions designation",
                "One or several governments or bodies list persons, firms or vessels on one day, including "
                "a listing by a UN committee. Participants and vessels with the role target say who.",
            ),
            Code(
                "un_action",
                "UN action",
                "A vote, veto, meeting or decision of a body of the United Nations. Listings are "
                "sanctions_designation, and published reports report_release.",
            ),
            Code(
                "report_release",
                "Report release",
                "A report with claims on these transfers is published and its publication is itself of "
                "note. An ordinary news text or study is only a source.",
            ),
            Code(
                "official_statement",
                "Official statement",
                "A public statement by an office-holder or body that itself neither admits nor denies, "
                "such as an accusation, a warning or a call. Its claims stand in the records that they are "
                "about.",
            ),
            Code(
                "official_admission",
                "Official admission",
                "A body or office-holder of the dyad publicly grants something against its earlier line or "
                "its interest, such as what it had denied or kept silent about.",
            ),
            Code(
                "official_denial",
                "Official denial",
                "A body or office-holder of the dyad, or another named in the matter, publicly says that "
                "it did not happen. Declining to comment is official_statement.",
            ),
            Code(
                "commemoration",
                "Commemoration",
                "A ceremony, monument, award, parade or funeral for those who took part. An admission made "
                "at it is an event of its own, linked same_occasion.",
            ),
            Code(
                "labour_deployment",
                "Labour deployment",
                "Civilian workers are recruited, sent or arrive. Military engineers are troop_deployment.",
            ),
            Code(
                "other",
                "Other",
                "A dated happening in scope that no other type describes; the title says what it is.",
            ),
        ),
    ),
    Codelist(
        name="participant_role",
        title="Participant role",
        description="What an actor does in an event.",
        origin="armsledger codebook",
        codes=(
            Code("host", "Host", "Receives the visit or convenes the meeting, exercise or ceremony."),
            Code("guest", "Guest", "Travels to the host or takes part at its invitation."),
            Code("signatory", "Signatory", "Signs or concludes the agreement or joint statement."),
            Code(
                "issuer",
                "Issuer",
                "Puts the sanctions, report, decision or law into effect in its own name. Whoever only "
                "speaks about it is speaker.",
            ),
            Code(
                "target",
                "Target",
                "Is listed or named by the act. Whoever is struck in an attack is attacked.",
            ),
            Code("speaker", "Speaker", "Makes the statement, admission or denial."),
            Code("attacker", "Attacker", "Carries out the strike, attack or capture."),
            Code("attacked", "Attacked", "Is struck, attacked or taken prisoner."),
            Code("legislature", "Legislature", "The parliament or chamber that votes."),
            Code(
                "examiner", "Examiner", "Examines the debris, object or person and vouches for the finding."
            ),
            Code(
                "operator",
                "Operator",
                "Runs the ship, train, aircraft, site, weapon or unit with which the event happens.",
            ),
            Code(
                "observer", "Observer", "Is present or reports what it saw without a part in the happening."
            ),
        ),
    ),
    Codelist(
        name="place_role",
        title="Place role",
        description="What a place is for a transfer or an event.",
        origin="armsledger codebook",
        codes=(
            Code(
                "origin",
                "Origin",
                "Where the goods or persons come from before loading, such as a plant, depot or home base.",
            ),
            Code("loading", "Loading", "Where they go aboard ship, train, aircraft or truck for the move."),
            Code("transit", "Transit", "A place passed or changed at on the way, border crossings included."),
            Code(
                "unloading",
                "Unloading",
                "Where they leave the main means of transport on the recipient's side.",
            ),
            Code(
                "storage",
                "Storage",
                "Where they are kept after arrival or on the way. Storage before loading is origin.",
            ),
            Code(
                "use",
                "Use",
                "Where they are used: the place hit, the place of firing, or the area of fighting or work.",
            ),
            Code("meeting", "Meeting", "Where people met, spoke, voted or signed."),
            Code(
                "site", "Site", "The fixed place that the event is about, where none of the other roles fits."
            ),
            Code(
                "unspecified", "Unspecified", "The source names the place and does not say what it was for."
            ),
        ),
    ),
    Codelist(
        name="vessel_role",
        title="Vessel role",
        description="What a ship is for a transfer or an event.",
        origin="armsledger codebook",
        codes=(
            Code(
                "carrier",
                "Carrier",
                "Carries the goods or persons on a voyage that is claimed. Bulk liquid cargo makes it a "
                "tanker.",
            ),
            Code("tanker", "Tanker", "Carries petroleum or other bulk liquid on a voyage that is claimed."),
            Code(
                "loaded",
                "Loaded",
                "Is seen or said to be loaded, or to lie at the loading place, with no claim about a voyage.",
            ),
            Code("target", "Target", "Is listed by a sanctions act."),
        ),
    ),
    Codelist(
        name="relation",
        title="Relation",
        description="How one record stands to another. Read as: this record, relation, the other record.",
        origin="armsledger codebook",
        codes=(
            Code(
                "part_of",
                "Part of",
                "This event is one part of the other, larger event or belongs to the transfer. Between "
                "transfers the parent field says it instead.",
            ),
            Code(
                "follows",
                "Follows",
                "This event is a later step of the same process, such as the ratification after the "
                "signature. Mere later date is not enough.",
            ),
            Code(
                "same_goods_as",
                "Same goods as",
                "Both transfers are about the same goods counted in different units or classes, such as "
                "containers and the shells in them. The two are never added.",
            ),
            Code(
                "same_occasion",
                "Same occasion",
                "Both events belong to one occasion of one day or visit, and neither is a part of the other.",
            ),
            Code(
                "in_return_for",
                "In return for",
                "A named claimant says that this transfer pays for or rewards the other. The link names "
                "that claim.",
            ),
            Code(
                "carries",
                "Carries",
                "This voyage, flight or rail movement moved the goods or persons of the other record.",
            ),
            Code(
                "evidence_of",
                "Evidence of",
                "This event, as an examination, sighting or release, supports that the other happened.",
            ),
            Code("admits", "Admits", "This event is an admission of the other record by a body of the dyad."),
        ),
    ),
    Codelist(
        name="assessment",
        title="Assessment against a provision",
        description=(
            "How a record stands to a legal provision. It reports or applies a text and is no legal "
            "finding of its own."
        ),
        origin="armsledger codebook",
        codes=(
            Code(
                "claimed_breach",
                "Claimed breach",
                "A named claimant says that what the record describes breaches this provision. The link "
                "names that claim.",
            ),
            Code(
                "would_breach_if_true",
                "Would breach if true",
                "The text of the provision forbids what the record describes, if it happened as claimed, "
                "and no claimant is cited for saying so.",
            ),
            Code(
                "within_limit",
                "Within limit",
                "The provision sets a limit or an exception, and what is claimed stays within it.",
            ),
        ),
    ),
    Codelist(
        name="claim_rank",
        title="Claim rank",
        description=(
            "Whether a claim is in use. A deprecated claim stays in the dataset and enters no estimate."
        ),
        origin="Wikidata statement ranks",
        codes=(
            Code("normal", "Normal", "In use. The default, which says nothing about truth."),
            Code(
                "deprecated",
                "Deprecated",
                "Kept for the record and out of all computation because the claim as coded is known not to "
                "have been made so, for example a misprint or a false attribution. A claim merely thought "
                "untrue stays normal with a low credibility.",
            ),
        ),
    ),
    Codelist(
        name="estimate_rule",
        title="Estimate rule",
        description="Which rule gave, or refused, the best value of an estimate.",
        origin="armsledger codebook",
        codes=(
            Code(
                "R0",
                "R0: no eligible claim",
                "No claim of the series may enter a quantity, so best is empty.",
            ),
            Code(
                "R1",
                "R1: complete count",
                "A fresh claim says that its documented count is complete. Of several, the best graded, "
                "then the lowest.",
            ),
            Code(
                "R2",
                "R2: admissions only",
                "Every current claim is an admission, and best is the lowest point among them.",
            ),
            Code(
                "R3",
                "R3: best graded",
                "The point of the fresh claim with the highest reliability, then credibility, among those "
                "that have a point.",
            ),
            Code(
                "R4",
                "R4: tied grades",
                "Fresh claims of equal grade give different points, and best is the lowest of them.",
            ),
            Code(
                "R5",
                "R5: no point",
                "There are fresh eligible claims and none gives a point, only bounds, so best is empty.",
            ),
            Code(
                "R6",
                "R6: below what was seen",
                "The best value would lie below what was counted as present, lost, examined or the like, "
                "so it is emptied.",
            ),
            Code(
                "expired",
                "Expired",
                "An on-hand number has no current claim of the last 60 days, so the row is empty.",
            ),
        ),
    ),
    Codelist(
        name="basis",
        title="Basis of an estimate",
        description="What the numbers of an estimate were made from.",
        origin="armsledger codebook",
        codes=(
            Code("reported", "Reported", "From claims in the unit in which they were made."),
            Code(
                "converted",
                "Converted",
                "From claims in another unit by a written conversion, whose range is carried into low and "
                "high.",
            ),
            Code(
                "increment",
                "Increment",
                "The difference of two cumulative claims of one voice, in one series and with one start.",
            ),
            Code(
                "documented_floor",
                "Documented floor",
                "The largest number that one voice examined or saw one by one. A minimum, and never a sum "
                "over voices.",
            ),
        ),
    ),
    Codelist(
        name="access",
        title="Access to a source",
        description="How a reader could reach the document on the day it was retrieved.",
        origin="armsledger codebook",
        codes=(
            Code("open", "Open", "Free to read at its address."),
            Code("registration", "Registration", "Free after signing up or signing in."),
            Code("paywall", "Paywall", "Readable in full only for money."),
            Code(
                "archive_only",
                "Archive only",
                "No longer at its address, but readable in a web archive whose address is given.",
            ),
            Code("gone", "Gone", "Neither at its address nor in an archive known to us."),
        ),
    ),
    Codelist(
        name="read_as",
        title="Read as",
        description=(
            "What the coder had in hand. It limits what can be said about what the document does not contain."
        ),
        origin="armsledger codebook",
        codes=(
            Code("full_text", "Full text", "The whole document, in its original or a complete translation."),
            Code(
                "excerpt",
                "Excerpt",
                "Only a part: a snippet, an abstract, a quotation elsewhere. It is never coded as if it "
                "were the whole document.",
            ),
            Code(
                "seed",
                "Seed",
                "A text that the dataset was started from, kept word for word in the repository under "
                "seeds, and coded from that copy.",
            ),
        ),
    ),
    Codelist(
        name="actor_type",
        title="Actor type",
        description="What sort of body or person an actor is.",
        origin="armsledger codebook, after the entity types of OpenSanctions",
        codes=(
            Code(
                "state",
                "State",
                "A state or its government as a whole. One ministry or office of it is government_body.",
            ),
            Code(
                "government_body",
                "Government body",
                "A ministry, agency, embassy or office of a state that is neither armed force, "
                "intelligence service nor parliament.",
            ),
            Code(
                "armed_force",
                "Armed force",
                "A military, one of its branches, commands or units, or a general staff. A defence "
                "ministry is government_body.",
            ),
            Code(
                "intelligence",
                "Intelligence service",
                "A civilian or military intelligence service, also where it belongs to a ministry.",
            ),
            Code("legislature", "Legislature", "A parliament, chamber or parliamentary committee."),
            Code(
                "intergovernmental",
                "Intergovernmental body",
                "An organisation, panel or team set up by several states.",
            ),
            Code(
                "company",
                "Company",
                "A firm, bank or shipping line, state-owned or not. A state-owned news outlet is media.",
            ),
            Code(
                "ngo",
                "Non-governmental organisation",
                "A non-profit body whose main work is in the field, in advocacy or in investigation. A "
                "body mainly for research is think_tank.",
            ),
            Code("think_tank", "Think tank", "A research institute, university or research project."),
            Code("media", "Media", "A news outlet or agency, private or owned by a state."),
            Code(
                "office_holder",
                "Office-holder",
                "A person in or acting for a public office, coded for what was said or done in it.",
            ),
            Code(
                "person_listed",
                "Listed person",
                "A private person recorded only because an official sanctions list names that person.",
            ),
            Code(
                "unattributed",
                "Unattributed",
                "A stand-in for speakers whom a source does not name, such as officials or experts. It has "
                "no voice and supports no estimate.",
            ),
        ),
    ),
    Codelist(
        name="interest",
        title="Interest",
        description=(
            "How an actor stands to the two states in the matter, so that users can see whose word a "
            "figure rests on. It is no judgement of honesty."
        ),
        origin="armsledger codebook",
        codes=(
            Code(
                "dyad",
                "Dyad",
                "One of the two states, their forces, bodies, office-holders, state media and state firms, "
                "and private parties that act for them in a transfer.",
            ),
            Code("adversary", "Adversary", "Ukraine and its bodies, office-holders and state media."),
            Code(
                "ally_of_adversary",
                "Ally of adversary",
                "A government that gives Ukraine military support or has taken measures against these "
                "transfers, its bodies and state media, and teams made up of such governments.",
            ),
            Code(
                "ally_of_dyad",
                "Ally of dyad",
                "A third state that takes part in or materially supports the military effort of either of "
                "the two, its bodies and state media. Trade or shared votes alone do not make it one.",
            ),
            Code(
                "neutral",
                "Neutral",
                "Everyone else: other states, the United Nations and its bodies, and independent media, "
                "research bodies, courts and organisations wherever they have their seat.",
            ),
        ),
    ),
    Codelist(
        name="place_type",
        title="Place type",
        description="What sort of place it is. The narrowest type that the source supports.",
        origin="armsledger codebook, after the feature classes of GeoNames",
        codes=(
            Code("port", "Port", "A sea or river port or one of its piers."),
            Code("airfield", "Airfield", "A civil or military airfield, also where it belongs to a base."),
            Code(
                "station",
                "Station",
                "A railway station, yard or siding. A station that is the border point is crossing.",
            ),
            Code("crossing", "Crossing", "A border crossing or bridge by rail or road."),
            Code(
                "depot",
                "Depot",
                "A store for ammunition, fuel or other goods. A plant's own store is part of the plant.",
            ),
            Code("plant", "Plant", "A factory, shipyard, refinery or repair works."),
            Code(
                "base",
                "Base",
                "A barracks, headquarters or naval base without an airfield as the point meant.",
            ),
            Code("range", "Range", "A training ground, test range or launch site."),
            Code("settlement", "Settlement", "A city, town or village as a whole."),
            Code(
                "region", "Region", "A province, oblast, district or other area of land within one country."
            ),
            Code("sea_area", "Sea area", "A sea, strait, bay or stretch of open water."),
            Code("country", "Country", "A country as a whole, where nothing narrower is known."),
            Code(
                "other", "Other", "A place that none of the above describes, such as a palace or an embassy."
            ),
        ),
    ),
    Codelist(
        name="retire_reason",
        title="Reason for retiring",
        description="Why a released id is no longer in use. Its tombstone stays for ever.",
        origin="armsledger codebook",
        codes=(
            Code("duplicate", "Duplicate", "The record was about the same thing as another, which stays."),
            Code("merged", "Merged", "The record and others became one, named as the successor."),
            Code("split", "Split", "The record became several, named as the successors."),
            Code(
                "out_of_scope",
                "Out of scope",
                "On a second look the record does not meet the conditions of scope.",
            ),
            Code(
                "source_withdrawn",
                "Source withdrawn",
                "The only sources were withdrawn or shown to be fabricated. A source that is merely no "
                "longer online is access gone.",
            ),
            Code(
                "error",
                "Error",
                "The record should never have existed, for example a wrong id or an invented match.",
            ),
        ),
    ),
    Codelist(
        name="revision_kind",
        title="Kind of revision",
        description="Why a released value was changed.",
        origin="armsledger codebook",
        codes=(
            Code(
                "miscoded",
                "Miscoded",
                "The source was clear, and the coder or the tool put down something else.",
            ),
            Code(
                "source_corrected",
                "Source corrected",
                "The publisher or the claimant changed or corrected the text.",
            ),
            Code(
                "source_reread",
                "Source reread",
                "The same text, read again, is held to mean something else. A plain slip is miscoded.",
            ),
            Code(
                "better_source",
                "Better source",
                "A source nearer to the origin, or a fuller text, gives a different value.",
            ),
            Code(
                "completed",
                "Completed",
                "A value that was empty was filled in; the sources are the same.",
            ),
            Code(
                "reworded",
                "Reworded",
                "Our own words were made clearer: a title, summary, statement or note. Nothing that is "
                "claimed, counted or dated changed.",
            ),
            Code(
                "regraded",
                "Regraded",
                "A judgement of ours was changed: reliability, credibility, interest, level, class.",
            ),
            Code(
                "recoded",
                "Recoded",
                "The codebook changed, and the same reading is put into the columns and codes that it now has.",
            ),
        ),
    ),
    Codelist(
        name="date_qualifier",
        title="Date qualifier",
        description="A mark on a date in the EDTF text. Empty: the date carries no mark.",
        origin="EDTF (ISO 8601-2:2019), level 1",
        codes=(
            Code("uncertain", "Uncertain", "Marked with a question mark: the date itself may be wrong."),
            Code("approximate", "Approximate", "Marked with a tilde: the date is meant as about then."),
            Code(
                "both",
                "Uncertain and approximate",
                "Marked with a percent sign: about then, and even that may be wrong.",
            ),
        ),
    ),
    Codelist(
        name="date_precision",
        title="Date precision",
        description=(
            "How narrow a date is, computed from its earliest and latest possible day. A lower code is a "
            "more precise date."
        ),
        origin="armsledger codebook, after the idea of the UCDP GED codebook; the codes differ",
        codes=(
            Code("1", "1: day", "One day.", rank=5),
            Code("2", "2: within 7 days", "More than one day and at most seven.", rank=4),
            Code("3", "3: month", "More than seven days and at most one month.", rank=3),
            Code("4", "4: quarter or season", "More than a month and at most a quarter of a year.", rank=2),
            Code("5", "5: year", "More than a quarter and at most one year.", rank=1),
            Code("6", "6: longer or open", "More than a year, or open at either end.", rank=0),
        ),
    ),
    Codelist(
        name="geo_precision",
        title="Precision of location",
        description=(
            "How exactly the coordinates stand for where it happened. A lower code is more exact, and 7 "
            "stands off the scale."
        ),
        origin="UCDP GED codebook",
        codes=(
            Code("1", "1: exact", "The place itself: the pier, depot, plant or settlement named.", rank=5),
            Code(
                "2",
                "2: within about 25 km",
                "Near a known place, within about 25 km of the point given.",
                rank=4,
            ),
            Code(
                "3",
                "3: second-order unit",
                "Known to the district or county, and the point stands for it.",
                rank=3,
            ),
            Code(
                "4",
                "4: first-order unit",
                "Known to the province, oblast or equal unit, and the point stands for it.",
                rank=2,
            ),
            Code(
                "5",
                "5: vague area",
                "A coast, border zone, front sector or other area that is no administrative unit, and the "
                "point is chosen to stand for it.",
                rank=1,
            ),
            Code(
                "6",
                "6: country",
                "Only the country is known. The point must not be mapped as a place.",
                rank=0,
            ),
            Code(
                "7",
                "7: international space",
                "In international waters or airspace, belonging to no country. Not comparable with the "
                "other codes.",
            ),
        ),
    ),
    Codelist(
        name="coder",
        title="Kind of coder",
        description="What coded or reviewed a record, said as it truly was.",
        origin="armsledger codebook",
        codes=(
            Code(
                "person",
                "Person",
                "A human being read the source and made the choices. Software used only to type, search or "
                "translate does not change this.",
            ),
            Code(
                "language_model",
                "Language model",
                "A language model read the source and made the choices, under whatever instructions. A "
                "person who then read the source and the record is named as the reviewer.",
            ),
        ),
    ),
    Codelist(
        name="change_kind",
        title="Kind of change",
        description="What happened to a row, column or code between two releases.",
        origin="armsledger codebook",
        codes=(
            Code("added", "Added", "In the new release and not in the old."),
            Code(
                "changed",
                "Changed",
                "In both releases, with at least one typed value that differs. A change in computed values "
                "only is re_estimated.",
            ),
            Code(
                "retired",
                "Retired",
                "In the old release, and withdrawn in the new one with a reason and, where there is one, a "
                "successor.",
            ),
            Code(
                "renamed",
                "Renamed",
                "A table, column or code has a new name and the same meaning. Ids of records are never "
                "renamed.",
            ),
            Code(
                "re_estimated",
                "Re-estimated",
                "Only computed values of the row differ, because other claims, the day or the method "
                "changed.",
            ),
        ),
    ),
    Codelist(
        name="table_warning",
        title="Usage warning",
        description=(
            "What a user of a table must not do with it. Printed in the codebook and carried in the attrs "
            "of every frame."
        ),
        origin="armsledger codebook, after the usage warnings of PUDL",
        codes=(
            Code(
                "units_differ",
                "Units differ",
                "Rows count different things: rounds, containers, tonnes, persons. Do not add or compare "
                "quantities across units, and do not add records linked same_goods_as, which are the same "
                "goods counted twice.",
            ),
            Code(
                "cumulative_not_flow",
                "Cumulative, not flow",
                "Many figures are running totals up to a day. Do not add them up over time, and do not "
                "subtract one claimant's total from another's; use flows or rows with basis increment.",
            ),
            Code(
                "umbrella_and_parts",
                "Umbrellas and their parts",
                "A campaign and its tranches or components stand side by side in the same table. Do not "
                "add both; take only the rows where recommended_for_totals is true, and one unit at a "
                "time.",
            ),
            Code(
                "counts_overlap",
                "Counts overlap",
                "One event can be about the transfers of several rows, and one voice can speak in several. Do not "
                "add n_events or n_voices over rows, nor n_voices over time; n_claims can be added.",
            ),
            Code(
                "dates_uncertain",
                "Dates uncertain",
                "Many dates are months, ranges or open. Do not take the earliest or latest day for the day "
                "it happened, and do not count by day or week without a look at the precision columns.",
            ),
            Code(
                "claims_not_independent",
                "Claims not independent",
                "Several claims and documents can rest on one voice. Do not count rows as confirmations "
                "and do not average them; n_independent says how many voices stand alone.",
            ),
            Code(
                "stances_mixed",
                "Stances mixed",
                "Denials, doubts, intentions and deprecated claims stand beside assertions. Do not read a "
                "row as saying that something happened before filtering by stance, modality, kind and "
                "rank.",
            ),
            Code(
                "absence_is_not_evidence",
                "Absence is not evidence",
                "The rows are what was publicly reported, and reporting follows attention. Do not read a "
                "missing row or a zero in a panel as nothing having happened, nor a rise in reports as a "
                "rise in transfers.",
            ),
            Code(
                "empty_is_not_zero",
                "Empty is not zero",
                "An empty low, best or high means that no claim supports one, and high is often open. Do "
                "not fill it with zero, with low or with a mean; low alone is a floor and not an estimate.",
            ),
            Code(
                "single_coder",
                "Single coder",
                "Each record was coded by one coder and read a second time, by coders of the kinds that the coding "
                "columns name; their agreement was not measured. Do not treat grades and categories as "
                "measured without error, nor cite them as an agreement between coders.",
            ),
        ),
    ),
)


def _by_name(lists: tuple[Codelist, ...]) -> dict[str, Codelist]:
    """Key the lists by name, each name once."""
    found: dict[str, Codelist] = {}
    for codelist in lists:
        if codelist.name in found:
            raise ValueError(f"codelist {codelist.name} is declared twice")
        found[codelist.name] = codelist
    return found


CODELISTS: dict[str, Codelist] = _by_name(_LISTS + STANDARDS)
