"""Everything that is counted or measured, as Prometheus collects it."""

from __future__ import annotations

import os
from collections.abc import Iterator

from prometheus_client import REGISTRY, CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from bookgen_site.metrics import timing
from bookgen_site.metrics.figures import Figures, measured


class BooksCollector(Collector):
    """Jobs, units and money as the database has them at the moment of asking."""

    def collect(self) -> Iterator[Metric]:
        """The gauges, each with its explanation."""
        figures = measured()
        jobs = GaugeMetricFamily("bookgen_jobs", "Biographies by status", labels=["status"])
        for status, number in sorted(figures.jobs.items()):
            jobs.add_metric([status], number)
        yield jobs
        yield from _single(figures)


def _single(figures: Figures) -> Iterator[Metric]:
    rows = (
        ("bookgen_units_ready", "Units that could be begun now", figures.units_ready),
        ("bookgen_units_at_work", "Units that a worker holds", figures.units_at_work),
        ("bookgen_leases_lapsed", "Units whose worker has gone", figures.leases_lapsed),
        ("bookgen_spent_dollars", "What model calls have cost", figures.spent_micros / 1e6),
        ("bookgen_spent_today_dollars", "The same since midnight UTC", figures.spent_today_micros / 1e6),
    )
    for name, told, value in rows:
        yield GaugeMetricFamily(name, told, value=value)


def counters() -> CollectorRegistry:
    """What processes count themselves: of all of them where they share a folder, else of this one."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    shared = CollectorRegistry()
    MultiProcessCollector(shared)  # type: ignore[no-untyped-call]  # its constructor has no types
    return shared


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
