"""CSV and Parquet as they lie in the release, and the texts that explain them."""

from __future__ import annotations

import copy
import io
import json

from armsledger.files import Installed, Release
from armsledger.sums import SUMS, digest, read_sums, sums_text

_PACKAGE = "datapackage.json"
_OF_CSV = (_PACKAGE, "croissant.json", "datacite.json", "schema-org.jsonld")  # they describe the CSV files


def texts(release: Release, form: str) -> dict[str, bytes]:
    """What goes with an export, by path: README, codebook, docs, changes, citation; with CSV the metadata, too."""
    names = [name for name in read_sums(release.read(SUMS)) if not name.startswith("csv/")]
    return {name: release.read(name) for name in names if form == "csv" or name not in _OF_CSV}


def plain_files(release: Release, form: str) -> dict[str, bytes]:
    """The release's own files of the tables in CSV or Parquet, and their sums, by path."""
    if form == "csv":
        paths = [resource["path"] for resource in release.resources.values()]
        return {name: release.read(name) for name in (*paths, SUMS)}
    files = {f"{table}.parquet": _parquet(release, table) for table in release.resources}
    return {f"parquet/{name}": data for name, data in {**files, SUMS: sums_text(files)}.items()}


def _parquet(release: Release, table: str) -> bytes:
    """The published file, or for a past version one that is made of its CSV."""
    if isinstance(release, Installed):
        return release.parquet(table).read_bytes()
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(release.table(table), out, compression="zstd")
    return out.getvalue()


def parquet_package(release: Release, tables: dict[str, bytes]) -> bytes:
    """A datapackage.json that names the Parquet files."""
    package = copy.deepcopy(release.package)
    for resource in package["resources"]:
        name = f"parquet/{resource['name']}.parquet"
        data = tables[name]
        resource.pop("encoding", None)
        resource |= {
            "path": name,
            "format": "parquet",
            "mediatype": "application/vnd.apache.parquet",
            "bytes": len(data),
            "hash": f"sha256:{digest(data)}",
        }
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()
