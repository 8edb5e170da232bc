"""The sources of a biography over HTTP."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import generics
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from biographies.models import BiographyJob
from biographies.queries import visible_to
from bookgen_site.accounts.models import User
from bookgen_site.openapi import documented
from bookgen_site.pagination import ByNumber
from bookgen_site.representing import columns_of, rows_as
from bookgen_site.strict import JsonParser, NoQuestion
from bookgen_site.views import ApiView
from sources.api.serializers import AddedSources, NewAddresses, NewSources, SourceSerializer
from sources.errors import SourceError
from sources.extracting import MAX_BYTES
from sources.intake import add_file, add_url
from sources.models import Source
from sources.queries import sources_of

Add = Callable[[], tuple[Source, bool]]
BODIES: Final = {"application/json": NewAddresses, "multipart/form-data": NewSources}


class JobView(ApiView):
    """A view under /biographies/<job_id>/. What the person may not see doesn't exist: 404."""

    def job(self, request: Request, job_id: uuid.UUID) -> BiographyJob:
        """The job, if the person may see it; whether it may be changed is decided by the action."""
        job = visible_to(self.actor(request)).filter(pk=job_id).first()
        if job is None:
            raise Http404
        return job


class OfJob(JobView, generics.GenericAPIView[Source]):
    """A view of sources of one biography."""

    pagination_class = ByNumber
    serializer_class = SourceSerializer


class Sources(OfJob):
    """The sources of one biography."""

    parser_classes = (JsonParser, MultiPartParser)

    @documented("list_sources", "List the sources of a biography", {200: SourceSerializer(many=True)})
    def get(self, request: Request, job_id: uuid.UUID) -> Response:
        """By number, in pages, without their texts."""
        self.asked(NoQuestion, request)
        rows = sources_of(self.job(request, job_id).pk).values(*columns_of(SourceSerializer))
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(rows_as(SourceSerializer, page))

    @documented("add_sources", "Add sources", {201: AddedSources}, request=BODIES)
    def post(self, request: Request, job_id: uuid.UUID) -> Response:
        """All of them or none; what the biography has already is the same source again."""
        job = self.job(request, job_id)
        wanted = self.wanted(NewSources, request)
        if not wanted["urls"] and not wanted["files"]:
            raise ValidationError({"files": [_("Give at least one address or file.")]})
        added = add_all(job=job, by=self.actor(request), **wanted)
        return Response(AddedSources({"sources": added}).data, status=HTTPStatus.CREATED)


@transaction.atomic
def add_all(
    *, job: BiographyJob, by: User, urls: list[str], files: list[UploadedFile[bytes]]
) -> list[Source]:
    """Add addresses and files, in this order; reads no more of a file than a source may be long.

    Raises one SourceError for all that can't be taken, so that a client mends them in one go.
    """
    added, problems = [], []
    for add in (*_addresses(job, by, urls), *_files(job, by, files)):
        try:
            added.append(add()[0])
        except SourceError as problem:
            problems.append(problem.reason)
    if problems:
        raise SourceError(" ".join(problems))
    return added


def _addresses(job: BiographyJob, by: User, urls: list[str]) -> list[Add]:
    return [partial(add_url, job=job, by=by, url=url) for url in urls]


def _files(job: BiographyJob, by: User, files: list[UploadedFile[bytes]]) -> list[Add]:
    return [partial(_add_file, job, by, file) for file in files]


def _add_file(job: BiographyJob, by: User, file: UploadedFile[bytes]) -> tuple[Source, bool]:
    return add_file(job=job, by=by, filename=file.name or "", data=file.read(MAX_BYTES + 1))
