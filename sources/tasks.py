"""The evidence's work for the queue: once a day the store is pruned."""

from __future__ import annotations

from celery import shared_task

from sources.pruning import prune as prune_store


@shared_task(name="sources.prune")
def prune() -> int:
    """Remove what nothing needs any more; returns how many files."""
    found = prune_store()
    return found.files + found.readings
