"""The release as an outsider meets it: the standard library, the codebook CSV, and frictionless."""

from __future__ import annotations

import csv
import datetime as dt
import json
import os
import shutil
import subprocess
import sys
import unicodedata
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from frictionless import Package, system

from compiler.verify import Unfit, verify


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def codebook(release: Path) -> list[dict[str, str]]:
    return read(release / "codebook.csv")


@pytest.fixture(scope="module")
def tables(release: Path, codebook: list[dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    return {name: read(release / "csv" / f"{name}.csv") for name in {row["table"] for row in codebook}}


# --- with the standard library and the codebook alone ----------------------------------------------------


def test_codebook_names_every_file_and_column(release, codebook, tables) -> None:
    assert {p.stem for p in (release / "csv").glob("*.csv")} == set(tables)
    for name in tables:
        with (release / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            header = next(csv.reader(stream))
        assert header == [row["column"] for row in codebook if row["table"] == name]


def test_every_cell_has_its_declared_type(codebook, tables) -> None:
    parse = {
        "number": Decimal,
        "integer": int,
        "date": dt.date.fromisoformat,
        "boolean": ["true", "false"].index,
    }
    seen = set()
    for column in codebook:
        for row in tables[column["table"]]:
            value = row[column["column"]]
            if value == "":
                assert column["required"] == "false", f"{column['table']}.{column['column']} is empty"
            elif column["type"] in parse:
                parse[column["type"]](value)
                seen.add(column["type"])
    assert seen == set(parse)


def test_every_reference_resolves(codebook, tables) -> None:
    checked = 0
    for column in codebook:
        if not column["references"]:
            continue
        table, key = column["references"].split(".")
        known = {row[key] for row in tables[table]}
        for row in tables[column["table"]]:
            value = row[column["column"]]
            if value:
                assert value in known, f"{column['table']}.{column['column']}: {value}"
                checked += 1
    assert checked > 100


def test_keys_are_single_and_codes_are_listed(codebook, tables) -> None:
    for name, rows in tables.items():
        key = [c["column"] for c in codebook if c["table"] == name and c["key"] == "primary"]
        if key:
            values = [tuple(row[k] for k in key) for row in rows]
            assert len(values) == len(set(values)), name
    codes = {(row["list"], row["value"]) for row in tables["codelists"]}
    for column in codebook:
        if column["codelist"]:
            for row in tables[column["table"]]:
                for value in filter(None, row[column["column"]].split(column["list_delimiter"] or None)):
                    assert value == "all" or (column["codelist"], value) in codes


def test_lists_name_what_exists(tables) -> None:
    claims = {row["id"] for row in tables["claims"]}
    for table in ("estimates", "transfer_status"):
        for row in tables[table]:
            assert set(filter(None, row["claims"].split("|"))) <= claims
            assert row["claims"] or row["rule"] == "R0", f"{row['id']} rests on nothing"
    sources = {row["id"] for row in tables["sources"]}
    for row in tables["claims"]:
        assert row["source_ids"] and set(row["source_ids"].split("|")) <= sources


def low_and_best(claims: list[dict[str, str]]) -> tuple[Decimal | None, Decimal | None]:
    """The codebook's rules 4 to 6, as far as these claims need them, written anew from its text."""
    newest = max(claim_day(c) for c in claims)
    fresh = [c for c in claims if (newest - claim_day(c)).days <= 60]
    points = sorted(
        (-int(c["reliability_rank"]), -int(c["credibility_rank"]), Decimal(c["quantity_point"]))
        for c in fresh
        if c["quantity_point"]
    )
    best = points[0][2] if points else None
    bare = [
        Decimal(c["quantity_low"])
        for c in fresh
        if c["quantity_low"] and not c["quantity_point"] and not c["quantity_high"]
    ]
    lower = [
        Decimal(c["quantity_low"])
        for c in fresh
        if c["quantity_low"] and (c["quantity_point"] or c["quantity_high"])
    ]
    low = min(bound for bound in (max(bare, default=None), min(lower, default=None)) if bound is not None)
    return (min(low, best) if best is not None else low), best


def claim_day(claim: dict[str, str]) -> dt.date:
    return min(dt.date.fromisoformat(claim[c]) for c in ("as_of_latest", "stated_on_latest"))


SEEN = "present returned lost fired examined killed wounded killed_or_wounded captured".split()


def test_estimates_come_out_of_the_claims(tables) -> None:
    """Where all claims are fresh, none is an admission or complete, and nothing was seen: rules 4 to 6 alone."""
    claims = {row["id"]: row for row in tables["claims"]}
    seen = {row["record"] for row in tables["claims"] if row["measure"] in SEEN}
    looked = 0
    for row in tables["estimates"]:
        used = [claims[key] for key in filter(None, row["claims"].split("|"))]
        plain = row["kind"] == "cumulative" and row["basis"] == "reported" and row["record"] not in seen
        special = any("true" in (c["admission"], c["complete"]) for c in used)
        vague = any(c["quantity_high"] and not c["quantity_point"] and c["quantity_low"] for c in used)
        if not plain or not used or special or vague:
            continue
        days = [claim_day(c) for c in used]
        if (max(days) - min(days)).days > 60:
            continue
        low, best = low_and_best(used)
        looked += 1
        assert Decimal(row["low"]) == low
        assert (Decimal(row["best"]) if row["best"] else None) == best
        assert int(row["n_voices"]) == len({c["voice"] for c in used})
    assert looked >= 20


def test_shells_are_many_voices_and_no_sum(tables) -> None:
    claims = [c for c in tables["claims"] if c["record"] == "NKRU-T-0001" and c["kind"] == "cumulative"]
    assert {"ua-hur", "kr-gov"} <= {c["voice"] for c in claims}
    [shells] = [t for t in tables["transfers"] if t["id"] == "NKRU-T-0001"]
    assert 2 <= int(shells["n_independent"]) <= len({c["voice"] for c in claims}) + 3
    numbers = {Decimal(c[q]) for c in claims for q in ("quantity_low", "quantity_point") if c[q]}
    total = sum(Decimal(c["quantity_low"]) for c in claims if c["quantity_low"])
    for row in tables["estimates"]:
        if row["record"] == "NKRU-T-0001" and (row["kind"], row["basis"]) == ("cumulative", "reported"):
            assert Decimal(row["low"]) in numbers
            assert Decimal(row["reported_max"]) in numbers
            assert total not in {Decimal(row[c]) for c in ("low", "best", "high", "reported_max") if row[c]}


def test_no_cell_needs_a_guard(tables) -> None:
    for name, rows in tables.items():
        for row in rows:
            for column, value in row.items():
                where = f"{name}.{column}: {value!r}"
                assert not any(unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") for c in value), where
                assert value.strip().casefold() not in {"na", "n/a", "null", "none", "nan"}, where
                if value[:1] in tuple("=+-@"):
                    Decimal(value)  # a negative number, and nothing that a spreadsheet would run


def test_bytes_are_canonical(release: Path) -> None:
    for path in (release / "csv").glob("*.csv"):
        data = path.read_bytes()
        assert b"\r" not in data
        assert not data.startswith(b"\xef\xbb\xbf")
        assert data.endswith(b"\n")


def test_provenance_is_in_the_row(tables, root: Path) -> None:
    import hashlib

    for table in ("transfers", "events", "claims"):
        for row in tables[table]:
            digest = hashlib.sha256((root / row["record_path"]).read_bytes()).hexdigest()
            assert row["record_sha256"] == digest
    for row in tables["claims"]:
        assert row["claimant"] and row["voice"] and row["source"] and row["locator"]


# --- with frictionless, and what it must refuse -----------------------------------------------------------


def errors_of(folder: Path) -> list[str]:
    with system.use_context(trusted=True):
        return [row[0] for row in Package(str(folder / "datapackage.json")).validate().flatten(["type"])]


def test_frictionless_passes(release: Path) -> None:
    assert errors_of(release) == []


@pytest.mark.parametrize(
    ("table", "old", "new", "error"),
    [
        ("transfers", "PRK_to_RUS", "PRK_to_RUZ", "constraint-error"),
        ("claims", ",ua-hur,", ",ua-nobody,", "foreign-key"),
        ("claims", ",5000000,", ",5 million,", "type-error"),
        ("record_items", "NKRU-T-0003,", "NKRU-T-0001,", ""),
        ("voices", "kr-gov,", "prk-gov,", "unique-error"),
    ],
)
def test_an_outsider_refuses_a_broken_release(release, tmp_path, table, old, new, error) -> None:
    shutil.copytree(release, tmp_path / "r")
    path = tmp_path / "r" / "csv" / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")
    found = errors_of(tmp_path / "r")
    assert (error in found) if error else found
    with pytest.raises(Unfit, match=table):
        verify(tmp_path / "r")


def test_verify_refuses_parquet_that_differs(release: Path, tmp_path: Path) -> None:
    from armsledger.sums import write_sums

    shutil.copytree(release, tmp_path / "r")
    parquet = tmp_path / "r" / "parquet"
    shutil.copy(parquet / "voices.parquet", parquet / "items.parquet")
    write_sums(parquet, parquet.glob("*.parquet"))
    with pytest.raises(Unfit, match="items: Parquet and CSV differ"):
        verify(tmp_path / "r")


# --- same commit, same bytes ------------------------------------------------------------------------------


def build_copy(root: Path, to: Path, **env: str) -> dict[str, bytes]:
    """Build from a copy of the checkout in another folder; the bytes of what must be identical."""
    for name in (
        "build_dataset.py",
        "compiler",
        "schemas",
        "src",
        "datasets",
        "seeds",
        "releases",
        "quality",
        "docs",
    ):
        copy = shutil.copytree if (root / name).is_dir() else shutil.copy
        copy(root / name, to / name)
    done = subprocess.run(
        [sys.executable, "build_dataset.py", "build"],
        cwd=to,
        env=os.environ | env,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    [folder] = [p for p in (to / "dist").iterdir() if p.is_dir()]
    names = [*(folder / "csv").glob("*.csv"), folder / "SHA256SUMS", folder / "datapackage.json"]
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in names} | {
        "zip": next((to / "dist").glob("*.zip")).read_bytes()
    }


def test_two_builds_give_the_same_bytes(root: Path, release: Path, tmp_path: Path) -> None:
    (one := tmp_path / "a").mkdir()
    (other := tmp_path / "another folder ü").mkdir()
    first = build_copy(root, one, TZ="Pacific/Kiritimati", PYTHONHASHSEED="1", LC_ALL="C")
    second = build_copy(root, other, TZ="America/Los_Angeles", PYTHONHASHSEED="2", LC_ALL="C.UTF-8")
    assert first == second
    assert first["SHA256SUMS"] == (release / "SHA256SUMS").read_bytes()


def test_zip_holds_the_csv_files_and_what_explains_them(root: Path, release: Path) -> None:
    package = json.loads((release / "datapackage.json").read_text(encoding="utf-8"))
    path = root / "dist" / f"{package['name']}-{package['version']}-csv.zip"
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        names = {name.split("/", 1)[1] for name in archive.namelist()}
    assert {f"csv/{p.name}" for p in (release / "csv").glob("*.csv")} <= names
    assert {
        "README.md",
        "codebook.md",
        "codebook.csv",
        "agreement.csv",
        "docs/data-report.md",
        "docs/coding-guide.md",
        "datapackage.json",
        "SHA256SUMS",
        "CITATION.cff",
    } <= names
    assert not any("seed" in name for name in names)


def test_datapackage_says_what_the_dataset_says(release: Path, root: Path) -> None:
    package = json.loads((release / "datapackage.json").read_text(encoding="utf-8"))
    typed = (root / "datasets" / "dprk-russia" / "dataset.yaml").read_text(encoding="utf-8")
    assert f"version: {package['version']}\n" in typed
    assert f"as_of: {package['armsledger:asOf']}\n" in typed
    assert package["title"] in typed
    assert package["version"] in (release / "CITATION.cff").read_text(encoding="utf-8")
