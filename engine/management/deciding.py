"""Found sources at the command line: told with their reasons, and accepted together when the operator says so."""

from __future__ import annotations

from collections.abc import Callable

from biographies.models import BiographyJob
from bookgen_site.accounts.models import User
from sources.queries import undecided
from sources.suggestions import decide
from sources.vocabulary import Decision

Say = Callable[[str], None]
WHAT_NOW = """
Accept or decline them on the desk (make serve, then http://localhost:8000), then run the same command again;
or run it with --accept-found to use them all, in the operator's name."""


def waits(job: BiographyJob) -> bool:
    """Whether found sources wait for somebody's decision."""
    return undecided(job.pk).exists()


def accept_all(job: BiographyJob, by: User) -> int:
    """Accept what waits; returns how many."""
    numbers = undecided(job.pk).values_list("number", flat=True)
    return decide(job=job, by=by, decision=Decision.ACCEPTED, numbers=numbers)


def tell(job: BiographyJob, say: Say) -> None:
    """Each source that waits, with why it was suggested, and what to do about it."""
    for source in undecided(job.pk):
        scores = (
            f"relevance {source.relevance_score or 0:.2f}, credibility {source.credibility_score or 0:.0f}"
        )
        say(f"{source.number:4}. {source} ({source.kind}, {scores})\n      {source.url}")
        for line in source.found_because.splitlines():
            say(f"      {line}")
    say(WHAT_NOW)
