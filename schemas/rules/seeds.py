"""Rules that hold records to the verbatim text they were coded from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemas.rules.model import Finding, Row, World, row_rule, world_rule


def paragraph_number(locator: str | None) -> int | None:
    return int(locator[1:]) if locator and locator[0] == "p" and locator[1:].isdigit() else None


def _paragraphs(source: Row, world: World) -> list[str] | None:
    found = world.seeds.get(source.get("seed_file") or "")
    return list(found) if found is not None else None


@row_rule(
    "E01",
    "sources",
    "A seed's text stands under seeds/.",
    "put the verbatim text there, or drop `seed_file`; read_as seed goes with it",
)
def seed_there(row: Row, world: World) -> Iterator[tuple[str, str]]:
    name = row.get("seed_file")
    if name is not None and name not in world.seeds:
        yield "seed_file", f"no text can be read at seeds/{name}"
    if (
        (row.get("read_as") == "seed") != (name is not None)
        and row.get("read_as") is not None
        and "seed_file#bad" not in row
    ):
        yield "read_as", f"read_as {row['read_as']} {'with' if name else 'without'} a seed_file"


@world_rule("E02", "A locator in a seed names one of its paragraphs.", "p1 is the first line of the file")
def locator_in_seed(world: World) -> Iterator[Finding]:
    for table in ("claim_sources", "source_not_coded"):
        for row in world.rows(table):
            paragraphs = _paragraphs(world.get("sources", row.get("source")), world)
            if paragraphs is None or row.get("locator") is None:
                continue
            n = paragraph_number(row["locator"])
            if n is None:
                yield Finding(table, row["#"], "locator", f"`{row['locator']}` names no paragraph of a seed")
            elif n > len(paragraphs):
                yield Finding(
                    table,
                    row["#"],
                    "locator",
                    f"`{row['locator']}` is beyond the end; the seed has {len(paragraphs)} paragraphs",
                )


def printed(figure: str, paragraph: str) -> bool:
    """Whether the figure stands there, and not only as part of a longer number (100 in 1,100 or 100,000)."""
    return bool(re.search(rf"(?<!\d)(?<!\d[.,]){re.escape(figure)}(?![.,]?\d)", paragraph))


@world_rule(
    "E03",
    "A figure as stated is printed where the locator says.",
    "copy the figure letter by letter, or correct the locator",
)
def figure_printed(world: World) -> Iterator[Finding]:
    for row in world.rows("claim_sources"):
        paragraphs = _paragraphs(world.get("sources", row.get("source")), world)
        n = paragraph_number(row.get("locator"))
        if paragraphs is None or n is None or n > len(paragraphs):
            continue
        own = row.get("as_stated")
        claim = world.get("claims", row.get("claim"))
        figure = own or claim.get("quantity_as_stated")
        if figure is None or printed(figure, paragraphs[n - 1]):
            continue
        message = f"`{figure}` is not printed in p{n} of `{row['source']}`"
        if own:
            yield Finding("claim_sources", row["#"], "as_stated", message)
        else:
            yield Finding("claims", claim["#"], "quantity_as_stated", message)


@world_rule(
    "E04",
    "Every paragraph of a seed is coded, or listed in not_coded with the reason.",
    "code what it says, or add it to `not_coded`",
)
def coded_whole(world: World) -> Iterator[Finding]:
    for source in world.rows("sources"):
        paragraphs = _paragraphs(source, world)
        if paragraphs is None or not world.whole("transfers", "events"):
            continue
        rows = [
            *world.children("claim_sources", "source").get(source.get("id") or "", ()),
            *world.children("source_not_coded", "source").get(source.get("id") or "", ()),
        ]
        if any("locator#bad" in row for row in rows):
            continue
        seen = {paragraph_number(row.get("locator")) for row in rows}
        left = [f"p{n}" for n, text in enumerate(paragraphs, 1) if n not in seen and text.strip()]
        if left:
            yield Finding("sources", source["#"], "id", f"neither coded nor in not_coded: {', '.join(left)}")


RUN = 8  # words in a row that make a copy; designations and offices are shorter


@world_rule(
    "E05",
    "Titles, statements, summaries and notes are in own words, not the seed's.",
    "say it in your own words; only the figure as stated is copied",
)
def own_words(world: World) -> Iterator[Finding]:
    runs = {run for text in world.seeds.values() for line in text for run in _runs(line)}
    typed = (
        ("transfers", ("title", "summary", "note")),
        ("events", ("title", "summary", "note")),
        ("claims", ("statement",)),
    )
    for table, columns in typed:
        for row in world.rows(table):
            for column in columns:
                copied = next((run for run in _runs(row.get(column) or "") if run in runs), None)
                if copied:
                    yield Finding(
                        table, row["#"], column, f"{RUN} words in a row stand in a seed: {' '.join(copied)}"
                    )


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    for i in range(len(words) - RUN + 1):
        yield tuple(words[i : i + RUN])
