"""A story as one HTML fragment with its styles inside, for notebooks, light or dark, and screen readers.

Colours are the notebook's own text colour and greys that are half transparent, so that it sits on any
background; nothing is said by colour alone. All text is escaped, and only http(s) addresses become links.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from armsledger.stories.story import ClaimLine, Claims, Document, Fields, Figures, Grid, Part, Story, Words
from armsledger.stories.words import capital, visible

_LINE = "rgba(128,128,128,.35)"
_TABLE = "border-collapse:collapse;width:100%;margin:.2em 0 .6em;font-size:inherit;color:inherit"
_HEAD = (
    f"text-align:left;vertical-align:bottom;padding:.3em .6em;font-weight:600;"
    f"border-bottom:2px solid {_LINE};background:transparent;color:inherit"
)
_CELL = (
    f"text-align:left;vertical-align:top;padding:.45em .6em;border-bottom:1px solid {_LINE};"
    "background:transparent;color:inherit;white-space:normal;overflow-wrap:anywhere"
)
_TIGHT = _CELL.replace("padding:.45em .6em", "padding:.12em .6em").replace(f"1px solid {_LINE}", "0")
_ROW = "background:transparent"
_CAPTION = "text-align:left;caption-side:top;padding:0 0 .3em;color:inherit;opacity:.8"
_SMALL = "font-size:.88em;opacity:.8"


def told(story: Story) -> str:
    """The fragment: one ``<article>`` and nothing outside it."""
    inner = [
        f'<p style="margin:0;{_SMALL}">{_text(story.id)} · {_text(story.kind)}</p>',
        f'<h3 style="margin:.1em 0 .5em;font-size:1.35em;line-height:1.25;font-weight:600">'
        f"{_text(story.title)}</h3>",
        *(_part(part) for part in story.lead),
    ]
    for section in story.sections:
        inner.append(
            f'<h4 style="margin:1.1em 0 .35em;font-size:1.05em;font-weight:600">{_text(section.heading)}</h4>'
        )
        inner += [_part(part) for part in section.parts]
    style = "max-width:62em;line-height:1.45;font-size:14px;font-family:system-ui,sans-serif;color:inherit"
    label = _text(f"{story.kind} {story.id}")
    return f'<article style="{style}" aria-label="{label}">{"".join(inner)}</article>'


def _text(text: str) -> str:
    return escape(visible(text), quote=True)


def _address(url: str, text: str | None = None) -> str:
    """A link if it is an address of the web, else the text alone."""
    if not url.startswith(("https://", "http://")) or any(c.isspace() for c in url):
        return _text(text or url)
    return f'<a href="{_text(url)}" rel="noopener noreferrer" style="color:inherit">{_text(text or url)}</a>'


def _part(part: Part) -> str:
    match part:
        case Words(text, small):
            style = "margin:.2em 0 .6em" + (f";{_SMALL}" if small else "")
            return f'<p style="{style}">{_text(text)}</p>'
        case Figures(cells):
            return _figures(cells)
        case Fields(rows):
            return _fields(rows)
        case Grid():
            return _grid(part)
        case Claims():
            return _claims(part)


def _figures(cells: Iterable[tuple[str, str]]) -> str:
    boxes = "".join(
        f'<div style="padding:.35em 1em .35em .8em;border-left:3px solid {_LINE}">'
        f'<dt style="margin:0;{_SMALL};font-weight:400">{_text(capital(name))}</dt>'
        f'<dd style="margin:0;font-size:1.2em;font-weight:600;font-variant-numeric:tabular-nums">'
        f"{_text(value)}</dd></div>"
        for name, value in cells
    )
    return f'<dl style="display:flex;flex-wrap:wrap;gap:.4em 1em;margin:.3em 0 .6em">{boxes}</dl>'


def _fields(rows: Iterable[tuple[str, str]]) -> str:
    name_style = f"{_TIGHT};font-weight:400;opacity:.8;width:12em;padding-left:0"
    body = "".join(
        f'<tr style="{_ROW}"><th scope="row" style="{name_style}">{_text(name)}</th>'
        f'<td style="{_TIGHT}">{_address(value)}</td></tr>'
        for name, value in rows
    )
    return f'<table style="{_TABLE}"><tbody>{body}</tbody></table>'


def _table(caption: str, columns: Iterable[str], rows: Iterable[str]) -> str:
    head = "".join(f'<th scope="col" style="{_HEAD}">{_text(name)}</th>' for name in columns)
    return (
        f'<div style="overflow-x:auto"><table style="{_TABLE}"><caption style="{_CAPTION}">{_text(caption)}'
        f'</caption><thead><tr style="{_ROW}">{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'
    )


def _grid(grid: Grid) -> str:
    def row(cells: tuple[str, ...]) -> str:
        whole = ";white-space:nowrap" if len(cells[0]) <= 24 else ""  # an id stays in one piece
        first = f'<th scope="row" style="{_CELL};font-weight:600{whole}">{_text(cells[0])}</th>'
        rest = "".join(f'<td style="{_CELL}">{_address(cell)}</td>' for cell in cells[1:])
        return f'<tr style="{_ROW}">{first}{rest}</tr>'

    return _table(grid.caption, grid.columns, (row(cells) for cells in grid.rows))


def _claims(claims: Claims) -> str:
    columns = ("Public", "Who", "What is claimed", "Evidence and grade", "Document")
    return _table(claims.caption, columns, (_claim(line) for line in claims.lines))


def _claim(line: ClaimLine) -> str:
    edge = "border-left:3px solid currentColor" if line.against else "border-left:3px solid transparent"
    verb = f"<strong>{_text(line.verb)}</strong>" if line.against else _text(line.verb)
    told = f"<div>{_text(line.statement)}</div>"
    if line.figure:
        told += f'<div style="margin-top:.25em;font-weight:600">{_text(line.figure)}</div>'
    for remark in line.remarks:
        told += f'<div style="margin-top:.25em;{_SMALL}">{_text(remark)}</div>'
    evidence = f'<div>{_text(line.evidence)}</div><div style="margin-top:.25em">{_text(line.grade)}</div>'
    documents = "".join(_document(one) for one in line.documents)
    date = f'{_text(line.date)}<div style="{_SMALL};font-weight:400">{_text(line.id)}</div>'
    cells = (
        ("8em", f"{_text(line.who)} {verb}"),
        ("14em", told),
        ("10em", evidence),
        ("9em", documents),
    )
    head = f'<th scope="row" style="{_CELL};{edge};font-weight:600;min-width:7.5em">{date}</th>'
    rest = "".join(f'<td style="{_CELL};min-width:{width}">{inner}</td>' for width, inner in cells)
    return f'<tr style="{_ROW}">{head}{rest}</tr>'


def _document(one: Document) -> str:
    publisher = f"{_text(one.publisher)}, " if one.publisher else ""
    return (
        f'<div style="margin-bottom:.25em">{publisher}{_address(one.address, one.title)}'
        f'<div style="{_SMALL}">{_text(one.where)}</div></div>'
    )
