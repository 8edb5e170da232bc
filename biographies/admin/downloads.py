"""The files of a book, for those who may see it."""

from __future__ import annotations

import io
import uuid

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from biographies.admin.lookups import visible_job
from biographies.models import Export
from bookgen_site.lib import store


@require_safe
def export(request: HttpRequest, job_id: uuid.UUID, export_id: int) -> HttpResponseBase:
    """The bytes as a download, never to be opened as a page of this site."""
    job = visible_job(request, job_id)
    row = get_object_or_404(Export, job=job, pk=export_id)
    try:
        data = store.get(row.blob)
    except store.BlobMissing:
        messages.error(
            request, _("The file “%s” is missing or damaged. Export the book again.") % row.filename
        )
        return redirect("desk:exports", job_id=job.pk)
    answer = FileResponse(
        io.BytesIO(data), as_attachment=True, filename=row.filename, content_type="application/octet-stream"
    )
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
