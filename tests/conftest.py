"""The suite reads one real build of this checkout, made before any test (and before any worker) starts."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput") or config.option.collectonly:
        return
    from compiler.build import build, install_data, load_source
    from compiler.report import as_text, errors

    source = load_source(ROOT)
    if source.failed:
        pytest.exit(f"the dataset does not compile:\n{as_text(errors(source.problems))}", returncode=1)
    install_data(build(source, ROOT / "dist")[0], ROOT)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def release() -> Path:
    """The release folder as the package carries it."""
    return ROOT / "src" / "armsledger" / "_data" / "release"
