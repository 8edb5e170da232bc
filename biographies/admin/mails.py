"""One message about a book: what it says, how it fares, and sending it again. For who works on the book."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from biographies.admin.lookups import workable_job
from biographies.admin.shell import show
from biographies.admin.tabs.author import ENDED, kind_in_words
from biographies.models import BiographyJob
from bookgen_site.accounts.requests import StaffRequest
from bookgen_site.lib.mail_files import path_of
from notifications.letters.kinds import LetterKind
from notifications.letters.mailing import message_id, rendered
from notifications.models import Channel, Delivery
from notifications.resending import send_again


@require_safe
def page(request: StaffRequest, job_id: uuid.UUID, delivery_id: int) -> HttpResponse:
    """The message as plain text, with all that is known of its way."""
    job, row = _found(request, job_id, delivery_id)
    subject, text, _html = rendered(row) if _is_letter(row) else ("", "", "")
    rows = {
        "job": job,
        "mail": row,
        "kind": kind_in_words(row.kind),
        "subject": subject,
        "text": text,
        "on_disk": path_of(message_id(row)).is_file(),
        "again": row.state in ENDED,
    }
    return show(request, "desk/mail.html", kind_in_words(row.kind), rows)


@require_safe
def letter(request: StaffRequest, job_id: uuid.UUID, delivery_id: int) -> HttpResponse:
    """The letter as the mail program shows it, its styles in a file: this page's policy is as strict as any."""
    _job, row = _found(request, job_id, delivery_id)
    if not _is_letter(row):
        raise Http404
    _subject, _text, html = rendered(row, inline=False)
    return HttpResponse(html)


@require_safe
def file(request: StaffRequest, job_id: uuid.UUID, delivery_id: int) -> HttpResponseBase:
    """The bytes that were written where there is no mail server."""
    _job, row = _found(request, job_id, delivery_id)
    try:
        handle = path_of(message_id(row)).open("rb")
    except OSError as error:
        raise Http404 from error
    return FileResponse(
        handle, as_attachment=True, filename=f"{row.kind}.eml", content_type="application/octet-stream"
    )


@require_POST
def again(request: StaffRequest, job_id: uuid.UUID, delivery_id: int) -> HttpResponse:
    """Send it once more."""
    job, row = _found(request, job_id, delivery_id)
    if send_again(delivery=row, by=request.user):
        messages.success(request, _("It is sent again."))
    else:
        messages.info(request, _("It is still on its way."))
    return redirect("desk:author", job_id=job.pk)


def _found(request: HttpRequest, job_id: uuid.UUID, delivery_id: int) -> tuple[BiographyJob, Delivery]:
    job = workable_job(request, job_id)
    return job, get_object_or_404(Delivery, job_id=job.pk, pk=delivery_id)


def _is_letter(row: Delivery) -> bool:
    return row.channel == Channel.EMAIL and row.kind in LetterKind
