"""A worker of the campaign: the team's Celery worker, in a process forked from one that has loaded everything."""

from __future__ import annotations

import engine.tasks  # noqa: F401  # what a worker loads in its first seconds
from bookgen_site.celery import app
from tests.faults.engine import hooks
from tests.faults.engine.orders import Orders

THREADS = 4


def work(name: str) -> None:
    """Be a worker until a signal ends it."""
    hooks.install(Orders(hooks.folder()), name)
    pool = ["-P", "threads", "-c", str(THREADS), "-n", f"{name}@campaign"]
    app.worker_main(["worker", *pool, "--loglevel=INFO"])
