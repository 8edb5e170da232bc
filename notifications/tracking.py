"""What a mail provider tells later of a mail that it took: Anymail brings it, whoever the provider is."""

from __future__ import annotations

import uuid
from typing import Any, Final

import structlog
from django.db import transaction
from django.db.models import QuerySet

from bookgen_site.lib import clock
from bookgen_site.lib.text import clean_text, shortened
from notifications.models import Delivery, SuppressedAddress, Tracked
from notifications.suppression import EVERYTHING, suppress

log = structlog.get_logger(__name__)

# Anymail's words, as far as they say something about the mail; clicks aren't followed.
WORDS: Final = {
    "deferred": Tracked.DEFERRED,
    "delivered": Tracked.DELIVERED,
    "opened": Tracked.OPENED,
    "bounced": Tracked.BOUNCED,
    "rejected": Tracked.REJECTED,
    "failed": Tracked.REJECTED,
    "complained": Tracked.COMPLAINED,
}
RANK: Final = {
    word: rank for rank, word in enumerate(["", *Tracked.values])
}  # a later word is never taken back
ENDS: Final = {
    Tracked.BOUNCED: SuppressedAddress.Reason.BOUNCED,
    Tracked.COMPLAINED: SuppressedAddress.Reason.COMPLAINED,
}


def on_tracking(sender: Any, event: Any, esp_name: str, **_more: Any) -> None:  # noqa: ARG001  # Anymail's signature
    """Receives Anymail's `tracking` signal."""
    record(
        word=event.event_type,
        message_id=event.message_id or "",
        uid=str((event.metadata or {}).get("delivery", "")),
        said=event.mta_response or event.description or "",
        unsubscribed=event.event_type == "unsubscribed",
    )


@transaction.atomic
def record(*, word: str, message_id: str, uid: str, said: str, unsubscribed: bool = False) -> bool:
    """Write down what became of a mail; False for one that isn't ours, or for old news.

    A mailbox that doesn't exist, and a person who calls it spam, get no more mail at all.
    """
    delivery = _rows(message_id, uid).select_for_update().first()
    if delivery is None:
        log.warning("tracking_of_unknown_mail", word=word)
        return False
    if unsubscribed:
        suppress(address=delivery.address, scope=EVERYTHING, reason=SuppressedAddress.Reason.UNSUBSCRIBED)
        return True
    became = WORDS.get(word)
    if became is None or RANK[became] <= RANK[delivery.tracked]:
        return False
    answer = shortened(clean_text(said), 500) or delivery.answer
    Delivery.objects.filter(pk=delivery.pk).update(tracked=became, tracked_at=clock.now(), answer=answer)
    if became in ENDS:
        suppress(address=delivery.address, scope=EVERYTHING, reason=ENDS[became])
    return True


def _rows(message_id: str, uid: str) -> QuerySet[Delivery]:
    """The mail by our own name for it, which most providers send back, else by theirs."""
    mails = Delivery.objects.filter(channel="email")
    try:
        return mails.filter(uid=uuid.UUID(uid))
    except ValueError:
        return mails.filter(provider_id=message_id) if message_id else mails.none()
