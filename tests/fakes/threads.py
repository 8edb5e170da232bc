"""Several threads that begin at the same moment, each with its own connection to the database."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection


def at_once(calls: Sequence[Callable[[], Any]], seconds: float = 30) -> list[Any]:
    """Call each in a thread of its own; returns what they returned, or raised, in the same order."""
    answers: list[Any] = [TimeoutError("the thread did not end")] * len(calls)
    gate = threading.Barrier(len(calls))

    def work(place: int) -> None:
        try:
            gate.wait(seconds)
            answers[place] = calls[place]()
        except BaseException as error:  # noqa: BLE001  # handed to the test
            answers[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[place], daemon=True) for place in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds)
    return answers
