"""A release as one Excel workbook, for people who read tables and filter them.

README first, then a sheet for each main table, the codebook last. Days are dates, numbers numbers, flags TRUE and
FALSE, lists text joined as in CSV, what is missing an empty cell; text is never a formula, and only http(s)
addresses are links. What Excel cannot hold is cut, and said: in the README sheet and by a `CutToFit` warning.
"""

from __future__ import annotations

import datetime as dt
import re
import warnings
from itertools import count
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from armsledger.citation import cite_release
from armsledger.errors import DoesNotFit, ExtraMissing
from armsledger.exporting.telling import coders_of, column_rows, fields, joined, usage_warnings
from armsledger.files import Release

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

# What is read without a join: the two flat views, then what has none, then who and where the ids are, then what
# was changed, then the codes. Left out are transfers and claims, which the flat views repeat, and the tables
# that only link others: who joins tables uses another format.
MAIN = (
    "transfers_flat",
    "claims_flat",
    "estimates",
    "events",
    "sources",
    "participants",
    "record_places",
    "actors",
    "items",
    "places",
    "vessels",
    "voices",
    "provisions",
    "changes",
    "retired",
    "codelists",
)

# Microsoft, "Excel specifications and limits"; the longest link is what xlsxwriter takes without a word.
MAX_CELL = 32_767  # UTF-16 units
MAX_LINKS = 65_530  # in a sheet
MAX_LINK = 2_079
MAX_SHEET_NAME = 31

_FIRST_DAY = dt.date(1900, 3, 1)  # before it, spreadsheets disagree on what a day's number means
_LINK = re.compile(r"https?://\S+")
_NARROWEST, _WIDEST, _PROSE = 7, 40, 70  # widths of columns, in digits of the default font
_README_WIDTHS = (24, 105, 9)
_LINE, _HIGHEST = 15, 409  # heights of a line and of the highest row, in points
_LETTERS = 1.15  # letters to a digit's width, on the average
_FLAG = '"TRUE";"TRUE";"FALSE"'  # Excel needs none; LibreOffice would show 1 and 0
_BUTTON = 3  # what a filter's button takes of a header
_BLUE, _GREY = "#1F3864", "#595959"
_HEAD = {"bold": True, "font_color": "white", "bg_color": _BLUE}
_LINKED = {"font_color": "#0563C1", "underline": 1}

_HOW_TO_READ = {
    "Empty cells": "Not known, or said by no source. Never zero, and never no.",
    "Dates": "A date as vague as its source is text in EDTF (ISO 8601-2): 2024-11?, [2023-08..2023-10],"
    " 2024-10/2024-12. The real dates beside it, _earliest and _latest, are its strict bounds.",
    "Lists": "Several values in one cell are joined by |, as in the CSV files.",
    "Codes": "Sheets whose name ends in _flat hold labels. The others hold codes; the codelists sheet says what"
    " each means.",
    "Columns": "The codebook sheet says what each column is. Columns have the same names in every format.",
    "More tables": "The claims as coded, and the tables that link records, are in the CSV, Parquet, Stata and"
    " SQLite files of the same release.",
}


class CutToFit(UserWarning):
    """A value was cut, or an address written without its link, because Excel cannot hold it."""


def write_workbook(release: Release, target: Path) -> None:
    """Write the main tables into the new file `target`.

    Warns `CutToFit` for each value that Excel cannot hold.
    ExtraMissing: xlsxwriter is not installed. DoesNotFit: a table is larger than a sheet.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise ExtraMissing(
            'the workbook is written by xlsxwriter, which is not installed: pip install "armsledger[excel]"'
        ) from None

    tables = [table for table in MAIN if table in release.resources]
    described = column_rows(release, tables)
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties(_properties(release))
        readme = _Sheet(book, "README", _GREY)
        sheets = [_Sheet(book, table, _BLUE) for table in tables]
        for sheet in sheets:
            _write_table(sheet, *_cells(release, sheet.name))
        sheets.append(_Sheet(book, "codebook", _GREY))
        _write_table(sheets[-1], list(described[0]), [list(row.values()) for row in described])
        cuts = [cut for sheet in sheets for cut in sheet.cuts]
        _write_readme(readme, release, tables, cuts)
    for cut in cuts:
        warnings.warn(f"{target.name}: {cut}", CutToFit, stacklevel=2)


def _properties(release: Release) -> dict[str, Any]:
    package = release.package
    return {
        "title": package["title"],
        "subject": f"Version {release.version}, as of {release.as_of}",
        "author": "; ".join(person["title"] for person in package["contributors"]),
        "keywords": ", ".join(package.get("keywords", ())),
        "comments": cite_release(release),
        "created": dt.datetime.combine(release.as_of, dt.time()),
    }


def _cells(release: Release, table: str) -> tuple[list[str], list[list[Any]]]:
    columns = fields(release, table)
    rows = [
        [joined(value, f) if isinstance(value := row[f["name"]], list) else value for f in columns]
        for row in release.rows(table)
    ]
    return [f["name"] for f in columns], rows


class _Sheet:
    """A sheet that is written cell by cell, each value by its type; ``cuts`` says what did not fit."""

    def __init__(self, book: Workbook, name: str, colour: str) -> None:
        if len(name) > MAX_SHEET_NAME:
            raise DoesNotFit(f"{name}: a sheet's name can have {MAX_SHEET_NAME} characters")
        self.name = name
        self.cuts: list[str] = []
        self.inner = book.add_worksheet(name)
        self.inner.set_tab_color(colour)
        self._book = book
        self._looks: dict[str, Format] = {}
        self._links = 0

    def put(self, row: int, column: int, value: Any, **look: Any) -> None:
        """One value; None leaves the cell empty. What xlsxwriter does not take raises `DoesNotFit`."""
        sheet = self.inner
        if value is None:
            return
        if isinstance(value, dt.date) and value < _FIRST_DAY:
            value = value.isoformat()
        if isinstance(value, bool):
            status = sheet.write_boolean(
                row, column, value, self._look(num_format=_FLAG, align="left", **look)
            )
        elif isinstance(value, (int, float)):
            status = sheet.write_number(
                row, column, value, self._look(num_format=_digits(value), align="right", indent=1, **look)
            )
        elif isinstance(value, dt.date):
            status = sheet.write_datetime(
                row, column, value, self._look(num_format="yyyy-mm-dd", align="left", **look)
            )
        else:
            status = self._put_text(row, column, self._fitted(row, column, value), look)
        if status:
            raise DoesNotFit(f"{self._place(row, column)}: cannot be written to a workbook ({status})")

    def link(self, row: int, column: int, sheet: str) -> None:
        """The name of another sheet that leads to it."""
        look = self._look(**_LINKED)
        if self.inner.write_url(row, column, f"internal:'{sheet}'!A1", look, sheet):
            raise DoesNotFit(f"{self._place(row, column)}: cannot be a link")

    def fit_height(self, row: int, texts: list[tuple[str | None, int]]) -> None:
        """Make a row as high as the highest of its texts is at its width; not every program does so itself."""
        lines = max((len(wrap(text, int(width * _LETTERS))) for text, width in texts if text), default=1)
        if lines > 1:
            self.inner.set_row(row, min(lines * _LINE, _HIGHEST))

    def _put_text(self, row: int, column: int, text: str, look: dict[str, Any]) -> int:
        sheet = self.inner
        if _LINK.fullmatch(text):
            if len(quote(text, safe=":/?#@!$&'()*+,;=~%-._")) <= MAX_LINK and self._links < MAX_LINKS:
                self._links += 1
                shown = self._look(**_LINKED, **look)
                return int(sheet.write_url(row, column, text, shown, text))
            self.cuts.append(
                f"{self._place(row, column)}: the address is no link, there being too many or too long"
            )
        return int(sheet.write_string(row, column, text, self._look(**look)))

    def _fitted(self, row: int, column: int, text: str) -> str:
        units = text.encode("utf-16-le")
        if len(units) <= 2 * MAX_CELL:
            return text
        self.cuts.append(
            f"{self._place(row, column)}: cut from {len(units) // 2:,} to {MAX_CELL:,} characters"
        )
        return units[: 2 * MAX_CELL].decode("utf-16-le", errors="ignore")

    def _place(self, row: int, column: int) -> str:
        from xlsxwriter.utility import xl_rowcol_to_cell

        return f"{self.name}!{xl_rowcol_to_cell(row, column)}"

    def _look(self, **properties: Any) -> Format:
        key = repr(properties)
        if key not in self._looks:
            self._looks[key] = self._book.add_format({"valign": "top", **properties})
        return self._looks[key]


def _digits(value: float) -> str:
    """Whole numbers without decimals and, where they count things by the thousand, with separators."""
    if isinstance(value, int):
        return "0"
    return "#,##0" if value.is_integer() else "General"


def _shown(value: Any) -> int:
    """How many characters a value takes."""
    if isinstance(value, float):
        return len(f"{value:,.0f}" if value.is_integer() else str(value))
    return 0 if value is None else len(str(value))


def _write_table(sheet: _Sheet, names: list[str], rows: list[list[Any]]) -> None:
    """Header and rows, with filter, frozen header and first column, and widths that suit the content."""
    prose = set()
    for column, name in enumerate(names):
        values = [row[column] for row in rows]
        width = max([len(name) + _BUTTON, _NARROWEST, *(_shown(value) + 1 for value in values)])
        if any(isinstance(v, str) and len(v) > _WIDEST and " " in v for v in values):
            prose.add(column)
        sheet.inner.set_column(column, column, min(width, _PROSE if column in prose else _WIDEST))
        sheet.put(0, column, name, **_HEAD)
    for at, cells in enumerate(rows, start=1):
        for column, value in enumerate(cells):
            sheet.put(at, column, value, **({"text_wrap": True} if column in prose else {}))
        sheet.fit_height(at, [(cells[column], _PROSE) for column in prose])
    sheet.inner.freeze_panes(1, 1)
    sheet.inner.autofilter(0, 0, len(rows), len(names) - 1)
    sheet.inner.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})  # codes such as 1 to 6
    sheet.inner.set_landscape()
    sheet.inner.repeat_rows(0)


def _write_readme(sheet: _Sheet, release: Release, tables: list[str], cuts: list[str]) -> None:
    """What this is, how to cite it and not to misread it, and which sheets there are."""
    sheet.inner.hide_gridlines(2)
    for column, width in enumerate(_README_WIDTHS):
        sheet.inner.set_column(column, column, width)
    sheet.put(0, 0, release.package["title"], bold=True, font_size=16, font_color=_BLUE)
    sheet.inner.set_row(0, 2 * _LINE)
    rows = count(2)
    for title, lines in _sections(release, tables, cuts).items():
        _heading(sheet, next(rows), title)
        for label, text in lines.items():
            row = next(rows)
            sheet.put(row, 0, label, bold=True)
            sheet.put(row, 1, text, text_wrap=True)
            sheet.fit_height(row, [(text, _README_WIDTHS[1])])
        next(rows)
    _heading(sheet, next(rows), "Sheets", "What a row is", "Rows")
    for table in tables:
        row = next(rows)
        sheet.link(row, 0, table)
        sheet.put(row, 1, release.resource(table)["description"], text_wrap=True)
        sheet.put(row, 2, len(release.rows(table)))
    row = next(rows)
    sheet.link(row, 0, "codebook")
    sheet.put(row, 1, "One row a column of these sheets: what it means, its unit, where it comes from.")
    sheet.inner.set_landscape()
    sheet.inner.fit_to_pages(1, 0)


def _heading(sheet: _Sheet, row: int, *texts: str) -> None:
    for column, text in enumerate((*texts, "", "")[:3]):
        sheet.put(row, column, text, align="right" if column == 2 else "left", **_HEAD)


def _sections(release: Release, tables: list[str], cuts: list[str]) -> dict[str, dict[str, str]]:
    package = release.package
    about = {
        "Version": release.version,
        "As of": release.as_of.isoformat(),
        "What it is": package["description"],
        "Who coded it": coders_of(release),
        "How to cite": cite_release(release),
    }
    for licence in package["licenses"]:
        about["Licence"] = f"{licence['title']} ({licence['name']})"
        about["Its text"] = licence["path"]
    if package.get("homepage"):
        about["Home"] = package["homepage"]
    read_first = {
        code.replace("_", " ").capitalize(): f"{text} ({', '.join(concerned)})"
        for code, (text, concerned) in usage_warnings(release, tables).items()
    }
    sections = {"About": about, "Read this before you count": read_first, "How to read": _HOW_TO_READ}
    if cuts:
        sections["Cut to fit Excel"] = dict(cut.split(": ", 1) for cut in cuts)
    return sections
