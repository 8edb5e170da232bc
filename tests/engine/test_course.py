"""The course of a run, with an author that takes no time: phases, gates, pauses, failures, completion."""

from __future__ import annotations

from typing import Any

import pytest
import structlog

from biographies.actions import approve, request_changes
from biographies.errors import BookError
from biographies.models import BiographyJob, Chapter, Finding
from biographies.queries import chapters_in_order
from biographies.vocabulary import ChapterStatus, JobStatus, Phase
from bookgen_site.accounts.models import User
from bookgen_site.lib import store
from engine import actions, course, crew
from engine.authors.base import Draft
from engine.errors import Stop, UnitFailed
from engine.models import Run, RunStatus, Unit
from notifications.models import AuditEntry, Delivery, Event
from sources.models import Source
from tests.fakes.author import FakeAuthor

pytestmark = pytest.mark.django_db(transaction=True)


def _approve_all(job: BiographyJob, by: User) -> None:
    for chapter in chapters_in_order(job.pk).filter(status=ChapterStatus.NEEDS_REVIEW):
        assert chapter.current_revision is not None
        approve(chapter=chapter, sha256=chapter.current_revision.sha256, by=by)


def _finished(job: BiographyJob, by: User) -> BiographyJob:
    crew.sweep_once()
    _approve_all(job, by)
    crew.sweep_once()
    job.refresh_from_db()
    return job


def test_the_six_phases_lead_to_a_person_and_no_further(started: BiographyJob) -> None:
    crew.sweep_once()
    started.refresh_from_db()
    assert (started.status, started.progress) == (JobStatus.NEEDS_REVIEW, 95)
    begun = Event.objects.filter(job_id=started.pk, kind="phase_change").order_by("seq")
    assert [event.payload["phase"] for event in begun] == [phase.value for phase in Phase][:-1]
    assert not started.exports.exists()


def test_the_last_approval_leads_to_the_file(reviewed: BiographyJob, chief: User) -> None:
    _approve_all(reviewed, chief)
    crew.sweep_once()
    reviewed.refresh_from_db()
    assert (reviewed.status, reviewed.progress) == (JobStatus.COMPLETED, 100)
    (export,) = reviewed.exports.all()
    assert store.get(export.blob).startswith(b"PK")
    texts = [(str(one.pk), one.current_revision) for one in reviewed.chapters.all()]
    current = {pk: text.sha256 for pk, text in texts if text}
    assert export.revision_hashes == current


def test_nothing_is_planned_for_a_job_that_was_cancelled_meanwhile(
    started: BiographyJob, chief: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The plan is worked out without a lock; a person may come first."""
    phase = course.PHASES[Phase.SOURCE_VALIDATION]
    specs = phase.units

    def slow(ctx: Any) -> Any:
        actions.cancel(job=started, by=chief)
        return specs(ctx)

    monkeypatch.setattr(phase, "units", slow)
    course.advance(Run.objects.get(job=started))
    assert not Unit.objects.filter(run__job=started).exists()
    assert list(Event.objects.filter(job_id=started.pk).values_list("kind", flat=True)) == ["status_change"]


def test_events_of_a_job_are_numbered_without_a_gap(finished: BiographyJob, chief: User) -> None:
    numbers = list(Event.objects.filter(job_id=finished.pk).order_by("seq").values_list("seq", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_lost_file_is_made_again_before_the_job_is_complete(
    reviewed: BiographyJob, chief: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost: list[str] = []
    put = store.put

    def put_and_lose_once(data: bytes) -> str:
        digest = put(data)
        if not lost:
            store.path_of(digest).unlink()
            lost.append(digest)
        return digest

    monkeypatch.setattr(store, "put", put_and_lose_once)
    _approve_all(reviewed, chief)
    crew.sweep_once()
    crew.sweep_once()
    reviewed.refresh_from_db()
    assert lost
    assert reviewed.status == JobStatus.COMPLETED
    assert store.get(lost[0])


def test_a_section_without_material_is_left_out_openly(reviewed: BiographyJob) -> None:
    assert not reviewed.chapters.filter(kind="glossary").exists()
    assert Finding.objects.filter(job=reviewed, check_name="left_out_glossary").exists()


def test_too_few_sources_stop_the_job_with_the_counts(started: BiographyJob) -> None:
    Source.objects.filter(job=started, number__gt=1).update(valid=False, rejected_because="off the point")
    crew.sweep_once()
    started.refresh_from_db()
    assert started.status == JobStatus.FAILED
    assert "1 of 3 sources" in started.error_message
    assert "off the point" in started.error_message
    assert Run.objects.get(job=started).status == RunStatus.FAILED


def test_one_chapter_that_fails_for_ever_hinders_no_other(
    started: BiographyJob, fake_author: FakeAuthor, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = fake_author.write_chapter

    def write_all_but_the_first(brief: object) -> object:
        if brief.title == "Part 1":  # type: ignore[attr-defined]
            raise UnitFailed("nothing to tell")
        return write(brief)  # type: ignore[arg-type]

    monkeypatch.setattr(fake_author, "write_chapter", write_all_but_the_first)
    crew.sweep_once()
    started.refresh_from_db()
    bad, good = started.chapters.filter(kind="chapter").order_by("chapter_number")
    assert (bad.status, bad.parked_reason) == (ChapterStatus.PARKED, "nothing to tell")
    assert (good.status, started.status) == (ChapterStatus.NEEDS_REVIEW, JobStatus.NEEDS_REVIEW)


def test_a_retry_writes_what_was_parked(
    started: BiographyJob, chief: User, fake_author: FakeAuthor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(fake_author, "write_chapter", _refuse)
        crew.sweep_once()
    started.refresh_from_db()
    assert actions.retry(job=started, by=chief) == 2
    crew.sweep_once()
    assert set(started.chapters.values_list("status", flat=True)) == {ChapterStatus.NEEDS_REVIEW.value}


def _refuse(_brief: object) -> object:
    raise UnitFailed("not today")


def test_a_plan_that_cannot_be_made_fails_the_job_with_a_reason(
    started: BiographyJob, fake_author: FakeAuthor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusal(*_given: object) -> str:
        raise ZeroDivisionError("of nothing")

    monkeypatch.setattr(fake_author, "refusal", refusal)
    crew.sweep_once()
    started.refresh_from_db()
    assert started.status == JobStatus.FAILED
    assert "ZeroDivisionError" in started.error_message


def test_a_paused_job_rests_and_goes_on(started: BiographyJob, chief: User) -> None:
    actions.pause(job=started, by=chief)
    assert crew.sweep_once() == 0
    actions.resume(job=started, by=chief)
    assert crew.sweep_once() > 0
    started.refresh_from_db()
    assert started.status == JobStatus.NEEDS_REVIEW


def test_a_job_paused_while_it_was_exported_is_exported(reviewed: BiographyJob, chief: User) -> None:
    _approve_all(reviewed, chief)
    course.advance(Run.objects.get(job=reviewed))
    actions.pause(job=reviewed, by=chief)
    actions.resume(job=reviewed, by=chief)
    crew.sweep_once()
    reviewed.refresh_from_db()
    assert reviewed.status == JobStatus.COMPLETED


def test_cancelling_ends_everything(started: BiographyJob, chief: User) -> None:
    course.advance(Run.objects.get(job=started))
    actions.cancel(job=started, by=chief)
    assert crew.sweep_once() == 0
    assert Run.objects.get(job=started).status == RunStatus.CANCELLED
    assert set(Unit.objects.values_list("status", flat=True)) == {"superseded"}


def test_regenerating_one_chapter_touches_no_other(finished: BiographyJob, chief: User) -> None:
    first, second = finished.chapters.filter(kind="chapter").order_by("chapter_number")
    before = {one.pk: one.current_revision_id for one in finished.chapters.all()}
    actions.regenerate(chapter=first, by=chief, instruction="begin with the brother")
    crew.sweep_once()
    finished.refresh_from_db()
    first.refresh_from_db()
    assert first.current_revision is not None
    assert (first.current_revision.number, first.current_revision.origin) == (2, "regenerated")
    assert first.current_revision.instruction == "begin with the brother"
    assert (finished.status, first.status, second.status) == ("needs_review", "needs_review", "approved")
    after = {one.pk: one.current_revision_id for one in finished.chapters.all()}
    assert {pk for pk in before if before[pk] != after[pk]} == {first.pk}
    _approve_all(finished, chief)
    crew.sweep_once()
    finished.refresh_from_db()
    assert (finished.status, finished.exports.count()) == (JobStatus.COMPLETED, 2)


def test_a_chapter_sent_back_keeps_the_book_from_being_exported(reviewed: BiographyJob, chief: User) -> None:
    _approve_all(reviewed, chief)
    course.advance(Run.objects.get(job=reviewed))
    chapter = reviewed.chapters.get(kind="prologue")
    request_changes(chapter=chapter, by=chief, reason="the date is wrong")
    crew.sweep_once()
    reviewed.refresh_from_db()
    assert reviewed.status == JobStatus.NEEDS_REVIEW
    assert not reviewed.exports.exists()


def test_a_finished_book_is_not_sent_back_but_regenerated(finished: BiographyJob, chief: User) -> None:
    with pytest.raises(BookError, match="Regenerate"):
        request_changes(chapter=finished.chapters.get(kind="prologue"), by=chief, reason="too long")
    assert finished.chapters.get(kind="prologue").status == ChapterStatus.APPROVED


def test_owner_and_author_are_told_once_when_the_book_is_ready(started: BiographyJob, chief: User) -> None:
    BiographyJob.objects.filter(pk=started.pk).update(author_email="ada@example.org")
    _finished(started, chief)
    crew.sweep_once()
    told = sorted(Delivery.objects.values_list("address", "kind"))
    assert told == [("ada@example.org", kind) for kind in ("book_ready", "chapters_ready", "outline_ready")]


def test_the_audit_names_who_did_what(finished: BiographyJob, chief: User) -> None:
    approvals = AuditEntry.objects.filter(job_id=finished.pk, action="approve")
    assert set(approvals.values_list("actor", flat=True)) == {chief.username}
    written = AuditEntry.objects.filter(job_id=finished.pk, action="add_revision")
    assert set(written.values_list("actor", flat=True)) == {"engine"}
    assert approvals.count() == written.count() == Chapter.objects.filter(job=finished).count()


def test_a_stop_in_a_unit_fails_the_job(
    started: BiographyJob, fake_author: FakeAuthor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_given: object) -> None:
        raise Stop("the budget is spent")

    monkeypatch.setattr(fake_author, "find_facts", stop)
    crew.sweep_once()
    started.refresh_from_db()
    assert (started.status, started.error_message) == (JobStatus.FAILED, "the budget is spent")


def test_a_section_whose_regeneration_finds_nothing_keeps_its_text(
    reviewed: BiographyJob, chief: User, fake_author: FakeAuthor, monkeypatch: pytest.MonkeyPatch
) -> None:
    prologue = reviewed.chapters.get(kind="prologue")
    monkeypatch.setattr(fake_author, "write_section", lambda _kind, _brief: Draft())
    actions.regenerate(chapter=prologue, by=chief)
    crew.sweep_once()
    after = reviewed.chapters.get(kind="prologue")
    assert (after.status, after.current_revision_id) == ("needs_review", prologue.current_revision_id)


def test_the_log_tells_each_unit_phase_and_move_with_the_job(started: BiographyJob, chief: User) -> None:
    with structlog.testing.capture_logs() as lines:
        _finished(started, chief)
    told = [line for line in lines if line["log_level"] == "info"]
    assert {"unit_done", "phase_planned", "job_moved"} <= {line["event"] for line in told}
    assert {line["status"] for line in told if line["event"] == "job_moved"} >= {"needs_review", "completed"}
    assert {line["job_id"] for line in told if line["event"] != "unit_done"} == {str(started.pk)}
    done = [line for line in told if line["event"] == "unit_done"]
    assert len(done) == Unit.objects.filter(run__job=started).count()
