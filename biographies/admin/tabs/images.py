"""The images of the book in the order in which they are printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from biographies.admin.book_head import Head
from biographies.admin.pictures_form import PictureForm, form_of
from biographies.images import images_of
from biographies.models import Image
from sources.pictures import SUFFIXES

LEAST_PIXELS = 700  # of the longer side; less fills no half of a page


@dataclass(frozen=True, slots=True)
class ShownImage:
    """An image with its form; `lost`: the book has no chapter of its number, so it isn't printed."""

    row: Image
    form: PictureForm
    lost: bool
    first: bool
    last: bool

    @property
    def small(self) -> bool:
        """Whether it is printed small, since it has few pixels."""
        return max(self.row.width, self.row.height) < LEAST_PIXELS


def rows(head: Head, _asked: QueryDict) -> dict[str, Any]:
    """One query, whatever the number of images."""
    images = images_of(head.job.pk)
    may_change = head.may_work and head.job.archived_at is None
    return {
        "images": [_shown(one, images, head) for one in images],
        "may_change": may_change,
        "form": PictureForm(),
        "wrong_forms": {},  # of an answer to a form that wasn't right
        "accept": ",".join(SUFFIXES),
    }


def _shown(row: Image, images: list[Image], head: Head) -> ShownImage:
    beside = [one.pk for one in images if (one.place, one.chapter) == (row.place, row.chapter)]
    numbers = {one.chapter_number for one in head.chapters}
    lost = bool(head.chapters) and row.chapter is not None and row.chapter not in numbers
    return ShownImage(row, form_of(row), lost, beside[0] == row.pk, beside[-1] == row.pk)
