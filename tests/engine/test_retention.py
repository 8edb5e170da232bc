"""What is old is forgotten, by kind and by setting, and nothing that anybody may need."""

from __future__ import annotations

import datetime as dt
import gzip
import os
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from pytest_django import Settings

from biographies.models import BiographyJob, Export
from bookgen_site.lib import clock, log_files
from engine import retention
from engine.models import ModelCall
from engine.retention import FORGOTTEN, forget
from notifications.models import Alert, AuditEntry, Delivery, Event
from tests.fakes import rows

pytestmark = pytest.mark.django_db
OLD = dt.timedelta(days=100)


@pytest.fixture(autouse=True)
def kept(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "VAR_DIR", tmp_path)
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    for name in ("EVENTS", "CALL_BODIES", "EXPORTS", "DELIVERIES", "AUDIT", "LOGS"):
        setattr(settings, f"KEEP_{name}_DAYS", 0)


def completed(**columns: Any) -> BiographyJob:
    return rows.job(status="completed", progress=100, completed_at=clock.now(), **columns)


def aged(row: Any, column: str, **more: Any) -> Any:
    """The row, made long ago; by raw SQL where the table refuses changes."""
    manager = type(row).objects
    manager.filter(pk=row.pk).update(**{column: clock.now() - OLD, **more})
    return row


def test_nothing_is_forgotten_unless_it_is_told() -> None:
    aged(rows.delivery(job_id=completed().pk, state="sent", sent_at=clock.now()), "sent_at")
    assert not any(forget().values())
    assert not AuditEntry.objects.filter(action="forget").exists()


def old_event(job_id: Any) -> Event:
    event = Event(job_id=job_id, seq=1, kind="progress", payload={})
    event.save()
    return event


def test_events_of_books_that_are_over(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.KEEP_EVENTS_DAYS = 90
    over, gone, going = completed().pk, rows.job().pk, rows.job(status="running").pk
    BiographyJob.objects.filter(pk=gone).delete()
    for job_id in (over, gone, going):
        old_event(job_id)
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + OLD)
    fresh = rows.event(job_id=over, seq=2)
    Event.objects.filter(pk=fresh.pk)  # made by the database's own clock, so it is old here too
    assert forget()["events"] == 3
    assert list(Event.objects.values_list("job_id", flat=True)) == [going]


def test_messages_that_have_ended(settings: Settings) -> None:
    settings.KEEP_DELIVERIES_DAYS = 90
    aged(rows.delivery(state="sent", sent_at=clock.now()), "sent_at")
    aged(rows.delivery(state="failed"), "created_at")
    aged(rows.delivery(state="waiting"), "created_at")
    rows.delivery(state="sent", sent_at=clock.now())
    aged(rows.alert(state="resolved", resolved_at=clock.now()), "resolved_at")
    rows.alert()
    assert forget()["messages"] == 3
    assert sorted(Delivery.objects.values_list("state", flat=True)) == ["sent", "waiting"]
    assert Alert.objects.count() == 1


def call(unit: dict[str, Any], job: BiographyJob, **columns: Any) -> ModelCall:
    made = rows.call(
        unit=rows.unit(run=rows.run(job=job, status="done"), **unit),
        **{"status": "answered", "answer": "her life", "body": "asked", "cost_micros": 5, **columns},
    )
    return aged(made, "finished_at")  # type: ignore[no-any-return]


def test_words_of_calls_go_and_their_cost_stays(settings: Settings) -> None:
    settings.KEEP_CALL_BODIES_DAYS = 90
    job = completed()
    old = call({"status": "done", "result": {}}, job)
    failed = call({"status": "superseded"}, completed(), status="failed", answer="")
    parked = call({"status": "parked", "error": "x"}, completed())
    going = call({"status": "done", "result": {}}, rows.job(status="needs_review"))
    fresh = call({"status": "done", "result": {}}, completed())
    ModelCall.objects.filter(pk=fresh.pk).update(finished_at=clock.now())
    assert forget()["call_bodies"] == 2
    words = {one.pk: (one.body, one.answer, one.cost_micros) for one in ModelCall.objects.all()}
    assert words[old.pk] == ("", FORGOTTEN, 5)
    assert words[failed.pk] == ("", "", 5)
    assert all(words[one.pk][:2] == ("asked", "her life") for one in (parked, going, fresh))
    assert forget()["call_bodies"] == 0


def test_files_whose_place_a_newer_one_has_taken(settings: Settings) -> None:
    settings.KEEP_EXPORTS_DAYS = 90
    job = completed()
    first, second = (aged(rows.export(job=job, blob=blob * 64), "created_at") for blob in "ab")
    draft = aged(rows.export(job=job, blob="c" * 64, draft=True), "created_at")
    newest = rows.export(job=job, blob="d" * 64)
    alone = aged(rows.export(blob="e" * 64), "created_at")
    assert forget()["exports"] == 2
    left = set(Export.objects.values_list("pk", flat=True))
    assert left == {draft.pk, newest.pk, alone.pk}
    assert not left & {first.pk, second.pk}


def test_sessions_that_are_over() -> None:
    for name, days in {"old": -1, "new": 1}.items():
        Session.objects.create(session_key=name, expire_date=clock.now() + dt.timedelta(days=days))
    assert forget()["sessions"] == 1
    assert Session.objects.get().session_key == "new"


def test_logs_are_packed_and_removed(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.KEEP_LOGS_DAYS = 30
    monkeypatch.setattr(log_files, "LARGEST", 10)
    folder = tmp_path / "team"
    folder.mkdir()
    for name, text in {"web.log": "x" * 50, "old.log": "x", "new.log": "x", "keep.pid": "1"}.items():
        (folder / name).write_text(text)
    os.utime(folder / "old.log", (0, 0))
    os.utime(folder / "keep.pid", (0, 0))
    with (folder / "web.log").open("a") as writing:
        assert forget()["logs"] == 2
        writing.write("goes on")
    assert (folder / "web.log").read_text() == "goes on"
    (packed,) = folder.glob("web-*.log.gz")
    assert gzip.decompress(packed.read_bytes()) == b"x" * 50
    assert sorted(file.name for file in folder.iterdir() if file != packed) == [
        "keep.pid",
        "new.log",
        "web.log",
    ]


def test_it_is_written_down(settings: Settings) -> None:
    settings.KEEP_AUDIT_DAYS = 90
    rows.audit_entry()
    Session.objects.create(session_key="old", expire_date=clock.now() - dt.timedelta(days=1))
    forget()
    assert AuditEntry.objects.get(action="forget").after["sessions"] == 1
