"""Stretches of a chapter: what is asked for in one question, and halves of what a model can't do at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from engine.authors.base import FactDraft, SourceText
from engine.authors.model.passages import Shown, behind
from engine.authors.model.writing import Part


@dataclass(frozen=True, slots=True)
class Stretch:
    """What one question asks for: so many words from these passages, with room for an answer of `room` words."""

    name: str
    shown: Sequence[Shown]
    words: float
    room: float

    def halves(self, *, same_room: bool) -> tuple[Stretch, Stretch]:
        """The same in two neighbouring halves, each with half of the words, and with half of the room or all of it."""
        middle, words = len(self.shown) // 2, self.words / 2
        room = self.room if same_room else self.room / 2
        return (
            Stretch(f"{self.name}a", self.shown[:middle], words, room),
            Stretch(f"{self.name}b", self.shown[middle:], words, room),
        )


@dataclass(frozen=True, slots=True)
class Written:
    """A part that is written, and the passages that it was written from."""

    part: Part
    shown: Sequence[Shown]


def stretches(
    facts: Sequence[FactDraft], sources: Sequence[SourceText], words: float, count: int
) -> list[Stretch]:
    """A chapter of so many words in at most `count` stretches, each with the passages behind its share of the facts."""
    shares = _shares(facts, count)
    each = words / len(shares)
    return [
        Stretch(f"{number}", behind(share, sources), each, each) for number, share in enumerate(shares, 1)
    ]


def _shares(facts: Sequence[FactDraft], count: int) -> list[tuple[FactDraft, ...]]:
    """The facts in `count` neighbouring shares of about the same size, none empty."""
    count = min(count, max(1, len(facts)))
    bounds = [round(place * len(facts) / count) for place in range(count + 1)]
    return [tuple(facts[low:high]) for low, high in pairwise(bounds)]
