"""Numbers of a text, in digits and words, with what they count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from num2words import num2words  # type: ignore[import-untyped]  # the package ships no types

from sources.numerals import LANGUAGES, cardinals, fold, ordinals
from sources.support.tokens import Token, places_of
from sources.support.tongues import ARTICLES_THAT_COUNT, COUNTS, FUNCTION, MEASURES, UNITS, VAGUE

_DIGITS = re.compile(r"(\d[\d.,'\u00a0\u202f ]*)([^\W\d_]|º|ª|°)*")
_GROUPED = re.compile(r"\d{1,3}(?:[.,'\u00a0\u202f ]\d{3})+(?![\d])")
_ORDINAL_END = frozenset("st nd rd th d er re e º ª °".split())
_LONGEST = 4  # words of a number's name: "vingt et un"
_AND = frozenset("and y e et und".split())


@dataclass(frozen=True, slots=True)
class Number:
    """A number at tokens `first` to `last` (inclusive). `noun` is the word after it; `days` the unit of time or 0.

    `vague` is None where it's meant exactly, else 0 (about), 1 (more than) or -1 (less than).
    """

    first: int
    last: int
    value: float
    ordinal: bool
    noun: str
    days: float
    vague: int | None
    counts_things: bool = False  # what it counts stands behind it, and is no unit of time

    @property
    def length(self) -> float:
        """The time that it measures, in days; 0 when it measures something else."""
        return self.value * self.days

    @property
    def measure(self) -> tuple[str, float]:
        """("length", metres) or the like; ("", 0) where it counts no unit of measure."""
        kind, size = MEASURES.get(self.noun, ("", 0.0))
        return kind, self.value * size


def numbers_in(tokens: Sequence[Token], tongue: str, digits: Sequence[int]) -> tuple[Number, ...]:
    """All numbers in reading order; "one" and its like only where they're part of a larger one.

    `digits` are the tokens that begin with a digit.
    """
    found: list[Number] = []
    openers = _openers(tongue)
    for place in places_of(openers, tokens, digits):
        if found and place <= found[-1].last:
            continue
        read = _digits(tokens, place, tongue) or _in_words(tokens, place, tongue)
        if read is not None:
            past, value, ordinal = read
            found.append(_with_company(tokens, place, past, value, ordinal))
    return tuple(found)


_Read = tuple[int, float, bool]  # the token after it, its value, whether it's an ordinal


def _digits(tokens: Sequence[Token], place: int, tongue: str) -> _Read | None:
    token = tokens[place]
    if not token.text[0].isdigit():
        return None
    value = value_of(token.text)
    if value is None:
        return None
    suffix = token.folded.lstrip("0123456789.,'\u00a0\u202f ")
    past = place + 1
    if past < len(tokens):
        larger = COUNTS.get(tongue, {}).get(tokens[past].folded, 0)
        if larger >= 100:
            return past + 1, value * larger, False
    return past, value, suffix in _ORDINAL_END


def value_of(text: str) -> float | None:
    """ "60,000" and "60.000" -> 60000; "2.5" and "2,5" -> 2.5; None for a date."""
    match = _DIGITS.fullmatch(text)
    if match is None:
        return None
    digits = match[1].rstrip(".,' ")
    if grouped := _GROUPED.match(digits):
        whole = re.sub(r"\D", "", grouped.group())
        rest = re.sub(r"\D", "", digits[grouped.end() :])
        return float(f"{whole}.{rest or 0}")
    parts = re.split(r"[.,]", digits)
    return float(".".join(parts)) if len(parts) <= 2 else None


def _in_words(tokens: Sequence[Token], place: int, tongue: str) -> _Read | None:
    table = _table(tongue)
    total, current, past, ordinal, seen = 0.0, 0.0, place, False, False
    while past < len(tokens):
        word = None if seen and tokens[past].apart else _longest(tokens, past, table)
        if word is None:
            if not (seen and past > place and _joins(tokens, past, table)):
                break
            past += 1
            continue
        length, value, ordinal = word
        if seen and not _composes(current, value):
            break
        total, current = _added(total, current, value)
        seen, past = True, past + length
        if ordinal:
            break
    return (past, total + current, ordinal) if seen else None


def _joins(tokens: Sequence[Token], place: int, table: dict[str, tuple[float, bool]]) -> bool:
    """Whether "and" leads on to more of the same number: after a hundred, or in "treinta y uno"."""
    if tokens[place].folded not in _AND or tokens[place].apart or place + 1 >= len(tokens):
        return False
    before, after = table.get(tokens[place - 1].folded), table.get(tokens[place + 1].folded)
    return bool(before and after and before[0] >= 20 and after[0] < before[0] and after[0] >= 1)


def _composes(current: float, value: float) -> bool:
    """Whether a number word goes on: "twenty" + "four", "two" + "hundred"."""
    if value in (100, 1000) or value >= 1_000_000:
        return current < value
    if value > 100:
        return current == 0
    return (current >= 100 and current % 100 == 0) or (
        current % 100 >= 20 and current % 10 == 0 and 0 < value < 10
    )


def _added(total: float, current: float, value: float) -> tuple[float, float]:
    if value >= 1000:
        return total + (current or 1) * value, 0.0
    if value == 100:
        return total, (current or 1) * 100
    return total, current + value


def _longest(
    tokens: Sequence[Token], place: int, table: dict[str, tuple[float, bool]]
) -> tuple[int, float, bool] | None:
    for length in range(min(_LONGEST, len(tokens) - place), 0, -1):
        stretch = tokens[place : place + length]
        words = " ".join(token.folded for token in stretch)
        if words in table and not any(token.apart for token in stretch[1:]):
            value, ordinal = table[words]
            return length, value, ordinal
    return None


@lru_cache(maxsize=16)
def _table(tongue: str) -> dict[str, tuple[float, bool]]:
    """Folded number words -> (value, whether ordinal); several words with spaces."""
    table: dict[str, tuple[float, bool]] = {}
    for word, value in cardinals(tongue).items():
        table[word.replace("-", " ")] = (float(value), False)
    for word, value in ordinals(tongue).items():
        table.setdefault(word.replace("-", " "), (float(value), True))
    if tongue in LANGUAGES:
        for value in range(200, 1000, 100):
            table.setdefault(fold(num2words(value, lang=tongue)).replace("-", " "), (float(value), False))
    if tongue in ("de", "it"):  # these write thousands as one word
        for value in range(1000, 21_000, 100):
            table.setdefault(fold(num2words(value, lang=tongue)), (float(value), False))
    table.update({word: (value, False) for word, value in COUNTS.get(tongue, {}).items()})
    for word in ARTICLES_THAT_COUNT & table.keys():
        del table[word]
    return table


@lru_cache(maxsize=16)
def _openers(tongue: str) -> frozenset[str]:
    return frozenset(words.split()[0] for words in _table(tongue))


def _with_company(tokens: Sequence[Token], first: int, past: int, value: float, ordinal: bool) -> Number:
    after = past
    while after < len(tokens) and after < past + 2 and tokens[after].folded in _SKIPPED:
        after += 1
    noun = tokens[after].folded if after < len(tokens) and not tokens[after].apart else ""
    days = UNITS.get(noun, 0.0)
    ahead = [token.folded for token in tokens[after : after + 3]]
    things = bool(noun) and noun not in _SMALL and not any(word in UNITS for word in ahead)
    return Number(first, past - 1, value, ordinal, noun, days, _vagueness(tokens, first), things)


_SMALL = frozenset().union(*FUNCTION.values())


_SKIPPED = frozenset("of a an de d un une una full whole more".split())


def _vagueness(tokens: Sequence[Token], first: int) -> int | None:
    """What the three words before a number say of it: nothing (None), about, more or less."""
    for token in reversed(tokens[max(0, first - 3) : first]):
        if token.folded in VAGUE:
            return VAGUE[token.folded]
        if len(token.folded) > 4:
            return None
    return None
