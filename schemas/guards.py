"""What text may not be in any cell, typed or declared, so that no published cell needs a guard.

Used on what people type (by the compiler) and on the labels and definitions of codes (at import).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

# Unicode categories of characters that cannot be seen: control, format, separators, unassigned, private use.
UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Co", "Cn", "Cs"})

# Words that some reader of CSV takes for a missing value (pandas, R, Stata, Excel, SQL loaders), in lower case.
MISSING_WORDS = frozenset(
    {
        *(
            "",
            "-",
            "--",
            ".",
            "?",
            "#",
            "na",
            "n/a",
            "#na",
            "#n/a",
            "#n/a n/a",
            "<na>",
            "null",
            "none",
            "nil",
        ),
        *("nan", "-nan", "nat", "-1.#ind", "1.#ind", "-1.#qnan", "1.#qnan"),
    }
)


def unseen(char: str) -> bool:
    """Whether a character cannot be seen."""
    return unicodedata.category(char) in UNSEEN


def faults(text: str) -> Iterator[tuple[str, str]]:
    """What would make a cell dangerous or lost in a spreadsheet or another reader: rule and what is wrong."""
    if text[:1] in "=+-@\t\r" and text:
        yield "T01", f"begins with `{text[0]}`"
    odd = next((char for char in text if unseen(char)), None)
    if odd is not None:
        what = "a line break" if odd == "\n" else f"U+{ord(odd):04X}"
        yield "T02", f"holds {what}"
    if not unicodedata.is_normalized("NFC", text):
        yield "T03", f"`{shown(text)}` is not in Unicode form NFC"
    if text.strip() and text.strip().casefold() in MISSING_WORDS:
        yield "T04", f"`{shown(text)}` is a word that readers take for missing"
    elif odd is None and (text != text.strip() or "  " in text):
        yield "T05", "has a space at an end, or two in a row"


def shown(text: str, most: int = 60) -> str:
    """A typed text, short enough for a message."""
    return text if len(text) <= most else text[: most - 3] + "..."
