"""What stands in a message: one shape, clean, small, the same bytes each time."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from pathlib import Path
from typing import Any

import pytest

from notifications.hooks.shaping import LARGEST, as_bytes, body_of
from notifications.models import Event

JOB = uuid.UUID("5b7d0a5e-0000-4000-8000-000000000001")
HOSTILE = Path(__file__).parents[2] / "data" / "hostile_texts.jsonl"
AT = dt.datetime(2026, 1, 2, 4, 4, 5, tzinfo=dt.timezone(dt.timedelta(hours=1)))


def event(kind: str = "question", **payload: Any) -> Event:
    return Event(job_id=JOB, seq=7, kind=kind, payload=payload, created_at=AT)


def test_the_shape() -> None:
    assert body_of(event("chapter_change", chapter=3, status="approved")) == {
        "type": "biography.chapter_change",
        "timestamp": "2026-01-02T03:04:05+00:00",
        "data": {"job_id": str(JOB), "seq": 7, "chapter": 3, "status": "approved"},
    }


def test_the_bytes_do_not_depend_on_the_order_of_writing() -> None:
    told = as_bytes(body_of(event(a="ñ", b=[1, None, 2.5, True])))
    assert told == as_bytes(body_of(event(b=(1, None, 2.5, True), a="ñ")))
    assert b"\xc3\xb1" in told  # UTF-8, not escapes


def test_an_event_can_not_speak_for_another_job() -> None:
    assert body_of(event(job_id="another", seq=9))["data"] == {"job_id": str(JOB), "seq": 7}


@pytest.mark.parametrize(
    "payload",
    [
        {"text": "é" * 30_000},
        {"text": '"' * 30_000},
        {"files": ["a" * 100] * 500},
        {"deep": {"deeper": ["é" * 300] * 500}},
        {f"field{number}": "x" * 500 for number in range(500)},
    ],
)
def test_it_never_grows_too_large(payload: dict[str, Any]) -> None:
    body = body_of(event(**payload))
    assert len(as_bytes(body)) <= LARGEST
    assert body["truncated"]
    assert body["data"]["job_id"] == str(JOB)


def test_a_long_text_keeps_its_beginning() -> None:
    assert body_of(event(text="word " * 9000))["data"]["text"].startswith("word word")


def hostile() -> list[str]:
    rows = [json.loads(line) for line in HOSTILE.read_text().split("\n") if line]
    return [row["text"] for row in rows if isinstance(row.get("text"), str)]


def test_hostile_texts_become_plain_json() -> None:
    assert len(hostile()) > 20
    for text in hostile():
        body = as_bytes(body_of(event(title=text, by=text, nested={text: [text]})))
        assert len(body) <= LARGEST
        told = json.loads(body.decode("utf-8", errors="strict"))
        assert not {"\u0000", "\u202e", "\u2028"} & set(told["data"].get("title", ""))
