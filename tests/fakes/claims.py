"""Claims of a worker on units, and a clock for them."""

from __future__ import annotations

import datetime as dt

from engine import units
from engine.models import Run, Unit

NOON = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)


class Time:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = NOON

    def on(self, seconds: float) -> None:
        """Move it."""
        self.now += dt.timedelta(seconds=seconds)


def claimed(run: Run, worker: str = "w1") -> units.Claim:
    """The worker's claim on what is to be claimed next."""
    claim = units.claim(run.pk, worker)
    assert claim is not None
    return claim


def fresh(unit: Unit) -> Unit:
    """The unit as it is now."""
    return Unit.objects.get(pk=unit.pk)
