"""The scripted provider's own books: what was asked, what it has cost, and what the cache gave for nothing."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass, field
from typing import Any


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
    _tries: Counter[str] = field(default_factory=Counter)
    _cache: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, request_hash: str) -> int:
        """A request has come; returns how many times it came before."""
        with self._lock:
            self.requests += 1
            self.flying += 1
            self.most_flying = max(self.most_flying, self.flying)
            self._tries[request_hash] += 1
            return self._tries[request_hash] - 1

    def end(self, *, fault: bool) -> None:
        """A request is over."""
        with self._lock:
            self.flying -= 1
            self.faults += fault

    def cached(self, request_hash: str) -> tuple[str, dict[str, Any]] | None:
        """The answer and usage of the same request, which is free now."""
        with self._lock:
            found = self._cache.get(request_hash)
            self.hits += found is not None
            return found

    def charge(self, request_hash: str, generation: str, text: str, usage: dict[str, Any]) -> None:
        """An answer is finished: it is paid for, whether the client is still there or not."""
        with self._lock:
            self.paid += 1
            self.by_request[request_hash] += 1
            self.micros += round(usage["cost"] * 1_000_000)
            self.generations[generation] = usage
            self._cache[request_hash] = (text, usage)

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
