"""The desk's home page: what waits for a person, what needs help, what is in the making, what it costs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from biographies.admin.book_head import OPEN_ERRORS
from biographies.admin.deeds import Deed
from biographies.admin.helping import Help, helping_deeds, helps
from biographies.admin.shell import REFRESH
from biographies.admin.standing import Standing, standing_of, with_standing
from biographies.models import BiographyJob, Chapter, Export
from biographies.queries import printing_place, visible_to, workable_by
from biographies.team import Caps, caps
from biographies.vocabulary import ChapterStatus, FindingStatus, JobStatus
from bookgen_site.accounts import roles
from bookgen_site.accounts.models import User
from bookgen_site.accounts.requests import StaffRequest
from bookgen_site.lib import clock
from bookgen_site.lib.replica import reading_lists
from engine.money import spent_since
from sources.demos import demo_folders

SHOWN = 12  # books in each part of the page; all of them are in the list
CHAPTERS = 4  # of each book that waits
FILES = 6
FRESH = dt.timedelta(days=14)  # a failure that nobody has done anything about by then is in the list alone
GOING = (JobStatus.RUNNING, JobStatus.EXPORTING, JobStatus.PENDING)


@dataclass(frozen=True, slots=True)
class HomeBook:
    """A book on the page: how it stands, what helps, and the chapters that wait for somebody."""

    job: BiographyJob
    standing: Standing
    helps: Sequence[Help]
    deeds: Sequence[Deed]
    chapters: Sequence[Chapter]
    parked_reason: str

    def __str__(self) -> str:
        return self.job.character

    @property
    def errors(self) -> int:
        """Open errors in the chapters that wait."""
        return sum(one.open_errors for one in self.chapters)  # type: ignore[attr-defined]

    @property
    def others(self) -> int:
        """Open findings in them that block nothing."""
        return sum(one.open_findings for one in self.chapters) - self.errors  # type: ignore[attr-defined]

    @property
    def first(self) -> Sequence[Chapter]:
        """The chapters that are shown by name."""
        return self.chapters[:CHAPTERS]


@dataclass(frozen=True, slots=True)
class Purse:
    """What is spent this month and today, of the caps for all books (None: there is none)."""

    month: int
    today: int
    month_cap: int | None
    day_cap: int | None
    everything: bool  # whether it is the money of all books, or of the person's own

    @property
    def month_share(self) -> int:
        """Of the month's cap, in per cent."""
        return _share(self.month, self.month_cap)

    @property
    def day_share(self) -> int:
        """Of the day's cap, in per cent."""
        return _share(self.today, self.day_cap)


def _share(micros: int, cap: int | None) -> int:
    return min(100, round(100 * micros / cap)) if cap else 0


def home_context(request: StaffRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Unfold's dashboard callback: each part of the page is one query, whatever the number of books."""
    with reading_lists(request.user):
        return _home_context(request, context)


def _home_context(request: StaffRequest, context: dict[str, Any]) -> dict[str, Any]:
    user = request.user
    parts = _parts(visible_to(user).filter(archived_at=None))
    settled = caps()
    books = _books({job.pk for jobs in parts.values() for job in jobs}, user, settled)
    context |= {name: [books[job.pk] for job in jobs] for name, jobs in parts.items()}
    context |= {"title": _("Home"), "makes_books": user.makes_books, "files": _files(user)}
    context["empty"] = not any(parts.values()) and not context["files"]
    context["demo"] = next((folder.name for folder in demo_folders()), "") if context["empty"] else ""
    context["purse"] = _purse(user, settled) if user.makes_books and not context["empty"] else None
    if REFRESH in request.headers:
        context["messages"] = []  # left for the person's eyes, as in `shell.show`
    return context


def _parts(jobs: QuerySet[BiographyJob]) -> dict[str, list[BiographyJob]]:
    """The books of each part of the page, without what is counted about them."""
    told = Q(status=JobStatus.PAUSED) & ~Q(error_message="")
    failed = Q(status=JobStatus.FAILED, updated_at__gte=clock.now() - FRESH)
    going = Q(status__in=GOING) | Q(status=JobStatus.PAUSED, error_message="")
    chosen = {
        "waiting": (Q(status=JobStatus.NEEDS_REVIEW), "-updated_at"),
        "troubled": (failed | told, "-updated_at"),
        "making": (going, "-created_at"),
    }
    return {name: list(jobs.filter(which).order_by(order)[:SHOWN]) for name, (which, order) in chosen.items()}


def _books(ids: Iterable[Any], user: User, settled: Caps) -> dict[Any, HomeBook]:
    """These books with all that the page tells of them."""
    rows = list(with_standing(BiographyJob.objects.filter(pk__in=list(ids)))) if ids else []
    chapters = _waiting_chapters([row.pk for row in rows if row.status == JobStatus.NEEDS_REVIEW])
    works = _worked_on(user, [row.pk for row in rows])
    return {
        row.pk: _book(row, user, chapters.get(row.pk, []), settled if row.pk in works else None)
        for row in rows
    }


def _worked_on(user: User, ids: Sequence[Any]) -> set[Any]:
    """Of books that the person sees, those that they may change: only an author sees a book without working on it."""
    if roles.AUTHOR not in user.role_names or user.sees_all_jobs:
        return set(ids) if user.makes_books else set()
    return set(workable_by(user).filter(pk__in=ids).order_by().values_list("pk", flat=True))


def _book(job: BiographyJob, user: User, chapters: Sequence[Chapter], settled: Caps | None) -> HomeBook:
    """`settled` are the caps that hold, where the person works on the book; else None."""
    works, standing = settled is not None, standing_of(job)
    parked = [one.parked_reason for one in chapters if one.status == ChapterStatus.PARKED]
    return HomeBook(
        job=job,
        standing=standing,
        helps=helps(job, standing, user, settled) if works else [],
        deeds=helping_deeds(job, standing, user) if works else [],
        chapters=[one for one in chapters if one.status == ChapterStatus.NEEDS_REVIEW],
        parked_reason=parked[0] if parked else "",
    )


def _waiting_chapters(ids: Sequence[Any]) -> dict[Any, list[Chapter]]:
    """The chapters of these books that wait for somebody or are parked, in printing order, with their findings."""
    if not ids:
        return {}
    open_ones = Q(current_revision__findings__status=FindingStatus.OPEN)
    states = [ChapterStatus.NEEDS_REVIEW, ChapterStatus.PARKED]
    rows = Chapter.objects.filter(job__in=ids, status__in=states).annotate(
        place=printing_place(),
        open_findings=Count("current_revision__findings", filter=open_ones),
        open_errors=Count("pk", filter=OPEN_ERRORS),
    )
    found: dict[Any, list[Chapter]] = {}
    for row in rows.order_by("place", "chapter_number"):
        found.setdefault(row.job_id, []).append(row)
    return found


def _files(user: User) -> list[Export]:
    rows = Export.objects.filter(job__in=visible_to(user).order_by().values("pk"))
    return list(rows.select_related("job").order_by("-id")[:FILES])


def _purse(user: User, settled: Caps) -> Purse:
    midnight = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    everything = user.sees_all_jobs
    jobs = None if everything else visible_to(user).order_by().values("pk")
    month, today = spent_since(midnight.replace(day=1), midnight, jobs)
    if not everything:
        return Purse(month, today, None, None, everything)
    return Purse(month, today, settled.month, settled.day, everything)
