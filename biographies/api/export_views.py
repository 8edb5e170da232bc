"""The files of a book over HTTP: make them, list them, fetch one, hand one on by a link that ends."""

from __future__ import annotations

import datetime as dt
import io
import uuid
from http import HTTPStatus
from typing import Any, Final

from django.http import FileResponse, Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response

from biographies.api.base import JobView
from biographies.api.examples import example
from biographies.api.file_serializers import ExportSerializer, LinkSerializer
from biographies.api.file_wishes import LinkWish, PrintingWish
from biographies.api.job_views import status_of
from biographies.api.serializers import StatusSerializer
from biographies.exports.formats import FORMATS
from biographies.file_links import LinkExpired, NoSuchLink, close_links, make_link, opened
from biographies.models import Export
from bookgen_site.accounts.scopes import APPROVE
from bookgen_site.lib import store
from bookgen_site.openapi import documented
from bookgen_site.representing import row_as, rows_as
from bookgen_site.strict import NoQuestion
from bookgen_site.views import ApiView
from engine import actions

MEDIA_TYPES: Final = {name: one.media_type for name, one in FORMATS.items()}
MOST: Final = 200  # files in a list: a book has a handful
FILE: Final = {(200, media): OpenApiTypes.BINARY for media in MEDIA_TYPES.values()}


class Gone(APIException):
    """The link's time is over."""

    status_code = HTTPStatus.GONE
    default_code = "link_expired"
    default_detail: Any = _("This link has ended. Ask for a new one.")


class Exports(JobView):
    """The files that a book became."""

    scopes = {"POST": APPROVE}

    @documented("list_exports", "List the files of a book", {200: ExportSerializer(many=True)})
    def get(self, request: Request, job_id: uuid.UUID) -> Response:
        """The newest first, up to 200."""
        self.asked(NoQuestion, request)
        rows = Export.objects.filter(job=self.job(request, job_id))[:MOST]
        return Response(rows_as(ExportSerializer, rows))

    @documented(
        "make_exports",
        "Export the approved book",
        {202: StatusSerializer},
        request=PrintingWish,
        examples=[example("for a word processor", {"formats": ["docx"]})],
    )
    def post(self, request: Request, job_id: uuid.UUID) -> Response:
        """In these formats. 409 `illegal_state` until every section is approved."""
        job = self.job(request, job_id)
        wish = self.wanted(PrintingWish, request)
        actions.export(job=job, by=self.actor(request), formats=wish.pop("formats", None), options=wish)
        job.refresh_from_db()
        return Response(status_of(job), status=HTTPStatus.ACCEPTED)


class Download(JobView):
    """One file of a book."""

    @documented("download_export", "Download a file", FILE)
    def get(self, request: Request, job_id: uuid.UUID, export_id: int) -> FileResponse:
        """The bytes, compared with their hash before they leave; 410 when the store has lost them."""
        return sent(self.export(request, job_id, export_id))


class Links(JobView):
    """Links to one file."""

    @documented(
        "make_link",
        "Make a link that opens a file without a key",
        {201: LinkSerializer},
        request=LinkWish,
        examples=[example("for two days", {"hours": 48})],
    )
    def post(self, request: Request, job_id: uuid.UUID, export_id: int) -> Response:
        """For up to 30 days; it opens these bytes and no others."""
        export = self.export(request, job_id, export_id)
        lasts = dt.timedelta(hours=self.wanted(LinkWish, request)["hours"])
        token, until = make_link(export=export, by=self.actor(request), lasts=lasts)
        url = request.build_absolute_uri(reverse("api-linked-file", args=[token]))
        return Response(row_as(LinkSerializer, {"url": url, "expires_at": until}), status=HTTPStatus.CREATED)


class AllLinks(JobView):
    """All links to the files of a book."""

    @documented("close_links", "Close all links to the files of a book", {204: None}, request=None)
    def delete(self, request: Request, job_id: uuid.UUID) -> Response:
        """None that was made until now opens any more."""
        close_links(job=self.job(request, job_id), by=self.actor(request))
        return Response(status=HTTPStatus.NO_CONTENT)


class LinkedFile(ApiView):
    """The file behind a link."""

    authentication_classes = ()
    permission_classes = ()

    @documented("open_link", "Open a link to a file", FILE, auth=[])
    def get(self, _request: Request, token: str) -> FileResponse:
        """Without a key. 404 for a link that was never made or was closed, 410 `link_expired` when its time is over."""
        try:
            return sent(opened(token))
        except NoSuchLink as error:
            raise Http404 from error
        except LinkExpired as error:
            raise Gone from error


def sent(export: Export) -> FileResponse:
    """The bytes as a file to be kept."""
    return FileResponse(
        io.BytesIO(store.get(export.blob)),
        as_attachment=True,
        filename=export.filename,
        content_type=MEDIA_TYPES[export.format],
    )
