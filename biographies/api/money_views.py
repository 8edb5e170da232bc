"""What a book costs, over HTTP: before it is made, and while it is."""

from __future__ import annotations

import uuid
from dataclasses import asdict

from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from biographies.api.base import JobView
from biographies.api.money_serializers import BookEstimateSerializer, CostSerializer
from biographies.budgets import cap_of
from biographies.errors import Forbidden
from biographies.models import BiographyJob
from biographies.queries import workable_by
from bookgen_site.lib.replica import reading_lists
from bookgen_site.openapi import documented
from bookgen_site.representing import row_as
from engine.estimating import estimate
from engine.money import reserved, spent_by, spent_by_day


class MoneyView(JobView):
    """A view of money, which is for those who work on the book."""

    def paid_job(self, request: Request, job_id: uuid.UUID) -> BiographyJob:
        """The job; an author who only follows the own book is refused."""
        job = self.job(request, job_id)
        if not workable_by(self.actor(request)).filter(pk=job.pk).exists():
            raise Forbidden(_("Your role can't do that with this book."))
        return job


class Estimate(MoneyView):
    """What a book will cost."""

    @documented("estimate_biography", "Ask what a book will cost", {200: BookEstimateSerializer})
    def get(self, request: Request, job_id: uuid.UUID) -> Response:
        """About so much for the whole book, from the sources that it has now; nothing is spent."""
        job = self.paid_job(request, job_id)
        return Response(row_as(BookEstimateSerializer, {**asdict(estimate(job)), "cap_micros": cap_of(job)}))


class Cost(MoneyView):
    """What a book has cost."""

    @documented("read_cost", "Ask what a book has cost", {200: CostSerializer})
    def get(self, request: Request, job_id: uuid.UUID) -> Response:
        """By phase, chapter, role, model and day, failed attempts included."""
        job = self.paid_job(request, job_id)
        with reading_lists(self.actor(request)):
            sums = {f"by_{name}": spent_by(name, job.pk) for name in ("phase", "chapter", "role", "model")}
            told = {
                "spent_micros": sum(one.micros for one in sums["by_phase"]),
                "reserved_micros": reserved(job.pk),
                "budget_micros": job.budget_micros,
                "cap_micros": cap_of(job),
                "by_day": spent_by_day(job.pk),
            }
            return Response(row_as(CostSerializer, sums | told))
