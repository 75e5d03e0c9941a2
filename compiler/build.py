"""The steps in their order: read, rows, check, report; derive, write, verify, publish."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from armsledger.errors import ArmsledgerError
from armsledger.exporting import MADE_FILES, write_formats
from armsledger.files import Installed
from armsledger.sums import SUMS, write_sums
from compiler import agreement, metadata
from compiler.archive import write_archive
from compiler.check import Checked, check
from compiler.codings import Codings, hold, read_codings, read_gaps
from compiler.datareport import data_report
from compiler.derive import Tables, derive
from compiler.past import RELEASES, read_past
from compiler.publish import put_file, recover, replacing
from compiler.read import Mark
from compiler.readme import release_readme
from compiler.report import Problem, problem
from compiler.rows import Typed, read_dataset
from compiler.rulespage import rules_page
from compiler.verify import verify
from compiler.write import write_tables
from schemas.export import codebook_csv, codebook_markdown

ROOT = Path(__file__).resolve().parent.parent
DATASET = Path("datasets/dprk-russia")
GUIDES = ("method.md", "coding-guide.md")  # written by hand, and carried by a release
DATA = Path("src/armsledger/_data")  # what the package carries


class FrozenDiffers(ArmsledgerError):
    """What would be built under the name of a frozen version is something else."""


@dataclass(frozen=True, slots=True)
class Source:
    """One dataset as typed and checked."""

    typed: Typed
    checked: Checked
    codings: list[Codings] = field(default_factory=list)
    gaps: list[dict[str, str]] = field(default_factory=list)
    guides: dict[str, str] = field(default_factory=dict)

    @property
    def problems(self) -> list[Problem]:
        return self.checked.problems

    @property
    def name(self) -> str:
        return str(self.checked.tables["dataset"][0]["name"])

    @property
    def failed(self) -> bool:
        return any(p.severity == "error" for p in self.problems)


def load_source(root: Path = ROOT, dataset: Path = DATASET) -> Source:
    """Read and check one dataset; what is wrong is in ``problems``."""
    typed = read_dataset(root / dataset, dataset.as_posix())
    seeds = read_seeds(root, typed.problems)
    past = read_past(root, typed_version(typed), typed.problems)
    codings, gaps = read_codings(root, typed.problems), read_gaps(root, typed.problems)
    guides = {
        path.name: path.read_text(encoding="utf-8")
        for path in map((root / "docs").joinpath, GUIDES)
        if path.exists()
    }
    return Source(typed, check(typed, seeds, past), codings, gaps, guides)


def typed_version(typed: Typed) -> str:
    """The version as typed in dataset.yaml, empty where it could not be read."""
    cells = next((row.cells for row in typed.rows if row.table == "dataset"), {})
    text = cells["version"].text if "version" in cells else ""
    return text if isinstance(text, str) else ""


def read_seeds(root: Path, problems: list[Problem]) -> dict[str, list[str]]:
    """The verbatim seed texts by file name, a paragraph a line; what cannot be read is added to ``problems``."""
    seeds = {}
    for path in sorted((root / "seeds").glob("*.txt")):
        try:
            seeds[path.name] = path.read_text(encoding="utf-8").split("\n")
        except UnicodeDecodeError as error:
            byte = f"byte 0x{error.object[error.start]:02x} is not UTF-8"
            problems.append(problem(f"seeds/{path.name}", Mark(1, 1), "F01", byte))
        except OSError as error:
            why = f"cannot be read: {error.strerror or error}"
            problems.append(problem(f"seeds/{path.name}", Mark(1, 1), "F16", why))
    return seeds


def held_codings(source: Source) -> list[Codings]:
    """The rounds of double coding. Raises `BadCodings` if one does not fit together or to the records."""
    tables = source.checked.tables
    ids = {str(row["id"]) for name in ("claims", "retired") for row in tables[name]}
    for codings in source.codings:
        hold(codings, ids)
    return source.codings


def compile_to(source: Source, folder: Path, *, outsider: bool = True) -> None:
    """Write a release into the empty ``folder``.

    ``outsider``: it is for others, not for the package: with workbook, Stata and SQLite files, and read back by
    frictionless.
    """
    about = metadata.metadata(source.checked)
    tables = derive(source.checked, source.typed.files)
    write_tables(tables, folder)
    explained = {name: carried(text) for name, text in documents(source, tables).items()}
    texts = {
        "changes.csv": (folder / "csv" / "changes.csv").read_text(encoding="utf-8"),
        "codebook.csv": codebook_csv(),
        "codebook.md": codebook_markdown(),
        "README.md": release_readme(about, tables, agreement="agreement.csv" in explained),
        **metadata.documents(metadata.with_tables(about, folder)),
        **explained,
    }
    (folder / "docs").mkdir()
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    write_sums(folder / "parquet", (folder / "parquet").glob("*.parquet"))
    write_sums(folder, [*(folder / "csv").glob("*.csv"), *(folder / name for name in texts)])
    promised = source.checked.past.sums.get(about["version"])
    if promised is not None and (folder / SUMS).read_bytes() != promised:
        raise FrozenDiffers(
            f"{about['version']} is frozen, and what is built now is not the same: set `version` to the next one"
            " with .dev0"
        )
    if outsider:
        write_formats(Installed(folder), folder)
        verify(folder)


def documents(source: Source, tables: Tables) -> dict[str, str]:
    """What explains a release, by its path in it: the guides as written, the pages and the agreement as computed."""
    about, rounds = metadata.metadata(source.checked), agreement.measure(held_codings(source))
    pages = {
        **source.guides,
        "rules.md": rules_page(),
        "data-report.md": data_report(about, source.checked, tables, rounds, source.gaps),
        **({"agreement.md": agreement.page(rounds)} if rounds else {}),
    }
    return {
        **{f"docs/{name}": text for name, text in pages.items()},
        **({"agreement.csv": agreement.agreement_csv(rounds)} if rounds else {}),
    }


def carried(text: str) -> str:
    """A page of docs/ as it stands in a release: links to what is not there are plain text."""
    text = text.replace("](../schemas/generated/codebook.md)", "](../codebook.md)")
    return re.sub(r"\[([^\]]+)\]\(\.\./(?!codebook\.md)[^)]*\)", r"\1", text)


def build(source: Source, out: Path) -> tuple[Path, Path]:
    """Publish the release folder and the journalist's zip under ``out``; return both.

    Each takes its place in one step, the folder first: a kill between the two leaves the zip of the build
    before, whole, and the next build replaces it.
    """
    about = metadata.metadata(source.checked)
    name = f"{about['name']}-{about['version']}"
    target, archive = out / name, out / f"{name}-csv.zip"
    recover(archive)
    with replacing(target) as folder:
        compile_to(source, folder)
        packed = csv_zip(folder, name)
    put_file(packed, archive)
    return target, archive


def install_data(release: Path, root: Path = ROOT) -> None:
    """Give the package in this checkout the tables of ``release``, and all past versions."""
    with replacing(root / DATA) as folder:
        shutil.copytree(release, folder / "release", ignore=shutil.ignore_patterns(*MADE_FILES))
        write_archive(root / RELEASES, folder / "past")


def csv_zip(folder: Path, name: str) -> bytes:
    """The CSV files with what explains them, which SHA256SUMS lists; the same bytes on every machine."""
    out = io.BytesIO()
    listed = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    files = [folder / SUMS, *(folder / line.split("  ", 1)[1] for line in listed)]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(f"{name}/{path.relative_to(folder).as_posix()}", (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, path.read_bytes())
    return out.getvalue()
