"""What stands in a message: small, clean JSON of one shape, whatever the event says."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Final

from bookgen_site.lib.text import clean_text
from notifications.models import Event

LARGEST: Final = 14_000  # bytes; encrypted that is under the 20,000 that the specification recommends
_CUTS: Final = (4000, 1000, 200, 40)  # characters of a text and items of a list, tried until the message fits
TEST: Final = "webhook.test"


def type_of(kind: str) -> str:
    """The name of an event of this kind as receivers see it: "biography.chapter_ready"."""
    return f"biography.{kind}"


def body_of(event: Event) -> dict[str, Any]:
    """The message for an event; `data` names the job and the event's number in it, then what the event says."""
    data = {"job_id": str(event.job_id), "seq": event.seq}
    return _fitting(type_of(event.kind), event.created_at, data, event.payload)


def test_body(now: dt.datetime, endpoint: int) -> dict[str, Any]:
    """The message that shows whether an endpoint works."""
    return _fitting(TEST, now, {"endpoint": endpoint}, {})


def as_bytes(body: Mapping[str, Any]) -> bytes:
    """The message as it is signed and sent: JSON in UTF-8, the same bytes each time."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _fitting(kind: str, at: dt.datetime, names: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    body: dict[str, Any] = {"type": kind, "timestamp": at.astimezone(dt.UTC).isoformat()}
    whole = body | {"data": {**_cut(told, None), **names}}
    if len(as_bytes(whole)) <= LARGEST:
        return whole
    for most in _CUTS:
        short = body | {"data": {**_cut(told, most), **names}, "truncated": True}
        if len(as_bytes(short)) <= LARGEST:
            return short
    return body | {"data": dict(names), "truncated": True}


def _cut(value: Any, most: int | None) -> Any:
    """The value with clean texts, none of them (nor any list) longer than `most`."""
    if isinstance(value, str):
        return clean_text(value[:most])
    if isinstance(value, Mapping):
        return {clean_text(str(name))[:100]: _cut(inner, most) for name, inner in list(value.items())[:most]}
    if isinstance(value, Sequence):
        return [_cut(inner, most) for inner in value[:most]]
    return str(value) if isinstance(value, uuid.UUID | dt.datetime) else value
