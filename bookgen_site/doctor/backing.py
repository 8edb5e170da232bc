"""Whether anything could be brought back."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from bookgen_site.backups.alarm import WATCH
from bookgen_site.doctor.signs import Sign, good, warning, wrong
from engine.watching import machine
from notifications.models import Alert, AlertState

MEND = "python manage.py backup FOLDER (docs/operations.md, Backup)"


def recent() -> Iterator[Sign]:
    """Whether the last backup failed, and how old the last good one is, where that is watched."""
    failed = Alert.objects.filter(watch=WATCH, state=AlertState.FIRING).first()
    if failed:
        yield wrong(f"The last backup failed: {failed.text}", MEND)
    if not settings.ALERT_BACKUP_FILE:
        yield warning(
            "Nobody watches whether backups are made.", "Set ALERT_BACKUP_FILE; each good backup touches it."
        )
        return
    troubles = machine.backups()
    for one in troubles:
        yield wrong(f"{one.title}. {one.text}", MEND)
    if not troubles and not failed:
        yield good(f"the last good one is younger than {settings.ALERT_BACKUP_HOURS:g} hours")
