"""Words of strangers that are kept: a server that repeats what it was sent must not leave a secret in the database."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

MASK: Final = "***"
SHORTEST: Final = 8  # characters; shorter secrets are words, and would mask half of what is said
# What leaves the house with a request, so that it may come back with the answer.
SENT: Final = (
    *("OPENROUTER_API_KEY", "OPENALEX_API_KEY", "EMAIL_HOST_PASSWORD"),
    *("ALERT_SLACK_URL", "ALERT_DISCORD_URL", "ALERT_PAGERDUTY_KEY"),
)


def without_secrets(text: str) -> str:
    """The text with a mask wherever one of the settings' secrets stood; of an address its path is one, too."""
    for secret in sorted(_secrets(), key=len, reverse=True):
        text = text.replace(secret, MASK)
    return text


def _secrets() -> Iterator[str]:
    values = [str(getattr(settings, name)) for name in SENT] + list(settings.ANYMAIL.values())
    for value in values:
        parts = (value, urlsplit(value).path, urlsplit(value).query) if "://" in value else (value,)
        yield from (part for part in parts if len(part) >= SHORTEST)
