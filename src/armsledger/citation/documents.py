"""Documents as CSL items: the one place that says which column of `sources` becomes what in a citation."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from armsledger.citation.dates import csl_date, csl_day
from armsledger.citation.items import Item, address, made
from armsledger.files import Row
from armsledger.shelf import Shelf

# By source_type: the CSL type, and what the document is called where it has no title. Court records and bills are
# plain documents: CSL's legal types want a reporter, a docket or a session, which the columns do not have.
_TYPES = {
    "gov_statement": ("document", "government statement"),
    "intergov_report": ("report", "report"),
    "legislature": ("document", "parliamentary document"),
    "state_media": ("article-newspaper", "news article"),
    "sanctions_notice": ("document", "sanctions notice"),
    "court_record": ("document", "court record"),
    "ngo_field_report": ("report", "report"),
    "think_tank": ("report", "report"),
    "imagery_provider": ("webpage", "imagery"),
    "academic": ("article", "academic paper"),
    "news_own_reporting": ("article-newspaper", "news article"),
    "news_wire_copy": ("article-newspaper", "news article"),
    "news_rewrite": ("article-newspaper", "news article"),
    "social_media": ("post", "online post"),
    "dataset": ("dataset", "data set"),
    "other": ("document", "document"),
}
_ALWAYS_DESCRIBED = ("post", "dataset")  # APA describes these in brackets though they have a title


def document(shelf: Shelf, row: Row) -> Item:
    """One row of `sources`.

    Without an author as printed, the publisher is the author, and is not named again. The author stays one text,
    as printed: which part of it is a family name is not known. A title in another language has its translation
    in brackets behind it. Where the document is no longer at its address, its archived copy is.
    """
    kind, called = _TYPES[row["source_type"]]
    publisher = shelf.name("actors", row["publisher"])
    title = _title(row)
    medium = (called if kind in _ALWAYS_DESCRIBED else None) if title else f"untitled {called}"
    found, kept = row["url"], row["archive_url"]
    if kept and (not found or row["access"] in ("archive_only", "gone")):
        found = kept
    house = "container-title" if kind == "article-newspaper" else "publisher"
    return made(
        {
            "id": row["id"],
            "type": kind,
            "author": [{"literal": row["author"] or publisher}],
            "issued": csl_date(row["published"]),
            "title": title,
            "medium": medium and medium[:1].upper() + medium[1:],
            house: publisher if row["author"] else None,
            "number": row["doc_symbol"],
            "URL": address(found),
            "accessed": csl_day(row["retrieved_on"]) if row["retrieved_on"] else None,
            "language": row["language"],
            "note": f"Archived at {address(kept)}" if kept and kept != found else None,
        }
    )


def _title(row: Row) -> str | None:
    title, english = row["title"], row["title_en"]
    if not english or english == title:
        return title or None
    return f"{title} [{english}]" if title else f"[{english}]"


def in_order(cited: Iterable[Item]) -> list[Item]:
    """As a list of references has them (9.44-48): by author, then date, undated ones first, then title."""
    return sorted(cited, key=_place)


def _place(item: Item) -> tuple[object, ...]:
    issued = item.get("issued", {}).get("date-parts", [])
    names = [_plain(author["literal"]) for author in item["author"]]
    return names, issued, _plain(item.get("title", "")), item["id"]


def _plain(text: str) -> str:
    """Letters without case and accents, so that é stands with e."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
