"""Workers' deaths at units: counted, so that the unit that kills its workers is told from one that was only there.

Counting alone can't tell them apart: where workers die of something else often enough, some unit is there each time.
So deaths make a suspect, and a suspect is worked in a process of its own (`engine/trial.py`), whose death convicts.
"""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Greatest

from bookgen_site.lib import clock
from engine.models import ModelCall, Unit, UnitStatus

WAITING: Final = 10  # deaths while a model is waited for count as one: nothing of the unit ran then
HOPELESS: Final = 100  # times the deaths that convict end it, too: each trial may take the machine along
NONE: Final = {"deaths": 0, "deaths_waiting": 0}
ITS_WORKER_DIED: Final = "Its worker died."


def is_suspect(unit: Unit) -> bool:
    """Whether the next process that dies at it must have nothing else to die of."""
    return bool(_weight(unit) >= enough_for_suspicion())


def enough_for_suspicion() -> int:
    """How many deaths make a suspect."""
    return max(int(settings.ENGINE_MAX_DEATHS) - 1, 1)


def is_hopeless(unit: Unit) -> bool:
    """Whether it was tried often enough, though no trial came to an end: a machine may die with each."""
    return bool(_weight(unit) >= settings.ENGINE_MAX_DEATHS * HOPELESS)


def _weight(unit: Unit) -> int:
    return unit.deaths + unit.deaths_waiting // WAITING


def count(unit: Unit) -> None:
    """One more, of a unit whose lease has lapsed, in the object alone. A death is no attempt."""
    asking = _at_provider(Unit.objects.filter(pk=unit.pk)).exists()
    unit.deaths, unit.deaths_waiting = unit.deaths + (not asking), unit.deaths_waiting + asking
    unit.attempts = max(unit.attempts - 1, 0)


def release(worker: str) -> int:
    """Free what a dead worker held, without waiting for its lease; returns how many units. A death is no attempt."""
    held = Unit.objects.filter(worker=worker, status=UnitStatus.LEASED)
    freed = {
        "status": UnitStatus.WAITING,
        "worker": "",
        "lease_until": None,
        "fence": F("fence") + 1,
        "attempts": Greatest(F("attempts") - 1, 0),
    }
    innocent = _at_provider(held).update(**freed, deaths_waiting=F("deaths_waiting") + 1)
    return innocent + held.update(**freed, deaths=F("deaths") + 1)


def died_waiting(unit: Unit, fence: int) -> bool:
    """Count the death of a trial's process that only waited for a model; False when it didn't, or has too often."""
    most = settings.ENGINE_MAX_DEATHS * WAITING
    held = Unit.objects.filter(pk=unit.pk, fence=fence, status=UnitStatus.LEASED, deaths_waiting__lt=most)
    return bool(_at_provider(held).update(deaths_waiting=F("deaths_waiting") + 1))


def _at_provider(held: QuerySet[Unit]) -> QuerySet[Unit]:
    """Those that only wait for a model: nothing of theirs runs, so no worker dies of them."""
    return held.filter(
        Exists(ModelCall.objects.filter(unit=OuterRef("pk"), status=ModelCall.Status.INTENDED))
    )


def went_on(unit_id: int) -> None:
    """Something of the unit was recorded: what its workers died of before wasn't this unit, or not only."""
    Unit.objects.filter(Q(deaths__gt=0) | Q(deaths_waiting__gt=0), pk=unit_id).update(**NONE)


def end_calls(unit: Unit) -> None:
    """What its dead worker was asking will be asked again, or in other words: then a later death is no wait for it.

    Only while the claim holds: a process that slept right after it must not end what its successor is asking.
    """
    if unit.fence > 1:
        mine = Unit.objects.filter(pk=unit.pk, fence=unit.fence)
        left = ModelCall.objects.filter(unit__in=mine, status=ModelCall.Status.INTENDED)
        left.update(
            status=ModelCall.Status.FAILED,
            error=ITS_WORKER_DIED,
            reserved_micros=0,
            finished_at=clock.now(),
        )
