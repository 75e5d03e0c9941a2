"""What can go wrong for a user of the package. Every message says what to do next."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class ArmsledgerError(Exception):
    """Anything that the package itself refuses; the ``armsledger`` command prints it and exits with 1."""


class DataMissing(ArmsledgerError):
    """The package holds no tables: it runs from a checkout in which nothing was built."""


class UnknownTable(ArmsledgerError, ValueError):
    """No table of that name."""


class UnknownVersion(ArmsledgerError, ValueError):
    """No version of that name lies in the package."""


class OtherMethod(ArmsledgerError, ValueError):
    """A version was assessed by an edition of the rule that this package does not know."""


class UnknownId(ArmsledgerError, LookupError):
    """No record, claim, document or registry entry has that id."""


class BadArgument(ArmsledgerError, ValueError):
    """An argument that means nothing here: no day, no such style, no words."""


class ExtraMissing(ArmsledgerError):
    """A library that only this needs is not installed; the message says how to install it."""


class DoesNotFit(ArmsledgerError):
    """A table, or a value in it, that a file format cannot hold."""


class Damaged(ArmsledgerError):
    """Files of the package are not what was published. ``problems``: a line each, with the table's name."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        shown = [f"  {line}" for line in self.problems[:20]]
        if len(self.problems) > len(shown):
            shown.append(f"  and {len(self.problems) - len(shown)} more")
        super().__init__("\n".join(["These files are not what was published; install them anew:", *shown]))


def nearest(word: str, known: Iterable[str], n: int = 3) -> list[str]:
    """Up to `n` of the known words that look most like `word`, best first; case does not count."""
    folded: dict[str, str] = {}
    for name in known:
        folded.setdefault(name.casefold(), name)
    if word.casefold() in folded:
        return [folded[word.casefold()]]
    return [folded[name] for name in difflib.get_close_matches(word.casefold(), folded, n, cutoff=0.5)]


def one_of(what: str, given: object, known: Iterable[str]) -> str:
    """``transferz: no such table. Did you mean transfers? There are ...``"""
    known = list(known)
    near = nearest(str(given), known, 1)
    guess = f" Did you mean {near[0]}?" if near else ""
    return f"{given}: no such {what}.{guess} There are {', '.join(known)}."
