"""The scripted provider's own books: what was asked, what it has cost, and what the cache gave for nothing."""

from __future__ import annotations

import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class Logged:
    """One request: when it came and when it was over (seconds of the system's steady clock), and how it ended."""

    request_hash: str
    began: float
    ended: float = 0.0
    outcome: str = ""  # "paid", "cached", or the name of a fault


@dataclass
class Bill:
    """All requests since the start. Safe for threads."""

    requests: int = 0
    paid: int = 0
    hits: int = 0
    faults: int = 0
    micros: int = 0
    flying: int = 0
    most_flying: int = 0
    by_request: Counter[str] = field(default_factory=Counter)
    generations: dict[str, dict[str, Any]] = field(default_factory=dict)
    log: list[Logged] = field(default_factory=list)
    _tries: Counter[str] = field(default_factory=Counter)
    _cache: dict[str, tuple[str, str]] = field(default_factory=dict)
    _turns: defaultdict[str, threading.Lock] = field(default_factory=lambda: defaultdict(threading.Lock))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, request_hash: str) -> tuple[int, Logged]:
        """A request has come; returns how many times it came before, and its line of the log."""
        with self._lock:
            line = Logged(request_hash, time.monotonic())
            self.log.append(line)
            self.requests += 1
            self.flying += 1
            self.most_flying = max(self.most_flying, self.flying)
            self._tries[request_hash] += 1
            return self._tries[request_hash] - 1, line

    def end(self, line: Logged, outcome: str) -> None:
        """A request is over."""
        with self._lock:
            self.flying -= 1
            self.faults += outcome not in {"paid", "cached"}
            line.ended, line.outcome = time.monotonic(), outcome

    def cached(self, request_hash: str) -> tuple[str, str] | None:
        """The answer of the same request, which is free now, and the generation that was paid."""
        with self._lock:
            found = self._cache.get(request_hash)
            self.hits += found is not None
            return found

    @contextmanager
    def turn(self, request_hash: str) -> Iterator[None]:
        """The same request at once waits until the first is answered, and is given that answer by the cache."""
        with self._lock:
            turn = self._turns[request_hash]
        with turn:
            yield

    def charge(self, request_hash: str, generation: str, text: str, usage: dict[str, Any]) -> None:
        """An answer is finished: it is paid for, whether the client is still there or not."""
        with self._lock:
            self.paid += 1
            self.by_request[request_hash] += 1
            self.micros += round(usage["cost"] * 1_000_000)
            self.generations[generation] = usage
            self._cache[request_hash] = (text, generation)

    def log_as_json(self) -> list[dict[str, Any]]:
        """Every request in the order in which they came; those at work have no end yet."""
        with self._lock:
            return [asdict(line) for line in self.log]

    def as_json(self) -> dict[str, Any]:
        """The figures for whoever compares bills."""
        with self._lock:
            paid_again = sum(count - 1 for count in self.by_request.values())
            return {
                "requests": self.requests,
                "paid": self.paid,
                "paid_again": paid_again,
                "hits": self.hits,
                "faults": self.faults,
                "micros": self.micros,
                "in_flight": self.flying,
                "most_in_flight": self.most_flying,
            }
