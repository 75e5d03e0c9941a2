"""`armsledger export`: the tables as files, with what explains them, into a folder of the user's.

Nothing is ever overwritten: the folder must be new or empty, or hold nothing but the very files that would be
written, so that the same command can be given twice.
"""

from __future__ import annotations

import copy
import hashlib
import json
from pathlib import Path
from typing import Literal

from armsledger.errors import ArmsledgerError
from armsledger.files import Release, packaged

Format = Literal["csv", "parquet"]
FORMATS: tuple[Format, ...] = ("csv", "parquet")

_TEXTS = ("codebook.csv", "codebook.md", "README.md", "CITATION.cff")


class InTheWay(ArmsledgerError):
    """The target folder holds something else."""


def export(folder: Path, form: Format) -> list[Path]:
    """Write all tables as CSV or Parquet below `folder`; return the files written.

    Layout and bytes are the release's: ``csv/`` or ``parquet/``, codebook, README, CITATION.cff and
    SHA256SUMS (``sha256sum --check`` works in the folder that holds it). Only in a Parquet export does
    datapackage.json differ from the release's: it names the Parquet files.

    InTheWay: `folder` is a file, or holds anything that is not one of these files, byte for byte.
    """
    wanted = _files(packaged(), form)
    if folder.exists():
        if not folder.is_dir():
            raise InTheWay(f"{folder} is a file; give a folder that is new or empty")
        for path in sorted(p for p in folder.rglob("*") if not p.is_dir()):
            name = path.relative_to(folder).as_posix()
            if name not in wanted or path.read_bytes() != wanted[name]:
                kind = "holds" if name not in wanted else "holds a different"
                raise InTheWay(f"{folder} {kind} {name}; give a folder that is new or empty")
    written = []
    for name, data in wanted.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        written.append(path)
    return written


def _files(release: Release, form: Format) -> dict[str, bytes]:
    names = [f"{form}/{table}.{form}" for table in release.resources] + list(_TEXTS)
    names.append("SHA256SUMS" if form == "csv" else "parquet/SHA256SUMS")
    files = {name: release.read(name) for name in names}
    if form == "csv":
        files["datapackage.json"] = release.read("datapackage.json")
        return files
    package = copy.deepcopy(release.package)
    for resource in package["resources"]:
        name = f"parquet/{resource['name']}.parquet"
        data = files[name]
        resource.pop("encoding", None)
        resource |= {
            "path": name,
            "format": "parquet",
            "mediatype": "application/vnd.apache.parquet",
            "bytes": len(data),
            "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        }
    files["datapackage.json"] = (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()
    return files
