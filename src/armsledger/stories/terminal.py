"""A story as plain text, wrapped to the terminal; nothing in it can move the cursor or turn the text."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Iterator

from armsledger.stories.story import ClaimLine, Claims, Fields, Figures, Grid, Part, Story, Words
from armsledger.stories.words import capital, visible

WIDEST, NARROWEST = 100, 40


def told(story: Story, width: int | None = None) -> str:
    """The story as lines of at most `width` cells (default: the terminal's, at most 100)."""
    width = min(WIDEST, max(NARROWEST, width or shutil.get_terminal_size((88, 24)).columns))
    lines = [f"{visible(story.id)} · {story.kind}"]
    title = list(_wrapped(story.title, width))
    lines += [*title, "=" * min(width, max(map(_cells, title), default=0))]
    for part in story.lead:
        lines += ["", *_part(part, width)]
    for section in story.sections:
        lines += ["", *_wrapped(section.heading.upper(), width)]
        for part in section.parts:
            lines += _part(part, width, "  ")
            lines += [""] if part is not section.parts[-1] else []
    return "\n".join(line.rstrip() for line in lines)


def _part(part: Part, width: int, indent: str = "") -> Iterator[str]:
    match part:
        case Words(text):
            yield from _wrapped(text, width, indent)
        case Figures(cells):
            named = ", ".join(f"{name} {value}" for name, value in cells)
            yield from _wrapped(capital(named), width, indent)
        case Fields(rows):
            broad = min(24, max((_cells(visible(name)) for name, _ in rows), default=0))
            for name, value in rows:
                label = _padded(visible(name), broad) + "  "
                yield from _wrapped(value, width, indent + label, indent + " " * (broad + 2))
        case Grid():
            yield from _grid(part, width, indent)
        case Claims(caption, lines):
            yield from _wrapped(caption, width, indent)
            for line in lines:
                yield ""
                yield from _claim(line, width, indent)


def _claim(line: ClaimLine, width: int, indent: str) -> Iterator[str]:
    mark = "! " if line.against else "- "
    inner = indent + "  "
    yield from _wrapped(f"{line.date} · {line.who} {line.verb}:", width, indent + mark, inner)
    yield from _wrapped(line.statement, width, inner)
    named = [("Figure", line.figure), ("Evidence", line.evidence), ("Grade", line.grade)]
    for name, value in named:
        if value:
            yield from _wrapped(value, width, f"{inner}{name}: ", inner + "  ")
    for remark in line.remarks:
        yield from _wrapped(remark, width, inner, inner + "  ")
    for one in line.documents:
        told = f"{one.publisher}, {one.title}" if one.publisher else one.title
        yield from _wrapped(f"{told}, {one.where}. {one.address}", width, f"{inner}Document: ", inner + "  ")
    yield from _wrapped(f"[{line.id}]", width, inner)


def _grid(grid: Grid, width: int, indent: str) -> Iterator[str]:
    """Columns if they fit, else a row as lines."""
    yield from _wrapped(grid.caption, width, indent)
    cells = [[visible(cell) for cell in row] for row in (grid.columns, *grid.rows)]
    broad = [max(_cells(row[i]) for row in cells) for i in range(len(grid.columns))]
    if len(indent) + sum(broad) + 2 * (len(broad) - 1) <= width:
        for number, line in enumerate(cells):
            yield indent + "  ".join(_padded(cell, w) for cell, w in zip(line, broad, strict=True))
            if number == 0:
                yield indent + "  ".join("-" * w for w in broad)
        return
    for row in grid.rows:
        named = [(name, cell) for name, cell in zip(grid.columns[1:], row[1:], strict=True) if cell]
        rest = " · ".join(cell if grid.plain else f"{name.lower()} {cell}" for name, cell in named)
        yield from _wrapped(f"{row[0]}: {rest}" if rest else row[0], width, indent + "- ", indent + "  ")


def _wrapped(text: str, width: int, first: str = "", then: str | None = None) -> Iterator[str]:
    """The text in lines of at most `width` cells; a word that is longer has a line to itself.

    Chinese and Japanese part no words, so such a text is cut where the line is full.
    """
    then = first if then is None else then
    line, empty = first, True
    room = width - max(_cells(first), _cells(then))
    for safe in (piece for word in text.split() for piece in _pieces(visible(word), room)):
        if not empty and _cells(line) + 1 + _cells(safe) > width:
            yield line
            line, empty = then, True
        line += safe if empty else f" {safe}"
        empty = False
    yield line


def _pieces(word: str, room: int) -> Iterator[str]:
    """The word; if it is too long for a line and holds wide characters, what fits on each."""
    if _cells(word) <= room or all(_cells(c) < 2 for c in word):
        yield word
        return
    piece = ""
    for character in word:
        if piece and _cells(piece + character) > room:
            yield piece
            piece = ""
        piece += character
    yield piece


def _padded(text: str, cells: int) -> str:
    return text + " " * (cells - _cells(text))


def _cells(text: str) -> int:
    """How many columns of a terminal it fills: East Asian wide characters two, combining ones none."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )
