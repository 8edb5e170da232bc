"""Troubles of the installation: providers that don't answer, work that nobody does, a full disk, no backup."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import socket
from pathlib import Path

from django.conf import settings
from django.db.models import Min
from django.urls import reverse
from django.utils.translation import gettext as _

from bookgen_site.env import VAR_DIR
from bookgen_site.lib import clock
from engine.models import ProviderState
from engine.watching.standing import queue_age, waiting_runs
from notifications.alerts import Trouble
from notifications.models import AlertSeverity, Delivery, State

HERE = socket.gethostname()[:40]  # disks are a machine's own


def circuits() -> list[Trouble]:
    """Endpoints of language models that are not called for a while, because they failed too often."""
    return [
        Trouble(
            watch="circuit",
            of=state.endpoint,
            severity=AlertSeverity.CRITICAL,
            title=_("A provider of language models doesn't answer: %s") % state.endpoint,
            text=state.error,
            path=reverse("admin:engine_modelcall_changelist"),
        )
        for state in ProviderState.objects.filter(open_until__gt=clock.now())
    ]


def queue() -> list[Trouble]:
    """Books that could be gone on with, and nobody does: no worker works."""
    age = dt.timedelta(seconds=queue_age())
    if age < dt.timedelta(minutes=settings.ALERT_QUEUE_MINUTES) or not age:
        return []
    since = clock.now() - age
    text = _("Nothing has been done since %(time)s. Do the workers run? Books that wait: %(count)d.")
    told = {"count": len(set(waiting_runs())), "time": f"{since:%Y-%m-%d %H:%M} UTC"}
    return [
        _stopped("queue", _("Nobody does the work that waits"), text % told, "admin:engine_unit_changelist")
    ]


def outbox() -> list[Trouble]:
    """Messages whose time came long ago."""
    due = Delivery.objects.filter(state=State.WAITING)
    oldest = due.aggregate(oldest=Min("next_at"))["oldest"]
    if oldest is None or clock.now() - oldest < dt.timedelta(minutes=settings.ALERT_QUEUE_MINUTES):
        return []
    text = _("The oldest should have left at %s.") % f"{oldest:%Y-%m-%d %H:%M} UTC"
    return [
        _stopped("outbox", _("Messages wait to be sent"), text, "admin:notifications_delivery_changelist")
    ]


def disks() -> list[Trouble]:
    """Disks of this machine with too little room, each told once however many of our folders are on it."""
    found: dict[int, Trouble] = {}
    for folder in (Path(settings.MEDIA_ROOT), VAR_DIR):
        place = next((one for one in (folder, *folder.parents) if one.exists()), None)
        if place is None:
            continue
        usage = shutil.disk_usage(place)
        free = 100 * usage.free / usage.total if usage.total else 100.0
        if free < settings.ALERT_DISK_PERCENT:
            found.setdefault(os.stat(place).st_dev, _full(folder, free))
    return list(found.values())


def backups() -> list[Trouble]:
    """The last good backup is too long ago, told by the file that each touches."""
    if not settings.ALERT_BACKUP_FILE:
        return []
    file = Path(settings.ALERT_BACKUP_FILE)
    try:
        made = dt.datetime.fromtimestamp(file.stat().st_mtime, dt.UTC)
    except OSError:
        return [_backup(_("There is no sign of any backup: %s isn't there.") % file.name)]
    if clock.now() - made < dt.timedelta(hours=settings.ALERT_BACKUP_HOURS):
        return []
    return [_backup(_("The last good one was made at %s.") % f"{made:%Y-%m-%d %H:%M} UTC")]


def disk_watch() -> str:
    """The name of the watch of this machine's disks: other machines know nothing of them."""
    return f"disk@{HERE}"


def backup_watch() -> str:
    """The same for the file of backups."""
    return f"backup@{HERE}"


def _stopped(watch: str, title: str, text: str, page: str) -> Trouble:
    return Trouble(watch, "all", AlertSeverity.CRITICAL, title, text, path=reverse(page))


def _full(folder: Path, free: float) -> Trouble:
    title = _("The disk of %s is nearly full") % HERE
    text = _("%(free).1f %% is free under %(folder)s.") % {"free": free, "folder": folder}
    severity = AlertSeverity.CRITICAL if free < settings.ALERT_DISK_PERCENT / 2 else AlertSeverity.WARNING
    return Trouble(disk_watch(), folder.name, severity, title, text)


def _backup(text: str) -> Trouble:
    return Trouble(backup_watch(), "all", AlertSeverity.CRITICAL, _("Backups have failed"), text)
