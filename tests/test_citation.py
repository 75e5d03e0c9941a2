"""`cite`: the dataset, entries in it, and exactly the rows in hand."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import armsledger
from armsledger.citation import STYLES, cite, cite_release, items
from armsledger.citation.rows import _ranges, rows_in_hand
from armsledger.errors import BadArgument
from armsledger.files import DATA, Installed, Release
from armsledger.shelf import Shelf
from compiler.write import csv_bytes
from tests.test_package_helpers import changed, crafted

DAY = "2024-12-01"
VERSION = armsledger.__version__
TABLES = tuple(armsledger.tables()["table"])
FILLED = tuple(armsledger.tables().query("rows > 1")["table"])


def item_of(what: Any = None) -> dict[str, Any]:
    (item,) = json.loads(cite(what, "csl-json"))
    made: dict[str, Any] = item
    return made


# -- the dataset -----------------------------------------------------------------------------------------------


def as_version(version: str, **more: Any) -> Release:
    release = Installed(DATA)
    release.package.update({"version": version, **more})
    return release


def test_apa_names_author_year_title_and_version() -> None:
    title = "armsledger dprk-russia: reported arms transfers between North Korea and Russia"
    release = as_version("0.1.0")
    assert cite_release(release) == f"armsledger contributors. (2026). {title} (Version 0.1.0) [Data set]."
    assert cite_release(Installed(DATA)) == cite()


def test_a_working_state_is_cited_with_its_sums() -> None:
    digest = hashlib.sha256((DATA / "SHA256SUMS").read_bytes()).hexdigest()
    for style in STYLES:
        text = cite_release(as_version("0.1.0.dev0"), style)
        assert f"SHA256SUMS {digest[:12]}" in text
        assert f"Working state between releases, SHA-256 of its SHA256SUMS {digest}" in text
        text = cite_release(as_version("0.1.0"), style)
        assert "SHA256SUMS" not in text and "Working" not in text
    part = items.entry(Shelf(as_version("0.1.0.dev0")), "transfers", "NKRU-T-0003")
    assert digest[:12] in part["number"] and f"{digest}. Retrieved with" in part["note"]


def test_a_doi_and_an_address_only_if_they_are_stated() -> None:
    for style in STYLES:
        text = cite_release(as_version("0.1.0"), style)
        assert "doi" not in text.lower() and "http" not in text
    stated = as_version("0.1.0", id="https://doi.org/10.5281/zenodo.1", homepage="https://example.org/")
    assert cite_release(stated).endswith("[Data set]. https://doi.org/10.5281/zenodo.1")
    assert "doi          = {10.5281/zenodo.1}" in cite_release(stated, "bibtex")
    assert "url          = {https://example.org/}" in cite_release(stated, "bibtex")
    other = as_version("0.1.0", id="https://example.org/id")
    assert cite_release(other).endswith("[Data set]. https://example.org/id")


def test_several_authors_and_what_tex_would_read() -> None:
    people = [{"title": name, "roles": ["author"]} for name in ("Ann B & Co", "C. D.", "E")]
    people.append({"title": "not me", "roles": ["contributor"]})
    release = as_version("0.1.0", title=r"50% & more_#1 {a} $x$ ~ ^ \end", contributors=people)
    text = cite_release(release, "bibtex")
    escaped = r"50\% \& more\_\#1 \{a\} \$x\$ \textasciitilde{} \textasciicircum{} \textbackslash{}end"
    assert f"title        = {{{{{escaped}}}}}," in text
    assert r"author       = {{Ann B \& Co} and {C. D.} and {E}}," in text
    assert cite_release(release).startswith(
        "Ann B & Co, C. D., & E. (2026). 50% & more_#1 {a} $x$ ~ ^ \\end (V"
    )


def test_a_brace_too_many_never_ends_a_bibtex_field() -> None:
    for title in ("a } b", "a { b", "} {", "a {b}} {c"):
        text = cite_release(as_version("0.1.0", title=title), "bibtex")
        assert text.count("{") == text.count("}")
        (line,) = [line for line in text.splitlines() if line.startswith("  title")]
        assert r"\textbrace" in line and r"\{" not in line and r"\}" not in line


@pytest.mark.parametrize("what", [None, "NKRU-T-0003", "frame"])
def test_another_style_is_a_value_error(what: Any) -> None:
    style: Any = "bibtext"
    with pytest.raises(ValueError, match=r"Did you mean bibtex\? There are apa, bibtex, csl-json\."):
        cite(armsledger.load("claims") if what == "frame" else what, style)
    with pytest.raises(ValueError, match="no such style"):
        armsledger.sources(style=style)


def test_a_style_in_the_place_of_an_id_is_explained() -> None:
    for style in STYLES:
        with pytest.raises(
            ValueError, match=rf'{style} is a style, not an id: write cite\(style="{style}"\)'
        ):
            cite(style)


# -- entries -----------------------------------------------------------------------------------------------------


def test_a_record_is_an_entry_in_the_dataset() -> None:
    item = item_of("NKRU-T-0003")
    assert item["title"] == armsledger.load("transfers").set_index("id").loc["NKRU-T-0003", "title"]
    assert item["type"] == "entry"
    assert item["medium"] == "Transfer NKRU-T-0003"
    assert item["container-title"] == item_of()["title"]
    assert item["version"] == VERSION
    assert item["note"].endswith(
        f'Retrieved with armsledger {VERSION}: armsledger.show("NKRU-T-0003"), in a shell: armsledger show'
        " NKRU-T-0003"
    )
    assert f"{item['title']} [Transfer NKRU-T-0003]. In {item['container-title']} (" in cite("NKRU-T-0003")


def test_every_id_that_is_shown_can_be_cited_and_keys_differ() -> None:
    ids = [
        *Shelf(Installed(DATA)).ids(),
        *(id_ for t in ("claims", "estimates") for id_ in armsledger.load(t)["id"]),
    ]
    keys = [item_of(id_)["id"] for id_ in dict.fromkeys(ids)]
    assert len(set(keys)) == len(keys)


def test_a_claim_says_whose_it_is() -> None:
    assert "HUR) asserts on 29 November 2024: Some five million" in cite("NKRU-T-0001.c1")
    assert "[Claim NKRU-T-0001.c1]" in cite("NKRU-T-0001.c1")


def test_an_estimate_and_a_status_are_got_back_by_their_code() -> None:
    for table in ("estimates", "transfer_status"):
        for id_ in armsledger.load(table)["id"]:
            code = item_of(id_)["note"].partition("Retrieved with ")[2]
            assert evaluated(code).equals(armsledger.load(table).set_index("id").loc[id_])


def test_an_id_of_a_document_cites_the_document() -> None:
    text = cite("evrimagaci-undated-alliance")
    assert text.startswith("Evrim Ağacı. (ca. 2024). [Untitled news article]. https://evrimagaci.org/")
    assert text == armsledger.sources("evrimagaci-undated-alliance", style="apa")


def test_an_unknown_id_names_the_nearest() -> None:
    with pytest.raises(LookupError, match=r"NKRU-T-0033: no such id\. Nearest: NKRU-T-[0-9]{4}, "):
        cite("NKRU-T-0033")
    with pytest.raises(LookupError, match=r"Nearest: NKRU-T-0001\.c1"):
        cite("NKRU-T-0001.c1111")


@pytest.mark.parametrize("what", [7, armsledger.load("claims")["id"], ["NKRU-T-0003"]], ids=type)
def test_what_cannot_be_cited_is_said(what: Any) -> None:
    with pytest.raises(ValueError, match=f"not {type(what).__name__}"):
        cite(what)


# -- rows ----------------------------------------------------------------------------------------------------------


def load(table: Any, *, version: str, known_by: str | None = None) -> pd.DataFrame:
    assert version == VERSION
    return armsledger.load(table, known_by=known_by)


def evaluated(code: str) -> Any:
    """What the line of code gives: to somebody who has this version."""
    return eval(code, {"armsledger": SimpleNamespace(load=load)})


def key_of(table: str) -> list[str]:
    """The columns that tell a table's rows apart: its key, or all of them where it has none."""
    schema = Installed(DATA).resource(table)["schema"]
    return schema.get("primaryKey") or [field["name"] for field in schema["fields"]]


@cache
def released_lines(table: str) -> tuple[str, dict[tuple[str, ...], str]]:
    """The header and, by key, the lines of a released CSV file, read with the standard library."""
    key = key_of(table)
    text = (DATA / "csv" / f"{table}.csv").read_text(encoding="utf-8")
    rows = [tuple(row[name] for name in key) for row in csv.DictReader(io.StringIO(text))]
    header, *lines = text.splitlines(keepends=True)
    return header, dict(zip(rows, lines, strict=True))


def recomputed(table: str, keys: set[tuple[str, ...]]) -> str:
    """The sum of rows by the docstring's words, from the released CSV file and the standard library alone."""
    header, lines = released_lines(table)
    kept = [header, *(line for key, line in lines.items() if key in keys)]
    return hashlib.sha256("".join(kept).encode()).hexdigest()


def keys_of(frame: pd.DataFrame, table: str) -> set[tuple[str, ...]]:
    rows = frame[key_of(table)].astype("string").fillna("")
    return set(map(tuple, rows.values.tolist()))


def test_rows_are_cited_with_all_that_finds_them_again() -> None:
    claims = armsledger.load("claims")
    some = claims[claims["claimant"] == "ua-hur"]
    item = item_of(some)
    digest = recomputed("claims", keys_of(some, "claims"))
    assert item["title"] == f"Claims, {len(some):,} of {len(claims):,} rows"
    assert f"SHA-256 of the rows {digest}" in item["number"]
    assert item["id"].endswith(f"_claims_{digest[:12]}")
    assert item["version"] == VERSION
    code = item["note"].partition("Retrieved with ")[2]
    assert re.fullmatch(
        rf'armsledger\.load\("claims", version="{VERSION}"\)\.iloc\[\[[0-9*, range()]+\]\]', code
    )
    assert evaluated(code).equals(some)
    for part in (item["title"], item["number"], item["note"], item["container-title"]):
        assert part in cite(some)


@pytest.mark.parametrize("table", TABLES)
def test_the_sum_of_a_whole_table_is_the_published_one(table: Any) -> None:
    _, rows = rows_in_hand(armsledger.load(table))
    assert f"sha256:{rows.sha256}" == Installed(DATA).resource(table)["hash"]
    assert rows.code == f'armsledger.load("{table}", version="{VERSION}")'
    assert rows.n == rows.of == len(armsledger.load(table))


@pytest.mark.parametrize("table", ["claims", "estimates", "transfers", "sources"])
def test_rows_as_known_by_a_day(table: Any) -> None:
    frame = armsledger.load(table, known_by=DAY)
    _, rows = rows_in_hand(frame)
    assert rows.sha256 == hashlib.sha256(csv_bytes(table, frame)).hexdigest()
    assert rows_in_hand(evaluated(rows.code))[1] == rows
    assert ", as known by 1 December 2024 [" in cite(frame)
    if table == "claims":  # the same rows as without `known_by`, but another citation
        assert rows.sha256 == recomputed(table, keys_of(frame, table))
        claims = armsledger.load("claims")
        plain = item_of(claims[claims["id"].isin(frame["id"])])
        assert plain["number"] == item_of(frame)["number"] and plain["id"] != item_of(frame)["id"]


def columns(drawn: st.DataObject, frame: pd.DataFrame, key: list[str]) -> list[str]:
    kept = drawn.draw(st.lists(st.sampled_from(list(frame.columns)), unique=True))
    return drawn.draw(st.permutations(list(dict.fromkeys([*key, *kept]))))


def part_of(drawn: st.DataObject, table: Any) -> pd.DataFrame:
    """Some rows of a table in some order, with some of its columns in some order, under some index."""
    frame = armsledger.load(table, known_by=drawn.draw(st.sampled_from([None, DAY])))
    key = key_of(table)
    order = drawn.draw(st.lists(st.integers(0, max(len(frame) - 1, 0)), unique=True)) if len(frame) else []
    part = frame.iloc[order][columns(drawn, frame, key)]
    how = drawn.draw(st.sampled_from(["as it is", "reset", "key", "more"]))
    if how == "reset":
        return part.reset_index(drop=True)
    if how == "key":
        return part.set_index(key)
    return part.assign(mine=1) if how == "more" else part


@settings(max_examples=60, deadline=None)
@given(table=st.sampled_from(FILLED), drawn=st.data())
def test_any_part_of_a_table_is_cited_by_its_rows(table: str, drawn: st.DataObject) -> None:
    part = part_of(drawn, table)
    _, rows = rows_in_hand(part)
    assert rows.n == len(part)
    if "known_by" not in part.attrs["armsledger"]:
        flat = part.reset_index()
        assert rows.sha256 == recomputed(table, keys_of(flat, table))
    again = evaluated(rows.code)
    assert rows_in_hand(again)[1] == rows
    assert len(again) == rows.n


def other(value: Any) -> Any:
    """Another value than a released one."""
    if isinstance(value, list):
        return [*value, "x"]
    if value is None or pd.isna(value):
        return "x"
    if isinstance(value, bool):
        return not value
    if isinstance(value, pd.Timestamp):
        return value + pd.Timedelta(days=1)
    return f"{value} x" if isinstance(value, str) else value + 1


@settings(max_examples=60, deadline=None)
@given(table=st.sampled_from(FILLED), drawn=st.data(), gone=st.booleans())
def test_any_changed_cell_is_refused_by_name(table: str, drawn: st.DataObject, gone: bool) -> None:
    part = part_of(drawn, table)
    released = [at for at, name in enumerate(part.columns) if name != "mine"]
    assume(len(part) and released)
    row, at = drawn.draw(st.integers(0, len(part) - 1)), drawn.draw(st.sampled_from(released))
    name = part.columns[at]
    values = part[name].tolist()
    missing = not isinstance(values[row], list) and pd.isna(values[row])
    assume(not (gone and missing))
    values[row] = None if gone else other(values[row])
    altered = part.copy()
    altered[name] = pd.Series(values, index=part.index, dtype=object)
    with pytest.raises(
        ValueError, match=rf"{name} is |no such row in {table} of version|holds this row more"
    ):
        cite(altered)


def test_what_would_not_be_the_dataset_s_is_refused() -> None:
    claims = armsledger.load("claims")
    with pytest.raises(ValueError, match=r"NKRU-E-0001\.c1: the frame holds this row more than once"):
        cite(claims.iloc[[0, 1, 0]])
    with pytest.raises(ValueError, match="the frame lacks id: rows of claims of version"):
        cite(claims.drop(columns="id"))
    sources = armsledger.load("claim_sources")
    with pytest.raises(ValueError, match="the frame lacks claim and locator: rows of claim_sources"):
        cite(sources[["source"]])
    altered = claims.assign(quantity_low=claims["quantity_low"] + 1)
    with pytest.raises(
        ValueError, match=r"NKRU-[A-Z0-9.c-]+: quantity_low is [0-9]+1 in the frame and [0-9]+0 in"
    ):
        cite(altered)
    with pytest.raises(
        ValueError, match=r"NKRU-E-0001\.c1: rank_reason is \\u202ex in the frame and missing in"
    ):
        cite(claims.assign(rank_reason="\u202ex"))
    late = claims.copy()
    late.attrs = armsledger.load("claims", known_by=DAY).attrs
    with pytest.raises(
        ValueError, match=f"there is no such row in claims of version {VERSION} as known by {DAY}"
    ):
        cite(late)
    twice = pd.concat([claims, claims[["statement"]].assign(statement="x")], axis=1)
    twice.attrs = claims.attrs
    with pytest.raises(ValueError, match="statement is x in the frame"):
        cite(twice)


def test_a_frame_that_does_not_say_where_it_is_from_is_refused() -> None:
    claims = armsledger.load("claims")
    bare = pd.DataFrame(claims)
    bare.attrs = {}
    for frame in (bare, pd.DataFrame({"id": ["NKRU-T-0001"]})):
        with pytest.raises(ValueError, match=r"merge, concat, groupby.*df\.attrs = claims\.attrs"):
            cite(frame)
    for frame in (armsledger.tables(), armsledger.codebook()):
        with pytest.raises(ValueError, match=r"no rows of a table.*cite\(\) cites the dataset"):
            cite(frame)
    bare.attrs = claims.attrs
    assert cite(bare) == cite(claims)


def test_a_frame_of_another_version_or_dataset_is_refused() -> None:
    claims = armsledger.load("claims")
    about = claims.attrs["armsledger"]
    claims.attrs = {"armsledger": about | {"version": "9.9.9"}}
    with pytest.raises(
        armsledger.ArmsledgerError, match=rf"9\.9\.9: no such version\. There are .*{VERSION}\."
    ):
        cite(claims)
    claims.attrs = {"armsledger": about | {"dataset": "another"}}
    with pytest.raises(ValueError, match="no rows of a table of the dataset"):
        cite(claims)
    claims.attrs = {"armsledger": about | {"known_by": "2099-01-01"}}
    with pytest.raises(ValueError, match="known_by: 2099-01-01 is after"):
        cite(claims)


def test_other_readers_types_of_the_same_values_are_no_change(tmp_path: Path) -> None:
    claims = armsledger.load("claims")
    expected = cite(claims)
    claims.to_parquet(tmp_path / "claims.parquet")
    back = pd.read_parquet(tmp_path / "claims.parquet")  # lists as NumPy arrays
    back.attrs = claims.attrs
    assert cite(back) == expected
    assert cite(claims.astype(object)) == expected
    assert cite(claims.convert_dtypes(dtype_backend="pyarrow")) == expected
    assert cite(claims.astype({"quantity_low": float, "n_sources": float, "complete": object})) == expected


def test_a_table_without_a_key_is_known_by_all_its_columns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = crafted(tmp_path, {"items": changed("artillery-shell", note="x")})
    del release.resource("items")["schema"]["primaryKey"]
    monkeypatch.setattr("armsledger.citation.rows.release_of", lambda _: release)
    frame = release.frame("items")
    frame.attrs = armsledger.load("items").attrs
    assert rows_in_hand(frame.iloc[1:3])[1].code.endswith(".iloc[1:3]")
    with pytest.raises(ValueError, match="the frame lacks note"):
        cite(frame.drop(columns="note"))
    with pytest.raises(ValueError, match="no such row"):
        cite(frame.assign(note="y"))


@given(st.sets(st.integers(0, 60)))
def test_ranges_are_the_positions(positions: set[int]) -> None:
    chosen = list(range(61))
    text = _ranges(sorted(positions))
    found = eval(f"at[{text}]", {"at": pd.Series(chosen).iloc})
    assert list(found) == sorted(positions)


def test_ranges_are_short() -> None:
    assert _ranges([3, 4, 5, 6, 7]) == "3:8"
    assert _ranges([*range(17), 24, 25]) == "[*range(0, 17), 24, 25]"
    assert _ranges([]) == "0:0"


@pytest.mark.parametrize("freq", ["M", "Q", "Y"])
def test_rows_of_a_panel_are_cited_as_the_panel(freq: Any) -> None:
    frame = armsledger.panel(freq)
    some = frame[frame["unit"] == "round"].sample(frac=0.5, random_state=1)
    text = cite(some)
    call = 'load("dyad_month"' if freq == "M" else f'panel("{freq}"'
    [code] = re.findall(r"(armsledger\." + re.escape(call) + r"[^\n]*?\.iloc\[.*?\]+)", text)
    again = eval(code, {"armsledger": armsledger})
    assert set(again.index) == set(some.index)
    assert cite(again) == text
    with pytest.raises(BadArgument, match="n_claims is"):
        cite(some.assign(n_claims=some["n_claims"] + 1))
