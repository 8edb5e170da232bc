"""The trial of a suspect: only a process that has nothing else to die of convicts a unit."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from bookgen_site.accounts.models import User
from bookgen_site.env import BASE_DIR
from engine import course, deaths, runner, trial, units, workers
from engine.calls.errors import Interrupted
from engine.errors import ClaimLost
from engine.management import making
from engine.models import Run, Unit
from engine.stopping import stopping
from notifications.models import Event
from sources.intake import read_folder
from tests.fakes import rows

SOURCES = Path(__file__).parents[1] / "fakes" / "brandreth"


@pytest.fixture(autouse=True)
def no_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "_GRACE", 0)
    monkeypatch.setattr(trial, "_PAUSE", 0.01)


@pytest.fixture
def suspect(db: None) -> Unit:
    """A unit that two workers have died at."""
    return rows.unit(deaths=2)


def tried(suspect: Unit, monkeypatch: pytest.MonkeyPatch, program: str) -> Unit:
    """The unit after a worker has tried it in a process that does what the program says."""
    monkeypatch.setattr(trial, "COMMAND", [sys.executable, "-c", f"import os, signal, sys, time; {program}"])
    monkeypatch.setattr(runner, "_record", lambda _claim: pytest.fail("worked by its worker itself"))
    monkeypatch.setattr(runner, "advance", lambda _run: None)
    assert runner.work_one(suspect.run, "w1")
    return Unit.objects.get()


def test_a_unit_whose_own_process_dies_is_parked_and_its_worker_lives(
    suspect: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = tried(suspect, monkeypatch, "os.kill(os.getpid(), signal.SIGKILL)")
    assert (unit.status, unit.deaths, unit.error) == ("parked", 3, units.DIED)
    assert units.DIED in str(Event.objects.get().payload)


@pytest.mark.django_db
@pytest.mark.parametrize(("deaths", "waiting"), [(0, 0), (1, 9), (0, 19)])
def test_who_is_no_suspect_is_worked_by_the_worker_itself(
    monkeypatch: pytest.MonkeyPatch, deaths: int, waiting: int
) -> None:
    unit = rows.unit(deaths=deaths, deaths_waiting=waiting)
    steps: list[int] = []
    monkeypatch.setattr(runner, "_record", lambda claim: steps.append(claim.unit.pk))
    monkeypatch.setattr(trial, "COMMAND", ["/nowhere"])
    assert runner.work_one(unit.run, "w1")
    assert steps == [unit.pk]


@pytest.mark.parametrize("number", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_a_process_that_was_told_to_end_before_it_could_listen_convicts_nobody(
    suspect: Unit, monkeypatch: pytest.MonkeyPatch, number: str
) -> None:
    told = f"signal.signal(signal.{number}, signal.SIG_DFL); os.kill(os.getpid(), signal.{number})"
    unit = tried(suspect, monkeypatch, told)
    assert (unit.status, unit.deaths, unit.attempts, unit.error) == ("waiting", 2, 0, "")


def test_a_worker_that_is_told_to_end_tells_the_process(
    suspect: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even one that hears of nothing but a kill is no proof then."""
    timer = threading.Timer(0.3, stopping.set)
    timer.start()
    try:
        unit = tried(suspect, monkeypatch, "time.sleep(600)")
    finally:
        timer.join()
        stopping.clear()
    assert (unit.status, unit.deaths, unit.attempts) == ("waiting", 2, 0)


def test_a_process_that_can_not_tell_the_end_gives_the_unit_back(
    suspect: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = tried(suspect, monkeypatch, f"sys.exit({trial.DATABASE_AWAY})")
    assert (unit.status, unit.deaths, unit.attempts) == ("waiting", 2, 0)


def test_a_process_that_says_all_is_well_and_told_nothing_is_an_error(
    suspect: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = tried(suspect, monkeypatch, "sys.exit(0)")
    assert (unit.status, unit.deaths, unit.attempts) == ("waiting", 2, 1)
    assert "without a word" in unit.error


@pytest.mark.parametrize(("before", "status"), [(0, "waiting"), (29, "waiting"), (30, "parked")])
def test_a_process_that_only_waited_for_a_model_convicts_nobody_until_it_has_too_often(
    suspect: Unit, monkeypatch: pytest.MonkeyPatch, before: int, status: str
) -> None:
    Unit.objects.update(deaths_waiting=before)
    monkeypatch.setattr(
        deaths, "end_calls", lambda _unit: None
    )  # the call stands for one that the process makes
    rows.call(unit=suspect, job=suspect.run.job, status="intended", reserved_micros=9)
    unit = tried(suspect, monkeypatch, "os.kill(os.getpid(), signal.SIGKILL)")
    assert (unit.status, unit.deaths_waiting) == (status, min(before + 1, 30))


def test_few_trials_are_held_at_once(suspect: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    claim = units.claim(suspect.run_id, "w1")
    assert claim is not None
    monkeypatch.setattr(trial, "_worked", lambda _claim: pytest.fail("a third process was started"))
    with trial._place(), trial._place():
        threading.Timer(0.1, stopping.set).start()
        try:
            with pytest.raises(Interrupted):
                trial.hold(claim)
        finally:
            stopping.clear()


def test_a_process_that_does_not_work_is_an_error_and_no_death(
    suspect: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = tried(suspect, monkeypatch, "sys.exit(3)")
    assert (unit.status, unit.deaths, unit.attempts) == ("waiting", 2, 1)
    assert "ended with 3" in unit.error


def test_a_claim_that_was_lost_meanwhile_convicts_nobody(suspect: Unit) -> None:
    claim = units.claim(suspect.run_id, "w1")
    assert claim is not None
    Unit.objects.update(fence=9)
    with pytest.raises(ClaimLost):
        units.convict(claim)
    assert Unit.objects.get().deaths == 2


def test_the_process_of_a_trial_dies_with_its_worker() -> None:
    program = (
        "import sys, time, django; django.setup(); from engine import trial;"
        "trial.submit(sys.stdin); print(flush=True); time.sleep(600)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=BASE_DIR,
        env=os.environ | {"PYTHONPATH": str(BASE_DIR)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdin
    assert process.stdout
    assert process.stdout.readline() == b"\n"
    process.stdin.close()
    assert process.wait(30) == -signal.SIGKILL
    process.stdout.close()


@pytest.mark.once
@pytest.mark.skipif(connection.vendor == "postgresql", reason="the campaign of faults does so there")
def test_the_process_of_a_trial_does_what_its_worker_would_have_done(
    transactional_db: None, chief: User, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bookgen.sqlite3").symlink_to(connection.settings_dict["NAME"])
    monkeypatch.setenv("BOOKGEN_VAR", str(tmp_path))
    monkeypatch.setenv("BOOKGEN_MEDIA", str(settings.MEDIA_ROOT))
    wishes = {"character": "Ottilie Brandreth", "min_sources": 3}
    job = making.new_job(by=chief, folder=read_folder(SOURCES), key="trial", wishes=wishes, say=pytest.fail)
    run = Run.objects.get(job=job)
    course.advance(run)
    first = Unit.objects.order_by("pk")[0]
    Unit.objects.filter(pk=first.pk).update(deaths=2)
    monkeypatch.setattr(runner, "_record", lambda _claim: pytest.fail("worked by its worker itself"))
    assert runner.work_one(run, workers.me())
    first.refresh_from_db()
    assert (first.status, first.error, bool(first.result)) == ("done", "", True)
