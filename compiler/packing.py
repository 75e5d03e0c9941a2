"""The build hook: compiles the records into the package when a wheel or an sdist is made from a checkout.

An sdist carries the tables that were compiled when it was made, so a wheel from it needs no compiler. The hook
runs no frictionless: ``make build`` does, before anything is published.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface[Any]):
    """Named as hatchling looks for it."""

    def _is_unpacked_sdist(self) -> bool:
        return (Path(self.root) / "PKG-INFO").exists()

    def dependencies(self) -> list[str]:
        """What compiling needs, from the one place where it is declared."""
        if self._is_unpacked_sdist():
            return []
        core = self.metadata.core
        return [*core.dependencies, *core.optional_dependencies["build"]]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile to ``src/armsledger/_data``; bad records stop the build with their report."""
        if self._is_unpacked_sdist() or (self.target_name == "wheel" and version == "editable"):
            return
        root = Path(self.root)
        sys.path[:0] = [str(root), str(root / "src")]
        from compiler.archive import write_archive
        from compiler.build import DATA, compile_to, load_source
        from compiler.past import RELEASES
        from compiler.publish import replacing
        from compiler.report import as_text, errors, summary

        source = load_source(root)
        if source.failed:
            raise SystemExit(
                f"{as_text(errors(source.problems))}\n{summary(source.problems)}: nothing was built"
            )
        with replacing(root / DATA) as folder:
            (folder / "release").mkdir()
            compile_to(source, folder / "release", outsider=False)
            write_archive(root / RELEASES, folder / "past")
