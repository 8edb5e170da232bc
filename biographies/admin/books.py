"""The page of one book: a header that says where it stands and what can be done, and its tabs."""

from __future__ import annotations

import re
import uuid
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from biographies import actions
from biographies.admin.book_head import head_of, head_rows
from biographies.admin.deeds import DEEDS
from biographies.admin.lookups import standing_job, visible_job, workable_job
from biographies.admin.printing_form import asked, formats_asked
from biographies.admin.shell import refusals_told, show
from biographies.admin.tabs import TABS, shown_tabs
from biographies.errors import BookError
from biographies.models import BiographyJob, Chapter
from biographies.vocabulary import Manner
from bookgen_site.accounts.models import User
from bookgen_site.accounts.requests import StaffRequest
from engine.actions import retry
from engine.models import Unit
from notifications.queries import last_number

SEEN: Final = re.compile(r"([0-9]{1,18}):([0-9a-f]{64})")  # a chapter, and the hash of its text on the page


@require_safe
def page(request: StaffRequest, job_id: uuid.UUID, tab: str = "book") -> HttpResponse:
    """The header with one of the tabs; live.js fetches it again whenever something has happened."""
    return tab_page(request, job_id, tab, {})


def tab_page(
    request: StaffRequest, job_id: uuid.UUID, tab: str, more: dict[str, Any], status: int = 200
) -> HttpResponse:
    """The same with `more` for its template, as after a form that wasn't right."""
    head = head_of(standing_job(request, job_id), request.user)
    rows = {
        **head_rows(head),
        **TABS[tab].rows(head, request.GET),
        "tab": tab,
        "tabs": shown_tabs(head, tab),
        "refresh": reverse(f"desk:{tab}", args=[job_id]) if more else request.get_full_path(),
        **more,
    }
    title = head.job.character if tab == "book" else f"{head.job.character}: {TABS[tab].label}"
    return show(request, f"desk/tabs/{tab}.html", title, rows, status=status)


@require_safe
def state(request: StaffRequest, job_id: uuid.UUID) -> JsonResponse:
    """The job in a few numbers, for a page whose WebSocket is away."""
    job = visible_job(request, job_id)
    return JsonResponse(
        {
            "seq": last_number(job.pk),
            "status": job.status,
            "phase": job.current_phase,
            "progress": job.progress,
        }
    )


@require_POST
def do(request: StaffRequest, job_id: uuid.UUID, name: str) -> HttpResponse:
    """Press one of the book's buttons."""
    job = workable_job(request, job_id)
    deed = DEEDS.get(name)
    if deed is None:
        raise Http404
    with refusals_told(request):
        told: dict[str, Any] = (
            {"options": asked(request.POST), "formats": formats_asked(request.POST)} if deed.printing else {}
        )
        deed.act(job=job, by=request.user, **told)
        messages.success(request, str(deed.done))
        if deed.leaves:
            return redirect("admin:biographies_biographyjob_changelist")
    return redirect("desk:book", job_id=job.pk)


@require_POST
def retry_unit(request: StaffRequest, job_id: uuid.UUID, unit_id: int) -> HttpResponse:
    """Try one parked unit again."""
    job = workable_job(request, job_id)
    unit = get_object_or_404(Unit, run__job=job, pk=unit_id)
    with refusals_told(request):
        retry(job=job, by=request.user, unit=unit)
        messages.success(request, _("Trying again."))
    return redirect("desk:book", job_id=job.pk)


@require_POST
def approve_shown(request: StaffRequest, job_id: uuid.UUID) -> HttpResponse:
    """Approve the chapters as they stood on the page: each by the hash that was shown, and no other text."""
    job = workable_job(request, job_id)
    approved, refused = _approve_all(job, request.user, request.POST.getlist("seen"))
    for reason in refused:
        messages.error(request, reason)
    if approved:
        told = ngettext("%d chapter approved.", "%d chapters approved.", approved) % approved
        messages.success(request, told)
    elif not refused:
        messages.info(request, _("There was nothing to approve."))
    return redirect("desk:book", job_id=job.pk)


def _approve_all(job: BiographyJob, by: User, seen: list[str]) -> tuple[int, list[str]]:
    """`seen` holds "id:hash" of each chapter; returns how many were approved, and why others were not."""
    found = (SEEN.fullmatch(one) for one in seen)
    hashes = {int(one[1]): one[2] for one in found if one}
    refused = []
    chapters = list(Chapter.objects.filter(job=job, pk__in=hashes).order_by("pk"))
    for chapter in chapters:
        try:
            actions.approve(chapter=chapter, sha256=hashes[chapter.pk], by=by, manner=Manner.TOGETHER)
        except BookError as refusal:
            refused.append(str(refusal))
    return len(chapters) - len(refused), refused
