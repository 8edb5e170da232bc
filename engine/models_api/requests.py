"""The body of a request, built once and kept: what is sent again is byte for byte the same."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

# Families that take no temperature (Claude from 4.8 and 5 on, GPT from 5 on, o1 and its kin; seen in November 2026).
_OWN_TEMPERATURE: Final = re.compile(
    r"~?(?:openai/(?:gpt-(?:[5-9]|\d\d)|o\d)|anthropic/claude-(?:\w+-)?(?:4\.[89]|[5-9]))"
)
# Families that always think before they answer; how much can be said.
_THINKS: Final = re.compile(r"~?(?:openai/(?:gpt-(?:[5-9]|\d\d|oss)|o\d)|google/gemini-(?:2\.5-pro|[3-9]))")
_THOUGHT_TOKENS: Final = 1_500  # room for thoughts of little effort; what isn't used isn't paid


def thought_tokens(models: Iterable[str]) -> int:
    """What `max_tokens` needs besides the answer where one of these models thinks first: thoughts count towards it."""
    return _THOUGHT_TOKENS if any(_THINKS.match(model) for model in models) else 0


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
        """The JSON to send; the same request gives the same bytes in every process.

        A parameter that a model doesn't know would leave no provider for it, since all are required together with a
        schema ("Provider Routing" of OpenRouter's documentation; 404 "No endpoints found that can handle the requested
        parameters").
        """
        asked: dict[str, Any] = {
            "model": self.model,
            "messages": [{"role": one.role, "content": one.content} for one in self.messages],
            "max_tokens": self.max_tokens,
            "stream": True,
            "stream_options": {"include_usage": True},  # llama.cpp and vLLM need it, OpenRouter ignores it
            "usage": {"include": True},
        }
        models = (self.model, *self.fallbacks)
        if not any(_OWN_TEMPERATURE.match(model) for model in models):
            asked["temperature"] = self.temperature
        if all(_THINKS.match(model) for model in models):
            asked["reasoning"] = {"effort": "low"}  # thoughts are paid, and count towards `max_tokens`
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
