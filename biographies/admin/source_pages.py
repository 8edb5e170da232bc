"""The page of one source: its verdict with the reasons, its text with what became of it, and what can be done."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.db.models import Max, Min, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from biographies.admin import uploads
from biographies.admin.lookups import visible_job, workable_job, works_on
from biographies.admin.shell import refusals_told, show
from biographies.admin.source_text import page_of
from biographies.admin.tabs.sources import shown_source
from biographies.models import BiographyJob
from biographies.vocabulary import JobStatus
from bookgen_site.accounts.requests import StaffRequest
from bookgen_site.lib import store
from engine import source_actions
from sources.errors import SourceError
from sources.handling import accept_source, can_be_handled, reject_source
from sources.intake import SUFFIXES
from sources.models import Source
from sources.vocabulary import Decision

LARGEST: Final = 2**31 - 1
SIGN_NAMES: Final[dict[str, Promise]] = {
    "override": gettext_lazy("sets rules aside"),
    "order": gettext_lazy("gives orders"),
    "address": gettext_lazy("speaks to a model"),
    "role": gettext_lazy("gives a part to play"),
    "marker": gettext_lazy("marks of a conversation with a model"),
    "hidden": gettext_lazy("hidden text"),
    "encoded": gettext_lazy("encoded text"),
}


@require_safe
def page(request: StaffRequest, job_id: uuid.UUID, number: int) -> HttpResponse:
    """The source with this number; `?passage=` opens the page that holds it, `?show=used` leaves out the rest."""
    job = visible_job(request, job_id)
    source = _source(job, number)
    used_only = request.GET.get("show") == "used"
    rows = {
        "job": job,
        "source": shown_source(source),
        "text": page_of(source, at=_number(request.GET.get("passage", "")), used_only=used_only),
        "used_only": used_only,
        "sign_names": SIGN_NAMES,
        "accept": ",".join(SUFFIXES),
        **_neighbours(job, number),
        **_abilities(request, job, source),
    }
    return show(request, "desk/source.html", f"{job.character}: {source}", rows)


def _source(job: BiographyJob, number: int) -> Source:
    rows = Source.objects.filter(job=job).defer("text", "signature")
    return get_object_or_404(rows, number=min(number, LARGEST))


def _number(text: str) -> int:
    return min(int(text), LARGEST) if text.isascii() and text.isdigit() and len(text) < 20 else 1


def _neighbours(job: BiographyJob, number: int) -> dict[str, int | None]:
    return Source.objects.filter(job=job).aggregate(
        previous=Max("number", filter=Q(number__lt=number)), next=Min("number", filter=Q(number__gt=number))
    )


def _abilities(request: StaffRequest, job: BiographyJob, source: Source) -> dict[str, bool]:
    """Which of the page's buttons can be pressed."""
    works = works_on(request.user, job)
    open_now = works and can_be_handled(job, planned=False) and not job.chapters.exists()
    unread = source.valid is None and job.status == JobStatus.PAUSED
    used = source.decision == Decision.ACCEPTED
    return {
        "works": works,
        "may_handle": open_now,
        "may_reject": open_now
        and source.valid is not False
        and not unread
        and source.decision != Decision.DECLINED,
        "may_accept": open_now and source.valid is not False and not used,
    }


@require_POST
def do(request: StaffRequest, job_id: uuid.UUID, number: int, deed: str) -> HttpResponse:
    """Press one of the page's buttons."""
    job = workable_job(request, job_id)
    if deed not in DEEDS:
        raise Http404
    act, done = DEEDS[deed]
    with refusals_told(request):
        act(request, _source(job, number))
        messages.success(request, str(done))
    return redirect("desk:source", job_id=job.pk, number=number)


def _reject(request: StaffRequest, source: Source) -> None:
    reject_source(source=source, by=request.user, reason=request.POST.get("reason", ""))


def _accept(request: StaffRequest, source: Source) -> None:
    accept_source(source=source, by=request.user)


def _recheck(request: StaffRequest, source: Source) -> None:
    source_actions.recheck(source=source, by=request.user)


def _replace(request: StaffRequest, source: Source) -> None:
    """By the file that was sent, else by the address."""
    upload: Any = request.FILES.get("file")
    if upload is not None:
        kept = uploads.keep(upload)
        data = store.get(kept.blob)
        source_actions.replace_by_file(source=source, by=request.user, filename=kept.filename, data=data)
    elif url := request.POST.get("url", "").strip():
        source_actions.replace_by_url(source=source, by=request.user, url=url)
    else:
        raise SourceError(_("Choose a file, or give a web address."))


AGAIN: Final = gettext_lazy("It is checked as soon as the work goes on.")
DEEDS: Final[dict[str, tuple[Callable[[StaffRequest, Source], None], Promise]]] = {
    "reject": (_reject, gettext_lazy("The source is rejected.")),
    "accept": (_accept, gettext_lazy("The source is accepted.")),
    "recheck": (_recheck, AGAIN),
    "replace": (_replace, AGAIN),
}
