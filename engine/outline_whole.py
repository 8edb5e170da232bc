"""The whole outline at once, as a client program sends it back: another order, other titles, synopses and words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from biographies.errors import BadWish, Stale
from biographies.models import BiographyJob, Chapter
from biographies.queries import numbered_chapters
from bookgen_site.accounts.models import User
from engine.locking import require
from engine.outline_actions import describe, described, number_anew, open_outline, written_down


@dataclass(frozen=True, slots=True)
class PlacedChapter:
    """A chapter of the outline at its new place; `id` says which."""

    id: int
    title: str
    synopsis: str
    target_words: int


@transaction.atomic
def put_outline(*, job: BiographyJob, by: User, version: int, chapters: Sequence[PlacedChapter]) -> None:
    """Give every chapter the place, title, synopsis and words that it has here; each is named once.

    Merging, splitting and moving facts are acts of their own (`engine.outline_actions`).
    """
    open_outline(job, by, version)
    rows = {row.pk: row for row in numbered_chapters(job.pk)}
    if sorted(one.id for one in chapters) != sorted(rows):
        raise BadWish("chapters", _("Name every chapter of the outline once, in the order you want."))
    before = [_told(row) for row in rows.values()]
    for place, one in enumerate(chapters, 1):
        row = rows[one.id]
        for field, value in described(one.title, one.synopsis, one.target_words).items():
            setattr(row, field, value)
        row.chapter_number = place
        row.version += 1
    after = [_told(rows[one.id]) for one in chapters]
    if after != before:
        Chapter.objects.bulk_update(rows.values(), ["title", "synopsis", "target_words", "version"])
        number_anew(job, [one.id for one in chapters])
        written_down(job, by, "put_outline", rows[chapters[0].id], {"chapters": before}, {"chapters": after})


def _told(row: Chapter) -> dict[str, Any]:
    return {
        "id": row.pk,
        "title": row.title,
        "synopsis": row.synopsis,
        "target_words": row.target_words,
    }


@transaction.atomic
def change_chapter(*, chapter: Chapter, by: User, version: int | None, **wanted: Any) -> None:
    """Another title, synopsis or number of words for a chapter that is still as it was read (`version`; None: any).

    Raises Stale when it isn't, and as `describe` does.
    """
    job = BiographyJob.objects.get(pk=chapter.job_id)
    require(by, job)
    chapter.refresh_from_db()
    if version is not None and chapter.version != version:
        raise Stale(_("“%s” has changed since you read it. Read it again.") % chapter)
    kept = {field: getattr(chapter, field) for field in ("title", "synopsis", "target_words")}
    describe(chapter=chapter, by=by, version=job.version, **(kept | wanted))
