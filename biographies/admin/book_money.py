"""Another budget for a book, from its tab of money."""

from __future__ import annotations

import uuid
from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from biographies.admin.lookups import workable_job
from biographies.admin.shell import refusals_told
from biographies.budgets import change_budget
from biographies.errors import BadWish
from bookgen_site.accounts.requests import StaffRequest
from bookgen_site.lib.money import MICROS

MOST = Decimal(1_000_000)  # dollars


def in_micros(text: str) -> int | None:
    """Dollars as a person writes them ("12", "12.50", "12,50") in micro-dollars; None for nothing. Raises BadWish."""
    written = text.strip().removeprefix("$").replace(",", ".")
    if not written:
        return None
    try:
        dollars = Decimal(written)
    except InvalidOperation:
        dollars = Decimal(-1)
    if not (dollars.is_finite() and 0 <= dollars <= MOST):
        raise BadWish("budget", _("Write an amount in dollars, for instance 12.50."))
    return int(dollars * MICROS)


@require_POST
def budget(request: StaffRequest, job_id: uuid.UUID) -> HttpResponse:
    """Set the budget that was written into the form; an empty field takes it away."""
    job = workable_job(request, job_id)
    with refusals_told(request):
        change_budget(job=job, by=request.user, micros=in_micros(request.POST.get("budget", "")[:40]))
        messages.success(
            request, _("The budget is changed. A book that waits for money goes on with Resume.")
        )
    return redirect("desk:money", job_id=job.pk)
