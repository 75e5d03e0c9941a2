"""Which denials attach to which record: a denial names a direction and classes, and stands in another record.

That a denial attaches, and to what, is the assessment's rule; this only asks it.
"""

from __future__ import annotations

from armsledger.files import Release


def attached(release: Release) -> dict[str, set[str]]:
    """By record: the denials, by claim id, that attach to it."""
    if not any(row["stance"] == "denies" for row in release.rows("claims")):
        return {}
    from armsledger.assess import standing, subjects
    from armsledger.assess.model import lapses
    from armsledger.assess.reading import ladder_of, read_claims, read_records

    frame = release.frame("claims")
    ladder = ladder_of(frame)
    claims = read_claims(frame, ladder)
    tables = (release.frame(table) for table in ("transfers", "events", "participants"))
    records = read_records(subjects(*tables))
    about = standing._about(claims, records)
    found = standing._denials(claims, records, about, lapses(claims), ladder)
    return {id_: {claim.id for claim in denials} for id_, denials in found.items()}
