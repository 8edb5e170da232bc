"""What is kept only for so long: events, messages, the audit, the words of model calls, files of finished books, logs.

Each by its own setting (KEEP_…_DAYS; 0 keeps it for ever). Beat asks once a day, `manage.py prune` when it is given.
May run beside everything and beside itself, and be killed at any line: each batch is a transaction of its own.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from biographies.models import BiographyJob, Export
from biographies.vocabulary import JobStatus
from bookgen_site.accounts.models import User
from bookgen_site.accounts.sessions import forget_expired
from bookgen_site.env import VAR_DIR
from bookgen_site.lib import clock
from bookgen_site.lib.log_files import tidy
from engine.models import ModelCall, UnitStatus
from notifications.forgetting import forget_old
from notifications.models import Event
from notifications.publish import audit

log = structlog.get_logger(__name__)

BATCH: Final = 500  # calls of one transaction: each may hold a book's worth of words
FORGOTTEN: Final = "(no longer kept)"  # an answer isn't empty, so this stands in its place
OVER: Final = (JobStatus.COMPLETED, JobStatus.CANCELLED, JobStatus.FAILED)


def forget(*, by: User | None = None) -> dict[str, int]:
    """Remove what is older than the settings say; returns how many of each kind. Open no transaction around it."""
    now = clock.now()
    found = {
        **forget_old(now, _of_resting_books),
        "call_bodies": _forget_bodies(_before(now, settings.KEEP_CALL_BODIES_DAYS)),
        "exports": _forget_exports(_before(now, settings.KEEP_EXPORTS_DAYS)),
        "sessions": forget_expired(),
        "logs": tidy(VAR_DIR, settings.KEEP_LOGS_DAYS),
    }
    if any(found.values()):
        with transaction.atomic():
            audit(by=by, action="forget", target="installation", after=found)
        log.info("forgotten", **found)
    return found


def _before(now: dt.datetime, days: int) -> dt.datetime | None:
    return now - dt.timedelta(days=days) if days else None


def _of_resting_books(events: QuerySet[Event]) -> QuerySet[Event]:
    """Events of books that are over, or gone: of others a client may still ask for all, from the first on."""
    going = BiographyJob.objects.filter(pk=OuterRef("job_id")).exclude(status__in=OVER)
    return events.filter(~Exists(going))


def _forget_bodies(before: dt.datetime | None) -> int:
    """Empty what was asked and answered. What it cost stays, and so does all that anybody may have to pay for again.

    A call is looked up by its unit before anything is paid: of units that are done or superseded nobody asks again.
    """
    if before is None:
        return 0
    settled = ModelCall.objects.filter(
        unit__status__in=[UnitStatus.DONE, UnitStatus.SUPERSEDED],
        unit__run__job__status__in=OVER,
        finished_at__lt=before,
    ).exclude(status=ModelCall.Status.INTENDED)
    count = 0
    while batch := list(settled.exclude(body="").order_by("pk").values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            rows = ModelCall.objects.filter(pk__in=batch)
            rows.filter(~Q(answer="")).update(answer=FORGOTTEN)
            rows.update(body="")
        count += len(batch)
    return count


def _forget_exports(before: dt.datetime | None) -> int:
    """Forget files that were made before, but the newest of a book's formats and kinds; the store is pruned after."""
    if before is None:
        return 0
    of_its_kind = Export.objects.filter(
        job=OuterRef("job"), format=OuterRef("format"), draft=OuterRef("draft")
    )
    newer = of_its_kind.filter(pk__gt=OuterRef("pk"))
    old = Export.objects.filter(Exists(newer), created_at__lt=before)
    deleted, _by_model = Export.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()
    return deleted
