"""A process without a language model beside others that have one: it spoils nothing, and says so in the end."""

from __future__ import annotations

import datetime as dt
import importlib
import inspect
from typing import Any

import pytest

from biographies.models import BiographyJob
from biographies.vocabulary import AuthorName, JobStatus, Phase
from bookgen_site.lib import clock
from engine import crew, elsewhere
from engine.models import Unit, UnitStatus
from tests.fakes.author import FakeAuthor


@pytest.fixture
def by_model(started: BiographyJob, settings: Any) -> BiographyJob:
    """A started book that a model is to write, in a process that has none."""
    settings.MODEL_CONFIGURED = False
    BiographyJob.objects.filter(pk=started.pk).update(author=AuthorName.MODEL)
    started.refresh_from_db()
    return started


def _later(job: BiographyJob) -> None:
    """As if nobody had moved the job for longer than a lease."""
    BiographyJob.objects.filter(pk=job.pk).update(updated_at=clock.now() - dt.timedelta(hours=1))


@pytest.mark.django_db(transaction=True)
def test_it_does_what_needs_no_author_and_leaves_the_rest(by_model: BiographyJob) -> None:
    crew.sweep_once()
    by_model.refresh_from_db()
    assert by_model.status == JobStatus.RUNNING
    assert by_model.current_phase == Phase.SOURCE_VALIDATION
    assert {unit.status for unit in Unit.objects.filter(run__job=by_model)} == {UnitStatus.DONE}


@pytest.mark.django_db(transaction=True)
def test_another_process_writes_the_book_meanwhile(
    by_model: BiographyJob, settings: Any, fake_author: FakeAuthor
) -> None:
    crew.sweep_once()
    settings.MODEL_CONFIGURED = True
    crew.sweep_once()
    by_model.refresh_from_db()
    assert by_model.status == JobStatus.NEEDS_REVIEW


@pytest.mark.django_db(transaction=True)
def test_a_unit_that_asks_an_author_is_not_claimed(by_model: BiographyJob, settings: Any) -> None:
    settings.MODEL_CONFIGURED = True
    crew.sweep_once()
    writing = Unit.objects.filter(run__job=by_model, phase=Phase.CHAPTER_GENERATION)
    writing.update(status=UnitStatus.WAITING, attempts=0)
    BiographyJob.objects.filter(pk=by_model.pk).update(status=JobStatus.RUNNING, updated_at=clock.now())
    settings.MODEL_CONFIGURED = False
    crew.sweep_once()
    assert not writing.exclude(status=UnitStatus.WAITING, attempts=0).exists()
    _later(by_model)
    crew.sweep_once()
    by_model.refresh_from_db()
    assert by_model.status == JobStatus.PAUSED


@pytest.mark.django_db(transaction=True)
def test_where_nobody_has_a_model_the_job_pauses_and_says_why(by_model: BiographyJob) -> None:
    crew.sweep_once()
    _later(by_model)
    crew.sweep_once()
    by_model.refresh_from_db()
    assert by_model.status == JobStatus.PAUSED
    assert "OPENROUTER_API_KEY" in by_model.error_message
    assert "Resume" in by_model.error_message


@pytest.mark.django_db
def test_a_unit_at_work_elsewhere_means_that_somebody_is_at_it(by_model: BiographyJob) -> None:
    run = by_model.runs.get()
    _later(by_model)
    assert elsewhere.forsaken(run)
    soon = clock.now() + dt.timedelta(seconds=30)
    unit = Unit.objects.create(
        run=run,
        phase=Phase.CHAPTER_GENERATION,
        key="other",
        rank=200,
        status=UnitStatus.LEASED,
        worker="other",
        lease_until=soon,
    )
    assert not elsewhere.forsaken(run)
    Unit.objects.filter(pk=unit.pk).update(
        status=UnitStatus.WAITING, worker="", lease_until=None, not_before=soon
    )
    assert not elsewhere.forsaken(run)


@pytest.mark.parametrize("phase", list(Phase))
def test_the_phases_that_ask_an_author_are_those_that_are_left(phase: Phase) -> None:
    module = importlib.import_module(f"engine.phases.{phase.value}")
    assert ("ctx.author" in inspect.getsource(module)) == (phase in elsewhere.AUTHORED)
