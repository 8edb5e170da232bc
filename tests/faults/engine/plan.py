"""What is asked of a campaign: which faults, how often, and of which book."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from engine.authors.model import chapters, facts
from tests.faults.engine import book
from tests.faults.engine.faults import FAULTS


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked of a campaign."""

    seed: int = 1
    kills: int = 3  # at random moments
    rounds: int = 1  # of all other faults
    long: bool = False
    caches: bool = True
    break_lookup: bool = False
    timed: bool = True  # whether the time to the next progress is judged
    only: tuple[str, ...] = ()

    @property
    def pieces(self) -> tuple[int, int]:
        """Words of a chapter, and of passages, that a model is asked for at a time: few, so that it takes 800 calls."""
        return (150, 350) if self.long else (chapters.PART_WORDS, facts.BATCH_WORDS)

    @property
    def between(self) -> tuple[float, float]:
        """Seconds from one fault to the next: a large chapter's answers are read again before it goes on."""
        return (1.0, 3.0) if self.long else (0.3, 1.5)

    def wants(self, name: str) -> bool:
        """Whether a fault of this name is asked for."""
        return not self.only or any(word in name for word in self.only)


def material(plan: Plan) -> tuple[Path, dict[str, Any]]:
    """The sources of its books, and what is wished of them."""
    return (book.LARGE, book.LONG) if plan.long else (book.SMALL, book.SHORT)


@contextmanager
def small_pieces(part: int, batch: int) -> Iterator[None]:
    """The model is asked for so many words at a time, as long as the block runs."""
    with mock.patch.object(chapters, "PART_WORDS", part), mock.patch.object(facts, "BATCH_WORDS", batch):
        yield


def shuffled(plan: Plan, chance: random.Random) -> Sequence[str]:
    """All faults while the book is written, by name, in an order that chance chooses."""
    random_kill = "kill -9 at any moment"
    names = [name for name in FAULTS if name != random_kill and plan.wants(name)] * plan.rounds
    names += [random_kill] * (plan.kills if plan.wants(random_kill) else 0)
    chance.shuffle(names)
    return names
