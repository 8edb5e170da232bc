"""The calls of one process that wait for a place at one endpoint: one of their threads looks for all of them.

Each look at the rows costs queries. With one a thread, thirty waiting calls would keep a processor busy with looking.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from engine.models import CallTicket

LOOK: Final = 0.1  # seconds between two looks; a call that begins to wait, or ends, leads to a look at once


class Line:
    """Who waits in this process, and whether one of them looks. `look` marks the tickets that it could grant."""

    def __init__(self, look: Callable[[Sequence[CallTicket]], None]) -> None:
        self._look = look
        self._changed = threading.Condition()
        self._changes = 0
        self._waiting: list[CallTicket] = []
        self._looking = False

    def stir(self) -> None:
        """A place may be free: look now."""
        with self._changed:
            self._changes += 1
            self._changed.notify_all()

    @contextmanager
    def joined(self, ticket: CallTicket) -> Iterator[None]:
        """Others look for this ticket too while the block runs."""
        with self._changed:
            self._waiting.append(ticket)
        self.stir()
        try:
            yield
        finally:
            with self._changed:
                self._waiting = [one for one in self._waiting if one is not ticket]

    def is_granted(self, ticket: CallTicket) -> bool:
        """Whether the ticket is granted, after a look or a short wait for somebody else's."""
        with self._changed:
            if self._looking and ticket.granted_at is None:
                self._changed.wait(LOOK)
            if self._looking or ticket.granted_at is not None:
                return ticket.granted_at is not None
            self._looking = True
        try:
            self._look_for_all(ticket)
        finally:
            with self._changed:
                self._looking = False
                self._changed.notify_all()
        return ticket.granted_at is not None

    def _look_for_all(self, own: CallTicket) -> None:
        with self._changed:
            waiting, seen = list(self._waiting), self._changes
        self._look(waiting)
        with self._changed:
            self._changed.notify_all()
            if own.granted_at is None:
                self._changed.wait_for(lambda: self._changes != seen, LOOK)
