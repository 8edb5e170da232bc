"""From an event to its e-mails: whom it concerns, and how each address wants its mail."""

from __future__ import annotations

from typing import Any

from bookgen_site.lib import clock
from notifications import digest
from notifications.audience import Book, Recipient, Role, book_of
from notifications.author_links import ensure_link
from notifications.events import EventKind
from notifications.letters.kinds import URGENT, LetterKind, Letters, letters_of
from notifications.models import Delivery, Event, State, Subscription, SuppressedAddress
from notifications.suppression import EVERYTHING, scope_of


def deliveries_of(event: Event) -> list[Delivery]:
    """The e-mails of this event, unsaved. Most events have none, and cost no query."""
    letters = letters_of(event)
    book = book_of(event.job_id) if letters else None
    if book is None:
        return []
    # Whoever wrote a text knows of it. Of other events `by` is a name that anybody may bear.
    writer = event.payload.get("by", "") if event.kind == EventKind.CHAPTER_READY else ""
    wanted = _one_each(book, letters, but=writer)
    return _as_wished(event, book, wanted)


def _one_each(book: Book, letters: Letters, *, but: str) -> dict[str, tuple[Recipient, LetterKind]]:
    """One letter per address, an editor's before an author's; who did it (`but`) needn't be told."""
    found: dict[str, tuple[Recipient, LetterKind]] = {}
    for role in (Role.AUTHOR, Role.EDITOR):
        people = [one for one in book.people if one.role is role and role in letters]
        for one in people:
            if not (but and one.username == but):
                found[one.address.lower()] = (one, letters[role])
    return found


def _as_wished(event: Event, book: Book, wanted: dict[str, tuple[Recipient, LetterKind]]) -> list[Delivery]:
    """Leave out what an address has muted, keep what it wants once a day, mark what it wants no more."""
    wishes = {row.address: row for row in Subscription.objects.filter(address__in=wanted)}
    rows = SuppressedAddress.objects.filter(address__in=wanted, scope__in=[EVERYTHING, scope_of(book.job_id)])
    suppressed = set(rows.values_list("address", flat=True))
    made = []
    for address, (recipient, kind) in sorted(wanted.items()):
        wish = wishes.get(address)
        if wish is None or kind not in wish.muted:
            if recipient.role is Role.AUTHOR:
                ensure_link(job_id=book.job_id, name=recipient.name, address=address)
            when = _when(kind, wish, unwanted=address in suppressed)
            made.append(_delivery(event, book, recipient, kind, **when))
    return made


def _when(kind: LetterKind, wish: Subscription | None, *, unwanted: bool) -> dict[str, Any]:
    if unwanted:
        return {"state": State.DROPPED, "next_at": clock.now()}
    if wish is not None and wish.pace == Subscription.Pace.DAILY and kind not in URGENT:
        return {"state": State.HELD, "next_at": digest.next_time()}
    return {"state": State.WAITING, "next_at": clock.now()}


def _delivery(event: Event, book: Book, to: Recipient, kind: LetterKind, **when: Any) -> Delivery:
    facts = {"role": to.role.value, "name": to.name, "character": book.character, "links": book.links}
    return Delivery(
        event_id=event.pk,
        job_id=book.job_id,
        kind=kind.value,
        address=to.address,
        language=book.language,
        payload=facts | {"shows_chapters": book.shows_chapters, "told": event.payload},
        **when,
    )
