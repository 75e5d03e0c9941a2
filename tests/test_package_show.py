"""`show` and `find`: what a reader is told, and that no text of a record can do harm."""

from __future__ import annotations

import datetime as dt
import html.parser
import random
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

import armsledger
from armsledger.files import Release, packaged
from armsledger.past import release_of
from armsledger.search import fold, matches
from armsledger.shelf import Shelf
from armsledger.stories.showing import story
from armsledger.stories.terminal import told
from armsledger.stories.words import grade, number, on, unit, visible, when
from tests.test_package_helpers import Row, added, chained, changed, crafted

T1 = "NKRU-T-0001"
EVIL = "<script>alert(1)</script> \u202etxt.exe\u202c \x1b[31mred\x07 & \"quoted\" 'x' \u2028end\ud7ff"
SHELF = Shelf(packaged())


SOME = 40  # of the ids of a table, where there are more: the time it takes would grow with the data's square


def some(ids: list[str], n: int = SOME) -> list[str]:
    """The ids, or `n` of them by chance, the same on every run."""
    return ids if len(ids) <= n else sorted(random.Random("armsledger").sample(sorted(ids), n))


def ids_with_a_story() -> list[str]:
    """All records, and some of all else."""
    records = [row["id"] for table in ("transfers", "events") for row in SHELF.rows(table)]
    others = [id_ for id_ in SHELF.ids() if id_ not in set(records)]
    claims = [row["id"] for row in SHELF.rows("claims")]
    return [*records, *some(others, 3 * SOME), *some(claims, 3 * SOME)]


class Tags(html.parser.HTMLParser):
    """Tags opened and closed, attributes, and the text between."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.tags.add(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def parsed(fragment: str) -> Tags:
    tags = Tags()
    tags.feed(fragment)
    tags.close()
    assert not tags.open
    return tags


def hidden(text: str) -> set[str]:
    return {c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}} - {"\n"}


def cells(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def words_of(text: str) -> str:
    return " ".join(text.split())


# -- every story ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("id_", ids_with_a_story())
def test_an_id_has_a_story_that_fits_and_is_clean(id_: str) -> None:
    shown = armsledger.show(id_)
    text = told(shown, 72)
    assert not hidden(text)
    assert not [line for line in text.splitlines() if cells(line) > 72 and "://" not in line]
    assert "".join(shown.title.split()) in "".join(text.split())
    tags = parsed(shown._repr_html_())
    assert tags.tags <= (
        {"article", "p", "h3", "h4", "div", "dl", "dt", "dd", "a", "strong"}
        | {"table", "caption", "thead", "tbody", "tr", "th", "td"}
    )
    assert {name for name, _ in tags.attributes} <= {"style", "scope", "href", "rel", "aria-label"}
    assert not re.search(r"\bNone\b(?! stated| of)", text)
    assert "<NA>" not in text


@pytest.mark.parametrize("width", [40, 72, 100])
def test_lines_are_no_longer_than_the_terminal(width: int) -> None:
    for line in told(armsledger.show(T1), width).splitlines():
        assert len(line) <= width or len(line.split()) <= 3, line  # an address may be longer


# -- the story of a transfer ---------------------------------------------------------------------------------


def denial(**more: Any) -> Row:
    """A denial by North Korea, told in an event, of everything from North Korea to Russia."""
    day = dt.date(2024, 12, 5)
    return {
        **dict.fromkeys(
            ("status_asserted", "as_of", "as_of_earliest", "as_of_latest", "speaker", "supersedes")
        ),
        **dict.fromkeys(
            f"quantity_{n}" for n in ("qualifier", "value", "unit", "as_stated", "low", "point", "high")
        ),
        "id": "NKRU-E-0001.c9",
        "record": "NKRU-E-0001",
        "bears_on": [],
        "claimant": "prk",
        "voice": "prk-gov",
        "voice_ancestors": [],
        "claimant_country": "PRK",
        "claimant_type": "state",
        "interest": "dyad",
        "reliability": "D",
        "stance": "denies",
        "kind": "existence",
        "statement": "Nothing of the kind was ever sent.",
        "stated_on": "2024-12-05",
        "stated_on_earliest": day,
        "stated_on_latest": day,
        "denies_direction": "PRK_to_RUS",
        "denies_classes": ["ammunition"],
        "denies_rung": "shipped",
        **more,
    }


@pytest.fixture
def denied(tmp_path: Path) -> Release:
    said = {"denied_by_supplier": True, "denied_by_recipient": False, "contested": True}
    transfers = changed(T1, **said, quantity_conflict=True, quantity_rule="R3")
    main = next(
        row["id"]
        for row in packaged().rows("estimates")
        if row["record"] == T1
        and row["day"] == packaged().as_of
        and row["measure"] == "moved"
        and (row["kind"], row["basis"]) == ("cumulative", "reported")
    )
    edits = {
        "claims": added(f"{T1}.c1", **denial()),
        "transfers": transfers,
        "estimates": changed(main, conflict=True, stale=True, stale_days=700, rule="R3"),
    }
    return crafted(tmp_path, edits)


def test_the_story_of_a_transfer_says_what_a_reader_must_know(denied: Release) -> None:
    text = words_of(told(story(denied, T1), 90))
    row = next(row for row in packaged().rows("transfers") if row["id"] == T1)
    for part in (
        row["title"],
        "Reported transfer of ammunition from North Korea to Russia, counted in rounds.",
        "denied by North Korea and contested",
        "high open",
        "never added up",
        "Conflict: ",
        "Stale: ",
        "was 700 days old",
        "Rule R3: best graded.",
        "“around 5 million”, read as about 5,000,000 rounds",
        "C3: source fairly reliable, statement possibly true",
        "Evrim Ağacı",
        "paragraph 1 (repeats)",
        "https://evrimagaci.org/",
        "by a language model",
        row["record_path"],
        row["record_sha256"][:12],
        words_of(armsledger.cite(T1).partition(" Working state")[0].partition(" Retrieved")[0]),
    ):
        assert part in text, part
    assert row["record_sha256"][:13] not in text


def test_a_denial_of_a_whole_class_stands_among_the_claims(denied: Release) -> None:
    text = told(story(denied, T1), 90)
    assert "! 5 December 2024 · North Korea (voice: Government of North Korea) denies:" in text
    assert "It denies North Korea to Russia: ammunition, from shipped on" in text
    assert "Nothing of the kind" not in told(story(denied, "NKRU-T-0003"), 90)  # missiles
    html = story(denied, T1)._repr_html_()
    assert "<strong>denies</strong>" in html


def test_claims_stand_in_the_order_in_which_they_became_public(denied: Release) -> None:
    text = told(story(denied, T1), 90)
    assert text.index(f"[{T1}.c1]") < text.index("[NKRU-E-0001.c9]") < text.index(f"[{T1}.c2]")


def test_the_estimate_of_a_record_without_one() -> None:
    without = next(row for row in packaged().rows("transfers") if row["quantity_high_open"] is None)
    text = words_of(str(armsledger.show(without["id"])))
    assert "No estimate: " in text
    assert "Low " not in text.split("No estimate")[0]


def test_a_story_names_claims_told_elsewhere() -> None:
    text = words_of(str(armsledger.show("NKRU-T-0006")))
    assert "Told in NKRU-E-0004" in text
    assert "It bears on this record, its figure does not." in text


def test_deprecated_superseded_and_possible_claims_say_so(tmp_path: Path) -> None:
    edits = chained(
        changed(f"{T1}.c1", rank="deprecated", rank_reason="a misprint", modality="possible", complete=True),
        changed(f"{T1}.c2", supersedes=f"{T1}.c1", admission=True, likelihood_words="highly likely"),
    )
    text = words_of(told(story(crafted(tmp_path, {"claims": edits}), T1), 90))
    for part in (
        "Deprecated, kept and not counted: a misprint",
        "no more than a possibility",
        "its count is complete",
        f"Its place was taken by {T1}.c2.",
        f"Takes the place of {T1}.c1.",
        "An admission",
        "highly likely",
    ):
        assert part in text, part


# -- text that means harm ------------------------------------------------------------------------------------


@pytest.fixture
def evil(tmp_path: Path) -> Release:
    def every_text(rows: list[Row]) -> list[Row]:
        return [{**row, "locator": EVIL, "as_stated": EVIL} for row in rows]

    return crafted(
        tmp_path,
        {
            "transfers": changed(T1, title=EVIL, summary=EVIL, note=EVIL),
            "claims": changed(
                f"{T1}.c1",
                statement=EVIL,
                quantity_as_stated=EVIL,
                scope=EVIL,
                credibility_basis=EVIL,
                likelihood_words=EVIL,
                stated_on=EVIL,
            ),
            "claim_sources": every_text,
            "actors": chained(changed("ua-hur", name=EVIL, note=EVIL), changed("rus", name=EVIL)),
            "sources": changed("evrimagaci-undated-alliance", title=EVIL, url=f"javascript:alert(1)//{EVIL}"),
            "items": changed("artillery-shell", name=EVIL, aliases=[EVIL]),
        },
    )


@pytest.mark.parametrize("id_", [T1, f"{T1}.c1", "ua-hur", "evrimagaci-undated-alliance", "artillery-shell"])
def test_no_text_of_a_record_can_act(evil: Release, id_: str) -> None:
    shown = story(evil, id_)
    html = shown._repr_html_()
    tags = parsed(html)
    assert "script" not in tags.tags
    assert "<script>alert(1)</script>" in tags.text  # to be read, not run
    assert not hidden(html)
    assert "\\u202e" in tags.text
    for name, value in tags.attributes:
        assert name != "href" or (value or "").startswith(("https://", "http://"))
        assert not name.startswith("on")
    text = str(shown)
    assert not hidden(text)
    assert "\\u202e" in text
    assert "\\x1b[31m" in text


def test_visible_leaves_ordinary_text_alone() -> None:
    plain = "Main Directorate, Головне управління, 주체포, Evrim Ağacı, “5 million” – 152 mm"
    assert visible(plain) == plain
    assert visible("a\u200db\u00ad\x00\U000e0041") == "a\\u200db\\xad\\x00\\U000e0041"


# -- words ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2024-11-29", "29 November 2024"),
        ("2024-10?", "October 2024 (uncertain)"),
        ("2024~", "about 2024"),
        ("2024-10-05%", "about 5 October 2024 (uncertain)"),
        ("2024-21", "spring 2024"),
        ("[2024-10-01..2024-11-29]", "some time from 1 October 2024 to 29 November 2024"),
        ("[2024-10,2024-12]", "October 2024 or December 2024"),
        ("2024-10/2024-12", "October 2024 to December 2024"),
        ("2024-10/..", "from October 2024 on"),
        ("../2024-10", "until October 2024"),
        ("..", "open"),
        (None, ""),
        ("no date", "no date"),
    ],
)
def test_dates_are_told_as_precise_as_they_are(edtf: str | None, words: str) -> None:
    assert when(edtf) == words


def test_dates_after_a_verb() -> None:
    assert on("2024-11-29") == "on 29 November 2024"
    assert on("2024-11?") == "in November 2024 (uncertain)"
    assert on("2024-11-01/2024-11-29") == "1 November 2024 to 29 November 2024"


def test_figures_and_units() -> None:
    assert [number(n) for n in (5000000.0, 0.25, 1234.5, 0, None)] == [
        "5,000,000",
        "0.25",
        "1,234.5",
        "0",
        "",
    ]
    assert unit(SHELF, "round", 1) == "round"
    codes = [row["value"] for row in SHELF.rows("codelists") if row["list"] == "unit"]
    assert {"rounds", "entities", "US dollars (nominal)", "aircraft"} <= {unit(SHELF, code) for code in codes}
    assert grade(SHELF, "F", "6") == "F6: source cannot be judged, statement cannot be judged"
    assert grade(SHELF, None, "3") == "-3: source not graded, statement possibly true"


# -- ids that are none ---------------------------------------------------------------------------------------


def test_an_unknown_id_is_a_lookup_error_that_reads_well() -> None:
    with pytest.raises(LookupError) as caught:
        armsledger.show("NKRU-T-9999")
    said = str(caught.value)
    assert said.startswith("NKRU-T-9999: no such id. Nearest: NKRU-T-")
    assert "find(" in said
    assert not isinstance(caught.value, KeyError)
    with pytest.raises(armsledger.UnknownId, match=r"Nearest: NKRU-T-0001\. "):
        armsledger.show("nkru-t-0001")
    with pytest.raises(armsledger.UnknownId, match=r"NKRU-T-0001\.c"):
        armsledger.show("NKRU-T-0001.c99")
    bad: Any = 7
    with pytest.raises(ValueError, match="not int"):
        armsledger.show(bad)


def test_a_retired_id_says_what_took_its_place(tmp_path: Path) -> None:
    def retired(rows: list[Row]) -> list[Row]:
        row = {
            "id": "NKRU-T-0099",
            "retired_in": "0.2.0",
            "reason": "duplicate",
            "replaced_by": T1,
            "note": None,
        }
        return [*rows, row]

    with pytest.raises(LookupError, match=r"retired in 0\.2\.0 \(duplicate\)\. See NKRU-T-0001\."):
        story(crafted(tmp_path, {"retired": retired}), "NKRU-T-0099")


def test_an_id_of_two_registries_is_told_as_both() -> None:
    shown = armsledger.show("ua-hur")
    assert shown.kind == "actor and voice"
    assert "C: fairly reliable" in str(shown)
    assert "Gathers its own intelligence" in words_of(str(shown))


# -- find ----------------------------------------------------------------------------------------------------


def found(words: str) -> list[str]:
    return list(armsledger.find(words)["id"])


def test_find_matches_all_words_in_any_script_case_and_number() -> None:
    assert found("artillery shells")[0] == T1
    assert "artillery-shell" in found("SHELLS")
    assert "m-1989-170mm" in found("koksan")
    assert "NKRU-T-0004" in found("곡산")  # by its item
    assert "m-1989-170mm" in found("m1989")
    assert "evrimagaci" in found("evrim agaci")
    assert "kursk-oblast" in found("КУРСКАЯ")
    assert found("shells Belousov") == []
    assert found("NKRU-E-0002")[0] == "NKRU-E-0002"


def test_find_returns_a_typed_frame_best_first() -> None:
    frame = armsledger.find("koksan")
    assert list(frame.columns) == ["id", "kind", "title", "matched"]
    assert {str(dtype) for dtype in frame.dtypes} == {"string"}
    names = frame.set_index("id")["matched"]
    assert (names["NKRU-T-0004"], names["m-1989-170mm"]) == ("Koksan", "Koksan")
    assert all("koksan" in fold(matched) for matched in names)
    seed = matches("koksan", Shelf(release_of("0.1.0")))
    assert {matched for _, _, _, matched in seed} == {"Koksan"}
    none = armsledger.find("zzzz")
    assert none.empty
    assert none.dtypes.to_dict() == frame.dtypes.to_dict()
    russia = list(armsledger.find("russia")["id"])
    assert russia.index("rus") < russia.index("ru-gov")  # named so, before named after


def test_find_says_when_there_is_nothing_to_find() -> None:
    bad: Any = None
    for words in ("", "  ", "-", bad):
        with pytest.raises(ValueError, match="at least one word"):
            armsledger.find(words)


def test_everything_is_found_by_its_own_title() -> None:
    for table in ("transfers", "events", "items", "actors", "places", "sources", "voices"):
        for id_ in some([row["id"] for row in SHELF.rows(table)]):
            title = SHELF.document(id_) if table == "sources" else SHELF.name(table, id_)
            assert id_ in [match[0] for match in matches(title, SHELF)], title


def test_fold() -> None:
    assert fold("Ağacı, M-1989 É") == "agacı  m 1989 e"
    assert fold("Straße") == fold("STRASSE")
