"""The audit of one book in words that a person reads."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.utils.translation import gettext as _

from notifications.deeds import in_words
from notifications.models import AuditEntry
from notifications.publish import ENGINE_NAME

NEWEST = 40  # entries on the page of a book; all of them are in the audit's own list


@dataclass(frozen=True, slots=True)
class Remembered:
    """One line of the history; `note` holds a person's own words, if the deed came with any."""

    at: dt.datetime
    actor: str
    deed: str
    target: str
    note: str


def history(job_id: uuid.UUID) -> list[Remembered]:
    """The newest entries of the book's audit, newest first."""
    rows = AuditEntry.objects.filter(job_id=job_id).order_by("-id")[:NEWEST]
    return [_line(row) for row in rows]


def _line(row: AuditEntry) -> Remembered:
    note = row.after.get("reason") or row.after.get("instruction") or ""
    actor = _("BookGen") if row.actor_id is None and row.actor == ENGINE_NAME else row.actor
    return Remembered(row.at, actor, in_words(row.action), row.target, str(note))
