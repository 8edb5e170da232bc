"""Events are numbered per job without a gap, and written with what they tell."""

from __future__ import annotations

import uuid

import pytest
from django.db import transaction

from bookgen_site.accounts.models import User
from notifications.events import EventKind, PhaseChange, StatusChange
from notifications.models import AuditEntry, Delivery, Event
from notifications.publish import audit, publish
from notifications.queries import events_after, last_number
from tests.fakes import rows
from tests.fakes.threads import at_once

JOB = uuid.UUID("5b7d0a5e-0000-4000-8000-000000000001")
NEWS = PhaseChange(phase="export", progress=95)


@pytest.mark.django_db
def test_each_job_counts_for_itself() -> None:
    other = uuid.uuid4()
    assert [publish(JOB, NEWS).seq, publish(other, NEWS).seq, publish(JOB, NEWS).seq] == [1, 1, 2]
    assert (last_number(JOB), last_number(uuid.uuid4())) == (2, 0)


@pytest.mark.django_db
def test_an_event_carries_its_fields() -> None:
    row = publish(JOB, StatusChange(before="running", status="failed", reason="No sources."))
    row.refresh_from_db()
    assert row.kind == EventKind.STATUS_CHANGE
    assert row.payload == {"before": "running", "status": "failed", "reason": "No sources."}


@pytest.mark.django_db
def test_events_after_a_number() -> None:
    for _time in range(5):
        publish(JOB, NEWS)
    assert [event.seq for event in events_after(JOB, 2)] == [3, 4, 5]
    assert [event.seq for event in events_after(JOB, 0, limit=2)] == [1, 2]
    assert events_after(JOB, 5) == []


@pytest.mark.django_db(transaction=True)
def test_numbers_run_without_a_gap_under_four_threads() -> None:
    def ten() -> list[int]:
        numbers = []
        for turn in range(10):
            with transaction.atomic():
                numbers.append(publish(JOB, NEWS).seq)
                if turn % 3 == 2:
                    transaction.set_rollback(True)  # what is rolled back must leave no hole
                    numbers.pop()
        return numbers

    answers = at_once([ten, ten, ten, ten])
    assert all(isinstance(answer, list) for answer in answers), answers
    assert sorted(number for answer in answers for number in answer) == list(range(1, 29))
    assert list(Event.objects.values_list("seq", flat=True)) == list(range(1, 29))
    assert all(answer == sorted(answer) for answer in answers)


@pytest.mark.django_db(transaction=True)
def test_hints_go_out_with_the_commit(hints: list[tuple[str, str]]) -> None:
    with transaction.atomic():
        publish(JOB, NEWS)
        job = rows.job(author_email="ada@example.org")
        publish(job.pk, StatusChange(before="pending", status="running"))
        assert hints == []
    assert hints == [
        ("notifications.live", str(JOB)),
        ("notifications.live", str(job.pk)),
        ("notifications.deliver", str(job.pk)),
    ]
    assert [row.address for row in Delivery.objects.all()] == ["ada@example.org"]


@pytest.mark.django_db
def test_the_audit_knows_people_and_the_engine(editor: User) -> None:
    audit(by=editor, action="approve", target="x" * 200, job_id=JOB, after={"a": 1})
    audit(by=None, action="add_revision", target="a chapter")
    machine, person = AuditEntry.objects.all()
    assert (person.actor, person.actor_id, len(person.target)) == (editor.username, editor.pk, 100)
    assert (machine.actor, machine.actor_id, machine.job_id) == ("engine", None, None)
