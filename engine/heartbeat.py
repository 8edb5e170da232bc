"""The heartbeat of a process: one thread that renews the leases of all units and calls the process holds."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from django.conf import settings
from django.db import DatabaseError, connection

from engine import units
from engine.calls import gate
from engine.units import Claim

log = structlog.get_logger(__name__)

_held: dict[
    tuple[int, int], Claim
] = {}  # by unit and fence: a unit may be claimed anew while its first worker sleeps
_lock = threading.Lock()
_started = threading.Event()


@contextmanager
def holding(claim: Claim) -> Iterator[None]:
    """Keep the claim's lease alive while the block runs."""
    _ensure_thread()
    with _lock:
        _held[claim.unit.pk, claim.fence] = claim
    try:
        yield
    finally:
        with _lock:
            del _held[claim.unit.pk, claim.fence]


def _ensure_thread() -> None:
    with _lock:
        if not _started.is_set():
            threading.Thread(target=_beat, name="heartbeat", daemon=True).start()
            _started.set()


def _beat() -> None:
    pause = threading.Event()
    while not pause.wait(settings.ENGINE_LEASE_SECONDS / 3):
        with _lock:
            held = list(_held.values())
        if held:
            _renew(held)


def _renew(held: list[Claim]) -> None:
    try:
        units.renew(held)
        gate.renew()
    except DatabaseError as error:  # the lease may lapse; the fence then keeps this worker from writing
        log.warning("heartbeat_missed", units=len(held), error=str(error))
    finally:
        connection.close()
