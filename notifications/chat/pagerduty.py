"""PagerDuty's Events API v2 (developer.pagerduty.com/docs/events-api-v2): one incident per alert."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings

_SUMMARY, _KEY = 1024, 255


def url() -> str:
    """The events' address, once an integration's key is there."""
    return str(settings.ALERT_PAGERDUTY_URL) if settings.ALERT_PAGERDUTY_KEY else ""


def body(kind: str, payload: dict[str, Any]) -> dict[str, Any]:
    """`trigger` when it begins and `resolve` when it is over.

    The key holds the alert's number: what comes late for an old incident can't open or close another.
    """
    event: dict[str, Any] = {
        "routing_key": settings.ALERT_PAGERDUTY_KEY,
        "event_action": "resolve" if kind == "recovery" else "trigger",
        "dedup_key": f"bookgen-{payload['alert']}-{payload['key']}"[:_KEY],
    }
    if kind == "recovery":
        return event
    event["client"] = "BookGen"
    if payload["url"]:
        event["client_url"] = payload["url"]
    return event | {"payload": _described(payload)}


SOURCE: Final = "bookgen"


def _described(payload: dict[str, Any]) -> dict[str, Any]:
    return {
        "summary": payload["title"][:_SUMMARY],
        "source": urlsplit(settings.SITE_URL).netloc or SOURCE,
        "severity": payload["severity"],
        "timestamp": payload["at"],
        "component": SOURCE,
        "class": payload["key"].partition(":")[0].partition("@")[0],
        "custom_details": {"text": payload["text"][:4000]},
    }
