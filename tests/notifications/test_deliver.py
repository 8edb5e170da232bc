"""The outbox: each message once; what fails is tried later, then given up openly."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from bookgen_site.lib import clock
from notifications import deliver
from notifications.deliver import deliver_due
from notifications.events import Completion, JobError
from notifications.models import Delivery
from notifications.publish import publish
from tests.fakes import rows
from tests.fakes.threads import at_once

JOB = uuid.UUID("5b7d0a5e-0000-4000-8000-000000000001")
DONE = Completion(files=("ada-quill.docx",), words=9)


@pytest.mark.django_db
def test_a_message_is_sent_once() -> None:
    publish(JOB, DONE, tell=["ada@example.org"])
    assert (deliver_due(), deliver_due()) == (1, 0)
    (message,) = mail.outbox
    assert (message.to, message.subject) == (["ada@example.org"], "Your book is ready")
    row = Delivery.objects.get()
    assert (row.state, row.attempts) == ("sent", 1)
    assert row.sent_at


@pytest.mark.django_db
def test_in_the_language_of_the_reader() -> None:
    publish(
        JOB, JobError(severity="critical", message="No sources."), tell=["ada@example.org"], language="en"
    )
    deliver_due()
    assert mail.outbox[0].subject == "Your book can't go on"


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    publish(JOB, DONE, tell=["ada@example.org"])
    assert sorted(at_once([deliver_due, deliver_due])) == [0, 1]
    assert len(mail.outbox) == 1


@pytest.fixture
def post_office(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the mail server does: `error` is raised by every send."""
    state: dict[str, Any] = {"error": None, "now": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)}
    honest = EmailMessage.send

    def send(self: EmailMessage, **more: Any) -> int:
        if state["error"]:
            raise state["error"]
        return honest(self, **more)

    monkeypatch.setattr(EmailMessage, "send", send)
    monkeypatch.setattr(clock, "now", lambda: state["now"])
    return state


@pytest.mark.django_db
def test_what_fails_is_tried_later_and_given_up_openly(post_office: dict[str, Any]) -> None:
    row = rows.delivery(event_id=rows.event(kind="completion").pk)
    Delivery.objects.update(not_before=post_office["now"])
    post_office["error"] = ConnectionRefusedError("nobody there")
    waits = []
    for _time in range(deliver.MOST_ATTEMPTS):
        assert deliver_due() == 0
        row.refresh_from_db()
        waits.append(row.not_before - post_office["now"])
        assert row.error == "nobody there"
        post_office["now"] = row.not_before
    assert waits == sorted(waits)
    assert waits[0] >= dt.timedelta(seconds=30)
    assert (row.state, row.attempts) == ("failed", deliver.MOST_ATTEMPTS)
    post_office["error"] = None
    assert deliver_due() == 0


@pytest.mark.django_db
def test_it_goes_out_when_the_server_is_back(post_office: dict[str, Any]) -> None:
    row = rows.delivery(event_id=rows.event(kind="completion").pk)
    Delivery.objects.update(not_before=post_office["now"])
    post_office["error"] = ConnectionRefusedError("nobody there")
    deliver_due()
    post_office["error"] = None
    assert deliver_due() == 0  # not yet
    post_office["now"] += dt.timedelta(hours=1)
    assert deliver_due() == 1
    row.refresh_from_db()
    assert (row.state, row.error) == ("sent", "")


@pytest.mark.django_db
def test_a_claim_that_died_is_taken_up_again(post_office: dict[str, Any]) -> None:
    """A worker was killed between its claim and the mail server."""
    row = rows.delivery(event_id=rows.event(kind="completion").pk)
    Delivery.objects.update(not_before=post_office["now"] + deliver.CLAIM, attempts=1)
    assert deliver_due() == 0
    post_office["now"] += deliver.CLAIM
    assert deliver_due() == 1
    row.refresh_from_db()
    assert row.attempts == 2


@pytest.mark.django_db
@pytest.mark.parametrize("bad", ["no event", "bad address"])
def test_one_bad_message_holds_up_no_other(bad: str) -> None:
    event = rows.event(kind="completion")
    first = {"event_id": 10**9} if bad == "no event" else {"event_id": event.pk, "address": "a@b\nBcc: c@d"}
    broken = rows.delivery(**first)
    good = rows.delivery(event_id=event.pk)
    assert deliver_due() == 1
    for row, state in ((broken, "waiting"), (good, "sent")):
        row.refresh_from_db()
        assert row.state == state
    assert broken.error
    assert len(mail.outbox) == 1
