"""Words without which a pattern matches nowhere: most texts hold none of them, and need no search then.

A text of a hundred words meets a hundred patterns, and looking for a word is fifty times faster than each of those.
The words are read from the pattern itself, so that they can't say anything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from itertools import product

# Neither has another name; mypy sees them on some runs only.
from re import _casefix, _constants, _parser  # type: ignore[attr-defined,unused-ignore]
from typing import Any, Final

# Small letters that `re` takes for each other though they are different ones: "ſ" and "s", "ς" and "σ".
_SAME: Final = {
    letter: min(letter, *others) for letter, others in _casefix._EXTRA_CASES.items() if min(others) < letter
}
_ODD: Final = re.compile(f"[{''.join(map(chr, _SAME))}]")
Needed = frozenset[str]
Way = tuple[Needed, ...]
_MOST_WAYS: Final = 64
_REACH: Final = 400  # characters
_STRETCHED: Final = re.compile(r"\s{9}|\w{60}")


class Haystack:
    """A text in which many patterns are looked for; what was once asked of it is remembered."""

    def __init__(self, text: str) -> None:
        """Fold the text, letter by letter: a place in the one is the same place in the other."""
        self.text = text
        self._folded = folded(text)
        self._known: dict[str, bool] = {}

    def may_match(self, pattern: re.Pattern[str]) -> bool:
        """False where the pattern surely matches nothing in the text."""
        return any(map(self.has, ways(pattern)))

    def held(self, words: Iterable[str]) -> Iterator[str]:
        """Those of the words (in small letters) that stand in the text."""
        return filter(self._folded.__contains__, words)

    def places(self, possible: Sequence[Way]) -> Iterator[tuple[int, int]]:
        """The stretches of the text in which a pattern may match: around the words that tell most, of a long text.

        `possible` are those of its ways that the text has. No pattern spans more than `_REACH` characters on either
        side of its words, unless it is given endless white space or endless words; a text with such is searched whole.
        """
        if possible and (len(self.text) <= 2 * _REACH or not all(possible) or self._is_stretched):
            yield 0, len(self.text)
        else:
            yield from _joined(sorted(one for way in possible for one in self._around(way)))

    def has(self, way: Way) -> bool:
        """Whether the text holds a word of each of the way's sets."""
        return all(any(map(self._holds, needed)) for needed in way)

    def _holds(self, word: str) -> bool:
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = word in self._folded
        return known

    @cached_property
    def _is_stretched(self) -> bool:
        """Whether the text holds white space or a word that is longer than any writer's."""
        return bool(_STRETCHED.search(self._folded))

    def _around(self, way: Way) -> Iterator[tuple[int, int]]:
        """The stretches around the places of the most telling words, in which all the others stand too."""
        for start, end in _joined(self._near(way[0])):
            if all(any(self._folded.find(one, start, end) >= 0 for one in needed) for needed in way[1:]):
                yield start, end

    def _near(self, needed: Needed) -> list[tuple[int, int]]:
        found = sorted(at for word in needed if self._holds(word) for at in _places_of(word, self._folded))
        return [(max(0, at - _REACH), min(len(self.text), at + 2 * _REACH)) for at in found]


def folded(text: str) -> str:
    """The text in small letters, one for one, those that `re` takes for each other as the same letter."""
    small = text.replace("İ", "i").lower()
    return small.translate(_SAME) if not small.isascii() and _ODD.search(small) else small


def _joined(stretches: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Sorted stretches, those that touch as one."""
    start, end = -1, -1
    for left, right in stretches:
        if left > end >= 0:
            yield start, end
            start = -1
        start, end = (left if start < 0 else start), max(end, right)
    if end >= 0:
        yield start, end


def _places_of(word: str, folded_text: str) -> Iterator[int]:
    at = folded_text.find(word)
    while at >= 0:
        yield at
        at = folded_text.find(word, at + 1)


@cache
def ways(pattern: re.Pattern[str]) -> tuple[Way, ...]:
    """The ways in which a pattern can match: sets of strings in small letters, the most telling first.

    Each match is of one of the ways, and holds at least one string of each of its sets.
    """
    found = _fewest(_ways(_parser.parse(pattern.pattern, pattern.flags)))
    return tuple(
        sorted(
            (tuple(sorted(way, key=_commonness)) for way in found),
            key=lambda way: list(map(_commonness, way)),
        )
    )


def _commonness(needed: Needed) -> tuple[int, int, list[str]]:
    return -min(map(len, needed)), len(needed), sorted(needed)


def _ways(items: Sequence[Any]) -> set[frozenset[Needed]]:
    """Each way to match a sequence; its parts' ways are multiplied as long as they are few."""
    found = {frozenset[Needed]()}
    for choices in _parts(items):
        if len(found) * len(choices) <= _MOST_WAYS:
            found = _fewest(one | other for one, other in product(found, choices))
        elif all(choices):
            either = frozenset[str]().union(*(min(choice, key=_commonness) for choice in choices))
            found = {one | {either} for one in found}
    return found


def _fewest(found: Iterable[frozenset[Needed]]) -> set[frozenset[Needed]]:
    """Without those ways that ask for all that another one asks for, and more."""
    kept: set[frozenset[Needed]] = set()
    for way in sorted(set(found), key=len):
        if not any(other <= way for other in kept):
            kept.add(way)
    return kept


def _parts(items: Sequence[Any]) -> Iterator[set[frozenset[Needed]]]:
    """The ways to match each part of a sequence; neighbouring letters make one string."""
    run = ""
    for kind, told in items:
        letter = _letter(kind, told)
        if not letter and run:
            yield _alone(frozenset({run}))
        run = run + letter if letter else ""
        yield from _inner(kind, told)
    if run:
        yield _alone(frozenset({run}))


def _alone(needed: Needed) -> set[frozenset[Needed]]:
    return {frozenset({needed})}


def _letter(kind: Any, told: Any) -> str:
    letter = folded(chr(told)) if kind is _constants.LITERAL else ""
    return letter if len(letter) == 1 else ""


def _inner(kind: Any, told: Any) -> Iterator[set[frozenset[Needed]]]:
    if kind is _constants.SUBPATTERN:
        yield _ways(told[3])
    elif kind in (_constants.MAX_REPEAT, _constants.MIN_REPEAT) and told[0]:
        yield _ways(told[2])
    elif kind is _constants.BRANCH:
        yield _choices(_fewest(way for one in told[1] for way in _ways(one)))


def _choices(found: set[frozenset[Needed]]) -> set[frozenset[Needed]]:
    """Ways of one set each are one way: any of their strings will do."""
    single = [needed for way in found if len(way) == 1 for needed in way]
    longer = {way for way in found if len(way) != 1}
    return longer | _alone(frozenset[str]().union(*single)) if single else longer
