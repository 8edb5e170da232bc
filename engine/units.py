"""The only writer of unit rows: planning, claiming, renewing, finishing, giving back, superseding.

A claim is a compare-and-set on the row's fence. Whoever holds the newest fence may write; a worker that
slept through its lease finds its fence outdated and writes nothing.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Greatest

from biographies.vocabulary import JobStatus, Phase
from bookgen_site.lib import clock
from engine.errors import ClaimLost
from engine.models import OPEN_UNITS, ModelCall, PhasePlan, Run, RunStatus, Unit, UnitStatus
from engine.phases.base import UnitSpec

WORKING = [JobStatus.RUNNING, JobStatus.EXPORTING]
DRAFT = (
    "draft-"  # begins the keys of units that print a draft: they wait for no approval, and nothing for them
)
_one_claims = threading.Lock()  # so a process never takes two units at once that workers have died at, either
CANDIDATES = 8  # how many free units one claim tries: a race lost to another process tries the next
DEATHS_WAITING = 10  # times as many deaths convict a unit that only waited for a model each time
_NO_DEATHS = {"deaths": 0, "deaths_waiting": 0}


@dataclass(frozen=True, slots=True)
class Claim:
    """A unit held by this worker until its lease runs out."""

    unit: Unit
    fence: int


def plan(run: Run, phase: Phase, specs: Iterable[UnitSpec]) -> bool:
    """Make the phase's units, once; True when this call made them."""
    try:
        with transaction.atomic():
            PhasePlan.objects.create(run=run, phase=phase)
            generation = _next_generation(Unit.objects.filter(run=run, phase=phase))
            Unit.objects.bulk_create([_row(run, phase, spec, generation) for spec in specs])
    except IntegrityError:
        return False  # another worker has planned it in the meantime
    return True


def rank(phase: Phase, wave: int = 0) -> int:
    """The order of units: by phase, then by wave. A unit waits until all of lower rank have ended."""
    return 100 * list(Phase).index(phase) + wave


def of_phase(run_id: int, phase: str) -> QuerySet[Unit]:
    """The units by which a phase is done; drafts, which anyone may ask for at any time, are none of them."""
    return Unit.objects.filter(run_id=run_id, phase=phase).exclude(key__startswith=DRAFT)


def _next_generation(earlier: QuerySet[Unit]) -> int:
    newest = earlier.order_by("-generation").values_list("generation", flat=True).first()
    return 0 if newest is None else newest + 1


def _row(run: Run, phase: Phase, spec: UnitSpec, generation: int) -> Unit:
    return Unit(
        run=run,
        phase=phase,
        key=spec.key,
        generation=generation,
        rank=rank(phase, spec.wave),
        chapter_id=spec.chapter_id,
        instruction=spec.instruction,
        asked_by_id=spec.asked_by_id,
        model=spec.model,
        paragraphs=list(spec.paragraphs),
        base_id=spec.base_id,
    )


def claimable(run_id: int | None = None) -> QuerySet[Unit]:
    """Units that may be claimed now: free or with a lapsed lease, due, and not behind work of lower rank."""
    now = clock.now()
    free = Q(status=UnitStatus.WAITING) | Q(status=UnitStatus.LEASED, lease_until__lt=now)
    due = Q(not_before=None) | Q(not_before__lte=now)
    earlier = Unit.objects.filter(run=OuterRef("run"), rank__lt=OuterRef("rank"), status__in=OPEN_UNITS)
    drafts = Q(key__startswith=DRAFT, run__job__status=JobStatus.NEEDS_REVIEW)
    going = Q(run__job__status__in=WORKING) | drafts
    units = Unit.objects.filter(free, due, going, ~Exists(earlier), run__status=RunStatus.ACTIVE)
    return (units if run_id is None else units.filter(run_id=run_id)).order_by("id")


def claim(run_id: int, worker: str, without: Collection[Phase] = ()) -> Claim | None:
    """Take one unit of the run for this worker, or None when there is nothing to take; none of the phases `without`.

    The threads of a process come one after another: side by side, they would all try to take the same unit.
    """
    tried: list[int] = []
    with _one_claims:
        while len(tried) < CANDIDATES:
            free = claimable(run_id).exclude(pk__in=tried)
            if without:
                free = free.exclude(phase__in=without)
            unit = free.select_related("run__job").first()
            if unit is None:
                return None
            if _taken(unit, worker):
                _end_calls(unit)
                return Claim(unit, unit.fence)
            tried.append(unit.pk)
    return None


def _taken(unit: Unit, worker: str) -> bool:
    """Whether the unit is this worker's now; one that workers die at is parked instead."""
    read = (unit.status, unit.lease_until)
    if unit.status == UnitStatus.LEASED:  # and its lease has lapsed: its worker died, or sleeps
        asking = _at_provider(Unit.objects.filter(pk=unit.pk)).exists()
        unit.deaths, unit.deaths_waiting = unit.deaths + (not asking), unit.deaths_waiting + asking
        unit.attempts = max(unit.attempts - 1, 0)
    if _is_deadly(unit):
        _park(unit, "its worker died each time it was tried")
        return False
    return _won(unit, worker, *read)


def _end_calls(unit: Unit) -> None:
    """What its dead worker was asking will be asked again, or in other words: then a later death is no wait for it.

    Only while the claim holds: a process that slept right after it must not end what its successor is asking.
    """
    if unit.fence > 1:
        mine = Unit.objects.filter(pk=unit.pk, fence=unit.fence)
        left = ModelCall.objects.filter(unit__in=mine, status=ModelCall.Status.INTENDED)
        left.update(
            status=ModelCall.Status.FAILED,
            error="Its worker died.",
            reserved_micros=0,
            finished_at=clock.now(),
        )


def _is_deadly(unit: Unit) -> bool:
    """Whether its workers die of it. While a model is asked nothing of it runs, but the answer may be deadly, too."""
    most = settings.ENGINE_MAX_DEATHS
    return bool(unit.deaths >= most or unit.deaths_waiting >= most * DEATHS_WAITING)


def _won(unit: Unit, worker: str, status: str, lease: dt.datetime | None) -> bool:
    """The row's own words decide: whoever has claimed, renewed or given it back since it was read has changed them."""
    unit.fence, unit.attempts = unit.fence + 1, unit.attempts + 1
    rows = Unit.objects.filter(pk=unit.pk, fence=unit.fence - 1, status=status, lease_until=lease)
    return not (unit.deaths and _has_suspect(worker, unit)) and _take(rows, unit, worker)


def _take(rows: QuerySet[Unit], unit: Unit, worker: str) -> bool:
    counted = {name: getattr(unit, name) for name in ("fence", "attempts", *_NO_DEATHS)}
    return bool(rows.update(status=UnitStatus.LEASED, worker=worker, lease_until=_lease_end(), **counted))


def _has_suspect(worker: str, unit: Unit) -> bool:
    """Whether one death of this process could convict an innocent: a last chance is given apart from all suspects."""
    last = max(settings.ENGINE_MAX_DEATHS - 1, 1)
    beside = 1 if unit.deaths >= last else last
    return Unit.objects.filter(worker=worker, status=UnitStatus.LEASED, deaths__gte=beside).exists()


def went_on(unit_id: int) -> None:
    """Something of the unit was recorded: what its workers died of before wasn't this unit, or not only."""
    Unit.objects.filter(Q(deaths__gt=0) | Q(deaths_waiting__gt=0), pk=unit_id).update(**_NO_DEATHS)


def renew(claims: Iterable[Claim]) -> None:
    """The heartbeat: push the leases of these claims into the future, where they still hold."""
    for held in claims:
        _held(held).update(lease_until=_lease_end())


def finish(held: Claim, result: dict[str, Any]) -> None:
    """Mark the unit done, inside the caller's transaction; raises ClaimLost when the fence has moved on."""
    done = _held(held).update(
        status=UnitStatus.DONE, result=result, error="", worker="", lease_until=None, finished_at=clock.now()
    )
    if not done:
        raise ClaimLost(str(held.unit))


def give_back(held: Claim, error: str, *, permanent: bool) -> bool:
    """Return a unit that went wrong: to be tried again later, or parked. True when it is parked."""
    parked = permanent or held.unit.attempts >= settings.ENGINE_MAX_ATTEMPTS
    if parked:
        return _park(held.unit, error)
    wait = dt.timedelta(seconds=min(300, 2**held.unit.attempts))
    _held(held).update(
        status=UnitStatus.WAITING, error=error, worker="", lease_until=None, not_before=clock.now() + wait
    )
    return False


def hand_back(held: Claim) -> None:
    """Return a unit that nothing is wrong with: it waits for another worker, and the attempt doesn't count."""
    _held(held).update(
        status=UnitStatus.WAITING, worker="", lease_until=None, attempts=F("attempts") - 1, not_before=None
    )


def require(held: Claim) -> None:
    """Raise ClaimLost when the unit isn't this worker's any more."""
    if not _held(held).exists():
        raise ClaimLost(str(held.unit))


def _park(unit: Unit, error: str) -> bool:
    rows = Unit.objects.filter(pk=unit.pk, fence=unit.fence, status__in=OPEN_UNITS)
    parked = rows.update(
        status=UnitStatus.PARKED,
        error=error or "no reason was given",
        worker="",
        lease_until=None,
        fence=F("fence") + 1,
        finished_at=clock.now(),
    )
    return bool(parked)


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


def _at_provider(held: QuerySet[Unit]) -> QuerySet[Unit]:
    """Those that only wait for a model: nothing of theirs runs, so no worker dies of them."""
    return held.filter(
        Exists(ModelCall.objects.filter(unit=OuterRef("pk"), status=ModelCall.Status.INTENDED))
    )


def supersede(units: QuerySet[Unit]) -> int:
    """Take units out of the run for good; a worker still at one of them will write nothing."""
    return units.exclude(status=UnitStatus.SUPERSEDED).update(
        status=UnitStatus.SUPERSEDED, worker="", lease_until=None, fence=F("fence") + 1
    )


def unpark(run: Run, only: Unit | None = None) -> int:
    """Let the run's parked units (or one of them) be tried again, from the first attempt; returns how many."""
    parked = Unit.objects.filter(run=run, status=UnitStatus.PARKED)
    parked = parked.filter(pk=only.pk) if only else parked
    return parked.update(
        status=UnitStatus.WAITING, attempts=0, not_before=None, error="", finished_at=None, **_NO_DEATHS
    )


def count_anew(run: Run) -> int:
    """Forget the attempts of units that wait: a person has asked for them again; returns how many."""
    return Unit.objects.filter(run=run, status__in=OPEN_UNITS).update(
        attempts=0, not_before=None, **_NO_DEATHS
    )


def again(run: Run, phase: Phase, spec: UnitSpec) -> Unit:
    """A further generation of a unit (regeneration, export of a changed book); the earlier is superseded."""
    earlier = Unit.objects.filter(run=run, phase=phase, key=spec.key)
    generation = _next_generation(earlier)
    supersede(earlier)
    row = _row(run, phase, spec, generation)
    row.save()
    PhasePlan.objects.filter(run=run, phase=phase).update(finished_at=None)
    return row


def _held(held: Claim) -> QuerySet[Unit]:
    return Unit.objects.filter(pk=held.unit.pk, fence=held.fence, status=UnitStatus.LEASED)


def _lease_end() -> dt.datetime:
    return clock.now() + dt.timedelta(seconds=settings.ENGINE_LEASE_SECONDS)


def replan(run: Run, phases: Sequence[Phase]) -> None:
    """Forget that these phases were planned, and what of them is still open: their units are made anew."""
    supersede(Unit.objects.filter(run=run, phase__in=phases, status__in=OPEN_UNITS))
    PhasePlan.objects.filter(run=run, phase__in=phases).delete()


def reopen_export(run: Run) -> None:
    """Forget that the export was planned: a changed book is exported anew when it is approved again."""
    supersede(Unit.objects.filter(run=run, phase=Phase.EXPORT))
    PhasePlan.objects.filter(run=run, phase=Phase.EXPORT).delete()
