"""The data report counts what the tables hold, and names what stands in doubt and what is missing."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from compiler.build import Source, documents, load_source
from compiler.codings import read_gaps
from compiler.derive import Tables, derive
from compiler.read import Mark
from compiler.report import Problem, problem


@pytest.fixture(scope="module")
def source(root: Path) -> Source:
    return load_source(root)


@pytest.fixture(scope="module")
def tables(source: Source) -> Tables:
    return derive(source.checked, source.typed.files)


@pytest.fixture(scope="module")
def report(source: Source, tables: Tables) -> str:
    return documents(source, tables)["docs/data-report.md"]


def rows(report: str, head: str) -> list[list[str]]:
    """The rows of the first table whose first heading is `head`."""
    found = re.search(rf"^\| {re.escape(head)} \|.*\n\|[-:| ]+\|\n((?:\|.*\n)*)", report, re.M)
    assert found is not None, head
    return [[cell.strip() for cell in line[1:-1].split(" | ")] for line in found[1].splitlines()]


def total(report: str, head: str, column: int = 1) -> int:
    return sum(int(row[column].replace(",", "")) for row in rows(report, head))


def test_every_record_stands_in_one_quarter_and_one_type(report: str, tables: Tables) -> None:
    transfers, events = len(tables["transfers"]), len(tables["events"])
    assert (total(report, "quarter"), total(report, "quarter", 2)) == (transfers, events)
    assert (total(report, "transfers of class", 2), total(report, "events of type")) == (transfers, events)
    assert total(report, "confidence") == transfers + events
    for _, _, n, types in rows(report, "quarter"):
        assert sum(int(part.rsplit(" ", 1)[1]) for part in types.split(", ") if part) == int(n)


@pytest.mark.parametrize("head", ["claimant", "evidence", "stance", "kind"])
def test_every_claim_stands_once(report: str, tables: Tables, head: str) -> None:
    assert total(report, head) == len(tables["claims"])


@pytest.mark.parametrize("head", ["type of document", "language of document", "read as"])
def test_every_document_stands_once(report: str, tables: Tables, head: str) -> None:
    assert total(report, head) == len(tables["sources"])


def test_what_was_found_of_a_claim_is_counted_from_the_links(report: str, tables: Tables) -> None:
    origin, first, neither = (int(row[1].replace(",", "")) for row in rows(report, "claims")[:3])
    links = tables["claim_sources"]
    assert origin == links.loc[links["role"] == "origin", "claim"].nunique()
    assert origin + first == int(tables["claims"]["origin_found"].sum())
    assert origin + first + neither == len(tables["claims"])


def test_the_last_row_of_every_series_stands_there(report: str, tables: Tables) -> None:
    estimates = tables["estimates"]
    reported = estimates[estimates["basis"] == "reported"]
    series = reported[["record", "measure", "scope", "unit", "kind", "window_earliest", "window_latest"]]
    part = report.split("## Estimates, with their rule")[1]
    assert len(rows(part, "record")) == len(series.drop_duplicates()) == total(part, "rule", 2)


def test_nothing_is_printed_as_missing_or_as_a_python_value(report: str) -> None:
    assert not re.search(r"\b(nan|NaT|None|True|False)\b|<NA>", report.replace("None stated", ""))


def test_gaps_and_warnings_are_named(source: Source, tables: Tables) -> None:
    gap = {"subject": "containers", "missing": "the report | itself", "looked_for": "pages"}
    left = [problem("x.yaml", Mark(3, 1), "W06", "no place")]
    changed = replace(source, gaps=[gap], checked=replace(source.checked, problems=left))
    text = documents(changed, tables)["docs/data-report.md"]
    assert "| containers | the report \\| itself | pages |" in text
    assert "| W06 | x.yaml | no place |" in text
    for entry in source.checked.tables["accepted"]:
        assert f"| {entry['id'].rsplit('.', 1)[0]} | {entry['id'].rsplit('.', 1)[1]} | " in text


def test_a_gap_says_what_and_where_it_was_looked_for(tmp_path: Path) -> None:
    problems: list[Problem] = []
    assert read_gaps(tmp_path, problems) == [] and not problems
    (tmp_path / "quality").mkdir()
    (tmp_path / "quality" / "gaps.csv").write_text(
        "subject,missing,looked_for\na,b,c\na,,c\n", encoding="utf-8"
    )
    assert len(read_gaps(tmp_path, problems)) == 2
    assert [(one.file, one.line) for one in problems] == [("quality/gaps.csv", 3)]
