"""Workers and what waits for them: units, leases, messages, books that need somebody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from django.conf import settings
from django_celery_results.models import TaskResult

from bookgen_site.doctor.signs import Sign, good, warning, wrong
from bookgen_site.env import EMBEDDED
from bookgen_site.lib import clock
from engine.queries import backlog, workers_seen
from engine.watching import books, machine
from engine.workers import alive
from notifications.alerts import Trouble
from notifications.models import AlertSeverity

BEAT: Final = dt.timedelta(minutes=3)  # beat asks for a sweep twice a minute
START: Final = "manage.py serve" if EMBEDDED else "celery -A bookgen_site worker -P threads"


def workers() -> Iterator[Sign]:
    """Whether anybody works: processes on this machine, and those elsewhere that hold a unit now."""
    here, seen, waits = alive(), len(workers_seen()), backlog()
    told = f"{here} on this machine, {seen} at work on all machines"
    if here or seen:
        yield good(told)
    elif waits["units_ready"] or waits["leases_lapsed"]:
        yield wrong(f"No worker is there, and {waits['units_ready']} units wait.", f"Start one: {START}")
    else:
        yield warning("No worker is seen (others may rest on other machines).", f"Start one: {START}")


def leases() -> Iterator[Sign]:
    """Units whose worker is gone; the sweep of any worker takes them over."""
    lapsed = backlog()["leases_lapsed"]
    if lapsed:
        mend = f"Any worker takes them over within seconds. If the number stays: {START}"
        yield warning(f"{lapsed} units are held by workers that are gone.", mend)
    else:
        yield good("no unit is held by a dead worker")


def beat() -> Iterator[Sign]:
    """Whether beat sends its sweeps, told by their results; without it workers sweep all the same."""
    if EMBEDDED or settings.CELERY_RESULT_BACKEND != "django-db":
        return
    last = TaskResult.objects.filter(task_name="engine.sweep").order_by("-date_done").first()
    if last is None or last.date_done is None or clock.now() - last.date_done > BEAT:
        seen = f"{last.date_done:%Y-%m-%d %H:%M} UTC" if last and last.date_done else "never"
        mend = "Start one: celery -A bookgen_site beat. Books go on without it; old files aren't pruned."
        yield warning(f"Beat's last sweep: {seen}.", mend)
    else:
        yield good("beat sends its sweeps")


def waiting() -> Iterator[Sign]:
    """Work and messages that wait too long."""
    yield from _told([*machine.queue(), *machine.outbox()], "nothing waits too long")


def parked() -> Iterator[Sign]:
    """Books that stand still until somebody helps."""
    yield from _told([*books.failed(), *books.parked()], "no book is stuck")


def providers() -> Iterator[Sign]:
    """Endpoints of language models that aren't called for a while."""
    yield from _told(machine.circuits(), "no provider has been given up")


def _told(troubles: list[Trouble], well: str) -> Iterator[Sign]:
    for one in troubles:
        level = wrong if one.severity == AlertSeverity.CRITICAL else warning
        yield level(f"{one.title}. {one.text}".strip(), f"On the desk: {settings.SITE_URL}{one.path}")
    if not troubles:
        yield good(well)
