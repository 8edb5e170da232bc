"""Marks and addresses of a conversation with a model, and places where a reader sees nothing."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from bookgen_site.lib.once import once
from sources.injection.base import Sign
from sources.injection.indexing import Index
from sources.injection.needles import Haystack
from sources.injection.orders import has_command
from sources.injection.patterns import FRAMES, PATTERNS, TOLD
from sources.injection.tokens import Word


@once
def _index() -> Index:
    return Index(pattern for _name, _weak, pattern in PATTERNS)


def found_in(hay: Haystack, words: list[Word]) -> Iterator[Sign]:
    """Marks that count alone, hints that count together, and frames with a command inside."""
    text = hay.text
    for number, possible in _index().possible(hay).items():
        name, weak, pattern = PATTERNS[number]
        for start, end in hay.places(possible):
            found = (match.span() for match in pattern.finditer(text, start, end))
            # What touches the end of a stretch may be the half of a word.
            yield from (Sign(name, *span, weak) for span in found if span[1] < end or end == len(text))
    starts = [word.start for word in words]
    for name, pattern in FRAMES:
        for match in pattern.finditer(text) if hay.may_match(pattern) else ():
            held = words[bisect_left(starts, match.start()) : bisect_left(starts, match.end())]
            if TOLD.search(match[0]) if name != "address" else has_command(held):
                yield Sign(name, *match.span())
