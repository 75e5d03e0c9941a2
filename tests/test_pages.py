"""Committed pages say what the build prints: README's outputs and blocks, CITATION.cff, rules, agreement."""

from __future__ import annotations

import re
from pathlib import Path

from compiler.build import GUIDES, load_source
from compiler.pages import examples, pages
from schemas.rules import RULES


def test_pages_are_what_the_build_prints(root: Path) -> None:
    stale = [
        p.name for p, text in pages(root).items() if not p.exists() or p.read_text(encoding="utf-8") != text
    ]
    assert not stale, f"stale: {', '.join(stale)}; mend it with: make generated"


def test_readme_s_examples_print_something(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    assert len(examples(readme)) == readme.count("```python") >= 3
    assert "```text\n```" not in readme


def test_readme_types_no_version_and_no_figure_of_the_data(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    typed = re.sub(r"```text\n.*?```", "", readme, flags=re.S)
    typed = re.sub(r"<!-- begin: (\w+).*?<!-- end: \1 -->", "", typed, flags=re.S)
    assert not re.search(r"[0-9]+\.[0-9]+\.[0-9]+", typed)
    assert not re.search(r"[0-9]{1,3}(,[0-9]{3})+|[0-9]+ million|[0-9]{5,}", typed)


def test_links_in_the_pages_lead_somewhere(root: Path) -> None:
    for page in (
        root / "README.md",
        *(root / "docs").glob("*.md"),
        root / "seeds" / "README.md",
        root / "quality" / "README.md",
    ):
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_links_in_a_release_lead_somewhere(release: Path) -> None:
    pages = [*release.glob("*.md"), *(release / "docs").glob("*.md")]
    assert {page.name for page in pages} > {
        *GUIDES,
        "README.md",
        "data-report.md",
        "agreement.md",
        "rules.md",
    }
    for page in pages:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_rule_is_listed(root: Path) -> None:
    text = (root / "docs" / "rules.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| ([A-Z][0-9]{2}) ", text, re.M) == sorted(RULES)


def test_the_guides_examples_are_in_the_dataset(root: Path) -> None:
    tables = load_source(root).checked.tables
    known = {
        row["id"].removeprefix("NKRU-") for name in ("transfers", "events", "claims") for row in tables[name]
    }
    guide = (root / "docs" / "coding-guide.md").read_text(encoding="utf-8")
    named = re.findall(r"\b([TE]-[0-9]{4})((?:\.c[0-9]+)?(?:, c[0-9]+)*)", guide)
    ids = {f"{record}.{claim}" for record, claims in named for claim in re.findall(r"c[0-9]+", claims)}
    assert len(ids) > 100 and {*ids, *(record for record, _ in named)} <= known
