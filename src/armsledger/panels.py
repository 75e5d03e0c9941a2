"""The dyad panel: what was reported in each period of a direction, class and unit, and the total at its end.

`dyad_panel` is one pure function of frames. The compiler makes the table `dyad_month` with it, `known_by` the same
table as of an earlier day, `panel` quarters and years. What may be added up is `armsledger.assess`'s to say.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from math import fsum
from typing import TYPE_CHECKING, Any, Literal

from armsledger.errors import BadArgument, one_of
from armsledger.files import Release, natural
from armsledger.frames import described, known_day, load
from armsledger.past import release_of
from armsledger.rewind import public_on, rewound, under_this_method

if TYPE_CHECKING:
    import pandas as pd

Frequency = Literal["M", "Q", "Y"]
Cell = tuple[str, str, str]  # direction, class, unit: what a row is of, but for its period
Row = dict[str, Any]

PERIODS: dict[str, str] = {"M": "month", "Q": "quarter", "Y": "year"}


def panel(
    freq: Frequency = "M", *, version: str | None = None, known_by: str | dt.date | None = None
) -> pd.DataFrame:
    """Month (quarter, year) x direction x class x unit, zero-filled: the shape for regressions and maps.

    A row for every period from the dataset's first day to its as-of day and every direction, class and unit
    that some transfer has; sorted by direction, class, unit and period. ::

        panel = armsledger.panel()
        shells = panel[panel["unit"] == "round"].set_index("month")   # one unit, always
        shells["low"].plot()

    freq: ``"M"``, months, is ``load("dyad_month")``. ``"Q"`` and ``"Y"`` are made anew from the claims, since
        voices and events are not to be added up over months.
    version, known_by: as in `load`: what that version said, and everything as far as it had been publicly
        claimed by that day, which is then the last day of the panel.

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

    ValueError: no such freq or version; `known_by` is no day or after the as-of day; quarters or years of a
    version that followed another edition of the rule.
    """
    if freq not in tuple(PERIODS):
        raise BadArgument(one_of("freq", freq, PERIODS))
    if freq == "M":
        return load("dyad_month", version=version, known_by=known_by)
    release = under_this_method(release_of(version))
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
    import pandas as pd

    from armsledger.assess import recommended
    from armsledger.assess.writing import DAY, table
    from armsledger.tabular import rows_of

    ends = _ends(freq, first, last)
    subjects = rows_of(records)
    transfers = [row for row in subjects if row["type"] == "transfer"]
    # the class is the last of its path, so a part's is its own
    cell_of = {row["id"]: (row["direction"], row["class_path"][-1], row["unit"]) for row in transfers}
    dated = claims.assign(public=public_on(claims, pd.Timestamp(as_of)))
    dated = dated[["record", "bears_on", "voice", "rank", "public", "stated_on_earliest"]]
    heard = [row for row in rows_of(dated) if row["rank"] != "deprecated"]
    said = _said(heard, cell_of, freq)
    happened = _happened(subjects, heard, rows_of(links), cell_of, freq)
    totals: dict[tuple[Cell, dt.date], list[Row]] = {}
    for row in rows_of(recommended(claims, records, ends.values())):
        totals.setdefault((cell_of[row["record"]], row["day"]), []).append(row)
    states = _states(transfers, rows_of(actors))
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


def _states(transfers: Iterable[Row], actors: Iterable[Row]) -> dict[str, Row]:
    """By direction: the codes of the two states."""
    states = {row["country"]: row for row in actors if row["type"] == "state"}
    found: dict[str, Row] = {}
    for row in transfers:
        codes: Row = {}
        for side in ("supplier", "recipient"):
            iso3 = row[f"{side}_country"]
            state = states.get(iso3, {})
            codes |= {f"{side}_iso3": iso3}
            codes |= {f"{side}_cow": state.get("cow_code"), f"{side}_gw": state.get("gw_code")}
        found[row["direction"]] = codes
    return found


# -- what was reported in it ---------------------------------------------------------------------------------


def _within(first: dt.date | None, last: dt.date | None, freq: Frequency) -> pd.Period | None:
    """The period in which both days lie; None if they lie in two, or one is open."""
    import pandas as pd

    if first is None or last is None:
        return None
    period = pd.Period(last, freq)
    return period if period.start_time.date() <= first else None


def _said(
    claims: Iterable[Row], cell_of: Mapping[str, Cell], freq: Frequency
) -> dict[tuple[Cell, pd.Period | None], list[Row]]:
    """By cell and period: the claims of its transfers that became public in it."""
    found: dict[tuple[Cell, pd.Period | None], list[Row]] = {}
    for row in claims:
        if row["record"] in cell_of:
            period = _within(row["public"], row["public"], freq)
            dated = _within(row["stated_on_earliest"], row["public"], freq) is not None
            found.setdefault((cell_of[row["record"]], period), []).append({**row, "dated": dated})
    return found


def _counts(claims: Collection[Row]) -> Row:
    from armsledger.assess.model import UNATTRIBUTED

    return {
        "n_claims": len(claims),
        "n_claims_dated": sum(row["dated"] for row in claims),
        "n_voices": len({row["voice"] for row in claims} - {UNATTRIBUTED, None}),
    }


def _happened(
    records: Iterable[Row],
    claims: Iterable[Row],
    links: Iterable[Row],
    cell_of: Mapping[str, Cell],
    freq: Frequency,
) -> dict[tuple[Cell, pd.Period | None], set[str]]:
    """By cell and period: the events within it that a link or a claim joins to one of its transfers."""
    joined = {(row["record"], row["to"]) for row in links}
    joined |= {(row["record"], other) for row in claims for other in row["bears_on"] or ()}
    periods = {
        row["id"]: _within(row["start_earliest"], row["end_latest"], freq)
        for row in records
        if row["type"] == "event"
    }
    found: dict[tuple[Cell, pd.Period | None], set[str]] = {}
    for one, other in joined:
        for event, transfer in ((one, other), (other, one)):
            if event in periods and transfer in cell_of:
                found.setdefault((cell_of[transfer], periods[event]), set()).add(event)
    return found


# -- what it had come to -------------------------------------------------------------------------------------


def _total(rows: Collection[Row]) -> Row:
    """The sum of one cell's records. Of lows the sum is a low even where some lack one; of the others not."""
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
