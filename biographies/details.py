"""Changing the details of a book that is being made: what it says of itself, and who else works on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from biographies import wishes
from biographies.errors import BadWish, Forbidden
from biographies.models import BiographyJob
from biographies.queries import workable_by
from bookgen_site.accounts.models import User
from bookgen_site.lib import clock
from notifications.publish import audit

# None of them changes what has been written: the title page and the mail use the author's name and address, the
# gate before the writing counts the sources.
DETAILS: Final = ("description", "author_name", "author_email", "shares_chapters", "min_sources")


@transaction.atomic
def change_details(*, job: BiographyJob, by: User, **wanted: Any) -> None:
    """Set some of DETAILS; raises BadWish for a value that makes no sense, Forbidden when `by` may not."""
    if not workable_by(by).filter(pk=job.pk).exists():
        raise Forbidden(_("Your role can't do that with this book."))
    for field in wanted.keys() - set(DETAILS):
        raise BadWish(field, _("There is no such setting."))
    values = wishes.cleaned(character=job.character, **wanted)
    before = BiographyJob.objects.select_for_update().values(*wanted).get(pk=job.pk) if wanted else {}
    after = {field: values[field] for field in wanted if values[field] != before[field]}
    if after:
        # These columns alone: the engine may be writing the others this moment.
        BiographyJob.objects.filter(pk=job.pk).update(
            **after, version=F("version") + 1, updated_at=clock.now()
        )
        audit(by=by, action="change_details", target=job.character, job_id=job.pk, before=before, after=after)


@transaction.atomic
def share(*, job: BiographyJob, by: User, people: Iterable[User]) -> None:
    """Let exactly these people work on the book beside its owner; only the owner and who sees all books may."""
    if not (job.owner_id == by.pk or by.sees_all_jobs):
        raise Forbidden(_("Only the owner of a book shares it."))
    before = sorted(job.shared_with.values_list("username", flat=True))
    job.shared_with.set(people)
    after = sorted(job.shared_with.values_list("username", flat=True))
    audit(
        by=by,
        action="change_details",
        target=job.character,
        job_id=job.pk,
        before={"shared_with": before},
        after={"shared_with": after},
    )
