"""Rules on ids and on what refers to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rapidfuzz import fuzz, process

from schemas.fields import specs
from schemas.layout import LAYOUTS, MODELS, primary_key
from schemas.rules.model import Finding, Row, World, declare, row_rule, world_rule

declare(
    "K02",
    "A record's id is its file's name.",
    "rename the file or correct the id; an id never changes once released",
)


def nearest(word: str, known: list[str], limit: int = 1) -> list[str]:
    """The known words that ``word`` was probably meant to be; none if nothing is near."""
    found = process.extract(word, known, scorer=fuzz.ratio, limit=limit, score_cutoff=60)
    return [match for match, _, _ in found]


# Where the rows of a table are typed that has no file or folder of its own.
_TYPED_IN = {"records": ("transfers", "events"), "claims": ("transfers", "events")}


def _add_to(table: str) -> str:
    """What to do about a name that is not in ``table``."""
    layout = next((x for x in LAYOUTS.values() if x.table == table), None)
    if layout is None:
        return "correct the name, or add the record or claim that it names"
    where = f"a file to {layout.path}/" if layout.one_file_a_row else f"an entry to {layout.path}"
    return f"correct the name, or add {where}"


def _dangling(value: str, table: str, known: Mapping[str, Row], row: Row) -> str:
    """What is wrong with a reference; of numbered ids the nearest by letters would be no help."""
    record = row.get("record")
    if table == "claims" and record and value.startswith(f"{record}."):
        own = ", ".join(name.partition(".")[2] for name in known if name.startswith(f"{record}."))
        return f"`{value.partition('.')[2]}` is no claim of this record; it has {own or 'none'}"
    near = nearest(value, list(known)) if table not in _TYPED_IN else []
    return f"`{value}` is not in {table}" + (f"; did you mean `{near[0]}`?" if near else "")


@world_rule("K03", "A reference names something that exists.", "add the entry, or correct the name")
def resolves(world: World) -> Iterator[Finding]:
    for table, rows in world.tables.items():
        references = (
            {n: s for n, s in specs(MODELS[table]).items() if s.ref and s.by != "computed"}
            if table in MODELS
            else {}
        )
        for column, spec in references.items():
            if not world.whole(*_TYPED_IN.get(spec.ref, (spec.ref,))):
                continue
            known = world.by_id(spec.ref)
            for row in rows:
                value = row.get(column)
                if spec.by == "placed" or value is None or value in known:
                    continue
                yield Finding(
                    table, row["#"], column, _dangling(value, spec.ref, known, row), _add_to(spec.ref)
                )


def name_of_retired(table: str, id_: str) -> str:
    """How a tombstone names a row: records and claims by their id, all others with their table in front."""
    return id_ if table in ("transfers", "events", "claims") else f"{table}/{id_}"


@world_rule("K04", "A retired id is never used again.", "give the record the next free id")
def not_retired(world: World) -> Iterator[Finding]:
    retired = world.by_id("retired")
    for table, rows in world.tables.items():
        if table not in MODELS or table == "retired" or primary_key(table) != ("id",):
            continue
        for row in rows:
            if row.get("id") and name_of_retired(table, row["id"]) in retired:
                yield Finding(table, row["#"], "id", f"`{row['id']}` is retired")


@world_rule("K05", "A row of a list stands once.", "delete one of the two")
def rows_once(world: World) -> Iterator[Finding]:
    for table, rows in world.tables.items():
        if table not in MODELS or "id" in primary_key(table):
            continue
        key, seen = primary_key(table), set()
        for row in rows:
            value = tuple(row.get(k) for k in key)
            if None in value:
                continue
            if value in seen:
                said = ", ".join(str(v) for v in value[1:])
                yield Finding(table, row["#"], "", f"`{said}` stands here already")
            seen.add(value)


@row_rule(
    "K06",
    "retired",
    "A retired id names its successor where there must be one, and the successor exists.",
    "add `replaced_by`, or correct it",
)
def successor(row: Row, world: World) -> Iterator[tuple[str, str]]:
    heir, absent = row.get("replaced_by"), "replaced_by#bad" not in row and row.get("replaced_by") is None
    if absent and row.get("reason") in ("duplicate", "merged", "split"):
        yield "reason", f"retired as {row['reason']}, without `replaced_by`"
    if heir is not None and world.whole(*world.tables) and not _exists(heir, world):
        yield "replaced_by", f"`{heir}` is neither an id in use nor a retired one"


def _exists(name: str, world: World) -> bool:
    """Whether a row, in use or retired, goes by that name among tombstones."""
    table, _, id_ = name.rpartition("/")
    return name in world.by_id("retired") or any(
        id_ in world.by_id(t) for t in ([table] if table else ["records", "claims"])
    )


def cycle(row: Row, column: str, index: dict[str, Row]) -> bool:
    """Whether following ``column`` from ``row`` comes back to it."""
    seen, at = set(), row.get(column)
    while at is not None and at not in seen:
        if at == row.get("id"):
            return True
        seen.add(at)
        at = index.get(at, {}).get(column)
    return False


_PARENTS = (
    ("transfers", "parent"),
    ("actors", "parent"),
    ("items", "parent"),
    ("sources", "derives_from"),
    ("claims", "supersedes"),
    ("claims", "rests_on"),
)


@world_rule("K07", "Nothing stands above itself.", "one of the entries in the circle has the wrong parent")
def no_cycles(world: World) -> Iterator[Finding]:
    for table, column in _PARENTS:
        index = dict(world.by_id(table))
        for row in world.rows(table):
            if cycle(row, column, index):
                yield Finding(
                    table, row["#"], column, f"`{row['id']}` comes back to itself by way of `{row[column]}`"
                )
    above = {
        v: [r["parent"] for r in rows if r.get("parent")]
        for v, rows in world.children("voice_parents", "voice").items()
    }
    for row in world.rows("voice_parents"):
        seen, todo = set(), [row.get("parent")]
        while todo:
            at = todo.pop()
            if at is None or at in seen:
                continue
            seen.add(at)
            todo += above.get(at, [])
        if row.get("voice") in seen:
            yield Finding(
                "voice_parents",
                row["#"],
                "parent",
                f"`{row['voice']}` comes back to itself by way of `{row['parent']}`",
            )


@row_rule(
    "K08",
    "actors",
    "An actor that vouches for a claim has a reliability, its basis, and an interest.",
    "add what is lacking; without a grade no claim of it counts",
)
def graded(row: Row, world: World) -> Iterator[tuple[str, str]]:
    baseless = row.get("reliability_basis") is None and "reliability_basis#bad" not in row
    if row.get("reliability") is not None and baseless:
        yield "reliability", f"reliability {row['reliability']} without a `reliability_basis`"
    vouched = world.children("claims", "claimant").get(row.get("id") or "", ())
    for grade in ("reliability", "interest"):
        needed = grade == "reliability" or row.get("type") != "unattributed"
        if vouched and needed and row.get(grade) is None and f"{grade}#bad" not in row:
            yield "id", f"vouches for `{vouched[0]['id']}` and has no {grade}"
