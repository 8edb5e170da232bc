"""How a unit ends that asks a language model: parked, handed back, or the whole job rests."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.db.models import QuerySet

from biographies.models import BiographyJob
from engine import returning, runner
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


def test_a_unit_whose_end_the_database_missed_is_handed_back_when_it_answers(
    started: BiographyJob, fake_author: FakeAuthor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as outage:
        outage.setattr(returning, "is_away", lambda _error: True)
        with pytest.raises(OperationalError):
            work(started, fake_author, outage, OperationalError("the server closed the connection"))
    unit = Unit.objects.get(status="leased")
    with monkeypatch.context() as outage:
        outage.setattr(QuerySet, "update", _away)
        with pytest.raises(OperationalError):
            returning.hand_back_all()
    assert returning.hand_back_all() == 1
    unit.refresh_from_db()
    assert (unit.status, unit.worker, unit.attempts, unit.deaths, unit.error) == ("waiting", "", 0, 0, "")
    assert returning.hand_back_all() == 0


def _away(*_rows: object, **_values: object) -> None:
    raise OperationalError("the server closed the connection")


def test_what_the_database_refuses_is_an_error_of_the_unit(
    started: BiographyJob, fake_author: FakeAuthor, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = work(started, fake_author, monkeypatch, OperationalError("deadlock detected"))
    assert (unit.status, unit.attempts) == ("waiting", 1)


def test_the_course_is_looked_at_once_between_two_units(
    started: BiographyJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a unit's end has planned needn't be looked for again, but an empty hand is no proof of it."""
    steps: list[str] = []

    def looked(run: Run) -> None:
        steps.append("course")
        advance(run)

    def worked(run: Run, worker: str) -> bool:
        done = work_one(run, worker)
        steps.append("unit" if done else "nothing")
        return done

    work_one = runner.work_one
    monkeypatch.setattr(runner, "advance", looked)
    monkeypatch.setattr(runner, "work_one", worked)
    assert runner.look(started.pk, "worker") == steps.count("unit") > 5
    told = " ".join(steps)
    assert told.startswith(
        "course course unit course unit"
    )  # the first by the look, each further at a unit's end
    assert told.count("course course unit") == 1
    assert told.endswith("unit nothing course nothing")
