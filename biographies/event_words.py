"""Events in the reader's language: what happened to a book, in one sentence each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from biographies.vocabulary import ChapterStatus, JobStatus, Phase, Severity
from notifications.events import EventKind
from notifications.models import Event

Payload = Mapping[str, Any]
Titles = Mapping[int, str]


def in_words(event: Event, titles: Titles) -> str:
    """The event as a sentence; `titles` names chapters by their ids. Never raises, whatever an old event holds."""
    tell = SENTENCES.get(event.kind)
    try:
        return tell(event.payload, titles) if tell else event.kind
    except (KeyError, TypeError, ValueError):  # written by an older release
        return event.kind


def _label(words: Any, value: str) -> str:
    return str(dict(words.choices).get(value, value))


def _chapter(payload: Payload, titles: Titles) -> str:
    return titles.get(payload["chapter"]) or str(payload.get("title") or _("the book as a whole"))


def _progress(payload: Payload, _titles: Titles) -> str:
    told = {"phase": _label(Phase, payload["phase"]), "done": payload["done"], "total": payload["total"]}
    return _("%(phase)s: %(done)d of %(total)d are done.") % told


def _phase(payload: Payload, _titles: Titles) -> str:
    return _("The phase “%s” has begun.") % _label(Phase, payload["phase"])


def _status(payload: Payload, _titles: Titles) -> str:
    words = {name: _label(JobStatus, payload[name]) for name in ("before", "status")}
    told = _("The book was %(before)s and is %(status)s now.") % words
    return f"{told} {payload['reason']}" if payload.get("reason") else told


def _ready(payload: Payload, titles: Titles) -> str:
    words = ngettext("%d word", "%d words", payload["words"]) % payload["words"]
    return _("“%(chapter)s” has a new text: %(words)s.") % {
        "chapter": _chapter(payload, titles), "words": words,
    }  # fmt: skip


def _change(payload: Payload, titles: Titles) -> str:
    told = {"chapter": _chapter(payload, titles), "status": _label(ChapterStatus, payload["status"])}
    return _("“%(chapter)s” is %(status)s.") % told


def _finding(payload: Payload, titles: Titles) -> str:
    told = {"chapter": _chapter(payload, titles), "severity": _label(Severity, payload["severity"])}
    told["count"] = payload["count"]
    return (
        ngettext(
            "The checks saw %(count)d thing in “%(chapter)s” (gravest: %(severity)s).",
            "The checks saw %(count)d things in “%(chapter)s” (gravest: %(severity)s).",
            payload["count"],
        )
        % told
    )


def _error(payload: Payload, _titles: Titles) -> str:
    return str(payload["message"])


def _completion(payload: Payload, _titles: Titles) -> str:
    return _("The book is finished: %s.") % ", ".join(payload["files"])


SENTENCES: Final[Mapping[str, Callable[[Payload, Titles], str]]] = {
    EventKind.PROGRESS: _progress,
    EventKind.PHASE_CHANGE: _phase,
    EventKind.STATUS_CHANGE: _status,
    EventKind.CHAPTER_READY: _ready,
    EventKind.CHAPTER_CHANGE: _change,
    EventKind.FINDING: _finding,
    EventKind.ERROR: _error,
    EventKind.COMPLETION: _completion,
}
