"""Claims on units: taking, renewing, finishing, giving back.

A claim is a compare-and-set on the row's fence. Whoever holds the newest fence may write; a worker that
slept through its lease finds its fence outdated and writes nothing.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from biographies.vocabulary import JobStatus, Phase
from bookgen_site.lib import clock
from engine import deaths
from engine.errors import ClaimLost, UnitFailed
from engine.models import OPEN_UNITS, RunStatus, Unit, UnitStatus
from engine.plans import DRAFT

WORKING = [JobStatus.RUNNING, JobStatus.EXPORTING]
CANDIDATES = 8  # how many free units one claim tries: a race lost to another process tries the next
DIED = "its worker died each time it was tried"
_one_claims = threading.Lock()  # the threads of a process would all try to take the same unit


@dataclass(frozen=True, slots=True)
class Claim:
    """A unit held by this worker until its lease runs out."""

    unit: Unit
    fence: int


def claimable(run_id: int | None = None) -> QuerySet[Unit]:
    """Units that may be claimed now: free or with a lapsed lease, due, and not behind work of lower rank."""
    now = clock.now()
    free = Q(status=UnitStatus.WAITING) | Q(status=UnitStatus.LEASED, lease_until__lt=now)
    due = Q(not_before=None) | Q(not_before__lte=now)
    earlier = Unit.objects.filter(run=OuterRef("run"), rank__lt=OuterRef("rank"), status__in=OPEN_UNITS)
    # One subquery, which a planner can join: with two of them it would look them up row by row.
    alone = ExpressionWrapper(OuterRef("by_chapter"), output_field=BooleanField())
    behind = earlier.annotate(alone=alone).filter(Q(alone=False) | Q(chapter=OuterRef("chapter")))
    drafts = Q(key__startswith=DRAFT, run__job__status=JobStatus.NEEDS_REVIEW)
    going = Q(run__job__status__in=WORKING) | drafts
    units = Unit.objects.filter(free, due, going, ~Exists(behind), run__status=RunStatus.ACTIVE)
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
                deaths.end_calls(unit)
                return Claim(unit, unit.fence)
            tried.append(unit.pk)
    return None


def _taken(unit: Unit, worker: str) -> bool:
    """Whether the unit is this worker's now; one that workers have died at too often is parked instead."""
    read = (unit.status, unit.lease_until)
    if unit.status == UnitStatus.LEASED:  # and its lease has lapsed: its worker died, or sleeps
        deaths.count(unit)
    if deaths.is_hopeless(unit):
        _park(unit, DIED)
        return False
    return _won(unit, worker, *read)


def _won(unit: Unit, worker: str, status: str, lease: dt.datetime | None) -> bool:
    """The row's own words decide: whoever has claimed, renewed or given it back since it was read has changed them."""
    unit.fence, unit.attempts = unit.fence + 1, unit.attempts + 1
    rows = Unit.objects.filter(pk=unit.pk, fence=unit.fence - 1, status=status, lease_until=lease)
    counted = {name: getattr(unit, name) for name in ("fence", "attempts", *deaths.NONE)}
    return bool(rows.update(status=UnitStatus.LEASED, worker=worker, lease_until=_lease_end(), **counted))


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


def holds(held: Claim) -> bool:
    """Whether the unit is still this worker's."""
    return _held(held).exists()


def require(held: Claim) -> None:
    """Raise ClaimLost when the unit isn't this worker's any more."""
    if not holds(held):
        raise ClaimLost(str(held.unit))


def convict(held: Claim) -> None:
    """Park a unit that its own process has died of; raises ClaimLost when it isn't this worker's any more."""
    if not _held(held).update(deaths=F("deaths") + 1):
        raise ClaimLost(str(held.unit))
    raise UnitFailed(DIED)


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


def _held(held: Claim) -> QuerySet[Unit]:
    return Unit.objects.filter(pk=held.unit.pk, fence=held.fence, status=UnitStatus.LEASED)


def _lease_end() -> dt.datetime:
    return clock.now() + dt.timedelta(seconds=settings.ENGINE_LEASE_SECONDS)
