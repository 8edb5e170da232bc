"""Writes to the book: who may, what is refused, what is written down."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from biographies.actions import (
    PlannedChapter,
    Seen,
    add_revision,
    close_finding,
    create_job,
    delete_job,
    plan_chapters,
    record_export,
    record_findings,
    request_changes,
    touch,
)
from biographies.errors import BadWish, Forbidden, IllegalMove
from biographies.models import BiographyJob, Chapter, Export, Finding
from biographies.vocabulary import Origin, Severity
from bookgen_site.accounts.models import User
from notifications.models import AuditEntry, Event
from tests.fakes import rows

pytestmark = pytest.mark.django_db


def test_a_job_belongs_to_who_made_it_and_is_written_down(editor: User) -> None:
    job = create_job(by=editor, character="  Ada\u200b  Quill ", wanted_chapters=3)
    assert (job.character, job.owner, job.status, job.wanted_chapters) == ("Ada Quill", editor, "pending", 3)
    entry = AuditEntry.objects.get(action="create_job")
    assert (entry.actor, entry.job_id) == (editor.username, job.pk)
    assert entry.after == {"character": "Ada Quill", "wanted_chapters": 3}


def test_who_makes_no_books(writer: User) -> None:
    with pytest.raises(Forbidden):
        create_job(by=writer, character="Ada Quill")


BAD = [
    ("character", " "),
    ("character", "\u202e\u200b"),
    ("character", "x" * 256),
    ("wanted_chapters", 0),
    ("wanted_chapters", 101),
    ("wanted_chapters", True),
    ("wanted_words", "many"),
    ("min_sources", -1),
    ("language", "xx"),
    ("mode", "psychic"),
    ("author", "ghost"),
    ("style", "x" * 5001),
    ("author_email", "not an address"),
    ("author_email", "a@b\nBcc: c@d.example"),
    ("status", "completed"),
    ("owner", 1),
    ("spent_micros", 0),
]


@pytest.mark.parametrize(("field", "value"), BAD)
def test_settings_that_make_no_sense(editor: User, field: str, value: object) -> None:
    wishes: dict[str, Any] = {"character": "Ada Quill", field: value}
    with pytest.raises(BadWish) as refused:
        create_job(by=editor, **wishes)
    assert refused.value.field == field
    assert not BiographyJob.objects.exists()


def test_a_new_text_becomes_the_current_one(chief: User) -> None:
    chapter = rows.chapter(status="writing")
    for number, text in enumerate(("First.", "Second."), 1):
        made = add_revision(chapter=chapter, text=text, words=1, origin=Origin.GENERATED, by=None)
        chapter.refresh_from_db()
        assert (made.number, chapter.current_revision, chapter.status) == (number, made, "needs_review")
        assert made.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert (chapter.content, chapter.word_count) == ("Second.", 1)
    assert Event.objects.filter(kind="chapter_ready").count() == 2
    assert AuditEntry.objects.filter(action="add_revision", actor="engine").count() == 2


def test_a_new_text_takes_the_approval_away(chief: User) -> None:
    chapter = rows.written(status="approved")
    add_revision(chapter=chapter, text="Other.", words=1, origin=Origin.EDITED, by=chief)
    chapter.refresh_from_db()
    assert chapter.status == "needs_review"


def test_planning_again_replaces_what_has_no_text() -> None:
    job = rows.job()
    plan_chapters(
        job=job, plans=[PlannedChapter("chapter", "One", 1), PlannedChapter("timeline", "Timeline")]
    )
    plan_chapters(job=job, plans=[PlannedChapter("chapter", "Uno", 1)])
    assert [one.title for one in Chapter.objects.filter(job=job)] == ["Uno"]


def test_titles_are_cleaned_and_cut() -> None:
    (chapter,) = plan_chapters(
        job=rows.job(), plans=[PlannedChapter("chapter", "A\x00\u202e" + "b" * 300, 1)]
    )
    assert chapter.title == "A" + "b" * 254


def test_checks_run_again_forget_what_they_saw_but_not_what_was_closed() -> None:
    job, revision = rows.job(), rows.revision()
    kept = rows.finding(job=job, revision=revision, check_name="length", status="resolved")
    other = rows.finding(job=job, revision=revision, check_name="citations")
    for _time in range(2):
        seen = [Seen("length", Severity.WARNING, "Too long.\x00", "here")]
        assert record_findings(job=job, revision=revision, checks=["length"], seen=seen) == 1
    found = Finding.objects.filter(job=job).order_by("id")
    assert [one.message for one in found] == [kept.message, other.message, "Too long."]


def test_a_dismissed_finding_stays_dismissed_for_the_same_words() -> None:
    job = rows.job()
    chapter = rows.chapter(job=job)
    texts = [rows.revision(chapter=chapter, text=text) for text in "AB"]
    seen = [Seen("markup", Severity.ERROR, "Odd.", "these words")]
    record_findings(job=job, revision=texts[0], checks=["markup"], seen=seen)
    close_finding(finding=Finding.objects.get(), by=job.owner, dismiss=True, reason="Meant so.")
    assert record_findings(job=job, revision=texts[0], checks=["markup"], seen=seen) == 0
    assert record_findings(job=job, revision=texts[1], checks=["markup"], seen=seen) == 1
    elsewhere = [Seen("markup", Severity.ERROR, "Odd.", "other words")]
    assert record_findings(job=job, revision=texts[0], checks=["markup"], seen=elsewhere) == 1


@pytest.mark.parametrize(("dismiss", "again"), [(True, 0), (False, 1)])
def test_a_finding_of_the_book_comes_back_only_when_it_was_resolved(dismiss: bool, again: int) -> None:
    job = rows.job()
    seen = [Seen("ledger", Severity.WARNING, "Two dates.", "born in 1818")]
    record_findings(job=job, revision=None, checks=["ledger"], seen=seen)
    close_finding(finding=Finding.objects.get(), by=job.owner, dismiss=dismiss, reason="Seen.")
    assert record_findings(job=job, revision=None, checks=["ledger"], seen=seen) == again


def test_the_same_file_twice_is_one_export() -> None:
    job = rows.job()
    first, second = (
        record_export(job=job, blob="b", format="docx", filename="a.docx", size=1, words=1)
        for _time in range(2)
    )
    assert first == second
    assert Export.objects.count() == 1


def test_a_deleted_job_stays_in_the_audit(chief: User) -> None:
    job = rows.written().job
    job_id = job.pk
    delete_job(job=job, by=chief)
    assert not BiographyJob.objects.exists()
    entry = AuditEntry.objects.get(action="delete_job")
    assert (entry.job_id, entry.target) == (job_id, "")  # that it was, not whom it was about


def test_touch_never_writes_the_status() -> None:
    job = rows.job()
    touch(job.pk, progress=5)
    job.refresh_from_db()
    assert job.progress == 5
    with pytest.raises(ValueError):
        touch(job.pk, status="completed")


def test_a_finished_chapter_goes_back_only_by_regenerating(chief: User) -> None:
    whole = {"status": "completed", "progress": 100, "completed_at": "2026-01-01T00:00Z"}
    chapter = rows.written(status="approved", job=rows.job(**whole))
    with pytest.raises(IllegalMove):
        request_changes(chapter=chapter, by=chief, reason="Too long.")
    chapter.refresh_from_db()
    assert chapter.status == "approved"
