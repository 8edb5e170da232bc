"""People as clocks: who first appears in a dated fact can't be spoken of long before, wherever dates are missing."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from engine.authors.extract.candidates import Candidate

_WIDE = 4.0  # years between two dates of a text over which its undated facts need more to go by

Anchor = tuple[int, float]  # the place of a fact in its work, and when it happened


def debuts_of(candidates: Iterable[Candidate]) -> dict[str, float]:
    """For each person named in a dated fact of any source, the earliest of their times."""
    debuts: dict[str, float] = {}
    for one in candidates:
        for name in one.fact.people if one.surely else ():
            debuts[name] = min(one.when, debuts.get(name, one.when))
    return debuts


def with_debuts(anchors: list[Anchor], chain: list[Candidate], debuts: dict[str, float]) -> list[Anchor]:
    """The dates of a work, and in its long gaps the debuts of the people whom the facts there name."""
    result = anchors[:1]
    for (start, low), (end, high) in pairwise(anchors):
        if high - low >= _WIDE:
            result.extend(_between(start, end, low, high, chain, debuts))
        result.append((end, high))
    return result


def _between(
    start: int, end: int, low: float, high: float, chain: list[Candidate], debuts: dict[str, float]
) -> Iterable[Anchor]:
    latest = low
    for place in range(start + 1, end):
        known = [debuts[name] for name in chain[place].fact.people if name in debuts]
        if known and latest < max(known) < high:
            latest = max(known)
            yield place, latest
