"""What the database says about the work: jobs, how long books took, units, and money."""

from __future__ import annotations

from dataclasses import dataclass

from biographies.queries import jobs_by_status
from engine.queries import backlog, generation_seconds, spent


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


def measured() -> Figures:
    """Ask the database: six queries, whatever its size."""
    spent_in_all, spent_today = spent()
    return Figures(
        jobs=jobs_by_status(),
        generation=generation_seconds(),
        spent_micros=spent_in_all,
        spent_today_micros=spent_today,
        **backlog(),
    )
