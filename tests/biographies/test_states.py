"""Jobs and chapters move only where they may, once, and tell it."""

from __future__ import annotations

import itertools

import pytest

from biographies.errors import IllegalMove
from biographies.models import BiographyJob
from biographies.states import (
    CHAPTER_MOVES,
    JOB_MOVES,
    move_chapter,
    move_job,
    must_move_chapter,
    must_move_job,
)
from biographies.vocabulary import ChapterStatus, JobStatus
from bookgen_site.lib import clock
from notifications.models import Event
from notifications.queries import events_after
from tests.fakes import rows
from tests.fakes.threads import at_once

WHOLE = {"progress": 100, "completed_at": clock.now()}  # what the table wants of a completed job


@pytest.mark.django_db
@pytest.mark.parametrize(("frm", "to"), list(itertools.product(JobStatus, JobStatus)))
@pytest.mark.once
def test_moves_of_jobs(frm: JobStatus, to: JobStatus) -> None:
    job = rows.job(status=frm, **WHOLE)
    legal = to in JOB_MOVES[frm]
    assert move_job(job.pk, to) is legal
    job.refresh_from_db()
    assert job.status == (to if legal else frm)
    assert job.version == (2 if legal else 1)
    assert Event.objects.filter(job_id=job.pk, kind="status_change").count() == legal


@pytest.mark.django_db
@pytest.mark.parametrize(("frm", "to"), list(itertools.product(ChapterStatus, ChapterStatus)))
@pytest.mark.once
def test_moves_of_chapters(frm: ChapterStatus, to: ChapterStatus) -> None:
    chapter = rows.written(status=frm)
    legal = to in CHAPTER_MOVES[frm]
    assert move_chapter(chapter, to) is legal
    chapter.refresh_from_db()
    assert chapter.status == (to if legal else frm)
    assert chapter.version == (2 if legal else 1)
    assert Event.objects.filter(kind="chapter_change").count() == legal


@pytest.mark.django_db
def test_the_event_tells_both_ends_and_the_reason() -> None:
    job = rows.job(status="running")
    move_job(job.pk, JobStatus.FAILED, reason="No sources.", error_message="No sources.")
    (event,) = events_after(job.pk, 0)
    assert event.payload == {"before": "running", "status": "failed", "reason": "No sources."}
    job.refresh_from_db()
    assert job.error_message == "No sources."


@pytest.mark.django_db
def test_a_move_can_be_narrowed() -> None:
    job = rows.job(status="paused")
    assert not move_job(job.pk, JobStatus.RUNNING, frm=frozenset({JobStatus.PENDING}))
    assert move_job(job.pk, JobStatus.RUNNING, frm=frozenset({JobStatus.PAUSED}))


@pytest.mark.django_db
def test_nobody_leaves_cancelled() -> None:
    job = rows.job(status="cancelled")
    assert not any(move_job(job.pk, status) for status in JobStatus)


@pytest.mark.django_db
def test_must_says_why_not() -> None:
    job, chapter = rows.job(status="cancelled"), rows.chapter(title="Leith")
    with pytest.raises(IllegalMove, match=r"Ada Quill.*cancelled.*running"):
        must_move_job(job, JobStatus.RUNNING)
    with pytest.raises(IllegalMove, match=r"Leith.*planned.*approved"):
        must_move_chapter(chapter, ChapterStatus.APPROVED)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_move_at_once_one_wins() -> None:
    job = rows.job(status="running")
    moves = at_once([lambda: move_job(job.pk, JobStatus.PAUSED), lambda: move_job(job.pk, JobStatus.PAUSED)])
    assert sorted(moves) == [False, True]
    assert BiographyJob.objects.get(pk=job.pk).version == 2
    assert Event.objects.filter(job_id=job.pk).count() == 1
