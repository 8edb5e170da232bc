"""The events of a job over HTTP, for clients that don't hold a WebSocket."""

from __future__ import annotations

import uuid

from rest_framework.request import Request
from rest_framework.response import Response

from biographies.api.base import JobView
from biographies.api.event_serializers import EventsSerializer
from biographies.api.wishes import WhichEvents
from bookgen_site.openapi import documented
from bookgen_site.representing import row_as
from notifications.queries import events_after


class Events(JobView):
    """What happened to a job."""

    @documented("list_events", "Read what happened", {200: EventsSerializer}, parameters=[WhichEvents])
    def get(self, request: Request, job_id: uuid.UUID) -> Response:
        """The events after the given number, oldest first, up to 500."""
        after = self.asked(WhichEvents, request)["after"]
        events = events_after(self.job(request, job_id).pk, after)
        last = events[-1].seq if events else after
        return Response(row_as(EventsSerializer, {"events": events, "last": last}))
