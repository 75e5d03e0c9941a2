"""What `show` returns: a story in parts, told in a terminal by `terminal` and in a notebook by `notebook`.

The parts hold plain words and say nothing of how they look. Text of records stands in them as it was typed:
each of the two tellers makes it harmless in its own way.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; `small` for what one may skip."""

    text: str
    small: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """Low, best and high; an empty value has none."""

    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Fields:
    """Names and values; a value that is an address becomes a link."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; its first column names the row. `plain`: it reads well without its columns' names."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    plain: bool = True


@dataclass(frozen=True, slots=True)
class Document:
    """Where a claim stands."""

    title: str
    publisher: str
    where: str  # locator and role
    address: str = ""


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One claim, in words."""

    id: str
    date: str
    who: str
    verb: str
    against: bool  # it denies, doubts or declines: to be seen at a glance
    statement: str
    figure: str
    evidence: str
    grade: str
    remarks: tuple[str, ...]
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Claims:
    """Claims in the order in which they became public."""

    caption: str
    lines: tuple[ClaimLine, ...]


Part = Words | Figures | Fields | Grid | Claims


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    heading: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """One record or entry, told in full: print it, or let a notebook show it."""

    id: str
    kind: str
    title: str
    lead: tuple[Part, ...]
    sections: tuple[Section, ...]

    def __str__(self) -> str:
        from armsledger.stories.terminal import told

        return told(self)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        from armsledger.stories.notebook import told

        return told(self)
