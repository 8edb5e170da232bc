"""The worker inside the one-process profile: Celery on threads, its queue in memory, beat, sweep, courier and watch."""

from __future__ import annotations

import threading
import time
from typing import Final

from celery.beat import Scheduler, Service
from celery.worker import state
from django.conf import settings
from django.db import connection

from bookgen_site.celery import app
from engine import workers
from engine.crew import Sweep
from engine.models import Unit, UnitStatus
from engine.stopping import stopping
from engine.watching.rounds import Watch
from notifications.courier import Courier

PATIENCE: Final = 5.0  # seconds that units at work are waited for when the process ends


class EmbeddedWorker:
    """A worker beside the web server, in threads. What it leaves unfinished, the next start goes on with."""

    def __init__(self) -> None:
        # WorkController, not app.Worker: that one would install signal handlers and its own logging.
        self._controller = app.WorkController(
            pool="threads",
            concurrency=settings.ENGINE_THREADS,
            without_heartbeat=True,
            without_mingle=True,
            without_gossip=True,
        )
        self._thread = threading.Thread(target=self._controller.start, name="worker", daemon=True)
        # The team's beat in a thread: due messages are sent, old results pruned. Its times need no file.
        self._beat = Service(app, scheduler_cls=Scheduler, max_interval=5)
        self._clock = threading.Thread(target=self._beat.start, name="beat", daemon=True)
        self._sweep = Sweep()
        self._courier = Courier()
        self._watch = Watch()

    def start(self) -> None:
        """Begin to work; what an earlier process left is found by the first round of the sweep."""
        self._thread.start()
        self._clock.start()
        self._sweep.start()
        self._courier.start()
        self._watch.start()

    def stop(self) -> bool:
        """End: 1 claim nothing more, 2 take no more messages, 3 wait a little for what is at work.

        True when nothing is left at work; otherwise the next process finds the units and does them again.
        """
        stopping.set()
        self._sweep.stop()
        self._courier.stop()
        self._watch.stop()
        self._beat.stop()
        # The exit code: 0, because Celery takes None and False for “go on”.
        state.should_stop = 0  # type: ignore[assignment]  # its stubs know the None alone
        deadline = time.monotonic() + PATIENCE
        try:
            while (busy := _at_work()) and time.monotonic() < deadline:
                time.sleep(0.1)
        finally:
            connection.close()  # this runs in a thread of its own
        return not busy


def _at_work() -> bool:
    """Whether this process holds a unit: told by the rows, as everything of the engine is."""
    return Unit.objects.filter(worker=workers.me(), status=UnitStatus.LEASED).exists()
