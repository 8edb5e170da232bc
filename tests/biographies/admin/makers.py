"""Rows for tests of the desk: people in their roles, and books at every stage, made without the engine."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.models import Group

from biographies.actions import Seen, add_revision, record_findings
from biographies.models import BiographyJob, Chapter, ChapterRevision
from biographies.vocabulary import ChapterKind, ChapterStatus, Origin, Severity
from bookgen_site.accounts.models import User
from engine.models import Run
from sources.actions import CitationDraft, record_validation, store_citations
from sources.models import Source

TEXT = "She was born by the sea. Her father kept bees. In 1901 she went to the city and studied."
SENTENCES = ("She was born by the sea.", "Her father kept bees.", "In 1901 she went to the city and studied.")


def person(name: str, *role_names: str, **columns: Any) -> User:
    """Somebody who may log in to the desk, in these roles."""
    user = User.objects.create(username=name, is_staff=True, **columns)
    user.groups.set(Group.objects.filter(name__in=role_names))
    return user


def book(owner: User, **columns: Any) -> BiographyJob:
    """A job with an active run, in whatever state is wanted."""
    columns = {"character": "Ada Example", "status": "needs_review", "progress": 95.0} | columns
    job = BiographyJob.objects.create(owner=owner, **columns)
    Run.objects.create(job=job)
    return job


def source(job: BiographyJob, number: int = 1, **columns: Any) -> Source:
    """A valid source of one passage."""
    columns = {"title": f"Letters {number}", "text": TEXT, "valid": True} | columns
    made = Source.objects.create(job=job, number=number, url=f"upload:{uuid.uuid4()}", **columns)
    record_validation(source=made, passages=[(0, max(1, len(made.text)))])
    return made


def chapter(job: BiographyJob, number: int = 1, **columns: Any) -> Chapter:
    """A chapter without a text."""
    columns = {"title": f"Chapter title {number}", "target_words": 100} | columns
    if columns.get("kind", ChapterKind.CHAPTER) == ChapterKind.CHAPTER:
        columns["chapter_number"] = number
    return Chapter.objects.create(job=job, **columns)


def revision(of: Chapter, text: str = "", origin: Origin = Origin.GENERATED) -> ChapterRevision:
    """A text that cites the sentences of source 1, whatever state the chapter was in."""
    Chapter.objects.filter(pk=of.pk, status=ChapterStatus.APPROVED).update(status=ChapterStatus.NEEDS_REVIEW)
    text = text or " ".join(f"{words}[^{place}]" for place, words in enumerate(SENTENCES, 1))
    made = add_revision(chapter=of, text=text, words=len(text.split()), origin=origin, by=None)
    of.refresh_from_db()
    return made


def cite(of: ChapterRevision, **columns: Any) -> None:
    """Tie the three sentences to source 1."""
    drafts = []
    for number, words in enumerate(SENTENCES, 1):
        start = TEXT.index(words)
        columns = {"verdict": "verbatim"} | columns
        drafts.append(CitationDraft(number, 1, start, start + len(words), words, words, **columns))
    store_citations(revision=of, drafts=drafts)


def finding(
    of: ChapterRevision | None, severity: Severity = Severity.ERROR, message: str = "Something is off."
) -> None:
    """Something that a check saw in this text."""
    assert of is not None
    seen = Seen("test", severity, message)
    record_findings(job=of.chapter.job, revision=of, checks=[f"test-{message}"], seen=[seen])


def written_book(owner: User, chapters: int = 2, **columns: Any) -> BiographyJob:
    """A book at review: one source, and chapters with cited texts."""
    job = book(owner, **columns)
    source(job)
    for number in range(1, chapters + 1):
        cite(revision(chapter(job, number)))
    return job
