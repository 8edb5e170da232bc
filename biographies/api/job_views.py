"""Biographies over HTTP: order one, list them, read, change and delete one, set it going and stop it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.db import transaction
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from biographies.actions import create_job
from biographies.api import paging
from biographies.api.base import JobView
from biographies.api.conditions import (
    IDEMPOTENCY_KEY,
    IF_MATCH,
    carried_out_once,
    etag_of,
    stale_fails_the_condition,
    version_read,
)
from biographies.api.examples import ORDER, example
from biographies.api.file_wishes import PrintingWish
from biographies.api.serializers import BiographyDetailSerializer, BiographySerializer, StatusSerializer
from biographies.api.wishes import ChangedBiography, NewBiography, WhichBiographies
from biographies.archiving import archive, unarchive
from biographies.details import change_settings
from biographies.models import BiographyJob
from biographies.queries import narrowed, visible_to
from biographies.vocabulary import Mode
from bookgen_site.accounts.models import User
from bookgen_site.accounts.scopes import APPROVE, WRITE
from bookgen_site.lib.replica import reading_lists
from bookgen_site.openapi import documented
from bookgen_site.representing import columns_of, row_as, rows_as
from bookgen_site.views import ApiView
from engine import actions
from engine.deleting import delete_book
from notifications.queries import last_number
from sources.intake import add_url
from sources.tallies import tally


class Biographies(ApiView, generics.GenericAPIView[BiographyJob]):
    """The biographies that the person may see."""

    serializer_class = BiographySerializer
    pagination_class = paging.Biographies

    @documented(
        "list_biographies",
        "List biographies",
        {200: BiographySerializer(many=True)},
        parameters=[WhichBiographies],
    )
    def get(self, request: Request) -> Response:
        """In pages, the newest first unless `order` says otherwise."""
        asked = self.asked(WhichBiographies, request)
        asked.pop("order", None)  # the pages see to it
        with reading_lists(self.actor(request)):
            jobs = narrowed(visible_to(self.actor(request)), **asked)
            page = self.paginate_queryset(jobs.values(*columns_of(BiographySerializer)))
            return self.get_paginated_response(rows_as(BiographySerializer, page))

    @documented(
        "order_biography",
        "Order a biography",
        {202: BiographySerializer},
        request=NewBiography,
        parameters=[IDEMPOTENCY_KEY],
        examples=[example("with two sources", ORDER)],
    )
    def post(self, request: Request) -> Response:
        """Make a job, with sources by their addresses if there are some, and start it if it is to start.

        With an Idempotency-Key, the same request again within 24 hours gets the same answer and makes nothing; 409
        `idempotency_key_reused` for another request with the same key.
        """
        by, wanted = self.actor(request), self.wanted(NewBiography, request)
        body, headers = carried_out_once(request, by, lambda: ordered(by, wanted))
        return Response(body, status=HTTPStatus.ACCEPTED, headers=headers)


def ordered(by: User, wanted: dict[str, Any]) -> dict[str, Any]:
    """A new biography as clients read it."""
    job = order(by=by, **wanted)
    job.refresh_from_db()
    return row_as(BiographySerializer, job)


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
        """Its settings, where it stands, and whether it has sources enough. The ETag is for If-Match."""
        return shown(self.job(request, job_id))

    @documented(
        "change_biography",
        "Change settings",
        {200: BiographyDetailSerializer},
        request=ChangedBiography,
        parameters=[IF_MATCH],
        examples=[example("the author", {"author_name": "A. Writer", "author_email": "writer@example.org"})],
    )
    def patch(self, request: Request, job_id: uuid.UUID) -> Response:
        """All of them or none. Most are open until the start; 409 `illegal_state` for one whose time is over.

        412 `stale` when If-Match is sent and names another state of the biography.
        """
        job, wanted = self.job(request, job_id), self.wanted(ChangedBiography, request)
        with stale_fails_the_condition():
            version = version_read(request, required=False)
            change_settings(job=job, by=self.actor(request), version=version, **wanted)
        return shown(job)

    @documented("delete_biography", "Delete a biography", {204: None}, request=None)
    def delete(self, request: Request, job_id: uuid.UUID) -> Response:
        """With its sources, texts, files, events and letters, for good. 409 while it is being made.

        The audit remains, without a name or a word of the book: who did what, and when.
        """
        delete_book(job=self.job(request, job_id), by=self.actor(request))
        return Response(status=HTTPStatus.NO_CONTENT)


def shown(job: BiographyJob) -> Response:
    """The biography, with the tag of this state of it."""
    return Response(detail_of(job), headers={"ETag": etag_of(job.version)})


def detail_of(job: BiographyJob) -> Any:
    """The job as clients read it, with the count of its sources."""
    job.source_counts = tally(job)  # type: ignore[attr-defined]  # a field of the answer, not of the row
    return row_as(BiographyDetailSerializer, job)


def status_of(job: BiographyJob) -> Any:
    """The status of a job as clients read it."""
    job.last_event = last_number(job.pk)  # type: ignore[attr-defined]  # a field of the answer, not of the row
    return row_as(StatusSerializer, job)


def job_action(name: str, summary: str, act: Callable[..., object], scope: str = WRITE) -> type[JobView]:
    """A view that does one thing with a job and answers with its status; a key needs `scope` for it."""

    class JobAction(JobView):
        scopes = {"POST": scope}

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
Archive = job_action("archive_biography", "Put it into the archive: kept, readable, unchangeable", archive)
Unarchive = job_action("unarchive_biography", "Take it out of the archive", unarchive)
Retry = job_action("retry_biography", "Try again what went wrong", actions.retry)


def printing_action(name: str, summary: str, act: Callable[..., object], scope: str = WRITE) -> type[JobView]:
    """The same for what prints the book: it takes how."""

    class PrintingAction(JobView):
        scopes = {"POST": scope}

        @documented(name, summary, {202: StatusSerializer}, request=PrintingWish)
        def post(self, request: Request, job_id: uuid.UUID) -> Response:
            job = self.job(request, job_id)
            wish = self.wanted(PrintingWish, request)
            act(job=job, by=self.actor(request), formats=wish.pop("formats", None), options=wish)
            job.refresh_from_db()
            return Response(status_of(job), status=HTTPStatus.ACCEPTED)

    return PrintingAction


ExportAgain = printing_action("export_biography", "Export the approved book again", actions.export, APPROVE)
Draft = printing_action("draft_biography", "Print a draft, approved or not", actions.draft)
