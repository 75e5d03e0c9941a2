"""Hold a release's schema-org.jsonld to schema.org's vocabulary: types, properties, their domains and ranges.

    python validators/schema_org.py RELEASE_FOLDER NODE_FOLDER

The types of ``schema-dts`` are generated from the vocabulary, and the TypeScript compiler refuses what they do
not allow. NODE_FOLDER holds both (``make validate`` sees to it). First copies are broken on purpose, and a
broken copy that compiles is an error: a validator that accepts anything has not been run.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

FILE = "schema-org.jsonld"
BROKEN: dict[str, dict[str, Any]] = {
    "an unknown property": {"temporalCover": "2022-01-01/.."},
    "a property of another type": {"contentUrl": "csv/claims.csv"},
    "a value of a wrong type": {"distribution": {"@type": "Person", "name": "claims.csv"}},
    "an unknown type": {"@type": "Dataste"},
    "a value that is no text": {"name": 7},
}


def problems(described: dict[str, Any], node: Path) -> list[str]:
    """What the compiler says against ``described`` as a schema.org Dataset; line by line."""
    source = node / "described.ts"
    source.write_text(
        'import type { Dataset, WithContext } from "schema-dts";\n'
        f"export const described: WithContext<Dataset> = {json.dumps(described, indent=2)};\n",
        encoding="utf-8",
    )
    tsc = node / "node_modules" / "typescript" / "bin" / "tsc"
    command = ["node", str(tsc), "--noEmit", "--strict", "--pretty", "false", source.name]
    done = subprocess.run(command, cwd=node, capture_output=True, text=True)
    refused = [line for line in done.stdout.splitlines() if "error TS" in line]
    if bool(refused) != bool(done.returncode):  # a compiler that does not run has refused nothing
        raise SystemExit(f"tsc: {done.stdout}{done.stderr}")
    return refused


def main() -> int:
    folder, node = (Path(given).resolve() for given in sys.argv[1:3])
    described = json.loads((folder / FILE).read_text(encoding="utf-8"))
    found = []
    for how, change in BROKEN.items():
        noticed = problems(described | change, node)
        print(f"{FILE} with {how}: {noticed and noticed[0]}")
        found += [] if noticed else [f"accepted a broken file: {how}"]
    found += problems(described, node)
    print("\n".join(found) or f"{FILE}: every type, property and value is of schema.org's vocabulary")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
