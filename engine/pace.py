"""How fast the work goes on, from the units that have ended: for people who wait."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from biographies.models import BiographyJob
from bookgen_site.lib import clock
from engine.models import OPEN_UNITS, RunStatus, Unit, UnitStatus

NEWEST: Final = 12  # units: an earlier pace says little of the present one
FRESH: Final = dt.timedelta(hours=1)  # after a longer rest nobody can say


@dataclass(frozen=True, slots=True)
class Pace:
    """Units of the present phase: how many have ended, of how many; seconds left, None when nobody can say."""

    done: int
    total: int
    seconds: int | None


def pace_of(job: BiographyJob) -> Pace | None:
    """The pace of the job's present phase, in one query; None when nothing of it is open."""
    rows = Unit.objects.filter(run__job_id=job.pk, run__status=RunStatus.ACTIVE, phase=job.current_phase)
    rows = rows.exclude(status=UnitStatus.SUPERSEDED)
    units = list(rows.values_list("status", "finished_at"))
    waiting = sum(status in OPEN_UNITS for status, _at in units)
    if not waiting:
        return None
    ends = sorted(at for status, at in units if status == UnitStatus.DONE and at)[-NEWEST:]
    return Pace(len(units) - waiting, len(units), _left(waiting, ends))


def _left(waiting: int, ends: list[dt.datetime]) -> int | None:
    """The mean time between ends, for each unit that waits."""
    if len(ends) < 3 or clock.now() - ends[-1] > FRESH:
        return None
    between = (ends[-1] - ends[0]) / (len(ends) - 1)
    return max(1, round(between.total_seconds() * waiting))
