"""The queue's side of the engine: a message says only "look at this job"."""

from __future__ import annotations

import uuid

import structlog
from celery import shared_task

from bookgen_site.lib import queue
from engine import crew, retention, runner, workers


@shared_task(name="engine.look")
def look(job_id: str) -> int:
    """Work the job until nothing is left for this thread; returns how many units it did."""
    with structlog.contextvars.bound_contextvars(job_id=job_id):
        return runner.look(uuid.UUID(job_id), workers.me())


@shared_task(name="engine.sweep")
def sweep() -> int:
    """What the sweep thread does, as a task: the beat sends it too, so that an idle team wakes up."""
    return crew.sweep_once()


@shared_task(name="engine.forget")
def forget() -> int:
    """Remove what is older than the settings say, once a day; returns how many rows and files."""
    return sum(retention.forget().values())


queue.register("engine.look", look.delay)
