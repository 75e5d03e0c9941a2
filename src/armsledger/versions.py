"""Versions of the dataset: which there are, and what changed from one to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from armsledger.differences import Change, differences, sheets_of
from armsledger.errors import BadArgument
from armsledger.files import packaged
from armsledger.frames import described
from armsledger.past import every_past, known_versions, order, release_of, sums_digest

if TYPE_CHECKING:
    import pandas as pd


def versions() -> pd.DataFrame:
    """Every version that this package carries, oldest first, the installed one last.

    Columns: version ("string"), as_of (datetime64[ms], the day that it stands for), method_version
    ("string", the edition of the written rule that its estimates follow), transfers, events, claims, sources
    (Int64, rows of these tables), installed (boolean), sums_sha256 ("string": the SHA-256 of its SHA256SUMS,
    which is published in the repository under ``releases/``).

    Damaged: a version is not as it was published.
    """
    import pandas as pd

    counted = ("transfers", "events", "claims", "sources")
    past = every_past("datapackage.json", *(f"csv/{table}.csv" for table in counted))
    here = packaged()
    rows = []
    for version in known_versions():
        release = here if version == here.version else past[version]
        rows.append(
            {
                "version": version,
                "as_of": release.as_of,
                "method_version": release.method_version,
                **{t: len(release.rows(t)) if t in release.resources else None for t in counted},
                "installed": release is here,
                "sums_sha256": sums_digest(release),
            }
        )
    text = dict.fromkeys(("version", "method_version", "sums_sha256"), "string")
    types = {**text, **dict.fromkeys(counted, "Int64"), "installed": "boolean", "as_of": "datetime64[ms]"}
    return described(pd.DataFrame(rows).astype(types), release_of(None), None)


def changes(old: str, new: str | None = None) -> pd.DataFrame:
    """What changed from one version to another, and why.

    old, new: versions, see `versions`; `new` is the installed one if left out.

    Returns the columns of ``load("changes")`` as "string", a row a change: table; row_key (the row's key, its
    parts joined by ``|``; missing: the change is to the table or column itself); change (added, changed,
    retired, renamed, re_estimated); column; old and new (values as the CSV has them; missing: none); reason
    (of a changed value the revision that its record gives, of a retired id the tombstone). Columns and codes
    that were renamed are followed by the names that they had, so their rows are no changes. What was computed
    anew shows as re_estimated: of `transfers` and `events` by column, of `estimates` by series, at the newest
    day of each version.

    ValueError: no such version (the message says which exist), or `old` is not the older one. Damaged: a
    version is not as it was published.
    """
    import pandas as pd

    frame = pd.DataFrame(changes_between(old, new), columns=list(Change._fields), dtype="string")
    return described(frame.replace("", pd.NA), release_of(new), None)


def changes_between(old: str, new: str | None = None) -> list[Change]:
    """`changes` as plain tuples."""
    if not isinstance(old, str):
        raise BadArgument(f'changes: a version such as "0.1.0", not {old!r}; versions() lists them')
    before, after = release_of(old), release_of(new)
    if order(before.version) > order(after.version):
        raise BadArgument(f"changes: {old} is newer than {after.version}; give the older version first")
    return differences(sheets_of(before), sheets_of(after))
