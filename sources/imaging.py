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
from sources.pictures import cleaned


def add_picture(
    *, job: BiographyJob, by: User, filename: str, data: bytes, **wanted: Any
) -> tuple[Image, bool]:
    """Decode a file, keep its clean bytes, and put it into the book.

    `wanted` as of `add_image`. Raises Unreadable, with the file's name and what to do, and what `add_image` raises.
    """
    picture = stored(filename, data)
    return add_image(job=job, by=by, picture=picture, filename=safe_name(filename), **wanted)


def stored(filename: str, data: bytes) -> StoredPicture:
    """Decode a file and keep its clean bytes, with no transaction open. Raises Unreadable."""
    try:
        picture = cleaned(data)
    except Unreadable as problem:
        names = {"file": safe_name(filename), "why": _(problem.reason)}
        raise Unreadable(_("“%(file)s”: %(why)s") % names) from problem
    return StoredPicture(
        blob=store.put(picture.data),
        media_type=picture.media_type,
        width=picture.width,
        height=picture.height,
        size=len(picture.data),
    )
