"""What a job did, over HTTP: deeds and events in one line of time, in words."""

from __future__ import annotations

import uuid
from typing import Any, Final

from rest_framework.request import Request
from rest_framework.response import Response

from biographies.api.event_serializers import LogsSerializer
from biographies.api.file_wishes import WhichLogs
from biographies.api.money_views import MoneyView
from biographies.event_words import Titles, in_words
from biographies.models import BiographyJob, Chapter
from bookgen_site.openapi import documented
from bookgen_site.representing import row_as
from engine.queries import parked_units
from notifications import deeds
from notifications.models import AuditEntry, Event
from notifications.publish import ENGINE_NAME

TOLD: Final = ("reason", "instruction")  # a person's own words, shown as such
MOST_PARKED: Final = 100


class Logs(MoneyView):
    """The log of one job."""

    @documented("read_logs", "Read the log", {200: LogsSerializer}, parameters=[WhichLogs])
    def get(self, request: Request, job_id: uuid.UUID) -> Response:
        """Newest first: who did what, what came of it, and what was given up and waits for a retry."""
        job = self.paid_job(request, job_id)
        asked = self.asked(WhichLogs, request)
        lines, more = stretch(job, asked.get("before", ""), asked["limit"])
        parked = parked_units(job.pk)[:MOST_PARKED]
        return Response(row_as(LogsSerializer, {"lines": lines, "parked": parked, "next": more}))


def stretch(job: BiographyJob, before: str, limit: int) -> tuple[list[dict[str, Any]], str | None]:
    """Lines that are older than the place `before` ("audit id.event number"), and the place for what is older still."""
    deed, _dot, number = before.partition(".")
    done = AuditEntry.objects.filter(job_id=job.pk).order_by("-id")
    happened = Event.objects.filter(job_id=job.pk).order_by("-seq")
    if before:
        done, happened = done.filter(pk__lte=int(deed)), happened.filter(seq__lte=int(number))
    audit, events = list(done[: limit + 1]), list(happened[: limit + 1])
    titles = dict(Chapter.objects.filter(job=job).values_list("pk", "title"))
    lines: list[dict[str, Any]] = []
    while (audit or events) and len(lines) < limit:
        takes_deed = bool(audit) and (not events or audit[0].at >= events[0].created_at)
        lines.append(_deed(audit.pop(0)) if takes_deed else _event(events.pop(0), titles))
    if not audit and not events:
        return lines, None
    return lines, f"{audit[0].pk if audit else 0}.{events[0].seq if events else 0}"


def _deed(row: AuditEntry) -> dict[str, Any]:
    note = next((str(row.after[name]) for name in TOLD if row.after.get(name)), "")
    actor = "BookGen" if row.actor_id is None and row.actor == ENGINE_NAME else row.actor
    told = {"at": row.at, "kind": "deed", "actor": actor, "text": deeds.in_words(row.action)}
    return told | {"target": row.target, "note": note}


def _event(row: Event, titles: Titles) -> dict[str, Any]:
    told = {"at": row.created_at, "kind": "event", "actor": "", "text": in_words(row, titles)}
    return told | {"target": "", "note": ""}
