"""Marks and addresses of a conversation with a model, and places where a reader sees nothing."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from sources.injection.base import Sign
from sources.injection.needles import Shelf, folded, places
from sources.injection.orders import has_command
from sources.injection.patterns import FRAMES, PATTERNS, TOLD
from sources.injection.tokens import Word

_MARKS: Final = Shelf([pattern for _name, _weak, pattern in PATTERNS])
_FRAMES: Final = Shelf([pattern for _name, pattern in FRAMES])


def found_in(text: str, words: list[Word]) -> Iterator[Sign]:
    """Marks that count alone, hints that count together, and frames with a command inside."""
    plain = folded(text)
    for name, weak, pattern in (PATTERNS[place] for place in _MARKS.that_may_match(plain)):
        for start, end in places(pattern, plain):
            found = (match.span() for match in pattern.finditer(text, start, end))
            # What touches the end of a stretch may be the half of a word.
            yield from (Sign(name, *span, weak) for span in found if span[1] < end or end == len(text))
    starts = [word.start for word in words]
    for name, pattern in (FRAMES[place] for place in _FRAMES.that_may_match(plain)):
        for match in pattern.finditer(text):
            held = words[bisect_left(starts, match.start()) : bisect_left(starts, match.end())]
            if TOLD.search(match[0]) if name != "address" else has_command(held):
                yield Sign(name, *match.span())
