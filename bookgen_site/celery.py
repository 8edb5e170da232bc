"""The Celery app. In the team profile workers run it; in the embedded profile `serve` does, in a thread."""

from __future__ import annotations

import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import setup_logging, worker_init, worker_shutdown, worker_shutting_down

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bookgen_site.settings")

app = Celery("bookgen")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "sweep": {"task": "engine.sweep", "schedule": 30.0},
    "prune": {"task": "sources.prune", "schedule": crontab(hour="3", minute="17")},  # UTC, when few write
    "forget": {"task": "engine.forget", "schedule": crontab(hour="3", minute="47")},
    "deliver": {"task": "notifications.deliver_due", "schedule": 60.0},
}

_threads: list[Any] = []  # this process's sweep, courier and watch, to be stopped with its worker


@setup_logging.connect
def _leave_logs_alone(**_kwargs: Any) -> None:
    """Django's LOGGING says how lines look and which are written; Celery would set the level by its own option."""


@worker_init.connect
def _start_sweep(**_kwargs: Any) -> None:
    # The apps are not loaded when this module is.
    from engine.crew import Sweep  # noqa: PLC0415
    from engine.watching.rounds import Watch  # noqa: PLC0415
    from notifications.courier import Courier  # noqa: PLC0415

    for thread in (Sweep(), Courier(), Watch()):
        thread.start()
        _threads.append(thread)


@worker_shutting_down.connect
def _stop_claims(**_kwargs: Any) -> None:
    from engine.stopping import stopping  # noqa: PLC0415

    stopping.set()
    for thread in _threads:
        thread.stop()


@worker_shutdown.connect
def _finish_units(**_kwargs: Any) -> None:
    """The pool has waited for its tasks; the sweep may be at a unit too, whose call is paid already."""
    from django.conf import settings  # noqa: PLC0415

    while _threads:
        if (thread := _threads.pop()).name == "sweep" and thread.is_alive():
            thread.join(settings.MODEL_CALL_SECONDS)
