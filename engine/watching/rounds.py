"""One round of all watches, and the thread that makes one every minute."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

import structlog
from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import translation

from engine.watching import books, machine
from notifications.alerts import Trouble, reconcile

log = structlog.get_logger(__name__)

# By the names that the troubles carry. Budgets are two, because what is 100 % is 80 % as well.
WATCHES: Final[dict[tuple[str, ...], Callable[[], list[Trouble]]]] = {
    ("failed",): books.failed,
    ("parked",): books.parked,
    ("budget_80", "budget_100"): books.budgets,
    ("circuit",): machine.circuits,
    ("queue",): machine.queue,
    ("outbox",): machine.outbox,
    (machine.disk_watch(),): machine.disks,
    (machine.backup_watch(),): machine.backups,
}


def look_around() -> None:
    """Ask every watch and tell what is new or over. One that breaks leaves its alerts as they are."""
    with translation.override(settings.LANGUAGE_CODE):
        for names, watch in WATCHES.items():
            try:
                reconcile(watch(), names)
            except DatabaseError:
                raise
            except Exception:
                log.exception("watch_failed", watch=names[0])


class Watch(threading.Thread):
    """Looks around every ALERT_EVERY_SECONDS, until it is stopped."""

    def __init__(self) -> None:
        super().__init__(name="watch", daemon=True)
        self._stop_asked = threading.Event()

    def stop(self) -> None:
        """Look no more."""
        self._stop_asked.set()

    def run(self) -> None:
        """Look until asked to stop; a database that is away is tried again at the next round."""
        while not self._stop_asked.wait(settings.ALERT_EVERY_SECONDS):
            try:
                look_around()
            except DatabaseError as error:
                log.warning("database_away", error=str(error))
            finally:
                connection.close()
