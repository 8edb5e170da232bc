"""Idle threads are woken when there is something to do, and by the way not one too many."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Hashable

from engine.stopping import Stirring


def test_what_was_told_just_before_is_not_missed() -> None:
    stirring = Stirring()
    stirring.tell(1)
    began = time.monotonic()
    stirring.wait(30)
    assert time.monotonic() - began < 5


def test_as_many_wake_as_there_are_units() -> None:
    stirring, woken = Stirring(), threading.Semaphore(0)

    def idle() -> None:
        stirring.wait(30)
        woken.release()

    threads = [threading.Thread(target=idle, daemon=True) for _number in range(3)]
    for thread in threads:
        thread.start()
    stirring.tell(2)
    assert woken.acquire(timeout=10)
    assert woken.acquire(timeout=10)
    assert not woken.acquire(timeout=0.1)
    stirring.tell(3)
    assert woken.acquire(timeout=10)


def test_without_news_the_wait_ends_by_itself() -> None:
    stirring = Stirring()
    stirring.tell(5)
    stirring.tell(0)
    began = time.monotonic()
    stirring.wait(0.05)
    assert time.monotonic() - began >= 0.04


def test_of_the_idle_threads_of_a_job_one_keeps_watch() -> None:
    stirring, ended = Stirring(), queue.Queue[bool]()
    threads = [_idle(stirring, 0.05, "book", ended) for _number in range(3)]
    assert ended.get(timeout=10) is False  # the time of the one on watch has run out
    assert ended.get(timeout=10) is False  # another has taken the watch over, and so on
    assert ended.get(timeout=10) is False
    for thread in threads:
        thread.join(10)
    watches = _Watches()
    stirring = watches.stirring
    threads = [_idle(stirring, 0.2, "book", ended) for _number in range(3)]
    assert ended.get(timeout=10) is False
    assert watches.most == 1  # at once; the others wait without looking
    stirring.tell(2)
    assert [ended.get(timeout=10), ended.get(timeout=10)] == [True, True]
    for thread in threads:
        thread.join(10)


def test_each_job_has_a_watch_of_its_own() -> None:
    watches, ended = _Watches(), queue.Queue[bool]()
    threads = [_idle(watches.stirring, 0.05, job, ended) for job in ("one", "other")]
    assert [ended.get(timeout=10), ended.get(timeout=10)] == [False, False]
    for thread in threads:
        thread.join(10)
    assert watches.most == 2


def test_who_is_on_watch_and_is_told_hands_the_watch_on() -> None:
    stirring, ended = Stirring(), queue.Queue[bool]()
    threads = [_idle(stirring, 0.3, "book", ended) for _number in range(2)]
    stirring.tell(1)
    assert ended.get(timeout=10) is True
    assert ended.get(timeout=10) is False  # the other watches now, and sees that nothing came
    for thread in threads:
        thread.join(10)


class _Watches:
    """A `Stirring` that counts how many keep watch at the same time."""

    def __init__(self) -> None:
        self.stirring, self.now, self.most = Stirring(), 0, 0
        watch = self.stirring._watch

        def counted(seconds: float, job: Hashable) -> bool:
            self.now += 1
            self.most = max(self.most, self.now)
            try:
                return watch(seconds, job)
            finally:
                self.now -= 1

        self.stirring._watch = counted  # type: ignore[method-assign]


def _idle(stirring: Stirring, seconds: float, job: Hashable, ended: queue.Queue[bool]) -> threading.Thread:
    thread = threading.Thread(target=lambda: ended.put(stirring.wait(seconds, job)), daemon=True)
    thread.start()
    return thread
