"""The editor of a chapter's text: Markdown with a live preview and a search for what may be cited."""

from __future__ import annotations

import uuid
from dataclasses import asdict

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from biographies.admin.chapter_rows import revision_of
from biographies.admin.edit_rows import Conflict, Draft, cites_of, on_top_of, preview_rows
from biographies.admin.lookups import chapter_of, workable_job
from biographies.admin.shell import show
from biographies.errors import BadWish, BookError, Stale
from biographies.models import BiographyJob, Chapter, ChapterRevision
from bookgen_site.accounts.requests import StaffRequest
from engine.editing import LONGEST, edit
from sources.quotable import quotable


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: StaffRequest, job_id: uuid.UUID, chapter_id: int) -> HttpResponse:
    """The current text to be edited; or, sent back, the edited one to be kept."""
    job = workable_job(request, job_id)
    chapter = chapter_of(job, chapter_id)
    if request.method == "POST":
        return _keep(request, job, chapter)
    if chapter.current_revision is None:
        return redirect("desk:chapter", job_id=job_id, chapter_id=chapter_id)
    return _form(request, job, chapter, Draft(chapter.current_revision, chapter.current_revision.text, {}))


def _keep(request: StaffRequest, job: BiographyJob, chapter: Chapter) -> HttpResponse:
    draft = _draft(request, chapter)
    try:
        made = edit(
            chapter=chapter,
            by=request.user,
            text=draft.text,
            sha256=draft.base.sha256,
            cites=draft.cites,
            note=request.POST.get("note", "")[:5000],
        )
    except Stale:
        return _conflict(request, job, chapter, draft)
    except BookError as refusal:
        messages.error(request, str(refusal))
        return _form(request, job, chapter, draft, status=400)
    messages.success(request, _("Kept as revision %d.") % made.number)
    answer = redirect("desk:chapter", job_id=job.pk, chapter_id=chapter.pk)
    answer["Location"] += "?kept=1"  # static/desk/chapter.js then forgets the draft in the browser
    return answer


def _draft(request: StaffRequest, chapter: Chapter) -> Draft:
    """What was sent; 404 when it was made of no revision of this chapter."""
    sent = request.POST
    made_of = chapter.revisions.filter(sha256=sent.get("sha256", "")).order_by("-number").first()
    base = made_of or get_object_or_404(ChapterRevision, pk=None)
    return Draft(
        base, sent.get("text", "")[: LONGEST + 1].replace("\r\n", "\n"), cites_of(sent.getlist("cite"))
    )


def _conflict(request: StaffRequest, job: BiographyJob, chapter: Chapter, draft: Draft) -> HttpResponse:
    """Both texts, and mine to be kept on top of theirs, or both people's changes together."""
    theirs = revision_of(chapter_of(job, chapter.pk), "")
    if theirs is None or theirs.pk == draft.base.pk:
        return redirect("desk:chapter", job_id=job.pk, chapter_id=chapter.pk)
    mine, conflict = on_top_of(theirs, draft)
    return _form(request, job, chapter, mine, conflict, status=409)


def _form(
    request: StaffRequest,
    job: BiographyJob,
    chapter: Chapter,
    draft: Draft,
    conflict: Conflict | None = None,
    status: int = 200,
) -> HttpResponse:
    told = {
        "job": job,
        "chapter": chapter,
        "draft": draft,
        "conflict": conflict,
        "note": request.POST.get("note", ""),
        "highest": max([0, *draft.base.citations.values_list("number", flat=True), *draft.cites]),
    }
    return show(request, "desk/edit.html", _("Edit: %s") % chapter, told, status=status)


@require_POST
def preview(request: StaffRequest, job_id: uuid.UUID, chapter_id: int) -> HttpResponse:
    """The draft as it would print; nothing is stored."""
    job = workable_job(request, job_id)
    chapter = chapter_of(job, chapter_id)
    try:
        return render(
            request, "desk/parts/edit_preview.html", preview_rows(job, chapter, _draft(request, chapter))
        )
    except BadWish as refusal:
        return render(request, "desk/parts/edit_preview.html", {"refusal": str(refusal), "job": job})


@require_safe
def citable(request: StaffRequest, job_id: uuid.UUID, chapter_id: int) -> JsonResponse:
    """What could be cited, by its words; without words what the chapter's facts rest on."""
    job = workable_job(request, job_id)
    chapter = chapter_of(job, chapter_id)
    found = quotable(job.pk, request.GET.get("q", ""), chapter.pk)
    return JsonResponse({"found": [asdict(one) for one in found]})
