"""The notebook for newcomers runs from top to bottom and shows a page, not a wall of text."""

from __future__ import annotations

from pathlib import Path

import nbclient
import nbformat


def test_first_look_runs(root: Path) -> None:
    notebook = nbformat.read(root / "docs" / "first-look.ipynb", as_version=4)
    assert not any(cell.get("outputs") for cell in notebook.cells), "commit the notebook without its outputs"
    nbclient.NotebookClient(
        notebook, timeout=120, resources={"metadata": {"path": str(root / "src")}}
    ).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    pages = [o["data"]["text/html"] for o in outputs if "text/html" in o.get("data", {})]
    assert any("NKRU-T-0001" in page and "South Korea" in page for page in pages)
    assert any("claimant" in page and "record_sha256" in page for page in pages)
