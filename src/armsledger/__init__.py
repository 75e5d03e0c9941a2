"""Reported arms transfers: claims with their sources, and estimates computed by a written rule.

Start here::

    import armsledger

    armsledger.tables()                       # which tables there are
    armsledger.load("transfers_flat")         # one row a transfer, labels instead of codes
    armsledger.find("shells")                 # words -> ids
    armsledger.show("NKRU-T-0001")            # one record with its claims and documents
    armsledger.load("transfers", known_by="2024-03-01")   # what had been claimed by that day
    armsledger.panel()                        # month x direction x class x unit, for regressions and maps
    armsledger.load("transfers", version="0.1.0")         # what this dataset said in that version
    armsledger.changes("0.1.0")                           # what changed since, and why

Numbers are claims until a rule says otherwise: read ``frame.attrs["armsledger"]["warnings"]`` before you add
anything up. Everything is offline and read-only. Importing costs next to nothing: pandas and pyarrow are
imported by the first call that needs them.
"""

from typing import TYPE_CHECKING

from armsledger._tables import TableName
from armsledger.citation import cite
from armsledger.errors import (
    ArmsledgerError,
    BadArgument,
    Damaged,
    DataMissing,
    OtherMethod,
    UnknownId,
    UnknownTable,
    UnknownVersion,
)
from armsledger.frames import codebook, load, path, tables
from armsledger.integrity import verify
from armsledger.panels import panel
from armsledger.search import find
from armsledger.stories.showing import show
from armsledger.tracing import estimates, sources
from armsledger.versions import changes, versions

__all__ = [
    "ArmsledgerError",
    "BadArgument",
    "Damaged",
    "DataMissing",
    "OtherMethod",
    "TableName",
    "UnknownId",
    "UnknownTable",
    "UnknownVersion",
    "__version__",
    "changes",
    "cite",
    "codebook",
    "estimates",
    "find",
    "load",
    "panel",
    "path",
    "show",
    "sources",
    "tables",
    "verify",
    "versions",
]

if TYPE_CHECKING:
    __version__: str
else:

    def __getattr__(name: str) -> object:
        if name == "__version__":  # the version of the data, and so of the package
            from armsledger.files import packaged

            try:
                return packaged().version
            except DataMissing as error:  # help() asks, and takes only an AttributeError for no
                raise AttributeError(str(error)) from None
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
