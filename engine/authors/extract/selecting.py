"""Chooses what is told: the best units first, within every rule about runs, shares and talk."""

from __future__ import annotations

import heapq
from collections import defaultdict
from dataclasses import dataclass, field

from engine.authors.extract.candidates import Candidate

LONGEST_RUN = 8  # neighbouring sentences of one source anywhere in the book
_REFLECTIVE = 0.08  # share of the book that may argue rather than tell
_SCENE = 0.7  # what a neighbour of a chosen unit gains: scenes read better than snippets
_LANDMARKS = 0.6  # share of the budget that is spent before neighbours count
_WORTH = 0.6  # lowest score that is told


@dataclass(slots=True)
class Ledger:
    """What has been chosen so far, and whether one more unit would break a rule."""

    budget: int
    caps: dict[int, float]  # words that each source may give
    used: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    taken: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))  # source -> sentence indexes
    words: int = 0
    musing: int = 0
    chosen: list[Candidate] = field(default_factory=list)

    def allows(self, one: Candidate) -> bool:
        """Whether the unit fits the budget, its source's share, the longest run and the share of talk."""
        if self.words + one.words > self.budget or self.used[one.source] + one.words > self.caps[one.source]:
            return False
        if one.reflective and self.musing + one.words > _REFLECTIVE * self.budget:
            return False
        return run_with(self.taken[one.source], one.first, one.last) <= LONGEST_RUN

    def take(self, one: Candidate) -> None:
        """Choose the unit."""
        self.chosen.append(one)
        self.words += one.words
        self.used[one.source] += one.words
        self.musing += one.words if one.reflective else 0
        self.taken[one.source].update(range(one.first, one.last + 1))


def run_with(taken: set[int], first: int, last: int) -> int:
    """Length of the run of neighbouring sentences that first..last would make with those taken."""
    low, high = first, last
    while low - 1 in taken:
        low -= 1
    while high + 1 in taken:
        high += 1
    return high - low + 1


def choose(candidates: list[Candidate], ledger: Ledger) -> list[Candidate]:
    """Units for the numbered chapters, in no particular order; the ledger keeps count."""
    ranked = sorted(candidates, key=lambda one: (-one.fact.score, one.source, one.first))
    rest = []
    for one in ranked:
        landmark = ledger.words < _LANDMARKS * ledger.budget
        if landmark and one.fact.score >= _WORTH and ledger.allows(one):
            ledger.take(one)
        else:
            rest.append(one)
    _fill(rest, ledger)
    return ledger.chosen


def _fill(rest: list[Candidate], ledger: Ledger) -> None:
    """Spend what is left, preferring neighbours of chosen units; scores only rise, so a heap is enough."""
    by_place = {(one.source, at): one for one in rest for at in (one.first, one.last)}
    heap = [(-_worth(one, ledger), one.source, one.first) for one in rest]
    heapq.heapify(heap)
    done: set[tuple[int, int]] = set()
    while heap:
        negative, source, first = heapq.heappop(heap)
        one = by_place[(source, first)]
        if (source, first) in done or -negative < _WORTH:
            continue
        worth = _worth(one, ledger)
        if worth > -negative + 1e-9:  # a neighbour was chosen since: it has another entry
            continue
        done.add((source, first))
        if ledger.allows(one):
            ledger.take(one)
            for near in (by_place.get((source, one.first - 1)), by_place.get((source, one.last + 1))):
                if near is not None:
                    heapq.heappush(heap, (-_worth(near, ledger), near.source, near.first))


def _worth(one: Candidate, ledger: Ledger) -> float:
    taken = ledger.taken[one.source]
    return one.fact.score + _SCENE * ((one.first - 1 in taken) or (one.last + 1 in taken))
