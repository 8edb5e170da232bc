"""What the watches see, and what they don't."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from bookgen_site.lib import clock
from engine.models import ProviderState, Unit
from engine.watching import books, machine, rounds
from notifications.models import Alert, Delivery
from tests.fakes import rows

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def ago(**time: float) -> dt.datetime:
    return NOW - dt.timedelta(**time)


def test_a_failed_book_is_a_trouble_until_it_is_tried_again() -> None:
    job = rows.job(status="failed", error_message="Only 2 of 3 sources.")
    (seen,) = books.failed()
    assert (seen.key, seen.severity, seen.text) == (f"failed:{job.pk}", "critical", "Only 2 of 3 sources.")
    assert str(job.pk) in seen.path
    job.status = "running"
    job.save()
    assert books.failed() == []


def test_parked_pieces_of_a_book_are_one_trouble() -> None:
    run = rows.run()
    for _time in range(3):
        rows.unit(run=run, status="parked", error="It is poison.")
    rows.unit(run=rows.run(status="done"), status="parked", error="Of an old run.")
    rows.unit(run=rows.run(job=rows.job(status="cancelled")), status="parked", error="Cancelled.")
    (seen,) = books.parked()
    assert seen.of == str(run.job.pk)
    assert seen.text == "3 pieces of work were given up: It is poison."


@pytest.mark.parametrize(
    ("spent", "keys"),
    [(79, []), (80, ["budget_80"]), (99, ["budget_80"]), (100, ["budget_80", "budget_100"])],
)
def test_budgets_at_80_and_100_per_cent(spent: int, keys: list[str]) -> None:
    rows.job(budget_micros=100, spent_micros=spent, status="running")
    rows.job(budget_micros=100, spent_micros=100, status="cancelled")
    rows.job(spent_micros=10**9, status="running")
    assert [seen.watch for seen in books.budgets()] == keys


def test_the_ceiling_is_a_budget_too(settings: Settings) -> None:
    settings.MODEL_BOOK_BUDGET_USD = 1
    rows.job(spent_micros=900_000, status="running")
    assert [seen.text for seen in books.budgets()] == [
        "$0.90 of $1.00 is spent. At the limit the book pauses; raise it to go on."
    ]


def test_open_circuits() -> None:
    rows.provider(endpoint="https://a.example/", open_until=NOW + dt.timedelta(seconds=1), error="HTTP 503")
    rows.provider(endpoint="https://b.example/", open_until=ago(seconds=1))
    rows.provider(endpoint="https://c.example/")
    assert [(seen.of, seen.text) for seen in machine.circuits()] == [("https://a.example/", "HTTP 503")]
    ProviderState.objects.all().delete()
    assert machine.circuits() == []


def waiting_unit(**columns: Any) -> Unit:
    unit = rows.unit(**columns)
    plan = rows.plan(run=unit.run)
    type(plan).objects.filter(pk=plan.pk).update(planned_at=ago(minutes=20))
    type(unit.run.job).objects.update(updated_at=ago(minutes=20))
    return unit


def test_work_that_nobody_does() -> None:
    waiting_unit()
    (seen,) = machine.queue()
    assert "2026-01-01 11:40 UTC" in seen.text
    assert seen.text.endswith("Books that wait: 1.")


@pytest.mark.parametrize(("status", "troubles"), [("running", 1), ("exporting", 1), ("needs_review", 0)])
def test_a_book_that_nobody_has_planned(status: str, troubles: int) -> None:
    """All workers were gone before it was started: it has no units yet, and waits all the same."""
    job = rows.run(job=rows.job(status=status)).job
    assert machine.queue() == []
    type(job).objects.update(updated_at=ago(minutes=20))
    assert len(machine.queue()) == troubles


@pytest.mark.parametrize(
    "sign", ["at work", "just done", "just planned", "just resumed", "not due", "paused"]
)
def test_work_that_goes_on_is_no_trouble(sign: str) -> None:
    unit = waiting_unit()
    match sign:
        case "at work":
            rows.unit(status="leased", worker="w", lease_until=NOW + dt.timedelta(seconds=9))
        case "just done":
            rows.unit(status="done", result={}, finished_at=ago(minutes=1))
        case "just planned":
            rows.plan(run=unit.run, phase="research_planning")
            type(unit.run.plans.get(phase="research_planning")).objects.update(planned_at=ago(minutes=1))
        case "just resumed":
            type(unit.run.job).objects.update(updated_at=ago(minutes=1))
        case "not due":
            Unit.objects.update(not_before=NOW + dt.timedelta(minutes=1))
        case "paused":
            type(unit.run.job).objects.update(status="paused")
    assert machine.queue() == []


def test_messages_that_nobody_sends() -> None:
    rows.delivery(next_at=ago(minutes=14))
    assert machine.outbox() == []
    row = rows.delivery(next_at=ago(minutes=16))
    assert len(machine.outbox()) == 1
    Delivery.objects.filter(pk=row.pk).update(state="failed")
    assert machine.outbox() == []


@pytest.mark.parametrize(("free", "severity"), [(10, []), (9, ["warning"]), (4, ["critical"])])
def test_a_disk_that_fills_up(monkeypatch: pytest.MonkeyPatch, free: int, severity: list[str]) -> None:
    class Usage:
        total = 1000

    Usage.free = free * 10  # type: ignore[attr-defined]
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: Usage)
    seen = machine.disks()
    assert sorted({one.severity.value for one in seen}) == severity


def test_backups(settings: Settings, tmp_path: Path) -> None:
    assert machine.backups() == []  # nobody says where
    settings.ALERT_BACKUP_FILE = str(tmp_path / "last")
    assert "isn't there" in machine.backups()[0].text
    (tmp_path / "last").touch()
    for hours, troubles in ((25, 0), (27, 1)):
        moment = ago(hours=hours).timestamp()
        os.utime(tmp_path / "last", (moment, moment))
        assert len(machine.backups()) == troubles


def test_one_round_tells_and_one_that_breaks_ends_nothing(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.ALERT_EMAILS = ["ops@example.org"]
    settings.ALERT_DISK_PERCENT = 0
    rows.job(status="failed", character="Ada Quill", error_message="No sources.")
    rounds.look_around()
    assert Alert.objects.get().title == "The book about Ada Quill has failed"
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(minutes=9))

    def broken() -> list[Any]:
        raise ValueError("a bug")

    monkeypatch.setattr(rounds, "WATCHES", {("failed",): broken, ("parked",): books.parked})
    rounds.look_around()
    assert Alert.objects.get().state == "firing"


def test_a_round_costs_few_queries_however_many_books(settings: Settings) -> None:
    settings.ALERT_DISK_PERCENT = 0

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            rounds.look_around()
        return len(queries)

    rows.job(status="failed")
    rows.unit(run=rows.run(), status="parked", error="x")
    rounds.look_around()
    few = cost()
    for _time in range(5):
        rows.unit(run=rows.run(), status="parked", error="x")
        rows.job(status="failed")
    rounds.look_around()
    assert cost() == few
    assert few < 40
