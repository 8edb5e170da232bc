"""Saying something of a sentence on the desk, and marking it as done with."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biographies import comments
from biographies.admin.chapter_rows import groups_of, revision_of
from biographies.admin.evidence import evidence_of
from biographies.admin.lookups import chapter_of, visible_job
from biographies.admin.printing import sentences_of
from biographies.admin.shell import refusals_told
from biographies.models import Chapter, ChapterRevision, Comment
from bookgen_site.accounts.requests import StaffRequest


@require_POST
def add(request: StaffRequest, job_id: uuid.UUID, chapter_id: int) -> HttpResponse:
    """Comment on the sentence with the number that was sent, or, without one, on the chapter."""
    chapter = chapter_of(visible_job(request, job_id), chapter_id)
    revision = revision_of(chapter, request.POST.get("revision", ""))
    wanted = request.POST.get("sentence", "")
    with refusals_told(request):
        if revision is not None:
            said = request.POST.get("text", "")
            comments.comment(revision=revision, by=request.user, text=said, **_about(revision, wanted))
            messages.success(request, _("Comment kept."))
    return _back(chapter, request.POST.get("revision", ""), wanted)


def _about(revision: ChapterRevision, wanted: str) -> dict[str, Any]:
    """The words of the sentence and where they stand, read from the text itself and not from the page."""
    groups = groups_of(revision, revision.chapter, evidence_of(revision.pk))
    found = (one for one in sentences_of(groups) if str(one.number) == wanted)
    return next(({"quote": one.text, "offset": one.offset} for one in found), {})


@require_POST
def resolve(request: StaffRequest, job_id: uuid.UUID, chapter_id: int, comment_id: int) -> HttpResponse:
    """Mark a comment as done with."""
    chapter = chapter_of(visible_job(request, job_id), chapter_id)
    comment = get_object_or_404(Comment, chapter=chapter, pk=comment_id)
    with refusals_told(request):
        comments.resolve_comment(comment=comment, by=request.user)
        messages.success(request, _("Comment resolved."))
    return _back(chapter, request.POST.get("revision", ""), request.POST.get("sentence", ""))


def _back(chapter: Chapter, revision: str, sentence: str) -> HttpResponse:
    """The chapter as it was on the screen, at the sentence."""
    shown = f"?revision={revision}" if revision.isascii() and revision.isdigit() else ""
    place = f"#s{sentence}" if sentence.isascii() and sentence.isdigit() else ""
    address = reverse("desk:chapter", args=[chapter.job_id, chapter.pk])
    return HttpResponseRedirect(f"{address}{shown}{place}")
