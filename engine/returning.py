"""Units whose end could not be told, since the database was away: handed back as soon as it answers again.

Without this they would wait for their leases to lapse, and each would count as a death of its worker.
"""

from __future__ import annotations

import threading

import structlog
from django.db import DatabaseError, InterfaceError, OperationalError, connection

from engine import units
from engine.units import Claim

log = structlog.get_logger(__name__)

_claims: list[Claim] = []
_lock = threading.Lock()


def is_away(error: BaseException) -> bool:
    """Whether the database has gone, rather than refused something: then nothing is wrong with the unit."""
    return isinstance(error, OperationalError | InterfaceError) and not connection.is_usable()


def later(claim: Claim) -> None:
    """Remember a claim that this process doesn't work any more."""
    with _lock:
        _claims.append(claim)
    log.warning("unit_left", unit=str(claim.unit.pk))


def hand_back_all() -> int:
    """Hand back what is remembered; returns how many. Raises DatabaseError while the database is away."""
    handed = 0
    while claim := _next():
        try:
            units.hand_back(claim)
        except DatabaseError:
            later(claim)
            raise
        handed += 1
    return handed


def _next() -> Claim | None:
    with _lock:
        return _claims.pop() if _claims else None
