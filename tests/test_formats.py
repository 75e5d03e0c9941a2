"""Workbook, Stata and SQLite, each read back by a program that did not write it, cell by cell."""

from __future__ import annotations

import copy
import datetime as dt
import hashlib
import math
import shutil
import sqlite3
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pyreadstat
import pytest

from armsledger.cli import main
from armsledger.errors import Damaged, DoesNotFit, ExtraMissing
from armsledger.exporting import export, write_formats
from armsledger.exporting.database import table_ddl, write_database
from armsledger.exporting.stata import check_names, variable_label, write_stata
from armsledger.exporting.workbook import MAIN, MAX_CELL, MAX_LINK, MAX_LINKS, CutToFit, write_workbook
from armsledger.files import DATA, Installed, Release, Row
from armsledger.integrity import verify_folder
from armsledger.sums import FORMATS_SUMS

RELEASE = Installed(DATA)
TABLES = list(RELEASE.resources)
DAY = dt.datetime.combine(RELEASE.as_of, dt.time())


def fields(table: str, release: Release = RELEASE) -> list[dict[str, Any]]:
    return release.resource(table)["schema"]["fields"]


class Made(Installed):
    """The installed release under version 9.9.9, with other rows, or other columns, in some tables."""

    def __init__(self, rows: dict[str, list[Row]], columns: dict[str, list[dict[str, Any]]] | None = None):
        super().__init__(DATA)
        self.package = copy.deepcopy(RELEASE.package) | {"version": "9.9.9"}
        for table, made in (columns or {}).items():
            self.resources[table]["schema"] = {"fields": made}
        self.made = rows

    def rows(self, table: str) -> list[Row]:
        return self.made.get(table) or super().rows(table)


def row(table: str, **values: Any) -> Row:
    """The first row of a table, with other values."""
    assert set(values) <= {field["name"] for field in fields(table)}
    return RELEASE.rows(table)[0] | values


def told(value: Any) -> Any:
    return "|".join(value) if isinstance(value, list) else value


# -- workbook ------------------------------------------------------------------------------------------------


def workbook(release: Release, folder: Path) -> Any:
    target = folder / "made.xlsx"
    write_workbook(release, target)
    return openpyxl.load_workbook(target)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return workbook(RELEASE, tmp_path_factory.mktemp("workbook"))


def test_the_workbook_has_its_sheets_and_opens_on_the_readme(book: Any) -> None:
    assert book.sheetnames == ["README", *MAIN, "codebook"]
    assert set(MAIN) <= set(TABLES)
    assert book.active.title == "README"
    for name in book.sheetnames[1:]:
        sheet = book[name]
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions


@pytest.mark.parametrize("table", MAIN)
def test_every_cell_of_the_workbook_is_the_release_s(book: Any, table: str) -> None:
    header, *cells = book[table].iter_rows()
    columns = fields(table)
    assert [cell.value for cell in header] == [field["name"] for field in columns]
    rows = RELEASE.rows(table)
    assert len(cells) == len(rows)
    for got, expected in zip(cells, rows, strict=True):
        for cell, field in zip(got, columns, strict=True):
            value = told(expected[field["name"]])
            if isinstance(value, dt.date):
                assert cell.is_date
                assert cell.value.date() == value
            else:
                assert (cell.value, isinstance(cell.value, bool)) == (value, isinstance(value, bool))
            if isinstance(value, str):
                assert cell.data_type == "s"
                if value.startswith("http"):
                    assert cell.hyperlink.target == value
            if field["type"] == "integer" and value is not None:
                assert cell.number_format == "0"


def test_the_workbook_explains_each_of_its_columns(book: Any) -> None:
    header, *rows = book["codebook"].iter_rows(values_only=True)
    said = [dict(zip(header, values, strict=True)) for values in rows]
    assert [(line["table"], line["column"]) for line in said] == [
        (table, field["name"]) for table in MAIN for field in fields(table)
    ]
    assert [line["description"] for line in said] == [f["description"] for t in MAIN for f in fields(t)]
    [voice] = [line for line in said if (line["table"], line["column"]) == ("actors", "voice")]
    assert voice["references"] == "voices.id"


def test_the_readme_sheet_tells_what_one_must_know(book: Any) -> None:
    cells = {cell.value: (cell.row, cell.hyperlink) for line in book["README"].iter_rows() for cell in line}
    text = "\n".join(str(value) for value in cells)
    for known in (RELEASE.package["title"], RELEASE.version, RELEASE.as_of.isoformat(), "language model"):
        assert known in text
    assert "CC-BY-4.0" in text
    for table in MAIN:
        at, link = cells[table]
        assert link.location == f"'{table}'!A1"
        assert book["README"].cell(at, 3).value == len(RELEASE.rows(table))
        for words in RELEASE.resource(table).get("armsledger:warnings", {}).values():
            assert words in text
    assert "Cut to fit" not in text


def test_the_workbook_s_properties_and_bytes_do_not_depend_on_the_day(book: Any, tmp_path: Path) -> None:
    assert book.properties.title == RELEASE.package["title"]
    assert book.properties.creator == "armsledger contributors"
    assert "sanctions" in book.properties.keywords
    assert book.properties.created == book.properties.modified == DAY
    for name in ("a", "b"):
        write_workbook(RELEASE, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    with zipfile.ZipFile(tmp_path / "a") as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "@SUM(A1)", "{=1}", "+1", "007", "1e5", "file:///etc/passwd", "internal:'README'!A1",
        "mailto:a@b.c", "javascript://x", "https://a.b c", " https://a.b",
    ],
)  # fmt: skip
def test_text_is_never_a_formula_a_number_or_a_strange_link(tmp_path: Path, text: str) -> None:
    made = workbook(Made({"claims_flat": [row("claims_flat", statement=text)]}), tmp_path)
    [cell] = [c for c in made["claims_flat"][2] if c.value == text]
    assert (cell.data_type, cell.hyperlink) == ("s", None)


def test_a_cell_that_is_too_long_is_cut_and_said(tmp_path: Path) -> None:
    longest, longer, pairs = "x" * MAX_CELL, "y" * 40_000, "z" + "😀" * 20_000
    rows = [row("claims_flat", statement=text) for text in (longest, longer, pairs)]
    with pytest.warns(CutToFit) as caught:
        made = workbook(Made({"claims_flat": rows}), tmp_path)
    assert [str(w.message) for w in caught] == [
        "made.xlsx: claims_flat!N3: cut from 40,000 to 32,767 characters",
        "made.xlsx: claims_flat!N4: cut from 40,001 to 32,767 characters",
    ]
    assert [made["claims_flat"][f"N{n}"].value for n in (2, 3, 4)] == [
        longest,
        longer[:MAX_CELL],
        pairs[: 1 + (MAX_CELL - 1) // 2],
    ]
    assert "claims_flat!N3" in [cell.value for cell in made["README"]["A"]]


@pytest.mark.parametrize("extra", ["a", "é", "[", "#"])
def test_an_address_that_is_too_long_is_text_and_said(tmp_path: Path, extra: str) -> None:
    fits = "https://example.org/".ljust(MAX_LINK, "a")
    rows = [row("sources", url=fits), row("sources", url=fits[: -len(extra.encode()) + 1 or None] + extra)]
    with pytest.warns(CutToFit, match=r"sources!M3: the address is no link"):
        made = workbook(Made({"sources": rows}), tmp_path)
    cells = [made["sources"][f"M{n}"] for n in (2, 3)]
    assert [cell.value for cell in cells] == [r["url"] for r in rows]
    assert cells[0].hyperlink.target == fits
    assert cells[1].hyperlink is None


def test_more_links_than_a_sheet_can_have_are_text_and_said(tmp_path: Path) -> None:
    empty = dict.fromkeys(row("sources"))
    rows = [empty | {"url": f"https://example.org/{n}"} for n in range(MAX_LINKS + 1)]
    with pytest.warns(CutToFit) as caught:
        write_workbook(Made({"sources": rows}), tmp_path / "made.xlsx")
    assert len(caught) == 1
    assert f"sources!M{MAX_LINKS + 2}" in str(caught[0].message)
    with zipfile.ZipFile(tmp_path / "made.xlsx") as archive:
        sheet = archive.read(f"xl/worksheets/sheet{MAIN.index('sources') + 2}.xml").decode()
    assert sheet.count("<hyperlink ") == MAX_LINKS


def test_more_rows_than_a_sheet_can_have_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import xlsxwriter.worksheet

    monkeypatch.setattr(xlsxwriter.worksheet.Worksheet, "_check_dimensions", lambda *_: -1)
    with pytest.raises(DoesNotFit, match=r"transfers_flat!A1: cannot be written to a workbook \(-1\)"):
        write_workbook(RELEASE, tmp_path / "made.xlsx")


def test_a_day_before_the_spreadsheets_calendar_is_text(tmp_path: Path) -> None:
    days = [dt.date(1899, 12, 31), dt.date(1900, 2, 28), dt.date(1900, 3, 1)]
    rows = [row("sources", retrieved_on=day) for day in days]
    made = workbook(Made({"sources": rows}), tmp_path)
    assert [made["sources"][f"O{n}"].value for n in (2, 3, 4)] == [
        "1899-12-31", "1900-02-28", dt.datetime(1900, 3, 1)
    ]  # fmt: skip


def test_numbers_are_shown_whole_or_as_they_are(tmp_path: Path) -> None:
    rows = [row("claims_flat", quantity_low=value) for value in (20_000_000_000.0, 12.5, 0.0)]
    made = workbook(Made({"claims_flat": rows}), tmp_path)
    shown = [
        (made["claims_flat"][f"P{n}"].value, made["claims_flat"][f"P{n}"].number_format) for n in (2, 3, 4)
    ]
    assert shown == [(20_000_000_000, "#,##0"), (12.5, "General"), (0, "#,##0")]


def test_without_xlsxwriter_the_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(ExtraMissing, match=r'pip install "armsledger\[excel\]"'):
        write_workbook(RELEASE, tmp_path / "made.xlsx")
    assert main(["export", str(tmp_path / "out"), "--format", "xlsx"]) == 1
    assert 'pip install "armsledger[excel]"' in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
    assert main(["export", str(tmp_path / "out"), "--format", "dta"]) == 0


# -- Stata ---------------------------------------------------------------------------------------------------


def stata(release: Release, folder: Path, table: str) -> tuple[pd.DataFrame, Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        write_stata(release, folder)
    return pyreadstat.read_dta(folder / f"{table}.dta")  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def dta(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stata")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        written = write_stata(RELEASE, folder)
    assert written == [folder / f"{table}.dta" for table in TABLES]
    return folder


@pytest.mark.parametrize("table", TABLES)
def test_every_cell_of_the_stata_file_is_the_release_s(dta: Path, table: str) -> None:
    frame, meta = pyreadstat.read_dta(dta / f"{table}.dta")
    columns = fields(table)
    assert list(frame.columns) == [field["name"] for field in columns]
    rows = RELEASE.rows(table)
    assert len(frame) == len(rows)
    for field in columns:
        name = field["name"]
        labels = meta.variable_value_labels.get(name, {})
        for got, expected in zip(frame[name].tolist(), [row[name] for row in rows], strict=True):
            if expected is None and field["type"] in ("string", "list") and "categories" not in field:
                assert got == ""
            elif expected is None:
                assert got is None or got is pd.NaT or math.isnan(got)
            elif "categories" in field and expected.isdigit():
                assert str(int(got)) == expected
                assert labels[got] == next(c["label"] for c in field["categories"] if c["value"] == expected)
            elif "categories" in field:
                assert labels[got] == expected
            else:
                assert got == told(expected)


@pytest.mark.parametrize("table", TABLES)
def test_stata_files_are_labelled(dta: Path, table: str) -> None:
    _, meta = pyreadstat.read_dta(dta / f"{table}.dta", metadataonly=True)
    assert meta.file_label.startswith(f"dprk-russia {RELEASE.version}: ")
    assert meta.creation_time == DAY
    for field in fields(table):
        name = field["name"]
        label = meta.column_names_to_labels[name]
        assert label.startswith(field["title"][:79])
        assert len(label) <= 80
        if field["type"] == "date":
            assert meta.original_variable_types[name] == "%td"
        labels = meta.variable_value_labels.get(name)
        if field["type"] == "boolean":
            assert labels == {0: "false", 1: "true"}
        elif "categories" in field:
            codes = [category["value"] for category in field["categories"]]
            if codes[0].isdigit():
                assert [str(n) for n in labels] == codes
            else:
                assert labels == dict(enumerate(codes, start=1))
        else:
            assert labels is None


def test_pandas_reads_the_codes_back_as_categories(dta: Path) -> None:
    frame = pd.read_stata(dta / "transfers.dta")
    assert frame["class"].tolist() == [row["class"] for row in RELEASE.rows("transfers")]
    assert frame["end"].tolist() == [row["end"] for row in RELEASE.rows("transfers")]


def test_labels_say_what_the_names_do_not() -> None:
    said = {field["name"]: variable_label(field) for field in fields("claims")}
    assert said["kind"] == "Kind (codelist kind)"
    assert said["quantity_low"].endswith("(the unit in `quantity_unit`)")
    assert said["stated_on"].endswith("(EDTF)")
    assert said["source_ids"].endswith("(joined by |)")
    assert variable_label({"title": "t" * 81}) == "t" * 79 + "…"


def test_stata_bytes_do_not_depend_on_the_day(dta: Path, tmp_path: Path) -> None:
    for path in write_stata(RELEASE, tmp_path):
        assert path.read_bytes() == (dta / path.name).read_bytes()


@pytest.mark.parametrize(
    "texts",
    [
        ["x" * 2045, ""],
        ["x" * 2046, None],
        ["곡산" * 400, "a"],
        ["곡산" * 20_000, None],
        [None, None],
        ["Ağacı 😀 ё", "“”"],
        ["", None],
    ],
    ids=["longest str", "strL", "strL by its bytes", "long", "nothing", "other scripts", "empty"],
)  # fmt: skip
def test_text_of_any_length_and_script_goes_through_stata(tmp_path: Path, texts: list[str | None]) -> None:
    rows = [row("claims", statement=text) for text in texts]
    frame, _ = stata(Made({"claims": rows}), tmp_path, "claims")
    assert frame["statement"].tolist() == [text or "" for text in texts]


@pytest.mark.parametrize(
    "value", [100, 101, 32_740, 32_741, 2_147_483_620, 2_147_483_647, 2**53 - 1, -128, -40_000]
)
def test_whole_numbers_at_the_edges_of_stata_s_types(tmp_path: Path, value: int) -> None:
    rows = [row("claims", n_sources=number) for number in (value, None)]
    frame, _ = stata(Made({"claims": rows}), tmp_path, "claims")
    assert frame["n_sources"][0] == value
    assert pd.isna(frame["n_sources"][1])


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"n_sources": 2**53 + 1}, "loss of precision"),
        ({"quantity_low": 1e308}, "outside the range"),
        ({"quantity_low": math.inf}, "infinity"),
        ({"kind": "flown"}, "kind: flown is not in its codelist"),
    ],
)
def test_what_stata_cannot_hold_is_refused(tmp_path: Path, values: dict[str, Any], said: str) -> None:
    with pytest.raises(DoesNotFit, match=rf"claims\.dta: .*{said}"):
        write_stata(Made({"claims": [row("claims", **values)]}), tmp_path)


@pytest.mark.parametrize("name", ["byte", "_n", "str12", "strL", "with", "1st", "a b", "é", "", "a" * 33])
def test_names_that_stata_cannot_have_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(DoesNotFit, match="cannot be the name of a Stata variable"):
        check_names("t", ["id", name])
    column = {"name": name, "type": "string", "title": "T", "description": "D"}
    with pytest.raises(DoesNotFit):
        write_stata(Made({"changes": [{name: "x"}]}, {"changes": [column]}), tmp_path)


def test_two_variables_of_one_name_are_refused() -> None:
    check_names("t", ["id", "Id", "class", "end", "a" * 32, "strict"])
    with pytest.raises(DoesNotFit, match="the same name"):
        check_names("t", ["id", "id"])


def test_another_writer_of_stata_files_holds_the_same_names_for_reserved(tmp_path: Path) -> None:
    def takes(name: str) -> bool:
        try:
            pyreadstat.write_dta(pd.DataFrame({name: ["x"]}), tmp_path / "x.dta")
        except (pyreadstat.PyreadstatError, pyreadstat.ReadstatError):
            return False
        return True

    names = {field["name"] for table in TABLES for field in fields(table)}
    assert {"class", "end"} <= names
    assert not [name for name in names if not takes(name)]
    assert not [name for name in ("byte", "_n", "str12", "with") if takes(name)]


def test_a_pandas_that_renames_columns_all_the_same_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pandas.io.stata

    class Other(pandas.io.stata.StataWriterUTF8):  # its check goes by another name
        def _prepare_pandas(self, data: pd.DataFrame) -> None:
            super()._prepare_pandas(pandas.io.stata.StataWriter._check_column_names(self, data))

    monkeypatch.setattr(pandas.io.stata, "StataWriterUTF8", Other)
    made = Made({})
    made.resources = {"items": made.resources["items"]}
    with pytest.raises(DoesNotFit, match=r"items\.dta: .*class +-> +_class"):
        write_stata(made, tmp_path)


# -- SQLite --------------------------------------------------------------------------------------------------

STORED = {"integer": "integer", "boolean": "integer", "number": "real"}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "made.sqlite"
    write_database(RELEASE, path)
    return path


def ask(path: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return connection.execute(query).fetchall()


@pytest.mark.parametrize("table", TABLES)
def test_every_cell_of_the_database_is_the_release_s(database: Path, table: str) -> None:
    columns = fields(table)
    names = ", ".join(f'"{field["name"]}"' for field in columns)
    types = ", ".join(f'typeof("{field["name"]}")' for field in columns)
    got = ask(database, f'SELECT {names} FROM "{table}" ORDER BY rowid')
    stored = ask(database, f'SELECT {types} FROM "{table}" ORDER BY rowid')
    rows = RELEASE.rows(table)
    assert len(got) == len(rows)
    for cells, kinds, expected in zip(got, stored, rows, strict=True):
        for cell, kind, field in zip(cells, kinds, columns, strict=True):
            value = told(expected[field["name"]])
            if isinstance(value, dt.date):
                value = value.isoformat()
            assert cell == value
            assert kind == ("null" if value is None else STORED.get(field["type"], "text"))


@pytest.mark.parametrize("table", TABLES)
def test_the_database_has_the_package_s_keys(database: Path, table: str) -> None:
    schema = RELEASE.resource(table)["schema"]
    info = ask(database, f'PRAGMA table_info("{table}")')
    keyed = [name for _, name in sorted((at, name) for _, name, _, _, _, at in info if at)]
    assert keyed == schema.get("primaryKey", [])
    required = {f["name"] for f in schema["fields"] if f.get("constraints", {}).get("required")}
    assert {name for _, name, _, required_, _, _ in info if required_} == required
    foreign = {
        (there, here, to)
        for _, _, there, here, to, *_ in ask(database, f'PRAGMA foreign_key_list("{table}")')
    }
    assert foreign == {
        (key["reference"]["resource"], key["fields"][0], key["reference"]["fields"][0])
        for key in schema.get("foreignKeys", ())
    }


def test_the_database_is_whole_and_says_what_it_is(database: Path) -> None:
    assert ask(database, "PRAGMA integrity_check") == [("ok",)]
    assert ask(database, "PRAGMA foreign_key_check") == []
    strict = {
        name: strict for _, name, kind, _, _, strict in ask(database, "PRAGMA table_list") if kind == "table"
    }
    assert {name for name, is_strict in strict.items() if is_strict} == {
        *TABLES, "about", "about_tables", "about_warnings", "about_columns"
    }  # fmt: skip
    about = dict(ask(database, "SELECT * FROM about"))
    assert (about["version"], about["as_of"]) == (RELEASE.version, RELEASE.as_of.isoformat())
    assert "language model" in about["coders"]
    assert [name for (name,) in ask(database, 'SELECT "table" FROM about_tables ORDER BY rowid')] == TABLES
    assert len(ask(database, "SELECT * FROM about_columns")) == sum(len(fields(table)) for table in TABLES)
    [(text,)] = ask(
        database, "SELECT text FROM about_warnings WHERE warning='units_differ' AND \"table\"='claims'"
    )
    assert text == RELEASE.resource("claims")["armsledger:warnings"]["units_differ"]


@pytest.mark.skipif(not shutil.which("sqlite3"), reason="the sqlite3 command is not installed")
def test_the_sqlite3_command_reads_it(database: Path) -> None:
    query = "SELECT c.id, s.url FROM claims c JOIN sources s ON s.id = c.source ORDER BY c.rowid"
    done = subprocess.run(
        ["sqlite3", "-separator", "\t", database, query], capture_output=True, check=True, text=True
    )
    urls = {source["id"]: source["url"] or "" for source in RELEASE.rows("sources")}
    assert done.stdout.splitlines() == [f"{c['id']}\t{urls[c['source']]}" for c in RELEASE.rows("claims")]


def test_database_bytes_do_not_depend_on_the_day(database: Path, tmp_path: Path) -> None:
    write_database(RELEASE, tmp_path / "made.sqlite")
    assert (tmp_path / "made.sqlite").read_bytes() == database.read_bytes()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"record": "NKRU-T-9999"}, "claims: row 1 refers to no row of records"),
        ({"kind": "flown"}, "claims: CHECK constraint failed"),
        ({"statement": None}, "claims: NOT NULL constraint failed"),
        ({"n_sources": -1}, "claims: CHECK constraint failed"),
        ({"quantity_low": "many"}, "claims: cannot store TEXT value in REAL column"),
        ({"admission": 2}, "claims: CHECK constraint failed"),
    ],
)
def test_rows_that_break_what_is_declared_are_refused(
    tmp_path: Path, values: dict[str, Any], said: str
) -> None:
    rows = [row("claims", **values), *RELEASE.rows("claims")[1:]]
    with pytest.raises(DoesNotFit, match=rf"^made\.sqlite: {said}"):
        write_database(Made({"claims": rows}), tmp_path / "made.sqlite")


def test_a_doubled_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DoesNotFit, match="claims: UNIQUE constraint failed"):
        write_database(Made({"claims": [row("claims")] * 2}), tmp_path / "made.sqlite")


def test_names_and_codes_of_any_wording_are_quoted(tmp_path: Path) -> None:
    nasty = 'order"); DROP TABLE "claims"; --'
    column = {
        "name": nasty,
        "type": "string",
        "title": "T",
        "description": "D",
        "constraints": {"enum": ["it's", "'); --"]},
    }
    made = Made({"changes": [{nasty: "it's"}]}, {"changes": [column]})
    write_database(made, tmp_path / "made.sqlite")
    assert ask(tmp_path / "made.sqlite", "SELECT * FROM changes") == [("it's",)]
    assert len(ask(tmp_path / "made.sqlite", "SELECT * FROM claims")) == len(RELEASE.rows("claims"))
    assert table_ddl(made, "changes").endswith("STRICT")


def test_an_old_sqlite_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))
    with pytest.raises(DoesNotFit, match=r"needs SQLite 3\.37\.0 or newer"):
        write_database(RELEASE, tmp_path / "made.sqlite")


# -- in the release, and as exports --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def built(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the release folder that the build made."""
    folder = tmp_path_factory.mktemp("built") / "release"
    shutil.copytree(root / "dist" / f"dprk-russia-{RELEASE.version}", folder)
    return folder


@contextmanager
def without(path: Path) -> Iterator[None]:
    """While a file is gone."""
    data = path.read_bytes()
    path.unlink()
    try:
        yield
    finally:
        path.write_bytes(data)


def listed(sums: Path) -> dict[str, str]:
    return {name: digest for digest, name in (line.split("  ") for line in sums.read_text().splitlines())}


def test_a_release_holds_every_format_and_their_sums(built: Path) -> None:
    stem = f"dprk-russia-{RELEASE.version}"
    sums = listed(built / FORMATS_SUMS)
    assert set(sums) == {f"{stem}.xlsx", f"{stem}.sqlite", *(f"stata/{table}.dta" for table in TABLES)}
    for name, digest in sums.items():
        assert hashlib.sha256((built / name).read_bytes()).hexdigest() == digest
    assert not set(sums) & set(listed(built / "SHA256SUMS"))
    assert not [p for p in DATA.rglob("*") if p.suffix in (".xlsx", ".sqlite", ".dta", ".formats")]
    assert verify_folder(built).files == verify_folder(DATA).files + len(sums)


def test_the_same_release_gives_the_same_files(built: Path, tmp_path: Path) -> None:
    for path in write_formats(Installed(built), tmp_path):
        assert path.read_bytes() == (built / path.relative_to(tmp_path)).read_bytes()


def test_the_csv_zip_holds_csv_and_texts_only(root: Path) -> None:
    with zipfile.ZipFile(root / "dist" / f"dprk-russia-{RELEASE.version}-csv.zip") as archive:
        suffixes = {Path(name).suffix for name in archive.namelist()}
    assert suffixes == {".csv", ".md", ".json", ".jsonld", ".cff", ""}


@pytest.mark.parametrize("where", [0, 1, 2], ids=["first", "middle", "last"])
@pytest.mark.parametrize("name", ["workbook", "database", "stata/claims.dta", FORMATS_SUMS])
def test_one_changed_byte_of_any_format_is_caught(built: Path, name: str, where: int) -> None:
    suffix = {"workbook": ".xlsx", "database": ".sqlite"}.get(name)
    path = built / (f"dprk-russia-{RELEASE.version}{suffix}" if suffix else name)
    data = path.read_bytes()
    at = (0, len(data) // 2, len(data) - 1)[where]
    path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
    try:
        with pytest.raises(Damaged) as caught:
            verify_folder(built)
    finally:
        path.write_bytes(data)
    assert path.name in str(caught.value)


@pytest.mark.parametrize("name", ["stata/claims.dta", "codebook.md"])
def test_a_format_that_is_gone_is_caught(built: Path, name: str) -> None:
    with without(built / name), pytest.raises(Damaged) as caught:
        verify_folder(built)
    assert caught.value.problems == (f"{name}: missing",)


@pytest.mark.parametrize("name", ["stata/more.dta", "more.xlsx", "other/more.txt", "parquet/deep/more.txt"])
def test_a_file_of_which_no_sums_know_is_caught(built: Path, name: str) -> None:
    path = built / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"more")
    try:
        with pytest.raises(Damaged) as caught:
            verify_folder(built)
    finally:
        path.unlink()
    assert caught.value.problems == (f"{name}: in no file of sums",)


def test_formats_without_their_sums_are_caught(built: Path) -> None:
    with without(built / FORMATS_SUMS), pytest.raises(Damaged) as caught:
        verify_folder(built)
    assert len(caught.value.problems) == len(TABLES) + 2


def test_a_file_with_two_sums_is_caught(built: Path) -> None:
    sums = (built / FORMATS_SUMS).read_text()
    (built / FORMATS_SUMS).write_text(sums + (built / "SHA256SUMS").read_text().splitlines(keepends=True)[0])
    try:
        with pytest.raises(Damaged, match=rf"{FORMATS_SUMS}: .* stands in SHA256SUMS, too"):
            verify_folder(built)
    finally:
        (built / FORMATS_SUMS).write_text(sums)


@pytest.mark.parametrize("form", ["xlsx", "dta", "sqlite"])
def test_an_export_in_a_format_is_the_release_s(built: Path, tmp_path: Path, form: Any) -> None:
    written = {path.relative_to(tmp_path).as_posix(): path for path in export(tmp_path, form)}
    sums = listed(tmp_path / FORMATS_SUMS)
    assert set(written) - set(sums) == {
        "README.md",
        "agreement.csv",
        "changes.csv",
        "codebook.csv",
        "codebook.md",
        "CITATION.cff",
        *(f"docs/{page.name}" for page in (built / "docs").iterdir()),
        FORMATS_SUMS,
    }
    assert set(sums) == {name for name in listed(built / FORMATS_SUMS) if name.endswith(f".{form}")}
    for name in sums:
        assert written[name].read_bytes() == (built / name).read_bytes()
    assert export(tmp_path, form) == list(written.values())  # again: nothing is overwritten, nothing is lost
