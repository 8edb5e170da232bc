"""A finished file by the signed link of a mail, for some days and as long as the book has it."""

from __future__ import annotations

import io

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from biographies.models import Export
from biographies.pages.sealing import Closed, sealed
from bookgen_site.lib import store
from notifications.signing import BadToken, read_download


@sealed
@require_safe
def file(_request: HttpRequest, token: str) -> HttpResponseBase:
    """The bytes as a download."""
    try:
        what = read_download(token)
    except BadToken as error:
        raise Closed from error
    export = Export.objects.filter(job_id=what.job_id, filename=what.filename).order_by("-id").first()
    if export is None:
        raise Closed
    return sent(export)


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
