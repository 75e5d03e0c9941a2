"""What is printed into committed pages: README's outputs and blocks, CITATION.cff, rules, agreement, report.

``make generated`` writes them; a test holds the committed ones equal. So no figure in them is typed.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from compiler import metadata
from compiler.build import GUIDES, ROOT, documents, load_source
from compiler.datareport import figure
from compiler.derive import Tables, derive
from compiler.readme import coders

_EXAMPLE = re.compile(
    r"```python\n(?P<code>.*?)```\n\n(?P<mark><!-- printed by the build[^\n]*-->\n)```text\n(?P<said>.*?)```",
    re.S,
)


def pages(root: Path = ROOT) -> dict[Path, str]:
    """Each page as it should be, by path. Runs README's examples against the package in this checkout."""
    source = load_source(root)
    about = metadata.metadata(source.checked)
    tables = derive(source.checked, source.typed.files)
    readme = (root / "README.md").read_text(encoding="utf-8")
    readme = _EXAMPLE.sub(lambda m: _with_output(m, root), readme)
    readme = _block(readme, "coders", coders(tables))
    readme = _block(readme, "citation", f"> {metadata.citation(about)}")
    guide = root / "docs" / "coding-guide.md"
    return {
        root / "README.md": readme,
        **(_guide(guide, tables) if guide.exists() else {}),
        root / "CITATION.cff": metadata.citation_cff(about),
        **{
            root / name: text
            for name, text in documents(source, tables).items()
            if name.startswith("docs/") and Path(name).name not in GUIDES
        },
    }


def _guide(page: Path, tables: Tables) -> dict[Path, str]:
    return {page: _block(page.read_text(encoding="utf-8"), "containers", containers(tables), page.name)}


def containers(tables: Tables) -> str:
    """The series that the coding guide discusses: containers of munitions, as the claims give it."""
    rows = tables["estimates"].query(
        "record == 'NKRU-T-0100' and measure == 'moved' and scope == 'all' and unit == 'container'"
        " and kind == 'cumulative' and basis == 'reported'"
    )
    lines = ["| from | low | best | rule | conflict | claims |", "|---|---:|---:|---|---|---|"]
    for row in rows.sort_values("day").to_dict("records"):
        cells = [f"{row['day']:%Y-%m-%d}", figure(row["low"]), figure(row["best"]), row["rule"]]
        claims = ", ".join(claim.rsplit(".", 1)[1] for claim in row["claims"])
        lines.append("| " + " | ".join([*cells, "yes" if row["conflict"] else "", claims]) + " |")
    return "\n".join(lines)


def examples(text: str) -> list[str]:
    """The code of README's examples whose output is printed."""
    return [found["code"] for found in _EXAMPLE.finditer(text)]


def _with_output(found: re.Match[str], root: Path) -> str:
    command = [sys.executable, "-c", found["code"]]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root / "src")
    return f"```python\n{found['code']}```\n\n{found['mark']}```text\n{_trimmed(done.stdout)}```"


def _trimmed(text: str) -> str:
    return "".join(line.rstrip() + "\n" for line in text.splitlines())


def _block(text: str, name: str, content: str, page: str = "README") -> str:
    begin = re.escape(f"<!-- begin: {name}")
    end = re.escape(f"<!-- end: {name} -->")
    made, n = re.subn(f"({begin}[^\n]*\n).*?({end})", lambda m: f"{m[1]}{content}\n{m[2]}", text, flags=re.S)
    if n != 1:
        raise ValueError(f"{page} has {n} blocks named {name}")
    return made


def main() -> None:
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
