"""Puts the images of a job into its manuscript, and lists them with their credits behind the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from biographies.exports.manuscript import (
    BACK_MATTER,
    ILLUSTRATIONS,
    Block,
    Figure,
    Inline,
    Manuscript,
    Section,
)
from biographies.images import images_of
from biographies.models import BiographyJob, Chapter, Image
from biographies.models.image import ImagePlace
from bookgen_site.lib import store


def printable(job: BiographyJob) -> list[Image]:
    """The job's images in printing order, but for those of chapters that the book doesn't have."""
    written = Chapter.objects.filter(job=job, current_revision__isnull=False)
    numbers = set(written.values_list("chapter_number", flat=True))
    return [one for one in images_of(job.pk) if one.chapter is None or one.chapter in numbers]


def illustrated(book: Manuscript, images: Iterable[Image]) -> Manuscript:
    """The book with the images, and with a list of them before the bibliography. Raises BlobMissing."""
    told = [(one, figure_of(one)) for one in images]
    if not told:
        return book
    sections = [_with_images(one, told) for one in book.sections]
    behind = next((at for at, one in enumerate(sections) if one.kind in BACK_MATTER), len(sections))
    sections.insert(behind, _list(told))
    front = next((figure for row, figure in told if row.place == ImagePlace.FRONTISPIECE), None)
    return replace(book, sections=tuple(sections), frontispiece=front)


def figure_of(row: Image) -> Figure:
    """The image with its bytes, compared with their hash. Raises BlobMissing."""
    return Figure(
        data=store.get(row.blob),
        sha256=row.blob,
        media_type=row.media_type,
        width=row.width,
        height=row.height,
        caption=row.caption,
        credit=row.credit,
        alt=row.alt,
        rights=row.rights,
    )


def _with_images(section: Section, told: Sequence[tuple[Image, Figure]]) -> Section:
    if section.number is None:
        return section
    mine = [(row.place, figure) for row, figure in told if row.chapter == section.number]
    opening = tuple(figure for place, figure in mine if place == ImagePlace.OPENING)
    closing = tuple(figure for place, figure in mine if place == ImagePlace.END)
    return replace(section, opening=opening, closing=closing)


def _list(told: Iterable[tuple[Image, Figure]]) -> Section:
    blocks = tuple(Block("entry", tuple(_entry(row, figure))) for row, figure in told)
    return Section(ILLUSTRATIONS, _("Illustrations"), blocks)


def _entry(row: Image, figure: Figure) -> Iterator[Inline]:
    """Where it stands, what it is, and whose."""
    where = _("Frontispiece") if row.chapter is None else _("Chapter %d") % row.chapter
    yield Inline(f"{where}: ", italic=True)
    parts = [part for part in (figure.caption or figure.alt, figure.credit) if part]
    yield Inline(" ".join(_ended(part) for part in parts))


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…", "”", "»")) else f"{text}."
