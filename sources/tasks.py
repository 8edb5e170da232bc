"""The evidence's work for the queue: checks of addresses by their id, and the pruning of the store."""

from __future__ import annotations

import uuid

from celery import shared_task

from bookgen_site.lib import queue
from sources import checking, pruning


@shared_task(name="sources.prune")
def prune(_because: str = "") -> int:
    """Remove what nothing needs any more, once a day and when something was deleted; returns how many files."""
    found = pruning.prune()
    return found.files + found.readings


@shared_task(name="sources.check")
def check(check_id: str) -> int:
    """Judge addresses of the check until none is free for this thread; returns how many."""
    return checking.work(uuid.UUID(check_id))


queue.register(pruning.HINT, prune.delay)
queue.register(checking.HINT, check.delay)
