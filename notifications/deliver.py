"""The outbox: messages due are sent, each once; what fails is tried again later, then given up openly."""

from __future__ import annotations

import datetime as dt
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from bookgen_site.lib import clock
from notifications.models import Delivery, Event

MOST_ATTEMPTS = 8
CLAIM = dt.timedelta(minutes=5)  # longer than any send: while it lasts, no other worker takes the message


def deliver_due() -> int:
    """Send every message that is due; returns how many were sent."""
    due = Delivery.objects.filter(state=Delivery.State.WAITING, not_before__lte=clock.now()).order_by("id")
    return sum(_deliver(one) for one in due[:100])


def _deliver(delivery: Delivery) -> bool:
    """Claim by compare-and-set on the attempt, send, record."""
    mine = Delivery.objects.filter(
        pk=delivery.pk, attempts=delivery.attempts, state=Delivery.State.WAITING, not_before__lte=clock.now()
    )
    if not mine.update(attempts=F("attempts") + 1, not_before=clock.now() + CLAIM):
        return False
    try:
        _message(delivery).send()
    except (OSError, SMTPException, ValueError, Event.DoesNotExist) as error:
        # ValueError: an address or header that can't be written. One bad message never holds up the others.
        _later(delivery, str(error))
        return False
    Delivery.objects.filter(pk=delivery.pk).update(state=Delivery.State.SENT, sent_at=clock.now(), error="")
    return True


def _later(delivery: Delivery, error: str) -> None:
    attempts = delivery.attempts + 1
    state = Delivery.State.FAILED if attempts >= MOST_ATTEMPTS else Delivery.State.WAITING
    wait = dt.timedelta(seconds=30 * 2**attempts)
    with transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(
            state=state, error=error, not_before=clock.now() + wait
        )


def _message(delivery: Delivery) -> EmailMessage:
    event = Event.objects.get(pk=delivery.event_id)
    with translation.override(delivery.language):
        subject = " ".join(_subject(event).split())  # one line: nothing of a name may become a header
        body = render_to_string("mail/event.txt", {"event": event})
    return EmailMessage(subject=subject, body=body, to=[delivery.address])


def _subject(event: Event) -> str:
    if event.kind == "completion":
        return _("Your book is ready")
    if event.kind == "error":
        return _("Your book can't go on")
    return _("News of your book")
