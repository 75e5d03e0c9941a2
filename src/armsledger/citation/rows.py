"""Which rows of which version a frame holds, proved row by row and cell by cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, cast

from armsledger.errors import BadArgument
from armsledger.files import Release
from armsledger.past import release_of
from armsledger.stories.words import listed, visible
from armsledger.sums import digest

if TYPE_CHECKING:
    import pandas as pd

    from armsledger.panels import Frequency

Columns = list[tuple[str, list[str]]]  # names and cells, as `armsledger.canonical` writes them


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a table of a version: how many, of how many, their SHA-256, and the code that gives them back.

    `table` is also the name of a panel of quarters or years; `title` is what a reader calls it.
    """

    table: str
    title: str
    known_by: dt.date | None
    n: int
    of: int
    sha256: str
    code: str


def rows_in_hand(frame: pd.DataFrame) -> tuple[Release, Rows]:
    """The release and the rows that a frame holds. Raises `BadArgument`."""
    from armsledger.canonical import csv_bytes
    from armsledger.panels import PERIODS

    release, table, known_by, freq = _origin(frame)
    whole = _released(release, table, known_by, freq)
    schema = release.resource(table)["schema"]
    lists = {field["name"]: field.get("delimiter", ",") for field in schema["fields"]}
    key = schema.get("primaryKey") or list(lists)
    if freq:  # a panel of other periods than months: made anew, under a column of its own
        lists = {str(name): "," for name in whole.columns}
        key = [name if name in lists else PERIODS[freq] for name in key]
    name = f"panel {freq}" if freq else table
    where = f"{name} of version {release.version}" + (f" as known by {known_by}" if known_by else "")
    released = dict(_columns(whole, lists))
    places = _places(list(_columns(frame, lists)), released, key, where)
    lines = [[cells[at] for cells in released.values()] for at in places]
    total = len(released[key[0]])
    call = f'panel("{freq}"' if freq else f'load("{table}"'
    code = f'armsledger.{call}, version="{release.version}"'
    code += f', known_by="{known_by}")' if known_by else ")"
    code += "" if len(places) == total else f".iloc[{_ranges(places)}]"
    sha256 = digest(csv_bytes(list(released), lines))
    title = release.resource(table)["title"]
    title = title.replace("month", PERIODS[freq]) if freq else title
    return release, Rows(name, title, known_by, len(places), total, sha256, code)


def _origin(frame: pd.DataFrame) -> tuple[Release, str, dt.date | None, str | None]:
    """What the frame's attrs say of where it is from: release, table, `known_by`, and a panel's `freq`."""
    about = frame.attrs.get("armsledger")
    if not isinstance(about, dict):
        raise BadArgument(
            "the frame does not say from which table and version it is: pandas drops that in merge, concat, groupby"
            ' and the like. Cite the rows of the table as loaded: claims = armsledger.load("claims"), then'
            ' cite(claims[claims["id"].isin(df["id"])]); or put back what was dropped: df.attrs = claims.attrs'
        )
    table, version, known_by = about.get("table"), about.get("version"), about.get("known_by")
    release = release_of(version) if isinstance(version, str) and isinstance(table, str) else None
    if release is None or about.get("dataset") != release.name or table not in release.resources:
        raise BadArgument(
            "the frame holds no rows of a table of the dataset, but something about it; cite() cites the dataset"
        )
    freq = about.get("freq")
    if known_by is None:
        return release, table, None, freq
    from armsledger.frames import known_day

    return release, table, known_day(known_by, release), freq


def _released(release: Release, table: str, known_by: dt.date | None, freq: str | None) -> pd.DataFrame:
    if freq is not None:
        from armsledger.panels import panel

        return panel(cast("Frequency", freq), version=release.version, known_by=known_by)
    from armsledger.rewind import rewound_table

    return release.frame(table) if known_by is None else rewound_table(release, table, known_by)


def _columns(frame: pd.DataFrame, lists: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """The released columns that the frame has, its index first, as canonical text.

    lists: the delimiter of lists, by released column. One by one, since a frame can have two columns of one name.
    """
    from armsledger.canonical import text_of

    index = [(name, frame.index.get_level_values(at)) for at, name in enumerate(frame.index.names)]
    for name, values in [*index, *((name, frame.iloc[:, at]) for at, name in enumerate(frame.columns))]:
        if isinstance(name, str) and name in lists:
            yield name, [text_of(_plain(value), lists[name]) for value in values.tolist()]


def _plain(value: Any) -> Any:
    """Lists as lists and numbers as Python's, whichever reader or calculation they come from."""
    value = value.tolist() if hasattr(value, "tolist") else value  # a NumPy array or scalar
    return [str(one) for one in value] if isinstance(value, (list, tuple)) else value


def _places(given: Columns, released: dict[str, list[str]], key: Sequence[str], where: str) -> list[int]:
    """Where the frame's rows stand in the released table, ascending. Raises `BadArgument`."""
    by_name = dict(reversed(given))
    lacking = [name for name in key if name not in by_name]
    if lacking:
        raise BadArgument(
            f"the frame lacks {listed(lacking)}: rows of {where} are known by {listed(list(key))}; keep these"
            " columns, or name the index after them"
        )
    at = {row: place for place, row in enumerate(zip(*(released[name] for name in key), strict=True))}
    places: dict[int, str] = {}
    for row in zip(*(by_name[name] for name in key), strict=True):
        called = visible(", ".join(row))
        if row not in at:
            raise BadArgument(f"{called}: there is no such row in {where}")
        if at[row] in places:
            raise BadArgument(f"{called}: the frame holds this row more than once")
        places[at[row]] = called
    for name, cells in given:
        for cell, (place, called) in zip(cells, places.items(), strict=True):
            if cell != released[name][place]:
                raise BadArgument(
                    f"{called}: {name} is {_said(cell)} in the frame and {_said(released[name][place])} in {where}."
                    " What was changed must not be cited as the dataset's: put it into a column of another name,"
                    " or cite the rows as loaded"
                )
    return sorted(places)


def _said(cell: str) -> str:
    text = visible(cell)
    return "missing" if not cell else text if len(text) <= 60 else f"{text[:60]}…"


def _ranges(positions: Sequence[int]) -> str:
    """Positions as they stand in ``.iloc[...]``: ``3:8``, or ``[*range(0, 17), 24]``."""
    runs = [
        (run[0][1], run[-1][1] + 1)
        for _, group in groupby(enumerate(positions), lambda pair: pair[1] - pair[0])
        if (run := list(group))
    ]
    if len(runs) <= 1:
        first, end = runs[0] if runs else (0, 0)
        return f"{first}:{end}"
    parts = []
    for first, end in runs:
        parts += [f"*range({first}, {end})"] if end - first > 3 else [str(at) for at in range(first, end)]
    return f"[{', '.join(parts)}]"
