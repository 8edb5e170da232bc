"""How a unit ends that asks a language model: parked, handed back, or the whole job rests."""

from __future__ import annotations

import pytest

from biographies.models import BiographyJob
from engine import runner
from engine.calls.errors import Interrupted, MustPause, NotNow
from engine.course import advance
from engine.models import Run, Unit
from engine.models_api.errors import Blocked, Transient, Truncated
from tests.fakes.author import FakeAuthor


def work(job: BiographyJob, author: FakeAuthor, monkeypatch: pytest.MonkeyPatch, error: Exception) -> Unit:
    """The first unit of the planning phase, whose author ends like this."""

    def raising(*_arguments: object) -> None:
        raise error

    run = Run.objects.get(job=job)
    while not Unit.objects.filter(run=run, phase="research_planning").exists():
        advance(run)
        if not Unit.objects.filter(run=run, phase="research_planning").exists():
            assert runner.work_one(run, "worker")
    monkeypatch.setattr(author, "find_facts", raising)
    assert runner.work_one(run, "worker")
    job.refresh_from_db()
    return Unit.objects.filter(run=run, phase="research_planning").order_by("id")[0]


@pytest.mark.parametrize("error", [Truncated("Cut."), Blocked("No.")])
def test_what_another_try_will_not_mend_is_parked(
    started: BiographyJob, fake_author: FakeAuthor, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    unit = work(started, fake_author, monkeypatch, error)
    assert (unit.status, unit.error) == ("parked", str(error))


@pytest.mark.parametrize("error", [Transient("Away."), NotNow("Not now.")])
def test_what_may_pass_is_tried_again_later(
    started: BiographyJob, fake_author: FakeAuthor, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    unit = work(started, fake_author, monkeypatch, error)
    assert (unit.status, unit.attempts) == ("waiting", 1)
    assert str(error) in unit.error
    assert unit.not_before is not None


def test_a_process_that_ends_hands_its_unit_back(
    started: BiographyJob, fake_author: FakeAuthor, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = work(started, fake_author, monkeypatch, Interrupted("Ended."))
    assert (unit.status, unit.attempts, unit.error, unit.not_before) == ("waiting", 0, "", None)


def test_a_job_that_needs_a_person_rests_and_says_why(
    started: BiographyJob, fake_author: FakeAuthor, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = work(started, fake_author, monkeypatch, MustPause("Add credit."))
    assert (started.status, started.error_message) == ("paused", "Add credit.")
    assert (unit.status, unit.attempts) == ("waiting", 0)
