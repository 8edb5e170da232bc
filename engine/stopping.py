"""What the threads of a process tell one another: that it's to end, and that there is something to do."""

from __future__ import annotations

import threading
from collections.abc import Hashable

stopping = threading.Event()  # no new unit is begun then, and no call waits any longer


class Stirring:
    """Wakes as many idle threads as there are units to claim; without it, all would ask the database all the time.

    Of the idle threads that look at one job, one keeps watch: it alone looks without having been told, for units that
    other processes or the clock have made free.
    """

    def __init__(self) -> None:
        self._ready = threading.Condition()
        self._units = 0
        self._watched: set[Hashable] = set()

    def tell(self, units: int) -> None:
        """So many units can be claimed now; what was told before is outdated."""
        with self._ready:
            self._units = units
            self._ready.notify_all()  # also those who only watch for another job; a look at a number costs nothing

    def wait(self, seconds: float, job: Hashable = None) -> bool:
        """Wait until there is something, which may have been told just before; True when it was told.

        Who keeps watch over the job waits no longer than so many seconds; the others wait until they are told.
        """
        with self._ready:
            while not self._units:
                if job in self._watched:
                    self._ready.wait()
                elif not self._watch(seconds, job):
                    return False
            self._units -= 1
            return True

    def _watch(self, seconds: float, job: Hashable) -> bool:
        """Keep watch until something is told, and hand the watch on; False when the time has run out."""
        self._watched.add(job)
        try:
            return self._ready.wait_for(lambda: self._units > 0, seconds)
        finally:
            self._watched.discard(job)
            self._ready.notify_all()


stirring = Stirring()
