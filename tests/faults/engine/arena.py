"""Where faults are done: a book in work on a running stack, what is seen of it, and what is noted."""

from __future__ import annotations

import json
import random
import threading
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from tests.faults.engine.stack import WORKERS, Stack, until
from tests.faults.engine.surroundings import FLIGHT, LEASE

PROGRESS: Final = (
    "SELECT (SELECT count(*) FROM units WHERE status = 'done') + (SELECT count(*) FROM model_calls"
    " WHERE status = 'answered')"
)
PATIENCE: Final = 120.0  # seconds for a worker to come to a point, on a busy machine
BOUND: Final = LEASE + 15.0  # seconds to the next progress


@dataclass(frozen=True, slots=True)
class Line:
    """One fault: seconds until the next progress, None when there was none in time."""

    fault: str
    seconds: float | None


@dataclass
class Arena:
    """A book under faults. `notes` are what was expected on the way: what, whether it was so, and the figures."""

    stack: Stack
    job_id: uuid.UUID  # the book on which faults are done
    key: str
    chance: random.Random
    calls: int  # of the undisturbed book, about
    goal: str = "needs_review"  # where the book comes to rest
    long: bool = False
    lasted: set[str] = field(default_factory=set)  # what has had its long time
    moments: list[tuple[str, float]] = field(default_factory=list)
    seen: list[tuple[float, int]] = field(default_factory=list)
    notes: list[tuple[str, bool, str]] = field(default_factory=list)
    tales: list[str] = field(default_factory=list)

    def note(self, what: str, good: bool, figures: str = "") -> None:
        """Something that must be so."""
        self.notes.append((what, good, figures))

    def told(self, tale: str) -> None:
        """Something worth knowing."""
        self.tales.append(tale)

    def status(self) -> str:
        """Of the job; "" while nobody can say."""
        found = self.stack.servers.rows("SELECT status FROM biography_jobs WHERE job_id = %s", self.job_id)
        return str(found[0][0]) if found else ""

    def is_over(self) -> bool:
        """Whether the book rests: nothing more can be done to its calls and units."""
        return self.status() in {self.goal, "failed", "paused", "cancelled"}

    def answered(self) -> int:
        """Calls of the book that are answered."""
        query = "SELECT count(*) FROM model_calls WHERE status = 'answered' AND job_id = %s"
        return int(self.stack.servers.sure(query, self.job_id)[0][0])

    def progress(self) -> int:
        """Units done and calls answered, of all books; -1 while nobody can say."""
        found = self.stack.servers.rows(PROGRESS)
        return int(found[0][0]) if found else -1

    def rest(self, seconds: float) -> None:
        """Wait, while the dead are started again."""
        until(lambda: self.stack.revive() and False, max(0.0, seconds))

    def go_on(self, reached: Any, seconds: float) -> bool:
        """Wait for something, while the dead are started again."""
        return until(lambda: (self.stack.revive(), reached())[1], seconds)

    def inflicted(self, fault: str, moment: float) -> None:
        """A fault is over: from this moment on (of the steady clock) the machine can go on."""
        self.moments.append((fault, moment))

    def lines(self) -> list[Line]:
        """For each fault the seconds until there was progress that hadn't been before."""
        return [Line(fault, self._next(moment)) for fault, moment in self.moments]

    def _next(self, moment: float) -> float | None:
        before = max((value for at, value in self.seen if at <= moment), default=0)
        after = [at - moment for at, value in self.seen if at > moment and value > before]
        return round(after[0], 1) if after else None

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Note each progress with its moment while the block runs, with a connection of its own."""
        over = threading.Event()
        watcher = threading.Thread(target=self._watch, args=[over], daemon=True)
        watcher.start()
        try:
            yield
        finally:
            over.set()
            watcher.join()

    def _watch(self, over: threading.Event) -> None:
        servers = self.stack.servers.another()
        while not over.wait(0.1):
            found = servers.rows(PROGRESS)
            if found and (not self.seen or int(found[0][0]) > self.seen[-1][1]):
                self.seen.append((time.monotonic(), int(found[0][0])))
        servers.forget()

    def death(self, point: str) -> float:
        """The moment at which a worker died at the point, as was ordered."""
        orders = self.stack.orders
        earlier = sum(name == point for name, _pid, _at in orders.deaths())

        def died() -> bool:
            return sum(name == point for name, _pid, _at in orders.deaths()) > earlier

        self.go_on(lambda: died() or self.is_over(), PATIENCE)
        orders.withdraw(point)
        if not died():
            raise AssertionError(f"no worker came to “{point}”")
        return orders.deaths()[-1][2]

    def held_by_a_worker(self) -> tuple[str, int, int] | None:
        """A worker, a unit that it holds with a call in flight, and the unit's fence."""
        found: list[tuple[str, int, int]] = []

        def look() -> bool:
            found[:] = self.held()
            return bool(found) or self.is_over()

        self.go_on(look, PATIENCE)
        return found[0] if found else None

    def held(self) -> list[tuple[str, int, int]]:
        """All of them now; none while nobody can say."""
        query = (
            "SELECT u.worker, u.id, u.fence FROM units u JOIN model_calls c ON c.unit_id = u.id"
            " WHERE u.status = 'leased' AND c.status = 'intended' ORDER BY u.id"
        )
        pids = {str(self.stack.workers[name].pid): name for name in WORKERS}
        rows = [
            (pids.get(str(worker).split(".")[-2]), *row)
            for worker, *row in self.stack.servers.rows(query) or []
        ]
        return [(name, int(unit), int(fence)) for name, unit, fence in rows if name]

    def fence(self, unit: int) -> int:
        """The unit's fence; 0 while nobody can say."""
        found = self.stack.servers.rows("SELECT fence FROM units WHERE id = %s", unit)
        return int(found[0][0]) if found else 0

    def once(self, what: str, long: float, short: float) -> float:
        """Seconds that it lasts: in the long form it is long, the first time."""
        first = self.long and what not in self.lasted
        self.lasted.add(what)
        return long if first else short

    def pace(self, seconds: float) -> None:
        """Make the provider so slow that the book lasts as long as the faults that are still to come."""
        self._slow_to(max(0.2, seconds * FLIGHT / self._left()))

    def hurry(self) -> None:
        """Shorter calls, so that a thread is soon free; not so short that a small book ends meanwhile."""
        self._slow_to(max(0.3, 8.0 * LEASE * FLIGHT / self._left()))

    def _left(self) -> int:
        return max(1, self.calls - self.answered())

    def _slow_to(self, seconds: float) -> None:
        self.stack.orders.give("latency", f"{min(8.0, seconds):.2f}")

    def expect_api(self, when: str, *, read: int, write: int) -> None:
        """Ask the web server for the list of books, and for a new one; a problem must say when to come again."""
        found = [self._asked("GET"), self._asked("POST")]
        statuses = [status for status, _good in found]
        self.note(
            f"the API {when}", statuses == [read, write] and all(good for _s, good in found), str(statuses)
        )

    def _asked(self, method: str) -> tuple[int, bool]:
        body = json.dumps({"character": "Ada Quill"}).encode() if method == "POST" else None
        asked = urllib.request.Request(
            f"http://127.0.0.1:{self.stack.web_port}/api/v1/biographies",
            data=body,
            headers={"X-API-Key": self.key, "Content-Type": "application/json"},
            method=method,
        )
        try:
            with urllib.request.urlopen(asked, timeout=30) as answer:
                return int(answer.status), True
        except urllib.error.HTTPError as problem:
            told = problem.read().decode()
            headers = problem.headers
            whole = headers["Content-Type"] == "application/problem+json" and bool(headers["Retry-After"])
            return problem.code, whole and "Traceback" not in told
        except OSError:
            return 0, False
