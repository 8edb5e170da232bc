"""Biographies over HTTP: order one, list them, follow one, set it going and stop it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from biographies.actions import create_job
from biographies.api.base import JobView
from biographies.api.serializers import BiographyDetailSerializer, BiographySerializer, StatusSerializer
from biographies.api.wishes import NewBiography, PrintingWish, WhichBiographies
from biographies.models import BiographyJob
from biographies.queries import visible_to
from biographies.vocabulary import Mode
from bookgen_site.accounts.models import User
from bookgen_site.lib.text import clean_text
from bookgen_site.openapi import documented
from bookgen_site.views import ApiView
from engine import actions
from notifications.queries import last_number
from sources.intake import add_url
from sources.tallies import tally


class Biographies(ApiView, generics.GenericAPIView[BiographyJob]):
    """The biographies that the person may see."""

    serializer_class = BiographySerializer

    @documented(
        "list_biographies",
        "List biographies",
        {200: BiographySerializer(many=True)},
        parameters=[WhichBiographies],
    )
    def get(self, request: Request) -> Response:
        """The newest first, in pages."""
        jobs = visible_to(self.actor(request)).select_related("owner")
        page = self.paginate_queryset(narrowed(jobs, **self.asked(WhichBiographies, request)))
        return self.get_paginated_response(BiographySerializer(page, many=True).data)

    @documented("order_biography", "Order a biography", {202: BiographySerializer}, request=NewBiography)
    def post(self, request: Request) -> Response:
        """Make a job, with sources by their addresses if there are some, and start it if it is to start."""
        job = order(by=self.actor(request), **self.wanted(NewBiography, request))
        job.refresh_from_db()
        return Response(BiographySerializer(job).data, status=HTTPStatus.ACCEPTED)


def narrowed(jobs: QuerySet[BiographyJob], *, status: str = "", text: str = "") -> QuerySet[BiographyJob]:
    """The jobs of this status with this text in the name or description."""
    if status:
        jobs = jobs.filter(status=status)
    if text := clean_text(text, multiline=False):
        jobs = jobs.filter(Q(character__icontains=text) | Q(description__icontains=text))
    return jobs


@transaction.atomic
def order(
    *, by: User, sources: list[str] | None = None, start: bool | None = None, **wishes: Any
) -> BiographyJob:
    """All of it or nothing: the job, its sources, and the start."""
    job = create_job(by=by, **wishes)
    actions.require_author(job)  # now rather than at the start, when the sources have been sent
    for url in sources or []:
        add_url(job=job, by=by, url=url)
    if start or (start is None and (sources or job.mode == Mode.AUTOMATIC)):
        actions.start(job=job, by=by)
    return job


class Biography(JobView):
    """One biography."""

    @documented("read_biography", "Read a biography", {200: BiographyDetailSerializer})
    def get(self, request: Request, job_id: uuid.UUID) -> Response:
        """Its settings, where it stands, and whether it has sources enough."""
        return Response(detail_of(self.job(request, job_id)))


def detail_of(job: BiographyJob) -> Any:
    """The job as clients read it, with the count of its sources."""
    job.source_counts = tally(job)  # type: ignore[attr-defined]  # a field of the answer, not of the row
    return BiographyDetailSerializer(job).data


class BiographyStatus(JobView):
    """Where one biography stands."""

    @documented("read_biography_status", "Follow a biography", {200: StatusSerializer})
    def get(self, request: Request, job_id: uuid.UUID) -> Response:
        """Cheap to ask; when `last_event` has grown there is news under /events."""
        return Response(status_of(self.job(request, job_id)))


def status_of(job: BiographyJob) -> Any:
    """The status of a job as clients read it."""
    job.last_event = last_number(job.pk)  # type: ignore[attr-defined]  # a field of the answer, not of the row
    return StatusSerializer(job).data


def job_action(name: str, summary: str, act: Callable[..., object]) -> type[JobView]:
    """A view that does one thing with a job and answers with its status."""

    class JobAction(JobView):
        @documented(name, summary, {202: StatusSerializer}, request=None)
        def post(self, request: Request, job_id: uuid.UUID) -> Response:
            job = self.job(request, job_id)
            act(job=job, by=self.actor(request))
            job.refresh_from_db()
            return Response(status_of(job), status=HTTPStatus.ACCEPTED)

    return JobAction


Start = job_action("start_biography", "Start it", actions.start)
Pause = job_action("pause_biography", "Pause it: nothing new begins, what is at work ends", actions.pause)
Resume = job_action("resume_biography", "Go on where it was paused", actions.resume)
Cancel = job_action("cancel_biography", "End it for good", actions.cancel)
Retry = job_action("retry_biography", "Try again what went wrong", actions.retry)


def printing_action(name: str, summary: str, act: Callable[..., object]) -> type[JobView]:
    """The same for what prints the book: it takes how."""

    class PrintingAction(JobView):
        @documented(name, summary, {202: StatusSerializer}, request=PrintingWish)
        def post(self, request: Request, job_id: uuid.UUID) -> Response:
            job = self.job(request, job_id)
            wish = self.wanted(PrintingWish, request)
            act(job=job, by=self.actor(request), formats=wish.pop("formats", None), options=wish)
            job.refresh_from_db()
            return Response(status_of(job), status=HTTPStatus.ACCEPTED)

    return PrintingAction


ExportAgain = printing_action("export_biography", "Export the approved book again", actions.export)
Draft = printing_action("draft_biography", "Print a draft, approved or not", actions.draft)
