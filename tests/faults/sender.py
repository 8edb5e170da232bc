"""What the processes of the campaign do: publish events, and send until they are killed. Time runs faster here."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path

from django.core.management import call_command
from django.db import transaction

from notifications.courier import Courier
from notifications.events import Question
from notifications.models import Delivery, State
from notifications.publish import publish
from notifications.transports import email
from tests.fakes import rows

GONE = "gone"  # an address that begins so doesn't exist, and the server says so


def act(folder: str, events: str, books: str) -> None:
    """The first process of a campaign makes its events; all others send."""
    made = Path(folder) / "made"
    if made.exists():
        send()
        return
    call_command("migrate", verbosity=0)
    publish_events(int(events), int(books))
    made.touch()


def publish_events(count: int, books: int) -> None:
    """So many questions to authors, spread over so many books; one of the authors has no mailbox."""
    names = (f"{'ada' if number else GONE}{number}@example.org" for number in range(books))
    jobs = [rows.job(author_email=name).pk for name in names]
    for number in range(count):
        ask(jobs[number % books], number)


def ask(job_id: uuid.UUID, number: int) -> None:
    """One event; every seventh is taken back with its transaction, and must never be heard of."""
    with transaction.atomic():
        publish(job_id, Question(text=f"Question {number}?", by="editor"))
        if number % 7 == 6:
            transaction.set_rollback(True)


def send() -> None:
    """Carry what is due, one at a time; ends by itself when nothing is left to be sent."""
    email.SCHEDULE = (dt.timedelta(seconds=0.2),) * 200  # type: ignore[misc]  # the sender's own patience is not at stake
    email.LANE_REST = dt.timedelta(seconds=0.2)  # type: ignore[misc]
    courier = Courier(threads=1)
    courier.start()
    while courier.is_alive():
        courier.join(0.2)
        if not Delivery.objects.filter(state__in=[State.WAITING, State.SENDING]).exists():
            courier.stop()
