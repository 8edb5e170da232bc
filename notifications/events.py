"""What can happen to a job: one frozen dataclass per kind, so that a payload can't be misspelt."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventKind(models.TextChoices):
    """The kinds, as client programs see them."""

    PROGRESS = "progress", _("progress")
    PHASE_CHANGE = "phase_change", _("phase change")
    STATUS_CHANGE = "status_change", _("status change")
    CHAPTER_READY = "chapter_ready", _("chapter ready")
    CHAPTER_CHANGE = "chapter_change", _("chapter change")
    FINDING = "finding", _("finding")
    ERROR = "error", _("error")
    COMPLETION = "completion", _("completion")
    QUESTION = "question", _("question")
    ANSWER = "answer", _("answer")
    COMMENT = "comment", _("comment")
    BUDGET = "budget", _("budget")


@dataclass(frozen=True, slots=True)
class JobEvent:
    """Base of all events of a job."""

    kind: ClassVar[EventKind]

    def payload(self) -> dict[str, Any]:
        """The event's own fields, ready for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Progress(JobEvent):
    """`progress` is 0–100 over the whole job; phase, done and total are those of the unit that has ended."""

    kind = EventKind.PROGRESS
    phase: str
    progress: float
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class PhaseChange(JobEvent):
    """A phase has begun."""

    kind = EventKind.PHASE_CHANGE
    phase: str
    progress: float


@dataclass(frozen=True, slots=True)
class StatusChange(JobEvent):
    """The job has moved from one status to another."""

    kind = EventKind.STATUS_CHANGE
    before: str
    status: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ChapterReady(JobEvent):
    """A chapter has a new text; `origin` is the revision's, `by` the username of the person behind it, or ""."""

    kind = EventKind.CHAPTER_READY
    chapter: int
    title: str
    words: int
    origin: str = "generated"
    by: str = ""


@dataclass(frozen=True, slots=True)
class ChapterChange(JobEvent):
    """A chapter's status has changed."""

    kind = EventKind.CHAPTER_CHANGE
    chapter: int
    status: str


@dataclass(frozen=True, slots=True)
class FindingMade(JobEvent):
    """Checks saw something in a chapter: how many findings, and the gravest."""

    kind = EventKind.FINDING
    chapter: int | None
    count: int
    severity: str


@dataclass(frozen=True, slots=True)
class JobError(JobEvent):
    """Something went wrong; `severity` is warning (work goes on) or critical (it doesn't)."""

    kind = EventKind.ERROR
    severity: str
    message: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Completion(JobEvent):
    """The book is exported and checked; `seconds` is the time since its making was begun."""

    kind = EventKind.COMPLETION
    files: tuple[str, ...]
    words: int
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class Question(JobEvent):
    """An editor asks the author something."""

    kind = EventKind.QUESTION
    text: str
    by: str


@dataclass(frozen=True, slots=True)
class Answer(JobEvent):
    """The author answers, or writes of their own accord; `by` is the name of the author's link."""

    kind = EventKind.ANSWER
    text: str
    by: str


@dataclass(frozen=True, slots=True)
class Commented(JobEvent):
    """Somebody has remarked on a sentence; `by` is a username, or the name of the author's link."""

    kind = EventKind.COMMENT
    chapter: int
    title: str
    by: str
    from_author: bool = False


@dataclass(frozen=True, slots=True)
class BudgetSpent(JobEvent):
    """So much of the job's budget is spent that somebody should know; money in micro-dollars."""

    kind = EventKind.BUDGET
    percent: int
    spent_micros: int
    budget_micros: int
