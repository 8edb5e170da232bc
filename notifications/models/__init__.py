"""The tables of the voice."""

from notifications.models.alert import Alert, AlertSeverity, AlertState
from notifications.models.author_link import AuthorLink
from notifications.models.delivery import Channel, Delivery, State, Tracked
from notifications.models.endpoint import OffReason, WebhookEndpoint
from notifications.models.events import AuditEntry, Event, EventCounter
from notifications.models.subscription import Subscription, SuppressedAddress
from notifications.models.ticket import SocketTicket

__all__ = [
    "Alert",
    "AlertSeverity",
    "AlertState",
    "AuditEntry",
    "AuthorLink",
    "Channel",
    "Delivery",
    "Event",
    "EventCounter",
    "OffReason",
    "SocketTicket",
    "State",
    "Subscription",
    "SuppressedAddress",
    "Tracked",
    "WebhookEndpoint",
]
