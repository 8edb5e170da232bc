"""Who works here: what a killed process held is found at once, without waiting for its lease."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from biographies.models import BiographyJob
from engine import crew, units, workers
from engine.models import Unit
from tests.fakes import rows


@pytest.fixture
def process() -> Iterator[tuple[BaseProcess, str]]:
    """A process of its own that can work units, and its name; its files lie where this test looks."""
    forking = multiprocessing.get_context("fork")
    here, there = forking.Pipe()
    started = forking.Process(target=_works_here, args=(there,), daemon=True)
    started.start()
    yield started, here.recv()
    started.kill()
    started.join()


def _works_here(parent: Connection) -> None:
    parent.send(workers.me())
    time.sleep(600)


@pytest.fixture(autouse=True)
def own_name() -> Iterator[None]:
    workers.me.cache_clear()
    yield
    workers.me.cache_clear()


@pytest.mark.django_db
def test_a_killed_process_is_known_to_be_dead(process: tuple[BaseProcess, str]) -> None:
    other, name = process
    run = rows.run()
    rows.unit(run=run)
    claim = units.claim(run.pk, name)
    assert claim
    assert workers.release_dead() == 0  # it lives
    assert workers.alive() == 2
    other.kill()
    other.join()
    assert workers.alive() == 1
    assert workers.release_dead() == 1
    unit = Unit.objects.get()
    assert (unit.status, unit.worker, unit.fence) == ("waiting", "", claim.fence + 1)
    assert workers.release_dead() == 0
    assert units.claim(run.pk, workers.me())


@pytest.mark.django_db
def test_this_process_never_takes_itself_for_dead() -> None:
    run = rows.run()
    rows.unit(run=run)
    units.claim(run.pk, workers.me())
    assert workers.release_dead() == 0
    assert Unit.objects.get().worker == workers.me()


@pytest.mark.django_db
def test_the_sweep_takes_up_what_the_dead_left(started: BiographyJob, tmp_path: Path) -> None:
    """The lock file of a dead process is an unlocked file; its unit is free at once, lease or no lease."""
    crew.sweep_once(lambda: bool(Unit.objects.exists()))
    claim = units.claim(started.runs.get().pk, "host.1.dead")
    assert claim
    (tmp_path / "workers" / "host.1.dead.lock").touch()
    assert crew.sweep_once() > 0
    started.refresh_from_db()
    assert started.status == "needs_review"
    assert not (tmp_path / "workers" / "host.1.dead.lock").exists()
