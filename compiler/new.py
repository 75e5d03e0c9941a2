"""A new record: the next free id, and a template whose comments say where to look each value up.

Everything in a template is derived from the declarations: the keys and their order from ``schemas.layout``,
what each means from its column, its codes from its list. Keys that must be filled in stand empty; the others
stand in comments. The hints begin with ``#:``, and ``fmt`` takes them out once no key is empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from compiler.fmt import HINT, WIDTH
from compiler.read import read_file
from schemas.codelists import CODELISTS
from schemas.fields import Spec, specs
from schemas.layout import ALL_MODELS, GROUPS, LAYOUTS, NESTING, Nested, members, typed_keys
from schemas.rules.references import name_of_retired

Kind = Literal["transfer", "event", "source"]
KINDS: tuple[Kind, ...] = ("transfer", "event", "source")

_NUMBERED = re.compile(r"(?P<prefix>.*-)(?P<number>[0-9]+)\Z")
_DATES = '2024-11-29, 2024-11, 2024-10? (doubtful), "[2024-10-01..2024-11-29]" (one of these)'


class Refused(Exception):
    """No file was made; the message says why, and what to do."""


def create(folder: Path, kind: Kind, record_id: str = "") -> Path:
    """Write the template of a new record into the dataset ``folder``; its path.

    A transfer or event gets the next free id unless one is given; a source needs one. A file that is there
    is never overwritten, and an id that was used or retired is never given again. Raises `Refused`.
    """
    if not (folder / LAYOUTS["dataset"].path).is_file():
        raise Refused(f"{folder} is no dataset: it has no {LAYOUTS['dataset'].path}")
    if record_id:
        _must_be_free(folder, kind, record_id)
    else:
        record_id = next_id(folder, kind)
    path = folder / LAYOUTS[kind].path / f"{record_id}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(template(kind, record_id))
    except FileExistsError:
        raise Refused(f"{path} is there already") from None
    return path


def next_id(folder: Path, kind: Kind) -> str:
    """One above the highest number of its kind that any file has, or any retired id had."""
    numbered = _NUMBERED.match(_id_of(kind).example)
    if numbered is None or kind == "source":
        example = _id_of(kind).example
        raise Refused(f"a {kind} needs an id, <publisher>-<date>-<word>, such as --id {example}")
    prefix, width = numbered["prefix"], len(numbered["number"])
    pattern = re.compile(rf"{re.escape(prefix)}([0-9]{{{width}}})(?![0-9])")
    names = [path.name for path in (folder / LAYOUTS[kind].path).glob("*")] + _retired(folder)
    used = [int(found[1]) for name in names if (found := pattern.match(name))]
    number = max(used, default=0) + 1
    if len(str(number)) > width:
        raise Refused(f"the ids of {LAYOUTS[kind].path} are used up: {prefix}{number} is too long")
    return f"{prefix}{number:0{width}}"


def _must_be_free(folder: Path, kind: Kind, record_id: str) -> None:
    spec = _id_of(kind)
    if not re.fullmatch(spec.pattern, record_id):
        raise Refused(f"`{record_id}` is no id of a {kind}; one looks like {spec.example}")
    if name_of_retired(LAYOUTS[kind].table, record_id) in _retired(folder):
        raise Refused(f"`{record_id}` was retired; ids are never used again")


def _id_of(kind: Kind) -> Spec:
    return specs(ALL_MODELS[LAYOUTS[kind].table])["id"]


def _retired(folder: Path) -> list[str]:
    path = folder / LAYOUTS["retired"].path
    file = read_file(path, path.as_posix())
    if file.root is None:
        raise Refused(f"{path} cannot be read, so nobody can say which ids are free; run check")
    return list(file.root.items)


# --- the template -----------------------------------------------------------------------------------------


def template(kind: Kind, record_id: str) -> str:
    """The text of a new file: canonical, readable, and lacking nothing but what is to be filled in."""
    table = LAYOUTS[kind].table
    lines = [
        f"# yaml-language-server: $schema=../../../schemas/generated/json/{kind}.schema.json",
        f"{HINT} {_about(table)}",
        f"{HINT} Fill in each empty key; take the first `{HINT} ` off any other that you need. "
        "Then `build_dataset.py fmt`",
        f"{HINT} deletes these hints. Codes and when to choose them: schemas/generated/codebook.md",
        f"{HINT} Dates: {_DATES}",
        *_row(table, "", {"id": record_id}),
    ]
    return "\n".join(lines) + "\n"


def _row(table: str, pad: str, given: dict[str, str]) -> Iterator[str]:
    """The keys of a row of ``table``, a line each, or a few where a key holds rows of its own."""
    columns = specs(ALL_MODELS[table])
    nested = {child.key: child for child in NESTING.get(table, ())}
    for key in typed_keys(table):
        if key in given:
            yield f"{pad}{key}: {given[key]}"
        elif key in nested:
            yield from _nested(nested[key], pad)
        elif key in GROUPS.get(table, ()):
            yield f"{pad}{HINT} {key}:"
            for name, spec in members(table, key).items():
                yield _line(f"{pad}{HINT}   {name}:", spec)
        elif columns[key].default:
            yield _line(f"{pad}{HINT} {key}: {columns[key].default}", columns[key])
        else:
            yield _line(f"{pad}{'' if columns[key].required else f'{HINT} '}{key}:", columns[key])


def _nested(child: Nested, pad: str) -> Iterator[str]:
    """A required table as its first row, to be filled in; any other as a comment of a line or two."""
    columns, about = specs(ALL_MODELS[child.table]), _about(child.table)
    if child.one:
        yield f"{pad}{child.key}:"
        yield from _row(child.table, f"{pad}  ", {})
    elif child.required:
        first, *others = _row(child.table, f"{pad}    ", {"id": "c1"} if child.table == "claims" else {})
        yield from (f"{pad}{child.key}:", f"{pad}  - {first.lstrip()}", *others)
    elif child.value:
        start = f"{pad}{HINT} {child.key}: [ ]"
        yield _hinted(start, [_brief(about) + where for where in _where(columns[child.value])])
    else:
        keys = [key for key in typed_keys(child.table) if key in columns]
        codes = [f"{key}{where}" for key in keys if columns[key].codelist for where in _where(columns[key])]
        yield _hinted(f"{pad}{HINT} {child.key}:", [about, _brief(about)])
        yield _hinted(f"{pad}{HINT}   - {{{', '.join(f'{key}: ' for key in keys)}}}", codes)


# --- the hints --------------------------------------------------------------------------------------------


def _line(start: str, spec: Spec) -> str:
    """``start`` with as much of what is known of its value as one line holds."""
    about, brief = spec.description.rstrip(" ."), _brief(spec.description)
    fullest, *shorter = _where(spec)
    texts = [about + fullest, brief + fullest]
    if spec.codelist:
        texts.append(fullest.lstrip(" :"))
    return _hinted(start, texts + [text + where for where in shorter for text in (about, brief)])


def _hinted(start: str, texts: list[str]) -> str:
    """``start`` and the first of ``texts`` that fits behind it on the line; else what fits of the last."""
    if not texts:
        return start
    room = WIDTH - len(f"{start}  {HINT} ")
    text = next((text for text in texts if len(text) <= room), None)
    return f"{start}  {HINT} {text or texts[-1][: room - 4].rpartition(' ')[0] + ' ...'}"


def _about(table: str) -> str:
    return (ALL_MODELS[table].__doc__ or "").strip()


def _brief(text: str) -> str:
    """The first clause of a description."""
    return re.split(r" ?[.;:]+(?= |\Z)", text, maxsplit=1)[0]


def _where(spec: Spec) -> list[str]:
    """Where to look the value up, or how it is written; the fuller way first."""
    if spec.codelist:
        return [f": {', '.join(CODELISTS[spec.codelist].values)}", f": list `{spec.codelist}`"]
    if spec.local:
        return [f": {spec.example}"]
    if spec.ref:
        return [f": {_home(spec.ref)}"]
    how = {
        "edtf": " (a date)",
        "day": " (YYYY-MM-DD)",
        "flag": " (true or false)",
        "words": ": [one, two]",
        "number": " (a number)",
        "whole": " (a whole number)",
    }
    return [how.get(spec.kind) or (f", such as `{spec.example}`" if spec.example else "")]


def _home(table: str) -> str:
    """The file or folder in which the ids of ``table`` stand."""
    if table == "records":
        return f"an id from {LAYOUTS['transfer'].path}/ or {LAYOUTS['event'].path}/"
    layout = next(layout for layout in LAYOUTS.values() if layout.table == table)
    return f"an id from {layout.path}{'/' if layout.one_file_a_row else ''}"
