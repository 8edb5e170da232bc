"""The audit of one book in words that a person reads."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.utils.translation import gettext as _

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
    words = _deeds()
    return [_line(row, words) for row in rows]


def _line(row: AuditEntry, words: dict[str, str]) -> Remembered:
    note = row.after.get("reason") or row.after.get("instruction") or ""
    actor = _("BookGen") if row.actor_id is None and row.actor == ENGINE_NAME else row.actor
    return Remembered(row.at, actor, words.get(row.action, row.action), row.target, str(note))


def _deeds() -> dict[str, str]:
    return {
        "create_job": _("made the biography"),
        "change_details": _("changed the details"),
        "add_source": _("added a source"),
        "add_found": _("found sources"),
        "decide_found": _("decided on found sources"),
        "leave_undecided": _("went on without the sources that were left undecided"),
        "start": _("started the work"),
        "pause": _("paused the work"),
        "resume": _("resumed the work"),
        "retry": _("tried again what was parked"),
        "cancel": _("cancelled the work"),
        "add_revision": _("wrote a text"),
        "regenerate": _("asked for another text"),
        "request_changes": _("asked for changes"),
        "close_finding": _("closed a finding"),
        "approve": _("approved"),
        "export": _("exported the book"),
    }
