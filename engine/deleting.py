"""Deleting a book: not while it is being made, and with the files that no other book has."""

from __future__ import annotations

import uuid
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from biographies.actions import delete_job
from biographies.errors import Forbidden, IllegalMove
from biographies.models import BiographyJob, Export
from biographies.vocabulary import JobStatus
from bookgen_site.accounts.models import User
from bookgen_site.lib import clock
from engine.locking import require
from engine.models import Unit, UnitStatus
from sources.files import discard_unused
from sources.models import Source

AT_WORK: Final = frozenset({JobStatus.RUNNING, JobStatus.EXPORTING})


@transaction.atomic
def delete_book(*, job: BiographyJob, by: User) -> None:
    """Delete a job that rests, with all its rows and files; the audit stays.

    Its owner may, and who sees all books. Raises IllegalMove while it is worked on: pause or cancel it first, and
    wait until what is at work has ended.
    """
    require(by, job)
    if not (job.owner_id == by.pk or by.sees_all_jobs):
        raise Forbidden(_("Only the owner of a book deletes it."))
    if job.status in AT_WORK or _held(job.pk):
        raise IllegalMove(
            _("“%s” is being made. Pause or cancel it, wait for what is at work, then delete it.")
            % job.character
        )
    files = _files(job.pk)
    delete_job(job=job, by=by)
    transaction.on_commit(lambda: discard_unused(files), robust=True)


def _held(job_id: uuid.UUID) -> bool:
    """Whether a worker holds a unit of the job now."""
    held = Unit.objects.filter(run__job_id=job_id, status=UnitStatus.LEASED, lease_until__gt=clock.now())
    return held.exists()


def _files(job_id: uuid.UUID) -> set[str]:
    sources = Source.objects.filter(job_id=job_id).exclude(blob="").values_list("blob", flat=True)
    return {*sources, *Export.objects.filter(job_id=job_id).values_list("blob", flat=True)}
