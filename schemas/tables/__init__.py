"""Every table of a release, one Pandera model each.

A model's columns are calls of the factories in ``schemas.fields``; their order is the order of the published
columns. How the same columns stand in the files that people type is ``schemas.layout``'s.
"""

from __future__ import annotations

from schemas.fields import Table
from schemas.tables.about import Accepted, Changes, Codelists, Contributors, Dataset, Retired
from schemas.tables.claims import ClaimRecords, Claims, ClaimSources, SourceNotCoded, Sources
from schemas.tables.details import (
    Participants,
    RecordItems,
    RecordLinks,
    RecordPlaces,
    RecordProvisions,
    RecordVessels,
    Revisions,
    TransferIntermediaries,
)
from schemas.tables.forms import COUNTRY
from schemas.tables.panel import DyadMonth
from schemas.tables.records import Events, Records, Transfers
from schemas.tables.registries import (
    Actors,
    ConversionClaims,
    Conversions,
    Items,
    Places,
    Provisions,
    Vessels,
    VoiceParents,
    Voices,
)
from schemas.tables.results import Estimates, TransferStatus
from schemas.tables.views import ClaimsFlat, TransfersFlat

__all__ = ["ALL_MODELS", "COUNTRY", "MODELS", "UNPUBLISHED"]

MODELS: dict[str, type[Table]] = {
    "records": Records,
    "transfers": Transfers,
    "events": Events,
    "claims": Claims,
    "claim_sources": ClaimSources,
    "claim_records": ClaimRecords,
    "sources": Sources,
    "estimates": Estimates,
    "transfer_status": TransferStatus,
    "actors": Actors,
    "items": Items,
    "places": Places,
    "vessels": Vessels,
    "voices": Voices,
    "provisions": Provisions,
    "conversions": Conversions,
    "voice_parents": VoiceParents,
    "conversion_claims": ConversionClaims,
    "transfer_intermediaries": TransferIntermediaries,
    "source_not_coded": SourceNotCoded,
    "revisions": Revisions,
    "participants": Participants,
    "record_places": RecordPlaces,
    "record_vessels": RecordVessels,
    "record_items": RecordItems,
    "record_links": RecordLinks,
    "record_provisions": RecordProvisions,
    "codelists": Codelists,
    "changes": Changes,
    "retired": Retired,
    "dyad_month": DyadMonth,
    "transfers_flat": TransfersFlat,
    "claims_flat": ClaimsFlat,
}

# Typed, and not published as tables: metadata, and what was settled about warnings.
UNPUBLISHED: dict[str, type[Table]] = {"dataset": Dataset, "contributors": Contributors, "accepted": Accepted}
ALL_MODELS: dict[str, type[Table]] = {**MODELS, **UNPUBLISHED}
