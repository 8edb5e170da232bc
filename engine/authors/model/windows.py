"""Which sentences of a passage a written sentence rests on: those that share its words, and no others.

Sharing words says where to look, never whether it is true: that is the support check's matter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from bookgen_site.lib.once import once_each
from engine.authors.base import SourceText, Span
from engine.authors.extract.reading import MOST_KEPT, ROOM, Sentence, length, read
from engine.authors.model.passages import Shown
from sources.injection import signs

MOST_SENTENCES: Final = 3
LEAST_GAIN: Final = 2  # words that a further sentence must add
_WORD: Final = re.compile(r"[^\W\d_]{4,}|\d+")
_STEM: Final = 6  # letters: enough to see one word in its forms


def window(text: str, passage: Shown) -> Span:
    """The place in the source of the one to three neighbouring sentences that share most words with a text."""
    candidates = _candidates(passage)
    if not candidates:
        return passage.span
    wanted = _stems(text)
    shared = [wanted & _stems(sentence.text) for sentence in candidates]
    best = max(range(len(candidates)), key=lambda place: (len(shared[place]), -place))
    low, high = _stretched(candidates, shared, best)
    return Span(passage.span.source, candidates[low].start, candidates[high].end)


def _stretched(
    candidates: Sequence[Sentence], shared: Sequence[frozenset[str]], best: int
) -> tuple[int, int]:
    """Neighbours join as long as each brings words that are still missing."""
    low = high = best
    have = shared[best]
    while high - low + 1 < MOST_SENTENCES:
        gains = [
            (len(shared[place] - have), place)
            for place, beside in ((low - 1, low), (high + 1, high))
            if 0 <= place < len(candidates) and abs(candidates[place].index - candidates[beside].index) == 1
        ]
        gain, place = max(gains, default=(0, 0))
        if gain < LEAST_GAIN:
            break
        have |= shared[place]
        low, high = min(low, place), max(high, place)
    return low, high


@once_each(most=4096)
def _candidates(passage: Shown) -> tuple[Sentence, ...]:
    """The sentences of a passage that speak to a reader."""
    span = passage.span
    inside = (
        one for one in read(passage.source).sentences if span.start <= one.start and one.end <= span.end
    )
    flagged = _flagged(passage.source)
    return tuple(
        one for one in inside if not any(low < one.end and one.start < high for low, high in flagged)
    )


@once_each(most=MOST_KEPT, room=ROOM, size=length)
def _flagged(source: SourceText) -> tuple[tuple[int, int], ...]:
    return tuple((sign.start, sign.end) for sign in signs(source.text))


@lru_cache(maxsize=8192)
def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _WORD.findall(text.casefold()))
