"""What needs the machine: who may, from which state, what is written down, what is hinted."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from docx import Document

from biographies.actions import approve
from biographies.errors import BadWish, BookError, Forbidden, IllegalMove
from biographies.models import BiographyJob, Chapter
from biographies.vocabulary import JobStatus
from bookgen_site.accounts import roles
from bookgen_site.accounts.models import User
from bookgen_site.lib import store
from engine import actions, runner, units
from engine.course import advance
from engine.errors import CannotStart, UnitFailed
from engine.models import PhasePlan, Run, Unit
from engine.phases import export as export_phase
from notifications.models import AuditEntry, Event
from sources.judging import Judgement
from sources.models import Source
from sources.scoring import Profile
from tests.fakes import rows, works
from tests.fakes.author import FakeAuthor

pytestmark = pytest.mark.django_db

ACTIONS: dict[str, set[JobStatus]] = {
    # The states from which each is possible; `retry` and `export` want more than a state and have their own tests.
    "start": {JobStatus.PENDING},
    "pause": {JobStatus.RUNNING, JobStatus.EXPORTING},
    "resume": {JobStatus.PAUSED},
    "cancel": set(JobStatus) - {JobStatus.CANCELLED, JobStatus.COMPLETED},
}
WHOLE = {"progress": 100, "completed_at": "2026-01-01T00:00Z"}
CASES = [(name, status) for name in ACTIONS for status in JobStatus]


@pytest.mark.parametrize(("name", "status"), CASES)
def test_from_which_state(fake_author: FakeAuthor, chief: User, name: str, status: JobStatus) -> None:
    job = rows.with_sources(rows.job(status=status, **WHOLE))
    act: Callable[..., Any] = getattr(actions, name)
    if status in ACTIONS[name]:
        act(job=job, by=chief)
        entry = AuditEntry.objects.get(action=name)
        assert (entry.actor_id, entry.job_id, entry.target) == (chief.pk, job.pk, "Ada Quill")
    else:
        with pytest.raises(IllegalMove):
            act(job=job, by=chief)
        assert not AuditEntry.objects.filter(action=name).exists()
        job.refresh_from_db()
        assert job.status == status


@pytest.mark.parametrize("name", ["start", "pause", "resume", "cancel", "retry", "export", "regenerate"])
@pytest.mark.parametrize("role", [roles.EDITOR, roles.AUTHOR, ""])
def test_who_may_not(name: str, role: str) -> None:
    person = rows.person(*[role] if role else [], email="ada@example.org")
    chapter = rows.written(job=rows.job(status="running", author_email="ada@example.org"))
    subject = {"chapter": chapter} if name == "regenerate" else {"job": chapter.job}
    with pytest.raises(Forbidden):
        getattr(actions, name)(**subject, by=person)
    assert not AuditEntry.objects.exists()
    assert not Event.objects.exists()


def test_an_owner_may(fake_author: FakeAuthor, editor: User) -> None:
    job = rows.with_sources(rows.job(owner=editor))
    run = actions.start(job=job, by=editor)
    assert (run.job_id, run.status) == (job.pk, "active")


@pytest.mark.django_db(transaction=True)
def test_an_action_hints_the_queue(
    fake_author: FakeAuthor, editor: User, hints: list[tuple[str, str]]
) -> None:
    job = rows.with_sources(rows.job(owner=editor))
    actions.start(job=job, by=editor)
    assert ("engine.look", str(job.pk)) in hints


def test_a_job_without_sources_or_author_does_not_start(editor: User) -> None:
    job = rows.job(owner=editor)
    with pytest.raises(CannotStart, match="no sources"):
        actions.start(job=job, by=editor)
    rows.with_sources(job)
    BiographyJob.objects.filter(pk=job.pk).update(author="model")
    job.refresh_from_db()
    with pytest.raises(CannotStart, match="extractive"):
        actions.start(job=job, by=editor)
    assert not Run.objects.exists()


def test_an_old_picture_of_the_job_does_not_mislead(started: BiographyJob, chief: User) -> None:
    """The page was open while the job moved on: what counts is the row."""
    rows.unit(run=works.run_of(started), status="parked", error="It broke.")
    BiographyJob.objects.filter(pk=started.pk).update(status="failed")
    assert started.status == "running"
    actions.retry(job=started, by=chief)
    assert BiographyJob.objects.get(pk=started.pk).status == "running"


def test_nothing_to_retry(started: BiographyJob, chief: User) -> None:
    with pytest.raises(BookError, match="parked"):
        actions.retry(job=started, by=chief)
    with pytest.raises(IllegalMove, match="not been started"):
        actions.retry(job=rows.job(), by=chief)


def test_a_retry_while_the_rest_goes_on(started: BiographyJob, chief: User) -> None:
    unit = rows.unit(run=works.run_of(started), status="parked", error="It broke.")
    assert actions.retry(job=started, by=chief) == 1
    unit.refresh_from_db()
    started.refresh_from_db()
    assert (unit.status, started.status) == ("waiting", "running")


def test_what_was_written_late_is_checked_like_the_rest(
    started: BiographyJob, chief: User, fake_author: FakeAuthor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A chapter parked in the first round had no text to check; after the retry it has."""

    def refuse(_brief: object) -> None:
        raise UnitFailed("not today")

    with monkeypatch.context() as broken:
        broken.setattr(fake_author, "write_chapter", refuse)
        works.work(started)
    chapters = list(Chapter.objects.filter(job=started, kind="chapter"))
    actions.retry(job=started, by=chief)
    assert works.work(started) == "needs_review"
    checked = set(Unit.objects.filter(phase="quality_control", status="done").values_list("key", flat=True))
    assert {f"section-{chapter.pk}" for chapter in chapters} <= checked


def test_sources_added_after_a_failure_are_judged_and_read(started: BiographyJob, chief: User) -> None:
    """ "Add sources" is what the failed job asks for; trying again must look at them."""
    BiographyJob.objects.filter(pk=started.pk).update(min_sources=4)
    assert works.work(started) == "failed"
    added = Source.objects.create(job=started, number=4, url="upload:new", blob="0" * 64)
    Source.objects.filter(pk=added.pk).update(valid=None)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("engine.phases.source_validation.judge_for", judged_as_good)
        actions.retry(job=started, by=chief)
        assert works.work(started) == "needs_review"
    added.refresh_from_db()
    assert added.valid
    assert started.facts.filter(key__startswith="0004-").exists()


def judged_as_good(_source: Source, _profile: Profile) -> Any:
    text = "Ada Quill kept a cat. The cat drew nothing."
    return Judgement(True, {"valid": True, "text": text, "content_hash": "c" * 64}, [(0, len(text))])


def test_a_failed_export_is_retried_to_the_end(
    reviewed: BiographyJob, chief: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    works.approve_all(reviewed, chief)

    def broken(*_told: object) -> bytes:
        raise UnitFailed("no ink")

    with monkeypatch.context() as patched:
        patched.setitem(export_phase.RENDERERS, "docx", broken)
        assert works.work(reviewed) == "failed"
    actions.retry(job=reviewed, by=chief)
    assert works.work(reviewed) == "completed"


@pytest.mark.parametrize("status", ["pending", "paused", "failed", "cancelled"])
def test_regenerating_wants_a_book_at_the_desk(chief: User, status: str) -> None:
    chapter = rows.written(job=rows.job(status=status))
    rows.run(job=chapter.job)
    with pytest.raises(IllegalMove):
        actions.regenerate(chapter=chapter, by=chief)


def test_a_regeneration_is_written_down_cleaned(reviewed: BiographyJob, chief: User) -> None:
    chapter = Chapter.objects.get(job=reviewed, chapter_number=1)
    actions.regenerate(chapter=chapter, by=chief, instruction="Shorter\x00,\u202e please")
    entry = AuditEntry.objects.get(action="regenerate")
    assert (entry.actor, entry.after) == (chief.username, {"instruction": "Shorter, please"})
    unit = Unit.objects.get(phase="chapter_generation", generation=1)
    assert (unit.instruction, unit.asked_by_id) == ("Shorter, please", chief.pk)


def test_a_special_section_is_regenerated_alone(reviewed: BiographyJob, chief: User) -> None:
    before = works.texts(reviewed)
    timeline = Chapter.objects.get(job=reviewed, kind="timeline")
    actions.regenerate(chapter=timeline, by=chief)
    works.work(reviewed)
    after = works.texts(reviewed)
    assert before.keys() == after.keys()
    assert {pk for pk in before if before[pk] != after[pk]} <= {timeline.pk}
    assert timeline.revisions.count() == 2
    others = Chapter.objects.filter(job=reviewed).exclude(pk=timeline.pk)
    assert {chapter.revisions.count() for chapter in others} == {1}


def test_regenerating_twice_in_a_row_leaves_one_wish(reviewed: BiographyJob, chief: User) -> None:
    chapter = Chapter.objects.get(job=reviewed, chapter_number=1)
    actions.regenerate(chapter=chapter, by=chief, instruction="Shorter.")
    actions.regenerate(chapter=chapter, by=chief, instruction="Longer.")
    works.work(reviewed)
    chapter.refresh_from_db()
    assert chapter.current_revision
    assert (chapter.revisions.count(), chapter.current_revision.instruction) == (2, "Longer.")


def test_only_an_approved_book_is_exported(reviewed: BiographyJob, chief: User) -> None:
    assert not PhasePlan.objects.filter(phase="export").exists()
    with pytest.raises(IllegalMove, match="Approve every chapter"):
        actions.export(job=reviewed, by=chief)
    works.approve_all(reviewed, chief)
    works.work(reviewed)
    hashes = reviewed.exports.get().revision_hashes
    approved = {str(one.pk): one.current_revision.approval.revision_sha256 for one in reviewed.chapters.all()}  # type: ignore[union-attr]
    assert hashes == approved


def test_an_editor_exports_nothing(finished: BiographyJob, chief: User) -> None:
    owner = rows.person(roles.EDITOR)
    finished.shared_with.add(owner)
    with pytest.raises(Forbidden):
        actions.export(job=finished, by=owner)


def test_a_file_lost_after_the_end_is_made_again(finished: BiographyJob, chief: User) -> None:
    (export,) = finished.exports.all()
    data = store.get(export.blob)
    store.path_of(export.blob).unlink()
    actions.export(job=finished, by=chief)
    assert works.work(finished) == "completed"
    assert store.get(export.blob) == data
    assert finished.exports.get() == export  # the same bytes are the same row


def test_a_file_that_stays_lost_is_no_finished_book(
    reviewed: BiographyJob, chief: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    works.approve_all(reviewed, chief)
    run = works.run_of(reviewed)
    put = store.put

    def put_and_damage(data: bytes) -> str:
        digest = put(data)
        store.path_of(digest).write_bytes(b"dust")
        return digest

    with monkeypatch.context() as broken:
        broken.setattr(store, "put", put_and_damage)
        for _look in range(3):
            advance(run)
            runner.work_one(run, "w1")
        reviewed.refresh_from_db()
        assert (reviewed.status, reviewed.completed_at) == ("exporting", None)
    assert works.work(reviewed) == "completed"


def test_a_text_changed_after_approval_must_be_approved_again(finished: BiographyJob, chief: User) -> None:
    (first,) = finished.exports.all()
    chapter = Chapter.objects.get(job=finished, chapter_number=2)
    actions.regenerate(chapter=chapter, by=chief)
    assert works.work(finished) == "needs_review"
    assert list(finished.exports.all()) == [first]
    chapter.refresh_from_db()
    assert chapter.current_revision
    approve(chapter=chapter, sha256=chapter.current_revision.sha256, by=chief)
    assert works.work(finished) == "completed"
    newest = finished.exports.order_by("-id")[0]
    assert newest != first
    assert newest.revision_hashes[str(chapter.pk)] == chapter.current_revision.sha256


def test_cancelling_fences_off_whoever_is_at_work(started: BiographyJob, chief: User) -> None:
    run = works.run_of(started)
    advance(run)
    claim = units.claim(run.pk, "w1")
    assert claim
    actions.cancel(job=started, by=chief)
    runner._work(claim, runner._record)
    assert Unit.objects.get(pk=claim.unit.pk).status == "superseded"
    started.refresh_from_db()
    assert started.status == "cancelled"


def test_pausing_lets_what_is_at_work_end(started: BiographyJob, chief: User) -> None:
    run = works.run_of(started)
    advance(run)
    claim = units.claim(run.pk, "w1")
    assert claim
    actions.pause(job=started, by=chief)
    runner._work(claim, runner._record)
    assert Unit.objects.get(pk=claim.unit.pk).status == "done"
    assert works.work(started) == "paused"
    assert units.claim(run.pk, "w1") is None
    actions.resume(job=started, by=chief)
    assert works.work(started) == "needs_review"


def test_a_draft_needs_no_approval_and_holds_up_nothing(reviewed: BiographyJob, chief: User) -> None:
    before = reviewed.progress
    actions.draft(job=reviewed, by=reviewed.owner, options={"trim": "a5", "notes": "endnotes"})
    assert works.work(reviewed) == "needs_review"
    (draft,) = reviewed.exports.all()
    assert (draft.draft, draft.filename.endswith("-draft.docx"), reviewed.progress) == (True, True, before)
    assert (draft.options["trim"], draft.options["draft"]) == ("a5", True)
    assert draft.revision_hashes == {str(pk): told for pk, told in works.texts(reviewed).items()}
    heads = Document(io.BytesIO(store.get(draft.blob))).sections[-1].header.paragraphs
    assert "DRAFT" in [one.text for one in heads]
    works.approve_all(reviewed, chief)
    assert works.work(reviewed) == "completed"
    final = reviewed.exports.get(draft=False)
    assert (final.options["trim"], final.options["draft"]) == ("a5", False)  # as it was chosen last
    assert "DRAFT" not in {
        p.text for p in Document(io.BytesIO(store.get(final.blob))).sections[-1].header.paragraphs
    }


def test_a_draft_that_fails_fails_no_book(
    reviewed: BiographyJob, chief: User, monkeypatch: pytest.MonkeyPatch
) -> None:

    def broken(*_told: object) -> bytes:
        raise UnitFailed("no ink")

    with monkeypatch.context() as patched:
        patched.setitem(export_phase.RENDERERS, "docx", broken)
        actions.draft(job=reviewed, by=reviewed.owner)
        assert works.work(reviewed) == "needs_review"
    works.approve_all(reviewed, chief)
    assert works.work(reviewed) == "completed"
    assert not reviewed.exports.filter(draft=True).exists()


def test_a_draft_is_printed_only_while_chapters_wait_for_review(started: BiographyJob, chief: User) -> None:
    with pytest.raises(IllegalMove, match="wait for review"):
        actions.draft(job=started, by=started.owner)
    works.finished(started, chief)
    with pytest.raises(IllegalMove, match="wait for review"):
        actions.draft(job=started, by=started.owner)
    with pytest.raises(Forbidden):
        actions.draft(job=started, by=rows.person(roles.EDITOR))


def test_a_finished_book_is_printed_in_another_size(finished: BiographyJob, chief: User) -> None:
    with pytest.raises(BadWish):
        actions.export(job=finished, by=chief, options={"trim": "7x7"})
    actions.export(job=finished, by=chief, options={"trim": "5x8"})
    assert works.work(finished) == "completed"
    newest, first = finished.exports.order_by("-id")
    assert (newest.options["trim"], first.options["trim"]) == ("5x8", "6x9")
    assert newest.revision_hashes == first.revision_hashes


def test_who_goes_on_forgets_attempts_and_no_deaths(started: BiographyJob, chief: User) -> None:
    """Else a unit that kills the process of a command would kill it each time that it is run again."""
    unit = rows.unit(run=works.run_of(started), attempts=3, deaths=2, deaths_waiting=5)
    actions.go_on(job=started, by=chief)
    unit.refresh_from_db()
    assert (unit.attempts, unit.deaths, unit.deaths_waiting) == (0, 2, 5)
