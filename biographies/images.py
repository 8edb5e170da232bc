"""The images of a book: adding one, changing its words and place, taking it out, and reading them.

The bytes have been decoded and written anew before they come here (`sources.pictures`). An image is a person's
decision like an edit, with its own row in the audit; the approval of a text says nothing of images and isn't touched
by them. An export takes the images as they stand, and keeps what `as_printed` says of them.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.db.models import F, QuerySet, Sum
from django.utils.translation import gettext as _

from biographies.errors import BadWish, Forbidden, IllegalMove, Stale
from biographies.models import BiographyJob, Image
from biographies.models.image import LONGEST, ImagePlace
from biographies.queries import visible_to, workable_by
from biographies.states import require_unarchived
from bookgen_site.accounts.models import User
from bookgen_site.lib import queue
from bookgen_site.lib.text import clean_text
from notifications.publish import audit

MOST: Final = 100  # images of a book
MOST_BYTES: Final = 60_000_000  # of all of them: a book is made in memory
LAST_CHAPTER: Final = 999
WORDS: Final = tuple(LONGEST)
NEEDED: Final = ("alt", "rights")
ORDER: Final = {ImagePlace.FRONTISPIECE: 0, ImagePlace.OPENING: 1, ImagePlace.END: 2}


@dataclass(frozen=True, slots=True)
class StoredPicture:
    """Clean bytes in the store: their hash, what they are, and their measures in pixels and bytes."""

    blob: str
    media_type: str
    width: int
    height: int
    size: int


def images_of(job_id: uuid.UUID) -> list[Image]:
    """All images of a book in the order in which they are printed."""
    rows = Image.objects.filter(job_id=job_id)
    return sorted(
        rows, key=lambda one: (one.chapter or 0, ORDER[ImagePlace(one.place)], one.position, one.pk)
    )


def images_seen_by(user: User, job_id: uuid.UUID) -> QuerySet[Image]:
    """The images of a book that this person may see: all, or none."""
    return Image.objects.filter(job__in=visible_to(user), job_id=job_id)


def as_printed(images: Iterable[Image]) -> list[dict[str, Any]]:
    """What an export keeps of its images, in printing order: everything that it prints of them."""
    columns = ("place", "chapter", "caption", "credit", "alt")
    return [{"sha256": one.blob, **{name: getattr(one, name) for name in columns}} for one in images]


@transaction.atomic
def add_image(
    *, job: BiographyJob, by: User, picture: StoredPicture, filename: str = "", **wanted: Any
) -> tuple[Image, bool]:
    """Put a picture into the book, behind those of its place; the same bytes twice are one image.

    `wanted`: place, chapter, caption, credit, alt, rights. Returns it, and whether it is new. Raises BadWish with the
    field, Forbidden, and IllegalMove for an archived book and one that holds as many images as a book may.
    """
    locked = _locked(job.pk, by)
    present = Image.objects.filter(job=locked, blob=picture.blob).first()
    if present is not None:
        return present, False
    values = {name: _cleaned(name, wanted.pop(name, "")) for name in WORDS}
    values |= _placed(locked, wanted.pop("place", ""), wanted.pop("chapter", None))
    _refuse_unknown(wanted)
    _refuse_more(locked, picture)
    row = Image.objects.create(
        job=locked,
        blob=picture.blob,
        media_type=picture.media_type,
        width=picture.width,
        height=picture.height,
        size=picture.size,
        filename=clean_text(filename, multiline=False)[:255],
        position=_beside(locked, values).count() + 1,
        added_by=by,
        **values,
    )
    audit(by=by, action="add_image", target=str(row), job_id=locked.pk, after=as_printed([row])[0])
    return row, True


@transaction.atomic
def change_image(*, image: Image, by: User, version: int | None = None, **wanted: Any) -> Image:
    """Change words, place or position (from 1, among those of its place) of an image.

    Raises Stale when somebody has changed it since `version`, or taken it out; BadWish, Forbidden and IllegalMove.
    """
    locked = _locked(image.job_id, by)
    row = _present(image, version)
    position = wanted.pop("position", None)
    values = {name: _cleaned(name, wanted.pop(name)) for name in WORDS if name in wanted}
    if "place" in wanted or "chapter" in wanted:
        place = wanted.pop("place", row.place)
        chapter = wanted.pop("chapter", None if place == ImagePlace.FRONTISPIECE else row.chapter)
        values |= _placed(locked, place, chapter, row)
    _refuse_unknown(wanted)
    before = {name: getattr(row, name) for name in values if getattr(row, name) != values[name]}
    if {"place", "chapter"} & before.keys() and position is None:
        position = MOST + 1  # behind those that are there
    order = _moved(locked, row, values, position)
    if before or order:
        Image.objects.filter(pk=row.pk).update(**values, version=F("version") + 1)
        _number(order)
        after = {name: values[name] for name in before} | ({"position": position} if order else {})
        audit(by=by, action="change_image", target=str(row), job_id=locked.pk, before=before, after=after)
    row.refresh_from_db()
    return row


@transaction.atomic
def remove_image(*, image: Image, by: User, version: int | None = None) -> None:
    """Take an image out of the book; files that were exported with it keep it. Raises as `change_image`."""
    locked = _locked(image.job_id, by)
    row = _present(image, version)
    audit(by=by, action="remove_image", target=str(row), job_id=locked.pk, before=as_printed([row])[0])
    row.delete()
    queue.put("sources.prune", locked.pk)


def _locked(job_id: uuid.UUID, by: User) -> BiographyJob:
    """The job under its lock, so that two people number the images one after the other."""
    job = BiographyJob.objects.select_for_update(no_key=True).get(pk=job_id)
    if not workable_by(by).filter(pk=job_id).exists():
        raise Forbidden(_("Your role can't change the images of this book."))
    require_unarchived(job)
    return job


def _present(image: Image, version: int | None) -> Image:
    row = Image.objects.filter(pk=image.pk).first()
    if row is None or (version is not None and row.version != version):
        raise Stale(_("Somebody has changed this image since you opened it. Look at it again."))
    return row


def _cleaned(name: str, text: str) -> str:
    cleaned = clean_text(text, multiline=False)
    if not cleaned and name in NEEDED:
        told = {
            "alt": _("Say what the image shows, for those who can’t see it."),
            "rights": _("Say who allows the print: a licence, a letter, or why none is needed."),
        }
        raise BadWish(name, told[name])
    if len(cleaned) > LONGEST[name]:
        raise BadWish(name, _("Longer than %d characters.") % LONGEST[name])
    return cleaned


def _placed(job: BiographyJob, place: str, chapter: int | None, row: Image | None = None) -> dict[str, Any]:
    if place not in ImagePlace.values:
        raise BadWish("place", _("Choose one of: %s.") % ", ".join(ImagePlace.values))
    if place == ImagePlace.FRONTISPIECE:
        _refuse_second_frontispiece(job, row)
        if chapter is not None:
            raise BadWish("chapter", _("A frontispiece stands before all chapters."))
    elif chapter is None or not 1 <= chapter <= LAST_CHAPTER:
        raise BadWish("chapter", _("Give the number of the chapter."))
    return {"place": place, "chapter": chapter}


def _refuse_second_frontispiece(job: BiographyJob, row: Image | None) -> None:
    others = Image.objects.filter(job=job, place=ImagePlace.FRONTISPIECE)
    if others.exclude(pk=row.pk if row else 0).exists():
        raise BadWish("place", _("The book has a frontispiece already. Move that one first."))


def _refuse_unknown(rest: Mapping[str, Any]) -> None:
    for name in rest:
        raise BadWish(name, _("There is no such setting."))


def _refuse_more(job: BiographyJob, picture: StoredPicture) -> None:
    rows = Image.objects.filter(job=job)
    held = rows.aggregate(bytes=Sum("size"))["bytes"] or 0
    if rows.count() >= MOST or held + picture.size > MOST_BYTES:
        told = _("A book holds up to %(n)d images and %(m)d MB of them. Take one out first.")
        raise IllegalMove(told % {"n": MOST, "m": MOST_BYTES // 1_000_000})


def _beside(job: BiographyJob, values: Mapping[str, Any]) -> QuerySet[Image]:
    rows = Image.objects.filter(job=job, place=values["place"], chapter=values["chapter"])
    return rows.order_by("position", "pk")


def _moved(job: BiographyJob, row: Image, values: Mapping[str, Any], position: int | None) -> list[int]:
    """The ids of the images of its place in their new order; empty where the order stays."""
    there = {"place": values.get("place", row.place), "chapter": values.get("chapter", row.chapter)}
    others = list(_beside(job, there).exclude(pk=row.pk).values_list("pk", flat=True))
    if position is None:
        return []
    if position < 1:
        raise BadWish("position", _("Positions are counted from 1."))
    others.insert(position - 1, row.pk)
    now = list(_beside(job, there).values_list("pk", flat=True))
    return others if others != now else []


def _number(order: Iterable[int]) -> None:
    for number, pk in enumerate(order, start=1):
        Image.objects.filter(pk=pk).exclude(position=number).update(position=number)
