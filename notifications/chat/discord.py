"""Discord's webhooks (discord.com/developers/docs/resources/webhook#execute-webhook)."""

from __future__ import annotations

import re
from typing import Any, Final

from django.conf import settings

COLOURS: Final = {"critical": 0xB3261E, "warning": 0xE08A00, "recovery": 0x2E7D32}
_TITLE, _TEXT = 256, 4096  # what an embed holds, in UTF-16 units
_MARKS: Final = re.compile(r"([\\`*_~|<>\[\]()#:@-])")


def url() -> str:
    """The channel's webhook."""
    return str(settings.ALERT_DISCORD_URL)


def body(kind: str, payload: dict[str, Any]) -> dict[str, Any]:
    """One embed whose marks are escaped; `allowed_mentions` lets nothing in it call anybody."""
    embed = {
        "title": _fitting(payload["title"], _TITLE),
        "description": _fitting(payload["text"], _TEXT),
        "color": COLOURS["recovery" if kind == "recovery" else payload["severity"]],
        "timestamp": payload["at"],
    }
    if payload["url"]:
        embed["url"] = payload["url"]
    return {"embeds": [embed], "allowed_mentions": {"parse": []}}


def _fitting(text: str, most: int) -> str:
    """Escaped, and short enough also when every character takes two units; never cut inside an escape."""
    shown = ""
    for character in text:
        more = _MARKS.sub(r"\\\1", character)
        if len((shown + more).encode("utf-16-le")) // 2 > most - 1:
            return f"{shown}…"
        shown += more
    return shown
