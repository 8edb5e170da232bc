"""One source of a biography over HTTP: read it, say what it is, take it out."""

from __future__ import annotations

import uuid
from http import HTTPStatus

from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from biographies.models import BiographyJob
from bookgen_site.openapi import documented
from bookgen_site.representing import row_as
from sources.actions import change_source, remove_source
from sources.api.serializers import SourceDescription, SourceSerializer
from sources.api.views import OfJob
from sources.models import Source
from sources.queries import sources_of


class OneSource(OfJob):
    """One source, by its number in the biography."""

    @documented("read_source", "Read what is known of a source", {200: SourceSerializer})
    def get(self, request: Request, job_id: uuid.UUID, number: int) -> Response:
        """With its scores and the reasons for them."""
        return Response(row_as(SourceSerializer, source_of(self.job(request, job_id), number)))

    @documented("change_source", "Say what a source is", {200: SourceSerializer}, request=SourceDescription)
    def patch(self, request: Request, job_id: uuid.UUID, number: int) -> Response:
        """For notes and bibliography; what you say goes before what it says itself. 409 once the book is being made."""
        source = source_of(self.job(request, job_id), number)
        wanted = self.wanted(SourceDescription, request)
        return Response(
            row_as(SourceSerializer, change_source(source=source, by=self.actor(request), **wanted))
        )

    @documented("remove_source", "Remove a source", {204: None}, request=None)
    def delete(self, request: Request, job_id: uuid.UUID, number: int) -> Response:
        """With its file. 409 once the book is started."""
        remove_source(source=source_of(self.job(request, job_id), number), by=self.actor(request))
        return Response(status=HTTPStatus.NO_CONTENT)


def source_of(job: BiographyJob, number: int) -> Source:
    """The source with this number; raises Http404."""
    found = sources_of(job.pk).filter(number=number).first()
    if found is None:
        raise Http404
    return found
