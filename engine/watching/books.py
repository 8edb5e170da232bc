"""Troubles of single books: failed, parked, or nearly out of money."""

from __future__ import annotations

from typing import Final

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from biographies.budgets import cap_of
from biographies.models import BiographyJob
from biographies.vocabulary import JobStatus
from bookgen_site.lib.money import MICROS
from engine.models import RunStatus, Unit, UnitStatus
from notifications.alerts import Trouble
from notifications.models import AlertSeverity

ENDED: Final = (JobStatus.COMPLETED, JobStatus.CANCELLED, JobStatus.FAILED)
NEARLY: Final = 80  # per cent of a budget


def failed() -> list[Trouble]:
    """Books that can't go on without a person."""
    jobs = BiographyJob.objects.filter(status=JobStatus.FAILED, archived_at=None).only(
        "character", "error_message", "updated_at"
    )
    return [
        _of(job, "failed", AlertSeverity.CRITICAL, _("The book about %s has failed"), job.error_message)
        for job in jobs
    ]


def parked() -> list[Trouble]:
    """Books of which pieces were given up; one trouble per book, however many pieces."""
    units = Unit.objects.filter(
        status=UnitStatus.PARKED, run__status=RunStatus.ACTIVE, run__job__status__in=_going()
    )
    counts = units.values("run__job").annotate(pieces=Count("pk"), error=Max("error"))
    jobs = BiographyJob.objects.in_bulk([row["run__job"] for row in counts])
    return [
        _parked(jobs[row["run__job"]], row["pieces"], row["error"])
        for row in counts
        if row["run__job"] in jobs
    ]


def budgets() -> list[Trouble]:
    """Unfinished books that have spent four fifths of what they may cost, and those that have spent it all."""
    jobs = BiographyJob.objects.filter(spent_micros__gt=0).filter(~Q(status__in=ENDED))
    return [trouble for job in jobs for trouble in _budget(job)]


def _going() -> list[str]:
    return [status for status in JobStatus.values if status not in ENDED]


def _parked(job: BiographyJob, pieces: int, error: str) -> Trouble:
    told = ngettext("%d piece of work was given up:", "%d pieces of work were given up:", pieces)
    text = f"{told % pieces} {error}"
    return _of(job, "parked", AlertSeverity.WARNING, _("Work on the book about %s is parked"), text)


def _budget(job: BiographyJob) -> list[Trouble]:
    cap = cap_of(job)
    percent = 100 * job.spent_micros // cap if cap else 0
    if percent < NEARLY or not cap:
        return []
    money = {"spent": f"${job.spent_micros / MICROS:.2f}", "cap": f"${cap / MICROS:.2f}"}
    text = _("%(spent)s of %(cap)s is spent. At the limit the book pauses; raise it to go on.") % money
    nearly = _("80 %% of the budget of the book about %s is spent")
    found = [_of(job, "budget_80", AlertSeverity.WARNING, nearly, text)]
    if percent >= 100:
        found.append(
            _of(
                job, "budget_100", AlertSeverity.CRITICAL, _("The budget of the book about %s is spent"), text
            )
        )
    return found


def _of(job: BiographyJob, watch: str, severity: AlertSeverity, title: str, text: str) -> Trouble:
    return Trouble(
        watch=watch,
        of=str(job.pk),
        severity=severity,
        title=title % job.character,
        text=text,
        job_id=job.pk,
        path=reverse("desk:book", args=[job.pk]),
        since=job.updated_at,
    )
