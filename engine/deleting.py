"""Deleting a book, wholly: rows, what was told of it, files. Not while it is being made."""

from __future__ import annotations

import uuid
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from biographies.actions import delete_job
from biographies.errors import Forbidden, IllegalMove
from biographies.models import BiographyJob
from biographies.vocabulary import JobStatus
from bookgen_site.accounts.models import User
from bookgen_site.lib import clock, queue
from engine.locking import require
from engine.models import Unit, UnitStatus
from sources import pruning

AT_WORK: Final = frozenset({JobStatus.RUNNING, JobStatus.EXPORTING})


@transaction.atomic
def delete_book(*, job: BiographyJob, by: User) -> None:
    """Delete a job that rests: 1 its rows and what was told of it, 2 the words of its audit, 3 its files, once all that
    is written down.

    A file that another book has, too, stays. Its owner may, and who sees all books. Raises IllegalMove while it is
    worked on: pause or cancel it first, and wait until what is at work has ended.
    """
    require(by, job, archived=True)
    if not (job.owner_id == by.pk or by.sees_all_jobs):
        raise Forbidden(_("Only the owner of a book deletes it."))
    if job.status in AT_WORK or _held(job.pk):
        raise IllegalMove(
            _("“%s” is being made. Pause or cancel it, wait for what is at work, then delete it.")
            % job.character
        )
    job_id, files = job.pk, pruning.files_of(job)
    delete_job(job=job, by=by)
    # Killed before it, the daily pruning finds them: no row names them any more.
    transaction.on_commit(lambda: pruning.remove_now(files), robust=True)
    queue.put(pruning.HINT, job_id)


def _held(job_id: uuid.UUID) -> bool:
    """Whether a worker holds a unit of the job now."""
    held = Unit.objects.filter(run__job_id=job_id, status=UnitStatus.LEASED, lease_until__gt=clock.now())
    return held.exists()
