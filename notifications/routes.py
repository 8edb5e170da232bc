"""From an event to its messages. A route answers with unsaved rows; `publish` stores them with the event."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from notifications.hooks import routing as hooks
from notifications.letters import routing as letters
from notifications.models import Delivery, Event

Route = Callable[[Event], Iterable[Delivery]]

ROUTES: Final[tuple[Route, ...]] = (letters.deliveries_of, hooks.deliveries_of)


def store_deliveries(event: Event) -> int:
    """Make the event's messages, in the caller's transaction; returns how many."""
    rows = [delivery for route in ROUTES for delivery in route(event)]
    return len(Delivery.objects.bulk_create(rows))
