"""Figures as they are printed: which numbers a printed text may mean, and which qualifiers its words allow.

Digits are read, with the multipliers of the sources' languages. A number spelled out in words is not: such a text has
no figure here, and nothing is said against what was typed for it.
"""

from __future__ import annotations

import re

# -- numbers -------------------------------------------------------------------------------------------------

# East Asian numerals are sums: 1만5천 is 1 x 10,000 + 5 x 1,000. A unit below the myriad adds to its section, a myriad
# and above multiply the section. 여, 餘, 余 and 多 ("odd") may stand before a unit, and change nothing.
_IN_SECTION = {"백": 1e2, "百": 1e2, "천": 1e3, "千": 1e3}
_OF_SECTION = {"만": 1e4, "万": 1e4, "萬": 1e4, "억": 1e8, "億": 1e8, "亿": 1e8}

_TIMES = {
    **dict.fromkeys(("割", "할"), 1e1),  # tenths, in percent
    **dict.fromkeys(("hundred",), 1e2),
    **dict.fromkeys(("thousand", "k", "тыс", "тысяч", "тысячи", "тис", "тисяч", "тисячі", "bin", "mil"), 1e3),
    **dict.fromkeys(("million", "m", "mln", "mn", "mio", "millionen", "millones", "milyon", "juta"), 1e6),
    **dict.fromkeys(("млн", "миллион", "миллиона", "миллионов"), 1e6),
    **dict.fromkeys(("мільйон", "мільйона", "мільйони", "мільйонів"), 1e6),
    **dict.fromkeys(("billion", "bn", "млрд"), 1e9),
}
_EAST_ASIAN = "\u3000"  # from here on: every multiplier of these scripts is among the units above
_ANY_FACTOR = (1.0, 1e2, 1e3, 1e4, 1e6, 1e8, 1e9)  # a word that is not known may be any multiplier
_NOUNS = (
    *("round", "shell", "rocket", "missile", "launcher", "gun", "vehicle", "aircraft", "ship", "vessel"),
    *("system", "piece", "container", "tonne", "ton", "barrel", "voyage", "flight"),
    *("person", "soldier", "troop", "percent"),
)
_JOINERS = frozenset({"and", "to", "or", "і", "й", "та", "и", "до"})
_COUNTED = frozenset({*_NOUNS, *(f"{noun}s" for noun in _NOUNS), *_JOINERS, "per", "of"})

_DIGITS = r"[0-9]+(?:[.,\u00a0\u202f ][0-9]{3}(?![0-9])|[.,][0-9]+)*"
_ODD = "[여餘余多]?"
_UNITS = rf"[{''.join((*_IN_SECTION, *_OF_SECTION))}]+"
_COMPOUND = rf"(?:{_DIGITS} ?{_ODD}{_UNITS} ?)+(?:{_DIGITS}(?![0-9.,]))?"
_NAMED = r"(?<![0-9a-zа-яіїєґ])(?<![a-zа-яіїєґ]-)"  # the 23 of KN-23 is no figure
_FIGURE = re.compile(rf"{_NAMED}(?:({_COMPOUND})|({_DIGITS})(?:[ -]*([^\W\d_]+))?)")
_SIZE = re.compile(
    rf"{_DIGITS}[ -]*(?:mm|мм|㎜|밀리|ミリ|毫米|year-old|летн|лет |річн|세 |歳)"
)  # calibres and ages
_FRACTION = re.compile(r"([0-9]+) ?(?:분의|分の|分之) ?([0-9]+)")
_SLASHED = re.compile(r"(?<![0-9/])([0-9])/([0-9])(?![0-9/])")
_SPAN = re.compile(r"[ ]*[-–—~∼〜～][ ]*")


def printed_figures(text: str) -> list[set[float]]:
    """The figures in a printed text, each as the set of numbers it may mean. Calibres and ages are no figures.

    Groups of three digits are thousands, whatever parts them; other digits behind one sign are decimals. A fraction is
    given in percent. The first figure of a range may have the magnitude of the second: "4.2 and 5.8 million",
    "11 to 12,000".
    """
    text = _SIZE.sub(" ", text.casefold())
    found = [{100 * int(part) / int(whole)} for whole, part in _FRACTION.findall(text) if int(whole)]
    found += [{100 * int(part) / int(whole)} for part, whole in _SLASHED.findall(text) if int(whole)]
    text = _SLASHED.sub(" ", _FRACTION.sub(" ", text))

    bare, open_at = None, -1  # a number that a range may begin with, and where what joins it would end
    for match in _FIGURE.finditer(text):
        compound, digits, word = match.groups(default="")
        if compound:
            meant, scale = {_sum(compound)}, _scale(compound)
        else:
            number = _number(digits)
            scale = _TIMES.get(word, 1e3 if number >= 1e3 and number % 1e3 == 0 else 1.0)
            known = not word or word in _TIMES or word in _COUNTED or word >= _EAST_ASIAN
            meant = {number * f for f in ((_TIMES.get(word, 1.0),) if known else _ANY_FACTOR)}
        joined = bare is not None and (open_at < 0 or _SPAN.fullmatch(text[open_at : match.start()]))
        if joined and bare is not None and bare < scale > 1:
            found[-1].add(bare * scale)
        plain = not compound and (not word or word in _JOINERS)
        bare, open_at = (_number(digits) if plain else None), (-1 if word in _JOINERS else match.end())
        found.append(meant)
    return found


def _number(digits: str) -> float:
    whole, *rest = re.split(r"[^0-9]+", digits)
    signs = re.findall(r"[^0-9]+", digits)
    decimal = signs[-1] != signs[0] if len(signs) > 1 else bool(rest) and len(rest[0]) != 3
    return float(f"{whole}{''.join(rest[:-1])}.{rest[-1]}" if decimal else whole + "".join(rest))


def _sum(compound: str) -> float:
    total = section = 0.0
    for digits, units in re.findall(rf"({_DIGITS}) ?{_ODD}({_UNITS})", compound):
        number: float | None = _number(digits)
        for unit in units:
            if unit in _IN_SECTION:
                section += (1.0 if number is None else number) * _IN_SECTION[unit]
                number = None
            else:
                total += (section + (number or 0.0)) * _OF_SECTION[unit]
                section, number = 0.0, None
    tail = re.search(rf"{_DIGITS}$", compound.strip())
    return total + section + (_number(tail[0]) if tail else 0.0)


def _scale(compound: str) -> float:
    return max(_OF_SECTION.get(sign, _IN_SECTION.get(sign, 1.0)) for sign in compound)


# -- qualifiers ----------------------------------------------------------------------------------------------

_LOWER = ("more_than", "at_least")
_UPPER = ("up_to", "at_most", "under")

# The words of a bound or a rounding, and the qualifiers that they can mean. Words stand at the head of the text; signs
# of Korean, Japanese and Chinese anywhere in it. A bound goes before a rounding: 약 2만여 개 이상 is a lower bound.
_HEADS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (
        ("more than", "over", "upwards of", "in excess of", "at least", "no fewer than", "no less than"),
        _LOWER,
    ),
    (("up to", "as many as", "as much as", "at most", "no more than"), ("up_to", "at_most")),
    (("fewer than", "less than", "under", "below"), _UPPER),
    (("понад", "більше", "більш ніж", "щонайменше", "не менше", "принаймні"), _LOWER),
    (("более", "больше", "свыше", "не менее", "как минимум", "по меньшей мере"), _LOWER),
    (("über", "mehr als", "mindestens", "plus de", "au moins", "más de", "al menos", "mais de"), _LOWER),
    (("bis zu", "jusqu'à", "hasta"), ("up_to", "at_most")),
    (("around", "about", "nearly", "almost", "approximately", "roughly", "some"), ("approx",)),
    (("близько", "приблизно", "майже", "около", "примерно", "почти", "порядка"), ("approx",)),
    (
        ("rund", "etwa", "ungefähr", "fast", "environ", "près de", "unos", "unas", "cerca de", "yaklaşık"),
        ("approx",),
    ),
)
_SIGNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"이상|넘는|초과|적어도|최소|以上|超過|逾|超え|少なくとも|至少", _LOWER),
    (r"최대|많게는|最大|最多|이하|미만|以下|未満", _UPPER),
    (r"약|거의|가량|안팎|여|約|约|およそ|餘|余り", ("approx",)),
)


def qualifiers(text: str) -> tuple[str, tuple[str, ...]] | None:
    """The telling words of a printed figure, and the qualifiers that they allow; None if it has none.

    Only of a text with a figure in digits: "more than halved" is an upper bound.
    """
    if not printed_figures(text):
        return None
    text = text.casefold()
    for words, meant in _HEADS:
        cue = next((word for word in words if text.startswith(f"{word} ")), None)
        if cue:
            return cue, meant
    for signs, meant in _SIGNS:
        sign = re.search(signs, text)
        if sign:
            return sign[0], meant
    return None
