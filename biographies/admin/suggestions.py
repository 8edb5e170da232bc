"""The editor's decision on sources that BookGen found: one of them, or all that stand on the page."""

from __future__ import annotations

import uuid
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from biographies.admin.lookups import workable_job
from biographies.admin.shell import refusals_told
from bookgen_site.accounts.requests import StaffRequest
from sources import suggestions
from sources.vocabulary import Decision

MOST: Final = 1000  # numbers in one request
WORDS: Final = {"accept": Decision.ACCEPTED, "decline": Decision.DECLINED}


@require_POST
def decide(request: StaffRequest, job_id: uuid.UUID, decision: str) -> HttpResponse:
    """Accept or decline the sources whose numbers were sent: those that the person saw, and no others."""
    job = workable_job(request, job_id)
    if decision not in WORDS:
        raise Http404
    with refusals_told(request):
        numbers = _numbers(request.POST.getlist("number")[:MOST])
        changed = suggestions.decide(job=job, by=request.user, decision=WORDS[decision], numbers=numbers)
        messages.success(request, _told(WORDS[decision], changed))
    return redirect("desk:sources", job_id=job.pk)


def _numbers(sent: list[str]) -> list[int]:
    return [int(one) for one in sent if one.isascii() and one.isdigit() and len(one) < 10]


def _told(decision: Decision, changed: int) -> str:
    if not changed:
        return _("There was nothing to decide.")
    if decision == Decision.ACCEPTED:
        return ngettext("%d source accepted.", "%d sources accepted.", changed) % changed
    return ngettext("%d source declined.", "%d sources declined.", changed) % changed
