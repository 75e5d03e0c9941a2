"""How to cite: the dataset, an entry in it, the rows in hand, and the documents behind them.

Whatever is cited becomes one CSL item first (`items`, `documents`); the styles are renderings of it. No DOI and
no address is given that the release does not state.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal

from armsledger.citation import items
from armsledger.citation.as_apa import apa as apa_text
from armsledger.citation.as_bibtex import bibtex
from armsledger.citation.items import Item
from armsledger.errors import BadArgument, UnknownId, one_of
from armsledger.files import Release, packaged
from armsledger.shelf import Shelf

if TYPE_CHECKING:
    import pandas as pd

Style = Literal["apa", "bibtex", "csl-json"]
STYLES: tuple[Style, ...] = ("apa", "bibtex", "csl-json")


def cite(df_or_id: pd.DataFrame | str | None = None, style: Style = "apa") -> str:
    """The citation of the dataset, of an entry in it, or of exactly the rows in hand, as text.

    df_or_id: None: this version of the dataset. An id of a record (``"NKRU-T-0003"``), a claim, an estimate, a
        status or an entry of a registry: that entry in the dataset, and how to see it. An id of a document: the
        document itself. A frame from `load`, or any part of it: its rows, see below.
    style: ``"apa"``, the APA's Publication Manual, 7th edition (data sets: 10.9), plain text; ``"bibtex"``, an
        entry in UTF-8 for biber and biblatex, which BibTeX reads too, under a key that is the same for everybody
        who cites the same; ``"csl-json"``, a list of one item of the Citation Style Language 1.0.2, for Zotero,
        pandoc and other citation processors.

    **Rows.** The citation names version, table, `known_by` if any, how many of how many rows, the SHA-256 of
    the rows, and a line of code that gives exactly these rows back from that version. Rows are known by the
    table's primary key; a table without one (`changes`) by all its columns. Columns may have been dropped or
    added, rows filtered and sorted, the index changed or made of the key. Refused, with a message that names it, is
    what would not be this dataset's: a value in a released column that differs from the released one, a row that
    the version does not have, a row held twice, a key column that is missing; and a frame that does not say where
    it is from, for pandas drops ``attrs`` in merge, concat and groupby.

    The **SHA-256** is that of the canonical CSV of the rows with all released columns, whichever columns the
    frame has: of the lines of ``csv/<table>.csv`` of the release (UTF-8, each with its LF), the header first and
    then the lines of these rows in the order of that file. So the sum of a whole table is the one in SHA256SUMS.
    With `known_by` the lines are those of the rewound table in the same form: `armsledger.canonical`.

    A version that ends in ``.dev0`` is a working state between releases, which others cannot get by its name;
    its citations name the SHA-256 of its SHA256SUMS too.

    LookupError: no such id. ValueError: another style, or a frame that cannot be cited.
    """
    _known(style)
    if df_or_id is None:
        return cite_release(packaged(), style)
    if isinstance(df_or_id, str):
        if df_or_id in STYLES:
            raise BadArgument(f'{df_or_id} is a style, not an id: write cite(style="{df_or_id}")')
        return rendered([_entry(df_or_id, packaged())], style)
    import pandas as pd

    if not isinstance(df_or_id, pd.DataFrame):
        raise BadArgument(f"cite takes a frame, an id or nothing, not {type(df_or_id).__name__}")
    from armsledger.citation.rows import rows_in_hand

    return rendered([items.rows(*rows_in_hand(df_or_id))], style)


def cite_release(release: Release, style: Style = "apa") -> str:
    """`cite` for any release as a whole."""
    return rendered([items.release(release)], style)


def apa(package: dict[str, Any], digest: str | None = None) -> str:
    """The APA form for a Data Package, with the digest of its sums where one is given."""
    return rendered([items.dataset(package, digest)], "apa")


def bibliography(ids: Iterable[str], release: Release, style: Style) -> str:
    """Documents by their ids as a list of references, in the order of APA: by author, undated ones first."""
    from armsledger.citation.documents import document, in_order

    shelf = Shelf(release)
    return rendered(in_order(document(shelf, shelf.get("sources", id_)) for id_ in ids), style)


def rendered(cited: Sequence[Item], style: Style) -> str:
    """Items in a style: a line each, an entry each, or a list in JSON. Raises `BadArgument`."""
    _known(style)
    if style == "apa":
        return "\n".join(map(apa_text, cited))
    if style == "bibtex":
        return "\n\n".join(map(bibtex, cited))
    return json.dumps(cited, ensure_ascii=False, indent=2)


def _known(style: object) -> None:
    if style not in STYLES:
        raise BadArgument(one_of("style", style, STYLES))


def _entry(id_: str, release: Release) -> Item:
    """The item of whatever has that id: a document, or an entry in the dataset. Raises `UnknownId`."""
    from armsledger.citation.documents import document
    from armsledger.stories.showing import unknown

    shelf = Shelf(release)
    row = shelf.get("sources", id_)
    if row:
        return document(shelf, row)
    for table in items.ENTRIES:
        if shelf.get(table, id_):
            return items.entry(shelf, table, id_)
    raise UnknownId(unknown(shelf, id_))
