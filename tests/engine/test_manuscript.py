"""The imprint says of the approvals what they say of themselves."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from biographies.actions import approve
from biographies.models import Approval, BiographyJob, Chapter
from biographies.vocabulary import Manner
from bookgen_site.accounts.models import User
from engine import manuscript, reading
from engine.errors import NotApproved
from notifications.models import AuditEntry
from tests.fakes import rows

pytestmark = pytest.mark.django_db


def _book(by: User, *manners: Manner, author: str = "extractive") -> BiographyJob:
    job = rows.job(status="needs_review", author=author)
    for manner in manners:
        chapter = rows.written(job=job)
        assert chapter.current_revision
        approve(chapter=chapter, sha256=chapter.current_revision.sha256, by=by, manner=manner)
    return job


@pytest.mark.parametrize(
    ("manners", "said"),
    [
        (
            [Manner.SINGLE, Manner.SINGLE],
            "Each chapter was approved by a person before this book was printed.",
        ),
        ([Manner.SINGLE, Manner.TOGETHER], "A person approved the chapters, some of them together,"),
        ([Manner.UNREAD, Manner.UNREAD], "all together, unread, in the name of the program’s operator."),
        ([Manner.SINGLE, Manner.UNREAD], "Some chapters were approved together, unread,"),
    ],
)
@pytest.mark.parametrize("author", ["extractive", "model"])
def test_the_imprint_is_true(chief: User, manners: list[Manner], said: str, author: str) -> None:
    job = _book(chief, *manners, author=author)
    book, _hashes = manuscript.build(job)
    assert said in book.imprint[-2]
    told = AuditEntry.objects.filter(action="approve").values_list("after", flat=True)
    assert sorted(after["manner"] for after in told) == sorted(manners)


def test_only_the_approvals_of_the_printed_texts_count(chief: User) -> None:
    job = _book(chief, Manner.SINGLE)
    chapter = job.chapters.get()
    rows.approval(revision=rows.revision(chapter=chapter), manner="unread")
    book, _hashes = manuscript.build(job)
    assert book.imprint[-2].startswith("Each chapter was approved by a person")


def test_a_draft_holds_what_is_written_and_says_how_much_is_approved(chief: User) -> None:
    job = _book(chief, Manner.SINGLE)
    rows.written(job=job)
    rows.chapter(job=job)
    with pytest.raises(NotApproved):
        manuscript.build(job)
    book, hashes = manuscript.build(job, draft=True)
    assert (book.draft, len(book.sections), len(hashes)) == (True, 2, 2)
    assert "Sections: 2. Approved by a person: 1." in book.imprint[-2]


def test_the_imprint_names_team_year_models_and_sources(chief: User, settings: Settings) -> None:
    settings.BOOK_PUBLISHER = "A House"
    job = rows.with_sources(_book(chief, Manner.SINGLE, author="model"))
    unit = rows.unit(run=rows.run(job=job))
    for served in ("b/writer", "a/checker", "b/writer"):
        rows.call(unit=unit, status="answered", answer="yes", model_served=served)
    rows.call(unit=unit, status="failed", model_served="c/silent")
    book, _hashes = manuscript.build(job)
    assert book.imprint[0] == f"A House, {book.year}"
    assert "Models: a/checker, b/writer." in book.imprint
    assert "Sources, all named in the bibliography: 3." in book.imprint
    assert book.imprint[-1] == f"Fingerprint of the text: {book.fingerprint}"


def test_what_was_approved_is_what_is_printed(chief: User) -> None:
    job = _book(chief, Manner.SINGLE, Manner.SINGLE)
    book, hashes = manuscript.build(job)
    approved = [one.revision_sha256 for one in Approval.objects.order_by("pk")]
    assert [section.sha256 for section in book.sections] == approved == list(hashes.values())
    for chapter, section in zip(job.chapters.order_by("pk"), book.sections, strict=True):
        told = ["".join(inline.text for inline in block.inlines) for block in section.blocks]
        assert "\n".join(told) == reading.plain(chapter.content)


def test_the_index_names_what_the_facts_behind_a_sentence_name(chief: User) -> None:
    job = rows.job(status="needs_review")
    source = rows.judged("Ada Quill met Jane Doe in Hull.", job=job)
    rows.fact(job=job, spans=[[source.number, 0, 31]], people=["Jane Doe", "John Roe"], places=["Hull"])
    chapter = rows.written(job=job)
    text = rows.revision(chapter=chapter, text="Ada Quill met Jane Doe in Hull.[^1]")
    rows.citation(revision=text, passage=source.passages.get(), start=0, end=31)
    Chapter.objects.filter(pk=chapter.pk).update(current_revision=text)
    book, _hashes = manuscript.build(job, draft=True)
    assert [entry.name for entry in book.index] == ["Doe, Jane", "Hull"]
