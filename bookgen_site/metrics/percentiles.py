"""Percentiles, of values and of the buckets of a histogram."""

from __future__ import annotations

import math
from collections.abc import Sequence


def of_values(values: Sequence[float], share: float) -> float | None:
    """The smallest value that at least this share (0–1) of the values doesn't exceed; None where there is none."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else None


def of_buckets(buckets: Sequence[tuple[float, float]], share: float) -> float | None:
    """The same from (upper bound, how many up to it), straight between two bounds, as Prometheus reckons it.

    What lies above the last finite bound is told as that bound.
    """
    total = buckets[-1][1] if buckets else 0.0
    if not total:
        return None
    wanted, below, before = share * total, 0.0, 0.0
    for bound, upto in buckets:
        if upto >= wanted:
            return (
                below if math.isinf(bound) else below + (bound - below) * (wanted - before) / (upto - before)
            )
        below, before = bound, upto
    return below
