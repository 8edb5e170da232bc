"""What an editor does for the author: make and revoke links, share the chapters, ask."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biographies import talking
from biographies.admin.lookups import workable_job
from biographies.admin.shell import refusals_told
from biographies.details import change_details
from biographies.models import BiographyJob
from bookgen_site.accounts.requests import StaffRequest
from notifications.author_links import make_link, revoke_link
from notifications.models import AuthorLink


@require_POST
def do(request: StaffRequest, job_id: uuid.UUID, deed: str) -> HttpResponse:
    """Press one of the buttons of the tab."""
    job = workable_job(request, job_id)
    act = DEEDS.get(deed)
    if act is None:
        raise Http404
    with refusals_told(request):
        messages.success(request, act(request, job))
    return redirect("desk:author", job_id=job.pk)


def _link(request: StaffRequest, job: BiographyJob) -> str:
    days = request.POST.get("days", "")
    name = request.POST.get("name", "").strip() or job.author_name or job.author_email or _("the author")
    make_link(
        job_id=job.pk,
        by=request.user,
        name=name,
        address=job.author_email,
        days=int(days) if days.isascii() and days.isdigit() and len(days) < 5 else None,
    )
    return _("The link is made. Whoever has it can read the book: give it to the author alone.")


def _revoke(request: StaffRequest, job: BiographyJob) -> str:
    key = request.POST.get("link", "")
    number = int(key) if key.isascii() and key.isdigit() and len(key) < 19 else 0
    link = get_object_or_404(AuthorLink, job_id=job.pk, pk=number)
    revoke_link(link=link, by=request.user)
    return _("The link opens nothing any more.")


def _share(request: StaffRequest, job: BiographyJob) -> str:
    shares = request.POST.get("shares") == "on"
    change_details(job=job, by=request.user, shares_chapters=shares)
    return _("The author reads along.") if shares else _("The author no longer sees the chapters.")


def _ask(request: StaffRequest, job: BiographyJob) -> str:
    talking.ask_author(job=job, by=request.user, text=request.POST.get("text", ""))
    return _("Your question is on its way to the author.")


DEEDS: Final[dict[str, Callable[[StaffRequest, BiographyJob], str]]] = {
    "link": _link,
    "revoke": _revoke,
    "share": _share,
    "ask": _ask,
}
