"""What a rule asks, with the example that breaks it and its nearest good neighbour.

The examples are the overlays in ``tests/cases``: edits of one small good dataset that the tests apply too, so
that what is shown here is what happens. Where there are no cases the rule's own texts are shown alone.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from schemas.rules import RULES

CASES = Path(__file__).resolve().parent.parent / "tests" / "cases"
MOST_LINES = 8  # of each side of a difference


class UnknownRule(ValueError):
    """There is no rule of that code; the message names the nearest and lists them all."""


class BadOverlay(ValueError):
    """An overlay that cannot be applied; the message says which edit and why."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit of one file: a text put (``repeat`` times) for another, a whole new file, or its removal.

    ``put_hex`` and ``write_hex`` are bytes in hexadecimal, for what is no UTF-8.
    """

    file: str
    find: str = ""
    put: str = ""
    put_hex: str = ""
    write: str = ""
    write_hex: str = ""
    delete: bool = False
    repeat: int = 1

    def apply(self, before: bytes | None) -> bytes | None:
        """The file's bytes after the edit; None where there is no such file. Raises `BadOverlay`."""
        if self.delete:
            if before is None:
                raise BadOverlay(f"{self.file}: there is no such file to delete")
            return None
        put = bytes.fromhex(self.put_hex) or self.put.encode()
        if not self.find:
            return (bytes.fromhex(self.write_hex) or self.write.encode()) * self.repeat
        found = (before or b"").count(self.find.encode())
        if found != 1:
            raise BadOverlay(f"{self.file}: `{self.find}` stands there {found} times; once is meant")
        return (before or b"").replace(self.find.encode(), put * self.repeat)


@dataclass(frozen=True, slots=True)
class Overlay:
    """Edits of the good dataset, and the problems that they raise, as they are printed."""

    edits: tuple[Edit, ...]
    expect: tuple[str, ...] = ()

    def files(self, base: Path) -> dict[str, tuple[bytes | None, bytes | None]]:
        """The bytes of each edited file before and after."""
        result: dict[str, tuple[bytes | None, bytes | None]] = {}
        for edit in self.edits:
            path = base / edit.file
            if edit.file not in result:
                before = path.read_bytes() if path.is_file() else None
                result[edit.file] = before, before
            before, now = result[edit.file]
            result[edit.file] = before, edit.apply(now)
        return result


def read_overlay(path: Path) -> Overlay:
    """Read ``fail.toml`` or ``pass.toml``. Raises `BadOverlay`."""
    with path.open("rb") as stream:
        data = tomllib.load(stream)
    known = {f.name for f in fields(Edit)}
    unknown = {
        *(data.keys() - {"edit", "expect"}),
        *(k for e in data.get("edit", ()) for k in e.keys() - known),
    }
    if unknown:
        raise BadOverlay(f"{path}: unknown keys: {', '.join(sorted(unknown))}")
    return Overlay(tuple(Edit(**edit) for edit in data.get("edit", ())), tuple(data.get("expect", ())))


def explain(code: str, cases: Path = CASES) -> str:
    """The text of ``check --explain CODE``. Raises `UnknownRule`."""
    rule = RULES.get(code.strip().upper())
    if rule is None:
        near = difflib.get_close_matches(code.strip().upper(), RULES, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise UnknownRule(f"there is no rule {code}{hint}\n{_all_rules()}")
    lines = [f"{rule.code} ({rule.severity}): {rule.demand}", f"What to do: {rule.help}."]
    folder = cases / rule.code
    if folder.is_dir():
        wrong, right = (read_overlay(folder / f"{name}.toml") for name in ("fail", "pass"))
        lines += [
            "",
            "This fails:",
            *_shown(wrong, cases / "base"),
            "",
            *(f"  {line}" for line in wrong.expect),
        ]
        lines += ["", "This passes:", *_shown(right, cases / "base")]
    return "\n".join(lines)


def _all_rules() -> str:
    width = max(map(len, RULES))
    return "\n".join(f"  {code:{width}}  {RULES[code].demand}" for code in sorted(RULES))


def _shown(overlay: Overlay, base: Path) -> Iterator[str]:
    """Each edited file's name, then its lines before (-) and after (+), numbered."""
    for name, (before, after) in overlay.files(base).items():
        if after is None:
            yield f"  {name} is deleted"
            continue
        yield f"  {name}" if before is not None else f"  {name} (a new file)"
        old, new = _lines(before), _lines(after)
        for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if kind != "equal":
                yield from _side("-", old, a, b)
                yield from _side("+", new, c, d)


def _side(sign: str, lines: list[str], first: int, last: int) -> Iterator[str]:
    for n in range(first, min(last, first + MOST_LINES)):
        yield f"  {n + 1:>4} {sign} {lines[n]}"
    if last - first > MOST_LINES:
        yield f"       {sign} ... and {last - first - MOST_LINES:,} lines more"


def _lines(data: bytes | None) -> list[str]:
    """Lines as a terminal can show them: what cannot be seen, or is no UTF-8, as an escape."""
    text = (data or b"").decode("utf-8", "backslashreplace").removesuffix("\n")
    return [_seen(line) for line in text.split("\n")] if text else []


def _seen(line: str) -> str:
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in line)
