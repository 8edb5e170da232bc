"""The person of a job as its sources are measured by."""

from __future__ import annotations

from biographies.models import BiographyJob
from sources.models import Source
from sources.scoring import Profile


def profile_of(job: BiographyJob) -> Profile:
    """From the job's name and description, and the works that its list of sources names.

    Of the sources only the column `work` is read: no judge ever writes it, so a score doesn't depend on which
    source was judged first.
    """
    works = Source.objects.filter(job_id=job.pk).exclude(work="").order_by("work")
    return Profile.of(
        job.character, job.description, context=works.values_list("work", flat=True).distinct()[:200]
    )
