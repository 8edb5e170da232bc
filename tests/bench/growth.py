"""What a longer book and more sources cost, and what a worker holds in memory: `BENCH_SOURCES=300` for a shorter one.

The scripted model answers at once, so what is measured is BookGen's own work: seconds of CPU of the one process.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Final

from tests.bench.figure import Figure
from tests.bench.one_book import measured

SOURCES: Final = (60, int(os.environ.get("BENCH_SOURCES", "1000")))
CHAPTERS: Final = (20, 100)
NAMES = (
    "memory with 10 chapters in flight",
    "units a second without model time",
    "CPU of a chapter, 100 chapters / 20",
    "money of a chapter, 100 chapters / 20",
    "CPU of a source, 1,000 sources / 60",
    "money of a source, 1,000 sources / 60",
)
LINEAR: Final = "at most 1.10"


def measure() -> Iterable[Figure]:
    """Four books, each in a process of its own; the small ones are subtracted from nothing: figures are per piece."""
    flying = measured(chapters=20, sources=0, latency=1)
    yield Figure(NAMES[0], flying["megabytes"], "MB", "under 300", [flying["megabytes"]])
    short, long = (measured(chapters=number, sources=0, latency=0) for number in CHAPTERS)
    yield Figure(
        NAMES[1], short["units"] / short["seconds"], "a second", "", [short["units"], short["seconds"]]
    )
    yield _ratio(NAMES[2], short, long, "cpu", "chapters")
    yield _ratio(NAMES[3], short, long, "micros", "chapters")
    few, many = (measured(chapters=20, sources=number, latency=0) for number in SOURCES)
    yield _ratio(NAMES[4], few, many, "cpu", "sources")
    yield _ratio(NAMES[5], few, many, "micros", "sources")


def _ratio(
    name: str, small: Mapping[str, float], large: Mapping[str, float], what: str, piece: str
) -> Figure:
    """How much more one piece costs in the larger book; the samples are amount and pieces of both."""
    each = [one[what] / one[piece] for one in (small, large)]
    samples = [small[what], small[piece], large[what], large[piece]]
    return Figure(name, each[1] / each[0], "", LINEAR, samples)
