"""Reads of events."""

from __future__ import annotations

import uuid

from notifications.models import Event


def events_after(job_id: uuid.UUID, seq: int, limit: int = 500) -> list[Event]:
    """The job's events with a number above `seq`, oldest first."""
    return list(Event.objects.filter(job_id=job_id, seq__gt=seq).order_by("seq")[:limit])


def last_number(job_id: uuid.UUID) -> int:
    """The number of the job's newest event; 0 when there is none."""
    return Event.objects.filter(job_id=job_id).order_by("-seq").values_list("seq", flat=True).first() or 0


def group_of(job_id: str) -> str:
    """The channel group of all who watch a job."""
    return f"job-{job_id}"
