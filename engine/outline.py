"""The outline between its making and the first chapter: the gate that waits for somebody's approval."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from biographies.models import BiographyJob
from biographies.states import move_job
from biographies.vocabulary import ChapterKind, JobStatus, Phase
from engine.models import PhasePlan


def writing_has_begun(job: BiographyJob) -> bool:
    """Whether the chapters' units have been made: from then on the outline's shape is fixed."""
    return PhasePlan.objects.filter(run__job_id=job.pk, phase=Phase.CHAPTER_GENERATION).exists()


def can_be_shaped(job: BiographyJob) -> bool:
    """Whether the outline can be changed now: it is there, the work rests, and no chapter has been begun."""
    rests = job.status == JobStatus.PAUSED
    return rests and job.chapters.filter(kind=ChapterKind.CHAPTER).exists() and not writing_has_begun(job)


def outline_waits(job: BiographyJob) -> bool:
    """Whether the paused job goes on only when somebody approves its outline."""
    return job.outline_review and job.outline_approved_at is None and can_be_shaped(job)


def agreed(job: BiographyJob) -> bool:
    """The gate before the chapters: closed until the outline is approved, if the job says so; then the job pauses."""
    with transaction.atomic():
        rows = BiographyJob.objects.select_for_update(no_key=True)
        review, approved = rows.values_list("outline_review", "outline_approved_at").get(pk=job.pk)
        if not review or approved:
            return True
        told = _(
            "The outline is ready. Read it, change what you like, and approve it: then the writing begins."
        )
        move_job(
            job.pk, JobStatus.PAUSED, reason=told, frm=frozenset({JobStatus.RUNNING}), error_message=told
        )
    return False
