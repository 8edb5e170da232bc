"""Words without which a pattern matches nowhere: most texts hold none of them, and need no search then.

A text of a hundred words meets a hundred patterns, and looking for a word is fifty times faster than each of those.
The words are read from the pattern itself, so that they can't say anything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

# The parser of `re` has no other name; mypy sees it on some runs only.
from re import _constants, _parser  # type: ignore[attr-defined,unused-ignore]
from typing import Any, Final

_LIKE_ASCII: Final = str.maketrans(
    {"İ": "i", "ı": "i", "ſ": "s"}
)  # `re` takes them for i and s, too; K lowers to k
Needed = frozenset[str]


def folded(text: str) -> str:
    """The text as `may_match` wants it."""
    return text.translate(_LIKE_ASCII).lower() if not text.isascii() else text.lower()


def may_match(pattern: re.Pattern[str], folded_text: str) -> bool:
    """False where the pattern surely matches nothing in the text, whose folded form this is."""
    return all(any(one in folded_text for one in needed) for needed in needles(pattern))


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
    """A letter in its small form, if no other than an ASCII letter's forms come into question."""
    if kind is not _constants.LITERAL:
        return ""
    char = chr(told)
    return char.lower() if char.isascii() or char.lower() == char.upper() else ""


def _inner(kind: Any, told: Any) -> Iterator[Needed]:
    if kind is _constants.SUBPATTERN:
        yield from _of(told[3])
    elif kind in (_constants.MAX_REPEAT, _constants.MIN_REPEAT) and told[0]:
        yield from _of(told[2])
    elif kind is _constants.BRANCH:
        each = [min(_of(one), key=_commonness, default=None) for one in told[1]]
        if all(each):
            yield frozenset().union(*(one for one in each if one))
