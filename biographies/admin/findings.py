"""Closing a finding on the desk: resolved, or dismissed with a reason."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biographies import actions
from biographies.admin.lookups import workable_job
from biographies.admin.shell import refusals_told
from biographies.models import Finding
from bookgen_site.accounts.requests import StaffRequest


@require_POST
def close(request: StaffRequest, job_id: uuid.UUID, finding_id: int) -> HttpResponse:
    """Close one finding, then go back to where it was shown: its chapter's page, or the book's."""
    job = workable_job(request, job_id)
    finding = get_object_or_404(Finding.objects.select_related("revision"), job=job, pk=finding_id)
    dismiss = request.POST.get("how") == "dismiss"
    with refusals_told(request):
        actions.close_finding(
            finding=finding, by=request.user, dismiss=dismiss, reason=request.POST.get("reason", "")[:2000]
        )
        messages.success(request, _("Finding dismissed.") if dismiss else _("Finding resolved."))
    if finding.revision is None or request.POST.get("back") == "quality":
        return redirect("desk:quality", job_id=job.pk)
    back = redirect("desk:chapter", job_id=job.pk, chapter_id=finding.revision.chapter_id)
    back["Location"] += f"?revision={finding.revision.number}"
    return back
