"""The dataset about itself: its metadata, codes, changes and retired ids."""

from __future__ import annotations

from schemas.fields import (
    SLUG,
    Table,
    code,
    day,
    key,
    placed,
    text,
    whole,
    words,
)
from schemas.tables.forms import (
    URL,
    note,
)


class Codelists(Table):
    """Every code of every list, with its label and definition."""

    list_ = text("List", "The list.", by="computed")
    value = text("Value", "The code.", by="computed")
    label = text("Label", "What a table shows.", by="computed")
    definition = text("Definition", "When it is chosen.", by="computed")
    rank = whole(
        "Rank",
        "Place on the list's scale, higher is more; empty: off the scale.",
        by="computed",
        required=False,
    )
    parent = text("Parent", "The broader code.", by="computed", required=False)
    was = words("Was", "The values that the code had in earlier releases.", by="computed", required=False)

    class Config(Table.Config):
        title = "Codelists"
        unique = ["list", "value"]


class Changes(Table):
    """What changed since the release before; empty where there was none."""

    table = text("Table", "The table, by its name in the new release.", by="computed")
    row_key = text(
        "Row",
        "The row's key, its parts joined by `|`; of an estimate, the series (its id without the day) as of the "
        "newest day of each release. Empty: the change is to the table or column itself.",
        by="computed",
        required=False,
    )
    change = code(
        "change_kind", "Change", "What kind of change it is.", by="computed", origin="MITRE ATT&CK diff"
    )
    column = text("Column", "The column; empty for a whole row or table.", by="computed", required=False)
    old = text("Old", "The value before, as the CSV has it.", by="computed", required=False)
    new = text("New", "The value now, as the CSV has it.", by="computed", required=False)
    reason = text(
        "Reason",
        "Why: the revision of a changed value, the tombstone of a retired id; empty where it follows from others.",
        by="computed",
        required=False,
    )

    class Config(Table.Config):
        title = "Changes"


class Retired(Table):
    """Ids that were released and are no longer used, with what took their place."""

    id = key(
        "Id",
        "The retired id: of a record or claim as it is, of any other row with its table in front.",
        pattern=r"^(NKRU-[TE]-[0-9]{4}(\.c[1-9][0-9]*)?|[a-z]+/[a-z0-9]+(-[a-z0-9]+)*)$",
        example="actors/ua-hur",
    )
    retired_in = text(
        "Retired in",
        "The version that dropped it.",
        by="computed",
        origin="Semantic Versioning 2.0.0",
    )
    reason = code("retire_reason", "Reason", "Why the id is no longer used.")
    replaced_by = text("Replaced by", "Its successor, where there is one.", required=False, max_length=60)
    note = note("the entry")

    class Config(Table.Config):
        title = "Retired ids"


class Accepted(Table):
    """Warnings that were looked at and stand, one by one; not published as a table."""

    id = key(
        "Warning",
        "The id that the warning is about and its rule, joined by a dot.",
        pattern=r"^[A-Za-z0-9][A-Za-z0-9.-]*\.W[0-9]{2}$",
        example="NKRU-E-0001.W06",
    )
    reason = text("Reason", "Why the record is right as it stands.", max_length=300)
    sha256 = text(
        "SHA-256",
        "First 12 digits of the SHA-256 of the record's file: when the file changes, the warning is back.",
        pattern=r"^[0-9a-f]{12}$",
        origin="FIPS 180-4",
    )

    class Config(Table.Config):
        title = "Accepted warnings"


class Dataset(Table):
    """What ``dataset.yaml`` says of the whole; published as the package's metadata, not as a table."""

    name = text("Name", "The dataset's short name.", pattern=SLUG, max_length=40)
    version = text(
        "Version",
        "Of data and package; ends in `.dev0` between releases.",
        pattern=r"^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(\.dev0)?$",
        origin="Semantic Versioning 2.0.0",
    )
    title = text("Title", "As it is cited.", max_length=200, origin="DataCite 4.6")
    description = text("Description", "One paragraph.", max_length=1200, origin="DataCite 4.6")
    as_of = day("As of", "The clock of every build: nothing later is in the data.")
    coverage_start = day("Coverage, start", "The first day in scope.")
    coverage_end = day("Coverage, end", "The last day in scope; empty while it goes on.", required=False)
    licence_spdx = text("Licence, SPDX", "Of the data, by its SPDX identifier.", origin="SPDX", max_length=40)
    licence_title = text("Licence, title", "Its full name.", max_length=120)
    licence_url = text("Licence, address", "Where its text stands.", pattern=URL, max_length=200)
    keywords = words("Keywords", "For catalogues.")
    repository = text("Repository", "Where the dataset is kept.", required=False, pattern=URL, max_length=200)
    doi = text(
        "DOI", "Empty until there is one.", required=False, pattern=r"^10\.[0-9]{4,9}/[^\s]+$", max_length=120
    )

    class Config(Table.Config):
        title = "Dataset"


class Contributors(Table):
    """Who made the dataset, as it is cited."""

    name = placed("dataset", "Dataset", "The dataset.")
    title = text("Name", "Of the person or group.", max_length=120)
    role = text(
        "Role",
        "author, editor or contributor.",
        pattern=r"^(author|editor|contributor)$",
        origin="Data Package v2",
    )
    orcid = text(
        "ORCID",
        "The person's ORCID iD.",
        required=False,
        pattern=r"^[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]$",
        origin="ORCID",
    )

    class Config(Table.Config):
        title = "Contributors"
        unique = ["name", "title"]
