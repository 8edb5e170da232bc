"""The states of jobs and chapters and their allowed moves. Nothing else writes `status`.

A move is one conditional UPDATE: the row count decides who was first, so two people or two workers
can't both make it. Each move also raises `version` and tells the world by an event.
"""

from __future__ import annotations

import uuid
from typing import Any, Final

import structlog
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from biographies.errors import IllegalMove
from biographies.models import BiographyJob, Chapter
from biographies.vocabulary import ChapterStatus as C
from biographies.vocabulary import JobStatus as J
from bookgen_site.lib import clock
from notifications.events import ChapterChange, StatusChange
from notifications.publish import publish

log = structlog.get_logger(__name__)

JOB_MOVES: Final[dict[J, frozenset[J]]] = {
    J.PENDING: frozenset({J.RUNNING, J.CANCELLED, J.FAILED}),
    J.RUNNING: frozenset({J.PAUSED, J.NEEDS_REVIEW, J.EXPORTING, J.FAILED, J.CANCELLED}),
    J.PAUSED: frozenset({J.RUNNING, J.NEEDS_REVIEW, J.EXPORTING, J.CANCELLED, J.FAILED}),
    J.NEEDS_REVIEW: frozenset({J.RUNNING, J.EXPORTING, J.PAUSED, J.CANCELLED, J.FAILED}),
    J.EXPORTING: frozenset({J.COMPLETED, J.NEEDS_REVIEW, J.RUNNING, J.PAUSED, J.FAILED, J.CANCELLED}),
    J.COMPLETED: frozenset(
        {J.RUNNING, J.NEEDS_REVIEW, J.EXPORTING}
    ),  # a finished book may be worked on again
    J.FAILED: frozenset({J.RUNNING, J.EXPORTING, J.CANCELLED}),  # exported in other formats, where one failed
    J.CANCELLED: frozenset(),
}

CHAPTER_MOVES: Final[dict[C, frozenset[C]]] = {
    C.PLANNED: frozenset({C.WRITING, C.NEEDS_REVIEW, C.PARKED}),
    C.WRITING: frozenset({C.WRITING, C.NEEDS_REVIEW, C.PARKED}),
    C.NEEDS_REVIEW: frozenset({C.NEEDS_REVIEW, C.WRITING, C.APPROVED, C.CHANGES_REQUESTED, C.PARKED}),
    C.CHANGES_REQUESTED: frozenset({C.WRITING, C.NEEDS_REVIEW, C.PARKED}),
    # Parked: it was approved before its check, and that one could not be made.
    C.APPROVED: frozenset({C.WRITING, C.NEEDS_REVIEW, C.CHANGES_REQUESTED, C.PARKED}),
    C.PARKED: frozenset({C.WRITING, C.NEEDS_REVIEW}),
}


def move_job(
    job_id: uuid.UUID, to: J, *, reason: str = "", frm: frozenset[J] | None = None, **columns: Any
) -> bool:
    """Move the job to a state it may move to; True when this call made the move.

    `frm` narrows the states it may come from. `columns` are set in the same UPDATE.
    """
    allowed = {state for state, targets in JOB_MOVES.items() if to in targets} & (frm or set(J))
    with transaction.atomic():
        rows = BiographyJob.objects.select_for_update(no_key=True)
        before, archived_at = rows.values_list("status", "archived_at").get(pk=job_id)
        if before not in allowed or archived_at is not None:
            return False
        columns |= {"status": to, "version": F("version") + 1, "updated_at": clock.now()}
        BiographyJob.objects.filter(pk=job_id, status=before).update(**columns)
        publish(job_id, StatusChange(before=before, status=to.value, reason=reason))
    log.info("job_moved", job_id=str(job_id), before=before, status=to.value)
    return True


def must_move_job(job: BiographyJob, to: J, **more: Any) -> None:
    """Move the job, or raise IllegalMove with a message for the person who asked."""
    if not move_job(job.pk, to, **more):
        job.refresh_from_db(fields=["status", "archived_at"])
        require_unarchived(job)
        raise IllegalMove(
            _("“%(job)s” is %(status)s and can't become %(to)s.")
            % {"job": job.character, "status": job.get_status_display(), "to": to.label}
        )


def require_unarchived(job: BiographyJob) -> None:
    """Raise IllegalMove for a job in the archive: it is read there, and nothing else."""
    if job.archived_at is not None:
        raise IllegalMove(_("“%s” is in the archive. Take it out first.") % job.character)


def move_chapter(chapter: Chapter, to: C, **columns: Any) -> bool:
    """Move the chapter; True when this call made the move. `columns` are set in the same UPDATE."""
    allowed = [state for state, targets in CHAPTER_MOVES.items() if to in targets]
    columns |= {"status": to, "version": F("version") + 1}
    with transaction.atomic():
        moved = Chapter.objects.filter(pk=chapter.pk, status__in=allowed).update(**columns)
        if moved:
            publish(chapter.job_id, ChapterChange(chapter=chapter.pk, status=to.value))
    return bool(moved)


def must_move_chapter(chapter: Chapter, to: C, **columns: Any) -> None:
    """Move the chapter, or raise IllegalMove."""
    if not move_chapter(chapter, to, **columns):
        chapter.refresh_from_db(fields=["status"])
        raise IllegalMove(
            _("“%(chapter)s” is %(status)s and can't become %(to)s.")
            % {"chapter": str(chapter), "status": chapter.get_status_display(), "to": to.label}
        )
