"""Slack's incoming webhooks, and those of chats that read the same (docs.slack.dev/messaging)."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings

MARKS: Final = {"critical": "🔴", "warning": "🟠", "recovery": "🟢"}
_TITLE, _TEXT = 150, 2900  # what a header and a section hold


def url() -> str:
    """The incoming webhook."""
    return str(settings.ALERT_SLACK_URL)


def body(kind: str, payload: dict[str, Any]) -> dict[str, Any]:
    """Blocks of plain text, in which Slack looks for no mentions, links or marks; and the line of a notification."""
    mark = MARKS["recovery" if kind == "recovery" else payload["severity"]]
    blocks = [
        {"type": "header", "text": _plain(f"{mark} {payload['title']}", _TITLE)},
        *([{"type": "section", "text": _plain(payload["text"], _TEXT)}] if payload["text"] else []),
        *([_button(payload["url"])] if payload["url"] else []),
    ]
    return {"text": escaped(f"{mark} {payload['title']}"), "mrkdwn": False, "link_names": 0, "blocks": blocks}


def escaped(text: str) -> str:
    """Slack's three control characters; without them there is no mention of a person, a channel or @here."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _plain(text: str, most: int) -> dict[str, Any]:
    cut = text if len(text) <= most else f"{text[: most - 1]}…"
    return {"type": "plain_text", "text": cut, "emoji": False}


def _button(address: str) -> dict[str, Any]:
    button = {"type": "button", "text": {"type": "plain_text", "text": "BookGen"}, "url": address}
    return {"type": "actions", "elements": [button]}
