"""The services that alerts can be sent to, and which of them are set up."""

from __future__ import annotations

from typing import Any, Final, Protocol

from notifications.chat import discord, pagerduty, slack


class Service(Protocol):
    """A module of this package."""

    def url(self) -> str:
        """Where its messages are posted; "" when it isn't set up. It may hold a secret: never shown, never logged."""

    def body(self, kind: str, payload: dict[str, Any]) -> dict[str, Any]:
        """The message as the service reads it: `kind` is "alert" or "recovery"."""


SERVICES: Final[dict[str, Service]] = {"slack": slack, "discord": discord, "pagerduty": pagerduty}


def configured() -> list[str]:
    """The names of the services that are set up."""
    return [name for name, service in SERVICES.items() if service.url()]
