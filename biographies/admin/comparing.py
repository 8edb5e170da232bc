"""Two revisions of a chapter, word by word, with what led from one to the other; and going back to one of them."""

from __future__ import annotations

import uuid
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from biographies.admin.chapter_rows import revision_of
from biographies.admin.lookups import chapter_of, visible_job, workable_job, works_on
from biographies.admin.shell import refusals_told, show
from biographies.differences import changes, counted, rows
from biographies.models import Chapter, ChapterRevision
from biographies.vocabulary import ChapterStatus
from bookgen_site.accounts.requests import StaffRequest
from engine import reading
from engine.editing import EDITED_IN
from engine.editing import restore as bring_back

SIDE: Final = "side"


@require_safe
def page(request: StaffRequest, job_id: uuid.UUID, chapter_id: int) -> HttpResponse:
    """`from` and `to` are numbers of revisions; without them the current text and the one before it."""
    job = visible_job(request, job_id)
    chapter = chapter_of(job, chapter_id)
    old, new = _two(chapter, request.GET.get("from", ""), request.GET.get("to", ""))
    between = chapter.revisions.filter(number__gt=min(old.number, new.number)).defer("text")
    found = changes(reading.plain(old.text), reading.plain(new.text))
    gone, came = counted(found)
    now = chapter.current_revision.sha256 if chapter.current_revision else ""
    may_restore = works_on(request.user, job) and job.status in EDITED_IN
    may_restore = may_restore and chapter.status != ChapterStatus.WRITING
    told: dict[str, Any] = {
        "job": job,
        "chapter": chapter,
        "old": old,
        "new": new,
        "rows": rows(found),
        "gone": gone,
        "came": came,
        "view": SIDE if request.GET.get("view") == SIDE else "inline",
        "revisions": list(chapter.revisions.defer("text").select_related("created_by")),
        "steps": list(between.filter(number__lte=max(old.number, new.number)).select_related("created_by")),
        "pair": [one for one in _pair(old, new) if may_restore and one.sha256 != now],
    }
    return show(request, "desk/compare.html", _("Compare: %s") % chapter, told)


def _two(chapter: Chapter, wanted_old: str, wanted_new: str) -> tuple[ChapterRevision, ChapterRevision]:
    new = revision_of(chapter, wanted_new)
    if new is None:
        raise Http404
    if wanted_old:
        return revision_of(chapter, wanted_old) or new, new
    before = chapter.revisions.filter(number__lt=new.number).order_by("-number").first()
    return before or new, new


def _pair(old: ChapterRevision, new: ChapterRevision) -> list[ChapterRevision]:
    return [old] if old.pk == new.pk else [old, new]


@require_POST
def restore(request: StaffRequest, job_id: uuid.UUID, chapter_id: int) -> HttpResponse:
    """Make an earlier text the chapter's again; what is there now stays as a revision."""
    chapter = chapter_of(workable_job(request, job_id), chapter_id)
    wanted = request.POST.get("number", "")
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 10 else 0
    with refusals_told(request):
        sha256 = request.POST.get("sha256", "")
        made = bring_back(chapter=chapter, by=request.user, number=number, sha256=sha256)
        told = {"old": number, "new": made.number}
        messages.success(request, _("Revision %(old)d is the text again, as revision %(new)d.") % told)
    return redirect("desk:chapter", job_id=job_id, chapter_id=chapter_id)
