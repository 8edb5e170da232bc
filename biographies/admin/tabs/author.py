"""The author: the links to the own page, what was asked and answered, and the mails about the book."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict
from django.urls import reverse

from biographies import talking
from biographies.admin.book_head import Head
from bookgen_site.lib import clock
from notifications.author_links import token_of
from notifications.letters.kinds import LetterKind
from notifications.letters.links import absolute
from notifications.models import AuthorLink, Delivery, State

MAILS: Final = 100  # on the tab; all of them are in the list of deliveries
LINKS: Final = 20
ENDED: Final = frozenset({State.SENT, State.FAILED, State.DROPPED})


@dataclass(frozen=True, slots=True)
class ShownLink:
    """A link; `url` is "" for those who may not work on the book, and for one that opens nothing any more."""

    row: AuthorLink
    state: str
    url: str


@dataclass(frozen=True, slots=True)
class ShownMail:
    """A message about the book, in words."""

    row: Delivery
    kind: str
    again: bool


def rows(head: Head, _asked: QueryDict) -> dict[str, Any]:
    """What the tab shows."""
    links = AuthorLink.objects.filter(job_id=head.job.pk)[:LINKS]
    mails = Delivery.objects.filter(job_id=head.job.pk).defer("payload")[:MAILS]
    return {
        "links": [_link(row, may_work=head.may_work) for row in links],
        "talk": talking.conversation(head.job.pk),
        "mails": [
            ShownMail(row, kind_in_words(row.kind), head.may_work and row.state in ENDED) for row in mails
        ],
    }


def kind_in_words(kind: str) -> str:
    """A letter's kind in the reader's language; another message is shown by its event's name."""
    return str(LetterKind(kind).label) if kind in LetterKind else kind


def _link(row: AuthorLink, *, may_work: bool) -> ShownLink:
    if row.revoked_at is not None:
        return ShownLink(row, "revoked", "")
    if row.expires_at <= clock.now():
        return ShownLink(row, "expired", "")
    url = absolute(reverse("author:book", args=[token_of(row)])) if may_work else ""
    return ShownLink(row, "live", url)
