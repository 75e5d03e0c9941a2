"""Rules on what a claim says and on what it rests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from schemas.rules.model import Finding, Row, World, row_rule, world_rule

ASSERTING = ("asserts", "corrects")
UNATTRIBUTED = "unattributed"


@world_rule(
    "C01",
    "Every record has an asserting claim; a denial event has a denying one.",
    "add the claim that makes it a record, or drop the record",
)
def record_is_claimed(world: World) -> Iterator[Finding]:
    for table in ("transfers", "events"):
        for row in world.rows(table):
            claims = world.claims_of(row.get("id"))
            denial = row.get("event_type") == "official_denial"
            wanted = ("denies",) if denial else ASSERTING
            unknown = any(c.get("stance") is None for c in claims)
            if row.get("id") and not unknown and not any(c["stance"] in wanted for c in claims):
                yield Finding(
                    table, row["#"], "claims", "no claim denies it" if denial else "no claim asserts it"
                )


_NARROW = ("killed", "wounded", "killed_or_wounded", "captured")


@row_rule(
    "C02",
    "claims",
    "A count of killed, wounded or captured, and a share, says of whom or what.",
    "add `scope`, one or two words, the same in every claim that counts the same thing",
)
def scope_given(row: Row, world: World) -> Iterator[tuple[str, str]]:
    if row.get("scope") != "all":
        return
    if row.get("measure") in _NARROW:
        yield "scope", f"measure {row['measure']} without a scope"
    elif row.get("kind") == "share":
        yield "scope", "a share without a scope"


@row_rule(
    "C03",
    "claims",
    "A credibility other than 3 has its basis.",
    "add `credibility_basis`: what speaks for or against this statement",
)
def credibility_basis(row: Row, world: World) -> Iterator[tuple[str, str]]:
    if row.get("credibility") not in (None, "3") and row.get("credibility_basis") is None:
        yield "credibility", f"credibility {row['credibility']} without a `credibility_basis`"


@row_rule(
    "C04",
    "claims",
    "A denial says which direction, classes and rung it denies; nothing else does.",
    "add `denies: {direction, classes, rung}`; `until` if it speaks of a day before stated_on",
)
def denial_scope(row: Row, world: World) -> Iterator[tuple[str, str]]:
    parts = ("direction", "classes", "rung")
    if row.get("stance") == "denies":
        lacks = [p for p in parts if not row.get(f"denies_{p}") and f"denies_{p}#bad" not in row]
        if lacks and "denies#bad" not in row:
            yield "stance", f"a denial without {', '.join(f'`denies.{p}`' for p in lacks)}"
    elif row.get("stance") is not None:
        for part in (*parts, "until"):
            if row.get(f"denies_{part}"):
                yield f"denies_{part}", f"a claim that {row['stance']} has `denies.{part}`"


@row_rule(
    "C05",
    "claims",
    "Only an assertion by a state of the dyad is an admission.",
    "drop `admission`; what an adversary says is no admission",
)
def admission_by_dyad(row: Row, world: World) -> Iterator[tuple[str, str]]:
    if not row.get("admission"):
        return
    if row.get("stance") not in (None, *ASSERTING):
        yield "admission", f"an admission that {row['stance']}"
    actor = world.get("actors", row.get("claimant"))
    interest = actor.get("interest")
    if actor and "interest#bad" not in actor and interest != "dyad":
        yield "admission", f"an admission by a claimant whose interest is {interest or 'not given'}"


@row_rule(
    "C06",
    "claims",
    "A claim supersedes an earlier one of its own voice, in its own record.",
    "a later number of another voice supersedes nothing; both stay",
)
def supersedes_own(row: Row, world: World) -> Iterator[tuple[str, str]]:
    old = world.get("claims", row.get("supersedes"))
    if not old:
        return
    if old.get("record") != row.get("record"):
        yield "supersedes", f"`{old['id']}` is a claim of another record"
    if row.get("voice") and old.get("voice") and row["voice"] != old["voice"]:
        yield "supersedes", f"`{old['id']}` is of voice {old['voice']}, this of {row['voice']}"
    late, early = row.get("stated_on_latest"), old.get("stated_on_latest")
    if late and early and late < early:
        yield "supersedes", f"`{old['id']}` was stated later ({old['stated_on']})"


@row_rule(
    "C07", "claims", "A correction or retraction names the claim that it takes back.", "add `supersedes`"
)
def takes_back(row: Row, world: World) -> Iterator[tuple[str, str]]:
    if (
        row.get("stance") in ("corrects", "retracts")
        and row.get("supersedes") is None
        and "supersedes#bad" not in row
    ):
        yield "stance", f"a claim that {row['stance']}, without `supersedes`"


@row_rule(
    "C08",
    "claims",
    "Only a capacity or an equivalent rests on another claim.",
    "drop `rests_on`, or correct the kind",
)
def rests_on_kind(row: Row, world: World) -> Iterator[tuple[str, str]]:
    if row.get("rests_on") is not None and row.get("kind") not in (None, "capacity", "equivalent"):
        yield "rests_on", f"a claim of kind {row['kind']} rests on no other"


@row_rule(
    "C09",
    "claims",
    "A claim has at most one origin and one first report.",
    "the origin is the claimant's own text; all others are repeats, translations or summaries",
)
def one_origin(row: Row, world: World) -> Iterator[tuple[str, str]]:
    roles = Counter(
        s.get("role") for s in world.children("claim_sources", "claim").get(row.get("id") or "", ())
    )
    for role in ("origin", "first_report"):
        if roles[role] > 1:
            yield "sources", f"{roles[role]} sources with role {role}"


@row_rule("C10", "claims", "A deprecated claim says why.", "add `rank_reason`")
def deprecated_why(row: Row, world: World) -> Iterator[tuple[str, str]]:
    if row.get("rank") == "deprecated" and row.get("rank_reason") is None:
        yield "rank", "deprecated without a `rank_reason`"
    if row.get("rank") == "normal" and row.get("rank_reason") is not None:
        yield "rank_reason", "a claim of normal rank has a `rank_reason`"


@row_rule(
    "C11",
    "claims",
    "A claim bears on other records, not on its own.",
    "drop it; a claim counts in its own record anyway",
)
def bears_elsewhere(row: Row, world: World) -> Iterator[tuple[str, str]]:
    for other in world.children("claim_records", "claim").get(row.get("id") or "", ()):
        if other.get("record") == row.get("record"):
            yield "bears_on", f"`{row['record']}` is its own record"


@world_rule(
    "C12",
    "A record that rests on unattributed statements alone comes from a seed document.",
    "find who said it, or drop the record",
)
def not_hearsay_alone(world: World) -> Iterator[Finding]:
    bearing: dict[str, list[Row]] = {}
    for link in world.rows("claim_records"):
        bearing.setdefault(link.get("record") or "", []).append(world.get("claims", link.get("claim")))
    for table in ("transfers", "events"):
        for row in world.rows(table):
            claims = [*world.claims_of(row.get("id")), *bearing.get(row.get("id") or "", ())]
            asserting = [c for c in claims if c.get("stance") in ASSERTING]
            if not asserting or any(c.get("voice") != UNATTRIBUTED for c in asserting):
                continue
            sources = [
                s
                for c in asserting
                for s in world.children("claim_sources", "claim").get(c.get("id") or "", ())
            ]
            if not world.whole("transfers", "events", "sources"):
                continue
            if sources and not any(world.get("sources", s.get("source")).get("seed_file") for s in sources):
                yield Finding(table, row["#"], "claims", "rests on unattributed statements alone")


@row_rule(
    "C13",
    "claims",
    "Every claim has a voice: its own, or its claimant's.",
    "give the actor a `voice` in the registry, or type `voice`; an unnamed speaker's is unattributed",
)
def has_voice(row: Row, world: World) -> Iterator[tuple[str, str]]:
    actor = world.get("actors", row.get("claimant"))
    if actor and row.get("voice") is None and not {"voice#bad"} & (row.keys() | actor.keys()):
        yield "claimant", f"`{row['claimant']}` has no voice in the actors registry"


@row_rule(
    "C14",
    "claims",
    "What the public can see is evidence of some type.",
    "choose the evidence_type, or drop evidence_visible",
)
def visible_evidence(row: Row, world: World) -> Iterator[tuple[str, str]]:
    if row.get("evidence_visible") and row.get("evidence_type") in ("none_stated", "official_assertion"):
        yield "evidence_visible", f"is true, but evidence of type {row['evidence_type']} is not shown"
