"""The dates of a text that carry its story on: the heaviest run that doesn't fall."""

from __future__ import annotations

from collections.abc import Sequence

Best = tuple[float, int, int]  # weight of a run, rank of its last time, its last point


def rising(points: Sequence[tuple[int, float]], weights: Sequence[float] = ()) -> list[tuple[int, float]]:
    """The heaviest run of points whose times don't fall, by a Fenwick tree of maxima (n log n); 1 is a point's weight.

    Of two runs as heavy the one that stays nearer to its last point is kept: a text that was in 1845 and speaks of
    1843 looks back, and goes on from where it was.
    """
    ranks = {when: rank for rank, when in enumerate(sorted({when for _, when in points}), start=1)}
    best: list[Best] = [(0.0, 0, -1)] * (len(ranks) + 1)
    previous = []
    for index, (_, when) in enumerate(points):
        weight, _, before = _most(best, ranks[when])
        previous.append(before)
        _raise(best, ranks[when], (weight + (weights[index] if weights else 1.0), ranks[when], index))
    chain: list[tuple[int, float]] = []
    index = _most(best, len(ranks))[2]
    while index >= 0:
        chain.append(points[index])
        index = previous[index]
    return chain[::-1]


def _most(tree: list[Best], rank: int) -> Best:
    found = tree[0]
    while rank > 0:
        found = max(found, tree[rank])
        rank -= rank & -rank
    return found


def _raise(tree: list[Best], rank: int, value: Best) -> None:
    while rank < len(tree):
        tree[rank] = max(tree[rank], value)
        rank += rank & -rank
