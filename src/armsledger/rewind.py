"""`known_by`: every table as far as it had been publicly claimed by a day.

Filters the claims, lets `armsledger.assess` say what follows from those that are left, and drops the rows
that refer to what was not known yet. What refers to what is read from the release's own foreign keys.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from armsledger.errors import BadArgument, OtherMethod
from armsledger.files import Release, natural
from armsledger.past import Renamed, every_past, presented

if TYPE_CHECKING:
    import pandas as pd

    from armsledger.assess import Assessment

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def as_day(given: object, what: str) -> dt.date:
    """A day from a date, a datetime (its day) or ``YYYY-MM-DD``. Raises `BadArgument`, a ValueError."""
    day: dt.date | None = None
    if isinstance(given, dt.datetime):
        day = given.date() if given == given else None  # pandas' NaT is a datetime, and differs from itself
    elif isinstance(given, dt.date):
        day = given
    elif isinstance(given, str) and _DAY.fullmatch(given):
        try:
            day = dt.date.fromisoformat(given)
        except ValueError:
            day = None
    if day is None:
        raise BadArgument(f'{what}: {given!r} is no day; write YYYY-MM-DD, such as "2024-03-01"')
    return day


def rewound_table(release: Release, table: str, day: dt.date) -> pd.DataFrame:
    """One table of any version as known by a day, under the names that the version had.

    Raises `OtherMethod` where the version followed another edition of the rule than this package knows.
    """
    present = under_this_method(release)
    if not isinstance(present, Renamed):
        return rewound(release, day).table(table)
    return present.as_then(table, rewound(present, day).table(present.name_now(table)))


def under_this_method(release: Release) -> Release:
    """A release as the package's own rule can read it: a past one under the present names of its columns.

    Raises `OtherMethod` where the version followed another edition of the rule than this package knows.
    """
    from armsledger.assess import METHOD_VERSION

    if release.method_version != METHOD_VERSION:
        known = {v: r.method_version for v, r in every_past("datapackage.json").items()}
        same = [v for v, method in known.items() if method == release.method_version] or [release.version]
        raise OtherMethod(
            f"version {release.version} was assessed by edition {release.method_version} of the rule, and this"
            f" package knows edition {METHOD_VERSION}, so it cannot assess its claims anew. Install armsledger"
            f" {same[-1]}, which has that edition, and ask there"
        )
    return presented(release)


@lru_cache(maxsize=4)
def rewound(release: Release, day: dt.date) -> Rewound:
    """The release as known by a day; the last few are kept, since one rarely loads a single table."""
    return Rewound(release, day)


class Rewound:
    """The tables of a release as known by a day. Frames are new on each call and have no attrs."""

    def __init__(self, release: Release, day: dt.date) -> None:
        self.release = release
        self.day = day
        self._own: dict[str, Callable[[], pd.DataFrame]] = {
            "claims": lambda: self._claims.copy(),
            "claims_flat": lambda: self._only("claims_flat", {"id": self._known["claims"]}),
            "conversions": lambda: self._only("conversions", {"id": self._known["conversions"]}),
            "sources": self._sources,
            "records": lambda: self._only("records", {"id": self._known["records"]}),
            "revisions": self._revisions,
            "transfers": lambda: self._assessed("transfers", self._assessment.transfers),
            "events": lambda: self._assessed("events", self._assessment.events),
            "estimates": lambda: self._made("estimates", self._assessment.estimates),
            "transfer_status": lambda: self._made("transfer_status", self._assessment.transfer_status),
            "transfers_flat": self._transfers_flat,
            "dyad_month": self._dyad_month,
        }

    def table(self, table: str) -> pd.DataFrame:
        """One table, its rows, columns and types in the order in which `load` gives them."""
        if table in self._own:
            return self._own[table]()
        known: dict[str, set[str]] = {}
        for key in self.release.resource(table)["schema"].get("foreignKeys", ()):
            target = key["reference"]["resource"] or table
            if target != table and target in self._known:
                known[key["fields"][0]] = self._known[target]
        return self._only(table, known)

    # -- what was known ------------------------------------------------------------------------------------

    @cached_property
    def _claims(self) -> pd.DataFrame:
        import pandas as pd

        return known_claims(self.release.frame("claims"), self.day, pd.Timestamp(self.release.as_of))

    @cached_property
    def _known(self) -> dict[str, set[str]]:
        """By table: the ids that a row may refer to."""
        claims = set(self._claims["id"])
        records = set(self._claims["record"])
        for others in self._claims["bears_on"]:
            records.update(others if isinstance(others, list) else ())
        conversions = {
            row["id"] for row in self.release.rows("conversions") if claims.issuperset(row["claims"] or ())
        }
        late, early = set[str](), set[str]()
        for row in self.release.rows("claim_sources"):
            (early if row["claim"] in claims else late).add(row["source"])
        sources = {row["id"] for row in self.release.rows("sources")} - (late - early)
        return {
            "claims": claims,
            "records": records,
            "transfers": records,
            "events": records,
            "conversions": conversions,
            "sources": sources,
        }

    @cached_property
    def _assessment(self) -> Assessment:
        from armsledger.assess import assess, subjects

        frames = (self.release.frame(table) for table in ("transfers", "events", "participants"))
        return assess(self._claims, subjects(*frames), self.table("conversions"), day=self.day)

    # -- frames --------------------------------------------------------------------------------------------

    def _only(self, table: str, known: dict[str, set[str]]) -> pd.DataFrame:
        """The rows all of whose references are known or empty."""
        frame = self.release.frame(table)
        for column, ids in known.items():
            frame = frame[frame[column].isna() | frame[column].isin(ids)]
        return frame.reset_index(drop=True)

    def _sources(self) -> pd.DataFrame:
        return self._only("sources", {"id": self._known["sources"]})

    def _revisions(self) -> pd.DataFrame:
        """Those of known records, and of registry entries and documents, which are today's."""
        frame = self.release.frame("revisions")
        of_record = frame["table"].isin(("transfers", "events"))
        return frame[~of_record | frame["row_key"].isin(self._known["records"])].reset_index(drop=True)

    def _assessed(self, table: str, computed: pd.DataFrame) -> pd.DataFrame:
        """A table of records with its computed columns as of the day."""
        frame = self._only(table, {"id": self._known["records"]})
        fresh = computed.set_index("id").loc[frame["id"].tolist()]
        for column in fresh.columns:
            frame[column] = fresh[column].astype(frame[column].dtype).array
        return frame

    def _made(self, table: str, computed: pd.DataFrame) -> pd.DataFrame:
        """A table that is computed whole."""
        computed = computed[computed["record"].isin(self._known["records"])]
        return as_published(self.release, table, computed)

    def _dyad_month(self) -> pd.DataFrame:
        from armsledger.panels import panel_of

        return panel_of(self.release, self.table, "M", self.day)

    def _transfers_flat(self) -> pd.DataFrame:
        """The flat view: figures as they come, codes as their labels, claimants by name."""
        frame = self._only("transfers_flat", {"id": self._known["records"]})
        transfers = self.table("transfers")
        labels: dict[tuple[str, str], str] = {
            (row["list"], row["value"]): row["label"] for row in self.release.rows("codelists")
        }
        for column in self._assessment.transfers.columns:
            if column == "id" or column not in frame.columns:
                continue
            values: Any = transfers[column]
            if column in ("status", "confidence"):
                values = [labels.get((column, value)) for value in values]
                frame[column] = _as(values, frame[column].dtype)
            else:
                frame[column] = values.astype(frame[column].dtype).array
        names = {row["id"]: row["name"] for row in self.release.rows("actors")}
        claimants: dict[str, list[str]] = {}
        counted = self._claims[self._claims["rank"] == "normal"]
        for record, actor in zip(counted["record"], counted["claimant"], strict=True):
            of_record = claimants.setdefault(record, [])
            if names[actor] not in of_record:
                of_record.append(names[actor])
        texts = ["; ".join(claimants.get(id_, ())) for id_ in frame["id"]]
        frame["claimants"] = _as([text or None for text in texts], frame["claimants"].dtype)
        return frame


def known_claims(claims: pd.DataFrame, day: dt.date, as_of: pd.Timestamp) -> pd.DataFrame:
    """The claims public by the day."""
    import pandas as pd

    known: pd.DataFrame = claims[public_on(claims, as_of) <= pd.Timestamp(day)]
    return known.reset_index(drop=True)


def public_on(claims: pd.DataFrame, as_of: pd.Timestamp) -> pd.Series[pd.Timestamp]:
    """The day by which each was public for certain; not after `as_of`, however widely it is dated."""
    latest = claims["stated_on_latest"]
    return latest.where(latest <= as_of, as_of)


def as_published(release: Release, table: str, computed: pd.DataFrame) -> pd.DataFrame:
    """A computed table with the columns, types and order of rows in which it is published.

    A list that holds nothing is missing, as it is in what is published: a cell cannot hold an empty list.
    """
    import pandas as pd

    plain = release.frame(table)
    order = sorted(range(len(computed)), key=lambda i: natural(str(computed["id"].iloc[i])))
    types: Any = plain.dtypes.to_dict()
    made = computed[list(plain.columns)].iloc[order].astype(types).reset_index(drop=True)
    for field in release.resource(table)["schema"]["fields"]:
        if field["type"] == "list":
            made[field["name"]] = pd.Series([value or None for value in made[field["name"]]], dtype=object)
    return made


def _as(values: list[Any], dtype: Any) -> Any:
    import pandas as pd

    return pd.array(values, dtype=dtype)
