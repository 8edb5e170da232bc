"""Looking at web addresses before there is a biography, over HTTP: a few at once, many by the workers."""

from __future__ import annotations

import uuid
from http import HTTPStatus

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response

from biographies.errors import Forbidden
from bookgen_site.openapi import documented
from bookgen_site.representing import row_as, rows_as
from bookgen_site.strict import NoQuestion
from bookgen_site.views import ApiView
from sources import checking
from sources.api.check_serializers import (
    AddressesLater,
    AddressesNow,
    CheckResultsSerializer,
    CheckSerializer,
    VerdictsSerializer,
)
from sources.models import AddressCheck
from sources.validating import validate

EXAMPLE = OpenApiExample(
    "for one person",
    value={"urls": ["https://example.org/ada-quill"], "subject": "Ada Quill"},
    request_only=True,
)


class Validation(ApiView):
    """A few addresses, while the client waits."""

    @documented(
        "validate_sources",
        "Look at a few web addresses",
        {200: VerdictsSerializer},
        request=AddressesNow,
        examples=[EXAMPLE],
    )
    def post(self, request: Request) -> Response:
        """Up to 20: could they be sources, and for whom? An address that can't be fetched is a verdict, no error."""
        if not self.actor(request).makes_books:
            raise Forbidden(_("Your role can't make new biographies."))
        found = validate(**self.wanted(AddressesNow, request))
        return Response(row_as(VerdictsSerializer, {"results": found}))


class Validations(ApiView, generics.GenericAPIView[AddressCheck]):
    """Long lists of addresses."""

    serializer_class = CheckSerializer

    @documented("list_validations", "List your checks of web addresses", {200: CheckSerializer(many=True)})
    def get(self, request: Request) -> Response:
        """The newest first, in pages."""
        self.asked(NoQuestion, request)
        page = self.paginate_queryset(checking.checks_of(self.actor(request)))
        return self.get_paginated_response(rows_as(CheckSerializer, page))

    @documented(
        "begin_validation",
        "Have many web addresses looked at",
        {202: CheckSerializer},
        request=AddressesLater,
        examples=[EXAMPLE],
    )
    def post(self, request: Request) -> Response:
        """Up to 500, by the workers. An address that is given twice is looked at once."""
        by = self.actor(request)
        check = checking.begin_check(by=by, **self.wanted(AddressesLater, request))
        told = checking.checks_of(by).get(pk=check.pk)
        return Response(row_as(CheckSerializer, told), status=HTTPStatus.ACCEPTED)


class OneValidation(ApiView):
    """One long list."""

    @documented("read_validation", "Ask how far a check of web addresses is", {200: CheckResultsSerializer})
    def get(self, request: Request, check_id: uuid.UUID) -> Response:
        """With the verdicts that there are, in the order of the list."""
        check = checking.checks_of(self.actor(request)).filter(pk=check_id).first()
        if check is None:
            raise Http404
        check.results = checking.verdicts_of(check)  # type: ignore[attr-defined]  # a field of the answer
        return Response(row_as(CheckResultsSerializer, check))
