"""Which sentences say nearly the same, by the runs of words that they share.

Two sentences are near when at least `_NEAR` of their pairs of neighbouring words agree (Jaccard). Candidates
come from an index of runs of three words, so that the work grows with the text, not with its square.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from engine.quality.words import words

Grams = frozenset[tuple[str, ...]]
_NEAR: Final = 0.5
_LEAST_NEAR: Final = 8  # words of a sentence that is compared with others
_COMMON: Final = 40  # sentences; a run that more of them share tells nothing
_GRAM: Final = 4
_LOOP: Final = 12  # how often the same run comes, and
_LOOP_SHARE: Final = 0.05  # what share of all runs it makes, before it is a loop


@dataclass(frozen=True, slots=True)
class Twin:
    """A sentence heard before that says the same, and where."""

    sentence: str
    home: str
    exact: bool


@dataclass(slots=True)
class Heard:
    """The sentences heard so far."""

    exact: dict[str, tuple[str, str]] = field(default_factory=dict)
    kept: list[tuple[str, str, frozenset[tuple[str, ...]]]] = field(default_factory=list)
    index: dict[tuple[str, ...], list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, sentence: str, home: str) -> None:
        """Remember a sentence of a section."""
        found, runs, pairs = _read(sentence)
        self.exact.setdefault(found, (sentence, home))
        for run in runs:
            if len(self.index[run]) <= _COMMON:
                self.index[run].append(len(self.kept))
        if runs:
            self.kept.append((sentence, home, pairs))

    def twin(self, sentence: str) -> Twin | None:
        """The earliest sentence that is the same, or the one most like it; None when none is near."""
        found, runs, pairs = _read(sentence)
        if found in self.exact:
            return Twin(*self.exact[found], True)
        return self._nearest(runs, pairs) if runs else None

    def _nearest(self, runs: Grams, pairs: Grams) -> Twin | None:
        shared: Counter[int] = Counter()
        for run in runs:
            shared.update(self.index.get(run, ()))
        best, likeness = -1, _NEAR
        for place, _count in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:5]:
            other = self.kept[place][2]
            near = len(pairs & other) / len(pairs | other)
            if near > likeness or (near == likeness and best < 0):
                best, likeness = place, near
        return Twin(self.kept[best][0], self.kept[best][1], False) if best >= 0 else None


@lru_cache(maxsize=256)
def _read(sentence: str) -> tuple[str, Grams, Grams]:
    """Its words, its runs of three and its pairs; none of either where it's too short to be near another.

    Kept, since a sentence is held against those before it, and then kept for those behind.
    """
    found = words(sentence)
    if len(found) < _LEAST_NEAR:
        return " ".join(found), frozenset(), frozenset()
    return " ".join(found), grams(found, 3), grams(found, 2)


def grams(found: list[str], size: int = _GRAM) -> frozenset[tuple[str, ...]]:
    """All runs of `size` neighbouring words."""
    return frozenset(zip(*(found[place:] for place in range(size)), strict=False))


def looped(found: list[str]) -> str:
    """The run of four words that a text says over and over; "" when it says none."""
    if len(found) < _GRAM:
        return ""
    counts = Counter(zip(*(found[place:] for place in range(_GRAM)), strict=False))
    run, count = max(counts.items(), key=lambda item: (item[1], item[0]))
    return " ".join(run) if count >= max(_LOOP, _LOOP_SHARE * len(found)) else ""
