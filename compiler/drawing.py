"""Draw claims for a second, blind coding, and keep how they stand now as the first."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

from armsledger.canonical import csv_bytes, text_of
from armsledger.errors import ArmsledgerError
from compiler.build import DATASET, load_source
from compiler.codings import COLUMNS, QUALITY, ROUNDS
from compiler.report import errors

SHARE, LEAST = 0.2, 100


class Refused(ArmsledgerError):
    """Nothing was drawn, and why."""


def drawn(ids: Iterable[str], seed: int, *, share: float = SHARE, least: int = LEAST) -> list[str]:
    """A random share of the ids, at least ``least`` of them, in order. The seed gives the same on every machine."""
    chance = random.Random(seed)
    lots = sorted((chance.random(), id_) for id_ in sorted(ids))
    return sorted(id_ for _, id_ in lots[: max(least, math.ceil(share * len(lots)))])


def draw(root: Path, name: str, seed: int, among: Sequence[str] = (), *, share: float = SHARE) -> str:
    """Write ``quality/<name>``: pairs.csv, and first.csv with the claims as they stand; return what was drawn.

    ``among``: the records to draw from, all if it is empty; ``share``: of their claims, at least a hundred.
    Raises `Refused` if the records do not compile, or there is such a round.
    """
    folder = root / QUALITY / name
    if folder.exists():
        raise Refused(f"{(QUALITY / name).as_posix()} is there; a drawn round is never drawn again")
    source = load_source(root, DATASET)
    if errors(source.problems):
        raise Refused("the records have errors; run check")
    tables = source.checked.tables
    unknown = set(among) - {row["record"] for row in tables["claims"]}
    if unknown:
        raise Refused(f"no record {', '.join(sorted(unknown))}")
    claims = {row["id"]: row for row in tables["claims"] if not among or row["record"] in among}
    links: dict[str, list[str]] = {}
    for link in tables["claim_sources"]:
        links.setdefault(link["claim"], []).append(f"{link['source']} {link['role']} {link['locator']}")
    ids = drawn(claims, seed, share=share)
    first = [
        {
            **{name: text_of(claims[id_].get(name), "|") for name in COLUMNS["first.csv"]},
            "claim": id_,
            "sources": "; ".join(links[id_]),
        }
        for id_ in ids
    ]
    pairs = [
        {
            "unit": id_,
            "record": claims[id_]["record"],
            "given": "false",
            "first": id_,
            "second": "",
            "final": id_,
        }
        for id_ in ids
    ]
    folder.mkdir(parents=True)
    for file, columns, rows in (
        ("pairs.csv", COLUMNS["pairs.csv"], pairs),
        ("first.csv", (*COLUMNS["first.csv"], "sources"), first),
    ):
        (folder / file).write_bytes(csv_bytes(columns, ([row[column] for column in columns] for row in rows)))
    return (
        f"{len(ids)} of {len(claims)} claims (seed {seed}) in {(QUALITY / name).as_posix()}; code them anew, blind, as"
        f" second.csv, settle the differences in settled.csv, then list the round in {(QUALITY / ROUNDS).as_posix()}"
    )
