"""What was told is forgotten: wholly, with the book that it was about; by its age, when it is of no use any more."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Final, TypeVar

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model, Q, QuerySet

from bookgen_site.lib.mail_files import path_of
from notifications.auditing import ENGINE_NAME
from notifications.letters.mailing import message_id
from notifications.models import (
    Alert,
    AlertState,
    AuditEntry,
    AuthorLink,
    Channel,
    Delivery,
    Event,
    EventCounter,
    SocketTicket,
    State,
    SuppressedAddress,
)

Row = TypeVar("Row", bound=Model)
BATCH: Final = 1000  # rows of one transaction: nobody waits long for it
ENDED: Final = (State.SENT, State.FAILED, State.MERGED, State.DROPPED)

# Who did what, and when, stays; who has no account is a person of the book, and their name goes, too.
_REDACTED: Final = """
INSERT INTO audit ("at", actor_id, actor, action, job_id, target, "before", "after")
SELECT "at", actor_id, CASE WHEN actor_id IS NULL AND actor <> %s THEN '' ELSE actor END, action, job_id, '', '{}', '{}'
FROM audit WHERE job_id = %s ORDER BY id
"""


@transaction.atomic
def forget_job(job_id: uuid.UUID) -> None:
    """Delete all that was told of a job: events, messages, links, alerts. The audit keeps the deeds, without words."""
    letters = list(Delivery.objects.filter(job_id=job_id, channel=Channel.EMAIL))
    for model in (Event, EventCounter, Delivery, AuthorLink, Alert):
        model.objects.filter(job_id=job_id).delete()
    SuppressedAddress.objects.filter(scope=str(job_id)).delete()
    _redact(job_id)
    transaction.on_commit(lambda: _remove_mail(letters), robust=True)


def _redact(job_id: uuid.UUID) -> None:
    last = AuditEntry.objects.filter(job_id=job_id).order_by("-id").values_list("pk", flat=True).first()
    if last is None:
        return
    value = AuditEntry._meta.get_field("job_id").get_db_prep_value(job_id, connection)
    with connection.cursor() as cursor:
        cursor.execute(_REDACTED, [ENGINE_NAME, value])
    AuditEntry.objects.filter(job_id=job_id, pk__lte=last).delete()


def forget_old(now: dt.datetime, ended: Callable[[QuerySet[Event]], QuerySet[Event]]) -> dict[str, int]:
    """Delete what is older than the settings say; returns how many rows of each kind.

    `ended` narrows events to those whose books rest: others may still be asked for from the first on.
    """
    events, messages, audit = (
        _before(now, days)
        for days in (settings.KEEP_EVENTS_DAYS, settings.KEEP_DELIVERIES_DAYS, settings.KEEP_AUDIT_DAYS)
    )
    return {
        "events": _in_batches(ended(Event.objects.filter(created_at__lt=events))) if events else 0,
        "messages": _forget_messages(messages) if messages else 0,
        "audit": _in_batches(AuditEntry.objects.filter(at__lt=audit)) if audit else 0,
        "tickets": _in_batches(SocketTicket.objects.filter(expires_at__lt=now)),
    }


def _forget_messages(before: dt.datetime) -> int:
    over = Alert.objects.filter(state=AlertState.RESOLVED, resolved_at__lt=before)
    old = Delivery.objects.filter(
        Q(sent_at__lt=before) | Q(sent_at=None, created_at__lt=before), state__in=ENDED
    )
    return _in_batches(old, also=_remove_mail) + _in_batches(over)


def _before(now: dt.datetime, days: int) -> dt.datetime | None:
    return now - dt.timedelta(days=days) if days else None


def _in_batches(rows: QuerySet[Row], also: Callable[[list[Row]], None] | None = None) -> int:
    """Delete them, some at a time, oldest first; killed in between, the next time goes on."""
    count = 0
    while batch := list(rows.order_by("pk")[:BATCH]):
        rows.model._default_manager.filter(pk__in=[row.pk for row in batch]).delete()
        if also:
            also(batch)
        count += len(batch)
    return count


def _remove_mail(letters: list[Delivery]) -> None:
    """Where mail goes to files, the files of these letters go as well."""
    for letter in letters:
        for turn in range(letter.turn + 1):  # sent again by a person, it is another mail
            letter.turn = turn
            path_of(message_id(letter)).unlink(missing_ok=True)
