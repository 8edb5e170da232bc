"""Reads of runs and units."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from biographies.models import Chapter, Export
from biographies.vocabulary import PROGRESS, ChapterStatus, JobStatus, Phase
from bookgen_site.lib import clock, store
from engine import plans, units
from engine.models import OPEN_UNITS, ModelCall, PhasePlan, ProviderState, Run, RunStatus, Unit, UnitStatus

NEWEST = 1000  # books whose making is measured
MOST_PROVIDERS = 50
LOOKED_AT = [JobStatus.RUNNING, JobStatus.EXPORTING, JobStatus.NEEDS_REVIEW]


def active_run(job_id: uuid.UUID) -> Run | None:
    """The job's active run, when the job's status lets the engine look at it."""
    runs = Run.objects.filter(job_id=job_id, status=RunStatus.ACTIVE, job__status__in=LOOKED_AT)
    return runs.select_related("job").first()


def jobs_in_work() -> list[uuid.UUID]:
    """The jobs that the sweep must look at, oldest run first: running, exporting, or waiting for a gate."""
    runs = Run.objects.filter(status=RunStatus.ACTIVE, job__status__in=LOOKED_AT).order_by("id")
    return list(runs.values_list("job_id", flat=True))


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a run is: its earliest phase that isn't finished, per cent of the whole, and by phase how many units have
    ended, of how many.
    """

    phase: Phase
    progress: float
    units: Mapping[Phase, tuple[int, int]]


def standing(run_id: int) -> Standing:
    """Each phase fills its part of the bar, also one whose turn hasn't come; a run has planned its first phase."""
    plans_of = PhasePlan.objects.filter(run_id=run_id)
    finished = {plan.phase: plan.finished_at is not None for plan in plans_of}
    begun = [phase for phase in Phase if phase in finished]
    phase = next((one for one in begun if not finished[one]), begun[-1])
    counts = dict.fromkeys(Phase, (0, 0)) | unit_counts(run_id)
    filled = {
        one: ended / total if total else float(finished.get(one, False))
        for one, (ended, total) in counts.items()
    }
    progress = sum((end - start) * filled[one] for one, (start, end) in PROGRESS.items())
    return Standing(phase, round(progress, 2), counts)


def unit_counts(run_id: int) -> dict[Phase, tuple[int, int]]:
    """By phase, how many units have ended, and how many there are; drafts and superseded ones don't count."""
    ended = Count("pk", filter=~Q(status__in=OPEN_UNITS))
    rows = plans.of_phases(run_id).exclude(status=UnitStatus.SUPERSEDED).order_by().values("phase")
    return {
        Phase(row["phase"]): (row["ended"], row["all"]) for row in rows.annotate(ended=ended, all=Count("pk"))
    }


def units_ready(job_id: uuid.UUID) -> int:
    """How many units of the job could be begun now."""
    return units.claimable().filter(run__job_id=job_id).count()


def backlog() -> dict[str, int]:
    """How many units could be begun now, how many are at work, and how many have lost their worker."""
    leased = Q(status=UnitStatus.LEASED)
    lapsed = leased & Q(lease_until__lt=clock.now())
    counts = Unit.objects.filter(status__in=OPEN_UNITS, run__status=RunStatus.ACTIVE).aggregate(
        units_at_work=Count("pk", filter=leased), leases_lapsed=Count("pk", filter=lapsed)
    )
    return {"units_ready": units.claimable().count(), **counts}


def checked_exports(run: Run) -> list[Export]:
    """The files of the run's export, each read back and compared with its hash.

    Raises BlobMissing when a file is gone or damaged: a job is complete only when every file is there.
    """
    ended = plans.of_phase(run.pk, Phase.EXPORT).filter(status=UnitStatus.DONE)
    blobs = [(unit.result or {})["blob"] for unit in ended.order_by("id")]
    for blob in blobs:
        store.get(blob)
    return list(Export.objects.filter(job_id=run.job_id, blob__in=blobs).order_by("id"))


def parked_units(job_id: uuid.UUID) -> QuerySet[Unit]:
    """What was given up in the job's newest run and waits for somebody to try it again."""
    newest = Run.objects.filter(job_id=job_id).order_by("-id").values("pk")[:1]
    return Unit.objects.filter(run__in=newest, status=UnitStatus.PARKED).order_by("id")


def generation_seconds() -> list[float]:
    """How long each of the newest books took, from the start of its run to the last check before the review."""
    last = Unit.objects.filter(generation=0, status=UnitStatus.DONE, phase=Phase.QUALITY_CONTROL, key="book")
    rows = last.order_by("-run_id").values_list("run__created_at", "finished_at")[:NEWEST]
    return [(ended - began).total_seconds() for began, ended in rows if ended is not None]


def spent() -> tuple[int, int]:
    """What all model calls have cost, and those since midnight UTC, in micro-dollars."""
    midnight = clock.now().astimezone(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    sums = ModelCall.objects.aggregate(
        total=Sum("cost_micros"), today=Sum("cost_micros", filter=Q(created_at__gte=midnight))
    )
    return sums["total"] or 0, sums["today"] or 0


def workers_seen() -> set[str]:
    """The processes on all machines that hold a unit now."""
    held = Unit.objects.filter(status=UnitStatus.LEASED, lease_until__gte=clock.now())
    return set(held.order_by().values_list("worker", flat=True).distinct())


def providers() -> list[dict[str, Any]]:
    """Every endpoint for models that was used: whether it may be asked now, and how fast it answered lately.

    `latency_ms` is the median of the newest calls, null where there was none; what a provider said isn't told.
    """
    newest = ModelCall.objects.filter(status=ModelCall.Status.ANSWERED).order_by("-id")
    times = sorted(newest.values_list("latency_ms", flat=True)[:20])
    latency = float(times[len(times) // 2]) if times else None
    now = clock.now()
    return [
        {
            "endpoint": state.endpoint,
            "ok": not any(moment and moment > now for moment in (state.paused_until, state.open_until)),
            "latency_ms": latency,
        }
        for state in ProviderState.objects.order_by("endpoint")[:MOST_PROVIDERS]
    ]


def being_written(chapter: Chapter) -> list[int] | None:
    """The paragraphs of the chapter that are being written anew, none for the whole text; None when nothing is."""
    if chapter.status != ChapterStatus.WRITING:
        return None
    phases = [Phase.CHAPTER_GENERATION, Phase.SPECIAL_SECTIONS]
    rows = Unit.objects.filter(chapter=chapter, phase__in=phases, status__in=OPEN_UNITS)
    return rows.order_by("-id").values_list("paragraphs", flat=True).first() or []


def formats_in_work(job_id: uuid.UUID) -> list[str]:
    """The formats of the book that wait or are being made, drafts too, by name."""
    open_ones = Unit.objects.filter(run__job_id=job_id, phase=Phase.EXPORT, status__in=OPEN_UNITS)
    return [key.removeprefix(plans.DRAFT) for key in open_ones.order_by("id").values_list("key", flat=True)]
