"""The one clock: everything that asks for the time asks here, so a test can set it."""

from __future__ import annotations

import datetime as dt
import time

from django.utils import timezone


def now() -> dt.datetime:
    """The present moment, aware, in UTC."""
    return timezone.now()


def monotonic() -> float:
    """Seconds that never run backwards: for deadlines and durations."""
    return time.monotonic()
