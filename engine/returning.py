"""Units whose end could not be told, since the database was away: handed back as soon as it answers again.

Without this they would wait for their leases to lapse, and each would count as a death of its worker.
"""

from __future__ import annotations

import threading
from typing import Final

import structlog
from django.db import DatabaseError, InterfaceError, OperationalError, connection

from engine import units
from engine.units import Claim

log = structlog.get_logger(__name__)

_claims: list[Claim] = []
_lock = threading.Lock()


# Of PostgreSQL's classes of errors: the connection is broken, the server shuts down or isn't up yet.
# (https://www.postgresql.org/docs/current/errcodes-appendix.html)
GONE: Final = ("08", "57P")


def is_away(error: BaseException) -> bool:
    """Whether the database has gone, rather than refused something: then nothing is wrong with the unit.

    It may be back by now, with a connection made anew; so the error itself is asked too.
    """
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    return _said_by_no_server(error.__cause__) or not connection.is_usable()


def _said_by_no_server(cause: BaseException | None) -> bool:
    """Whether it was the driver that gave up, or the server's farewell. SQLite's errors have no such state."""
    state = getattr(cause, "sqlstate", "")
    return state is None or state.startswith(GONE)


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
