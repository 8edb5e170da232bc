"""The client: one request to a chat-completions API, and the few questions about models and generations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final
from urllib.parse import quote

from engine.models_api.answers import Answer, answer_of, parse_json
from engine.models_api.classify import failure
from engine.models_api.errors import InvalidAnswer, Misconfigured, ModelError
from engine.models_api.streaming import streamed_answer
from engine.models_api.usage import Usage, micros, usage_of
from engine.models_api.wire import Exchange, Limits, exchange

CACHE_SECONDS: Final = 24 * 3600  # how long an answer that got lost with its process is free when asked again
SHORTEST_KEY: Final = (
    16  # characters that are looked for; what servers of one's own take for a key may be a word
)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the API is and who asks. The key never appears in a representation."""

    base_url: str  # "https://openrouter.ai/api/v1": what the paths are appended to
    key: str = field(default="", repr=False)
    referer: str = ""
    title: str = "BookGen"


class Client:
    """Talks to one endpoint. Holds no state: safe to use from many threads."""

    def __init__(self, endpoint: Endpoint, limits: Limits | None = None) -> None:
        self._endpoint, self._limits = endpoint, limits or Limits()

    def complete(self, body: bytes) -> Answer:
        """Send a request built by `Request.body`; returns the whole answer or raises a ModelError."""
        headers = {
            "Content-Type": "application/json",
            "Accept": "text/event-stream, application/json",
            "X-OpenRouter-Cache": "true",
            "X-OpenRouter-Cache-TTL": str(CACHE_SECONDS),
        }
        with self._exchange("POST", "/chat/completions", headers, body) as got:
            if got.status != 200:
                raise failure(got.status, got.headers, _error_body(got))
            try:
                return self._without_key(_with_id(_answer(got), got))
            except ModelError as error:
                error.generation = error.generation or _generation(got)
                raise

    def _without_key(self, answer: Answer) -> Answer:
        """The answer, unless it holds the key: a server that repeats what it was sent must not leave that in a row."""
        told = (answer.text, answer.model, answer.provider, answer.generation, answer.source)
        if len(self._endpoint.key) >= SHORTEST_KEY and any(self._endpoint.key in word for word in told):
            error = InvalidAnswer("The answer repeats the key that it was asked with.")
            error.usage = answer.usage
            raise error
        return answer

    def models(self) -> list[Mapping[str, Any]]:
        """What `GET /models` lists; raises a ModelError when it can't be had."""
        listed = self._get("/models").get("data")
        return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []

    def generation(self, generation: str) -> Usage:
        """What a call has cost by `GET /generation`, for an answer that didn't say."""
        found = self._get(f"/generation?id={quote(generation, safe='')}").get("data")
        found = found if isinstance(found, dict) else {}
        tokens = usage_of(
            {
                "prompt_tokens": found.get("native_tokens_prompt", found.get("tokens_prompt")),
                "completion_tokens": found.get("native_tokens_completion", found.get("tokens_completion")),
            }
        )
        return Usage(tokens.tokens_in, tokens.tokens_out, None, micros(found.get("total_cost")))

    def _get(self, path: str) -> Mapping[str, Any]:
        with self._exchange("GET", path, {"Accept": "application/json"}, None) as got:
            if got.status != 200:
                raise failure(got.status, got.headers, _error_body(got))
            return parse_json(b"".join(got.chunks))

    def _exchange(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> Any:
        url = self._endpoint.base_url.rstrip("/") + path
        if not url.startswith(("http://", "https://")):
            raise Misconfigured("The address of the API must begin with http:// or https://.")
        return exchange(method, url, {**self._headers(), **headers}, body, self._limits)

    def _headers(self) -> dict[str, str]:
        """Attribution as OpenRouter wants it; no encoding, so that nothing can grow while it is unpacked."""
        mine = self._endpoint
        headers = {"User-Agent": "BookGen", "Accept-Encoding": "identity", "Connection": "close"}
        if mine.key:
            headers["Authorization"] = f"Bearer {mine.key}"
        if mine.referer:
            headers["HTTP-Referer"] = mine.referer
        return {**headers, "X-OpenRouter-Title": mine.title}


def _error_body(got: Exchange) -> object:
    """The parsed body of an error, or None: gateways answer in HTML, and some close before its end."""
    try:
        return parse_json(b"".join(got.chunks))
    except ModelError:
        return None


def _answer(got: Exchange) -> Answer:
    if got.headers.get("content-type", "").partition(";")[0].strip().casefold() == "text/event-stream":
        return streamed_answer(got.chunks)
    return answer_of(parse_json(b"".join(got.chunks)))


def _generation(got: Exchange) -> str:
    return got.headers.get("x-generation-id", "")[:200]


def _with_id(answer: Answer, got: Exchange) -> Answer:
    """With the generation's id from the header, where the body has none, and that of which it is a copy.

    Headers: https://openrouter.ai/docs/guides/features/response-caching
    """
    generation = answer.generation or _generation(got)
    copied = got.headers.get("x-openrouter-cache-status", "").strip().casefold() == "hit"
    source = got.headers.get("x-openrouter-cache-source-id", "")[:200] if copied else ""
    return replace(answer, generation=generation, source=source)


__all__ = ["CACHE_SECONDS", "Client", "Endpoint", "Limits", "ModelError"]
