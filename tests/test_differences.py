"""What differs between two releases, on small made-up tables: what the end-to-end releases do not show."""

from __future__ import annotations

from typing import Any

import pytest

from armsledger.differences import (
    Change,
    Sheet,
    about,
    covers,
    differences,
    next_version,
    renamed,
    row_differences,
    sheet,
    step,
)

Rows = list[dict[str, str]]


def table(rows: Rows, key: list[str], was: tuple[str, ...] = (), **columns: Any) -> Sheet:
    """A table whose columns are typed text unless a dictionary says more."""
    fields = [
        {
            "name": name,
            "type": "string",
            "armsledger:filledBy": "typed",
            "armsledger:typedAt": name,
            **(more or {}),
        }
        for name, more in columns.items()
    ]
    return sheet({"schema": {"fields": fields, "primaryKey": key}, "armsledger:was": was}, rows)


def ports(rows: Rows, **more: Any) -> Sheet:
    return table(rows, ["id"], id=None, name=None, **more)


RAJIN = {"id": "rajin", "name": "Rajin"}


def test_a_table_that_is_gone_and_one_that_is_new() -> None:
    found = differences({"ports": ports([RAJIN])}, {"harbours": ports([RAJIN])})
    assert Change("ports", "", "retired") in found
    assert Change("harbours", "", "added") in found
    assert Change("ports", "rajin", "retired") in found
    assert Change("harbours", "rajin", "added") in found
    assert step(found) == "major"


def test_a_renamed_table_is_followed() -> None:
    new = table([RAJIN], ["id"], ("ports",), id=None, name=None)
    found = differences({"ports": ports([RAJIN])}, {"harbours": new})
    assert found == [Change("harbours", "", "renamed", "", "ports", "harbours")]


def test_a_key_that_changed_is_a_major_step_and_hides_nothing() -> None:
    old = ports([RAJIN, {"id": "dunai", "name": "Dunai"}])
    new = table([{**RAJIN, "leg": "one"}], ["id", "leg"], id=None, name=None, leg=None)
    found = differences({"ports": old}, {"ports": new})
    assert Change("ports", "", "changed", "", "key id", "key id|leg") in found
    assert Change("ports", "dunai", "retired") in found
    assert not [one for one in found if one.row_key.startswith("rajin")]
    twice = table(
        [{**RAJIN, "leg": "one"}, {**RAJIN, "leg": "two"}], ["id", "leg"], id=None, name=None, leg=None
    )
    found = differences(
        {"ports": ports([RAJIN])}, {"ports": twice}
    )  # the old key tells the new rows not apart
    assert Change("ports", "rajin", "retired") in found
    assert Change("ports", "rajin|two", "added") in found


def test_retyped_columns_and_columns_that_come_and_go() -> None:
    old = ports([RAJIN | {"depth": "9"}], depth={"type": "string"})
    new = ports([RAJIN | {"lat": "42"}], lat=None)
    assert step(differences({"ports": old}, {"ports": new})) == "major"
    number = ports([RAJIN | {"depth": "9"}], depth={"type": "number", "armsledger:unit": "m"})
    found = differences({"ports": old}, {"ports": number})
    assert [one.new for one in found] == ["type number", "unit m"]
    assert step(found) == "major"
    added = differences({"ports": ports([RAJIN])}, {"ports": new})
    assert added == [Change("ports", "", "added", "lat")]
    assert step(added) == "minor"


def codes(*rows: tuple[str, str, str, str]) -> Sheet:
    made = [
        {"list": "kind", "value": v, "label": label, "rank": rank, "was": was} for v, label, rank, was in rows
    ]
    made = [row | {"definition": "", "parent": ""} for row in made]
    names = ("list", "value", "label", "definition", "rank", "parent", "was")
    return table(made, ["list", "value"], **{name: {"armsledger:filledBy": "computed"} for name in names})


def test_codes_reworded_reordered_renamed_and_removed() -> None:
    old = codes(("a", "A", "1", ""), ("b", "B", "2", ""))
    worded = differences(
        {"codelists": old}, {"codelists": codes(("a", "An A", "1", ""), ("b", "B", "2", ""))}
    )
    assert worded == [Change("codelists", "kind|a", "changed", "label", "A", "An A")]
    assert step(worded) == "patch"
    ordered = differences({"codelists": old}, {"codelists": codes(("a", "A", "3", ""), ("b", "B", "2", ""))})
    assert step(ordered) == "major"
    gone = differences({"codelists": old}, {"codelists": codes(("a", "A", "1", ""))})
    assert gone == [Change("codelists", "kind|b", "retired")]
    assert step(gone) == "major"


def test_a_row_known_by_a_renamed_code_is_the_same_row() -> None:
    kind = {"armsledger:codelist": "kind"}
    old = {
        "codelists": codes(("a", "A", "1", "")),
        "roles": table([{"of": "x", "kind": "a"}], ["of", "kind"], of=None, kind=kind),
    }
    new = {
        "codelists": codes(("z", "A", "1", "a")),
        "roles": table([{"of": "x", "kind": "z"}], ["of", "kind"], of=None, kind=kind),
    }
    assert differences(old, new) == [Change("codelists", "kind|z", "renamed", "value", "a", "z")]
    [one] = row_differences(old, new | {"roles": table([], ["of", "kind"], of=None, kind=kind)})
    assert one.change[:3] == ("roles", "x|z", "retired")


def test_what_is_said_of_the_whole_is_compared() -> None:
    package = {
        "name": "n",
        "title": "t",
        "description": "d",
        "licenses": [{"name": "CC-BY-4.0"}],
        "contributors": [{"title": "a"}],
        "keywords": ["k"],
    }
    whole = {"dataset": about(package)}
    title = differences(whole, {"dataset": about(package | {"title": "another"})})
    assert title == [Change("dataset", "", "changed", "title", "t", "another")]
    assert step(title) == "patch"
    assert (
        step(differences(whole, {"dataset": about(package | {"licenses": [{"name": "CC0-1.0"}]})})) == "major"
    )
    assert differences(whole, {"dataset": about(package)}) == []


@pytest.mark.parametrize(
    ("was", "old", "found"),
    [
        ({"b": ("a",)}, ["a"], {"b": "a"}),
        ({"c": ("b", "a")}, ["a"], {"c": "a"}),
        ({"b": ("a",)}, ["a", "b"], {}),  # the old side had both
        ({"b": ("a",), "a": ()}, ["a"], {}),  # the old name is in use again
        ({"b": ()}, ["a"], {}),
    ],
)
def test_renamed(was: dict[str, tuple[str, ...]], old: list[str], found: dict[str, str]) -> None:
    assert renamed(was, old) == found


@pytest.mark.parametrize(
    ("field", "path", "yes"),
    [
        ("claims[c1]", "claims[c1].quantity.value", True),
        ("claims[c1].quantity", "claims[c1].quantity.value", True),
        ("claims[c1]", "claims[c11].as_of", False),
        ("start", "start", True),
        ("start", "start_earliest", False),
        ("claims", "claims[c1].as_of", True),
    ],
)
def test_covers(field: str, path: str, yes: bool) -> None:
    assert covers(field, path) is yes


@pytest.mark.parametrize(
    ("version", "by", "then"),
    [
        ("0.1.0", "patch", "0.1.1"),
        ("0.1.3", "minor", "0.2.0"),
        ("0.1.3", "major", "0.2.0"),  # before 1.0.0 the form may change
        ("1.2.3", "major", "2.0.0"),
        ("1.2.3", "minor", "1.3.0"),
    ],
)
def test_next_version(version: str, by: Any, then: str) -> None:
    assert next_version(version, by) == then
