"""The body of a request, built once and kept: what is sent again is byte for byte the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Message:
    """One message of the conversation."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a model. `schema` is a JSON schema; `session` keeps a job at one provider's cache."""

    model: str
    messages: Sequence[Message]
    max_tokens: int
    temperature: float = 0.7
    fallbacks: Sequence[str] = ()
    schema: Mapping[str, Any] | None = None
    session: str = ""

    def body(self) -> bytes:
        """The JSON to send; the same request gives the same bytes in every process."""
        asked: dict[str, Any] = {
            "model": self.model,
            "messages": [{"role": one.role, "content": one.content} for one in self.messages],
            "max_tokens": self.max_tokens,
            "temperature": self.temperature,
            "stream": True,
            "stream_options": {"include_usage": True},  # llama.cpp and vLLM need it, OpenRouter ignores it
            "usage": {"include": True},
        }
        if self.fallbacks:
            asked["models"] = [self.model, *self.fallbacks]
        if self.session:
            asked["session_id"] = self.session
        if self.schema is not None:
            form = {"name": "answer", "strict": True, "schema": self.schema}
            asked["response_format"] = {"type": "json_schema", "json_schema": form}
            asked["provider"] = {"require_parameters": True}
        return json.dumps(asked, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def request_hash(body: bytes) -> str:
    """The name of a request: SHA-256 of its bytes, in hexadecimal."""
    return hashlib.sha256(body).hexdigest()
