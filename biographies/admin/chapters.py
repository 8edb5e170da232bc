"""The page of one chapter: its text beside its evidence, and what an editor does about it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from biographies import actions
from biographies.admin.chapter_rows import chapter_rows
from biographies.admin.lookups import chapter_of, visible_job, workable_job
from biographies.admin.shell import refusals_told, show
from biographies.models import BiographyJob
from biographies.queries import chapters_in_order
from biographies.vocabulary import ChapterStatus
from bookgen_site.accounts.requests import StaffRequest


@require_safe
def page(request: StaffRequest, job_id: uuid.UUID, chapter_id: int) -> HttpResponse:
    """The text that `?revision=` names, or else the current one."""
    job = visible_job(request, job_id)
    chapter = chapter_of(job, chapter_id)
    rows = chapter_rows(job, chapter, request.user, request.GET.get("revision", ""))
    return show(request, "desk/chapter.html", str(chapter), rows)


@require_POST
def approve(request: StaffRequest, job_id: uuid.UUID, chapter_id: int) -> HttpResponse:
    """Approve exactly the text whose hash was on the screen, then show the next that waits."""
    job = workable_job(request, job_id)
    chapter = chapter_of(job, chapter_id)
    with refusals_told(request):
        actions.approve(chapter=chapter, sha256=request.POST.get("sha256", ""), by=request.user)
        messages.success(request, _("“%s” is approved.") % chapter)
        return _next_waiting(job, chapter_id)
    return redirect("desk:chapter", job_id=job.pk, chapter_id=chapter_id)


def _next_waiting(job: BiographyJob, chapter_id: int) -> HttpResponse:
    """The chapter to be read next: the first after this one that waits, else the first of all, else the book."""
    rows = list(chapters_in_order(job.pk).values_list("pk", "status"))
    place = next((number for number, (pk, _status) in enumerate(rows) if pk == chapter_id), 0)
    waiting = [pk for pk, status in rows[place:] + rows[:place] if status == ChapterStatus.NEEDS_REVIEW]
    if waiting:
        return redirect("desk:chapter", job_id=job.pk, chapter_id=waiting[0])
    return redirect("desk:book", job_id=job.pk)
