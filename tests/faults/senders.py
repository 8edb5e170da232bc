"""Couriers in processes of their own, as killable as any, on the test's database and under one movable clock."""

from __future__ import annotations

import datetime as dt
import logging
import multiprocessing
import os
import signal
import threading
import time
import traceback
from typing import Any

from django.db import connection, connections
from django.utils import timezone

from bookgen_site.lib import clock
from notifications import courier


class SharedClock:
    """The injected clock: the real one and an offset, which all processes see."""

    def __init__(self, monkeypatch: Any) -> None:
        self._offset = multiprocessing.RawValue("d", 0.0)
        monkeypatch.setattr(clock, "now", self.now)

    def now(self) -> dt.datetime:
        return timezone.now() + dt.timedelta(seconds=self._offset.value)

    def jump_to(self, moment: dt.datetime) -> None:
        """Let it be that moment, unless it is later already."""
        self._offset.value += max((moment - self.now()).total_seconds(), 0.0)


class Sender:
    """A process that does nothing but carry messages, until it is killed."""

    def __init__(self, threads: int = 6) -> None:
        connections.close_all()
        parent = os.getpid()
        self.pid = os.fork()
        if not self.pid:
            _carry(threads, parent)

    def kill(self) -> None:
        """Kill -9, and wait until it is gone."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)


def _carry(threads: int, parent: int) -> None:
    try:
        threading.Thread(target=_end_with, args=[parent], daemon=True).start()
        logging.disable(logging.CRITICAL)
        if connection.vendor == "postgresql":  # the pool's threads stayed with the parent
            type(connections["default"])._connection_pools.clear()  # type: ignore[attr-defined]  # only psycopg's wrapper has it
        courier.Courier(threads).run()
    except BaseException:
        traceback.print_exc()  # nobody else would tell
        raise
    finally:
        os._exit(1)


def _end_with(parent: int) -> None:
    """Nobody is left behind when the campaign itself is ended."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)
