"""The runner: claim, work one unit, record; then let the run take its course.

It knows neither the queue nor the screen: a process calls `look`, whoever told it to.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog
from django.db import DatabaseError, transaction

from biographies.actions import touch
from biographies.models import BiographyJob
from biographies.vocabulary import Phase
from engine import deaths, elsewhere, heartbeat, plans, queries, returning, trial, units
from engine.calls.errors import Interrupted, MustPause, NotNow
from engine.course import PHASES, advance, context_of, fail, leave_what_others_do, pause
from engine.errors import ClaimLost, Stop, UnitFailed
from engine.models import Run, Unit
from engine.models_api.errors import ModelError
from engine.phases.base import Work
from engine.stopping import stirring, stopping
from engine.units import Claim
from notifications.events import JobError, Progress
from notifications.publish import publish

log = structlog.get_logger(__name__)


def look(job_id: uuid.UUID, worker: str, stop: Callable[[], bool] = lambda: False) -> int:
    """Work the job's active run until nothing is left for this worker; returns how many units it did."""
    done, advanced = 0, False
    while not stop() and not stopping.is_set():
        run = queries.active_run(job_id)
        if run is None:
            break
        if not advanced:
            advance(run)
        if work_one(run, worker):
            done, advanced = done + 1, True  # by the unit's end
        elif advanced:
            advanced = False  # others may have ended units since: only after one more look nothing is left
        else:
            leave_what_others_do(run)
            break
    return done


def work_one(run: Run, worker: str) -> bool:
    """Claim one unit of the run, work it, record what came of it; False when there is none to claim."""
    claim = units.claim(run.pk, worker, without=elsewhere.phases(run.job))
    if claim is None:
        return False
    with structlog.contextvars.bound_contextvars(job_id=str(run.job_id), unit=str(claim.unit)):
        with heartbeat.holding(claim), _returned(claim):
            _work(claim, trial.hold if deaths.is_suspect(claim.unit) else _record)
        advance(run)
        stirring.tell(units.claimable(run.pk).count())
    return True


def work_held(unit_id: int, fence: int) -> None:
    """Work a unit that the worker of this process holds; raises DatabaseError when its end can't be told."""
    claim = Claim(Unit.objects.select_related("run__job").get(pk=unit_id), fence)
    about = structlog.contextvars.bound_contextvars(job_id=str(claim.unit.run.job_id), unit=str(claim.unit))
    with about, heartbeat.holding(claim):
        _work(claim, _record)


@contextmanager
def _returned(claim: Claim) -> Iterator[None]:
    """A unit whose end can't be told because the database has gone is handed back when it has come back."""
    try:
        yield
    except DatabaseError:
        returning.later(claim)
        raise


def _work(claim: Claim, step: Callable[[Claim], None]) -> None:
    """Run the phase's code, here or elsewhere; every way it can end has its own record."""
    try:
        step(claim)
    except ClaimLost:
        log.warning("claim_lost")
    except Stop as stop:
        units.give_back(claim, str(stop), permanent=True)
        fail(claim.unit.run, str(stop))
    except UnitFailed as failure:
        _give_back(claim, str(failure), permanent=True)
    except Interrupted:
        units.hand_back(claim)
    except MustPause as reason:
        units.hand_back(claim)
        pause(claim.unit.run, str(reason))
    except (ModelError, NotNow) as error:
        _give_back(claim, str(error), permanent=isinstance(error, ModelError) and error.permanent)
    except Exception as error:  # noqa: BLE001  # a unit must never take its worker down
        _broken(claim, error)


def _broken(claim: Claim, error: Exception) -> None:
    """What nobody foresaw is kept in the row; nothing is wrong with a unit whose database has gone."""
    if returning.is_away(error):
        raise error
    log.error("unit_failed", attempt=claim.unit.attempts, exc_info=error)
    _give_back(claim, f"{type(error).__name__}: {error}", permanent=False)


def _record(claim: Claim) -> None:
    """Compute outside of any transaction; then fence, result and effects in one."""
    unit = claim.unit
    job = BiographyJob.objects.get(pk=unit.run.job_id)
    outcome = PHASES[Phase(unit.phase)].work(_as_work(unit), context_of(job, claim))
    with transaction.atomic():
        _lock(unit.run.job_id)
        units.finish(claim, outcome.result)
        outcome.apply()
        if unit.key.startswith(plans.DRAFT):
            _tell_draft(job, unit)
        else:
            _tell_progress(unit)
    log.info("unit_done", key=unit.key, phase=unit.phase, attempt=unit.attempts)


def _lock(job_id: uuid.UUID) -> None:
    """The job's row first, then units, chapters and the event counter: one order for all, so nobody deadlocks."""
    BiographyJob.objects.select_for_update(no_key=True).values_list("pk").get(pk=job_id)


def _as_work(unit: Unit) -> Work:
    return Work(
        key=unit.key,
        generation=unit.generation,
        chapter=unit.chapter,
        instruction=unit.instruction,
        asked_by_id=unit.asked_by_id,
        paragraphs=tuple(unit.paragraphs),
        base=unit.base,
    )


def _give_back(claim: Claim, error: str, *, permanent: bool) -> None:
    with transaction.atomic():
        _lock(claim.unit.run.job_id)
        parked = units.give_back(claim, error, permanent=permanent)
        if parked:
            message = JobError(severity="warning", message=error, unit=str(claim.unit))
            publish(claim.unit.run.job_id, message)


def _tell_draft(job: BiographyJob, unit: Unit) -> None:
    """There is a file to be read; the job is where it was."""
    publish(job.pk, Progress(phase=unit.phase, progress=job.progress, done=1, total=1))


def _tell_progress(unit: Unit) -> None:
    """The event is of the unit's own phase, also where that one's turn hasn't come."""
    now = queries.standing(unit.run_id)
    done, total = now.units[Phase(unit.phase)]
    touch(unit.run.job_id, progress=now.progress, current_phase=now.phase)
    publish(unit.run.job_id, Progress(phase=unit.phase, progress=now.progress, done=done, total=total))
