"""Working a job in the test's own thread, and looking at what came of it."""

from __future__ import annotations

from biographies.actions import approve
from biographies.models import BiographyJob, Chapter
from bookgen_site.accounts.models import User
from engine import runner
from engine.models import Run, Unit


def work(job: BiographyJob, worker: str = "w1") -> str:
    """Work the job until it rests; returns its status."""
    while runner.look(job.pk, worker):
        pass
    job.refresh_from_db()
    return job.status


def approve_all(job: BiographyJob, by: User) -> None:
    """Approve every section as it stands."""
    for chapter in (
        Chapter.objects.filter(job=job).exclude(status="approved").select_related("current_revision")
    ):
        assert chapter.current_revision
        approve(chapter=chapter, sha256=chapter.current_revision.sha256, by=by)


def finished(job: BiographyJob, by: User) -> BiographyJob:
    """The job worked, approved and exported."""
    assert work(job) == "needs_review"
    approve_all(job, by)
    assert work(job) == "completed"
    return job


def run_of(job: BiographyJob) -> Run:
    """The job's newest run."""
    return Run.objects.filter(job=job).latest("id")


def units(job: BiographyJob, phase: str, **more: object) -> list[Unit]:
    """The units of a phase of that run, in order."""
    return list(Unit.objects.filter(run=run_of(job), phase=phase, **more).order_by("id"))


def texts(job: BiographyJob) -> dict[int, str]:
    """The hash of the current text of every section, by the section's id."""
    rows = Chapter.objects.filter(job=job).exclude(current_revision=None)
    return dict(rows.values_list("pk", "current_revision__sha256"))
