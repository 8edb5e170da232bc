"""Words without which a pattern matches nowhere: most texts hold none of them, and need no search then.

A text of a hundred words meets a hundred patterns, and looking for a word is fifty times faster than each of those.
The words are read from the pattern itself, so that they can't say anything else. Patterns that are looked for together
stand on a `Shelf`, which looks for each word once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

# The parser of `re` has no other name; mypy sees it on some runs only.
from re import _casefix, _constants, _parser  # type: ignore[attr-defined,unused-ignore]
from typing import Any, Final

_LIKE_ASCII: Final = str.maketrans(
    {"İ": "i", "ı": "i", "ſ": "s"}
)  # `re` takes them for i and s, too; K lowers to k
_OF_MORE_FORMS: Final = frozenset(map(chr, _casefix._EXTRA_CASES))  # letters that `re` takes for others, too
Needed = frozenset[str]
_REACH: Final = 400  # characters
_STRETCHED: Final = re.compile(r"\s{9}|\w{60}")


def folded(text: str) -> str:
    """The text as `may_match` wants it."""
    return text.translate(_LIKE_ASCII).lower() if not text.isascii() else text.lower()


def may_match(pattern: re.Pattern[str], folded_text: str) -> bool:
    """False where the pattern surely matches nothing in the text, whose folded form this is."""
    return all(any(one in folded_text for one in needed) for needed in needles(pattern))


class Shelf:
    """Patterns that are looked for together."""

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        self._patterns = patterns
        self._by_word: dict[str, set[int]] = {}
        self._wordless = {place for place, pattern in enumerate(patterns) if not needles(pattern)}
        for place, pattern in enumerate(patterns):
            for word in needles(pattern)[0] if needles(pattern) else ():
                self._by_word.setdefault(word, set()).add(place)

    def that_may_match(self, folded_text: str) -> list[int]:
        """The places of those that may match something in the text, whose folded form this is, in order."""
        held = [places for word, places in self._by_word.items() if word in folded_text]
        likely = sorted(self._wordless.union(*held))
        return [place for place in likely if may_match(self._patterns[place], folded_text)]


def places(pattern: re.Pattern[str], folded_text: str) -> Iterator[tuple[int, int]]:
    """The stretches in which a pattern that may match a text does so: around the words that tell most, of a long one.

    No pattern spans more than `_REACH` characters on either side of its words, unless it is given endless white space
    or endless words; a text with such is searched whole.
    """
    if len(folded_text) <= 2 * _REACH or not needles(pattern) or is_stretched(folded_text):
        yield 0, len(folded_text)
        return
    for start, end in _around(needles(pattern)[0], folded_text):
        if may_match(pattern, folded_text[start:end]):
            yield start, end


@lru_cache(maxsize=64)  # each pattern asks it of the same text
def is_stretched(folded_text: str) -> bool:
    """Whether a text holds white space or a word that is longer than any writer's."""
    return bool(_STRETCHED.search(folded_text))


def _around(needed: Needed, folded_text: str) -> Iterator[tuple[int, int]]:
    """Stretches around each place of each of these words, those that touch as one."""
    found = sorted(at for word in needed for at in _places_of(word, folded_text))
    start = end = -1
    for at in found:
        if at - _REACH > end >= 0:
            yield start, end
            start = -1
        start = max(0, at - _REACH) if start < 0 else start
        end = min(len(folded_text), at + 2 * _REACH)
    if end >= 0:
        yield start, end


def _places_of(word: str, folded_text: str) -> Iterator[int]:
    at = folded_text.find(word)
    while at >= 0:
        yield at
        at = folded_text.find(word, at + 1)


@cache
def needles(pattern: re.Pattern[str]) -> tuple[Needed, ...]:
    """Sets of strings in small letters; each match holds at least one string of each set. The most telling first."""
    return tuple(sorted(set(_of(_parser.parse(pattern.pattern, pattern.flags))), key=_commonness))


def _of(items: Sequence[Any]) -> list[Needed]:
    return [needed for needed in _parts(items) if all(needed)]


def _commonness(needed: Needed) -> tuple[int, int, list[str]]:
    return -min(map(len, needed)), len(needed), sorted(needed)


def _parts(items: Sequence[Any]) -> Iterator[Needed]:
    """What each part of a sequence needs; neighbouring letters make one string."""
    run = ""
    for kind, told in items:
        letter = _letter(kind, told)
        if not letter and run:
            yield frozenset({run})
        run = run + letter if letter else ""
        yield from _inner(kind, told)
    if run:
        yield frozenset({run})


def _letter(kind: Any, told: Any) -> str:
    """A letter in its small form, if no text that is matched by it can hold it in yet another."""
    if kind is not _constants.LITERAL:
        return ""
    char = chr(told)
    small = char.lower()
    return small if char.isascii() or (len(small) == 1 and small not in _OF_MORE_FORMS) else ""


def _inner(kind: Any, told: Any) -> Iterator[Needed]:
    if kind is _constants.SUBPATTERN:
        yield from _of(told[3])
    elif kind in (_constants.MAX_REPEAT, _constants.MIN_REPEAT) and told[0]:
        yield from _of(told[2])
    elif kind is _constants.BRANCH:
        each = [min(_of(one), key=_commonness, default=None) for one in told[1]]
        if all(each):
            yield frozenset().union(*(one for one in each if one))
