"""Comments on a text: saying, resolving, and finding the words again in a later revision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from biographies.errors import BookError, Forbidden, Stale
from biographies.models import Chapter, ChapterRevision, Comment
from biographies.models.comment import LONGEST, LONGEST_QUOTE
from biographies.queries import visible_to, workable_by
from biographies.states import require_unarchived
from bookgen_site.accounts.models import User
from bookgen_site.lib import clock
from bookgen_site.lib.text import clean_text
from notifications.publish import audit


@dataclass(frozen=True, slots=True)
class Place:
    """Words in a text: their number on the screen, where they begin in the plain text, and what they are."""

    number: int
    offset: int
    words: str


def comments_of(chapter: Chapter, user: User) -> QuerySet[Comment]:
    """What was said of this chapter, in order, for who may see the book; open ones first."""
    rows = Comment.objects.filter(chapter=chapter, chapter__job__in=visible_to(user))
    return rows.select_related("revision").defer("revision__text").order_by("resolved_at", "id")


def comment(
    *, revision: ChapterRevision, by: User, text: str, quote: str = "", offset: int = 0, name: str = ""
) -> Comment:
    """Say something of a sentence of this revision (or, without `quote`, of the chapter), as who may read the book.

    `name` is shown instead of the user's own, for instance that of an author's link. Raises Forbidden, and BookError
    when nothing is said.
    """
    chapter = revision.chapter
    if not visible_to(by).filter(pk=chapter.job_id).exists():
        raise Forbidden(_("You can't comment on this book."))
    require_unarchived(chapter.job)
    said = clean_text(text[:LONGEST]).strip()
    if not said:
        raise BookError(_("Write what you want to say."))
    return _stored(
        by,
        chapter=chapter,
        revision=revision,
        text=said,
        quote=clean_text(quote, multiline=False)[:LONGEST_QUOTE],
        offset=offset,
        author_name=clean_text(name, multiline=False)[:150] or by.get_username(),
    )


@transaction.atomic
def _stored(by: User, **columns: object) -> Comment:
    made = Comment.objects.create(author=by, **columns)
    after = {"comment": made.pk, "reason": made.text, "words": made.quote}
    audit(by=by, action="comment", target=str(made.chapter), job_id=made.chapter.job_id, after=after)
    return made


@transaction.atomic
def resolve_comment(*, comment: Comment, by: User) -> None:
    """Mark it as done with, as who works on the book or wrote it. Raises Forbidden, and Stale when it is already."""
    job_id = comment.chapter.job_id
    own = comment.author_id == by.pk and visible_to(by).filter(pk=job_id).exists()
    if not own and not workable_by(by).filter(pk=job_id).exists():
        raise Forbidden(_("Your role can't resolve this comment."))
    require_unarchived(comment.chapter.job)
    still_open = Comment.objects.filter(pk=comment.pk, resolved_at=None)
    if not still_open.update(resolved_at=clock.now(), resolved_by=by.get_username()):
        raise Stale(_("Somebody has resolved this comment already."))
    after = {"comment": comment.pk, "reason": comment.text}
    audit(by=by, action="resolve_comment", target=str(comment.chapter), job_id=job_id, after=after)


def placed(comments: Iterable[Comment], places: Sequence[Place]) -> dict[int, int]:
    """The number of the sentence that each comment belongs to, by the comment's id; those whose words are gone miss."""
    standing: dict[str, list[Place]] = {}
    for place in places:
        standing.setdefault(place.words, []).append(place)
    found = {}
    for one in comments:
        same = standing.get(one.quote, []) if one.quote else []
        if same:
            found[one.pk] = min(same, key=lambda place: abs(place.offset - one.offset)).number
    return found
