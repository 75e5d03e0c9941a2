"""CSV and Parquet as they lie in the release, and the texts that explain them."""

from __future__ import annotations

import copy
import hashlib
import json

from armsledger.files import Release

_TEXTS = ("codebook.csv", "codebook.md", "README.md", "CITATION.cff")


def texts(release: Release) -> dict[str, bytes]:
    """What goes with every export: codebook, README, CITATION.cff, by file name."""
    return {name: (release.folder / name).read_bytes() for name in _TEXTS}


def plain_files(release: Release, form: str) -> dict[str, bytes]:
    """The release's own files of the tables in CSV or Parquet, and their sums, by path."""
    names = [f"{form}/{table}.{form}" for table in release.resources]
    names.append("SHA256SUMS" if form == "csv" else "parquet/SHA256SUMS")
    return {name: (release.folder / name).read_bytes() for name in names}


def data_package(release: Release, form: str, tables: dict[str, bytes]) -> bytes:
    """datapackage.json: the release's own for CSV; for Parquet, one that names the Parquet files."""
    if form == "csv":
        return (release.folder / "datapackage.json").read_bytes()
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
            "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        }
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()
