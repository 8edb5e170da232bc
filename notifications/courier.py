"""The courier of a worker process: threads that carry messages, found in the database every second.

Nothing else is needed for a message to leave; the queue's hint only wakes the courier of the same process sooner.
"""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final

import structlog
from django.conf import settings
from django.db import DatabaseError, connection

from notifications import deliver, digest
from notifications.deliver import Claim
from notifications.hooks import endpoints

log = structlog.get_logger(__name__)

PAUSE: Final = 1.0  # seconds between two looks, when nothing wakes it
LONGEST: Final = 300.0  # seconds after which a send that never ends loses its lease

_couriers: set[Courier] = set()


class Courier(threading.Thread):
    """Claims what is due, hands it to its threads, and keeps the leases of what is on its way."""

    def __init__(self, threads: int | None = None) -> None:
        super().__init__(name="courier", daemon=True)
        self._threads = threads or settings.DELIVERY_THREADS
        self._pool = ThreadPoolExecutor(self._threads, thread_name_prefix="courier")
        self._under_way: dict[Future[None], tuple[Claim, float]] = {}
        self._stop_asked = threading.Event()
        self.woken = threading.Event()
        self._renewed = 0.0
        self._settled = False  # whether the endpoint of the settings is as they say

    def stop(self) -> None:
        """Claim nothing more; what is on its way has its lease."""
        self._stop_asked.set()
        self.woken.set()

    def run(self) -> None:
        """Look until asked to stop; a database that is away is tried again at the next look."""
        _couriers.add(self)
        try:
            while not self._stop_asked.is_set():
                self._look()
                self.woken.wait(PAUSE)
                self.woken.clear()
        finally:
            _couriers.discard(self)
            self._pool.shutdown(wait=False, cancel_futures=True)

    def _look(self) -> None:
        try:
            self._settle()
            self._keep()
            digest.release_due()
            for claim in deliver.claim_some(self._threads - len(self._under_way)):
                self._under_way[self._pool.submit(self._carry, claim)] = (claim, time.monotonic())
        except DatabaseError as error:
            log.warning("database_away", error=str(error))
        except Exception:  # the next look may be better; without the courier nobody hears anything
            log.exception("courier_failed")
        finally:
            connection.close()

    def _settle(self) -> None:
        """Once, the endpoint of the settings. Whatever is wrong with it, other messages go their way."""
        if self._settled:
            return
        try:
            endpoints.settle()
        except DatabaseError:
            raise
        except Exception:
            log.exception("webhook_of_settings")
        self._settled = True

    def _keep(self) -> None:
        """Forget what has ended; prolong, three times a lease, what hasn't."""
        self._under_way = {future: held for future, held in self._under_way.items() if not future.done()}
        now = time.monotonic()
        if now - self._renewed >= settings.DELIVERY_LEASE_SECONDS / 3:
            self._renewed = now
            deliver.renew(claim for claim, since in self._under_way.values() if now - since < LONGEST)

    def _carry(self, claim: Claim) -> None:
        try:
            deliver.deliver(claim)
        except DatabaseError as error:  # the lease runs out, and it is sent again
            log.warning("database_away", error=str(error))
        except Exception:
            log.exception("delivery_unrecorded")
        finally:
            connection.close()
            self.woken.set()


def wake(_subject: str = "") -> None:
    """Let the couriers of this process look now."""
    for courier in list(_couriers):
        courier.woken.set()
