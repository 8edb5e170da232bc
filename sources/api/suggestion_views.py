"""What finders found for a biography, over HTTP: read it with its reasons, and decide about it."""

from __future__ import annotations

import uuid

from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from bookgen_site.openapi import documented
from bookgen_site.representing import row_as, rows_as
from sources.api.serializers import DecisionsWish, DecisionWish, SourceSerializer, WhichSuggestions
from sources.api.views import OfJob
from sources.queries import suggestions_of
from sources.suggestions import decide

FOUND = {200: SourceSerializer(many=True)}


class Suggestions(OfJob):
    """The found sources of one biography."""

    @documented("list_suggestions", "List the found sources", FOUND, parameters=[WhichSuggestions])
    def get(self, request: Request, job_id: uuid.UUID) -> Response:
        """By number, in pages; those that wait for a decision have `decision=suggested` and are `valid`."""
        rows = suggestions_of(self.job(request, job_id).pk).filter(**self.asked(WhichSuggestions, request))
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(rows_as(SourceSerializer, page))

    @documented("decide_suggestions", "Decide about several found sources", FOUND, request=DecisionsWish)
    def patch(self, request: Request, job_id: uuid.UUID) -> Response:
        """The numbers are those that were read: nothing is decided unseen, and all is decided or nothing.

        404 when no finder found a source of one of the numbers, 409 when one can't be used. Answers with the
        first page.
        """
        job = self.job(request, job_id)
        decide(job=job, by=self.actor(request), **self.wanted(DecisionsWish, request))
        page = self.paginate_queryset(suggestions_of(job.pk))
        return self.get_paginated_response(rows_as(SourceSerializer, page))


class Suggestion(OfJob):
    """One found source."""

    @documented(
        "decide_suggestion", "Decide about a found source", {200: SourceSerializer}, request=DecisionWish
    )
    def patch(self, request: Request, job_id: uuid.UUID, number: int) -> Response:
        """Accept or decline it, while the job waits for that. 404 when no finder found a source of this number."""
        job = self.job(request, job_id)
        found = suggestions_of(job.pk).filter(number=number)
        if not found.exists():
            raise Http404
        decide(job=job, by=self.actor(request), numbers=[number], **self.wanted(DecisionWish, request))
        return Response(row_as(SourceSerializer, found.get()))
