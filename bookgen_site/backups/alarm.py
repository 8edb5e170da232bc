"""A failed backup is a trouble at once, and over with the next good one."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import structlog
from django.conf import settings
from django.db import DatabaseError
from django.utils import translation
from django.utils.translation import gettext as _

from notifications import alerts
from notifications.alerts import Trouble
from notifications.models import AlertSeverity

log = structlog.get_logger(__name__)
WATCH: Final = "backup_failed"


def failed(reason: str) -> None:
    """Tell the operators. A database that is away can't be told; the age of the last good backup is watched too."""
    log.error("backup_failed", reason=reason)
    try:
        with translation.override(settings.LANGUAGE_CODE):
            title = _("A backup has failed")
        alerts.begin(Trouble(WATCH, "all", AlertSeverity.CRITICAL, title, reason))
    except DatabaseError as error:
        log.warning("database_away", error=str(error))


def went_well() -> None:
    """Touch the file that is watched, and end the alert."""
    if settings.ALERT_BACKUP_FILE:
        Path(settings.ALERT_BACKUP_FILE).touch()
    alerts.end(WATCH)
