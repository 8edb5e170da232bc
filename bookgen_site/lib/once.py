"""A value that is made when it is first asked for, by one thread, however many ask at once.

`functools.cache` lets every thread that comes early make the value for itself; of a large table that
costs as many times the memory as there are threads.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Final, Generic, ParamSpec, TypeVar

P = ParamSpec("P")
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


def once_each(
    most: int, room: int = 0, size: Callable[..., int] | None = None
) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Decorate a pure function of hashable arguments: its newest answers are kept, each made by one thread.

    At most `most` are kept; with `size` only as many as their sizes together fit into `room`, and always the newest.
    """

    def decorate(make: Callable[P, T]) -> Callable[P, T]:
        kept: _Kept[T] = _Kept(most, room if size else 0)
        locks = [threading.RLock() for _lock in range(LOCKS)]

        @wraps(make)
        def get(*args: P.args, **named: P.kwargs) -> T:
            assert not named, "what is kept is found again by its place"
            found = kept.find(args)
            if found is None:
                with locks[hash(args) % LOCKS]:
                    found = kept.find(args)  # it may have been made while this thread waited
                    if found is None:
                        found = kept.put(args, make(*args, **named), size(*args) if size else 0)
            return found[0]

        return get

    return decorate


class _Kept(Generic[T]):
    """The newest answers by their arguments; each stands in a tuple, since None is an answer too."""

    def __init__(self, most: int, room: int) -> None:
        self._most, self._room, self._used = most, room, 0
        self._answers: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: Hashable) -> tuple[T, int] | None:
        with self._lock:
            found = self._answers.get(key)
            if found is not None:
                self._answers.move_to_end(key)
            return found

    def put(self, key: Hashable, answer: T, size: int) -> tuple[T, int]:
        with self._lock:
            self._answers[key] = (answer, size)
            self._used += size
            while len(self._answers) > 1 and self._is_full():
                _oldest, (_answer, freed) = self._answers.popitem(last=False)
                self._used -= freed
        return answer, size

    def _is_full(self) -> bool:
        return len(self._answers) > self._most or bool(self._room and self._used > self._room)
