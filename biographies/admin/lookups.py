"""How the desk's pages find what their address names: among what the person may see, or not at all (404)."""

from __future__ import annotations

import uuid

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from biographies.admin.standing import with_standing
from biographies.models import BiographyJob, Chapter
from biographies.queries import visible_to, workable_by
from bookgen_site.accounts.models import User


def visible_job(request: HttpRequest, job_id: uuid.UUID) -> BiographyJob:
    """The job, when this person may see it."""
    return get_object_or_404(visible_to(request.user).select_related("owner"), pk=job_id)


def standing_job(request: HttpRequest, job_id: uuid.UUID) -> BiographyJob:
    """The same with how it stands (`standing.standing_of`), in one query."""
    rows = with_standing(visible_to(request.user).select_related("owner"))
    return get_object_or_404(rows, pk=job_id)


def works_on(user: User, job: BiographyJob) -> bool:
    """Whether the person may change this job; asks the database only for jobs that were shared."""
    if not user.makes_books or user.sees_all_jobs or job.owner_id == user.pk:
        return user.makes_books
    return workable_by(user).filter(pk=job.pk).exists()


def workable_job(request: HttpRequest, job_id: uuid.UUID) -> BiographyJob:
    """The job, when this person may work on it."""
    return get_object_or_404(workable_by(request.user), pk=job_id)


def chapter_of(job: BiographyJob, chapter_id: int) -> Chapter:
    """The chapter, when it is one of this job's."""
    found = get_object_or_404(Chapter.objects.select_related("current_revision"), job=job, pk=chapter_id)
    found.job = job  # it is at hand: nobody asks the database for it again
    return found
