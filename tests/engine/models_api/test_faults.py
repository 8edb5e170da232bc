"""What each answer of a provider must lead to, row by row of the list of faults."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine.models_api.client import Client, Endpoint, Limits
from engine.models_api.errors import ModelError
from engine.models_api.forms import Form, prose, structured
from sources.language import detect
from tests.fakes.playing import Player, head, playing, self_signed

LIST = Path(__file__).parents[2] / "data" / "llm_faults.jsonl"
ROWS: list[dict[str, Any]] = [json.loads(line) for line in LIST.read_text().splitlines()]
LIMITS = Limits(connect=2, gap=0.4, whole=1.2, body=8_000_000)
# The schema that rows about JSON were asked with: chapters with titles, twenty of them where the row says so.
CHAPTERS = {"type": "array", "items": {"type": "object"}, "maxItems": 20}
SCHEMA = {"type": "object", "required": ["chapters"], "properties": {"chapters": CHAPTERS}}
GENTLE = {"ok", "ok_after_clean"}


def test_the_list_is_there() -> None:
    assert len(ROWS) >= 49


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_row(row: dict[str, Any], tmp_path: Path) -> None:
    wanted = row["error_class"]
    if row["transport"].get("dns"):
        assert _kind(Client(Endpoint("http://nowhere.invalid/api/v1"), LIMITS), row) == wanted
        return
    with playing(_player(row, tmp_path)) as player:
        client = Client(Endpoint(player.url, key="sk-or-v1-canary"), LIMITS)
        assert _kind(client, row) in ({wanted} | (GENTLE if wanted in GENTLE else set()))


def _kind(client: Client, row: dict[str, Any]) -> str:
    """The kind of error that the row ends in, or "ok"; the checks of form are those of its name."""
    try:
        _use(client.complete(b"{}").text, row["name"])
    except ModelError as error:
        return error.kind if "canary" not in str(error) else "the key is in the message"
    return "ok"


def _use(text: str, name: str) -> None:
    text.encode()  # a lone surrogate would raise
    if "json" in name or "chapters" in name:
        structured(text, Form(schema=SCHEMA), detect)
    else:
        prose(text, Form(language="es" if "language" in name else ""), detect)


def _player(row: dict[str, Any], folder: Path) -> Player:
    transport = row["transport"]
    body = bytes.fromhex(transport["raw_hex"]) if "raw_hex" in transport else (row["body"] or "").encode()
    if made := transport.get("generate"):
        return Player(
            head(200, row["headers"], made["bytes"]), [made["repeat"].encode() * 8192], forever=True
        )
    if every := transport.get("repeat_body_every_s"):
        return Player(head(200, row["headers"], None), [body], pause=every / 5, forever=True)
    length = None if row["stream"] else len(body)
    if cut := transport.get("close_after_bytes"):
        return Player(head(200, row["headers"], length), [body[:cut]])
    if size := transport.get("chunk_bytes"):
        return Player(
            head(200, row["headers"], None), [body[at : at + size] for at in range(0, len(body), size)]
        )
    tls = self_signed(folder) if transport.get("tls") else None
    return Player(head(row["status"] or 200, row["headers"], length), [body], tls=tls)
