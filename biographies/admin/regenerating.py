"""Asking for another text of a chapter, or of some of its paragraphs: the form, what it will cost, and the asking."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from biographies.admin.lookups import chapter_of, workable_job
from biographies.admin.shell import refusals_told
from biographies.errors import BookError
from biographies.models import Chapter, ChapterRevision
from biographies.vocabulary import AuthorName
from bookgen_site.accounts.requests import StaffRequest
from bookgen_site.lib.money import dollars
from bookgen_site.lib.text import shortened
from engine import reading
from engine.actions import regenerate as ask_again
from engine.calls.roles import choices
from engine.estimating_texts import regeneration_cost
from engine.paragraphs import cut, is_prose
from engine.rewriting import TOLD

SHOWN: Final = 60  # characters of a paragraph, by which it is known again


def form_rows(chapter: Chapter, revision: ChapterRevision | None) -> dict[str, Any]:
    """What the form offers: the paragraphs of the current text when that is on the screen, and the writers."""
    current = revision is not None and revision.pk == chapter.current_revision_id
    chosen_from = list(_paragraphs(chapter)) if current and chapter.kind in TOLD else []
    writers = choices(chapter.job) if chapter.job.author == AuthorName.MODEL else ()
    return {"paragraphs": chosen_from, "writers": writers}


def _paragraphs(chapter: Chapter) -> Iterator[tuple[int, str]]:
    """Number and first words of each paragraph that can be written anew by itself."""
    for number, text in enumerate(cut(chapter.content), 1):
        if is_prose(text):
            yield number, shortened(reading.plain(text), SHOWN)


@require_POST
def regenerate(request: StaffRequest, job_id: uuid.UUID, chapter_id: int) -> HttpResponse:
    """Ask the author for another text of what was chosen, with an instruction in the editor's words."""
    job = workable_job(request, job_id)
    chapter = chapter_of(job, chapter_id)
    chosen = _numbers(request.POST.getlist("paragraph"))
    with refusals_told(request):
        ask_again(
            chapter=chapter,
            by=request.user,
            instruction=request.POST.get("instruction", "")[:5000],
            sha256=request.POST.get("sha256", ""),
            paragraphs=chosen or None,
            model=request.POST.get("model", ""),
        )
        messages.success(request, _told(chapter, len(chosen)))
    return redirect("desk:chapter", job_id=job.pk, chapter_id=chapter_id)


def _told(chapter: Chapter, count: int) -> str:
    if not count:
        return _("“%s” is being written again. The present text is kept.") % chapter
    message = ngettext(
        "%(count)d paragraph of “%(chapter)s” is being written again. The rest stays as it is.",
        "%(count)d paragraphs of “%(chapter)s” are being written again. The rest stays as it is.",
        count,
    )
    return message % {"count": count, "chapter": chapter}


def _numbers(said: list[str]) -> list[int]:
    """The numbers of the boxes that were ticked; 0, which no paragraph has, for what is none."""
    return [int(one) if one.isascii() and one.isdigit() and len(one) < 5 else 0 for one in said]


@require_safe
def cost(request: StaffRequest, job_id: uuid.UUID, chapter_id: int) -> HttpResponse:
    """What the choice would cost, in a line of words."""
    chapter = chapter_of(workable_job(request, job_id), chapter_id)
    chosen = _numbers(request.GET.getlist("paragraph"))
    try:
        told = regeneration_cost(
            chapter, by=request.user, paragraphs=chosen, model=request.GET.get("model", "")
        )
    except BookError as refusal:
        return JsonResponse({"told": str(refusal)})
    return JsonResponse({"told": _costs(told)})


def _costs(told: dict[str, Any]) -> str:
    if not told["calls"]:
        return _("It costs nothing: no language model is asked.")
    figures = {"money": dollars(told["micros"]), "seconds": max(1, told["seconds"])}
    return _("It will cost about %(money)s and take about %(seconds)d s.") % figures
