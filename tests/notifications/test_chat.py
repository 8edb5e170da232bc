"""Alerts as Slack, Discord and PagerDuty read them: nothing in a name or title calls anybody or becomes a link."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from bookgen_site.lib.text import clean_text
from notifications.chat import discord, pagerduty, slack
from notifications.chat.services import configured

HOSTILE = Path(__file__).parents[1] / "data" / "hostile_texts.jsonl"
CALLS = [
    "<!channel> look", "<!here>", "@everyone", "<@U123>", "<https://evil.example|BookGen>", "<@&99>", "<#12>",
    "[Log in](https://evil.example)", "**bold** `code` ||spoiler||", "```\nblock", "# Title\n> quote", "&lt;!here&gt;",
    "https://evil.example", "\\", "\\`", "a" * 9000, "𝔘" * 9000, "_" * 9000,
]  # fmt: skip


def payload(**told: Any) -> dict[str, Any]:
    facts = {
        "alert": 7,
        "key": "disk@here:media",
        "severity": "critical",
        "title": "Full",
        "text": "2 % free",
    }
    return facts | {"url": "https://books.example/admin/", "at": "2026-01-02T03:04:05+00:00"} | told


def hostile() -> list[str]:
    rows = [json.loads(line) for line in HOSTILE.read_text().split("\n") if line]
    texts = [*(row["text"] for row in rows if isinstance(row.get("text"), str)), *CALLS]
    return [clean_text(text) for text in texts]  # as `alerts` keeps them


def test_nothing_is_set_up_by_itself(settings: Settings) -> None:
    assert configured() == []
    settings.ALERT_SLACK_URL = "https://hooks.slack.example/x"
    settings.ALERT_PAGERDUTY_KEY = "k"
    assert configured() == ["slack", "pagerduty"]


def test_slack_gets_plain_text_alone() -> None:
    told = slack.body("alert", payload())
    kinds = [block["type"] for block in told["blocks"]]
    assert kinds == ["header", "section", "actions"]
    assert told["blocks"][0]["text"]["text"] == "🔴 Full"
    assert slack.body("recovery", payload(text="", url=""))["blocks"] == [
        {"type": "header", "text": {"type": "plain_text", "text": "🟢 Full", "emoji": False}}
    ]


def test_slack_calls_nobody_whatever_a_title_says() -> None:
    for text in hostile():
        told = slack.body("alert", payload(title=text, text=text))
        assert not re.search("[<>]", told["text"])
        texts = [block["text"] for block in told["blocks"] if "text" in block]
        assert {one["type"] for one in texts} == {"plain_text"}
        assert [len(one["text"]) <= most for one, most in zip(texts, (150, 3000), strict=False)] == [
            True
        ] * len(texts)


def unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)


def test_discord_calls_nobody_whatever_a_title_says() -> None:
    for text in hostile():
        (embed,) = (told := discord.body("alert", payload(title=text, text=text)))["embeds"]
        assert told["allowed_mentions"] == {"parse": []}
        assert "content" not in told
        for shown, most in ((embed["title"], 256), (embed["description"], 4096)):
            assert len(shown.encode("utf-16-le")) // 2 <= most
            assert not re.search(r"(?<!\\)(?:\\\\)*[`*_~|<>\[\]#@:]", shown)
            assert text.startswith(unescaped(shown).removesuffix("…"))


@pytest.mark.parametrize(("kind", "colour"), [("alert", 0xB3261E), ("recovery", 0x2E7D32)])
def test_discord_shows_how_it_stands_by_colour(kind: str, colour: int) -> None:
    assert discord.body(kind, payload())["embeds"][0]["color"] == colour


def test_pagerduty_opens_and_closes_the_same_incident(settings: Settings) -> None:
    settings.ALERT_PAGERDUTY_KEY = "routing"
    settings.SITE_URL = "https://books.example"
    began, over = pagerduty.body("alert", payload()), pagerduty.body("recovery", payload())
    assert over == {
        "routing_key": "routing",
        "event_action": "resolve",
        "dedup_key": "bookgen-7-disk@here:media",
    }
    assert (began["event_action"], began["dedup_key"]) == ("trigger", over["dedup_key"])
    assert began["payload"] == {
        "summary": "Full",
        "source": "books.example",
        "severity": "critical",
        "timestamp": "2026-01-02T03:04:05+00:00",
        "component": "bookgen",
        "class": "disk",
        "custom_details": {"text": "2 % free"},
    }


def test_pagerduty_keeps_to_its_lengths() -> None:
    for text in hostile():
        told = pagerduty.body("alert", payload(title=text, text=text, key=f"circuit:{text}"))
        assert len(told["payload"]["summary"]) <= 1024
        assert len(told["dedup_key"]) <= 255
