"""A finished file by the signed link of a mail, for some days and as long as the book has it."""

from __future__ import annotations

import io

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from biographies.file_links import NoSuchLink, opened_from_letter
from biographies.models import Export
from biographies.pages.sealing import Closed, sealed
from bookgen_site.lib import store


@sealed
@require_safe
def file(_request: HttpRequest, token: str) -> HttpResponseBase:
    """The bytes as a download."""
    try:
        return sent(opened_from_letter(token))
    except NoSuchLink as error:
        raise Closed from error


def sent(export: Export) -> FileResponse:
    """The file's bytes, never to be opened as a page of this site; raises Closed when they are gone."""
    try:
        data = store.get(export.blob)
    except store.BlobMissing as error:
        raise Closed from error
    answer = FileResponse(
        io.BytesIO(data),
        as_attachment=True,
        filename=export.filename,
        content_type="application/octet-stream",
    )
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
