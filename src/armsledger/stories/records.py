"""The story of a transfer or an event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from armsledger.assess import attaching_denials, subjects
from armsledger.assess.estimates import FRESH_DAYS
from armsledger.citation import items, rendered
from armsledger.files import Release, Row
from armsledger.shelf import Shelf
from armsledger.stories.claimlines import told_claims
from armsledger.stories.history import told_history
from armsledger.stories.story import Fields, Figures, Grid, Part, Section, Story, Words
from armsledger.stories.words import (
    amount,
    capital,
    counted,
    day,
    first_sentence,
    listed,
    lower_first,
    number,
    on,
    unit,
    when,
)

_INVERSE = {
    "part_of": "has as a part",
    "follows": "is followed by",
    "in_return_for": "is paid for by",
    "carries": "is carried by",
    "evidence_of": "has as evidence",
    "admits": "is admitted by",
}
_TERMS = (
    "A claim is fresh if its day is within {} days of the newest one's; its point is its figure, unless that"
    " is only a bound. "
)
_RULE_MEANS = "Figures of different voices are compared by the rule and never added up."


def told_record(shelf: Shelf, row: Row) -> Story:
    """The whole story of one row of `transfers` or `events`."""
    transfer = "transfer_class" in row
    claims = _claims(shelf, row["id"])
    lead: list[Part] = [Words(_sentence(shelf, row) if transfer else _event_sentence(shelf, row))]
    if row["summary"]:
        lead.append(Words(row["summary"]))
    sections = [
        Section("How much", tuple(_estimate(shelf, row))),
        Section("How sure", tuple(_support(shelf, row))),
        Section("Who says so", (told_claims(shelf, claims, row["id"]),)),
        Section("Particulars", (Fields(tuple(_fields(shelf, row))),)),
        *_links(shelf, row),
        *_notes(shelf, row),
        told_history(shelf, row),
        Section("Where this comes from", (Fields(tuple(_origin(shelf, row))),)),
    ]
    return Story(row["id"], "transfer" if transfer else "event", row["title"], tuple(lead), tuple(sections))


def _claims(shelf: Shelf, record: str) -> list[Row]:
    """Its own claims, those that bear on it, and the denials that attach to it."""
    heard = {row["id"]: row for row in shelf.of("claims", "record", record)}
    heard |= {row["id"]: row for row in shelf.of("claims", "bears_on", record)}
    heard |= {id_: shelf.get("claims", id_) for id_ in _denials(shelf.release, record)}
    return list(heard.values())


def _denials(release: Release, record: str) -> list[str]:
    """The denials that attach to the record: one that names a whole class stands in another."""
    if not any(row["stance"] == "denies" for row in release.rows("claims")):
        return []
    tables = (release.frame(table) for table in ("transfers", "events", "participants"))
    return attaching_denials(release.frame("claims"), subjects(*tables)).get(record, [])


# -- what it is ----------------------------------------------------------------------------------------------


def _sentence(shelf: Shelf, row: Row) -> str:
    confidence = shelf.words("confidence", row["confidence"])
    status = (
        f"The furthest stage that is supported is {shelf.words('status', row['status'])} ({confidence})"
        if row["status"]
        else f"No stage of it is supported well enough to be named ({confidence})"
    )
    return (
        f"Reported transfer of {shelf.words('transfer_class', row['class'])} from"
        f" {shelf.label('direction', row['direction'])}, counted in {unit(shelf, row['unit'])}. {status};"
        f" {_positions(shelf, row)}."
    )


def _event_sentence(shelf: Shelf, row: Row) -> str:
    between = ""
    if row["direction"] == "joint":
        between = " involving both states"
    elif row["direction"]:
        between = f" about what moves from {shelf.label('direction', row['direction'])}"
    return (
        f"{shelf.label('event_type', row['event_type'])}{between}, {on(row['date'])}: that it happened is"
        f" {shelf.words('confidence', row['confidence'])}; {_positions(shelf, row)}."
    )


def _positions(shelf: Shelf, row: Row) -> str:
    """Who admits and who denies it."""
    sides = dict(zip(("supplier", "recipient"), _sides(shelf, row), strict=True))
    admits = [name for side, name in sides.items() if row[f"admitted_by_{side}"]]
    denies = [name for side, name in sides.items() if row[f"denied_by_{side}"]]
    said = []
    if admits:
        said.append(f"admitted by {listed(admits)} (first {on(row['first_admission_on'])})")
    elif row["first_admission_on"]:
        said.append(f"admitted {on(row['first_admission_on'])}")
    if denies:
        said.append(f"denied by {listed(denies)}")
    if row["contested"]:
        said.append("contested, since the latest word of at least one of the two states is a denial")
    return " and ".join(said) or "neither state is recorded as admitting or denying it"


def _sides(shelf: Shelf, row: Row) -> tuple[str, str]:
    """The two states' names, supplier first."""
    direction = row["direction"] or ""
    if "_to_" not in direction:
        return "the supplier", "the recipient"
    supplier, _, recipient = shelf.label("direction", direction).partition(" to ")
    return supplier, recipient


# -- how much ------------------------------------------------------------------------------------------------


def _estimate(shelf: Shelf, row: Row) -> Iterator[Part]:
    mine = shelf.of("estimates", "record", row["id"])
    last = max((e["day"] for e in mine if e["basis"] == "reported"), default=None)
    main = _main(row, [e for e in mine if e["day"] == last and e["basis"] == "reported"])
    code = row.get("unit") or row.get("headline_unit")
    if main is None:
        yield Words("No estimate: no claim gives a number that the rule accepts for this record as a whole.")
    else:
        yield Figures(_cells(shelf, main))
        rule, said = (
            shelf.label("estimate_rule", main["rule"]),
            shelf.definition("estimate_rule", main["rule"]),
        )
        terms = _TERMS.format(FRESH_DAYS) if "fresh" in said.lower() else ""
        yield Words(f"Rule {lower_first(rule)}. {said} {terms}{_RULE_MEANS}")
        if main["conflict"]:
            yield Words(
                "Conflict: the claims behind it have no number in common, or more was counted elsewhere than"
                " one of them allows."
            )
        if main["stale"]:
            yield Words(
                f"Stale: on {day(main['day'])} its newest claim was {number(main['stale_days'])} days old, so"
                " it says how things stood then."
            )
        if main["reported_max"] is not None:
            yield Words(
                f"The largest number that anyone asserted is {amount(shelf, main['reported_max'], code)};"
                " that is no estimate.",
                small=True,
            )
        history = _history(shelf, [e for e in mine if _series(e) == _series(main)])
        if len(history) > 1:
            columns = ("From", "Low", "Best", "High", "Rule")
            yield Grid(f"How it changed, in {unit(shelf, code)}", columns, tuple(history), False)
    others = [
        tuple(_other(shelf, e)) for e in _last_rows(mine) if main is None or _series(e) != _series(main)
    ]
    if others:
        yield Grid(
            "Other counts, never to be added to it or to each other",
            ("What", "On", "Low", "Best", "High", "Rule"),
            tuple(others),
            False,
        )


def _main(row: Row, last: list[Row]) -> Row | None:
    """The estimate that stands for the record: the one whose figures the record's own columns repeat."""
    if row["quantity_high_open"] is None:
        return None
    wanted = ("moved", "all", row.get("unit"))
    if "headline_unit" in row:
        wanted = (row["headline_measure"], row["headline_scope"] or "all", row["headline_unit"])
    columns = ("low", "best", "high", "reported_max", "rule", "conflict")
    for kind in ("cumulative", "flow", "on_hand"):
        for one in last:
            same = all(one[column] == row[f"quantity_{column}"] for column in columns)
            if same and one["kind"] == kind and (one["measure"], one["scope"], one["unit"]) == wanted:
                return one
    return None


def _cells(shelf: Shelf, estimate: Row) -> tuple[tuple[str, str], ...]:
    """5,000,000 rounds / 5,000,000 / open: the unit stands with the first figure there is."""
    cells = []
    code: str | None = estimate["unit"]
    for name in ("low", "best", "high"):
        value = estimate[name]
        if value is None:
            cells.append((name, "open" if name == "high" else "none"))
        else:
            cells.append((name, amount(shelf, value, code) if code else number(value)))
            code = None
    return tuple(cells)


def _series(estimate: Row) -> tuple[object, ...]:
    keys = ("measure", "scope", "unit", "kind", "basis", "window_earliest", "window_latest", "voice")
    if estimate["basis"] == "increment":
        return tuple(estimate[key] for key in (*keys, "id"))
    return tuple(estimate[key] for key in keys)


def _last_rows(estimates: Iterable[Row]) -> list[Row]:
    """The last row of each series, in the order of the table."""
    last: dict[tuple[object, ...], Row] = {}
    for one in estimates:
        before = last.get(_series(one))
        if before is None or one["day"] >= before["day"]:
            last[_series(one)] = one
    return list(last.values())


def _history(shelf: Shelf, rows: Iterable[Row]) -> list[tuple[str, ...]]:
    """A line for each day on which the figures changed."""
    lines: list[tuple[str, ...]] = []
    for one in sorted(rows, key=lambda row: str(row["day"])):
        figures = (*_bounds(one), shelf.label("estimate_rule", one["rule"]))
        if not lines or lines[-1][1:] != figures:
            lines.append((day(one["day"]), *figures))
    return lines


def _bounds(one: Row) -> tuple[str, str, str]:
    return number(one["low"]) or "none", number(one["best"]) or "none", number(one["high"]) or "open"


def _other(shelf: Shelf, one: Row) -> Iterator[str]:
    what = [
        shelf.label("measure", one["measure"]),
        unit(shelf, one["unit"]),
        shelf.words("kind", one["kind"]),
    ]
    if one["scope"] != "all":
        what.insert(1, f"only {one['scope']}")
    if one["basis"] != "reported":
        what.append(shelf.words("basis", one["basis"]))
    if one["window_earliest"] and one["window_latest"]:
        what.append(f"{day(one['window_earliest'])} to {day(one['window_latest'])}")
    if one["voice"]:
        what.append(shelf.name("voices", one["voice"]))
    yield ", ".join(what)
    yield day(one["day"])
    yield from _bounds(one)
    yield shelf.label("estimate_rule", one["rule"]) + (", conflict" if one["conflict"] else "")


# -- how sure ------------------------------------------------------------------------------------------------


def _support(shelf: Shelf, row: Row) -> Iterator[Part]:
    confidence = row["confidence"]
    yield Words(
        f"{shelf.label('confidence', confidence)}, by rule: {shelf.definition('confidence', confidence)}"
    )
    if row.get("status"):
        yield Words(f"{shelf.label('status', row['status'])}: {shelf.definition('status', row['status'])}")
        sure = row["status_confident"]
        if sure is None:
            yield Words("No stage is probable or better.")
        elif sure != row["status"]:
            yield Words(f"The highest stage at probable or better: {shelf.words('status', sure)}.")
    shown = (
        "at least one claim shows its evidence" if row["has_visible_evidence"] else "none shows its evidence"
    )
    exam = ", and one rests on an examined object" if row["has_physical_exam"] else ""
    independent = row["n_independent"]
    yield Words(
        f"{capital(counted(row['n_claims'], 'claim'))} by {counted(row['n_claimants'], 'claimant')} in"
        f" {counted(row['n_sources'], 'document')}; {counted(independent, 'independent voice')} among those"
        f" whose word counts; {shown} to the public{exam}."
    )


# -- the rest ------------------------------------------------------------------------------------------------


def _fields(shelf: Shelf, row: Row) -> Iterator[tuple[str, str]]:
    id_ = row["id"]
    if "transfer_class" in row:
        yield "Supplier", shelf.name("actors", row["supplier"])
        yield "Recipient", shelf.name("actors", row["recipient"])
        for link in shelf.of("transfer_intermediaries", "record", id_):
            yield "By way of", shelf.name("actors", link["actor"])
        items = [shelf.name("items", link["item"]) for link in shelf.of("record_items", "record", id_)]
        if items:
            yield "Items", "; ".join(items)
        level = first_sentence(shelf.definition("level", row["level"]))
        yield "Level", f"{shelf.label('level', row['level'])}: {lower_first(level)}"
        yield "Began", capital(when(row["start"]))
        yield "Ended", "Nobody says that it did" if row["end"] == ".." else capital(when(row["end"]))
        if row["ended"]:
            yield "Ended by", shelf.label("ended", row["ended"])
        if row["condition"] != "unknown":
            yield "Condition", shelf.label("condition", row["condition"])
        if row["quantity_high_open"] is not None:
            fit = "yes" if row["recommended_for_totals"] else "no, or goods would be counted twice"
            yield "Fit for totals", f"{fit}; within {unit(shelf, row['unit'])} only"
    else:
        yield "Date", capital(when(row["date"]))
        for link in shelf.of("participants", "record", id_):
            yield shelf.label("participant_role", link["role"]), shelf.name("actors", link["actor"])
    for link in shelf.of("record_places", "record", id_):
        place = shelf.name("places", link["place"])
        yield "Place", f"{place} ({shelf.words('place_role', link['role'])}{_says(link)})"
    for link in shelf.of("record_vessels", "record", id_):
        vessel = shelf.name("vessels", link["vessel"])
        yield "Vessel", f"{vessel} ({shelf.words('vessel_role', link['role'])}{_says(link)})"
    for link in shelf.of("record_provisions", "record", id_):
        judged = shelf.words("assessment", link["assessment"])
        yield "Provision", f"{shelf.provision(link['provision'])} ({judged}{_says(link)})"
    yield "First reported", capital(when(row["first_reported_on"])) or "not at all"
    if row["last_reported_on"] != row["first_reported_on"]:
        yield "Last reported", capital(when(row["last_reported_on"]))


def _says(link: Row) -> str:
    return f"; {link['claim']}" if link["claim"] else ""


def _links(shelf: Shelf, row: Row) -> Iterator[Section]:
    lines: list[tuple[str, ...]] = []

    def add(relation: str, id_: str, link: Row | None = None) -> None:
        claim = (link or {}).get("claim") or ""
        lines.append((id_, relation, shelf.record(id_).get("title", ""), claim))

    if row.get("parent"):
        add("is a part of", row["parent"])
    for child in shelf.of("transfers", "parent", row["id"]):
        add("has as a part", child["id"])
    for link in shelf.of("record_links", "record", row["id"]):
        add(f"is {shelf.words('relation', link['relation'])}", link["to"], link)
    for link in shelf.of("record_links", "to", row["id"]):
        relation = link["relation"]
        inverse = _INVERSE.get(relation, f"is {shelf.words('relation', relation)}")
        add(inverse, link["record"], link)
    for claim in shelf.of("claims", "record", row["id"]):
        for other in claim["bears_on"] or ():
            add("has a claim that bears on", other, {"claim": claim["id"]})
    if lines:
        ordered = tuple((relation, id_, title, claim) for id_, relation, title, claim in lines)
        grid = Grid(
            "How this record hangs together with others", ("This record", "Id", "Title", "Said by"), ordered
        )
        yield Section("Other records", (grid,))


def _notes(shelf: Shelf, row: Row) -> Iterator[Section]:
    parts: list[Part] = [Words(row["note"])] if row["note"] else []
    if parts:
        yield Section("Notes", tuple(parts))


def _origin(shelf: Shelf, row: Row) -> Iterator[tuple[str, str]]:
    record = shelf.get("records", row["id"])
    yield "Record file", row["record_path"]
    yield "Its SHA-256", f"{row['record_sha256'][:12]}… (first 12 of 64)"
    yield "Coded", f"on {day(record['coded_on'])} by a {shelf.words('coder', record['coded_by'])}"
    yield (
        "Reviewed",
        f"on {day(record['reviewed_on'])} by a {shelf.words('coder', record['reviewed_by'])}"
        if record["reviewed_by"]
        else "not yet by anybody else",
    )
    table = "transfers" if shelf.get("transfers", row["id"]) else "events"
    entry = items.entry(shelf, table, row["id"])
    entry.pop("note")  # how to get to this page
    yield "Cite as", rendered([entry], "apa")
