"""A code and a closed list of codes: what every vocabulary, ours or another body's, is made of."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.guards import faults


@dataclass(frozen=True, slots=True)
class Code:
    """One value of a closed list.

    ``label`` is what a chart or a flat table shows; ``rank`` is the place on an ordered scale, where higher
    is more (None: off the scale, or no scale); ``parent`` is the broader code of the same list; ``was`` are
    the values that it had in earlier releases, kept for ever.
    """

    value: str
    label: str
    definition: str
    rank: int | None = None
    parent: str | None = None
    was: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Codelist:
    """A closed list of codes, and where the idea of it comes from."""

    name: str
    title: str
    description: str
    origin: str
    codes: tuple[Code, ...]

    def __post_init__(self) -> None:
        """Refuse a list that contradicts itself, so that the mistake is met at import."""
        for text in (self.name, self.title, self.description, self.origin):
            _check_text(self.name, text)
        parents: dict[str, str | None] = {}
        ranks: dict[int, str] = {}
        for code in self.codes:
            for text in (code.value, code.label, code.definition):
                _check_text(f"{self.name}.{code.value}", text)
            if code.value in parents:
                raise ValueError(f"codelist {self.name}: {code.value!r} is declared twice")
            parents[code.value] = code.parent
            if code.rank is not None:
                if code.rank in ranks:
                    both = f"{ranks[code.rank]!r} and {code.value!r}"
                    raise ValueError(f"codelist {self.name}: {both} both have rank {code.rank}")
                ranks[code.rank] = code.value
        if not parents:
            raise ValueError(f"codelist {self.name}: no codes")
        for value, parent in parents.items():
            seen = {value}
            while parent is not None:
                if parent not in parents:
                    raise ValueError(f"codelist {self.name}: parent {parent!r} is not in the list")
                if parent in seen:
                    raise ValueError(
                        f"codelist {self.name}: {value!r} reaches {parent!r} twice among its parents"
                    )
                seen.add(parent)
                parent = parents[parent]

    @property
    def values(self) -> tuple[str, ...]:
        """All values, in reading order."""
        return tuple(code.value for code in self.codes)

    @property
    def ordered(self) -> bool:
        """True if and only if every code has a rank."""
        return all(code.rank is not None for code in self.codes)

    @property
    def scale(self) -> tuple[str, ...]:
        """The values that have a rank, from least to most; empty for a list without a scale."""
        ranked = [(code.rank, code.value) for code in self.codes if code.rank is not None]
        return tuple(value for _, value in sorted(ranked))

    def ancestors(self, value: str) -> tuple[str, ...]:
        """List the broader codes of ``value`` from the topmost down, with ``value`` itself as the last."""
        parents = {code.value: code.parent for code in self.codes}
        if value not in parents:
            raise KeyError(f"codelist {self.name} has no code {value!r}")
        path = [value]
        while (parent := parents[path[-1]]) is not None:
            path.append(parent)
        return tuple(reversed(path))


def _check_text(where: str, text: str) -> None:
    """Hold labels and definitions to what the data hold text to: no cell of the table needs a guard."""
    wrong = [message for _, message in faults(text)] if text else ["is empty"]
    if wrong:
        raise ValueError(f"codelist {where}: {'; '.join(wrong)}")
