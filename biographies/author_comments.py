"""Comments by the holder of an author's link. They stand beside the editors' own on the review screen."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from biographies.errors import BookError, Forbidden
from biographies.models import Chapter, ChapterRevision, Comment
from biographies.models.comment import LONGEST, LONGEST_QUOTE
from bookgen_site.lib.text import clean_text
from notifications.events import Commented
from notifications.models import AuthorLink
from notifications.publish import audit, publish


@transaction.atomic
def comment_by_link(
    *, link: AuthorLink, revision: ChapterRevision, text: str, quote: str = "", offset: int = 0
) -> Comment:
    """Say something of a sentence, or without `quote` of the chapter; the editors are told by mail.

    Raises Forbidden where the job doesn't share its chapters with this link, BookError when nothing is said.
    """
    chapter = revision.chapter
    if chapter.job_id != link.job_id or not chapter.job.shares_chapters:
        raise Forbidden(_("You can't comment on this book."))
    said = clean_text(text[:LONGEST]).strip()
    if not said:
        raise BookError(_("Write what you want to say."))
    made = Comment.objects.create(
        chapter=chapter,
        revision=revision,
        text=said,
        quote=clean_text(quote, multiline=False)[:LONGEST_QUOTE],
        offset=offset,
        author_name=link.name[:150],
    )
    after = {"comment": made.pk, "reason": made.text, "words": made.quote}
    audit(by=None, name=link.name, action="comment", target=str(chapter), job_id=link.job_id, after=after)
    publish(link.job_id, Commented(chapter.pk, chapter.title, by=link.name, from_author=True))
    return made


def comments_by_link(chapter: Chapter, link: AuthorLink) -> QuerySet[Comment]:
    """What was said of the chapter under the link's name, by somebody without an account."""
    rows = Comment.objects.filter(chapter=chapter, author=None, author_name=link.name[:150])
    return rows.order_by("id")
