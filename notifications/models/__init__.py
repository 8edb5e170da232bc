"""The tables of the voice."""

from notifications.models.author_link import AuthorLink
from notifications.models.delivery import Channel, Delivery, State, Tracked
from notifications.models.events import AuditEntry, Event, EventCounter
from notifications.models.subscription import Subscription, SuppressedAddress

__all__ = [
    "AuditEntry",
    "AuthorLink",
    "Channel",
    "Delivery",
    "Event",
    "EventCounter",
    "State",
    "Subscription",
    "SuppressedAddress",
    "Tracked",
]
