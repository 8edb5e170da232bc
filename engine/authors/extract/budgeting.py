"""How long the book can be, and how much of it each source may give."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from engine.authors.base import SourceText
from engine.authors.extract.candidates import Candidate

# Of the chapters' words from one source: the rule says 0.35, lead-ins and rounding take the rest.
SHARE = 0.33
_NATURAL = 0.36  # of the sources' words that a book tells when nobody asks for more
FLOOR = 150  # words that any source may give: in a tiny book shares are finer than paragraphs
_SMALL = 20_000  # words of sources under which a larger part is told, up to _SMALL_BONUS more
_SMALL_BONUS = 0.2
_UTMOST = 0.56  # of the sources' words that can be told before a compilation becomes a reprint
_USABLE = 0.8  # of the words worth telling that the rule on runs leaves
_LEAST_PART = 0.5  # of the natural length below which the share rule is relaxed, openly


@dataclass(frozen=True, slots=True)
class Budget:
    """Words of the numbered chapters, and the share that one source may give."""

    words: int
    share: float
    lowered: bool  # less than was wished
    relaxed: bool  # the share is over the rule, since the sources are too few or too uneven

    def caps(self, numbers: list[int]) -> dict[int, float]:
        """Most words from each source."""
        return {number: max(self.words * self.share, FLOOR) for number in numbers}


def budget_for(candidates: list[Candidate], sources: tuple[SourceText, ...], wished: int | None) -> Budget:
    """The longest book up to the wish, or up to a natural length, that the rules allow."""
    total = sum(len(source.text.split()) for source in sources)
    supply: dict[int, float] = defaultdict(float)
    for one in candidates:
        if one.fact.score > 0:
            supply[one.source] += one.words * _USABLE
    natural = round(total * (_NATURAL + _SMALL_BONUS * max(0.0, 1 - total / _SMALL)))
    target = min(wished, round(total * _UTMOST)) if wished is not None else natural
    share = SHARE
    words = _longest(supply, target, share)
    while words < _LEAST_PART * min(target, natural) and share < 1.0:
        share = min(1.0, round(share + 0.05, 2))
        words = _longest(supply, target, share)
    return Budget(words, share, wished is not None and words < wished, share > SHARE)


def _longest(supply: dict[int, float], target: int, share: float) -> int:
    """The largest total not over the target for which shares and supply suffice (bisection over words)."""
    low, high = 0, max(0, target)
    while low < high:
        middle = (low + high + 1) // 2
        if sum(min(words, max(share * middle, FLOOR)) for words in supply.values()) >= middle:
            low = middle
        else:
            high = middle - 1
    return low
