"""What the threads of a process tell one another: that it's to end, and that there is something to do."""

from __future__ import annotations

import threading

stopping = threading.Event()  # no new unit is begun then, and no call waits any longer


class Stirring:
    """Wakes as many idle threads as there are units to claim; without it, all would ask the database all the time."""

    def __init__(self) -> None:
        self._ready = threading.Condition()
        self._units = 0

    def tell(self, units: int) -> None:
        """So many units can be claimed now; what was told before is outdated."""
        with self._ready:
            self._units = units
            self._ready.notify(units)

    def wait(self, seconds: float) -> None:
        """Wait until there is something, which may have been told just before; at most so long."""
        with self._ready:
            if not self._units:
                self._ready.wait(seconds)
            self._units = max(0, self._units - 1)


stirring = Stirring()
