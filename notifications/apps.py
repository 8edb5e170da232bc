"""The voice: what happened, who did it, and who is told."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """Events, the audit, and the outbox."""

    name = "notifications"
    verbose_name = _("Events and messages")

    def ready(self) -> None:
        from anymail.signals import tracking as told  # noqa: PLC0415

        from notifications import tasks  # noqa: F401, PLC0415  # registers what carries this app's hints
        from notifications.tracking import on_tracking  # noqa: PLC0415

        told.connect(
            on_tracking, dispatch_uid="notifications.tracking"
        )  # how Anymail hands over its webhooks
