"""The runner: claim, work one unit, record, say what comes next. All state is recomputed from rows.

It knows neither the queue nor the screen: a process calls `look`, whoever told it to.
"""

from __future__ import annotations

import importlib
import threading
import uuid
from collections.abc import Callable
from typing import Final, cast

import structlog
from django.db import transaction

from biographies.actions import touch
from biographies.models import BiographyJob
from biographies.queries import all_approved
from biographies.states import move_chapter, move_job
from biographies.vocabulary import PROGRESS, ChapterStatus, JobStatus, Phase
from bookgen_site.lib import clock, queue, store
from engine import heartbeat, queries, units
from engine.authors import author_of
from engine.errors import ClaimLost, Stop, UnitFailed
from engine.models import PhasePlan, Run, RunStatus, Unit, UnitStatus
from engine.phases.base import Context, PhaseModule, Work
from engine.units import Claim
from notifications.events import Completion, JobError, PhaseChange, Progress
from notifications.publish import publish

log = structlog.get_logger(__name__)

PHASES: Final = {
    phase: cast(PhaseModule, importlib.import_module(f"engine.phases.{phase.value}")) for phase in Phase
}
stopping = threading.Event()  # set when the process is asked to end: no new unit is begun
HINTS = 8  # messages per planned phase: enough to wake every thread of a small team of workers


def look(job_id: uuid.UUID, worker: str, stop: Callable[[], bool] = lambda: False) -> int:
    """Work the job's active run until nothing is left for this worker; returns how many units it did."""
    done = 0
    while not stop() and not stopping.is_set():
        run = queries.active_run(job_id)
        if run is None:
            break
        advance(run)
        if not work_one(run, worker):
            break
        done += 1
    return done


def work_one(run: Run, worker: str) -> bool:
    """Claim one unit of the run, work it, record what came of it; False when there is none to claim."""
    claim = units.claim(run.pk, worker)
    if claim is None:
        return False
    with structlog.contextvars.bound_contextvars(job_id=str(run.job_id), unit=str(claim.unit)):
        with heartbeat.holding(claim):
            _work(claim)
        advance(run)
    return True


def _work(claim: Claim) -> None:
    """Run the phase's code; every way it can end has its own record."""
    try:
        _record(claim)
    except ClaimLost:
        log.warning("claim_lost")
    except Stop as stop:
        units.give_back(claim, str(stop), permanent=True)
        fail(claim.unit.run, str(stop))
    except UnitFailed as failure:
        _give_back(claim, str(failure), permanent=True)
    except Exception as error:  # a unit must never take its worker down; the row keeps what happened
        log.exception("unit_failed", attempt=claim.unit.attempts)
        _give_back(claim, f"{type(error).__name__}: {error}", permanent=False)


def _record(claim: Claim) -> None:
    """Compute outside of any transaction; then fence, result and effects in one."""
    unit = claim.unit
    job = BiographyJob.objects.get(pk=unit.run.job_id)
    ctx = Context(job=job, author=author_of(job.author))
    outcome = PHASES[Phase(unit.phase)].work(_as_work(unit), ctx)
    with transaction.atomic():
        _lock(unit.run.job_id)
        units.finish(claim, outcome.result)
        outcome.apply()
        _tell_progress(unit)


def _lock(job_id: uuid.UUID) -> None:
    """The job's row first, then units, chapters and the event counter: one order for all, so nobody deadlocks."""
    BiographyJob.objects.select_for_update().values_list("pk").get(pk=job_id)


def _as_work(unit: Unit) -> Work:
    return Work(
        key=unit.key,
        generation=unit.generation,
        chapter=unit.chapter,
        instruction=unit.instruction,
        asked_by_id=unit.asked_by_id,
    )


def _give_back(claim: Claim, error: str, *, permanent: bool) -> None:
    with transaction.atomic():
        _lock(claim.unit.run.job_id)
        parked = units.give_back(claim, error, permanent=permanent)
        if parked:
            message = JobError(severity="warning", message=error, unit=str(claim.unit))
            publish(claim.unit.run.job_id, message)


def advance(run: Run) -> None:
    """Bring the run to where its rows say it is: 1 finish phases, 2 plan the next, 3 gates, 4 completion."""
    job = BiographyJob.objects.get(pk=run.job_id)
    if job.status not in {JobStatus.RUNNING, JobStatus.EXPORTING, JobStatus.NEEDS_REVIEW}:
        return
    planned = {plan.phase: plan for plan in PhasePlan.objects.filter(run=run)}
    if Phase.EXPORT in planned and job.status == JobStatus.RUNNING:
        move_job(job.pk, JobStatus.EXPORTING)  # it was paused, or failed, while its files were made
    for phase in Phase:
        plan = planned.get(phase)
        if phase is Phase.EXPORT and not _may_export(run, job):
            return
        if plan is None:
            _begin(run, phase, job)
            return
        if plan.finished_at is None and not _finish(run, phase, plan):
            return
    _complete(run, job)


def _finish(run: Run, phase: Phase, plan: PhasePlan) -> bool:
    """Close a phase whose units have all ended; False when some are open, or the job can't go on."""
    rows = Unit.objects.filter(run=run, phase=phase)
    if rows.filter(status__in=[UnitStatus.WAITING, UnitStatus.LEASED]).exists():
        return False
    parked = list(rows.filter(status=UnitStatus.PARKED).select_related("chapter"))
    for unit in parked:
        if unit.chapter:
            move_chapter(unit.chapter, ChapterStatus.PARKED, parked_reason=unit.error)
    if parked and PHASES[phase].VITAL:
        fail(run, parked[0].error)
        return False
    PhasePlan.objects.filter(pk=plan.pk, finished_at=None).update(finished_at=clock.now())
    return True


def _begin(run: Run, phase: Phase, job: BiographyJob) -> None:
    """Plan a phase: make its units, tell it, and hint the queue."""
    try:
        specs = PHASES[phase].units(Context(job=job, author=author_of(job.author)))
    except Stop as stop:
        fail(run, str(stop))
        return
    with transaction.atomic():
        if not units.plan(run, phase, specs):
            return
        start, _end = PROGRESS[phase]
        touch(job.pk, current_phase=phase, progress=start)
        publish(job.pk, PhaseChange(phase=phase.value, progress=start))
        for _hint in range(min(HINTS, len(specs))):
            queue.put("engine.look", job.pk)


def _may_export(run: Run, job: BiographyJob) -> bool:
    """The gate before the export: open while every chapter is approved, whoever looks and whenever."""
    if all_approved(job.pk):
        return job.status == JobStatus.EXPORTING or move_job(job.pk, JobStatus.EXPORTING)
    with transaction.atomic():
        if move_job(job.pk, JobStatus.NEEDS_REVIEW, frm=frozenset({JobStatus.RUNNING})):
            _start, end = PROGRESS[Phase.QUALITY_CONTROL]
            touch(job.pk, progress=end)
            units.reopen_export(run)
    return False


def _complete(run: Run, job: BiographyJob) -> None:
    """All phases are done: the job is complete when every file is there and whole, and not otherwise."""
    try:
        exports = queries.checked_exports(run)
    except store.BlobMissing as error:
        log.error("export_lost", job_id=str(job.pk), error=str(error))
        units.reopen_export(run)  # the next look makes the files anew
        return
    if not exports:
        return  # the export was forgotten while this thread was looking: a later look plans it anew
    with transaction.atomic():
        if move_job(
            job.pk,
            JobStatus.COMPLETED,
            frm=frozenset({JobStatus.EXPORTING}),
            progress=100,
            completed_at=clock.now(),
            error_message="",
        ):
            Run.objects.filter(pk=run.pk).update(status=RunStatus.DONE, finished_at=clock.now())
            files = tuple(export.filename for export in exports)
            publish(job.pk, Completion(files=files, words=exports[0].words), tell=queries.addresses(job))


def fail(run: Run, reason: str) -> None:
    """End the run because the job can't go on; the reason is what its editor reads."""
    with transaction.atomic():
        if move_job(run.job_id, JobStatus.FAILED, reason=reason, error_message=reason):
            Run.objects.filter(pk=run.pk).update(status=RunStatus.FAILED, finished_at=clock.now())
            publish(
                run.job_id, JobError(severity="critical", message=reason), tell=queries.addresses(run.job)
            )


def _tell_progress(unit: Unit) -> None:
    done, total = queries.unit_counts(unit.run_id, unit.phase)
    start, end = PROGRESS[Phase(unit.phase)]
    progress = round(start + (end - start) * done / total, 2)
    touch(unit.run.job_id, progress=progress, current_phase=unit.phase)
    publish(unit.run.job_id, Progress(phase=unit.phase, progress=progress, done=done, total=total))
