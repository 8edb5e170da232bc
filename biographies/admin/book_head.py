"""What stands above the tabs of a book: where it is, what it costs, what can be done; read in a few queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from biographies.admin.deeds import possible
from biographies.admin.helping import helps
from biographies.admin.lookups import works_on
from biographies.admin.printing_form import choices
from biographies.admin.standing import Standing, outline_can_be_shaped, outline_waits, standing_of
from biographies.budgets import cap_of
from biographies.models import BiographyJob, Chapter
from biographies.queries import chapters_in_order
from biographies.vocabulary import (
    AuthorName,
    ChapterKind,
    ChapterStatus,
    FindingStatus,
    JobStatus,
    Phase,
    Severity,
)
from bookgen_site.accounts.models import User
from engine.pace import Pace, pace_of

OPEN_ERRORS = Q(current_revision__findings__status=FindingStatus.OPEN) & Q(
    current_revision__findings__severity=Severity.ERROR
)


@dataclass(frozen=True, slots=True)
class Head:
    """The book and what every tab may need of it; `chapters` are its sections in printing order."""

    job: BiographyJob
    user: User
    standing: Standing
    chapters: Sequence[Chapter]
    may_work: bool


def head_of(job: BiographyJob, user: User) -> Head:
    """Read it; the number of the newest event came with the job, so nothing that happens meanwhile is missed."""
    chapters = list(chapters_in_order(job.pk).annotate(open_errors=Count("pk", filter=OPEN_ERRORS)))
    return Head(job, user, standing_of(job), chapters, works_on(user, job))


def head_rows(head: Head) -> dict[str, Any]:
    """What the templates of the header show."""
    job, standing = head.job, head.standing
    deeds = possible(job, head.user, standing) if head.may_work else []
    return {
        "job": job,
        "seq": standing.seq,
        "standing": standing,
        "steps": steps(job),
        "pace": _pace(job),
        "money": money_of(job),
        "strip": strip_of(head.chapters),
        "deeds": [deed for deed in deeds if deed.confirm is None],
        "grave_deeds": [deed for deed in deeds if deed.confirm is not None],
        "helps": helps(job, standing, head.user) if head.may_work else [],
        "chapters": head.chapters,
        "approvable": _approvable(head.chapters, head.user),
        "printing": choices(job),
        "may_work": head.may_work,
        "outline_waits": outline_waits(job, standing),
        "may_shape": head.may_work and outline_can_be_shaped(job, standing),
    }


def _pace(job: BiographyJob) -> Pace | None:
    return pace_of(job) if job.status in {JobStatus.RUNNING, JobStatus.EXPORTING} else None


@dataclass(frozen=True, slots=True)
class Money:
    """What the book has cost, where its spending ends (None: nowhere), in micro-dollars; `share` in per cent."""

    spent: int
    cap: int | None

    @property
    def share(self) -> int:
        """How much of the cap is spent, 0 to 100."""
        return min(100, round(100 * self.spent / self.cap)) if self.cap else 0


def money_of(job: BiographyJob) -> Money | None:
    """The book's money; None for a book that asks no language model."""
    if job.author != AuthorName.MODEL and not job.spent_micros:
        return None
    return Money(job.spent_micros, cap_of(job))


@dataclass(frozen=True, slots=True)
class Strip:
    """The sections in a row of small marks, and the same in numbers."""

    marks: Sequence[Chapter]
    written: int
    approved: int
    parked: int


def strip_of(chapters: Sequence[Chapter]) -> Strip:
    """What the row of marks shows."""
    states = Counter(one.status for one in chapters)
    texts = sum(one.current_revision is not None for one in chapters)
    return Strip(chapters, texts, states[ChapterStatus.APPROVED], states[ChapterStatus.PARKED])


@dataclass(frozen=True, slots=True)
class Step:
    """One of the six phases on the stepper. `state` is done, now or later."""

    phase: Phase
    state: str


def steps(job: BiographyJob) -> list[Step]:
    """The six phases and where the job stands in them."""
    order = list(Phase)
    if job.status == JobStatus.COMPLETED:
        return [Step(phase, "done") for phase in order]
    place = order.index(Phase(job.current_phase)) if job.current_phase else -1
    if (
        job.status == JobStatus.NEEDS_REVIEW
    ):  # all has been written and checked; the export waits for a person
        place = order.index(Phase.EXPORT)
    return [Step(phase, _step_state(number, place)) for number, phase in enumerate(order)]


def _step_state(number: int, place: int) -> str:
    if number == place:
        return "now"
    return "done" if number < place else "later"


def _approvable(chapters: Sequence[Chapter], user: User) -> list[Chapter]:
    """The chapters that this person could approve as they are."""
    if not user.approves:
        return []
    return [
        one
        for one in chapters
        if one.status == ChapterStatus.NEEDS_REVIEW and one.current_revision and not one.open_errors  # type: ignore[attr-defined]
    ]


def numbered(chapters: Sequence[Chapter]) -> list[Chapter]:
    """The numbered chapters alone."""
    return [one for one in chapters if one.kind == ChapterKind.CHAPTER]
