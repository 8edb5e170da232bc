"""More sources for a book that hasn't begun, or that had too few: addresses and files, from its tab of sources."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from biographies.admin import uploads
from biographies.admin.lookups import workable_job
from biographies.admin.making import add_sources
from biographies.admin.shell import refusals_told
from bookgen_site.accounts.requests import StaffRequest

MOST = 200  # addresses in one form


@require_POST
def add(request: StaffRequest, job_id: uuid.UUID) -> HttpResponse:
    """Add what can be added, and say of each of the others why not."""
    job = workable_job(request, job_id)
    kept, problems = uploads.take(request.FILES.getlist("files"), [])
    urls = [line.strip() for line in request.POST.get("urls", "").splitlines() if line.strip()][:MOST]
    before = job.sources.count()
    with refusals_told(request):
        problems += [reason for _field, reason in add_sources(job, request.user, kept, urls)]
    for problem in problems:
        messages.error(request, problem)
    added = job.sources.count() - before
    if added:
        messages.success(request, ngettext("%d source added.", "%d sources added.", added) % added)
    return redirect("desk:sources", job_id=job.pk)
