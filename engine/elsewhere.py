"""Work that this process can't do: a book that a language model writes, where no model is configured.

Processes may be set up differently: `serve` in one terminal, `generate` with a key in another; a worker that was
started before the key was there. Such a process does what needs no author, and leaves the rest to those who have one.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from biographies.models import BiographyJob
from biographies.vocabulary import Phase
from bookgen_site.lib import clock
from engine.authors import missing
from engine.models import Run, Unit, UnitStatus

AUTHORED = frozenset(
    {
        Phase.RESEARCH_PLANNING,
        Phase.CHAPTER_GENERATION,
        Phase.SPECIAL_SECTIONS,
        Phase.QUALITY_CONTROL,
    }
)
NOTHING: frozenset[Phase] = frozenset()


def phases(job: BiographyJob) -> frozenset[Phase]:
    """The phases of the job that this process must leave to others; mostly none."""
    return AUTHORED if missing(job.author) else NOTHING


def forsaken(run: Run) -> bool:
    """True when nobody else is at the job either: nothing has moved for as long as a lease lasts."""
    now = clock.now()
    since = now - dt.timedelta(seconds=settings.ENGINE_LEASE_SECONDS)
    if BiographyJob.objects.filter(pk=run.job_id, updated_at__gt=since).exists():
        return False
    held = Q(status=UnitStatus.LEASED, lease_until__gt=now)
    later = Q(status=UnitStatus.WAITING, not_before__gt=now)  # somebody tried it, and tries again soon
    return not Unit.objects.filter(held | later, run=run).exists()


def reason() -> str:
    """What a person must do where nobody can go on."""
    return _(
        "No language model is configured. Set OPENROUTER_API_KEY, or OPENROUTER_BASE_URL for a server of your own, "
        "start BookGen anew, then press Resume."
    )
