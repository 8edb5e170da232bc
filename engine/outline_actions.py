"""Changing the outline before anything is written, and approving it.

Every action names the `version` of the job that the person saw. Whoever comes second with an older one is
told so, and nothing is changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from biographies.errors import BookError, IllegalMove, Stale
from biographies.models import BiographyJob, Chapter
from biographies.queries import numbered_chapters
from biographies.states import must_move_job
from biographies.vocabulary import ChapterKind, JobStatus
from bookgen_site.accounts.models import User
from bookgen_site.lib import clock, queue
from bookgen_site.lib.text import clean_text
from engine.locking import require
from engine.outline import can_be_shaped
from notifications.events import ChapterChange
from notifications.publish import audit, publish
from sources.models import Fact

MOST_WORDS = 50_000  # of one chapter
ABOVE_ALL = 5_000  # chapter numbers out of the way while new ones are given


@transaction.atomic
def approve_outline(*, job: BiographyJob, by: User, version: int) -> None:
    """Let the writing begin with the outline as it was seen."""
    _open(job, by, version)
    chapters = list(numbered_chapters(job.pk))
    must_move_job(
        job,
        JobStatus.RUNNING,
        frm=frozenset({JobStatus.PAUSED}),
        error_message="",
        outline_approved_at=clock.now(),
    )
    after = {"chapters": len(chapters), "words": sum(one.target_words for one in chapters)}
    audit(by=by, action="approve_outline", target=job.character, job_id=job.pk, after=after)
    queue.put("engine.look", job.pk)


@transaction.atomic
def describe(
    *, chapter: Chapter, by: User, version: int, title: str, synopsis: str, target_words: int
) -> None:
    """Give a chapter another title, synopsis and number of words."""
    job = _begin(chapter, by, version)
    title = clean_text(title, multiline=False).strip()[:255]
    if not title:
        raise BookError(_("A chapter needs a title."))
    if not 0 <= target_words <= MOST_WORDS:
        raise BookError(_("Give a whole number from %(low)d to %(high)d.") % {"low": 0, "high": MOST_WORDS})
    wanted = {"title": title, "synopsis": clean_text(synopsis)[:2000], "target_words": target_words}
    before = {field: getattr(chapter, field) for field in wanted}
    after = {field: value for field, value in wanted.items() if value != before[field]}
    if after:
        Chapter.objects.filter(pk=chapter.pk).update(**after, version=F("version") + 1)
        _written(job, by, "change_chapter", chapter, {field: before[field] for field in after}, after)


@transaction.atomic
def reorder(*, chapter: Chapter, by: User, version: int, place: int) -> None:
    """Put a chapter at another place: 1 is the first; a place beyond the ends is the nearest there is."""
    job = _begin(chapter, by, version)
    order = [one.pk for one in numbered_chapters(job.pk)]
    before = order.index(chapter.pk) + 1
    order.remove(chapter.pk)
    place = min(max(place, 1), len(order) + 1)
    order.insert(place - 1, chapter.pk)
    if place != before:
        _number(job, order)
        _written(job, by, "reorder_chapter", chapter, {"chapter_number": before}, {"chapter_number": place})


@transaction.atomic
def merge(*, chapter: Chapter, by: User, version: int) -> None:
    """Make one chapter of this and the next: its facts come after this one's, its words are added."""
    job = _begin(chapter, by, version)
    following = numbered_chapters(job.pk).filter(chapter_number__gt=chapter.chapter_number).first()
    if following is None:
        raise BookError(_("There is no chapter after this one to merge it with."))
    told = [*_told(chapter), *_told(following)]
    Fact.objects.filter(chapter=following).update(chapter=chapter)
    _place(told)
    words = min(chapter.target_words + following.target_words, MOST_WORDS)
    synopsis = "\n".join(text for text in (chapter.synopsis, following.synopsis) if text)
    Chapter.objects.filter(pk=chapter.pk).update(
        target_words=words, synopsis=synopsis, version=F("version") + 1
    )
    gone = following.title
    following.delete()
    _number(job, [one.pk for one in numbered_chapters(job.pk)])
    _written(job, by, "merge_chapters", chapter, {"chapter": gone}, {"target_words": words})


@transaction.atomic
def split(*, chapter: Chapter, by: User, version: int, fact_id: int, title: str = "") -> Chapter:
    """Begin a new chapter with this fact: it and those after it move there, the words in proportion."""
    job = _begin(chapter, by, version)
    told = _told(chapter)
    place = next((number for number, one in enumerate(told) if one.pk == fact_id), 0)
    if not place:
        raise BookError(_("Choose a fact after the first: the new chapter begins with it."))
    order = [one.pk for one in numbered_chapters(job.pk)]
    words = chapter.target_words * place // len(told)
    new = _second_half(chapter, job, title, len(order) + 1, chapter.target_words - words)
    Chapter.objects.filter(pk=chapter.pk).update(target_words=words, version=F("version") + 1)
    Fact.objects.filter(pk__in=[one.pk for one in told[place:]]).update(chapter=new)
    _place(told[:place])
    _place(told[place:])
    order.insert(order.index(chapter.pk) + 1, new.pk)
    _number(job, order)
    _written(
        job, by, "split_chapter", chapter, {"target_words": chapter.target_words}, {"chapter": new.title}
    )
    return new


def _second_half(chapter: Chapter, job: BiographyJob, title: str, number: int, words: int) -> Chapter:
    with translation.override(job.language):
        continued = _("%s, continued") % chapter.title[:230]
    named = clean_text(title, multiline=False).strip()[:255] or continued
    return Chapter.objects.create(
        job=job, kind=ChapterKind.CHAPTER, chapter_number=number, title=named, target_words=words
    )


@transaction.atomic
def move_fact(*, fact: Fact, to: Chapter, by: User, version: int) -> None:
    """Tell a fact in another chapter, at its place in time there."""
    job = _begin(to, by, version)
    fact = Fact.objects.select_related("chapter").get(pk=fact.pk, job=job)
    _not_the_last(fact)
    before = str(fact.chapter) if fact.chapter else ""
    told = [one for one in _told(to) if one.pk != fact.pk]
    told.insert(_place_in_time(fact, told), fact)
    Fact.objects.filter(pk=fact.pk).update(chapter=to)
    _place(told)
    _written(job, by, "move_fact", to, {"chapter": before}, {"chapter": str(to), "fact": str(fact)})


@transaction.atomic
def leave_out(*, fact: Fact, chapter: Chapter, by: User, version: int) -> None:
    """Keep a fact in reserve: its chapter doesn't tell it."""
    job = _begin(chapter, by, version)
    fact = Fact.objects.select_related("chapter").get(pk=fact.pk, job=job, chapter=chapter)
    _not_the_last(fact)
    Fact.objects.filter(pk=fact.pk).update(position=None)
    _written(job, by, "leave_out_fact", chapter, {"fact": str(fact)}, {})


def _place_in_time(fact: Fact, told: Sequence[Fact]) -> int:
    """Where it belongs among the dated ones; at the end when it has no date."""
    if fact.date_start is None:
        return len(told)
    earlier = [n for n, one in enumerate(told, 1) if one.date_start and one.date_start <= fact.date_start]
    return max(earlier, default=0)


def _not_the_last(fact: Fact) -> None:
    """A chapter without a fact can't be written."""
    if fact.chapter is None or fact.position is None or fact.chapter.kind != ChapterKind.CHAPTER:
        return
    if len(_told(fact.chapter)) == 1:
        raise BookError(_("It is the only fact of its chapter. Merge the chapter with another one instead."))


def _told(chapter: Chapter) -> list[Fact]:
    """The facts that the chapter tells, in order, without their heavy columns."""
    rows = Fact.objects.filter(chapter=chapter, position__isnull=False).order_by("position", "pk")
    return list(rows.only("pk", "date_start", "position", "chapter_id", "text"))


def _place(told: Sequence[Fact]) -> None:
    for position, fact in enumerate(told):
        fact.position = position
    Fact.objects.bulk_update(told, ["position"], batch_size=200)


def _number(job: BiographyJob, order: Sequence[int]) -> None:
    """Number the chapters in this order, from 1; no number is ever held twice on the way."""
    rows = Chapter.objects.filter(job=job, kind=ChapterKind.CHAPTER)
    rows.update(chapter_number=F("chapter_number") + ABOVE_ALL)
    numbered = [Chapter(pk=pk, chapter_number=number) for number, pk in enumerate(order, 1)]
    Chapter.objects.bulk_update(numbered, ["chapter_number"])


def _begin(chapter: Chapter, by: User, version: int) -> BiographyJob:
    """Lock the job and read the chapter anew; raises as `_open` does, and when the chapter is gone."""
    job = BiographyJob.objects.get(pk=chapter.job_id)
    _open(job, by, version)
    if not Chapter.objects.filter(pk=chapter.pk, kind=ChapterKind.CHAPTER).exists():
        raise Stale(_("This chapter isn't part of the outline any more."))
    chapter.refresh_from_db()
    return job


def _open(job: BiographyJob, by: User, version: int) -> None:
    require(by, job)
    if not can_be_shaped(job):
        raise IllegalMove(_("The outline can be changed while the work rests and no chapter has been begun."))
    if job.version != version:
        raise Stale(_("Somebody has changed the outline since you read it. Here is how it stands now."))


def _written(
    job: BiographyJob, by: User, action: str, chapter: Chapter, before: dict[str, Any], after: dict[str, Any]
) -> None:
    """Raise the version, write the audit, and tell pages that are open."""
    BiographyJob.objects.filter(pk=job.pk).update(version=F("version") + 1, updated_at=clock.now())
    audit(by=by, action=action, target=str(chapter), job_id=job.pk, before=before, after=after)
    publish(job.pk, ChapterChange(chapter=chapter.pk, status=chapter.status))
