"""What the sources say, over HTTP: the facts, and those that the book tells in the order of time."""

from __future__ import annotations

import uuid
from typing import Final

from django.db.models import Q, QuerySet
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from bookgen_site.openapi import documented
from bookgen_site.pagination import NewestFirst
from bookgen_site.representing import rows_as
from bookgen_site.strict import NoQuestion
from sources.api.fact_serializers import FactSerializer, TimelineSerializer, WhichFacts
from sources.api.views import JobView
from sources.models import Fact

SHOWN: Final = {
    "told": Q(position__isnull=False),
    "reserve": Q(position=None),
    "disputed": Q(contradicts__isnull=False) | ~Q(disputes=[]),
}


class ByKey(NewestFirst):
    """Facts in a fixed order that doesn't depend on who found them first."""

    ordering = ("key",)


class ByTime(NewestFirst):
    """Facts in the order of time."""

    ordering = ("date_start", "pk")


class FactsView(JobView, generics.GenericAPIView[Fact]):
    """A list of facts of one biography."""

    def facts(self, request: Request, job_id: uuid.UUID) -> QuerySet[Fact]:
        """All of them."""
        return Fact.objects.filter(job=self.job(request, job_id))


class Facts(FactsView):
    """What the sources say."""

    pagination_class = ByKey
    serializer_class = FactSerializer

    @documented("list_facts", "List the facts", {200: FactSerializer(many=True)}, parameters=[WhichFacts])
    def get(self, request: Request, job_id: uuid.UUID) -> Response:
        """In pages, each with the stretches of the sources that say so."""
        rows, asked = self.facts(request, job_id), self.asked(WhichFacts, request)
        rows = rows.filter(SHOWN[asked["show"]]) if "show" in asked else rows
        columns = {name: asked[name] for name in ("chapter", "kind") if name in asked}
        page = self.paginate_queryset(rows.filter(**columns))
        return self.get_paginated_response(rows_as(FactSerializer, page))


class Timeline(FactsView):
    """The dated facts that the book tells."""

    pagination_class = ByTime
    serializer_class = TimelineSerializer

    @documented("read_timeline", "Read the timeline", {200: TimelineSerializer(many=True)})
    def get(self, request: Request, job_id: uuid.UUID) -> Response:
        """The earliest first, in pages."""
        self.asked(NoQuestion, request)
        rows = self.facts(request, job_id).filter(position__isnull=False, date_start__isnull=False)
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(rows_as(TimelineSerializer, page))
