"""Reads of runs and units."""

from __future__ import annotations

import uuid

from django.db.models import Count, Q

from biographies.models import BiographyJob, Export
from biographies.vocabulary import JobStatus, Phase
from bookgen_site.lib import clock, store
from engine import units
from engine.models import OPEN_UNITS, Run, RunStatus, Unit, UnitStatus

LOOKED_AT = [JobStatus.RUNNING, JobStatus.EXPORTING, JobStatus.NEEDS_REVIEW]


def active_run(job_id: uuid.UUID) -> Run | None:
    """The job's active run, when the job's status lets the engine look at it."""
    runs = Run.objects.filter(job_id=job_id, status=RunStatus.ACTIVE, job__status__in=LOOKED_AT)
    return runs.select_related("job").first()


def jobs_in_work() -> list[uuid.UUID]:
    """The jobs that the sweep must look at, oldest run first: running, exporting, or waiting for a gate."""
    runs = Run.objects.filter(status=RunStatus.ACTIVE, job__status__in=LOOKED_AT).order_by("id")
    return list(runs.values_list("job_id", flat=True))


def unit_counts(run_id: int, phase: str) -> tuple[int, int]:
    """How many units of the phase have ended, and how many there are; superseded ones don't count."""
    rows = units.of_phase(run_id, phase).exclude(status=UnitStatus.SUPERSEDED)
    total = rows.count()
    return total - rows.filter(status__in=OPEN_UNITS).count(), max(total, 1)


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
    ended = units.of_phase(run.pk, Phase.EXPORT).filter(status=UnitStatus.DONE)
    blobs = [(unit.result or {})["blob"] for unit in ended.order_by("id")]
    for blob in blobs:
        store.get(blob)
    return list(Export.objects.filter(job_id=run.job_id, blob__in=blobs).order_by("id"))


def formats_in_work(job_id: uuid.UUID) -> list[str]:
    """The formats of the book that wait or are being made, drafts too, by name."""
    open_ones = Unit.objects.filter(run__job_id=job_id, phase=Phase.EXPORT, status__in=OPEN_UNITS)
    return [key.removeprefix(units.DRAFT) for key in open_ones.order_by("id").values_list("key", flat=True)]


def addresses(job: BiographyJob) -> tuple[str, ...]:
    """Who is told by e-mail of what becomes of the job: its owner and its author."""
    return tuple(address for address in (job.owner.email, job.author_email) if address)
