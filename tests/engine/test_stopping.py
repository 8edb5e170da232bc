"""Idle threads are woken when there is something to do, and by the way not one too many."""

from __future__ import annotations

import threading
import time

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
