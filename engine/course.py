"""The course of a run: what comes next, recomputed from its rows by whoever looks.

Phases are planned and closed here, the gates stand here (decisions on found sources before planning, the outline's
approval before the chapters where the job wants it, review before export, files before completion), and a job that
can't go on fails here with its reason.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Final, cast

import structlog
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from biographies.actions import touch
from biographies.models import BiographyJob, Chapter
from biographies.queries import all_approved
from biographies.states import move_chapter, move_job
from biographies.vocabulary import PROGRESS, ChapterStatus, JobStatus, Phase
from bookgen_site.lib import clock, queue, store
from engine import elsewhere, plans, queries, remarks, rewriting, units
from engine.authors import Absent, author_of, missing
from engine.authors.base import Author
from engine.calls import Caller
from engine.discovering import decided
from engine.errors import Stop
from engine.models import OPEN_UNITS, PhasePlan, Run, RunStatus, Unit, UnitStatus
from engine.outline import agreed
from engine.phases.base import Context, PhaseModule, UnitSpec
from engine.units import Claim
from notifications.events import Completion, JobError, PhaseChange
from notifications.publish import publish

log = structlog.get_logger(__name__)

PHASES: Final = {
    phase: cast(PhaseModule, importlib.import_module(f"engine.phases.{phase.value}")) for phase in Phase
}
# What must be decided by somebody before a phase is planned.
GATES: Final = {Phase.RESEARCH_PLANNING: decided, Phase.CHAPTER_GENERATION: agreed}
# Whose units are made with those of another phase: a section needs no chapter's text, and a check only one.
AHEAD: Final = {Phase.CHAPTER_GENERATION: (Phase.SPECIAL_SECTIONS, Phase.QUALITY_CONTROL)}
HINTS = 8  # messages per planned phase: enough to wake every thread of a small team of workers


def context_of(job: BiographyJob, claim: Claim | None = None) -> Context:
    """What a phase may use for this job; with a claim, its author may ask a language model on the unit's behalf."""
    if reason := missing(job.author):  # the units of such a job that ask an author are claimed elsewhere
        return Context(job=job, author=cast(Author, Absent(reason)))
    return Context(job=job, author=author_of(job.author, Caller(claim, job) if claim else None))


def advance(run: Run) -> None:
    """Bring the run to where its rows say it is: 1 finish phases, 2 plan the next, 3 gates, 4 completion.

    A phase whose units were all made ahead, and done, ends as soon as it has begun.
    """
    while _advance(run):
        pass


def _advance(run: Run) -> bool:
    """One phase further at most; True when one was planned."""
    job = BiographyJob.objects.get(pk=run.job_id)
    if job.status not in {JobStatus.RUNNING, JobStatus.EXPORTING, JobStatus.NEEDS_REVIEW}:
        return False
    planned = {plan.phase: plan for plan in PhasePlan.objects.filter(run=run)}
    for phase in Phase:
        plan = planned.get(phase)
        if not _gate_is_open(phase, run, job, planned=plan is not None):
            return False
        if plan is None:
            return _begin(run, phase, job)
        if plan.finished_at is None and not _finish(run, phase, plan):
            return False
    _complete(run, job)
    return False


def _gate_is_open(phase: Phase, run: Run, job: BiographyJob, *, planned: bool) -> bool:
    if phase is Phase.EXPORT:
        return _may_export(run, job)
    gate = GATES.get(phase)
    return planned or gate is None or gate(job)


def _finish(run: Run, phase: Phase, plan: PhasePlan) -> bool:
    """Close a phase whose units have all ended; False when some are open, or the job can't go on."""
    rows = plans.of_phase(run.pk, phase)
    if rows.filter(status__in=OPEN_UNITS).exists():
        return False
    parked = list(rows.filter(status=UnitStatus.PARKED).select_related("chapter", "run"))
    for unit in parked:
        if unit.base_id:
            rewriting.put_back(unit)
        elif unit.chapter:
            move_chapter(unit.chapter, ChapterStatus.PARKED, parked_reason=unit.error)
            remarks.record(run.job, unit.key, [_parked(unit.chapter, unit)])
    if parked and PHASES[phase].VITAL:
        fail(run, parked[0].error)
        return False
    PhasePlan.objects.filter(pk=plan.pk, finished_at=None).update(finished_at=clock.now())
    return True


def _parked(chapter: Chapter, unit: Unit) -> str:
    return _("“%(title)s” needs an editor: %(reason)s") % {"title": chapter.title, "reason": unit.error}


def _begin(run: Run, phase: Phase, job: BiographyJob) -> bool:
    """Plan a phase: make its units, tell it, and hint the queue. True when this call did."""
    if phase in elsewhere.phases(job):
        _leave(run)
        return False
    try:
        specs = _specs(run, phase, job)
        ahead = {later: PHASES[later].units(context_of(job)) for later in AHEAD.get(phase, ())}
    except Stop as stop:
        fail(run, str(stop))
        return False
    except DatabaseError:
        raise  # a database that is away comes back; the next look plans the phase
    except Exception as error:  # a job that can't be planned must say so, not stand still
        log.exception("planning_failed", phase=phase.value)
        fail(run, f"Planning {phase.value} failed: {type(error).__name__}: {error}")
        return False
    with transaction.atomic():
        # Somebody may have cancelled or paused it since it was read: then nothing is planned, and nothing told.
        status = (
            BiographyJob.objects.select_for_update(no_key=True)
            .values_list("status", flat=True)
            .get(pk=job.pk)
        )
        if status not in queries.LOOKED_AT or not plans.plan(run, phase, specs):
            return False
        for later, theirs in ahead.items():
            plans.plan_ahead(run, later, theirs)
        progress = queries.standing(run.pk).progress
        touch(job.pk, current_phase=phase, progress=progress)
        publish(job.pk, PhaseChange(phase=phase.value, progress=progress))
        for _hint in range(min(HINTS, len(specs) + sum(len(theirs) for theirs in ahead.values()))):
            queue.put("engine.look", job.pk)
    log.info("phase_planned", job_id=str(job.pk), phase=phase.value, units=len(specs))
    return True


def _specs(run: Run, phase: Phase, job: BiographyJob) -> Sequence[UnitSpec]:
    specs = PHASES[phase].units(context_of(job))
    ahead = any(phase in later for later in AHEAD.values())
    return plans.missing(run, phase, specs) if ahead else specs


@transaction.atomic
def _may_export(run: Run, job: BiographyJob) -> bool:
    """The gate before the export: open while every chapter is approved, whoever looks and whenever.

    Phases were read before the lock: a text that was changed since has open units, and they come first. Without this
    look the job would rest at its review with units that nobody works.
    """
    status = (
        BiographyJob.objects.select_for_update(no_key=True).values_list("status", flat=True).get(pk=job.pk)
    )
    if _has_open_units(run) or status not in queries.LOOKED_AT:
        return False
    if all_approved(job.pk):
        return status == JobStatus.EXPORTING or move_job(job.pk, JobStatus.EXPORTING)
    if move_job(job.pk, JobStatus.NEEDS_REVIEW, frm=frozenset({JobStatus.RUNNING})):
        _start, end = PROGRESS[Phase.QUALITY_CONTROL]
        touch(job.pk, progress=end)
        plans.reopen_export(run)
    return False


def _has_open_units(run: Run) -> bool:
    """Of the phases before the export."""
    rows = Unit.objects.filter(run=run, status__in=OPEN_UNITS)
    return rows.exclude(phase=Phase.EXPORT).exists()


def _complete(run: Run, job: BiographyJob) -> None:
    """All phases are done: the job is complete when every file is there and whole, and not otherwise."""
    try:
        exports = queries.checked_exports(run)
    except store.BlobMissing as error:
        log.error("export_lost", job_id=str(job.pk), error=str(error))
        plans.reopen_export(run)  # the next look makes the files anew
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
            took = round((clock.now() - run.created_at).total_seconds())
            done = Completion(files=files, words=exports[0].words, seconds=took)
            publish(job.pk, done)


def leave_what_others_do(run: Run) -> None:
    """Units that this process can't work are left to those that can; where there are none, a person must help."""
    phases = elsewhere.phases(run.job)
    if phases and units.claimable(run.pk).filter(phase__in=phases).exists():
        _leave(run)


def _leave(run: Run) -> None:
    if elsewhere.forsaken(run):
        pause(run, elsewhere.reason())


def pause(run: Run, reason: str) -> None:
    """Let the job rest until a person has done what the reason says, and pressed Resume."""
    with transaction.atomic():
        going = frozenset({JobStatus.RUNNING, JobStatus.EXPORTING})
        if move_job(run.job_id, JobStatus.PAUSED, reason=reason, frm=going, error_message=reason):
            error = JobError(severity="warning", message=reason)
            publish(run.job_id, error)


def fail(run: Run, reason: str) -> None:
    """End the run because the job can't go on; the reason is what its editor reads."""
    with transaction.atomic():
        if move_job(run.job_id, JobStatus.FAILED, reason=reason, error_message=reason):
            Run.objects.filter(pk=run.pk).update(status=RunStatus.FAILED, finished_at=clock.now())
            error = JobError(severity="critical", message=reason)
            publish(run.job_id, error)
