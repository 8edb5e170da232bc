"""Comments: who may say and resolve, what is kept, and where the words stand in a later text."""

from __future__ import annotations

import pytest

from biographies.comments import Place, comment, comments_of, placed, resolve_comment
from biographies.errors import BookError, Forbidden, Stale
from biographies.models import Comment
from bookgen_site.accounts import roles
from bookgen_site.accounts.models import User
from notifications.models import AuditEntry
from tests.fakes import rows

pytestmark = pytest.mark.django_db


def test_who_reads_the_book_may_comment_and_the_audit_keeps_it(writer: User) -> None:
    job = rows.job(author_email=writer.email)
    revision = rows.revision(chapter=rows.chapter(job=job))
    made = comment(revision=revision, by=writer, text=" She was\u202e five. ", quote="Ada  Quill.", offset=4)
    assert (made.text, made.quote, made.offset) == ("She was five.", "Ada Quill.", 4)
    assert (made.author, made.author_name, made.chapter) == (writer, writer.username, revision.chapter)
    entry = AuditEntry.objects.get(action="comment")
    assert (entry.actor, entry.job_id, entry.after["reason"]) == (writer.username, job.pk, "She was five.")
    named = comment(revision=revision, by=writer, text="So.", name="The author")
    assert named.author_name == "The author"


def test_who_doesnt_see_the_book_neither_says_nor_reads(writer: User) -> None:
    revision = rows.revision()
    stranger = rows.person(roles.EDITOR)
    for person in (writer, stranger):
        with pytest.raises(Forbidden):
            comment(revision=revision, by=person, text="Mine.")
    owner = revision.chapter.job.owner
    comment(revision=revision, by=owner, text="Ours.")
    assert [one.text for one in comments_of(revision.chapter, owner)] == ["Ours."]
    assert not comments_of(revision.chapter, stranger).exists()


@pytest.mark.parametrize("text", ["", "  \n", "\u200b\u202e"])
def test_nothing_said_is_no_comment(text: str) -> None:
    revision = rows.revision()
    with pytest.raises(BookError):
        comment(revision=revision, by=revision.chapter.job.owner, text=text)
    assert not Comment.objects.exists()


def test_a_comment_is_resolved_once_by_who_works_there_or_wrote_it(writer: User, chief: User) -> None:
    job = rows.job(author_email=writer.email)
    revision = rows.revision(chapter=rows.chapter(job=job))
    theirs = comment(revision=revision, by=job.owner, text="Is it so?")
    with pytest.raises(Forbidden):
        resolve_comment(comment=theirs, by=writer)
    own = comment(revision=revision, by=writer, text="I was five.")
    resolve_comment(comment=own, by=writer)
    resolve_comment(comment=theirs, by=chief)
    with pytest.raises(Stale):
        resolve_comment(comment=theirs, by=job.owner)
    theirs.refresh_from_db()
    assert (theirs.resolved_by, theirs.resolved_at is None) == (chief.username, False)
    assert AuditEntry.objects.filter(action="resolve_comment").count() == 2


def test_words_are_found_again_at_the_nearest_place_and_gone_words_nowhere() -> None:
    places = [Place(1, 0, "He came."), Place(2, 9, "She saw."), Place(3, 90, "He came.")]
    said = [
        Comment(pk=7, quote="He came.", offset=80),
        Comment(pk=8, quote="He came.", offset=3),
        Comment(pk=9, quote="They left.", offset=9),
        Comment(pk=10, quote="", offset=0),
    ]
    assert placed(said, places) == {7: 3, 8: 1}
