"""The data report: what a release holds, who says it, how it is known, what stands in doubt and what is missing.

Every figure is counted from the release's tables. What is known to be missing is typed, in ``quality/gaps.csv``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from armsledger.stories.words import number
from compiler.agreement import LEAST, Measured
from compiler.check import Checked
from compiler.derive import Tables
from schemas.codelists import CODELISTS
from schemas.export import cell_text
from schemas.fields import specs
from schemas.layout import MODELS
from schemas.rules import RULES

Lines = list[str]
SHOWN = 40  # of a long list of claimants the first so many, the rest in one row


def data_report(
    about: Mapping[str, Any],
    checked: Checked,
    tables: Tables,
    rounds: Sequence[Measured],
    gaps: Sequence[Mapping[str, str]],
) -> str:
    """The report as Markdown. ``gaps``: subject, missing, looked_for."""
    return "\n".join(
        [
            "# Data report",
            "",
            f"{about['title']}, version {about['version']}, as of {about['as_of'].isoformat()}. Generated from the "
            "tables; do not edit. The rows are what was reported and found, so a larger count is not more arms.",
            *_glance(tables),
            *_records(tables),
            *_claims(tables),
            *_sources(tables),
            *_care(tables),
            *_agreement(rounds),
            *_estimates(tables),
            *_warnings(checked),
            *_missing(gaps),
            "",
        ]
    )


# -- its parts -----------------------------------------------------------------------------------------------


def _glance(tables: Tables) -> Lines:
    claims, sources = tables["claims"], tables["sources"]
    counts = [
        ("Transfers", len(tables["transfers"])),
        ("Events", len(tables["events"])),
        ("Claims", len(claims)),
        ("Claims that deny", int((claims["stance"] == "denies").sum())),
        ("Claims that cast doubt or decline to confirm", int(claims["stance"].isin(_DOUBTING).sum())),
        ("Claimants", claims["claimant"].nunique()),
        (
            "Voices, the unattributed left out",
            claims.loc[claims["voice"] != "unattributed", "voice"].nunique(),
        ),
        ("Documents", len(sources)),
        ("Languages of the documents", sources["language"].nunique()),
    ]
    return ["", "## At a glance", "", *_table(("", "n"), counts)]


_DOUBTING = ("casts_doubt", "declines_to_confirm")


def _records(tables: Tables) -> Lines:
    transfers, events = tables["transfers"], tables["events"]
    began = pd.concat(
        [
            pd.DataFrame({"day": transfers["start_earliest"], "type": "transfer"}),
            pd.DataFrame({"day": events["date_earliest"], "type": events["event_type"].astype("string")}),
        ]
    )
    quarters = pd.PeriodIndex(began["day"], freq="Q")
    rows = []
    for quarter, group in began.groupby(quarters):
        of_events = group.loc[group["type"] != "transfer", "type"].value_counts()
        types = ", ".join(f"{_label('event_type', t)} {n}" for t, n in sorted(of_events.items()))
        year, n = quarter.year, quarter.quarter
        rows.append((f"{year}, {n}", int((group["type"] == "transfer").sum()), int(of_events.sum()), types))
    classes = Counter(zip(transfers["class"].astype(str), transfers["level"].astype(str), strict=True))
    return [
        "",
        "## Records by quarter and type",
        "",
        "By the earliest day that the record's date allows: a transfer in the quarter in which it may have begun.",
        "",
        *_table(("quarter", "transfers begun", "events", "events by type"), rows, ":- -: -: :-"),
        "",
        *_table(
            ("transfers of class", "level", "n"),
            [(_label("transfer_class", c), _label("level", lv), n) for (c, lv), n in sorted(classes.items())],
            ":- :- -:",
        ),
        "",
        *_counts("events of type", events["event_type"], "event_type"),
    ]


def _claims(tables: Tables) -> Lines:
    claims = tables["claims"]
    names = tables["actors"].set_index("id")["name"]
    languages = _languages(tables)
    spoken = languages.explode().value_counts()
    return [
        "",
        "## Claims",
        "",
        "A claim counts once in each table but that of languages, where it counts in each language that one of its "
        "documents is in.",
        "",
        *_counts("claimant", claims["claimant"].map(names), shown=SHOWN),
        "",
        *_counts("the claimant's stake", claims["interest"], "interest"),
        "",
        *_table(
            ("language", "claims", "share"), [(lang, n, _share(n, len(claims))) for lang, n in spoken.items()]
        ),
        "",
        *_counts("evidence", claims["evidence_type"], "evidence_type"),
        "",
        *_counts("stance", claims["stance"], "stance"),
        "",
        *_counts("kind", claims["kind"], "kind"),
    ]


def _languages(tables: Tables) -> pd.Series:
    """The languages of each claim's documents, a list without doubles a claim."""
    links = tables["claim_sources"].merge(tables["sources"], left_on="source", right_on="id")
    return links.groupby("claim")["language"].agg(lambda found: sorted(set(found)))


def _sources(tables: Tables) -> Lines:
    claims, sources = tables["claims"], tables["sources"]
    links = tables["claim_sources"]
    roles = {role: set(links.loc[links["role"] == role, "claim"]) for role in ("origin", "first_report")}
    only_first = roles["first_report"] - roles["origin"]
    n = len(claims)
    found = [
        ("with the claimant's own text among the documents (origin)", len(roles["origin"])),
        ("without it, with a first report", len(only_first)),
        ("with neither", n - len(roles["origin"] | roles["first_report"])),
        ("coded from excerpts only", int(claims["excerpt_only"].sum())),
        ("with at least one document read in full", int((~claims["excerpt_only"]).sum())),
        ("with two documents or more", int((claims["n_sources"] > 1).sum())),
    ]
    return [
        "",
        "## Documents, and how the claims were found",
        "",
        *_counts("type of document", sources["source_type"], "source_type"),
        "",
        *_counts("language of document", sources["language"]),
        "",
        *_counts("read as", sources["read_as"], "read_as"),
        "",
        *_table(("claims", "n", "share"), [(what, k, _share(k, n)) for what, k in found]),
    ]


def _care(tables: Tables) -> Lines:
    claims, transfers, events = tables["claims"], tables["transfers"], tables["events"]
    both = pd.concat([transfers, events])
    asserted = claims[claims["stance"].isin(("asserts", "corrects")) & (claims["voice"] != "unattributed")]
    partial = asserted.groupby("record")["interest"].agg(lambda held: set(held.dropna()) <= _PARTIAL)
    latest = _latest(tables)
    rows = [
        ("Records that rest on one voice or none", int((both["n_independent"] < 2).sum()), len(both)),
        (
            "Records whose every asserting voice is an adversary of the dyad or its ally",
            int(partial.sum()),
            len(both),
        ),
        (
            "Records whose last word by a state of the dyad is a denial",
            int(both["contested"].sum()),
            len(both),
        ),
        (
            "Records that a state of the dyad admitted",
            int((both["admitted_by_supplier"].eq(True) | both["admitted_by_recipient"].eq(True)).sum()),
            len(both),
        ),
        ("Latest estimates older than 180 days", int(latest["stale"].sum()), len(latest)),
        (
            "Latest estimates in which fresh claims contradict each other",
            int(latest["conflict"].sum()),
            len(latest),
        ),
        *_unclear(tables),
    ]
    confidence = both.groupby(both["confidence"].astype("string")).size()
    order = [code for code in CODELISTS["confidence"].values if code in confidence.index]
    return [
        "",
        "## Where care is needed",
        "",
        *_table(("", "n", "of", "share"), [(what, k, n, _share(k, n)) for what, k, n in rows]),
        "",
        *_table(
            ("confidence", "records", "share"),
            [(_label("confidence", c), int(confidence[c]), _share(confidence[c], len(both))) for c in order],
        ),
    ]


_PARTIAL = {"adversary", "ally_of_adversary"}


def _unclear(tables: Tables) -> list[tuple[str, int, int]]:
    """How often `other` and `unknown` stand in a coded column that people typed."""
    rows: list[tuple[str, int, int]] = []
    for name in ("transfers", "events", "claims", "sources"):
        for column, spec in specs(MODELS[name]).items():
            if spec.codelist and spec.by == "typed" and column in tables[name]:
                held = tables[name][column].astype("string").isin(("other", "unknown", "unclear"))
                if held.any():
                    rows.append((f"`other` or `unknown` in `{name}.{column}`", int(held.sum()), len(held)))
    return rows


def _agreement(rounds: Sequence[Measured]) -> Lines:
    if not rounds:
        return []
    lines = ["", "## Agreement of two codings", ""]
    for one in rounds:
        low = [f"`{line.field}` ({line.alpha:.2f})" for line in one.lines if line.below]
        exact = {line.field: line.exact_rate for line in one.lines}
        dates = ", ".join(f"`{f}` {exact[f]:.0%}" for f in ("window", "since", "as_of", "stated_on"))
        lines.append(
            f"- **{one.codings.title}.** {one.codings.about} Exact matches: figures {exact['figures']:.0%}, {dates}. "
            + (f"Alpha below {LEAST}: {', '.join(low)}." if low else f"No alpha is below {LEAST}.")
        )
    return [
        *lines,
        "",
        "All figures, and every disagreement with how it was settled: [agreement](agreement.md).",
    ]


def _latest(tables: Tables) -> pd.DataFrame:
    """The last row of every reported series."""
    estimates = tables["estimates"]
    reported = estimates[estimates["basis"] == "reported"].sort_values("day", kind="stable")
    series = ["record", "measure", "scope", "unit", "kind", "window_earliest", "window_latest"]
    return reported.groupby(series, dropna=False, observed=True).tail(1).sort_values(["record", "id"])


def _estimates(tables: Tables) -> Lines:
    latest = _latest(tables)
    both = pd.concat([tables["transfers"], tables["events"]])
    titles = both.set_index("id")["title"]
    rules = latest["rule"].astype("string").value_counts()
    rows = []
    for row in latest.to_dict("records"):
        window = ""
        if row["kind"] == "flow":
            window = f", {row['window_earliest']:%Y-%m-%d} to {row['window_latest']:%Y-%m-%d}"
        high = "open" if row["high_open"] is True else figure(row["high"])
        rows.append(
            (
                f"{row['record']} {titles[row['record']]}",
                f"{row['measure']}, {row['scope']}, {row['kind']}{window}",
                row["unit"],
                figure(row["low"]),
                figure(row["best"]),
                high,
                row["rule"],
                f"{row['n_claims']}/{row['n_voices']}",
                " ".join(word for word in ("conflict", "stale") if row[word] is True),
            )
        )
    return [
        "",
        "## Estimates, with their rule",
        "",
        "The last row of every reported series; [method](method.md) has the rules. From: claims/voices.",
        "",
        *_table(
            ("rule", "what it says", "series"),
            [
                (r, _definition("estimate_rule", r), int(rules[r]))
                for r in CODELISTS["estimate_rule"].values
                if r in rules.index
            ],
            ":- :- -:",
        ),
        "",
        *_table(
            ("record", "series", "unit", "low", "best", "high", "rule", "from", ""),
            rows,
            ":- :- :- -: -: -: :- -: :-",
        ),
    ]


def _warnings(checked: Checked) -> Lines:
    stand = [
        (row["id"].rsplit(".", 1)[0], row["id"].rsplit(".", 1)[1], row["reason"])
        for row in checked.tables["accepted"]
    ]
    left = [p for p in checked.problems if p.severity == "warning"]
    counts = Counter(rule for _, rule, _ in stand)
    lines = ["", "## Warnings that stand, and why", ""]
    if stand:
        lines += [
            "Each was looked at on its own; a change of the record brings it back.",
            "",
            *_table(
                ("rule", "what it asks for", "n"),
                [(r, RULES[r].demand, n) for r, n in counts.items()],
                ":- :- -:",
            ),
            "",
            *_table(("record", "rule", "why it stands"), sorted(stand), ":- :- :-"),
        ]
    if left:
        lines += ["", f"Not yet looked at: {len(left)}.", ""]
        lines += _table(("rule", "where", "what"), [(p.rule, p.file, p.message) for p in left], ":- :- :-")
    return lines if stand or left else [*lines, "None."]


def _missing(gaps: Sequence[Mapping[str, str]]) -> Lines:
    lines = ["", "## What is known to be missing", ""]
    if not gaps:
        return [*lines, "Nothing was written down."]
    rows = [(gap["subject"], gap["missing"], gap["looked_for"]) for gap in gaps]
    return [*lines, *_table(("subject", "missing", "where it was looked for"), rows, ":- :- :-")]


# -- tables --------------------------------------------------------------------------------------------------


def _table(head: Sequence[str], rows: Iterable[Sequence[Any]], align: str = "") -> Lines:
    """A Markdown table; ``align``: a mark a column, numbers to the right where it is not given."""
    rows = [[cell_text(figure(cell) if isinstance(cell, int) else str(cell)) for cell in row] for row in rows]
    marks = align.split() or [":-", *["-:"] * (len(head) - 1)]
    return ["| " + " | ".join(cells) + " |" for cells in (head, marks, *rows)]


def _counts(name: str, values: pd.Series, codelist: str = "", shown: int | None = None) -> Lines:
    counts = values.astype("string").value_counts()
    rows = sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
    made = [(_label(codelist, c) if codelist else c, int(n), _share(n, len(values))) for c, n in rows]
    if shown is not None and len(made) > shown:
        rest = sum(n for _, n, _ in made[shown:])
        made[shown:] = [(f"{len(made) - shown} others", rest, _share(rest, len(values)))]
    return _table((name, "n", "share"), made)


def _share(n: Any, of: int) -> str:
    if not of:
        return ""
    return "<1%" if 0 < n / of < 0.005 else f"{n / of:.0%}"


def figure(value: Any) -> str:
    return "" if pd.isna(value) else number(float(value))


def _label(codelist: str, code: Any) -> str:
    return next((c.label for c in CODELISTS[codelist].codes if c.value == code), str(code))


def _definition(codelist: str, code: str) -> str:
    return next(c.definition for c in CODELISTS[codelist].codes if c.value == code)
