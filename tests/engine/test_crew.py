"""The threads that work without a broker."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable

import pytest
from pytest_django import Settings

from biographies.models import BiographyJob
from bookgen_site.accounts.models import User
from bookgen_site.lib import heaps
from engine import crew, queries, runner
from engine.crew import Crew, Sweep
from engine.models import Run
from tests.fakes import rows
from tests.fakes.waiting import until


@pytest.mark.django_db(transaction=True)
def test_the_sweep_finds_what_has_no_message(started: BiographyJob, settings: Settings) -> None:
    settings.ENGINE_SWEEP_SECONDS = 0.02
    sweep = Sweep()
    sweep.start()
    try:
        assert until(lambda: BiographyJob.objects.get(pk=started.pk).status == "needs_review")
    finally:
        sweep.stop()
        sweep.join(10)
    assert not sweep.is_alive()


@pytest.mark.django_db(transaction=True)
def test_the_sweep_outlives_a_bad_round(
    started: BiographyJob, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ENGINE_SWEEP_SECONDS = 0.02
    rounds: list[int] = []

    def bad_once() -> list[uuid.UUID]:
        rounds.append(1)
        if len(rounds) == 1:
            raise RuntimeError
        return []

    monkeypatch.setattr(queries, "jobs_in_work", bad_once)
    sweep = Sweep()
    sweep.start()
    try:
        assert until(lambda: len(rounds) > 2)
    finally:
        sweep.stop()
        sweep.join(10)


@pytest.mark.django_db
def test_one_bad_job_holds_up_no_other(started: BiographyJob, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = Run.objects.create(job=rows.job(status="running"))
    Run.objects.filter(pk=bad.pk).update(id=0)  # the older of the two is looked at first
    assert queries.jobs_in_work()[0] == bad.job_id
    look = runner.look

    def stumble(job_id: uuid.UUID, *rest: object) -> int:
        if job_id == bad.job_id:
            raise KeyError("blob")
        return look(job_id, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(runner, "look", stumble)
    assert crew.sweep_once() > 0
    started.refresh_from_db()
    assert started.status == "needs_review"


@pytest.mark.django_db(transaction=True)
def test_a_crew_works_one_job_to_its_rest_and_leaves(started: BiographyJob, chief: User) -> None:
    other = rows.with_sources(rows.job(status="running", owner=chief))
    Run.objects.create(job=other)
    with Crew(started.pk, 3) as working:
        assert until(lambda: BiographyJob.objects.get(pk=started.pk).status == "needs_review")
    assert working.trouble is None
    other.refresh_from_db()
    assert (other.status, other.progress) == ("running", 0)


@pytest.mark.parametrize("works", [lambda: Crew(uuid.uuid4(), 0).__enter__(), lambda: Sweep().run()])
@pytest.mark.django_db
def test_who_works_looks_for_garbage_seldom(
    works: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heaps, "collect_seldom", lambda: told.append(1))
    monkeypatch.setattr(threading.Event, "wait", lambda *_given: True)  # a sweep ends before its first round
    told: list[int] = []
    works()
    assert told == [1]


@pytest.mark.django_db(transaction=True)
def test_a_crews_trouble_is_handed_on(started: BiographyJob, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_given: object) -> int:
        raise RuntimeError("no disk")

    monkeypatch.setattr(runner, "look", broken)
    with Crew(started.pk, 2) as working:
        assert until(lambda: working.trouble is not None)
    assert str(working.trouble) == "no disk"
