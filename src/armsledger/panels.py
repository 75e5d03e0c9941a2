"""The dyad panel: what was reported in each period of a direction, class and unit, and the total at its end.

`dyad_panel` is one pure function of frames. The compiler makes the table `dyad_month` with it, `known_by` the same
table as of an earlier day, `panel` quarters and years. What may be added up is `armsledger.assess`'s to say.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from math import fsum
from typing import TYPE_CHECKING, Any, Literal

from armsledger.errors import BadArgument, one_of
from armsledger.files import Release, natural, packaged
from armsledger.frames import described, known_day, load
from armsledger.rewind import public_on, rewound

if TYPE_CHECKING:
    import pandas as pd

Frequency = Literal["M", "Q", "Y"]
Cell = tuple[str, str, str]  # direction, class, unit: what a row is of, but for its period
Row = dict[str, Any]

PERIODS: dict[str, str] = {"M": "month", "Q": "quarter", "Y": "year"}


def panel(freq: Frequency = "M", *, known_by: str | dt.date | None = None) -> pd.DataFrame:
    """Month (quarter, year) x direction x class x unit, zero-filled: the shape for regressions and maps.

    A row for every period from the dataset's first day to its as-of day and every direction, class and unit
    that some transfer has; sorted by direction, class, unit and period. ::

        panel = armsledger.panel()
        shells = panel[panel["unit"] == "round"].set_index("month")   # one unit, always
        shells["low"].plot()

    freq: ``"M"``, months, is ``load("dyad_month")``. ``"Q"`` and ``"Y"`` are made anew from the claims, since
        voices and events are not to be added up over months.
    known_by: as in `load`: everything as far as it had been publicly claimed by that day, which is then the
        last day of the panel.

    Columns: month ("datetime64[ms]", its first day), year and month_number (Int64); of quarters quarter,
    year and quarter_number; of years year. direction, class, unit (codes); supplier_iso3, recipient_iso3
    (ISO 3166-1 alpha-3), supplier_cow, recipient_cow (Correlates of War), supplier_gw, recipient_gw
    (Gleditsch and Ward). The other columns are explained one by one in ``codebook("dyad_month")``:

    - What was said in the period: n_claims, n_claims_dated, n_voices, and n_events of what happened in it
      (Int64, 0 where there is nothing). Claims can be added over rows; voices and events cannot.
    - What it had come to by `day` ("datetime64[ms]", the period's last day, of the last period the as-of
      day): low, best, high (Float64, in the row's unit), high_open, conflict, stale (boolean), over the
      n_records (Int64) that are recommended for totals. All but n_records are missing, never 0, where no
      record counts. They are running totals: never add them over periods. They rest on all claims about the
      time up to `day`, whenever stated; for what was known then use `known_by`.

    The attrs are those of `load`, with ``freq`` besides for quarters and years.

    ValueError: no such freq; `known_by` is no day or after the as-of day.
    """
    if freq not in tuple(PERIODS):
        raise BadArgument(one_of("freq", freq, PERIODS))
    if freq == "M":
        return load("dyad_month", known_by=known_by)
    release = packaged()
    day = None if known_by is None else known_day(known_by, release)
    read = release.frame if day is None else rewound(release, day).table
    made = panel_of(release, read, freq, day or release.as_of)
    described(made, release, "dyad_month", day).attrs["armsledger"]["freq"] = freq
    return made


def panel_of(
    release: Release, read: Callable[[str], pd.DataFrame], freq: Frequency, last: dt.date
) -> pd.DataFrame:
    """`dyad_panel` of tables that `read` gives, over the time that the release's `dyad_month` is about."""
    from armsledger.assess import subjects

    months = release.frame("dyad_month")
    if months.empty:  # no transfer, so no row of any time
        first = last
    else:
        first, last = months["month"].min().date(), min(last, months["day"].max().date())
    return dyad_panel(
        read("claims"),
        subjects(read("transfers"), read("events"), read("participants")),
        read("record_links"),
        read("actors"),
        freq=freq,
        first=first,
        last=last,
        as_of=release.as_of,
    )


def dyad_panel(
    claims: pd.DataFrame,
    records: pd.DataFrame,
    links: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    freq: Frequency,
    first: dt.date,
    last: dt.date,
    as_of: dt.date,
) -> pd.DataFrame:
    """The panel that `panel` describes, from frames alone; it changes none of them.

    claims, records: what `armsledger.assess` takes, all that are given count.
    links: `record_links` (record, to). actors: type, country, cow_code, gw_code of the states.
    first, last: the panel's first day, and its last, at which the figures of the last period hold.
    as_of: the day by which every claim was public, however widely it is dated.
    """
    from armsledger.assess import recommended
    from armsledger.assess.writing import DAY, table

    ends = _ends(freq, first, last)
    cell_of = _cells(records)
    said = _said(claims, cell_of, freq, as_of)
    happened = _happened(claims, records, links, cell_of, freq)
    totals: dict[tuple[Cell, dt.date], list[Row]] = {}
    for row in _rows(recommended(claims, records, ends.values())):
        totals.setdefault((cell_of[row["record"]], row["day"].date()), []).append(row)
    states = _states(records, actors)
    rows = [
        {
            **_when(period, freq),
            **dict(zip(("direction", "class", "unit"), cell, strict=True)),
            **states[cell[0]],
            **_counts(said.get((cell, period), ())),
            "n_events": len(happened.get((cell, period), ())),
            "day": end,
            **_total(totals.get((cell, end), ())),
        }
        for cell in sorted(set(cell_of.values()), key=lambda cell: [natural(code) for code in cell])
        for period, end in ends.items()
    ]
    columns = _columns(freq)
    days: Any = {name: "datetime64[ms]" for name, kind in columns.items() if kind == DAY}
    return table(rows, columns).astype(days)


def _columns(freq: Frequency) -> dict[str, str]:
    from armsledger.assess.writing import DAY, FLAG, REAL, TEXT, WHOLE

    name = PERIODS[freq]
    when = {"year": WHOLE} if freq == "Y" else {name: DAY, "year": WHOLE, f"{name}_number": WHOLE}
    sides = {
        f"{side}_{code}": TEXT if code == "iso3" else WHOLE
        for side in ("supplier", "recipient")
        for code in ("iso3", "cow", "gw")
    }
    counts = dict.fromkeys(("n_claims", "n_claims_dated", "n_voices", "n_events"), WHOLE)
    figures = dict.fromkeys(("low", "best", "high"), REAL)
    flags = dict.fromkeys(("high_open", "conflict", "stale"), FLAG)
    cell = {"direction": TEXT, **sides, "class": TEXT, "unit": TEXT}
    return {**when, **cell, **counts, "day": DAY, **figures, **flags, "n_records": WHOLE}


# -- what a row is of ----------------------------------------------------------------------------------------


def _ends(freq: Frequency, first: dt.date, last: dt.date) -> dict[pd.Period, dt.date]:
    """Each period from first to last, and the day at which its figures hold."""
    import pandas as pd

    periods = pd.period_range(first, last, freq=freq)
    return {period: min(period.end_time.date(), last) for period in periods}


def _when(period: pd.Period, freq: Frequency) -> Row:
    name = PERIODS[freq]
    number = getattr(period, name)
    return {name: period.start_time, f"{name}_number": number, "year": period.year}


def _cells(records: pd.DataFrame) -> dict[str, Cell]:
    """The cell of each transfer; its class is the last of its path, so a part's is its own."""
    return {
        row["id"]: (row["direction"], row["class_path"][-1], row["unit"])
        for row in _rows(records)
        if row["type"] == "transfer"
    }


def _states(records: pd.DataFrame, actors: pd.DataFrame) -> dict[str, Row]:
    """By direction: the codes of the two states."""
    states = {row["country"]: row for row in _rows(actors) if row["type"] == "state"}
    found: dict[str, Row] = {}
    for row in _rows(records[records["type"] == "transfer"]):
        codes: Row = {}
        for side in ("supplier", "recipient"):
            iso3 = row[f"{side}_country"]
            state = states.get(iso3, {})
            codes |= {f"{side}_iso3": iso3}
            codes |= {f"{side}_cow": state.get("cow_code"), f"{side}_gw": state.get("gw_code")}
        found[row["direction"]] = codes
    return found


# -- what was reported in it ---------------------------------------------------------------------------------


def _said(
    claims: pd.DataFrame, cell_of: Mapping[str, Cell], freq: Frequency, as_of: dt.date
) -> dict[tuple[Cell, Any], list[tuple[str | None, bool]]]:
    """By cell and period: the voice of each claim of its transfers, and whether its date is that narrow."""
    import pandas as pd

    found: dict[tuple[Cell, Any], list[tuple[str | None, bool]]] = {}
    public = public_on(claims, pd.Timestamp(as_of)).dt.to_period(freq)
    earliest = claims["stated_on_earliest"].dt.to_period(freq)
    rows = _rows(claims[["record", "voice", "rank"]])
    for row, period, begun in zip(rows, public, earliest, strict=True):
        if row["record"] in cell_of and row["rank"] != "deprecated":
            heard = found.setdefault((cell_of[row["record"]], period), [])
            heard.append((row["voice"], begun == period))
    return found


def _counts(said: Iterable[tuple[str | None, bool]]) -> Row:
    from armsledger.assess.model import UNATTRIBUTED

    said = list(said)
    return {
        "n_claims": len(said),
        "n_claims_dated": sum(dated for _, dated in said),
        "n_voices": len({voice for voice, _ in said} - {UNATTRIBUTED, None}),
    }


def _happened(
    claims: pd.DataFrame,
    records: pd.DataFrame,
    links: pd.DataFrame,
    cell_of: Mapping[str, Cell],
    freq: Frequency,
) -> dict[tuple[Cell, Any], set[str]]:
    """By cell and period: the events within it that a link or a claim joins to one of its transfers."""
    events = records[records["type"] == "event"]
    begun, ended = (events[name].dt.to_period(freq) for name in ("start_earliest", "end_latest"))
    within = {id_: one for id_, one, other in zip(events["id"], begun, ended, strict=True) if one == other}
    pairs = set(zip(links["record"], links["to"], strict=True))
    for row in _rows(claims[["record", "bears_on", "rank"]]):
        if row["rank"] != "deprecated":
            pairs |= {(row["record"], other) for other in row["bears_on"] or ()}
    found: dict[tuple[Cell, Any], set[str]] = {}
    for one, other in pairs:
        for event, transfer in ((one, other), (other, one)):
            if event in within and transfer in cell_of:
                found.setdefault((cell_of[transfer], within[event]), set()).add(event)
    return found


# -- what it had come to -------------------------------------------------------------------------------------


def _total(rows: Iterable[Row]) -> Row:
    """The sum of one cell's records. Of lows the sum is a low even where some lack one; of the others not."""
    rows = list(rows)
    lows, bests, highs = (
        [row[name] for row in rows if row[name] is not None] for name in ("low", "best", "high")
    )
    high = fsum(highs) if rows and len(highs) == len(rows) else None
    return {
        "low": fsum(lows) if lows else None,
        "best": fsum(bests) if rows and len(bests) == len(rows) else None,
        "high": high,
        "high_open": high is None if rows else None,
        "conflict": any(row["conflict"] for row in rows) if rows else None,
        "stale": any(row["stale"] for row in rows) if rows else None,
        "n_records": len(rows),
    }


def _rows(frame: pd.DataFrame) -> list[Row]:
    """The frame's rows with None for what is missing."""
    import pandas as pd

    columns = {
        name: [None if not isinstance(v, list) and pd.isna(v) else v for v in frame[name].tolist()]
        for name in frame.columns
    }
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
