"""`find`: words -> ids, by the titles, names, aliases and designations of everything that has an id."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from armsledger.errors import BadArgument
from armsledger.files import natural, packaged
from armsledger.shelf import Shelf

if TYPE_CHECKING:
    import pandas as pd

Entry = tuple[str, str, str, list[str]]  # id, kind, title, the texts that are searched

_COLUMNS = ("id", "kind", "title", "matched")


def find(words: str) -> pd.DataFrame:
    """Everything whose names hold all of the words, best matches first.

    words: one or more, in any order; case, accents and a plural's -s do not count, part of a word is enough.
        Searched are the ids, titles and names of transfers, events, documents, actors, items, places,
        vessels, voices, provisions and conversions, in any script: native names, aliases, former names and
        designations too. A transfer is also found by the names of its items, a document by its publisher.

    Returns a frame of text ("string"): id (for `show`), kind, title, matched (the text that held the words).
    It is empty if nothing holds them all.

    ValueError: no words.
    """
    import pandas as pd

    return pd.DataFrame(matches(words, Shelf(packaged())), columns=list(_COLUMNS)).astype("string")


def matches(words: str, shelf: Shelf) -> list[tuple[str, str, str, str]]:
    """The rows of `find`."""
    wanted = fold(words).split() if isinstance(words, str) else []
    if not wanted:
        raise BadArgument("find: give at least one word")
    ranked = []
    for order, (id_, kind, title, texts) in enumerate(entries(shelf)):
        score, matched = _match(wanted, texts)
        if matched:
            ranked.append(((score, order, natural(id_)), (id_, kind, title, "; ".join(matched))))
    return [row for _, row in sorted(ranked)]


def fold(text: str) -> str:
    """Without case and accents; what only separates words becomes a space."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return "".join(c if c.isalnum() else " " for c in unicodedata.normalize("NFC", bare).casefold())


def _match(wanted: list[str], texts: list[str]) -> tuple[int, list[str]]:
    """How well (0 best), and the texts that matched: one that holds all words, else those that share them."""
    best: tuple[int, list[str]] = (99, [])
    found: dict[str, list[str]] = {}
    for place, text in enumerate(texts):
        words = fold(text).split()
        scores = [_word(one, words) for one in wanted]
        if all(score is not None for score in scores):
            whole = 0 if words == wanted else 1
            rank = whole + max(score or 0 for score in scores) + (0 if place == 0 else 1)
            if rank < best[0]:
                best = (rank, [text])
        for one, score in zip(wanted, scores, strict=True):
            if score is not None:
                found.setdefault(one, []).append(text)
    if not best[1] and len(found) == len(wanted):
        return 10, list(dict.fromkeys(texts[0] for texts in found.values()))
    return best


def _word(one: str, words: list[str]) -> int | None:
    """0: a whole word, 1: but for a plural's -s, 2: how a word begins, 3: in the text, hyphens or not."""
    if one in words:
        return 0
    single = one[:-1] if len(one) > 3 and one.endswith("s") and not one.endswith("ss") else one
    if any(single in (word, word.removesuffix("s")) for word in words):
        return 1
    if any(word.startswith(one) for word in words):
        return 2
    joined = "".join(words)
    if len(one) > 2 and (one in " ".join(words) or one in joined):
        return 3
    return None


def entries(shelf: Shelf) -> Iterator[Entry]:
    """Everything that `find` knows, the most asked for first."""
    for row in shelf.rows("transfers"):
        items = [shelf.get("items", link["item"]) for link in shelf.of("record_items", "record", row["id"])]
        names = [name for item in items for name in shelf.names_of(item)]
        yield row["id"], "transfer", row["title"], [row["title"], row["id"], *names]
    for row in shelf.rows("events"):
        yield row["id"], "event", row["title"], [row["title"], row["id"]]
    kinds = {"items": "item", "actors": "actor", "places": "place", "vessels": "vessel"}
    for table, kind in kinds.items():
        for row in shelf.rows(table):
            yield row["id"], kind, row["name"], [*shelf.names_of(row), row["id"]]
    for row in shelf.rows("voices"):
        yield row["id"], "voice", row["label"], [row["label"], row["id"]]
    for row in shelf.rows("sources"):
        title, publisher = shelf.document(row["id"]), shelf.name("actors", row["publisher"])
        texts = [title, publisher, row["title_en"], row["doc_symbol"], row["author"], row["url"], row["id"]]
        yield row["id"], "source", title, [text for text in texts if text]
    for row in shelf.rows("provisions"):
        title = shelf.provision(row["id"])
        yield row["id"], "provision", title, [title, row["id"]]
    for row in shelf.rows("conversions"):
        yield row["id"], "conversion", shelf.conversion(row["id"]), [shelf.conversion(row["id"]), row["id"]]
