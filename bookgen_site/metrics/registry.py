"""Everything that is counted or measured, as Prometheus collects it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from prometheus_client import REGISTRY, CollectorRegistry
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector

from bookgen_site.metrics import timing
from bookgen_site.metrics.books import BooksCollector


def counters() -> CollectorRegistry:
    """What processes count themselves: of all of them where they share a folder, else of this one."""
    folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")
    if not folder:
        return REGISTRY
    _forget_the_dead(Path(folder))
    shared = CollectorRegistry()
    MultiProcessCollector(shared)  # type: ignore[no-untyped-call]  # its constructor has no types
    return shared


def _forget_the_dead(folder: Path) -> None:
    """What only a living process can tell (its open sockets) goes with it; nobody says so of one that was killed."""
    for file in folder.glob("gauge_live*_*.db"):
        number = file.stem.rpartition("_")[2]
        if number.isdigit() and not _lives(int(number)):
            mark_process_dead(int(number), str(folder))  # type: ignore[no-untyped-call]  # it has no types


def _lives(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # somebody else's, so it is there
    return True


class Everything(Collector):
    """The counters and the database's figures together."""

    def collect(self) -> Iterator[Metric]:
        """All of it."""
        yield from counters().collect()
        yield from BooksCollector().collect()


def response_buckets() -> tuple[list[tuple[float, float]], float, float]:
    """Answers of all addresses: (upper bound in seconds, how many up to it), their number, and their sum."""
    name = timing.NAME
    up_to: dict[float, float] = {}
    count = total = 0.0
    for metric in counters().collect():
        for sample in metric.samples if metric.name == name else ():
            if sample.name.endswith("_bucket"):
                bound = float(sample.labels["le"])
                up_to[bound] = up_to.get(bound, 0.0) + sample.value
            elif sample.name.endswith("_sum"):
                total += sample.value
            elif sample.name.endswith("_count"):
                count += sample.value
    return sorted(up_to.items()), count, total
