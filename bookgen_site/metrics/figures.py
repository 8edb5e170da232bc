"""What the database says about the work: jobs, how long books and phases took, units, model calls, money, messages."""

from __future__ import annotations

from dataclasses import dataclass

from biographies.queries import jobs_by_status
from bookgen_site.lib.replica import reading_lists
from engine.queries import backlog, generation_seconds, spent
from engine.watching import standing
from notifications import queries as messages


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers at one moment. Money is in micro-dollars, times are in seconds."""

    jobs: dict[str, int]
    generation: list[float]
    units_ready: int
    units_at_work: int
    leases_lapsed: int
    spent_micros: int
    spent_today_micros: int


@dataclass(frozen=True, slots=True)
class Details:
    """More of the same, for programs that draw curves."""

    units: list[tuple[str, str, int]]  # phase, status, how many
    phases: dict[str, list[float]]  # phase: seconds of each
    calls: list[standing.Tally]  # model, outcome, how many, tokens in, tokens out, micro-dollars
    queue_age: float
    deliveries: list[tuple[str, str, int]]  # channel, state, how many
    outbox_age: float
    alerts: dict[str, int]  # severity, how many


def measured() -> Figures:
    """Ask the database, or its replica: six queries, whatever its size."""
    with reading_lists(None):
        spent_in_all, spent_today = spent()
        return Figures(
            jobs=jobs_by_status(),
            generation=generation_seconds(),
            spent_micros=spent_in_all,
            spent_today_micros=spent_today,
            **backlog(),
        )


def detailed() -> Details:
    """Ask for the rest: at most eleven queries, whatever the size."""
    with reading_lists(None):
        return Details(
            units=standing.units_by_status(),
            phases=standing.phase_seconds(),
            calls=standing.calls_by_outcome(),
            queue_age=standing.queue_age(),
            deliveries=messages.deliveries_by_state(),
            outbox_age=messages.outbox_age(),
            alerts=messages.alerts_firing(),
        )
