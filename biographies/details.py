"""Changing the details of a book that is being made: what it says of itself, and who else works on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from biographies import wishes
from biographies.budgets import change_budget
from biographies.errors import BadWish, Forbidden, IllegalMove, Stale
from biographies.models import BiographyJob
from biographies.queries import workable_by
from biographies.states import require_unarchived
from biographies.vocabulary import JobStatus
from bookgen_site.accounts.models import User
from bookgen_site.lib import clock
from notifications.publish import audit

# None of them changes what has been written: the title page and the mail use the author's name and address, the
# gate before the writing counts the sources.
DETAILS: Final = ("description", "author_name", "author_email", "shares_chapters", "min_sources")
WHO_SEES: Final = frozenset({"shares_chapters"})  # it can be taken back of a book in the archive, too
# These steer the work, so they are open until it has been started.
UNTIL_STARTED: Final = (
    *(
        "character",
        "mode",
        "language",
        "style",
        "author",
        "models_by_role",
        "wanted_chapters",
        "wanted_words",
    ),
    *("holds_targets", "target_sources", "accepts_found", "citation_style", "outline_review", "webhook_url"),
)


@transaction.atomic
def change_settings(*, job: BiographyJob, by: User, version: int | None = None, **wanted: Any) -> None:
    """Set what may still be changed: DETAILS always, UNTIL_STARTED before the start, the budget by a chief editor.

    All or nothing. `version` is that of the job as it was read, if that matters. Raises BadWish, Forbidden, Stale, or
    IllegalMove for a setting whose time is over and for a book in the archive.
    """
    if not workable_by(by).filter(pk=job.pk).exists():
        raise Forbidden(_("Your role can't do that with this book."))
    job.refresh_from_db(from_queryset=BiographyJob.objects.select_for_update(no_key=True))
    if wanted.keys() - WHO_SEES:
        require_unarchived(job)
    if version is not None and job.version != version:
        raise Stale(_("Somebody has changed “%s” since you read it. Read it again.") % job.character)
    steering = {field: value for field, value in wanted.items() if field in UNTIL_STARTED}
    if steering:
        _steer(job, by, steering)
    if "budget_micros" in wanted:
        change_budget(job=job, by=by, micros=wanted["budget_micros"])
    rest = {field: wanted[field] for field in wanted if field not in {*UNTIL_STARTED, "budget_micros"}}
    if rest:
        change_details(job=job, by=by, **rest)
    job.refresh_from_db()


def _steer(job: BiographyJob, by: User, wanted: dict[str, Any]) -> None:
    """Settings of a job that nobody has started, whose row the caller has locked."""
    if job.status != JobStatus.PENDING:
        told = {"job": job.character, "settings": ", ".join(sorted(wanted))}
        raise IllegalMove(_("“%(job)s” has been started: %(settings)s can't be changed any more.") % told)
    values = wishes.cleaned(**{"character": job.character} | wanted)
    before = {field: getattr(job, field) for field in wanted}
    after = {field: values[field] for field in wanted if values[field] != before[field]}
    if after:
        BiographyJob.objects.filter(pk=job.pk).update(
            **after, version=F("version") + 1, updated_at=clock.now()
        )
        audit(by=by, action="change_details", target=job.character, job_id=job.pk, before=before, after=after)


@transaction.atomic
def change_details(*, job: BiographyJob, by: User, **wanted: Any) -> None:
    """Set some of DETAILS; raises BadWish for a value that makes no sense, Forbidden when `by` may not."""
    if not workable_by(by).filter(pk=job.pk).exists():
        raise Forbidden(_("Your role can't do that with this book."))
    if wanted.keys() - WHO_SEES:
        require_unarchived(job)
    for field in wanted.keys() - set(DETAILS):
        raise BadWish(field, _("There is no such setting."))
    values = wishes.cleaned(character=job.character, **wanted)
    before = (
        BiographyJob.objects.select_for_update(no_key=True).values(*wanted).get(pk=job.pk) if wanted else {}
    )
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
