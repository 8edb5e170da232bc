"""The single door: an event and its messages are written in the transaction of what they tell."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import F

from bookgen_site.accounts.models import User
from bookgen_site.lib import queue
from notifications.events import JobEvent
from notifications.freshness import changed
from notifications.models import AuditEntry, Delivery, Event, EventCounter

ENGINE_NAME = "engine"


def publish(job_id: uuid.UUID, event: JobEvent, *, tell: Sequence[str] = (), language: str = "en") -> Event:
    """Store the event under the job's next number, and a message for each address in `tell`."""
    with transaction.atomic():
        row = Event.objects.create(
            job_id=job_id, seq=_next_number(job_id), kind=event.kind.value, payload=event.payload()
        )
        for address in sorted(set(tell)):
            Delivery.objects.create(event_id=row.pk, job_id=job_id, address=address, language=language)
        changed(job_id)
        queue.put("notifications.live", job_id)
        if tell:
            queue.put("notifications.deliver", job_id)
    return row


def _next_number(job_id: uuid.UUID) -> int:
    """Raise the job's counter under its row lock, held until the caller's transaction ends."""
    EventCounter.objects.get_or_create(job_id=job_id)
    EventCounter.objects.filter(job_id=job_id).update(last=F("last") + 1)
    return EventCounter.objects.values_list("last", flat=True).get(job_id=job_id)


def audit(
    *,
    by: User | None,
    action: str,
    target: str,
    job_id: uuid.UUID | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> AuditEntry:
    """Write down who did what; `by=None` is the engine itself. Call it inside the action's transaction."""
    if job_id is not None:
        changed(job_id)
    return AuditEntry.objects.create(
        actor_id=by.pk if by else None,
        actor=by.get_username() if by else ENGINE_NAME,
        action=action,
        target=target[:100],
        job_id=job_id,
        before=before or {},
        after=after or {},
    )
