"""Found sources at the command line: accepted together, when the operator says so."""

from __future__ import annotations

from biographies.models import BiographyJob
from bookgen_site.accounts.models import User
from sources.queries import undecided
from sources.suggestions import decide
from sources.vocabulary import Decision


def waits(job: BiographyJob) -> bool:
    """Whether found sources wait for somebody's decision."""
    return undecided(job.pk).exists()


def accept_all(job: BiographyJob, by: User) -> int:
    """Accept what waits; returns how many."""
    numbers = undecided(job.pk).values_list("number", flat=True)
    return decide(job=job, by=by, decision=Decision.ACCEPTED, numbers=numbers)
