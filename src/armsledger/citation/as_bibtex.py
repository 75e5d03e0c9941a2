"""A CSL item as a BibTeX entry, in UTF-8: for biber and biblatex, and, with the year alone, for BibTeX itself."""

from __future__ import annotations

from armsledger.citation.dates import CslDate, years
from armsledger.citation.items import Item

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{mark: f"\\{mark}" for mark in "#$%&_"},
}
_EVEN = str.maketrans(_SPECIAL | {"{": r"\{", "}": r"\}"})
_UNEVEN = str.maketrans(_SPECIAL | {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"})


def bibtex(item: Item) -> str:
    """``@misc``, ``@techreport``, ``@article`` or ``@incollection``, which all programs know.

    Names and titles are in two pairs of braces: taken as they are, neither split nor put into small letters. The
    note says what most styles print nowhere else: version and number. Without a date there is no year, and styles
    say n.d.
    """
    text = {name: _escaped(value) for name, value in item.items() if isinstance(value, str)}
    issued, accessed = item.get("issued"), item.get("accessed")
    kind, house = _kind(item)
    inside = "journal" if kind == "article" else "booktitle"
    version, number = text.get("version"), text.get("number")
    printed = number if kind == "techreport" else None
    note = [version and f"Version {version}", None if printed else number, text.get("note")]
    fields = {
        "author": " and ".join(f"{{{_escaped(author['literal'])}}}" for author in item["author"]),
        "title": f"{{{text.get('title') or '[' + text['medium'] + ']'}}}",
        inside: f"{{{text['container-title']}}}" if "container-title" in text else None,
        house: text.get("publisher"),
        "year": years(issued) if issued else None,
        "date": _edtf(issued) if issued and _edtf(issued) != years(issued) else None,
        "version": version,
        "number": number if kind in ("misc", "techreport") else None,  # elsewhere: of an issue or a series
        "howpublished": text.get("medium") if "title" in text else None,
        "doi": item.get("DOI"),
        "url": item.get("URL"),
        "urldate": _edtf(accessed) if accessed else None,
        "note": "; ".join(part for part in note if part),
    }
    body = ",\n".join(f"  {name:<12} = {{{value}}}" for name, value in fields.items() if value)
    return f"@{kind}{{{item['id']},\n{body}\n}}"


def _kind(item: Item) -> tuple[str, str]:
    """The entry's type, and the field in which its publisher stands."""
    if item["type"] == "report":
        return "techreport", "institution"
    if "container-title" in item:
        return ("article" if item["type"] == "article-newspaper" else "incollection"), "publisher"
    return "misc", "organization"


def _escaped(text: str) -> str:
    """Text that TeX prints as it is. BibTeX counts braces though they are escaped, so odd ones are spelt out."""
    depth = 0
    for mark in text:
        depth += {"{": 1, "}": -1}.get(mark, 0)
        if depth < 0:
            break
    return text.translate(_UNEVEN if depth else _EVEN)


def _edtf(date: CslDate) -> str:
    """The date as biblatex reads it: 2024-11-29, 2024~, 2023/2024"""
    mark = "~" if date.get("circa") else ""
    return "/".join("-".join(f"{part:02}" for part in parts) + mark for parts in date["date-parts"])
