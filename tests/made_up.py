"""A made-up checkout with a past: the small good dataset of the cases, released three times in a copy of this one."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from compiler.explain import CASES

ROOT = Path(__file__).resolve().parent.parent
DATASET = "datasets/dprk-russia"
README = """# Made up

<!-- begin: coders -->
<!-- end: coders -->
<!-- begin: citation -->
<!-- end: citation -->
"""
CHANGELOG = """# Changelog

## [Unreleased]

### Added

- The first made-up records.
"""


class Checkout:
    """A copy of this checkout with a dataset and a git of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        unwanted = shutil.ignore_patterns("_data", "__pycache__")
        for name in ("compiler", "schemas", "src"):
            shutil.copytree(ROOT / name, folder / name, ignore=unwanted)
        shutil.copy(ROOT / "build_dataset.py", folder)
        shutil.copytree(CASES / "base", folder / DATASET)
        (folder / DATASET / "seeds").rename(folder / "seeds")
        (folder / "docs").mkdir()
        self.write("README.md", README)
        self.write("CHANGELOG.md", CHANGELOG)
        self.write(".gitignore", "__pycache__/\ndist/\nsrc/armsledger/_data/\n")
        self.edit("dataset.yaml", "version: 0.2.0.dev0", "version: 0.1.0.dev0")
        self.edit("dataset.yaml", "name: cases", "name: made-up")
        self.git("init", "--quiet", "--initial-branch", "main")
        for key, value in (("name", "t"), ("email", "t@example.org")):
            self.git("config", f"user.{key}", value)
        self.run("build")
        self.python("import compiler.pages as p; p.main()")
        self.commit("start")

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")

    def edit(self, name: str, old: str, new: str, *, times: int = 1, within: str = DATASET) -> None:
        path = self.folder / within / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == times, (name, old, text.count(old))
        path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")

    def git(self, *words: str) -> str:
        done = subprocess.run(["git", *words], cwd=self.folder, check=True, capture_output=True, text=True)
        return done.stdout

    def commit(self, message: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def run(self, *words: str, status: int = 0) -> str:
        """A verb of build_dataset.py: what it prints, of a refusal what it says on stderr."""
        command = [sys.executable, "build_dataset.py", *words]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True)
        assert "Traceback" not in done.stderr, done.stderr
        assert done.returncode == status, done.stdout + done.stderr
        return done.stderr if status else done.stdout

    def python(self, code: str) -> str:
        """What a program prints that imports the package, compiler and schemas of this checkout."""
        prelude = "import sys; sys.path[:0] = ['src', '.']\n"
        done = subprocess.run(
            [sys.executable, "-c", prelude + code], cwd=self.folder, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def ask(self, expression: str) -> Any:
        """The value of an expression on the package, by way of JSON."""
        code = f"import json, armsledger\nprint(json.dumps({expression}, default=str))"
        return json.loads(self.python(code))

    def say(self, line: str) -> None:
        """A person's line for the changelog."""
        self.edit(
            "CHANGELOG.md", "## [Unreleased]\n", f"## [Unreleased]\n\n### Changed\n\n- {line}\n", within="."
        )

    @property
    def state(self) -> tuple[str, str, str]:
        """What a release that did not happen leaves as it was."""
        return self.git("rev-parse", "HEAD"), self.git("status", "--porcelain"), self.git("tag", "--list")


def second(checkout: Checkout) -> None:
    """Added, corrected, retired, regraded; an added claim moves an estimate."""
    checkout.edit("transfers/NKRU-T-0003.yaml", "start: 2024-10-01", "start: 2024-10-02")
    checkout.edit(
        "transfers/NKRU-T-0003.yaml",
        "names October.}\n",
        "names October.}\n"
        "  - {date: 2025-07-02, kind: source_reread, fields: [start], reason: It sailed a day later.}\n",
    )
    (checkout.folder / DATASET / "transfers" / "NKRU-T-0007.yaml").unlink()
    checkout.edit(
        "retired.yaml",
        "NKRU-T-0008:",
        "NKRU-T-0007:\n  reason: duplicate\n  replaced_by: NKRU-T-0003\nNKRU-T-0008:",
    )
    checkout.edit(
        "transfers/NKRU-T-0001.yaml",
        "  - id: c3\n",
        "  - id: c4\n    claimant: kor\n    kind: cumulative\n"
        "    statement: Over seven million shells have been supplied by now.\n"
        '    quantity: {qualifier: more_than, value: 7000000, unit: round, as_stated: "over 7 million"}\n'
        "    as_of: 2024-12-01\n    stated_on: 2024-12-05\n    status_asserted: delivered\n"
        "    evidence_type: official_assertion\n    credibility: 3\n    sources:\n"
        "      - {source: kor-2024-12-05-briefing, role: repeats, locator: page 3}\n  - id: c3\n",
    )
    checkout.edit(
        "registries/actors.yaml",
        "  reliability: B\n  reliability_basis: Watches ports and rail by its own means.\n"
        "  interest: ally_of_adversary\n",
        "  reliability: C\n  reliability_basis: Watches ports and rail by its own means.\n"
        "  interest: ally_of_adversary\n  revisions:\n"
        "    - {date: 2025-07-02, kind: regraded, fields: [reliability], reason: Its counts were of boxes.}\n",
    )
    checkout.edit("dataset.yaml", "as_of: 2025-06-30", "as_of: 2025-07-31")
    checkout.say("A claim of South Korea; one transfer was coded twice.")


def rename_everywhere(checkout: Checkout, old: str, new: str) -> None:
    """A code that the assessment itself spells out, with all who spell it, and what was typed."""
    declared = checkout.folder / "schemas" / "codelists.py"
    text = declared.read_text(encoding="utf-8")
    start = text.index(f'"{old}"')
    end = text.index('",\n            ),', start) + 2
    text = f'{text[:end]}\n                was=("{old}",),{text[end:]}'
    declared.write_text(text, encoding="utf-8")
    for path in checkout.folder.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        kept = text.replace(f'was=("{old}",)', "was=(<>,)").replace(f'"{old}"', f'"{new}"')
        path.write_text(kept.replace("was=(<>,)", f'was=("{old}",)'), encoding="utf-8")
    for path in (checkout.folder / DATASET).rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(f"qualifier: {old}", f"qualifier: {new}"), encoding="utf-8")


def third(checkout: Checkout) -> None:
    """A column and a code get new names, with all that is typed in them."""
    checkout.edit(
        "registries.py",
        '    wikidata = text(\n        "Wikidata",\n',
        '    wikidata_item = text(\n        "Wikidata",\n',
        within="schemas/tables",
    )
    checkout.edit(
        "registries.py",
        '        origin="Wikidata",\n',
        '        origin="Wikidata",\n        was=("wikidata",),\n',
        within="schemas/tables",
    )
    checkout.edit(
        "entries.py", 'row["wikidata"]', 'row["wikidata_item"]', times=1, within="src/armsledger/stories"
    )
    checkout.edit("entries.py", "row['wikidata']", "row['wikidata_item']", within="src/armsledger/stories")
    actors = checkout.folder / DATASET / "registries" / "actors.yaml"
    actors.write_text(
        actors.read_text(encoding="utf-8").replace("wikidata:", "wikidata_item:"), encoding="utf-8"
    )
    codes = checkout.folder / "schemas" / "codelists.py"
    text = codes.read_text(encoding="utf-8")
    renamed = re.sub(r'Code\(\s*"use",(\s*"Use",\s*"[^"]*"),', r'Code("used_at",\1, was=("use",),', text)
    assert renamed != text
    codes.write_text(renamed, encoding="utf-8")
    rename_everywhere(checkout, "approx", "near")
    for name in ("NKRU-E-0001", "NKRU-E-0003"):
        checkout.edit(f"events/{name}.yaml", "role: use", "role: used_at")
    checkout.say("Names that say what they mean.")
