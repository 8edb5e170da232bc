"""From an event to its messages: one for each endpoint that wants to hear of such things."""

from __future__ import annotations

import uuid

from django.db.models import Q

from bookgen_site.lib import clock
from notifications.hooks import shaping
from notifications.hooks.addresses import shown
from notifications.models import Channel, Delivery, Event, WebhookEndpoint


def deliveries_of(event: Event) -> list[Delivery]:
    """The messages of this event, unsaved: to the job's own endpoint and to those that hear of all jobs."""
    concerned = Q(job_id=event.job_id) | Q(job_id=None)
    endpoints = [
        one for one in WebhookEndpoint.objects.filter(concerned, active=True) if one.wants(event.kind)
    ]
    if not endpoints:
        return []
    body = shaping.body_of(event)
    return [message(one, event.kind, body, event_id=event.pk, job_id=event.job_id) for one in endpoints]


def message(
    endpoint: WebhookEndpoint,
    kind: str,
    body: dict[str, object],
    *,
    event_id: int | None = None,
    job_id: uuid.UUID | None = None,
) -> Delivery:
    """A message to the endpoint, unsaved. All of an endpoint travel in one lane."""
    return Delivery(
        event_id=event_id,
        job_id=job_id or endpoint.job_id,
        channel=Channel.WEBHOOK,
        kind=kind,
        address=shown(endpoint.url),
        target_id=endpoint.pk,
        lane=endpoint.lane,
        payload=body,
        next_at=clock.now(),
    )
