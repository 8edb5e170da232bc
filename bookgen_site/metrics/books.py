"""What the rows say, as Prometheus collects it: gauges, since deleting a book takes its rows along.

All of them begin anew with each question, but are asked of the database every KEPT_SECONDS at most, by whichever
process is asked: several Prometheuses, or one that asks every process of a team, cost no more than one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Final

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from bookgen_site.lib.memory import recall, remember
from bookgen_site.lib.money import MICROS
from bookgen_site.metrics.figures import Details, Figures, detailed, measured
from bookgen_site.metrics.percentiles import of_values

KEPT_SECONDS: Final = 10
CACHE_KEY: Final = "prometheus"
QUANTILES: Final = (0.5, 0.95)
Rows = Iterable[tuple[Sequence[str], float]]


class BooksCollector(Collector):
    """Jobs, units, phases, model calls, money and messages."""

    def collect(self) -> Iterator[Metric]:
        """The gauges, each with its explanation."""
        figures, details = _now()
        yield from _of_work(figures, details)
        yield from _of_times(details)
        yield from _of_calls(details)
        yield _one("bookgen_spent_dollars", "What model calls have cost", figures.spent_micros / MICROS)
        today = figures.spent_today_micros / MICROS
        yield _one("bookgen_spent_today_dollars", "The same since midnight UTC", today)
        yield from _of_messages(details)


def _now() -> tuple[Figures, Details]:
    told = recall(CACHE_KEY)
    if told is None:
        told = {"figures": asdict(measured()), "details": asdict(detailed())}
        remember(CACHE_KEY, told, KEPT_SECONDS)
    return Figures(**told["figures"]), Details(**told["details"])


def _of_work(figures: Figures, details: Details) -> Iterator[Metric]:
    yield _family("bookgen_jobs", "Biographies by status", ("status",), _pairs(figures.jobs))
    units = (((phase, status), number) for phase, status, number in details.units)
    yield _family("bookgen_units", "Units of runs that go on", ("phase", "status"), units)
    yield _one("bookgen_units_ready", "Units that could be begun now", figures.units_ready)
    yield _one("bookgen_units_at_work", "Units that a worker holds", figures.units_at_work)
    yield _one("bookgen_leases_lapsed", "Units whose worker has gone", figures.leases_lapsed)
    told = "For how long there was something to do while nothing was done"
    yield _one("bookgen_queue_age_seconds", told, details.queue_age)


def _of_times(details: Details) -> Iterator[Metric]:
    times = [(phase, seconds) for phase, seconds in sorted(details.phases.items()) if seconds]
    shares = (
        ((phase, str(share)), of_values(seconds, share) or 0.0)
        for phase, seconds in times
        for share in QUANTILES
    )
    yield _family("bookgen_phase_seconds", "How long the newest phases took", ("phase", "quantile"), shares)
    counts = (((phase,), float(len(seconds))) for phase, seconds in times)
    yield _family("bookgen_phases_timed", "How many phases those are", ("phase",), counts)


def _of_calls(details: Details) -> Iterator[Metric]:
    labels = ("model", "outcome")
    calls = (((model, outcome), number) for model, outcome, number, *_rest in details.calls)
    yield _family("bookgen_model_calls", "Model calls by model and outcome", labels, calls)
    tokens: dict[tuple[str, str], float] = {}
    money: dict[str, float] = {}
    for model, _outcome, _number, told, said, cost in details.calls:
        tokens[model, "in"] = tokens.get((model, "in"), 0) + told
        tokens[model, "out"] = tokens.get((model, "out"), 0) + said
        money[model] = money.get(model, 0) + cost / MICROS
    yield _family("bookgen_model_tokens", "Tokens by model", ("model", "direction"), tokens.items())
    yield _family("bookgen_model_dollars", "What calls of a model have cost", ("model",), _pairs(money))


def _of_messages(details: Details) -> Iterator[Metric]:
    rows = (((channel, state), number) for channel, state, number in details.deliveries)
    yield _family("bookgen_deliveries", "Mails and webhooks that are kept", ("channel", "state"), rows)
    yield _one("bookgen_outbox_age_seconds", "How late the oldest message is that waits", details.outbox_age)
    severities = {"warning": 0, "critical": 0} | details.alerts
    yield _family("bookgen_alerts_firing", "What is wrong now", ("severity",), _pairs(severities))


def _pairs(counted: dict[str, int] | dict[str, float]) -> Rows:
    return (((name,), number) for name, number in sorted(counted.items()))


def _one(name: str, told: str, value: float) -> Metric:
    return GaugeMetricFamily(name, told, value=value)


def _family(name: str, told: str, labels: Sequence[str], rows: Rows) -> Metric:
    family = GaugeMetricFamily(name, told, labels=labels)
    for values, number in rows:
        family.add_metric(values, number)
    return family
