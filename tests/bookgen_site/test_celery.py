"""The queue is a hint: what carries it is wired, and a message sets a worker going."""

from __future__ import annotations

import threading
import time

import pytest
from celery.contrib.testing.worker import start_worker
from pytest_django import Settings

from biographies.models import BiographyJob
from bookgen_site import celery as celery_app
from bookgen_site.celery import app
from engine import tasks
from engine.crew import Sweep
from engine.stopping import stopping
from notifications.tasks import deliver_due
from tests.fakes import rows


def test_what_the_beat_sends_exists() -> None:
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= set(app.tasks)


def test_messages_are_acknowledged_late_and_taken_one_by_one() -> None:
    assert app.conf.task_acks_late
    assert app.conf.worker_prefetch_multiplier == 1


@pytest.mark.django_db(transaction=True)
def test_a_message_sets_a_worker_going(started: BiographyJob, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Sweep, "start", lambda _self: None)  # it would outlive the test
    with start_worker(app, perform_ping_check=False, pool="solo", loglevel="ERROR"):
        tasks.look.delay(str(started.pk))
        deadline = time.monotonic() + 30
        while started.status == "running" and time.monotonic() < deadline:
            time.sleep(0.05)
            started.refresh_from_db()
    stopping.clear()  # the end of a worker asks this process's runner to stop
    assert started.status == "needs_review"


def test_a_worker_takes_its_sweep_with_it(settings: Settings) -> None:
    settings.ENGINE_SWEEP_SECONDS = 3600  # it never gets as far as sweeping here
    celery_app._start_sweep()
    (sweep,) = (thread for thread in threading.enumerate() if thread.name == "sweep")
    celery_app._stop_claims()
    stopping.clear()
    celery_app._finish_units()
    assert not sweep.is_alive()


def test_a_worker_that_ends_waits_for_the_unit_of_its_sweep(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ENGINE_SWEEP_SECONDS = 0
    begun, told, done = threading.Event(), threading.Event(), []

    def a_unit(_stop: object) -> None:
        begun.set()
        told.wait(10)
        done.append("paid for, and recorded")

    monkeypatch.setattr("engine.crew.sweep_once", a_unit)
    celery_app._start_sweep()
    assert begun.wait(10)
    celery_app._stop_claims()
    stopping.clear()
    threading.Timer(0.05, told.set).start()
    celery_app._finish_units()
    assert done


@pytest.mark.django_db
def test_doubled_and_late_messages_are_harmless(started: BiographyJob) -> None:
    assert tasks.look(str(started.pk)) > 0
    assert tasks.look(str(started.pk)) == 0
    assert tasks.look(str(rows.job().pk)) == 0
    gone = str(started.pk)
    started.delete()
    assert tasks.look(gone) == 0


@pytest.mark.django_db
def test_the_beat_finds_what_has_no_message(started: BiographyJob) -> None:
    assert tasks.sweep() > 0
    started.refresh_from_db()
    assert started.status == "needs_review"


@pytest.mark.django_db
def test_the_beat_delivers_what_is_due() -> None:
    rows.delivery(event_id=rows.event(kind="completion").pk)
    assert deliver_due() == 1


@pytest.mark.django_db
def test_a_process_that_is_asked_to_end_begins_nothing(
    started: BiographyJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopping.set()
    try:
        assert tasks.look(str(started.pk)) == 0
    finally:
        stopping.clear()
    assert tasks.look(str(started.pk)) > 0
