"""Chapters over HTTP: read one beside its evidence, approve it, ask for another."""

from __future__ import annotations

import uuid
from http import HTTPStatus

from rest_framework.request import Request
from rest_framework.response import Response

from biographies.actions import approve
from biographies.api.base import JobView
from biographies.api.serializers import ChapterDetailSerializer, ChapterSerializer, EstimateSerializer
from biographies.api.wishes import ApprovalWish, RegenerationWish, WhichRegeneration
from biographies.queries import chapters_in_order
from bookgen_site.openapi import documented
from engine.actions import regenerate
from engine.estimating_texts import regeneration_cost
from sources.queries import citations_of


class Chapters(JobView):
    """The sections of a book."""

    @documented("list_chapters", "List the sections of a book", {200: ChapterSerializer(many=True)})
    def get(self, request: Request, job_id: uuid.UUID) -> Response:
        """In printing order, without their texts."""
        rows = chapters_in_order(self.job(request, job_id).pk)
        return Response(ChapterSerializer(rows, many=True).data)


class ChapterView(JobView):
    """A view of one section."""

    def told(self, request: Request, job_id: uuid.UUID, chapter_id: int) -> object:
        """The section as it stands now, as clients read it."""
        chapter = self.chapter(request, job_id, chapter_id)
        revision = chapter.current_revision
        chapter.citations = citations_of([revision.pk]) if revision else []  # type: ignore[attr-defined]
        chapter.findings = revision.findings.order_by("id") if revision else []  # type: ignore[attr-defined]
        return ChapterDetailSerializer(chapter).data


class ChapterDetail(ChapterView):
    """One section of a book."""

    @documented("read_chapter", "Read a section with its evidence", {200: ChapterDetailSerializer})
    def get(self, request: Request, job_id: uuid.UUID, chapter_id: int) -> Response:
        """The text in Markdown, its citations by number, and the findings of the checks."""
        return Response(self.told(request, job_id, chapter_id))


class ChapterApproval(ChapterView):
    """The approval of a section."""

    @documented(
        "approve_chapter",
        "Approve the text that you have read",
        {200: ChapterDetailSerializer},
        request=ApprovalWish,
    )
    def post(self, request: Request, job_id: uuid.UUID, chapter_id: int) -> Response:
        """409 with code `stale` when the section has another text by now."""
        chapter = self.chapter(request, job_id, chapter_id)
        approve(chapter=chapter, by=self.actor(request), **self.wanted(ApprovalWish, request))
        return Response(self.told(request, job_id, chapter_id))


class ChapterRegeneration(ChapterView):
    """Another text for a section."""

    @documented(
        "regenerate_chapter", "Ask for another text", {202: ChapterDetailSerializer}, request=RegenerationWish
    )
    def post(self, request: Request, job_id: uuid.UUID, chapter_id: int) -> Response:
        """The present text stays among the revisions; no other section is touched. 409 with code `stale` as above."""
        chapter = self.chapter(request, job_id, chapter_id)
        regenerate(chapter=chapter, by=self.actor(request), **self.wanted(RegenerationWish, request))
        return Response(self.told(request, job_id, chapter_id), status=HTTPStatus.ACCEPTED)


class RegenerationEstimate(ChapterView):
    """What another text would cost."""

    @documented(
        "estimate_regeneration",
        "Ask what another text would cost",
        {200: EstimateSerializer},
        parameters=[WhichRegeneration],
    )
    def get(self, request: Request, job_id: uuid.UUID, chapter_id: int) -> Response:
        """For who may ask for it; nothing is spent."""
        chapter = self.chapter(request, job_id, chapter_id)
        told = regeneration_cost(chapter, by=self.actor(request), **self.asked(WhichRegeneration, request))
        return Response(EstimateSerializer(told).data)
