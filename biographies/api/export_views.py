"""The files of a book over HTTP."""

from __future__ import annotations

import io
import uuid
from typing import Final

from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from rest_framework.request import Request
from rest_framework.response import Response

from biographies.api.base import JobView
from biographies.api.serializers import ExportSerializer
from biographies.exports.formats import FORMATS
from biographies.models import Export
from bookgen_site.lib import store
from bookgen_site.openapi import documented

MEDIA_TYPES: Final = {name: one.media_type for name, one in FORMATS.items()}


class Exports(JobView):
    """The files that a book became."""

    @documented("list_exports", "List the files of a book", {200: ExportSerializer(many=True)})
    def get(self, request: Request, job_id: uuid.UUID) -> Response:
        """The newest first."""
        rows = Export.objects.filter(job=self.job(request, job_id))
        return Response(ExportSerializer(rows, many=True).data)


class Download(JobView):
    """One file of a book."""

    @documented(
        "download_export",
        "Download a file",
        {(200, media): OpenApiTypes.BINARY for media in MEDIA_TYPES.values()},
    )
    def get(self, request: Request, job_id: uuid.UUID, export_id: int) -> FileResponse:
        """The bytes, compared with their hash before they leave; 410 when the store has lost them."""
        export = self.export(request, job_id, export_id)
        return FileResponse(
            io.BytesIO(store.get(export.blob)),
            as_attachment=True,
            filename=export.filename,
            content_type=MEDIA_TYPES[export.format],
        )
