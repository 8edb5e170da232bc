"""The queue's side of the evidence: a message says only "look at this check of addresses"."""

from __future__ import annotations

import uuid

from celery import shared_task

from bookgen_site.lib import queue
from sources import checking


@shared_task(name="sources.check")
def check(check_id: str) -> int:
    """Judge addresses of the check until none is free for this thread; returns how many."""
    return checking.work(uuid.UUID(check_id))


queue.register(checking.HINT, check.delay)
