"""The archive: books that rest there are kept whole and can be read, but stand in nobody's way and can't be changed."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from biographies.errors import Forbidden, IllegalMove
from biographies.models import BiographyJob
from biographies.models.job import RESTING
from biographies.queries import workable_by
from bookgen_site.accounts.models import User
from bookgen_site.lib import clock
from notifications.publish import audit

ARCHIVE, UNARCHIVE = "archive", "unarchive"
CAN_REST: Final = frozenset(RESTING)


@transaction.atomic
def archive(*, job: BiographyJob, by: User) -> None:
    """Put a completed, failed or cancelled job into the archive; in it already, it stays there."""
    _require(by, job)
    rows = BiographyJob.objects.filter(pk=job.pk)
    now = rows.select_for_update().get()  # whoever moves it locks it, too
    if now.status not in RESTING:
        raise IllegalMove(_("Only a book that is completed, failed or cancelled can be archived."))
    if now.archived_at is None:
        rows.update(archived_at=clock.now(), version=F("version") + 1)
        audit(by=by, action=ARCHIVE, target=job.character, job_id=job.pk)


@transaction.atomic
def unarchive(*, job: BiographyJob, by: User) -> None:
    """Take it out again; where it isn't in the archive, nothing happens."""
    _require(by, job)
    archived = BiographyJob.objects.filter(pk=job.pk, archived_at__isnull=False)
    if archived.update(archived_at=None, version=F("version") + 1):
        audit(by=by, action=UNARCHIVE, target=job.character, job_id=job.pk)


def _require(by: User, job: BiographyJob) -> None:
    if not workable_by(by).filter(pk=job.pk).exists():
        raise Forbidden(_("Your role can't do that with this book."))
