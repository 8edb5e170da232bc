"""Reads of jobs and chapters. Every read that serves a person starts from `visible_to`."""

from __future__ import annotations

import datetime as dt
import uuid

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from biographies.models import Approval, BiographyJob, Chapter
from biographies.vocabulary import PRINTING_ORDER, ChapterKind, ChapterStatus, FindingStatus
from bookgen_site.accounts import roles
from bookgen_site.accounts.models import User
from bookgen_site.lib.text import clean_text
from notifications.models import EventCounter


def visible_to(user: User | AnonymousUser) -> QuerySet[BiographyJob]:
    """The jobs that this person may see: all, own and shared, or the own book of an author."""
    if isinstance(user, AnonymousUser):
        return BiographyJob.objects.none()
    if user.sees_all_jobs:
        return BiographyJob.objects.all()
    mine = _worked_on_by(user) if user.makes_books else Q(pk__in=[])
    if roles.AUTHOR in user.role_names and user.email:
        mine |= Q(author_email__iexact=user.email)
    return BiographyJob.objects.filter(mine)


def _worked_on_by(user: User) -> Q:
    """Own and shared jobs; by a subquery, since a join would make every query that starts here a DISTINCT one.

    Not by OR: PostgreSQL takes a column or a subquery for half of all rows, and reads tables that it could look up in.
    """
    own = BiographyJob.objects.filter(owner=user).order_by().values("pk")
    shared = BiographyJob.shared_with.through.objects.filter(user=user).values("biographyjob")
    return Q(pk__in=own.union(shared, all=True))


def workable_by(user: User | AnonymousUser) -> QuerySet[BiographyJob]:
    """The jobs that this person may change: those they see, when their role makes books."""
    if isinstance(user, AnonymousUser) or not user.makes_books:
        return BiographyJob.objects.none()
    if user.sees_all_jobs:
        return BiographyJob.objects.all()
    return BiographyJob.objects.filter(_worked_on_by(user))


def with_last_event(jobs: QuerySet[BiographyJob]) -> QuerySet[BiographyJob]:
    """The same jobs, each with the number of its newest event as `last_event`."""
    last = EventCounter.objects.filter(job_id=OuterRef("pk")).values("last")
    return jobs.annotate(last_event=Coalesce(Subquery(last), Value(0)))


def narrowed(
    jobs: QuerySet[BiographyJob],
    *,
    status: str = "",
    phase: str = "",
    text: str = "",
    created_after: dt.datetime | None = None,
    created_before: dt.datetime | None = None,
    archived: bool | None = False,
) -> QuerySet[BiographyJob]:
    """The jobs of this status and phase, with this text in the name or description, ordered in this time.

    `archived`: those in the archive (True), or all others (False), or both (None).
    """
    if archived is not None:
        jobs = jobs.filter(archived_at__isnull=not archived)
    exact = {"status": status, "current_phase": phase}
    jobs = jobs.filter(**{column: word for column, word in exact.items() if word})
    if text := clean_text(text, multiline=False):
        jobs = jobs.filter(Q(character__icontains=text) | Q(description__icontains=text))
    jobs = jobs.filter(created_at__gte=created_after) if created_after else jobs
    return jobs.filter(created_at__lt=created_before) if created_before else jobs


def printing_place() -> Case:
    """Where a section stands in the printed book, for annotations; numbered chapters share a place."""
    return Case(
        *(When(kind=kind, then=number) for number, kind in enumerate(PRINTING_ORDER)),
        output_field=IntegerField(),
    )


def chapters_in_order(job_id: uuid.UUID) -> QuerySet[Chapter]:
    """All sections in the order of the printed book, each with its text and count of open findings."""
    return chapters_with_texts(job_id).annotate(place=printing_place()).order_by("place", "chapter_number")


def chapters_with_texts(job_id: uuid.UUID) -> QuerySet[Chapter]:
    """The same in no order, for whoever looks for one of them."""
    open_ones = Count(
        "current_revision__findings", filter=Q(current_revision__findings__status=FindingStatus.OPEN)
    )
    return (
        Chapter.objects.filter(job_id=job_id)
        .select_related("current_revision")
        .annotate(open_findings=open_ones)
        .order_by()
    )


def numbered_chapters(job_id: uuid.UUID) -> QuerySet[Chapter]:
    """The numbered chapters, first to last."""
    return Chapter.objects.filter(job_id=job_id, kind=ChapterKind.CHAPTER).order_by("chapter_number")


def manners(job_id: uuid.UUID) -> list[str]:
    """How the book's present texts were approved, each way once."""
    found = Approval.objects.filter(revision__current_of__job=job_id)
    return list(found.order_by("manner").values_list("manner", flat=True).distinct())


def all_approved(job_id: uuid.UUID) -> bool:
    """Whether there are chapters and every one of them is approved."""
    statuses = set(Chapter.objects.filter(job_id=job_id).values_list("status", flat=True))
    return statuses == {ChapterStatus.APPROVED.value}


def jobs_by_status() -> dict[str, int]:
    """How many jobs there are of each status that occurs, whoever's they are."""
    rows = BiographyJob.objects.order_by().values_list("status").annotate(number=Count("pk"))
    return dict(rows)
