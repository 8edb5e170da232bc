"""How the work stands, in numbers: for whoever watches the installation. Readings alone."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from django.db.models import Count, Exists, Max, OuterRef, Sum

from biographies.models import BiographyJob
from bookgen_site.lib import clock
from engine import units
from engine.models import OPEN_UNITS, ModelCall, PhasePlan, Run, RunStatus, Unit, UnitStatus

NEWEST: Final = 1000  # phases whose times are told
MOST_WAITING: Final = 100  # runs of each kind: to see that nobody works, some are as good as all
Tally = tuple[str, str, int, int, int, int]


def units_by_status() -> list[tuple[str, str, int]]:
    """Of runs that go on: (phase, status, how many)."""
    rows = Unit.objects.filter(run__status=RunStatus.ACTIVE).order_by()
    return list(rows.values_list("phase", "status").annotate(number=Count("pk")).order_by("phase", "status"))


def phase_seconds() -> dict[str, list[float]]:
    """How long the newest phases took, from the making of their units to the end of the last, by phase."""
    ended = PhasePlan.objects.filter(finished_at__isnull=False).order_by("-id")
    found: dict[str, list[float]] = defaultdict(list)
    for plan in ended.only("phase", "planned_at", "finished_at")[:NEWEST]:
        if plan.finished_at is not None:
            found[plan.phase].append((plan.finished_at - plan.planned_at).total_seconds())
    return dict(found)


def calls_by_outcome() -> list[Tally]:
    """Of all model calls: (model, outcome, how many, tokens in, tokens out, micro-dollars); failed ones by kind."""
    rows = ModelCall.objects.order_by().values_list("model_asked", "status", "error_kind")
    sums = rows.annotate(
        number=Count("pk"), told=Sum("tokens_in"), said=Sum("tokens_out"), cost=Sum("cost_micros")
    )
    return [
        (model, kind if status == ModelCall.Status.FAILED and kind else status, number, told, said, cost)
        for model, status, kind, number, told, said, cost in sums.order_by(
            "model_asked", "status", "error_kind"
        )
    ]


def queue_age() -> float:
    """Seconds for which there was something to do while nothing at all was done; 0 when somebody works or rests."""
    now = clock.now()
    at_work = Unit.objects.filter(status=UnitStatus.LEASED, lease_until__gte=now)
    if at_work.exists() or not (waiting := waiting_runs()):
        return 0.0
    since = last_sign(waiting)
    return max(0.0, (now - since).total_seconds()) if since else 0.0


def waiting_runs() -> list[tuple[int, uuid.UUID]]:
    """Some runs, with their jobs, that a worker could go on with: units wait, or nobody has planned any yet."""
    ready = units.claimable().order_by().values_list("run_id", "run__job_id").distinct()
    unplanned = Run.objects.filter(
        ~Exists(Unit.objects.filter(run=OuterRef("pk"), status__in=OPEN_UNITS)),
        status=RunStatus.ACTIVE,
        job__status__in=units.WORKING,
    )
    return [*ready[:MOST_WAITING], *unplanned.order_by().values_list("pk", "job_id")[:MOST_WAITING]]


def last_sign(waiting: Sequence[tuple[int, uuid.UUID]]) -> dt.datetime | None:
    """When something last happened: a unit ended, a phase was planned, or one of the waiting jobs was touched."""
    runs, jobs = [run for run, _job in waiting], [job for _run, job in waiting]
    signs = [
        Unit.objects.aggregate(last=Max("finished_at"))["last"],
        PhasePlan.objects.filter(run__in=runs).aggregate(last=Max("planned_at"))["last"],
        BiographyJob.objects.filter(pk__in=jobs).aggregate(last=Max("updated_at"))["last"],
    ]
    return max((sign for sign in signs if sign), default=None)
