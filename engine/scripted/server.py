"""The HTTP server: chat completions as a stream or whole, the list of models, generations, its bill and its log."""

from __future__ import annotations

import contextlib
import hashlib
import json
import random
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from engine.scripted.answers import answer
from engine.scripted.behaviour import Behaviour
from engine.scripted.bill import Bill
from engine.scripted.lies import lie, obey
from engine.scripted.prompt import asked

MODELS: Final = ("scripted/writer", "scripted/planner", "scripted/checker")
CHARACTERS_PER_TOKEN: Final = 4
FREE: Final = {"prompt_tokens": 0, "completion_tokens": 0, "cost": 0}  # what OpenRouter says of a copy
NO_HEADERS: Final[Mapping[str, str]] = {}
CHUNK: Final = 400  # characters of a streamed piece


@dataclass
class Provider:
    """A provider with its behaviour and its books. `url` is the base URL once it serves."""

    behaviour: Behaviour = field(default_factory=Behaviour)
    bill: Bill = field(default_factory=Bill)
    prompts: list[Mapping[str, Any]] = field(default_factory=list)  # what was asked, for tests to read
    keep_prompts: bool = False

    def server(self, port: int = 0) -> ThreadingHTTPServer:
        """A server of this provider on loopback; `serve_forever` runs it."""
        provider = self

        class Handler(_Handler):
            books = provider

        return _Server(("127.0.0.1", port), Handler)

    def complete(
        self, request: Mapping[str, Any], request_hash: str, chance: random.Random
    ) -> tuple[str, dict[str, Any]]:
        """The text of an answer and its usage, written into the books."""
        wanted = asked(request)
        how = self.behaviour
        text = answer(wanted, chance, chance.uniform(*how.words))
        if how.obeys:
            text = obey(wanted, text)
        if chance.random() < how.lies:
            text = lie(how.lie, text)
        usage = self._usage(request, text)
        generation = f"gen-{request_hash[:12]}-{self.bill.paid}"
        self.bill.charge(request_hash, generation, text, usage)
        return text, {**usage, "generation": generation}

    def _usage(self, request: Mapping[str, Any], text: str) -> dict[str, Any]:
        tokens_in = sum(len(one["content"]) for one in request["messages"]) // CHARACTERS_PER_TOKEN + 1
        tokens_out = len(text) // CHARACTERS_PER_TOKEN + 1
        dollars = tokens_in * self.behaviour.price_in + tokens_out * self.behaviour.price_out
        return {"prompt_tokens": tokens_in, "completion_tokens": tokens_out, "cost": round(dollars, 6)}


class _Server(ThreadingHTTPServer):
    """A thread for each call, and room for many that come at once: a full queue would cost each a second."""

    daemon_threads = True
    request_queue_size = 128


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    books: Provider
    protocol_version = "HTTP/1.1"

    def log_message(self, *_arguments: Any) -> None:
        """Nothing: the bill says what happened."""

    def do_GET(self) -> None:
        """The list of models, a generation, or the bill."""
        parts = urlsplit(self.path)
        how = self.books.behaviour
        if parts.path.endswith("/models"):
            price = {"prompt": f"{how.price_in:.9f}", "completion": f"{how.price_out:.9f}"}
            self._json(
                200, {"data": [{"id": one, "context_length": 128_000, "pricing": price} for one in MODELS]}
            )
        elif parts.path.endswith("/generation"):
            (wanted,) = parse_qs(parts.query).get("id", [""])
            usage = self.books.bill.generations.get(wanted)
            self._json(200 if usage else 404, {"data": _told(usage)} if usage else _error(404, "unknown"))
        elif parts.path.endswith("/bill"):
            self._json(200, self.books.bill.as_json())
        elif parts.path.endswith("/log"):
            self._json(200, {"data": self.books.bill.log_as_json()})
        else:
            self._json(404, _error(404, "There is no such page."))

    def do_POST(self) -> None:
        """A chat completion."""
        body = self.rfile.read(int(self.headers.get("content-length", "0")))
        request_hash = hashlib.sha256(body).hexdigest()
        tries, line = self.books.bill.begin(request_hash)
        outcome = "paid"
        try:
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                outcome = self._completion(json.loads(body), request_hash, tries)
        finally:
            self.books.bill.end(line, outcome)

    def _completion(self, request: Mapping[str, Any], request_hash: str, tries: int) -> str:
        """Answer, or break as the dice say; "paid", "cached", or the name of the fault."""
        if self.books.keep_prompts:
            self.books.prompts.append(request)
        caches = bool(self.books.behaviour.caches and self.headers.get("x-openrouter-cache"))
        chance = self.books.behaviour.chance(request_hash, tries)
        broken = self._broken(request, tries, chance)
        if broken and not (caches and self.books.bill.cached(request_hash)):
            # Not in turn: who asks again while this one hangs is answered.
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                self._break(broken)
            return broken
        with self.books.bill.turn(request_hash) if caches else contextlib.nullcontext():
            return self._served(request, request_hash, chance, caches=caches)

    def _broken(self, request: Mapping[str, Any], tries: int, chance: random.Random) -> str:
        """The fault of this try, or nothing."""
        how = self.books.behaviour
        if how.fails_for and how.fails_for in json.dumps(request, ensure_ascii=False):
            return "500"
        return chance.choice(how.kinds) if chance.random() < how.faults or tries < how.first_tries else ""

    def _served(
        self, request: Mapping[str, Any], request_hash: str, chance: random.Random, *, caches: bool
    ) -> str:
        if cached := caches and self.books.bill.cached(request_hash):
            text, generation = cached
            told = {"x-openrouter-cache-status": "HIT", "x-openrouter-cache-source-id": generation}
            self._answer(request, text, dict(FREE), told)
            return "cached"
        time.sleep(self.books.behaviour.latency)
        text, usage = self.books.complete(request, request_hash, chance)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it is paid, whoever hears it
            self._answer(request, text, usage)
        return "paid"

    def _break(self, kind: str) -> None:
        if kind.isdigit():
            headers = {"retry-after": "1"} if kind in {"429", "503"} else {}
            self._json(int(kind), _error(int(kind), "It is scripted so."), headers)
            return
        self.close_connection = True
        self._head(200, {"content-type": "text/event-stream", "connection": "close"})
        self._event({"id": "gen-broken", "choices": [{"index": 0, "delta": {"content": "This will not"}}]})
        if kind == "hang":
            time.sleep(self.books.behaviour.hang)
        if kind == "error":
            self._event(
                _error(502, "It is scripted so.")
                | {"choices": [{"index": 0, "delta": {}, "finish_reason": "error"}]}
            )

    def _answer(
        self,
        request: Mapping[str, Any],
        text: str,
        usage: dict[str, Any],
        told: Mapping[str, str] = NO_HEADERS,
    ) -> None:
        facts = {
            "id": usage.pop("generation", "gen-cached"),
            "model": request["model"],
            "provider": "Scripted",
        }
        if not request.get("stream"):
            choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}
            self._json(200, {**facts, "choices": [choice], "usage": usage}, told)
            return
        self.close_connection = True
        self._head(200, {"content-type": "text/event-stream", "connection": "close", **told})
        self.wfile.write(b": OPENROUTER PROCESSING\n\n")
        self._event({**facts, "choices": [{"index": 0, "delta": {"role": "assistant", "content": None}}]})
        for start in range(0, len(text), CHUNK):
            piece = text[start : start + CHUNK]
            self._event(
                {**facts, "choices": [{"index": 0, "delta": {"content": piece}, "finish_reason": None}]}
            )
        self._event({**facts, "choices": [{"index": 0, "delta": {"content": ""}, "finish_reason": "stop"}]})
        self._event({**facts, "choices": [], "usage": usage})
        self.wfile.write(b"data: [DONE]\n\n")

    def _event(self, found: Mapping[str, Any]) -> None:
        self.wfile.write(b"data: " + json.dumps(found, ensure_ascii=False).encode() + b"\n\n")

    def _json(self, status: int, found: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> None:
        body = json.dumps(found).encode()
        self._head(
            status, {"content-type": "application/json", "content-length": str(len(body)), **(headers or {})}
        )
        self.wfile.write(body)

    def _head(self, status: int, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()


def _told(usage: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "total_cost": usage["cost"],
        "native_tokens_prompt": usage["prompt_tokens"],
        "native_tokens_completion": usage["completion_tokens"],
    }


def _error(code: int, message: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": message}}
