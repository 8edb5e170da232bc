"""The letters, and which event becomes which."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from notifications.audience import Role
from notifications.events import EventKind
from notifications.models import Event


class LetterKind(models.TextChoices):
    """What a letter tells."""

    BOOK_STARTED = "book_started", _("book started")
    OUTLINE_READY = "outline_ready", _("outline ready")
    CHAPTERS_READY = "chapters_ready", _("chapters ready")
    QUESTION = "question", _("question from the editor")
    BOOK_READY = "book_ready", _("book ready")
    BOOK_FAILED = "book_failed", _("book failed")
    BOOK_PAUSED = "book_paused", _("book waits for somebody")
    REVIEW_WAITING = "review_waiting", _("review waiting")
    CHAPTER_CHANGED = "chapter_changed", _("chapter changed under review")
    ANSWER = "answer", _("answer from the author")
    COMMENT = "comment", _("comment from the author")
    BUDGET = "budget", _("budget nearly spent")
    ALERT = "alert", _("alert")
    DIGEST = "digest", _("daily mail")


# These never wait for the daily mail: somebody must act, or has waited long enough.
URGENT: Final = frozenset(
    {
        LetterKind.QUESTION,
        LetterKind.ANSWER,
        LetterKind.BOOK_READY,
        LetterKind.BOOK_FAILED,
        LetterKind.BUDGET,
        LetterKind.ALERT,
    }
)

# What a person may switch off.
OPTIONAL: Final = tuple(kind for kind in LetterKind if kind not in {LetterKind.ALERT, LetterKind.DIGEST})

Letters = Mapping[Role, LetterKind]
NONE: Final[Letters] = {}
EVERYBODY: Final = tuple(Role)


def letters_of(event: Event) -> Letters:
    """The letter for each role that hears of this event."""
    rule = RULES.get(EventKind(event.kind))
    return rule(event.payload) if rule else NONE


def _of_status(told: dict[str, Any]) -> Letters:
    match told["before"], told["status"]:
        case "pending", "running":
            return {Role.AUTHOR: LetterKind.BOOK_STARTED}
        case "running", "needs_review":
            return {Role.AUTHOR: LetterKind.CHAPTERS_READY, Role.EDITOR: LetterKind.REVIEW_WAITING}
        case _, "failed":
            return dict.fromkeys(EVERYBODY, LetterKind.BOOK_FAILED)
        case _, "paused" if told["reason"]:
            return {Role.EDITOR: LetterKind.BOOK_PAUSED}
    return NONE


def _of_phase(told: dict[str, Any]) -> Letters:
    return {Role.AUTHOR: LetterKind.OUTLINE_READY} if told["phase"] == "chapter_generation" else NONE


def _of_text(told: dict[str, Any]) -> Letters:
    """A first text is news of the book as a whole; a later one, of a chapter that somebody may have read."""
    return {Role.EDITOR: LetterKind.CHAPTER_CHANGED} if told.get("origin", FIRST) != FIRST else NONE


def _of_comment(told: dict[str, Any]) -> Letters:
    return {Role.EDITOR: LetterKind.COMMENT} if told["from_author"] else NONE


FIRST: Final = "generated"
RULES: Final[Mapping[EventKind, Callable[[dict[str, Any]], Letters]]] = {
    EventKind.STATUS_CHANGE: _of_status,
    EventKind.PHASE_CHANGE: _of_phase,
    EventKind.CHAPTER_READY: _of_text,
    EventKind.COMMENT: _of_comment,
    EventKind.COMPLETION: lambda _told: dict.fromkeys(EVERYBODY, LetterKind.BOOK_READY),
    EventKind.QUESTION: lambda _told: {Role.AUTHOR: LetterKind.QUESTION},
    EventKind.ANSWER: lambda _told: {Role.EDITOR: LetterKind.ANSWER},
    EventKind.BUDGET: lambda _told: {Role.EDITOR: LetterKind.BUDGET},
}

_FOR_AUTHORS: Final = frozenset(
    {
        LetterKind.BOOK_STARTED,
        LetterKind.OUTLINE_READY,
        LetterKind.CHAPTERS_READY,
        LetterKind.QUESTION,
        LetterKind.BOOK_READY,
        LetterKind.BOOK_FAILED,
    }
)
_FOR_BOTH: Final = frozenset({LetterKind.BOOK_READY, LetterKind.BOOK_FAILED})


def kinds_for(role: str) -> list[LetterKind]:
    """What somebody in this role ("" for all) may switch off."""
    if role == Role.AUTHOR:
        return [kind for kind in OPTIONAL if kind in _FOR_AUTHORS]
    if role == Role.EDITOR:
        return [kind for kind in OPTIONAL if kind not in _FOR_AUTHORS - _FOR_BOTH]
    return list(OPTIONAL)
