"""The single door: an event and its messages are written in the transaction of what they tell."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.db.models import F

from bookgen_site.lib import queue
from notifications.auditing import ENGINE_NAME, audit
from notifications.events import JobEvent
from notifications.models import Event, EventCounter
from notifications.routes import store_deliveries

__all__ = ["ENGINE_NAME", "audit", "publish"]


def publish(job_id: uuid.UUID, event: JobEvent) -> Event:
    """Store the event under the job's next number, and a message for everybody whom its routes name."""
    with transaction.atomic():
        row = Event.objects.create(
            job_id=job_id, seq=_next_number(job_id), kind=event.kind.value, payload=event.payload()
        )
        queue.put("notifications.live", job_id)
        if store_deliveries(row):
            queue.put("notifications.deliver", job_id)
    return row


def _next_number(job_id: uuid.UUID) -> int:
    """Raise the job's counter under its row lock, held until the caller's transaction ends."""
    EventCounter.objects.get_or_create(job_id=job_id)
    EventCounter.objects.filter(job_id=job_id).update(last=F("last") + 1)
    return EventCounter.objects.values_list("last", flat=True).get(job_id=job_id)
