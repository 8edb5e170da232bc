"""Reads of events, messages and alerts."""

from __future__ import annotations

import uuid

from django.db.models import Count, Min

from bookgen_site.lib import clock
from notifications.models import Alert, AlertState, Delivery, Event, State


def events_after(job_id: uuid.UUID, seq: int, limit: int = 500) -> list[Event]:
    """The job's events with a number above `seq`, oldest first."""
    return list(Event.objects.filter(job_id=job_id, seq__gt=seq).order_by("seq")[:limit])


def last_number(job_id: uuid.UUID) -> int:
    """The number of the job's newest event; 0 when there is none."""
    return Event.objects.filter(job_id=job_id).order_by("-seq").values_list("seq", flat=True).first() or 0


def group_of(job_id: str) -> str:
    """The channel group of all who watch a job."""
    return f"job-{job_id}"


def deliveries_by_state() -> list[tuple[str, str, int]]:
    """All messages that are kept: (channel, state, how many)."""
    rows = Delivery.objects.order_by().values_list("channel", "state").annotate(number=Count("pk"))
    return list(rows.order_by("channel", "state"))


def outbox_age() -> float:
    """Seconds for which the oldest message that waits should have been on its way; 0 when none should."""
    oldest = Delivery.objects.filter(state=State.WAITING).aggregate(oldest=Min("next_at"))["oldest"]
    return max(0.0, (clock.now() - oldest).total_seconds()) if oldest else 0.0


def alerts_firing() -> dict[str, int]:
    """What is wrong now, by severity: how many."""
    rows = Alert.objects.filter(state=AlertState.FIRING).order_by().values_list("severity")
    return dict(rows.annotate(number=Count("pk")))
