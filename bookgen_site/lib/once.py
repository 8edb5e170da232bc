"""A value that is made when it is first asked for, by one thread, however many ask at once.

`functools.cache` lets every thread that comes early make the value for itself; of a large table that
costs as many times the memory as there are threads.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

T = TypeVar("T")


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
