"""How an action that needs the machine begins: who may, and the job's row locked and read as it is now."""

from __future__ import annotations

from django.utils.translation import gettext as _

from biographies.errors import Forbidden
from biographies.models import BiographyJob
from biographies.queries import workable_by
from biographies.states import require_unarchived
from bookgen_site.accounts.models import User


def require(by: User, job: BiographyJob, *, archived: bool = False) -> None:
    """Refuse who may not; then lock the job and read it as it is now. All that moves a job locks it first.

    A job in the archive is refused, too, unless the action is for such jobs as well.
    """
    if not workable_by(by).filter(pk=job.pk).exists():
        raise Forbidden(_("Your role can't do that with this book."))
    job.refresh_from_db(from_queryset=BiographyJob.objects.select_for_update(no_key=True))
    if not archived:
        require_unarchived(job)
