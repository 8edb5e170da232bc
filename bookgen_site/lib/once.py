"""A value that is made when it is first asked for, by one thread, however many ask at once.

`functools.cache` lets every thread that comes early make the value for itself; of a large table that
costs as many times the memory as there are threads.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import Final, TypeVar

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")

LOCKS: Final = 64  # of one function: two keys seldom wait for each other


def once(make: Callable[[], T]) -> Callable[[], T]:
    """Decorate a function without arguments: its first answer is kept for the life of the process."""
    lock = threading.Lock()
    made: list[T] = []

    @wraps(make)
    def get() -> T:
        if not made:
            with lock:
                if not made:
                    made.append(make())
        return made[0]

    return get


def once_each(most: int) -> Callable[[Callable[[K], T]], Callable[[K], T]]:
    """Decorate a pure function of one argument: the `most` newest answers are kept, each made by one thread."""

    def decorate(make: Callable[[K], T]) -> Callable[[K], T]:
        kept = lru_cache(maxsize=most)(make)
        locks = [threading.RLock() for _lock in range(LOCKS)]

        @wraps(make)
        def get(key: K) -> T:
            with locks[hash(key) % LOCKS]:
                return kept(key)

        return get

    return decorate
