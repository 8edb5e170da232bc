"""What the checks saw, over HTTP: read it, resolve it, dismiss it with a reason."""

from __future__ import annotations

import uuid

from django.db.models import Q, QuerySet
from django.http import Http404
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from biographies.actions import close_finding
from biographies.api.base import JobView
from biographies.api.chapter_serializers import BookFindingSerializer
from biographies.api.chapter_wishes import FindingWish, WhichFindings
from biographies.api.examples import example
from biographies.api.paging import ByRank
from biographies.models import Finding
from biographies.vocabulary import FindingStatus
from bookgen_site.openapi import documented
from bookgen_site.representing import row_as, rows_as

FOUND = {200: BookFindingSerializer(many=True)}
CLOSE = {"status": "dismissed", "reason": "It is a quotation."}


class FindingsView(JobView, generics.GenericAPIView[Finding]):
    """A list of findings, in pages."""

    serializer_class = BookFindingSerializer
    pagination_class = ByRank

    def listed(self, request: Request, rows: QuerySet[Finding]) -> Response:
        """One page of these, the newest first, narrowed as the address asks."""
        rows = rows.filter(**self.asked(WhichFindings, request)).select_related("revision")
        page = self.paginate_queryset(rows.defer("revision__text"))
        return self.get_paginated_response(rows_as(BookFindingSerializer, page))


class BookFindings(FindingsView):
    """The findings of a book."""

    @documented("list_findings", "List what the checks saw in a book", FOUND, parameters=[WhichFindings])
    def get(self, request: Request, job_id: uuid.UUID) -> Response:
        """In its present texts, and in the book as a whole."""
        present = Q(revision=None) | Q(revision__current_of__isnull=False)
        return self.listed(request, Finding.objects.filter(present, job=self.job(request, job_id)))


class ChapterFindings(FindingsView):
    """The findings of a section."""

    @documented(
        "list_chapter_findings", "List what the checks saw in a section", FOUND, parameters=[WhichFindings]
    )
    def get(self, request: Request, job_id: uuid.UUID, chapter_id: int) -> Response:
        """In its present text."""
        current = self.chapter(request, job_id, chapter_id).current_revision_id
        return self.listed(request, Finding.objects.filter(revision_id=current, revision__isnull=False))


class OneFinding(JobView):
    """One finding of a book."""

    @documented(
        "close_finding",
        "Resolve or dismiss a finding",
        {200: BookFindingSerializer},
        request=FindingWish,
        examples=[example("dismiss", CLOSE)],
    )
    def patch(self, request: Request, job_id: uuid.UUID, finding_id: int) -> Response:
        """A dismissal needs a reason. 409 `stale` when somebody has closed it already."""
        rows = Finding.objects.filter(job=self.job(request, job_id)).select_related("revision")
        finding = rows.filter(pk=finding_id).first()
        if finding is None:
            raise Http404
        wanted = self.wanted(FindingWish, request)
        dismiss = wanted["status"] == FindingStatus.DISMISSED
        close_finding(finding=finding, by=self.actor(request), dismiss=dismiss, reason=wanted["reason"])
        return Response(row_as(BookFindingSerializer, rows.get(pk=finding_id)))
