"""The outline over HTTP: read it, put another in its place, approve it."""

from __future__ import annotations

import uuid
from http import HTTPStatus
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from biographies.api.base import JobView
from biographies.api.chapter_wishes import OutlineApproval, OutlineWish
from biographies.api.examples import OUTLINE, example
from biographies.api.outline_serializers import OutlineSerializer
from biographies.models import BiographyJob
from bookgen_site.openapi import documented
from bookgen_site.representing import row_as
from engine.outline import can_be_shaped, outline_waits
from engine.outline_actions import approve_outline
from engine.outline_whole import PlacedChapter, put_outline
from sources.planned import planned_chapters


class Outline(JobView):
    """The plan of one book."""

    @documented("read_outline", "Read the outline", {200: OutlineSerializer})
    def get(self, request: Request, job_id: uuid.UUID) -> Response:
        """The numbered chapters in order; empty before they are planned."""
        return Response(told(self.job(request, job_id)))

    @documented(
        "put_outline",
        "Change the outline",
        {200: OutlineSerializer},
        request=OutlineWish,
        examples=[example("two chapters", OUTLINE)],
    )
    def put(self, request: Request, job_id: uuid.UUID) -> Response:
        """Another order, other titles, synopses and words. 409 `stale` when somebody else has changed it since."""
        job = self.job(request, job_id)
        wanted = self.wanted(OutlineWish, request)
        chapters = [PlacedChapter(**one) for one in wanted["chapters"]]
        put_outline(job=job, by=self.actor(request), version=wanted["version"], chapters=chapters)
        return Response(told(self.job(request, job_id)))


class OutlineApprovals(JobView):
    """The approval of the outline."""

    @documented(
        "approve_outline",
        "Approve the outline that you have read",
        {202: OutlineSerializer},
        request=OutlineApproval,
    )
    def post(self, request: Request, job_id: uuid.UUID) -> Response:
        """The writing begins. 409 `stale` when the outline isn't the one that was read."""
        job = self.job(request, job_id)
        approve_outline(job=job, by=self.actor(request), **self.wanted(OutlineApproval, request))
        return Response(told(self.job(request, job_id)), status=HTTPStatus.ACCEPTED)


def told(job: BiographyJob) -> Any:
    """The outline as clients read it."""
    chapters = [
        {
            **{field: getattr(one.row, field) for field in ("id", "chapter_number", "title", "synopsis")},
            "target_words": one.row.target_words,
            "facts_told": one.facts_told,
            "facts_kept": one.facts_kept,
            "first_year": one.first_year,
            "last_year": one.last_year,
        }
        for one in planned_chapters(job.pk)
    ]
    standing = {"version": job.version, "waits": outline_waits(job), "open": can_be_shaped(job)}
    return row_as(
        OutlineSerializer, {**standing, "approved_at": job.outline_approved_at, "chapters": chapters}
    )
