"""Good record files broken every way a person or an editor breaks them, the same for the same seed.

A mutator takes a source of chance and the text (or the bytes) of a file and gives it back broken, or changed
in a way that must not matter. ``mutants`` deals them out; each can be made again alone, by seed and number.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random

FOLDER = b"<a folder stands here>"


@dataclass(frozen=True)
class Mutant:
    """What was done, and the files that differ; None: removed, `FOLDER`: a folder of that name."""

    number: int
    how: str
    changes: dict[str, bytes | None]


Breaker = Callable[[Random, bytes], bytes]
BREAKERS: dict[str, Breaker] = {}


def of_bytes(break_it: Breaker) -> Breaker:
    BREAKERS[break_it.__name__] = break_it
    return break_it


def of_text(break_it: Callable[[Random, str], str]) -> Callable[[Random, str], str]:
    def breaker(chance: Random, data: bytes) -> bytes:
        text = break_it(chance, data.decode("utf-8", "surrogateescape"))
        try:
            return text.encode("utf-8", "surrogateescape")
        except UnicodeEncodeError:
            return text.encode("utf-8", "surrogatepass")

    BREAKERS[break_it.__name__] = breaker
    return break_it


def mutants(files: Mapping[str, bytes], seed: int, count: int, start: int = 0) -> Iterator[Mutant]:
    """``count`` mutants of the good ``files``; every mutator in turn, on a file of chance."""
    return (mutant(files, seed, number) for number in range(start, start + count))


def mutant(files: Mapping[str, bytes], seed: int, number: int) -> Mutant:
    chance = Random(f"{seed}:{number}")
    names = sorted(files)
    if number % 40 == 39:
        how, changes = _misplaced(chance, files, names)
        return Mutant(number, f"{how}({', '.join(changes)})", changes)
    name = chance.choices(names, [min(len(files[n]), 3000) for n in names])[0]
    ways = list(BREAKERS)
    chosen = [ways[(number - number // 40) % len(ways)]]
    if chance.random() < 0.15:
        chosen.append(chance.choice(ways))
    data = files[name]
    for way in chosen:
        data = BREAKERS[way](chance, data)
    return Mutant(number, f"{' + '.join(chosen)}({name})", {name: data})


def _misplaced(
    chance: Random, files: Mapping[str, bytes], names: list[str]
) -> tuple[str, dict[str, bytes | None]]:
    """Files removed, renamed, copied, standing where nothing reads them, folders in their place."""
    name = chance.choice(names)
    folder, _, base = name.rpartition("/")
    at = f"{folder}/" if folder else ""
    way = chance.choice(("removed", "renamed", "copied", "folder", "stray", "hidden", "swapped", "odd name"))
    if way == "removed":
        return way, {name: None}
    if way == "folder":
        return way, {name: FOLDER}
    if way == "swapped":
        other = chance.choice(names)
        return way, {name: files[other], other: files[name]}
    endings = {
        "renamed": (
            "NKRU-T-9999.yaml",
            "nkru-t-0001.yaml",
            f"{base}.bak",
            base.replace(".yaml", ".yml"),
            "x.yaml",
        ),
        "copied": ("NKRU-T-9998.yaml", f"Copy of {base}", base.replace(".yaml", " (1).yaml"), "copy.yaml"),
        "stray": ("notes.txt", "x/y/z.yaml", "registries/more.yaml", "readme.md", "seeds.yaml"),
        "hidden": (".DS_Store", f".{base}.swp", f".#{base}", f".{base}"),
        "odd name": (
            "я.yaml",
            "a b.yaml",
            "a\nb.yaml",
            "a\u202eb.yaml",
            "\udcff.yaml",
            ".yaml",
            "-.yaml",
            "%0A.yaml",
        ),
    }
    new = at + chance.choice(endings[way])
    changes: dict[str, bytes | None] = {new: files[name] if way in ("renamed", "copied") else b"a: b\n"}
    if way == "renamed" and new != name:
        changes[name] = None
    return way, changes


# --- where in a file ------------------------------------------------------------------------------------

_VALUE = re.compile(
    r"""(?:(?<=: )|(?<=- )|(?<=\[)|(?<=, ))(?!- )("[^"\n]*"|'[^'\n]*'|[^\s"'>|{\[#][^\n{}\[\],]*)"""
)
_KEY = re.compile(r"(?:(?<=\n)|(?<=[ {]))[a-z_]+(?=:[ \n])")
_NUMBER = re.compile(r"(?<=: )-?[0-9]+(\.[0-9]+)?(?=[,}\n])")
_DATE = re.compile(r'(?<=: )"?\[?[0-9]{4}(-[0-9]{2})*[^,}\n]*')


def _words(text: str) -> list[str]:
    return text.split()


def _put(chance: Random, text: str, place: re.Pattern[str], new: Callable[[str], str]) -> str:
    """``text`` with one of the places changed; as it is where there is none."""
    found = list(place.finditer(text))
    if not found:
        return text
    at = chance.choice(found)
    return text[: at.start()] + new(at.group()) + text[at.end() :]


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True) or [""]


def _at(chance: Random, text: str) -> int:
    return chance.randrange(len(text) + 1)


# --- lines ----------------------------------------------------------------------------------------------


@of_text
def line_gone(chance: Random, text: str) -> str:
    lines = _lines(text)
    del lines[chance.randrange(len(lines))]
    return "".join(lines)


@of_text
def lines_gone(chance: Random, text: str) -> str:
    lines = _lines(text)
    at = chance.randrange(len(lines))
    del lines[at : at + chance.randint(2, 12)]
    return "".join(lines)


@of_text
def line_twice(chance: Random, text: str) -> str:
    lines = _lines(text)
    at = chance.randrange(len(lines))
    return "".join([*lines[:at], lines[at], *lines[at:]])


@of_text
def lines_twice(chance: Random, text: str) -> str:
    lines = _lines(text)
    at, n = chance.randrange(len(lines)), chance.randint(2, 14)
    return "".join([*lines[: at + n], *lines[at : at + n], *lines[at + n :]])


@of_text
def lines_swapped(chance: Random, text: str) -> str:
    lines = _lines(text)
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "".join(lines)


@of_text
def neighbours_swapped(chance: Random, text: str) -> str:
    lines = _lines(text)
    at = chance.randrange(max(1, len(lines) - 1))
    lines[at : at + 2] = reversed(lines[at : at + 2])
    return "".join(lines)


@of_text
def indented(chance: Random, text: str) -> str:
    lines = _lines(text)
    at, n = chance.randrange(len(lines)), chance.randint(1, 6)
    by = chance.choice((1, 2, 4, -1, -2, 40))
    for i in range(at, min(at + n, len(lines))):
        lines[i] = " " * by + lines[i] if by > 0 else lines[i].removeprefix(" " * -by)
    return "".join(lines)


@of_text
def list_less_indented(chance: Random, text: str) -> str:
    """``claims:`` with its dashes under the key: other indentation, the same tree."""
    return (
        re.sub(r"(?m)^  (?=  - |  {4}|- )", "", text)
        if chance.random() < 0.3
        else re.sub(r"(?m)^  ", "", text)
    )


@of_text
def spaces_at_ends(chance: Random, text: str) -> str:
    return "".join(
        line.rstrip("\n") + " " * chance.randint(0, 3) + "\n" if chance.random() < 0.3 else line
        for line in _lines(text)
    )


@of_text
def blank_lines(chance: Random, text: str) -> str:
    return "".join(
        line + chance.choice(("\n", "   \n", "\n\n\n")) if chance.random() < 0.2 else line
        for line in _lines(text)
    )


@of_text
def lines_joined(chance: Random, text: str) -> str:
    lines = _lines(text)
    at = chance.randrange(len(lines))
    lines[at] = lines[at].rstrip("\n") + chance.choice(("", " "))
    return "".join(lines)


@of_text
def cut_off(chance: Random, text: str) -> str:
    return text[: _at(chance, text)]


@of_text
def no_last_newline(chance: Random, text: str) -> str:
    return text.rstrip("\n")


@of_text
def comments(chance: Random, text: str) -> str:
    at = _at(chance, text)
    return (
        text[:at] + chance.choice(("# x", " # x\n", "\n# x\n", "\n  # x: [\n", "#", " #", "\n#")) + text[at:]
    )


@of_text
def comments_after(chance: Random, text: str) -> str:
    return "".join(
        line.rstrip("\n") + chance.choice(("  # why", " # «»", " #{", "# glued")) + "\n"
        if chance.random() < 0.2
        else line
        for line in _lines(text)
    )


# --- bytes and characters -------------------------------------------------------------------------------


@of_bytes
def encoded_otherwise(chance: Random, data: bytes) -> bytes:
    text = data.decode("utf-8", "replace")
    code = chance.choice(
        ("utf-16", "utf-16-le", "utf-32", "utf-8-sig", "latin-1", "cp1251", "cp949", "utf-7")
    )
    return text.replace("a", "é", 1).encode(code, "replace")


@of_bytes
def stray_byte(chance: Random, data: bytes) -> bytes:
    at = chance.randrange(len(data) + 1)
    return (
        data[:at]
        + chance.choice((b"\xe9", b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf5", b"\x80"))
        + data[at:]
    )


@of_bytes
def bits_flipped(chance: Random, data: bytes) -> bytes:
    out = bytearray(data or b"a")
    for _ in range(chance.randint(1, 4)):
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)


@of_bytes
def bytes_of_chance(chance: Random, data: bytes) -> bytes:
    at, n = chance.randrange(len(data) + 1), chance.randint(1, 20)
    return data[:at] + chance.randbytes(n) + data[at + chance.choice((0, n)) :]


@of_bytes
def spliced(chance: Random, data: bytes) -> bytes:
    one, two, to = (chance.randrange(len(data) + 1) for _ in range(3))
    return data[:to] + data[min(one, two) : max(one, two)] + data[to:]


@of_text
def line_ends(chance: Random, text: str) -> str:
    if chance.random() < 0.5:
        return text.replace("\n", chance.choice(("\r\n", "\r", "\n\r", "\u2028", "\x85")))
    at = text.find("\n", _at(chance, text))
    return text[:at] + chance.choice(("\r", "\x0b", "\x0c", "\u2029")) + text[at:]


@of_text
def tabs(chance: Random, text: str) -> str:
    return chance.choice(
        (
            lambda: text.replace("  ", "\t"),
            lambda: text.replace(": ", ":\t", 1),
            lambda: text.replace("\n", "\t\n", 1),
            lambda: text[: (at := _at(chance, text))] + "\t" + text[at:],
        )
    )()


UNSEEN = (
    "\x00\x01\x07\x08\x1b\x7f\x80\x9f\xad\u200b\u200c\u200d\u200e\u202e\u2060"
    "\u2066\ufeff\ufffe\uffff\U000e0041\ue000"
)
ODD_SPACES = "\xa0\u2002\u2003\u2009\u202f\u3000\u1680"


@of_text
def unseen(chance: Random, text: str) -> str:
    at = _at(chance, text)
    return text[:at] + chance.choice(UNSEEN) * chance.choice((1, 1, 3)) + text[at:]


@of_text
def odd_space(chance: Random, text: str) -> str:
    at = text.find(" ", _at(chance, text))
    return text[:at] + chance.choice(ODD_SPACES) + text[at + 1 :]


@of_text
def letters(chance: Random, text: str) -> str:
    """Letters of every kind inside a value: accents apart or together, other scripts, emoji."""
    new = chance.choice(
        (
            "é",
            "e\u0301",
            "Ж",
            "한",
            "\u1112\u1161\u11ab",
            "ﬁ",
            "😀",
            "ا",
            "Å",
            "\u212b",
            "ß",
            "İ",
            "\ufffd",
            "\U0001d7d9",
        )
    )
    return _put(chance, text, _VALUE, lambda old: old[:1] + new + old[1:])


@of_text
def smart_quotes(chance: Random, text: str) -> str:
    if chance.random() < 0.4:
        return text.replace('"', chance.choice("“”„«’")).replace("'", "’")
    return _put(
        chance, text, _VALUE, lambda old: chance.choice(("“{}”", "‘{}’", "«{}»")).format(old.strip("\"'"))
    )


_HOMOGLYPHS = str.maketrans("aeopcyxi", "аеорсухі")


@of_text
def homoglyph_key(chance: Random, text: str) -> str:
    return _put(chance, text, _KEY, lambda old: old.translate(_HOMOGLYPHS))


@of_text
def key_misspelt(chance: Random, text: str) -> str:
    def misspelt(old: str) -> str:
        at = chance.randrange(len(old))
        return chance.choice(
            (
                old[:at] + old[at + 1 :],
                old[:at] + chance.choice("abcdefghijklmnopqrstuvwxyz_- ") + old[at:],
                old[:at] + old[at:][:2][::-1] + old[at + 2 :],
                old.upper(),
                old.title(),
                old.replace("_", "-"),
                f'"{old}"',
                f"{old} ",
                "",
                "<<",
                "é" + old,
                "=" + old,
                "?",
                "x" * 5000,
            )
        )

    return _put(chance, text, _KEY, misspelt)


@of_text
def key_of_another(chance: Random, text: str) -> str:
    keys = _KEY.findall(text) or ["id"]
    return _put(chance, text, _KEY, lambda old: chance.choice(keys))


# --- values ---------------------------------------------------------------------------------------------

NUMBERS = [
    *_words(r"""
    5,000,000 5.000.000 5_000_000 1_000 1e6 1E6 1e-3 5e400 0x1f 0o17 017 00 007 .5 5. +5 -5 -0 -0.0 0
    0.0 1.10 1.5 0.1 1/2 ½ ٥ ５０００ ５ 五 1e 1e+ 99999999999999999999 999999999999999 9999999999999999
    0.000000000000001 123456789012345 1234567890.12345 100000000000000000000000000000 .inf -.inf .nan
    NaN inf nan 12:30 1:00:00 190:20:30 5% $5 5k ~5 >5 5+ 1.0 2.50 3.14159265358979 0.30000000000000004
    4503599627370497.5 2**3 --5 5-6 1.2.3 1. 01.5 −5 5− 1'000 1’000 12.0 7 42 4000000000 2147483648
    9007199254740993
    """),
    "5 000 000",
    "5\xa0000\xa0000",
    "5\u202f000",
    "0." + "0" * 330 + "1",
    "9" * 5000,
    "0." + "3" * 14,
    "1 000",
]


@of_text
def number_otherwise(chance: Random, text: str) -> str:
    return _put(chance, text, _NUMBER, lambda old: chance.choice(NUMBERS))


@of_text
def number_near(chance: Random, text: str) -> str:
    """Another number of the same kind, most of them good."""

    def near(old: str) -> str:
        n = chance.choice(
            (chance.randrange(10**6), chance.randrange(10**15), round(chance.uniform(-90, 90), 6))
        )
        return chance.choice(
            (str(n), f'"{n}"', f"'{n}'", f"{old}.0", f"{old}.50", f'"{old}"', f"{old}0", f"{old}00", old[:-1])
        )

    return _put(chance, text, _NUMBER, near)


DATES = [
    *_words(r"""
    29.11.2024 11/29/2024 29/11/2024 2024-11-29T00:00:00Z 2024-11-29T12:00 2023-02-29 2024-02-29
    2024-02-30 2024-13 2024-00 2024-11-00 2024-11-31 2024-1 2024-1-5 24-11-29 2024 2024-11 2024-10?
    2024~ 2024-10% 2024-21 2024-22 2024-24 2024-25 2024-41 2024-21-01 202X 2024-1X 2024-XX Y12024 Y-17E7
    -0044 0000 0001 0999 9998 9999 9999-12-31 9999-24 0001-01-01 0999-12-31 .. ../.. / 2024/ /2024
    2024/2023 2024/2024 2024-10/2024-12 ../2024-12 2024-10/.. 2024-10-01/2024-10-01
    2024-10/2024-11/2024-12 [2024-10..2024-12] [2024-10,2024-12] [2024-10] [] [..2024] [2024..]
    [2024..2023] {2024,2025} 2024-W12 2024-366 20241129 ２０２４ 2024‑11‑29 2024–11–29 ٢٠٢٤ 2024.11.29 open
    unknown today c.2024 2024s 1945-08-15 2030-01-01 1900-02-29 2000-02-29 2024-11-29?~ ?2024 2024-?11
    """),
    "29 November 2024",
    "Nov 29, 2024",
    "2024-11-29 00:00:00",
    "[2024-10-01, 2024-11-29]",
    " 2024",
    "2024 ",
]


@of_text
def date_otherwise(chance: Random, text: str) -> str:
    new = chance.choice(DATES)
    return _put(chance, text, _DATE, lambda old: chance.choice((new, f'"{new}"', f"'{new}'")))


WORDS = [
    *_words(r"""
    yes no YES NO on off y n null Null NULL ~ true True FALSE false none None nan NaN NA N/A n/a nil -
    -- ? . # '' = + @ ` | > & * ! % %YAML & &a *a !!str !!int !x << : :: a:b a: [ ] { } , [] {} [[]]
    'unclosed "unclosed \ \n /* <!-- <script>alert(1)</script> =1+1 +1 -1 @SUM(A1) =cmd|' \x00 %s {0}
    $HOME ../../../etc/passwd prk rus ua-hur NKRU-T-0001 NKRU-T-0001.c1 NKRU-T-9999 NKRU-E-0001 c1 c99
    c01 C1 nobody nowhere other unknown all round missile exact between dozens cumulative flow asserts
    denies p1 p99 p0 p² whole delivered used 3 6 A F PRK RUS XXX 'a""b' 'null'
    """),
    '""',
    '"a\\nb"',
    '"a\\tb"',
    '"\\0"',
    '"\\u200b"',
    '"\\ud800"',
    '"\\U0010ffff"',
    '"=1"',
    '" a"',
    '"a  b"',
    '"\\e[31m"',
    "a: b",
    "a #b",
    "x" * 130,
    "x " * 400,
    "ж" * 700,
    '"a|b"',
    '"a,b"',
    '"\\\n"',
    "a\n  b",
    '"NA"',
    '"\\N\\_\\L\\P"',
    "|\n    a\n    b",
    ">-\n    a\n    b",
    ">\n    a",
    "|2-\n    a",
    "|9\n    a",
    ">+\n    a\n\n\n",
    ">-\n  a",
    "|\n\ta",
    "a\n\n  b",
]


@of_text
def value_otherwise(chance: Random, text: str) -> str:
    return _put(chance, text, _VALUE, lambda old: chance.choice(WORDS))


@of_text
def value_number(chance: Random, text: str) -> str:
    return _put(chance, text, _VALUE, lambda old: chance.choice(NUMBERS))


@of_text
def value_date(chance: Random, text: str) -> str:
    return _put(chance, text, _VALUE, lambda old: chance.choice(DATES))


@of_text
def value_of_another(chance: Random, text: str) -> str:
    values = [m.group() for m in _VALUE.finditer(text)] or ["x"]
    return _put(chance, text, _VALUE, lambda old: chance.choice(values))


@of_text
def value_quoted(chance: Random, text: str) -> str:
    """The same value in other quotes, or in none: mostly the same record."""

    def requoted(old: str) -> str:
        bare = old.strip("\"'").rstrip()
        escaped = "".join(f"\\u{ord(c):04x}" if ord(c) < 0xFFFF else c for c in bare)
        return chance.choice(
            (
                json.dumps(bare),
                json.dumps(bare, ensure_ascii=False),
                bare,
                f'"{escaped}"',
                "'" + bare.replace("'", "''") + "'",
            )
        )

    for _ in range(chance.randint(1, 6)):
        text = _put(chance, text, _VALUE, requoted)
    return text


@of_text
def value_broken_over_lines(chance: Random, text: str) -> str:
    return _put(chance, text, _VALUE, lambda old: old.replace(" ", "\n" + " " * chance.randint(0, 12), 1))


@of_text
def value_empty(chance: Random, text: str) -> str:
    return _put(
        chance,
        text,
        _VALUE,
        lambda old: chance.choice(("", '""', "''", "~", "null", "[]", "{}", " ", "# gone")),
    )


@of_text
def value_longer(chance: Random, text: str) -> str:
    return _put(
        chance,
        text,
        _VALUE,
        lambda old: old + chance.choice((" and more", ".", " ", "  x", ":", " #", ", y", "x" * 3000)),
    )


@of_text
def value_case(chance: Random, text: str) -> str:
    return _put(
        chance,
        text,
        _VALUE,
        lambda old: chance.choice((old.upper(), old.lower(), old.title(), old.swapcase())),
    )


@of_text
def map_for_scalar(chance: Random, text: str) -> str:
    new = chance.choice(
        (
            "{a: b}",
            "[a]",
            "{}",
            "[]",
            "[[a]]",
            "{a: {b: c}}",
            "[a, {b: c}]",
            "{? a : b}",
            "{[a]: b}",
            "{{a: b}: c}",
            "{a}",
            "[a: b]",
        )
    )
    return _put(chance, text, _VALUE, lambda old: new.replace("a", old) if chance.random() < 0.5 else new)


@of_text
def scalar_for_map(chance: Random, text: str) -> str:
    return _put(
        chance,
        text,
        re.compile(r"(\{[^{}\n]*\}|\[[^\[\]\n]*\])"),
        lambda old: chance.choice(("x", "", "5", "~", "[]", "{}", "- x")),
    )


@of_text
def list_emptied(chance: Random, text: str) -> str:
    lines = _lines(text)
    heads = [i for i, line in enumerate(lines) if line.rstrip().endswith(":")]
    if not heads:
        return text
    at = chance.choice(heads)
    depth = len(lines[at]) - len(lines[at].lstrip())
    end = at + 1
    while end < len(lines) and (not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip()) > depth):
        end += 1
    new = chance.choice(("", " []", " {}", " x", " ~", " [x]", "\n  - x", "\n  - []", "\n  -", "\n  a: b"))
    return "".join([*lines[:at], lines[at].rstrip("\n") + new + "\n", *lines[end:]])


@of_text
def flow_to_block(chance: Random, text: str) -> str:
    """One-line maps of a list written out: the same tree."""

    def block(found: re.Match[str]) -> str:
        pad = "\n" + " " * (len(found.group(1)) + 2)
        return f"{found.group(1)}- " + pad.join(re.split(r", (?=[a-z_]+: )", found.group(2)))

    return re.sub(r"(?m)^( *)- \{(.*)\}$", block, text)


@of_text
def block_to_flow(chance: Random, text: str) -> str:
    """The whole file as JSON: the same tree, if it was one."""
    import yaml

    try:
        tree = yaml.load(text, Loader=yaml.CBaseLoader)
    except (yaml.YAMLError, RecursionError):
        return text
    return json.dumps(tree, ensure_ascii=chance.random() < 0.5, indent=chance.choice((None, 1, 2)))


# --- YAML's own -----------------------------------------------------------------------------------------


@of_text
def yaml_feature(chance: Random, text: str) -> str:
    way = chance.randrange(10)
    if way == 0:
        return _put(chance, text, _VALUE, lambda old: f"&a {old}")
    if way == 1:
        return _put(chance, text, _VALUE, lambda old: "*a")
    if way == 2:
        return _put(
            chance,
            text,
            _VALUE,
            lambda old: (
                f"{chance.choice(('!!str', '!!float', '!!python/object:os.system', '!x', '!', '!<a>'))} {old}"
            ),
        )
    if way == 3:
        return (
            chance.choice(
                (
                    "%YAML 1.1\n---\n",
                    "%YAML 3.0\n---\n",
                    "%TAG ! tag:x,2000:\n---\n",
                    "%FOO bar\n---\n",
                    "%",
                    "---\n",
                    "--- # x\n",
                    "---\n---\n",
                )
            )
            + text
        )
    if way == 4:
        return text + chance.choice(
            ("---\n", "---\na: b\n", "...\n", "...\n---\na: b\n", "... x\n", "---", "...\nx")
        )
    if way == 5:
        return _put(chance, text, _KEY, lambda old: f"? {old}\n")
    if way == 6:
        return _put(chance, text, _KEY, lambda old: f"&k {old}")
    if way == 7:
        return text.replace("\n", "\n<<: *a\n", 1) + "\n<<: {a: b}\n"
    if way == 8:
        return text.replace("- ", "-", 1) if chance.random() < 0.5 else text.replace(": ", ":", 1)
    return _put(
        chance,
        text,
        re.compile(r">-"),
        lambda old: chance.choice((">", "|", "|-", ">+", "|+", ">2-", "|9", ">-x", ">-  # c", "|0", ">-+")),
    )


@of_text
def bracket(chance: Random, text: str) -> str:
    at = _at(chance, text)
    if chance.random() < 0.5:
        return text[:at] + chance.choice("[]{}\"'`:,-?&*!|>%@#\\") + text[at:]
    found = [i for i, c in enumerate(text) if c in "[]{}\"':,-"]
    at = chance.choice(found) if found else 0
    return text[:at] + text[at + 1 :]


@of_text
def deep(chance: Random, text: str) -> str:
    n = chance.choice((20, 23, 24, 25, 200, 50_000))
    new = chance.choice(
        (
            "[" * n,
            "[" * n + "]" * n,
            "{a: " * n,
            "{a: " * n + "b" + "}" * n,
            "\n" + "- " * n + "x\n",
            "\n" + "? " * n,
        )
    )
    return _put(chance, text, _VALUE, lambda old: new) if chance.random() < 0.7 else new


@of_text
def big(chance: Random, text: str) -> str:
    n = 1 << 20
    way = chance.randrange(7)
    if way == 0:
        return text + "# " + "x" * (2 * n) + "\n"
    if way == 1:
        return _put(chance, text, _VALUE, lambda old: "x" * (n - len(text.encode("utf-8", "replace")) - 10))
    if way == 2:
        return text + "# x\n" * 40_000
    if way == 3:
        return text + "#" + "я" * 200_000 + "\n"
    if way == 4:
        return text + "".join(f"k{i}: v\n" for i in range(3_000))
    if way == 5:
        return _put(chance, text, _VALUE, lambda old: "[" + "x, " * 5_000 + "x]")
    return text + "\n" * 100_000


@of_bytes
def nothing_left(chance: Random, data: bytes) -> bytes:
    return chance.choice(
        (
            b"",
            b"\n",
            b"   \n \n",
            b"# only\n",
            b"---\n",
            b"...\n",
            b"~\n",
            b"null",
            b"x",
            b"5",
            b'""',
            b"[]",
            b"{}",
            b"- a\n- b\n",
            b"? \n",
            b": \n",
            b"a",
            b"a:",
            b"a: b",
            b"%",
            b"\xef\xbb\xbf",
            b"\x00",
            b"{",
            b"[a",
            b"'",
            b"- - -",
            b"--- |\n a",
            b"!!map {}",
            b"{}\n{}\n",
        )
    )


# --- what only a person does ----------------------------------------------------------------------------


@of_text
def claim_twice(chance: Random, text: str) -> str:
    found = list(re.finditer(r"(?ms)^  - id: c\d+\n(?:    .*?\n)+", text))
    if not found:
        return lines_twice(chance, text)
    at = chance.choice(found)
    new = at.group()
    if chance.random() < 0.6:
        new = re.sub(r"id: c\d+", f"id: c{chance.choice((2, 7, 10, 99, 12345))}", new)
    return text[: at.end()] + new + text[at.end() :]


@of_text
def claims_reordered(chance: Random, text: str) -> str:
    found = list(re.finditer(r"(?ms)^  - id: c\d+\n(?:    .*?\n)+", text))
    if len(found) < 2:
        return text
    parts = [m.group() for m in found]
    chance.shuffle(parts)
    return text[: found[0].start()] + "".join(parts) + text[found[-1].end() :]


@of_text
def id_otherwise(chance: Random, text: str) -> str:
    ids = (
        "NKRU-T-0002",
        "NKRU-T-9999",
        "nkru-t-0001",
        "NKRU-T-1",
        "NKRU-T-00001",
        "c1",
        "c2",
        "c0",
        "c01",
        "c1.c1",
        "NKRU-T-0001.c1",
        "prk",
        "c999999999999",
    )
    return _put(chance, text, re.compile(r"(?<=id: )\S+"), lambda old: chance.choice(ids))


EXTRA = (
    "note: A remark.",
    "ended: returned",
    "condition: new",
    "parent: NKRU-T-0001",
    "direction: joint",
    "transfer_class: other",
    "summary: x",
    "vessels:\n  - {vessel: port-star, role: carrier}",
    "links:\n  - {to: NKRU-E-0001, relation: follows}",
    "intermediaries: [kor]",
    "places: [{place: russia, role: transit}]",
    "headline: {measure: killed, scope: all, unit: person}",
    "items: []",
    "items: [artillery-shell, artillery-shell]",
    "provisions:\n  - {provision: unscr-2397-5, assessment: claimed_breach}",
    "revisions:\n  - {date: 2025-06-15, kind: miscoded, fields: [unit], reason: x}",
    "participants: [{actor: prk, role: host}, {actor: prk, role: host}]",
    "zzz: 1",
    "quantity: 5",
    "claims: []",
    "coding: {}",
    "lat: 91",
    "lon: -180",
    "calibre_mm: 152.4",
    "range_km: {a: b}",
    "reliability: B",
    "interest: none",
    "cow_code: 731",
    "imo: 9074729",
    "box: {south: 1, west: 2, north: 3, east: 4, origin: x}",
)


@of_text
def key_added(chance: Random, text: str) -> str:
    lines = _lines(text)
    new, at = chance.choice(EXTRA), chance.randrange(len(lines) + 1)
    if chance.random() < 0.6:
        return text + new + "\n"
    pad = " " * (len(lines[at - 1]) - len(lines[at - 1].lstrip(" -")))
    return "".join([*lines[:at], *(pad + part + "\n" for part in new.split("\n")), *lines[at:]])


CLAIM_KEYS = (
    "scope: lost",
    "modality: possible",
    "since: 2024",
    "as_of: 2024-11-01",
    "window: 2024-10/2024-11",
    "voice: kor",
    "stance: denies",
    "measure: killed",
    "rank: deprecated\n    rank_reason: A slip.",
    "supersedes: c1",
    "rests_on: c2",
    "bears_on: [NKRU-T-0001]",
    "bears_on: NKRU-T-0001",
    "denies: {direction: PRK_to_RUS, classes: [all]}",
    "denies: {classes: [all, uav], rung: used}",
    "admission: true",
    "evidence_visible: yes",
    "complete: True",
    "likelihood_words: likely",
    "speaker: kor",
    "quantity: {qualifier: dozens, unit: round, as_stated: dozens}",
    "quantity: {value: 5}",
    "quantity: {qualifier: between, from: 5, to: 3, unit: round, as_stated: x}",
)


@of_text
def claim_key_added(chance: Random, text: str) -> str:
    new = chance.choice(CLAIM_KEYS)
    return _put(chance, text, re.compile(r"(?<=\n)    claimant: "), lambda old: f"    {new}\n{old}")
