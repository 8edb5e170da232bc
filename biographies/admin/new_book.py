"""The page “New biography”: one form that makes the job with its sources and starts it, or says why not."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from biographies.admin import uploads
from biographies.admin.forecast import forecast
from biographies.admin.making import BadSources, make_book
from biographies.admin.new_book_form import FIELD_OF, NewBookForm
from biographies.admin.shell import show
from biographies.budgets import ceiling
from biographies.errors import BadWish, BookError
from biographies.models import BiographyJob
from biographies.style_guides import default_guide
from biographies.team import team
from biographies.templatetags.desk import plain_dollars
from bookgen_site.accounts.requests import StaffRequest
from bookgen_site.lib.store import BlobMissing
from sources.demos import demo_folders
from sources.errors import SourceError
from sources.intake import SUFFIXES, read_folder
from sources.metadata import LIST_NAME, read_list


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: StaffRequest) -> HttpResponse:
    """The empty form; the form again with what is wrong; or the new book's page."""
    if not request.user.makes_books:
        raise PermissionDenied
    if request.method != "POST":
        return _shown(request, NewBookForm(initial=_fresh()), [])
    kept, problems = uploads.take(
        request.FILES.getlist("files"), uploads.from_notes(request.POST.getlist("kept"), request.user)
    )
    if "demo" in request.POST:
        return _with_demo(request, request.POST["demo"])
    if "estimate" in request.POST:
        return _shown(request, NewBookForm(initial=_as_sent(request)), kept, problems)
    form = NewBookForm(request.POST)
    for problem in problems:
        form.add_error("uploads", problem)
    return _made(request, form, kept) if form.is_valid() else _shown(request, form, kept)


def _made(request: StaffRequest, form: NewBookForm, kept: list[uploads.Kept]) -> HttpResponse:
    """Make the book and go to its page; what is refused is told beside its field."""
    try:
        job = make_book(by=request.user, kept=kept, **form.asked())
    except BadSources as refusal:
        for field, reason in refusal.reasons:
            form.add_error(field, reason)
    except BadWish as refusal:
        field = FIELD_OF.get(refusal.field, refusal.field)
        form.add_error(field if field in form.fields else None, str(refusal))
    except (BookError, SourceError, BlobMissing) as refusal:
        form.add_error(None, str(refusal))
    except IntegrityError:  # the button was pressed twice: the first time made the book
        job = BiographyJob.objects.get(owner=request.user, request_key=form.cleaned_data["once"])
        return redirect("desk:book", job_id=job.pk)
    else:
        messages.success(request, _("The work on “%s” has begun.") % job.character)
        return redirect("desk:book", job_id=job.pk)
    return _shown(request, form, kept)


def _with_demo(request: StaffRequest, name: str) -> HttpResponse:
    """The form filled with a subject whose sources ship with BookGen."""
    folder = next((one for one in demo_folders() if one.name == name), None)
    if folder is None:
        return redirect("desk:new")
    found = read_folder(folder)
    subject = found.listing.subject
    filled = _as_sent(request) if "character" in request.POST else _fresh()
    if subject:
        filled |= {"character": subject.name, "description": subject.description[:500]}
    kept = [uploads.keep_file(path, found.listing.entries.get(path.name)) for path in found.files]
    return _shown(request, NewBookForm(initial=filled), kept)


def _fresh() -> dict[str, Any]:
    """What an empty form begins with."""
    return {
        "once": secrets.token_urlsafe(24),
        "style_guide": default_guide("en"),
        "budget": plain_dollars(team().default_budget_micros),
    }


def _as_sent(request: StaffRequest) -> dict[str, Any]:
    """The fields as they were sent, for a form that isn't judged yet."""
    return {field: request.POST.get(field, "") for field in NewBookForm.base_fields}


@require_POST
def estimate(request: StaffRequest) -> HttpResponse:
    """The estimate alone, for static/desk/new.js: the cost of what the form asks for, files not yet sent included."""
    if not request.user.makes_books:
        raise PermissionDenied
    kept = uploads.from_notes(request.POST.getlist("kept"), request.user)
    return render(request, "desk/parts/estimate.html", {"estimate": forecast(request.POST, kept)})


def _shown(
    request: StaffRequest, form: NewBookForm, kept: list[uploads.Kept], problems: Sequence[str] = ()
) -> HttpResponse:
    rows: dict[str, Any] = {
        "form": form,
        "problems": problems,
        "estimate": forecast(request.POST, kept) if request.POST.get("author") or kept else None,
        "model_configured": settings.MODEL_CONFIGURED,
        "ceiling": ceiling(),
        "kept": [(one, uploads.as_note(one, request.user)) for one in kept],
        "kinds": ", ".join(suffix.lstrip(".").upper() for suffix in SUFFIXES if suffix != ".htm"),
        "accept": ",".join((*SUFFIXES, LIST_NAME.removeprefix("sources"))),
        "demos": _demos(),
    }
    return show(request, "desk/new.html", _("New biography"), rows, status=422 if form.errors else 200)


def _demos() -> list[tuple[str, str]]:
    """Folder and person of every subject that ships with BookGen."""
    named = []
    for folder in demo_folders():
        subject = read_list(folder).subject
        named.append((folder.name, subject.name if subject else folder.name))
    return named
