"""Several questions of one unit that don't need each other's answers, asked at the same time."""

from __future__ import annotations

import contextvars
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from django.db import connection

from bookgen_site.lib.lending import let_go

T = TypeVar("T")
R = TypeVar("R")

MOST: Final = 8  # at once; how many calls really fly is the gate's matter


def side_by_side(work: Callable[[T], R], items: Sequence[T]) -> list[R]:
    """The results in the order of the items; all are worked to their end, then the first error is raised."""
    if len(items) < 2:
        return [work(item) for item in items]

    def one(item: T) -> R:
        try:
            return work(item)
        finally:
            connection.close()  # each thread has its own

    let_go()
    with ThreadPoolExecutor(min(MOST, len(items))) as pool:
        # The context names job and unit in the log.
        futures = [pool.submit(contextvars.copy_context().run, one, item) for item in items]
    return [future.result() for future in futures]
