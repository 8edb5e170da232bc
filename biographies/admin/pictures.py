"""The images of a book: adding one, changing its words and place, taking it out, showing it."""

from __future__ import annotations

import uuid
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from biographies.admin import picture_uploads as uploads
from biographies.admin.books import tab_page
from biographies.admin.lookups import visible_job, workable_job
from biographies.admin.pictures_form import PictureForm, form_of
from biographies.admin.shell import refusals_told
from biographies.errors import BadWish
from biographies.images import add_image, change_image, remove_image
from biographies.models import BiographyJob, Image
from bookgen_site.accounts.requests import StaffRequest
from bookgen_site.lib import store
from sources.errors import SourceError

WRONG: Final = 422


@require_POST
def add(request: StaffRequest, job_id: uuid.UUID) -> HttpResponse:
    """Put a picture into the book; what is wrong is told beside its field, and the file isn't asked for again."""
    job = workable_job(request, job_id)
    form, kept, problem = PictureForm(request.POST), None, ""
    try:
        kept = uploads.taken(request)
    except SourceError as trouble:
        problem = trouble.reason
    if form.is_valid() and kept is not None and _added(request, job, form, kept):
        return redirect("desk:images", job_id=job.pk)
    form.is_valid()
    more = {
        "form": form,
        "kept": kept,
        "note": uploads.as_note(kept, request.user) if kept else "",
        "file_error": problem or ("" if kept else _("Choose a picture.")),
        "wrong": True,
    }
    return tab_page(request, job.pk, "images", more, status=WRONG)


def _added(request: StaffRequest, job: BiographyJob, form: PictureForm, kept: uploads.Kept) -> bool:
    try:
        with refusals_told(request, BadWish):
            _row, fresh = add_image(
                job=job, by=request.user, picture=kept.picture, filename=kept.filename, **form.cleaned_data
            )
            told = _("The image is in the book.") if fresh else _("The book has this picture already.")
            messages.success(request, told)
    except BadWish as wrong:
        _tell(form, wrong)
        return False
    return True


def _tell(form: forms.Form, wrong: BadWish) -> None:
    form.add_error(wrong.field if wrong.field in form.fields else None, str(wrong))


@require_POST
def change(request: StaffRequest, job_id: uuid.UUID, image_id: int, deed: str) -> HttpResponse:
    """Change the words and the place of an image, move it among its neighbours, or take it out."""
    job = workable_job(request, job_id)
    if deed not in DEEDS:
        raise Http404
    image = get_object_or_404(Image, job=job, pk=image_id)
    form = form_of(image, request.POST)
    try:
        with refusals_told(request, BadWish):
            if not DEEDS[deed](request, image, form):
                return _again(request, job, image, form)
    except BadWish as wrong:
        _tell(form, wrong)
        return _again(request, job, image, form)
    return redirect("desk:images", job_id=job.pk)


def _again(request: StaffRequest, job: BiographyJob, image: Image, form: PictureForm) -> HttpResponse:
    return tab_page(request, job.pk, "images", {"wrong": True, "wrong_forms": {image.pk: form}}, status=WRONG)


def _version(request: StaffRequest) -> int:
    """The version that was on the page; 0, which is none's, for what is no number."""
    told = request.POST.get("version", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 10 else 0


def _describe(request: StaffRequest, image: Image, form: PictureForm) -> bool:
    if not form.is_valid():
        return False
    change_image(image=image, by=request.user, version=_version(request), **form.cleaned_data)
    messages.success(request, _("The image is changed."))
    return True


def _up(request: StaffRequest, image: Image, _form: PictureForm) -> bool:
    position = max(1, image.position - 1)
    change_image(image=image, by=request.user, version=_version(request), position=position)
    return True


def _down(request: StaffRequest, image: Image, _form: PictureForm) -> bool:
    change_image(image=image, by=request.user, version=_version(request), position=image.position + 1)
    return True


def _remove(request: StaffRequest, image: Image, _form: PictureForm) -> bool:
    remove_image(image=image, by=request.user, version=_version(request))
    messages.success(request, _("The image is taken out. Files that were exported with it keep it."))
    return True


DEEDS: Final[dict[str, Any]] = {"describe": _describe, "up": _up, "down": _down, "remove": _remove}


@require_safe
def file(request: StaffRequest, job_id: uuid.UUID, image_id: int) -> HttpResponse:
    """The picture itself, for those who may see the book: as what it was found to be, and as nothing else."""
    image = get_object_or_404(Image, job=visible_job(request, job_id), pk=image_id)
    try:
        data = store.get(image.blob)
    except store.BlobMissing as error:
        raise Http404 from error
    answer = HttpResponse(data, content_type=image.media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Disposition"] = f'inline; filename="{image.stored_name}"'
    answer["Cache-Control"] = "private, max-age=300"
    return answer
