"""A lock that is handed on in the order in which it was asked for."""

from __future__ import annotations

import threading
from collections import deque


class Turns:
    """Who asks first has the next turn. Any thread may give back what another took."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._queue: deque[threading.Lock] = deque()
        self._taken = False

    def take(self, seconds: float) -> bool:
        """Wait for a turn, at most so long; False when it didn't come."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            mine = threading.Lock()
            mine.acquire()
            self._queue.append(mine)
        return mine.acquire(timeout=seconds) or self._came_late(mine)

    def _came_late(self, mine: threading.Lock) -> bool:
        """Leave the queue; True when the turn came in this very moment."""
        with self._guard:
            if mine not in self._queue:
                return True
            self._queue.remove(mine)
            return False

    def give(self) -> None:
        """End a turn."""
        with self._guard:
            if self._queue:
                self._queue.popleft().release()
            else:
                self._taken = False
