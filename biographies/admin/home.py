"""The desk's home page: what waits for a person, what is in the making, what failed and why."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from biographies.admin.shell import REFRESH
from biographies.models import BiographyJob
from biographies.queries import visible_to
from biographies.vocabulary import ChapterStatus, JobStatus
from bookgen_site.accounts.requests import StaffRequest
from bookgen_site.lib import clock

SHOWN = 20  # books in each part of the page; all of them are in the list
FRESH = dt.timedelta(days=14)  # a failure that nobody has done anything about by then is in the list alone
IN_THE_MAKING = (JobStatus.RUNNING, JobStatus.EXPORTING, JobStatus.PAUSED, JobStatus.PENDING)


def home_context(request: StaffRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Unfold's dashboard callback: the page's parts, each one query, whatever the number of books."""
    jobs = visible_to(request.user).select_related("owner")
    failed = jobs.filter(status=JobStatus.FAILED, updated_at__gte=clock.now() - FRESH)
    parts = {
        "waiting": _waiting(jobs)[:SHOWN],
        "making": jobs.filter(status__in=IN_THE_MAKING).order_by("-created_at")[:SHOWN],
        "failed": failed.order_by("-updated_at")[:SHOWN],
        "finished": jobs.filter(status=JobStatus.COMPLETED).order_by("-completed_at")[:SHOWN],
    }
    context |= {name: list(rows) for name, rows in parts.items()}
    context |= {"title": _("Home"), "makes_books": request.user.makes_books}
    context["empty"] = not any(context[name] for name in parts)
    if REFRESH in request.headers:
        context["messages"] = []  # left for the person's eyes, as in `shell.show`
    return context


def _waiting(jobs: QuerySet[BiographyJob]) -> QuerySet[BiographyJob]:
    """Books that need a person, with how many chapters wait, and how many were parked."""
    # `visible_to` may join, so each chapter is counted once.
    to_read = Count("chapters", filter=Q(chapters__status=ChapterStatus.NEEDS_REVIEW), distinct=True)
    parked = Count("chapters", filter=Q(chapters__status=ChapterStatus.PARKED), distinct=True)
    return (
        jobs.filter(status=JobStatus.NEEDS_REVIEW)
        .annotate(to_read=to_read, parked=parked)
        .order_by("-updated_at")
    )
