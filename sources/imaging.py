"""A file that somebody gives becomes an image of a book."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from biographies.images import StoredPicture, add_image
from biographies.models import BiographyJob, Image
from bookgen_site.accounts.models import User
from bookgen_site.lib import store
from sources.errors import Unreadable
from sources.intake import safe_name
from sources.pictures import cleaned, kind_of


def add_picture(
    *, job: BiographyJob, by: User, filename: str, data: bytes, **wanted: Any
) -> tuple[Image, bool]:
    """Decode a file, keep its clean bytes, and put it into the book; no transaction is open while it is decoded.

    `wanted` as of `add_image`. Raises Unreadable, with the file's name and what to do, and what `add_image` raises.
    """
    try:
        picture = cleaned(data)
    except Unreadable as problem:
        raise _named(problem, filename) from problem
    kept = StoredPicture(
        blob=store.put(picture.data),
        media_type=picture.media_type,
        width=picture.width,
        height=picture.height,
        size=len(picture.data),
    )
    return add_image(job=job, by=by, picture=kept, filename=safe_name(filename), **wanted)


def look_at(filename: str, data: bytes) -> None:
    """The cheap look, in the process of a request; raises Unreadable as `add_picture`."""
    try:
        kind_of(data)
    except Unreadable as problem:
        raise _named(problem, filename) from problem


def _named(problem: Unreadable, filename: str) -> Unreadable:
    names = {"file": safe_name(filename), "why": _(problem.reason)}
    return Unreadable(_("“%(file)s”: %(why)s") % names)
