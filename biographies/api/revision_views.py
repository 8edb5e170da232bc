"""The texts that a section has had, over HTTP: list them, read one, compare two."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import Http404
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from biographies.api.base import JobView
from biographies.api.chapter_serializers import (
    CitationSerializer,
    ComparisonSerializer,
    RevisionSerializer,
    RevisionSummarySerializer,
)
from biographies.api.chapter_wishes import WhichRevisions
from biographies.api.paging import ByRank, InOrder
from biographies.comparing import compare
from biographies.models import Chapter, ChapterRevision
from bookgen_site.openapi import documented
from bookgen_site.representing import columns_of, row_as, rows_as
from bookgen_site.strict import NoQuestion
from sources.models import Citation
from sources.queries import citations_of


class Revisions(JobView, generics.GenericAPIView[ChapterRevision]):
    """The texts of one section."""

    serializer_class = RevisionSummarySerializer
    pagination_class = ByRank

    @documented("list_revisions", "List the texts of a section", {200: RevisionSummarySerializer(many=True)})
    def get(self, request: Request, job_id: uuid.UUID, chapter_id: int) -> Response:
        """The newest first, in pages, without the texts themselves."""
        self.asked(NoQuestion, request)
        chapter = self.chapter(request, job_id, chapter_id)
        page = self.paginate_queryset(texts_of(chapter).defer("text").select_related("created_by"))
        return self.get_paginated_response(rows_as(RevisionSummarySerializer, page))


class Revision(JobView):
    """One text of a section."""

    @documented("read_revision", "Read a text that a section has had", {200: RevisionSerializer})
    def get(self, request: Request, job_id: uuid.UUID, chapter_id: int, number: int) -> Response:
        """By its number."""
        return Response(
            row_as(RevisionSerializer, one_text(self.chapter(request, job_id, chapter_id), number))
        )


class Comparison(JobView):
    """Two texts of a section, held against one another."""

    @documented(
        "compare_revisions",
        "Compare two texts word by word",
        {200: ComparisonSerializer},
        parameters=[WhichRevisions],
    )
    def get(self, request: Request, job_id: uuid.UUID, chapter_id: int) -> Response:
        """The steps that lead from the one to the other."""
        chapter = self.chapter(request, job_id, chapter_id)
        asked = self.asked(WhichRevisions, request)
        before, after = one_text(chapter, asked["from"]), one_text(chapter, asked["to"])
        steps = compare(before.text, after.text)
        told: dict[str, Any] = {"from": before.number, "to": after.number, "steps": steps}
        return Response(row_as(ComparisonSerializer, {**told, "instruction": after.instruction}))


class Citations(JobView, generics.GenericAPIView[Citation]):
    """What the sentences of a section rest on."""

    serializer_class = CitationSerializer
    pagination_class = InOrder

    @documented("list_citations", "List the citations of a section", {200: CitationSerializer(many=True)})
    def get(self, request: Request, job_id: uuid.UUID, chapter_id: int) -> Response:
        """Those of its present text, by number, in pages."""
        self.asked(NoQuestion, request)
        current = self.chapter(request, job_id, chapter_id).current_revision_id
        rows = citations_of([current] if current else []).order_by("number")
        page = self.paginate_queryset(rows.values(*columns_of(CitationSerializer)))
        return self.get_paginated_response(rows_as(CitationSerializer, page))


def texts_of(chapter: Chapter) -> QuerySet[ChapterRevision]:
    """All texts of the section; `current` marks the present one."""
    return ChapterRevision.objects.filter(chapter=chapter).annotate(
        current=Q(pk=F("chapter__current_revision_id"))
    )


def one_text(chapter: Chapter, number: int) -> ChapterRevision:
    """The text with this number; raises Http404."""
    found = texts_of(chapter).filter(number=number).first()
    if found is None:
        raise Http404
    return found
