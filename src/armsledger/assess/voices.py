"""Independence of voices, and the largest set of pairwise independent ones."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from armsledger.assess.model import Claim


class Voices:
    """The voices of the claims, each with all that it descends from."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        lines: dict[str, set[str]] = {}
        for claim in claims:
            lines.setdefault(claim.voice, {claim.voice}).update(claim.voice_ancestors)
        self._lines = lines
        self._largest: dict[frozenset[str], int] = {}

    def independent(self, one: str, other: str) -> bool:
        """Neither descends from the other and no ancestor is shared: their lines are disjoint."""
        return self._lines[one].isdisjoint(self._lines[other])

    def any_two(self, voices: Iterable[str]) -> bool:
        """Whether at least two of the voices are independent."""
        return any(self.independent(one, other) for one, other in combinations(sorted(set(voices)), 2))

    def largest(self, voices: Iterable[str]) -> int:
        """The size of the largest set of pairwise independent voices: exact."""
        key = frozenset(voices)
        if key not in self._largest:
            names = sorted(key)
            near = [0] * len(names)  # near[i]: the set, as bits, of those that i is not independent of
            for i, j in combinations(range(len(names)), 2):
                if not self.independent(names[i], names[j]):
                    near[i] |= 1 << j
                    near[j] |= 1 << i
            self._largest[key] = _independent_set(near)
        return self._largest[key]


def _independent_set(near: list[int]) -> int:
    """The size of a maximum independent set of the graph given by each vertex's neighbours, as bits.

    Branch on a vertex with the most neighbours; one with none or a single one can always be taken. Every
    branching drops one vertex or at least three, and no set is solved twice.
    """
    solved: dict[int, int] = {0: 0}

    def solve(left: int) -> int:
        if left in solved:
            return solved[left]
        most, hub = -1, 0
        rest = left
        while rest:
            bit = rest & -rest
            rest ^= bit
            vertex = bit.bit_length() - 1
            degree = (near[vertex] & left).bit_count()
            if degree <= 1:
                solved[left] = 1 + solve(left & ~bit & ~near[vertex])
                return solved[left]
            if degree > most:
                most, hub = degree, vertex
        without = left & ~(1 << hub)
        solved[left] = max(1 + solve(without & ~near[hub]), solve(without))
        return solved[left]

    return solve((1 << len(near)) - 1)
