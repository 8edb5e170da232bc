"""What each letter says, in the language that is active. Plain text throughout: the templates escape it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookgen_site.lib.text import clean_text
from notifications.audience import Role
from notifications.letters import links
from notifications.letters.kinds import LetterKind
from notifications.models import Delivery


@dataclass(frozen=True, slots=True)
class Link:
    """Words and where they lead."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of news in a daily mail."""

    about: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter before it has a form. `quote` is somebody's own words; `button` the one thing to do next."""

    subject: str
    heading: str
    lines: tuple[str, ...] = ()
    quote: str = ""
    files: tuple[Link, ...] = ()
    items: tuple[Item, ...] = ()
    button: Link | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What a letter is written from."""

    payload: dict[str, Any]
    job_id: uuid.UUID | None
    address: str
    since: dt.datetime

    @property
    def who(self) -> str:
        """The person that the book is about."""
        return str(self.payload.get("character", ""))

    @property
    def told(self) -> dict[str, Any]:
        """The fields of the event."""
        found: dict[str, Any] = self.payload.get("told", {})
        return found

    @property
    def mark(self) -> str:
        """What the book's links to its files bore when the letter was made."""
        return str(self.payload.get("links", ""))

    @property
    def to_author(self) -> bool:
        """Whether it goes to the author, not to an editor."""
        return bool(self.payload.get("role") == Role.AUTHOR)

    @property
    def shown(self) -> bool:
        """Whether the author may read the chapters."""
        return bool(self.payload.get("shows_chapters"))

    def page(self) -> Link | None:
        """Where the reader of the letter finds the book."""
        if self.job_id is None:
            return None
        if not self.to_author:
            return Link(_("Open the book on the desk"), links.desk_book(self.job_id))
        url = links.author_page(self.job_id, self.address)
        return Link(_("Open your book"), url) if url else None


def facts_of(delivery: Delivery) -> Facts:
    """The facts of a stored message; whatever is text in it comes out clean."""
    return Facts(_clean(delivery.payload), delivery.job_id, delivery.address, delivery.created_at)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        return {key: _clean(one) for key, one in value.items()}
    return [_clean(one) for one in value] if isinstance(value, list) else value


def letter_of(kind: str, facts: Facts) -> Letter:
    """The letter of this kind; KeyError for a kind that nobody writes."""
    return WRITERS[LetterKind(kind)](facts)


def _book_started(facts: Facts) -> Letter:
    return Letter(
        subject=_("Your book about %s has been started") % facts.who,
        heading=_("Work on your book has begun"),
        lines=(
            _("The sources about %s are being read and checked now. The outline comes next.") % facts.who,
            _("You needn't do anything. We write to you when there is something to see."),
        ),
        button=facts.page(),
    )


def _outline_ready(facts: Facts) -> Letter:
    return Letter(
        subject=_("The outline of the book about %s is ready") % facts.who,
        heading=_("The outline is ready"),
        lines=(_("It is settled what each chapter tells. The chapters are being written now."),),
        button=facts.page(),
    )


def _chapters_ready(facts: Facts) -> Letter:
    shared = _("You can read them on your page, and leave a comment on any sentence.")
    return Letter(
        subject=_("The chapters of the book about %s are ready for review") % facts.who,
        heading=_("The chapters are written"),
        lines=(
            _("An editor now reads every chapter beside its sources before anything is printed."),
            *((shared,) if facts.shown else ()),
        ),
        button=facts.page(),
    )


def _question(facts: Facts) -> Letter:
    return Letter(
        subject=_("A question about the book on %s") % facts.who,
        heading=_("Your editor has a question"),
        lines=(_("%s asks:") % facts.told["by"],),
        quote=facts.told["text"],
        button=facts.page(),
    )


def _book_ready(facts: Facts) -> Letter:
    words = facts.told["words"]
    told = ngettext("It has %s word.", "It has %s words.", words) % number_format(words, force_grouping=True)
    done = _("Every chapter has been approved and the files are made.")
    files = [
        Link(name, links.download(facts.job_id, name, facts.since, facts.mark) if facts.job_id else "")
        for name in facts.told["files"]
    ]
    return Letter(
        subject=_("Your book about %s is ready") % facts.who,
        heading=_("The book is ready"),
        lines=(f"{done} {told}",),
        files=tuple(files),
        button=facts.page(),
    )


def _book_failed(facts: Facts) -> Letter:
    if facts.to_author:
        lines = (
            _("The making of your book about %s has stopped.") % facts.who,
            _("The editor has been told and takes care of it. Nothing that is finished is lost."),
        )
        return Letter(
            subject=_("The making of your book about %s has stopped") % facts.who,
            heading=_("Your book has to wait"),
            lines=lines,
            button=facts.page(),
        )
    return Letter(
        subject=_("The book about %s can't go on") % facts.who,
        heading=_("The book can't go on"),
        lines=(_("Mend what is said below, then press Retry on the book's page. What is finished is kept."),),
        quote=facts.told["reason"],
        button=facts.page(),
    )


def _book_paused(facts: Facts) -> Letter:
    return Letter(
        subject=_("The book about %s waits for you") % facts.who,
        heading=_("The book waits for a person"),
        lines=(_("Do what is said below, then press Resume on the book's page."),),
        quote=facts.told["reason"],
        button=facts.page(),
    )


def _review_waiting(facts: Facts) -> Letter:
    return Letter(
        subject=_("The book about %s waits for review") % facts.who,
        heading=_("The chapters wait for review"),
        lines=(_("All sections are written and checked. Read each beside its evidence and approve it."),),
        button=facts.page(),
    )


def _chapter_changed(facts: Facts) -> Letter:
    return Letter(
        subject=_("“%(chapter)s” has changed under review") % {"chapter": facts.told["title"]},
        heading=_("A chapter has a new text"),
        lines=(
            _("“%(chapter)s” of the book about %(who)s has another text than you may have read.")
            % {"chapter": facts.told["title"], "who": facts.who},
            *((_("It was changed by %s.") % facts.told["by"],) if facts.told["by"] else ()),
        ),
        button=_chapter(facts),
    )


def _answer(facts: Facts) -> Letter:
    return Letter(
        subject=_("The author of the book about %s has written") % facts.who,
        heading=_("The author has written"),
        lines=(_("%s writes:") % facts.told["by"],),
        quote=facts.told["text"],
        button=facts.page(),
    )


def _comment(facts: Facts) -> Letter:
    return Letter(
        subject=_("A comment from the author on “%s”") % facts.told["title"],
        heading=_("The author has commented"),
        lines=(
            _("%(by)s has commented on a sentence of “%(chapter)s” in the book about %(who)s.")
            % {"by": facts.told["by"], "chapter": facts.told["title"], "who": facts.who},
        ),
        button=_chapter(facts),
    )


def _chapter(facts: Facts) -> Link | None:
    if facts.job_id is None:
        return None
    return Link(_("Open the chapter"), links.desk_chapter(facts.job_id, facts.told["chapter"]))


def _budget(facts: Facts) -> Letter:
    told = facts.told
    money = {"spent": _dollars(told["spent_micros"]), "budget": _dollars(told["budget_micros"])}
    return Letter(
        subject=_("%(percent)d %% of the budget of the book about %(who)s is spent")
        % {"percent": told["percent"], "who": facts.who},
        heading=_("The budget is nearly spent"),
        lines=(
            _("%(spent)s of %(budget)s is spent. At the limit the book pauses; raise it to go on.") % money,
        ),
        button=facts.page(),
    )


def _dollars(micros: int) -> str:
    return f"${micros / 1_000_000:.2f}"


def _alert(facts: Facts) -> Letter:
    """`payload` of an alert: title, text, and url ("" for none)."""
    url = str(facts.payload.get("url", ""))
    return Letter(
        subject=str(facts.payload["title"]),
        heading=str(facts.payload["title"]),
        lines=tuple(line for line in str(facts.payload["text"]).splitlines() if line.strip()),
        button=Link(_("Open the desk"), url) if url else None,
    )


def _digest(facts: Facts) -> Letter:
    items = tuple(_item(one, facts) for one in facts.payload["items"])
    told = ngettext("%d piece of news of your books", "%d pieces of news of your books", len(items))
    return Letter(subject=told % len(items), heading=_("The news of the day"), items=items)


def _item(kept: dict[str, Any], facts: Facts) -> Item:
    inner = Facts(kept["payload"], uuid.UUID(kept["job_id"]), facts.address, facts.since)
    letter = letter_of(kept["kind"], inner)
    return Item(inner.who, letter.subject, letter.button.url if letter.button else "")


WRITERS: Final[dict[LetterKind, Callable[[Facts], Letter]]] = {
    LetterKind.BOOK_STARTED: _book_started,
    LetterKind.OUTLINE_READY: _outline_ready,
    LetterKind.CHAPTERS_READY: _chapters_ready,
    LetterKind.QUESTION: _question,
    LetterKind.BOOK_READY: _book_ready,
    LetterKind.BOOK_FAILED: _book_failed,
    LetterKind.BOOK_PAUSED: _book_paused,
    LetterKind.REVIEW_WAITING: _review_waiting,
    LetterKind.CHAPTER_CHANGED: _chapter_changed,
    LetterKind.ANSWER: _answer,
    LetterKind.COMMENT: _comment,
    LetterKind.BUDGET: _budget,
    LetterKind.ALERT: _alert,
    LetterKind.DIGEST: _digest,
}
