"""The installed package's frames: types, attrs, `known_by`, `estimates`, `sources`, `codebook`."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import armsledger
from armsledger import TableName
from armsledger.citation import STYLES
from armsledger.files import DATA, packaged
from armsledger.rewind import Rewound, as_day, as_published
from tests.test_package_helpers import changed, crafted

TABLES: tuple[Any, ...] = get_args(TableName)
AS_OF = packaged().as_of
TYPES = {"string", "Int64", "Float64", "boolean", "datetime64[ms]", "category", "object"}
BETWEEN = "2024-12-15"  # HUR had spoken, the claims dated to the year had not been heard for certain


# -- laziness ------------------------------------------------------------------------------------------------


def test_importing_costs_nothing_that_is_not_used() -> None:
    code = (
        "import sys, armsledger; armsledger.__version__; armsledger.cite(); dir(armsledger); "
        "heavy = {'pandas', 'pyarrow', 'numpy'} & set(sys.modules); assert not heavy, heavy"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment())
    assert done.returncode == 0, done.stderr


def environment() -> dict[str, str]:
    return {"PYTHONPATH": str(Path(armsledger.__file__).parents[1]), "PATH": ""}  # what is tested


def test_the_public_names_are_the_real_functions() -> None:
    for name in armsledger.__all__:
        assert name in dir(armsledger)
        assert getattr(armsledger, name) is not None
    for name in (
        "tables",
        "load",
        "panel",
        "path",
        "find",
        "show",
        "codebook",
        "sources",
        "estimates",
        "cite",
        "verify",
    ):
        function = getattr(armsledger, name)
        assert callable(function)
        assert len(function.__doc__) > 80
    with pytest.raises(AttributeError):
        armsledger.panels_of  # type: ignore[attr-defined] # noqa: B018


def test_the_version_is_the_data_s() -> None:
    assert armsledger.__version__ == packaged().package["version"]


# -- tables, load --------------------------------------------------------------------------------------------


def test_tables_lists_every_table_with_its_rows() -> None:
    frame = armsledger.tables()
    assert tuple(frame["table"]) == TABLES
    rows = dict(zip(frame["table"], frame["rows"], strict=True))
    assert rows["claims"] == len(armsledger.load("claims"))
    assert "units_differ" in frame.set_index("table").loc["transfers", "warnings"]


@pytest.mark.parametrize("table", TABLES)
def test_every_table_loads_typed_and_says_what_it_is(table: TableName) -> None:
    frame = armsledger.load(table)
    assert {str(dtype) for dtype in frame.dtypes} <= TYPES
    about = frame.attrs["armsledger"]
    assert list(about) == ["dataset", "version", "as_of", "table", "citation", "warnings"]
    assert about["table"] == table
    assert about["citation"] == armsledger.cite()
    assert about["as_of"] == AS_OF.isoformat()
    assert armsledger.path(table) == DATA / "parquet" / f"{table}.parquet"
    assert len(pd.read_parquet(armsledger.path(table))) == len(frame)


def test_the_types_of_a_frame() -> None:
    frame = armsledger.load("transfers")
    kinds = {name: str(frame[name].dtype) for name in ("id", "n_claims", "quantity_low", "contested")}
    assert kinds == {"id": "string", "n_claims": "Int64", "quantity_low": "Float64", "contested": "boolean"}
    assert str(frame["start_earliest"].dtype) == "datetime64[ms]"
    status: Any = frame["status"].dtype
    assert status.ordered
    assert list(status.categories)[:2] == ["alleged_request", "negotiated"]
    assert (frame["status"] >= "shipped").any()
    assert isinstance(frame["class_path"].iloc[0], list)


def test_attrs_survive_copies_slices_concat_and_pickling() -> None:
    frame = armsledger.load("claims")
    assert frame.attrs["armsledger"]["warnings"]["units_differ"].startswith("Rows count different things")
    same = pickle.loads(pickle.dumps(frame))
    for other in (frame.copy(), frame[frame["kind"] == "cumulative"], pd.concat([frame, frame]), same):
        assert other.attrs == frame.attrs
    assert copy.deepcopy(frame.attrs) == frame.attrs


def test_a_loaded_frame_is_the_caller_s_own() -> None:
    frame = armsledger.load("actors")
    frame.loc[:, "name"] = "changed"
    frame.attrs["armsledger"]["warnings"]["mine"] = "x"
    assert "changed" not in set(armsledger.load("actors")["name"])
    assert "mine" not in armsledger.load("actors").attrs["armsledger"]["warnings"]


def test_an_unknown_table_is_a_value_error_that_helps() -> None:
    bad: Any = "transferz"
    for function in (armsledger.load, armsledger.path, armsledger.codebook):
        with pytest.raises(
            ValueError, match=r"transferz: no such table\. Did you mean transfers\?"
        ) as caught:
            function(bad)
        assert "claims_flat" in str(caught.value)
    none: Any = None
    with pytest.raises(ValueError, match="no such table"):
        armsledger.load(none)


def test_without_data_the_error_says_make_build(tmp_path: Path) -> None:
    code = (
        "import armsledger.files as f, pathlib, sys; f.DATA = pathlib.Path(sys.argv[1])\n"
        "import armsledger as a\n"
        "help_works = not hasattr(a, '__version__')\n"
        "assert help_works\n"
        "from armsledger.cli import main; sys.exit(main(['tables']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "none")],
        capture_output=True,
        text=True,
        env=environment(),
    )
    assert done.returncode == 1
    assert "make build" in done.stderr
    assert "Traceback" not in done.stderr


# -- codebook ------------------------------------------------------------------------------------------------


def test_the_codebook_has_every_column_of_every_table() -> None:
    frame = armsledger.codebook()
    for table in TABLES:
        assert list(frame.loc[frame["table"] == table, "column"]) == list(armsledger.load(table).columns)
    one = armsledger.codebook("claims")
    assert set(one["table"]) == {"claims"}
    assert list(one["position"]) == list(range(1, len(one) + 1))
    assert str(one["required"].dtype) == "boolean"
    assert one["required"].any()
    assert not one["required"].all()


# -- known_by ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
def test_known_by_the_as_of_day_is_the_plain_table(table: TableName) -> None:
    plain, known = armsledger.load(table), armsledger.load(table, known_by=AS_OF)
    assert known.attrs["armsledger"].pop("known_by") == AS_OF.isoformat()
    assert_frame_equal(plain, known)
    assert plain.attrs == known.attrs


@pytest.mark.parametrize("day", ["1950-01-01", BETWEEN, "2024-11-28", "2024-11-29"])
@pytest.mark.parametrize("table", TABLES)
def test_known_by_keeps_columns_types_and_references(table: TableName, day: str) -> None:
    plain, known = armsledger.load(table), armsledger.load(table, known_by=day)
    assert list(known.columns) == list(plain.columns)
    assert known.dtypes.to_dict() == plain.dtypes.to_dict()
    assert len(known) <= len(plain) or table in ("estimates", "transfer_status")
    schema = packaged().resource(table)["schema"]
    for key in schema.get("foreignKeys", ()):
        target = key["reference"]["resource"] or table
        column = key["fields"][0]
        if column in ("parent", "derives_from"):  # typed, so today's
            continue
        there = set(armsledger.load(target, known_by=day)["id"])
        assert set(known[column].dropna()) <= there, (table, column)


def test_known_by_takes_the_claims_by_their_latest_day() -> None:
    claims = armsledger.load("claims", known_by=BETWEEN)
    every = armsledger.load("claims")
    expected = every[every["stated_on_latest"] <= pd.Timestamp(BETWEEN)]
    assert 0 < len(expected) < len(every)
    assert list(claims["id"]) == list(expected["id"])
    assert set(armsledger.load("claim_sources", known_by=BETWEEN)["claim"]) == set(expected["id"])


def test_known_by_recomputes_what_follows_from_the_claims() -> None:
    claims = armsledger.load("claims", known_by=BETWEEN)
    about = [
        (record, row.id) for row in claims.itertuples() for record in {row.record, *(row.bears_on or ())}
    ]
    counts = pd.Series([record for record, _ in about]).value_counts()
    for table in ("transfers", "events", "transfers_flat"):
        then = armsledger.load(table, known_by=BETWEEN).set_index("id")
        now = armsledger.load(table).set_index("id")
        assert 0 < len(then) < len(now)
        assert set(then.index) == set(now.index) & set(counts.index)
        assert (then["n_claims"] <= counts.reindex(then.index)).all()  # deprecated ones are not counted
        if table != "events":
            assert (then["n_claims"] < now.loc[then.index, "n_claims"]).any()
            labels = then["confidence"].astype("string").str.lower()
            assert not labels.equals(now.loc[then.index, "confidence"].astype("string").str.lower())
    estimates = armsledger.load("estimates", known_by=BETWEEN)
    assert estimates["day"].max() == pd.Timestamp(BETWEEN)
    assert set(estimates["claims"].explode().dropna()) <= set(claims["id"])
    assert list(estimates["claims"].isna()) == list(estimates["n_claims"] == 0)  # R0 rests on none
    assert armsledger.load("transfers", known_by="1950-01-01").empty


def test_flat_claimants_are_those_heard_by_then() -> None:
    flat = armsledger.load("transfers_flat", known_by=BETWEEN).set_index("id")
    heard = armsledger.load("claims_flat", known_by=BETWEEN)
    for id_, names in flat["claimants"].items():
        own = set(heard.loc[heard["record"] == id_, "claimant"])
        assert (set() if pd.isna(names) else set(names.split("; "))) == own


def test_known_by_never_forgets_a_claim() -> None:
    days = [f"2024-{month:02d}-28" for month in range(1, 13)]
    known = [set(armsledger.load("claims", known_by=day)["id"]) for day in days]
    assert all(one <= other for one, other in pairwise(known))


def test_a_record_is_known_by_a_claim_that_bears_on_it(tmp_path: Path) -> None:
    claims = armsledger.load("claims").set_index("id")
    assert claims.loc["NKRU-E-0004.c1", "bears_on"] == ["NKRU-T-0006"]
    first = claims["stated_on_latest"].min().date() - dt.timedelta(days=2)  # before any other was public
    early = {"stated_on": first.isoformat(), "stated_on_earliest": first, "stated_on_latest": first}
    edit = changed("NKRU-E-0004.c1", **early)
    rewound = Rewound(crafted(tmp_path, {"claims": edit}), first + dt.timedelta(days=1))
    assert list(rewound.table("claims")["id"]) == ["NKRU-E-0004.c1"]
    transfers = rewound.table("transfers")
    assert list(transfers["id"]) == ["NKRU-T-0006"]
    assert transfers["n_claims"].iloc[0] == 1


def test_conversions_wait_for_their_claims(tmp_path: Path) -> None:
    def one(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        values = {"id": "boxes", "class": "ammunition", "from_unit": "container", "to_unit": "round"}
        factors = {"factor_low": 1.0, "factor_point": 2.0, "factor_high": 3.0, "note": None}
        return [{**values, **factors, "claims": ["NKRU-T-0001.c1", "NKRU-T-0001.c2"]}]

    release = crafted(tmp_path, {"conversions": one})
    assert Rewound(release, dt.date(2024, 12, 15)).table("conversions").empty
    assert len(Rewound(release, dt.date(2024, 12, 31)).table("conversions")) == 1


def test_a_claim_dated_past_the_as_of_day_is_known_by_it(tmp_path: Path) -> None:
    later = AS_OF + dt.timedelta(days=9)
    release = crafted(tmp_path, {"claims": changed("NKRU-T-0001.c2", stated_on_latest=later)})
    assert "NKRU-T-0001.c2" in set(Rewound(release, AS_OF).table("claims")["id"])
    day_before = AS_OF - dt.timedelta(days=1)
    assert "NKRU-T-0001.c2" not in set(Rewound(release, day_before).table("claims")["id"])


@pytest.mark.parametrize(
    "day",
    ["2024-13-01", "2023-02-29", "2024-3-1", "20240301", "2024-W10-1", "yesterday", "", 20240301, pd.NaT],
)
def test_a_day_that_is_none_is_a_value_error(day: Any) -> None:
    with pytest.raises(ValueError, match=r"known_by: .* is no day; write YYYY-MM-DD"):
        armsledger.load("claims", known_by=day)


def test_a_day_after_the_data_is_refused() -> None:
    with pytest.raises(ValueError, match="leave it out"):
        armsledger.load("claims", known_by=AS_OF + dt.timedelta(days=1))


def test_days_may_be_dates_datetimes_and_text() -> None:
    for given in ("2024-03-01", dt.date(2024, 3, 1), dt.datetime(2024, 3, 1, 23), pd.Timestamp("2024-03-01")):
        assert as_day(given, "x") == dt.date(2024, 3, 1)


# -- estimates -----------------------------------------------------------------------------------------------


def test_estimates_are_the_published_ones() -> None:
    assert_frame_equal(armsledger.estimates(), armsledger.load("estimates"))
    assert_frame_equal(armsledger.estimates(armsledger.load("claims")), armsledger.load("estimates"))
    known, same = armsledger.estimates(known_by=BETWEEN), armsledger.load("estimates", known_by=BETWEEN)
    assert_frame_equal(known, same)
    assert known.attrs == same.attrs


def test_computed_rows_stand_in_the_published_order() -> None:
    frame = armsledger.load("estimates")
    ids = [f"NKRU-T-0001.moved.all.x{n}.cumulative" for n in (10, 9, 100)]
    shuffled = frame.iloc[:3].assign(id=pd.array(ids, dtype="string"))
    ordered = as_published(packaged(), "estimates", shuffled)
    assert list(ordered["id"]) == [ids[1], ids[0], ids[2]]


def test_a_computed_list_that_holds_nothing_is_missing() -> None:
    frame = armsledger.load("estimates").iloc[:2]
    lists = pd.Series([[], ["NKRU-T-0001.c1"]], dtype=object)
    made = as_published(packaged(), "estimates", frame.assign(claims=lists))
    assert list(made["claims"]) == [None, ["NKRU-T-0001.c1"]]
    nothing = as_published(packaged(), "estimates", frame.iloc[:0])
    assert nothing.dtypes.to_dict() == frame.dtypes.to_dict()


def test_leaving_claims_out_changes_the_estimate() -> None:
    claims = armsledger.load("claims")
    plain = armsledger.load("estimates")
    dropped = set(plain["claims"].iloc[0])
    without = armsledger.estimates(claims[~claims["id"].isin(dropped)])
    assert dropped.isdisjoint(without["claims"].explode())
    assert not without.equals(plain)
    doubled = claims.assign(
        quantity_low=claims["quantity_low"] * 2, quantity_point=claims["quantity_point"] * 2
    )
    figures = armsledger.estimates(doubled.assign(quantity_high=claims["quantity_high"] * 2))
    assert (figures["low"].dropna() == 2 * plain["low"].dropna()).all()
    nothing = armsledger.estimates(claims.iloc[:0])
    assert nothing.empty
    assert nothing.dtypes.to_dict() == without.dtypes.to_dict()


def test_as_of_is_the_day_of_the_last_rows() -> None:
    day = pd.Timestamp("2024-12-05")
    every = armsledger.estimates(as_of="2024-12-05")
    assert every["day"].max() == day
    assert list(every["stale"].dropna()) == list(every["stale_days"].dropna() > 180)
    claims = armsledger.load("claims")
    about = claims["as_of_latest"]
    rows = armsledger.estimates(claims[about.between(day - pd.Timedelta(days=180), day)], as_of="2024-12-05")
    assert rows["day"].max() == day
    assert rows["stale_days"].max() > 0
    assert not rows["stale"].any()
    later = armsledger.estimates(known_by=BETWEEN, as_of="2025-12-31")
    assert later["day"].max() == pd.Timestamp("2025-12-31")
    assert later["stale"].any()


def test_estimates_refuse_what_they_cannot_read() -> None:
    bad: Any = "claims"
    with pytest.raises(ValueError, match="claims: a frame"):
        armsledger.estimates(bad)
    with pytest.raises(ValueError, match="as_of"):
        armsledger.estimates(as_of="soon")
    with pytest.raises(ValueError, match="no column"):
        armsledger.estimates(armsledger.load("claims").drop(columns="record"))


# -- sources -------------------------------------------------------------------------------------------------

SEED = "evrimagaci-undated-alliance"


def test_sources_behind_everything_and_behind_one_id() -> None:
    every = armsledger.sources()
    assert list(every["id"]) == list(armsledger.load("sources")["id"])
    row = every.set_index("id").loc[SEED]
    assert row["publisher_name"] == "Evrim Ağacı"
    assert row["n_claims"] == armsledger.load("claim_sources").query("source == @SEED")["claim"].nunique()
    transfers = armsledger.load("transfers").set_index("id")
    assert len(armsledger.sources("NKRU-T-0006")) >= transfers.loc["NKRU-T-0006", "n_sources"]
    assert armsledger.sources("NKRU-T-0006")["n_claims"].sum() >= 2  # one of them only bears on it
    documents = armsledger.load("claim_sources").query("claim == 'NKRU-T-0001.c1'")["source"]
    assert SEED in set(documents)
    behind = armsledger.sources("NKRU-T-0001.c1")
    assert sorted(behind["id"]) == sorted(documents)
    assert list(behind["n_claims"]) == [1] * len(documents)
    assert list(armsledger.sources(SEED)["n_claims"]) == [row["n_claims"]]


@pytest.mark.parametrize(
    "table",
    ["claims", "claims_flat", "claim_sources", "estimates", "transfers", "transfer_status", "record_links"],
)
def test_sources_behind_a_frame(table: TableName) -> None:
    frame = armsledger.load(table)
    assert SEED in set(armsledger.sources(frame)["id"])
    none = armsledger.sources(frame.iloc[:0])
    assert none.empty
    assert none.dtypes.to_dict() == armsledger.sources().dtypes.to_dict()


def test_sources_as_a_bibliography() -> None:
    claims = armsledger.load("claims")
    for style in STYLES:
        assert armsledger.sources(style=style) == armsledger.sources(claims, style=style)
        assert armsledger.sources(SEED, style=style) == armsledger.cite(SEED, style)
    none = claims.iloc[:0]
    assert [armsledger.sources(none, style=style) for style in STYLES] == ["", "", "[]"]


def test_sources_refuse_what_names_none() -> None:
    with pytest.raises(ValueError, match="names no documents"):
        armsledger.sources(armsledger.load("codelists"))
    with pytest.raises(LookupError, match="NKRU-T-9999"):
        armsledger.sources("NKRU-T-9999")
    bad: Any = 7
    with pytest.raises(ValueError, match="not int"):
        armsledger.sources(bad)
