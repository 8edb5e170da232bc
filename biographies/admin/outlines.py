"""The buttons of the outline: each is an action on what the person saw, and leads back to where it was pressed."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biographies.admin.lookups import chapter_of, workable_job
from biographies.admin.shell import refusals_told
from biographies.models import BiographyJob, Chapter
from bookgen_site.accounts.models import User
from bookgen_site.accounts.requests import StaffRequest
from engine import outline_actions as outline
from sources.models import Fact

LARGEST: Final = 2**31 - 1


def _number(text: str) -> int:
    """A number that came with a form; -1 for what is none."""
    return min(int(text), LARGEST) if text.isascii() and text.isdigit() and len(text) < 20 else -1


@require_POST
def approve(request: StaffRequest, job_id: uuid.UUID) -> HttpResponse:
    """Approve the outline of the version that was on the screen."""
    job = workable_job(request, job_id)
    with refusals_told(request):
        outline.approve_outline(job=job, by=request.user, version=_number(request.POST.get("version", "")))
        messages.success(request, _("The outline is approved: the writing begins."))
        return redirect("desk:book", job_id=job.pk)
    return redirect("desk:outline", job_id=job.pk)


@require_POST
def change(request: StaffRequest, job_id: uuid.UUID, chapter_id: int, deed: str) -> HttpResponse:
    """Do one thing with a chapter of the outline."""
    job = workable_job(request, job_id)
    if deed not in DEEDS:
        raise Http404
    chapter = chapter_of(job, chapter_id)
    with refusals_told(request):
        DEEDS[deed](chapter, request.user, _number(request.POST.get("version", "")), request.POST)
    return redirect(_back(job, chapter, request.POST))


def _back(job: BiographyJob, chapter: Chapter, sent: QueryDict) -> str:
    """The outline at this chapter, with its facts open if they were."""
    place = reverse("desk:outline", args=[job.pk])
    opened = f"?open={chapter.pk}" if sent.get("open") else ""
    return f"{place}{opened}#plan-{chapter.pk}"


def _describe(chapter: Chapter, by: User, version: int, sent: QueryDict) -> None:
    outline.describe(
        chapter=chapter,
        by=by,
        version=version,
        title=sent.get("title", "")[:255],
        synopsis=sent.get("synopsis", chapter.synopsis)[:2000],
        target_words=_number(sent.get("target_words", "")),
    )


def _up(chapter: Chapter, by: User, version: int, _sent: QueryDict) -> None:
    outline.reorder(chapter=chapter, by=by, version=version, place=(chapter.chapter_number or 1) - 1)


def _down(chapter: Chapter, by: User, version: int, _sent: QueryDict) -> None:
    outline.reorder(chapter=chapter, by=by, version=version, place=(chapter.chapter_number or 1) + 1)


def _merge(chapter: Chapter, by: User, version: int, _sent: QueryDict) -> None:
    outline.merge(chapter=chapter, by=by, version=version)


def _split(chapter: Chapter, by: User, version: int, sent: QueryDict) -> None:
    fact = _number(sent.get("fact", ""))
    outline.split(chapter=chapter, by=by, version=version, fact_id=fact, title=sent.get("title", "")[:255])


def _move(chapter: Chapter, by: User, version: int, sent: QueryDict) -> None:
    fact = get_object_or_404(Fact, job_id=chapter.job_id, pk=_number(sent.get("fact", "")))
    if not sent.get("to"):
        outline.leave_out(fact=fact, chapter=chapter, by=by, version=version)
        return
    to = get_object_or_404(Chapter, job_id=chapter.job_id, pk=_number(sent.get("to", "")))
    outline.move_fact(fact=fact, to=to, by=by, version=version)


DEEDS: Final[dict[str, Callable[[Chapter, User, int, QueryDict], None]]] = {
    "describe": _describe,
    "up": _up,
    "down": _down,
    "merge": _merge,
    "split": _split,
    "move": _move,
}
