"""Rules on codes and numbers that others keep: coordinates, IMO, ISO, COW, BCP 47."""

from __future__ import annotations

from collections.abc import Iterator

import langcodes
from stdnum import imo
from stdnum.exceptions import ValidationError

from schemas.fields import specs
from schemas.rules.model import Finding, Row, World, plain, row_rule, world_rule
from schemas.standards import COUNTRIES
from schemas.tables import COUNTRY, MODELS


@row_rule("G01", "places", "A point has a latitude and a longitude.", "add the other one, or drop both")
def both_coordinates(row: Row, world: World) -> Iterator[tuple[str, str]]:
    for here, other in (("lat", "lon"), ("lon", "lat")):
        if row.get(here) is not None and row.get(other) is None and f"{other}#bad" not in row:
            yield here, f"{here} without {other}"


def in_box(lat: float, lon: float, box: Row) -> bool:
    """Whether the point is inside; a box whose west is above its east crosses 180 degrees."""
    south, north, west, east = (box.get(f"box_{edge}") for edge in ("south", "north", "west", "east"))
    if south is None or north is None or west is None or east is None:
        return True
    across = west <= lon <= east if west <= east else lon >= west or lon <= east
    return bool(south <= lat <= north and across)


@row_rule(
    "G02",
    "places",
    "A point lies inside its country's box.",
    "latitude and longitude may be swapped, or the country may be wrong; the box is in the country's own entry",
)
def point_in_country(row: Row, world: World) -> Iterator[tuple[str, str]]:
    lat, lon, country = row.get("lat"), row.get("lon"), row.get("country")
    if lat is None or lon is None or country is None:
        return
    boxes = [
        p
        for p in world.rows("places")
        if p.get("type") == "country" and p.get("country") == country and p.get("box_south") is not None
    ]
    if not boxes and world.whole("places"):
        yield "country", f"no entry of type country gives a box for {country}"
    elif boxes and not any(in_box(lat, lon, box) for box in boxes):
        yield "lat", f"{plain(lat)}, {plain(lon)} is outside the box of {country}"


@row_rule(
    "G03",
    "places",
    "A box has four edges and an origin, the south below the north.",
    "copy all four from the list named in `origin`",
)
def box_whole(row: Row, world: World) -> Iterator[tuple[str, str]]:
    parts = ("south", "west", "north", "east", "origin")
    there = [p for p in parts if row.get(f"box_{p}") is not None]
    for part in parts:
        if there and part not in there and f"box_{part}#bad" not in row:
            yield "box", f"box has no {part}"
    south, north = row.get("box_south"), row.get("box_north")
    if south is not None and north is not None and south > north:
        yield "box_south", f"{plain(south)} is above the north ({plain(north)})"


@row_rule(
    "G04",
    "vessels",
    "An IMO number's check digit holds.",
    "copy the number again from the source; never complete one",
)
def imo_digit(row: Row, world: World) -> Iterator[tuple[str, str]]:
    number = row.get("imo")
    if number is None:
        return
    try:
        imo.validate(number)
    except ValidationError:
        yield "imo", f"{number}: the check digit does not hold"


@world_rule(
    "G05",
    "A country code is one of ISO 3166-1 alpha-3.",
    "PRK is North Korea, KOR South Korea, RUS Russia, UKR Ukraine",
)
def country_exists(world: World) -> Iterator[Finding]:
    for table, rows in world.tables.items():
        columns = (
            [n for n, s in specs(MODELS[table]).items() if s.typed and s.origin == COUNTRY["origin"]]
            if table in MODELS
            else []
        )
        for column in columns:
            for row in rows:
                if row.get(column) is not None and row[column] not in COUNTRIES:
                    yield Finding(table, row["#"], column, f"`{row[column]}` is no country")


@row_rule(
    "G06",
    "actors",
    "COW and G-W numbers are those of the actor's country, and only states have them.",
    "PRK is 731, RUS 365, KOR 732, UKR 369",
)
def state_numbers(row: Row, world: World) -> Iterator[tuple[str, str]]:
    country = COUNTRIES.get(row.get("country") or "")
    for column in ("cow_code", "gw_code"):
        value = row.get(column)
        if value is None:
            continue
        if row.get("type") != "state":
            yield column, f"an actor of type {row.get('type')} has no state number"
        elif country and getattr(country, column) != value:
            yield column, f"{value} is not the number of {row['country']} ({getattr(country, column)})"


@row_rule(
    "G07",
    "sources",
    "A language tag is valid.",
    "write its BCP 47 tag, such as en, ko, ru, uk, ja or zh-Hans",
)
def language_exists(row: Row, world: World) -> Iterator[tuple[str, str]]:
    tag = row.get("language")
    if tag is not None and not langcodes.tag_is_valid(tag):
        yield "language", f"`{tag}` is no language"
