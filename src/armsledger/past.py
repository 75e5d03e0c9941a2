"""Versions that were published before: one solid archive in the package, every file checked when it is read.

The archive is the repository's ``releases/`` folder: below each version's name the CSV files and texts that were
published, with their SHA256SUMS; beside them a SHA256SUMS of those. An old table is read by its own
datapackage.json, by the same function that reads a release which was downloaded and unpacked.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from armsledger.differences import CodeNames, code_names, renamed
from armsledger.errors import Damaged, DataMissing, UnknownVersion, one_of
from armsledger.files import DATA, Release, packaged
from armsledger.sums import SUMS, digest, read_sums

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

PAST = DATA.parent / "past"
ARCHIVE = "releases.tar.xz"
ARCHIVE_SUM = f"{ARCHIVE}.sha256"

_VERSION = re.compile(r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(\.dev0)?")


class Frozen(Release):
    """A release by its CSV files, each held to its SHA-256 when it is read.

    read: a file's bytes by its name in the release; raises `OSError` or `KeyError` where there is none.
    digest: the SHA-256 that its SHA256SUMS must have, where it is known from elsewhere.
    """

    def __init__(self, read: Callable[[str], bytes], digest: str | None = None, label: str = "") -> None:
        super().__init__()
        self._read = read
        self._digest = digest
        self._label = label

    @classmethod
    def from_folder(cls, folder: Path, digest: str | None = None) -> Frozen:
        """A release that lies in a folder: frozen in the repository, or downloaded and unpacked."""
        return cls(lambda name: (folder / name).read_bytes(), digest, folder.name)

    @cached_property
    def _sums_data(self) -> bytes:
        data = self._bytes(SUMS)
        if self._digest is not None and digest(data) != self._digest:
            raise Damaged([self._said(SUMS, "is not the one that was published")])
        return data

    @cached_property
    def sums(self) -> dict[str, str]:
        """The SHA-256 of each published file by its name. Raises `Damaged`."""
        try:
            return read_sums(self._sums_data)
        except ValueError as error:
            raise Damaged([self._said(SUMS, str(error))]) from None

    def read(self, name: str) -> bytes:
        """Raises `Damaged` if the bytes are not those that were published."""
        if name == SUMS:
            return self._sums_data
        if name not in self.sums:
            raise Damaged([self._said(name, f"is not in its {SUMS}")])
        data = self._bytes(name)
        if digest(data) != self.sums[name]:
            raise Damaged([self._said(name, f"its SHA-256 is not the one in {SUMS}")])
        return data

    def table(self, table: str) -> pa.Table:
        from armsledger.tabular import read_csv

        resource = self.resource(table)
        return read_csv(self.read(resource["path"]), resource["schema"])

    def problems(self, present: Iterable[str]) -> Iterator[str]:
        """Everything that is not as it was published, a line each; `present` are the names of all its files."""
        try:
            names = dict.fromkeys([*self.sums, *present])
        except Damaged as error:
            yield from error.problems
            return
        for name in names:
            try:
                if name != SUMS:
                    self.read(name)
            except Damaged as error:
                yield from error.problems

    def _bytes(self, name: str) -> bytes:
        try:
            return self._read(name)
        except (OSError, KeyError):
            raise Damaged([self._said(name, "is missing")]) from None

    def _said(self, name: str, what: str) -> str:
        """``claims: csv/claims.csv of 0.1.0: ...``: a table's name first, as `verify` has it."""
        path = Path(name)
        table = f"{path.stem}: " if path.suffix == ".csv" else ""
        of = f" of {self._label}" if self._label else ""
        return f"{table}{name}{of}: {what}"


class Renamed(Release):
    """An old release under the names that its tables, columns and codes have now, for code that knows only those.

    What it says of itself and its rows are otherwise the old release's.
    """

    def __init__(self, release: Release, now: Release) -> None:
        super().__init__()
        self._release = release
        was = {table: tuple(resource.get("armsledger:was", ())) for table, resource in now.resources.items()}
        self._tables = {before: name for name, before in renamed(was, release.resources).items()}
        had = {(row["list"], row["value"]) for row in release.rows("codelists")}
        codes = [row for row in now.rows("codelists") if (row["list"], row["value"]) not in had]
        self._codes = code_names({**row, "was": "|".join(row["was"] or ())} for row in codes)
        self._columns: dict[str, dict[str, str]] = {}  # by present table: the present name by the old one
        for table in release.resources:
            name = self.name_now(table)
            if name in now.resources:
                fields = now.resource(name)["schema"]["fields"]
                earlier = {field["name"]: tuple(field.get("armsledger:was", ())) for field in fields}
                old = [field["name"] for field in release.resource(table)["schema"]["fields"]]
                self._columns[name] = {b: n for n, b in renamed(earlier, old).items()}

    def name_now(self, table: str) -> str:
        """The present name of a table of the old release."""
        return self._tables.get(table, table)

    def as_then(self, table: str, frame: pd.DataFrame) -> pd.DataFrame:
        """A frame of a table (by its old name) with the old names of its columns and codes put back."""
        now = self.name_now(table)
        if now == "codelists":
            return self._release.frame(table)
        for field in self.resource(now)["schema"]["fields"]:
            was = {new: old for old, new in self._codes.get(field.get("armsledger:codelist", ""), {}).items()}
            if was and field["name"] in frame.columns:
                frame[field["name"]] = _recoded(frame[field["name"]], was)
        return frame.rename(columns={new: old for old, new in self._columns.get(now, {}).items()})

    def read(self, name: str) -> bytes:
        return self._release.read(name)

    @cached_property
    def package(self) -> dict[str, Any]:
        package = copy.deepcopy(self._release.package)
        for resource in package["resources"]:
            resource["name"] = self.name_now(resource["name"])
            names, schema = self._columns.get(resource["name"], {}), resource["schema"]
            for field in schema["fields"]:
                field["name"] = names.get(field["name"], field["name"])
            schema["primaryKey"] = [names.get(one, one) for one in schema.get("primaryKey", ())]
            for key in schema.get("foreignKeys", ()):
                key["fields"] = [names.get(one, one) for one in key["fields"]]
                key["reference"]["resource"] = self.name_now(key["reference"]["resource"])
        return package

    def table(self, table: str) -> pa.Table:
        self.resource(table)
        then = next((old for old, now in self._tables.items() if now == table), table)
        found, names = self._release.table(then), self._columns.get(table, {})
        found = found.rename_columns([names.get(name, name) for name in found.column_names])
        if table == "codelists":
            return _codelists_now(found, self._codes)
        for at, field in enumerate(self.resource(table)["schema"]["fields"]):
            moved = self._codes.get(field.get("armsledger:codelist", ""), {})
            if moved:
                found = found.set_column(at, found.schema.field(at), _codes_now(found.column(at), moved))
        return found


@lru_cache(maxsize=4)
def presented(release: Release) -> Release:
    """A release under the names that its tables, columns and codes have in the installed one."""
    return release if release is packaged() else Renamed(release, packaged())


def _codes_now(values: Any, moved: Mapping[str, str]) -> Any:
    """A column of codes, lists of codes or a ladder, with its codes by their present names."""
    import pyarrow as pa

    def now(value: Any) -> Any:
        return [moved.get(one, one) for one in value] if isinstance(value, list) else moved.get(value, value)

    if not pa.types.is_dictionary(values.type):
        return pa.array([now(value) for value in values.to_pylist()], values.type)
    chunk = values.combine_chunks()
    chunk = chunk.chunk(0) if isinstance(chunk, pa.ChunkedArray) else chunk
    levels = pa.array([now(level) for level in chunk.dictionary.to_pylist()], pa.string())
    return pa.DictionaryArray.from_arrays(chunk.indices, levels, ordered=True)


def _codelists_now(table: pa.Table, codes: CodeNames) -> pa.Table:
    lists, values = (table.column(name).to_pylist() for name in ("list", "value"))
    moved = [codes.get(list_, {}).get(value, value) for list_, value in zip(lists, values, strict=True)]
    at = table.column_names.index("value")
    import pyarrow as pa

    return table.set_column(at, table.schema.field(at), pa.array(moved, pa.string()))


def _recoded(values: pd.Series[Any], names: Mapping[str, str]) -> pd.Series[Any]:
    """A column of a frame with other names for its codes, and its type."""
    import pandas as pd

    if isinstance(values.dtype, pd.CategoricalDtype):
        return values.cat.rename_categories(dict(names))
    if values.dtype == object:
        return values.map(
            lambda one: [names.get(part, part) for part in one] if isinstance(one, list) else one
        )
    return values.replace(dict(names))


def order(version: str) -> tuple[int, ...]:
    """Sorts versions: 0.1.0, 0.1.1.dev0, 0.1.1, 0.2.0, 0.10.0. Raises `ValueError` for what is none."""
    found = _VERSION.fullmatch(version)
    if not found:
        raise ValueError(f"{version} is no version; one looks like 0.2.0")
    return (*map(int, found.groups()[:3]), 0 if found[4] else 1)


def is_version(word: str) -> bool:
    """Whether a word is a version, such as 0.2.0 or 0.2.1.dev0."""
    return _VERSION.fullmatch(word) is not None


def known_versions() -> list[str]:
    """Every version that can be loaded, oldest first, the installed one among them."""
    return sorted({*_digests(), packaged().version}, key=order)


def release_of(version: str | None) -> Release:
    """The release of a version, the installed one for None. Raises `UnknownVersion`, `Damaged`."""
    if version is None or version == packaged().version:
        return packaged()
    if not isinstance(version, str) or version not in _digests():
        raise UnknownVersion(one_of("version", version, known_versions()))
    return _frozen(version)


def sums_digest(release: Release) -> str:
    """The SHA-256 of a release's SHA256SUMS: the one short text that names all its bytes."""
    return digest(release.read(SUMS))


@lru_cache(maxsize=1)
def _digests() -> dict[str, str]:
    """By version: the SHA-256 of its SHA256SUMS, as published."""
    return digests(_file(SUMS).read_bytes())


def digests(sums: bytes) -> dict[str, str]:
    """By version: the SHA-256 of its SHA256SUMS, of the file of sums beside the versions. Raises `Damaged`."""
    try:
        stated = {name.removesuffix(f"/{SUMS}"): digest for name, digest in read_sums(sums).items()}
        for version in stated:
            order(version)
        return stated
    except ValueError as error:
        raise Damaged([f"{SUMS} of the past versions: {error}"]) from None


@lru_cache(maxsize=4)
def _frozen(version: str) -> Frozen:
    return _unpacked(lambda of, _: of == version)[version]


@lru_cache(maxsize=2)
def every_past(*files: str) -> dict[str, Frozen]:
    """Every past version by its name, oldest first, with these of its files only: one pass over the archive."""
    found = _unpacked(lambda _, name: name in (SUMS, *files))
    return {version: found[version] for version in sorted(found, key=order)}


def _unpacked(wanted: Callable[[str, str], bool]) -> dict[str, Frozen]:
    """Past versions with the files that are ``wanted``, by version and name."""
    members: dict[str, dict[str, bytes]] = {version: {} for version in _digests()}
    for name, data in members_of(_file(ARCHIVE)):
        version, _, rest = name.partition("/")
        if version in members and wanted(version, rest):
            members[version][rest] = data
    return {v: Frozen(files.__getitem__, _digests()[v], v) for v, files in members.items()}


def members_of(archive: Path) -> Iterator[tuple[str, bytes]]:
    """The files of an archive in its order. Raises `Damaged` where it cannot be read."""
    import lzma
    import tarfile

    try:
        with tarfile.open(archive, "r:xz") as tar:
            for member in tar:
                stream = tar.extractfile(member)
                if stream is not None:
                    yield member.name, stream.read()
    except (OSError, EOFError, lzma.LZMAError, tarfile.TarError, ValueError) as error:
        raise Damaged([f"{archive.name}: cannot be read ({type(error).__name__}: {error})"]) from None


def archive_problems(past: Path) -> tuple[list[str], int]:
    """What is wrong with the archive of past versions, and how many of them it holds."""
    found: list[str] = []
    try:
        stated = read_sums((past / ARCHIVE_SUM).read_bytes())
        if digest((past / ARCHIVE).read_bytes()) != stated[ARCHIVE]:
            found.append(f"{ARCHIVE}: its SHA-256 is not the one in {ARCHIVE_SUM}")
    except (OSError, ValueError, KeyError) as error:
        found.append(f"{ARCHIVE_SUM}: cannot be read ({error})")
    extra = {path.name for path in past.glob("*")} - {ARCHIVE, ARCHIVE_SUM, SUMS}
    found += [f"{name}: was added to the past versions" for name in sorted(extra)]
    try:
        published = (past / SUMS).read_bytes()
        versions = digests(published)
        members = dict(members_of(past / ARCHIVE))
    except (OSError, Damaged) as error:
        return [*found, *(getattr(error, "problems", None) or [str(error)])], 0
    if members.pop(SUMS, None) != published:
        found.append(f"{SUMS} of the past versions: is not the one in {ARCHIVE}")
    for version, published_sum in versions.items():
        own = {n.removeprefix(f"{version}/"): d for n, d in members.items() if n.startswith(f"{version}/")}
        found += Frozen(own.__getitem__, published_sum, version).problems(own)
    found += [f"{name}: belongs to no version" for name in members if name.partition("/")[0] not in versions]
    return found, len(versions)


def _file(name: str) -> Path:
    path = PAST / name
    if not path.is_file():
        packaged().read("datapackage.json")  # says so if the package holds nothing at all
        raise DataMissing(f"{path} is missing: install armsledger anew, or run: make build")
    return path
