"""From figures back to what they rest on: `sources`, and forward again by the written rule: `estimates`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, overload

from armsledger.citation import Style, bibliography
from armsledger.errors import BadArgument, UnknownId, nearest
from armsledger.files import Release, packaged
from armsledger.frames import described, known_day
from armsledger.past import presented, release_of

if TYPE_CHECKING:
    import pandas as pd


@overload
def sources(df_or_id: pd.DataFrame | str | None = None, *, style: None = None) -> pd.DataFrame: ...
@overload
def sources(df_or_id: pd.DataFrame | str | None = None, *, style: Style) -> str: ...
def sources(df_or_id: pd.DataFrame | str | None = None, *, style: Style | None = None) -> pd.DataFrame | str:
    """The documents behind a frame, behind one id, or all of them: as a frame, or as a bibliography.

    df_or_id: the id of a document, a claim, an estimate or a record (its own claims and those that bear on
        it); or any frame of this package, or a part of one, that names documents, claims or records: the
        first of these columns that it has is followed: `id` (if all are ids of claims, records or
        documents), `source_ids`, `source`, `claims`, `claim`, `record`. None: all documents.
    style: as `cite` has it, ``"apa"``, ``"bibtex"`` or ``"csl-json"``: then the documents are returned as text, a
        list of references in the order of APA, under keys that are the documents' ids. A date is no more precise
        than the source: a set such as ``[2024-11-29..2024-12-31]`` is circa 2024, and what gives no year is n.d.

    Without a style, returns the rows of `load("sources")`, with its columns and types and two more: publisher_name
    ("string") and n_claims (Int64), how many of the claims asked about the document carries (if documents
    were asked for: of all claims). Fewer documents than claims is the rule: do not count them as
    confirmations.

    A frame of a past version is followed in that version.

    LookupError: no such id. ValueError: the frame has none of these columns, or another style.
    """
    import pandas as pd

    release = presented(release_of(_version_of(df_or_id)))
    carried = [(row["claim"], row["source"]) for row in release.rows("claim_sources")]
    if df_or_id is None:
        claims, documents = None, None
    elif isinstance(df_or_id, str):
        claims, documents = _behind([df_or_id], release)
    else:
        claims, documents = _named_in(df_or_id, release)
    if claims is not None:
        documents = {source for claim, source in carried if claim in claims}
    frame = release.frame("sources")
    if documents is not None:
        frame = frame[frame["id"].isin(documents)].reset_index(drop=True)
    if style is not None:
        return bibliography(frame["id"], release, style)
    counts: dict[str, int] = {}
    for claim, source in {pair for pair in carried if claims is None or pair[0] in claims}:
        counts[source] = counts.get(source, 0) + bool(claim)
    names = {row["id"]: row["name"] for row in release.rows("actors")}
    frame["publisher_name"] = pd.array([names[id_] for id_ in frame["publisher"]], dtype="string")
    frame["n_claims"] = pd.array([counts.get(id_, 0) for id_ in frame["id"]], dtype="Int64")
    return described(frame, release, "sources")


def _version_of(frame: Any) -> str | None:
    """The version that a frame of this package says that it is from; None for what says nothing."""
    about = getattr(frame, "attrs", {}).get("armsledger")
    return about.get("version") if isinstance(about, dict) else None


Behind = tuple[set[str] | None, set[str] | None]  # claims, or documents


def _behind(ids: Iterable[str], release: Release) -> Behind:
    """The claims behind ids of claims, estimates or records; or the ids, if they are documents."""
    ids = set(ids)
    if ids <= {row["id"] for row in release.rows("sources")}:
        return None, ids
    claims: dict[str, set[str]] = {}
    for row in release.rows("claims"):
        claims[row["id"]] = {row["id"]}
        for record in (row["record"], *(row["bears_on"] or ())):
            claims.setdefault(record, set()).add(row["id"])
    for table in ("estimates", "transfer_status", "conversions"):
        for row in release.rows(table):
            claims.setdefault(row["id"], set()).update(row["claims"] or ())
    unknown = sorted(ids - claims.keys())
    if unknown:
        known = [*claims, *(row["id"] for row in release.rows("sources"))]
        near = nearest(unknown[0], known)
        guess = f" Nearest: {', '.join(near)}." if near else ""
        raise UnknownId(f"{unknown[0]}: not the id of a document, a claim or a record.{guess}")
    return set().union(*(claims[id_] for id_ in ids)), None


def _named_in(frame: Any, release: Release) -> Behind:
    import pandas as pd

    if not isinstance(frame, pd.DataFrame):
        raise BadArgument(f"sources takes a frame, an id or nothing, not {type(frame).__name__}")
    unknown: UnknownId | None = None
    for column in ("id", "source_ids", "source", "claims", "claim", "record"):
        if column not in frame.columns:
            continue
        ids = _ids(frame[column])
        if column in ("source_ids", "source"):
            return None, ids
        try:
            return _behind(ids, release) if ids else (set(), None)
        except UnknownId as error:
            unknown = error
    if unknown is not None:
        raise unknown
    raise BadArgument(
        "the frame names no documents: it has none of the columns id, source_ids, source, claims, claim,"
        " record"
    )


def _ids(values: Iterable[Any]) -> set[str]:
    found: set[str] = set()
    for value in values:
        if isinstance(value, str):
            found.add(value)
        elif isinstance(value, Iterable) and not isinstance(value, Mapping):
            found.update(str(one) for one in value)
    return found


def estimates(
    claims: pd.DataFrame | None = None,
    *,
    as_of: str | dt.date | None = None,
    known_by: str | dt.date | None = None,
) -> pd.DataFrame:
    """Low, best and high of every series, computed now by the written rule (codebook, section 4).

    With no argument it gives what ``load("estimates")`` holds. Leave out claims, or change their grades, to
    see what an estimate rests on::

        claims = armsledger.load("claims")
        armsledger.estimates(claims[claims.claimant != "ua-hur"])

    claims: `load("claims")` or some of its rows, with its columns and types; changed values count.
    as_of: the day of each series' last row; claims about later days enter none. Default: `known_by`, else
        the dataset's as-of day. Staleness is measured to it.
    known_by: only claims that had become public by that day.

    Returns the columns and types of ``load("estimates")``: figures in the row's `unit`, a row for each day on
    which a series' claims change and one at `as_of`. Figures of different voices are never added up. A
    conversion is used only where all claims that it rests on are among those given.

    ValueError: `as_of` or `known_by` is no day, `known_by` is after the dataset's as-of day, or a column or
    id is missing. TypeError: a column is not of its type.
    """
    import pandas as pd

    from armsledger.assess import assess, subjects
    from armsledger.rewind import as_day, as_published, known_claims

    release = packaged()
    if claims is not None and not isinstance(claims, pd.DataFrame):
        raise BadArgument(f'claims: a frame such as load("claims"), not {type(claims).__name__}')
    version = _version_of(claims)
    if version not in (None, release.version):
        raise BadArgument(
            f"claims: they are version {version}'s, and estimates() assesses those of {release.version};"
            f' load("estimates", version="{version}", known_by=...) assesses that version'
        )
    known = None if known_by is None else known_day(known_by, release)
    day = as_day(as_of, "as_of") if as_of is not None else known or release.as_of
    given = release.frame("claims") if claims is None else claims
    if known is not None:
        given = known_claims(given, known, pd.Timestamp(release.as_of))
    frames = (release.frame(table) for table in ("transfers", "events", "participants"))
    made = assess(given, subjects(*frames), release.frame("conversions"), day=day).estimates
    return described(as_published(release, "estimates", made), release, "estimates", known)
