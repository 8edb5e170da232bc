"""What goes over the wire, and what never does."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from engine.models_api.client import Client, Endpoint, Limits
from engine.models_api.errors import Interrupted, InvalidAnswer, Misconfigured, ModelError, Retryable
from engine.models_api.requests import Message, Request, request_hash
from tests.fakes.playing import Player, head, playing

ANSWER = {
    "id": "gen-7",
    "model": "a/b",
    "choices": [{"finish_reason": "stop", "message": {"content": "Yes."}}],
    "usage": {"prompt_tokens": 3, "completion_tokens": 1, "cost": 0.0123},
}
QUICK = Limits(connect=1, gap=0.3, whole=0.6)


def played(body: bytes, status: int = 200, **headers: str) -> Player:
    return Player(head(status, {"content-type": "application/json", **headers}, len(body)), [body])


def test_an_answer_keeps_its_origin_and_its_price() -> None:
    with playing(played(json.dumps(ANSWER).encode())) as player:
        answer = Client(Endpoint(player.url, key="sk-canary", referer="https://books.example")).complete(
            b'{"a":1}'
        )
    assert (answer.text, answer.generation, answer.model) == ("Yes.", "gen-7", "a/b")
    assert answer.usage.cost_micros == 12_300
    (sent,) = player.requests
    assert sent.startswith(b"POST /api/v1/chat/completions ")
    assert sent.endswith(b'\r\n\r\n{"a":1}')
    for line in (
        b"Authorization: Bearer sk-canary",
        b"X-OpenRouter-Cache: true",
        b"X-OpenRouter-Cache-TTL: 86400",
    ):
        assert line in sent
    assert b"HTTP-Referer: https://books.example" in sent


@pytest.mark.parametrize(("status", "source"), [("HIT", "gen-paid"), ("MISS", "")])
def test_a_copy_names_the_answer_that_was_paid(status: str, source: str) -> None:
    told: dict[str, Any] = {"x-openrouter-cache-status": status, "X-OpenRouter-Cache-Source-Id": "gen-paid"}
    with playing(played(json.dumps(ANSWER).encode(), **told)) as player:
        assert Client(Endpoint(player.url)).complete(b"{}").source == source


def test_the_same_request_has_the_same_bytes() -> None:
    def request(**changed: object) -> bytes:
        wanted = {
            "model": "a/b",
            "messages": [Message("user", "né")],
            "max_tokens": 9,
            "temperature": 0,
            **changed,
        }
        return Request(**wanted).body()  # type: ignore[arg-type]  # a mapping of mixed values

    assert request() == request()
    assert json.loads(request())["temperature"] == 0
    assert json.loads(request(fallbacks=["c/d"]))["models"] == ["a/b", "c/d"]
    strict = json.loads(request(schema={"type": "object"}))
    assert strict["provider"] == {"require_parameters": True}
    assert (
        len({request_hash(request()), request_hash(request(max_tokens=8)), request_hash(request(schema={}))})
        == 3
    )


def test_a_redirect_is_not_followed() -> None:
    with playing(played(b"{}", 307, location="http://127.0.0.1:1/")) as player, pytest.raises(Misconfigured):
        Client(Endpoint(player.url, key="sk-canary")).complete(b"{}")
    assert len(player.requests) == 1


def test_no_key_in_any_representation() -> None:
    assert "canary" not in repr(Endpoint("http://127.0.0.1/", key="sk-canary"))


@pytest.mark.parametrize("slow", ["head", "body"])
def test_dripped_bytes_end_with_the_whole_call(slow: str) -> None:
    """Each byte comes well within the gap, and all together would take for ever."""
    first = head(200, {"content-type": "application/json"}, 10**6)
    player = Player(
        b"" if slow == "head" else first, [b"H" if slow == "head" else b" "], pause=0.05, forever=True
    )
    with playing(player) as playing_it:
        began = time.monotonic()
        with pytest.raises(Retryable):
            Client(Endpoint(playing_it.url), QUICK).complete(b"{}")
        assert time.monotonic() - began < 5  # a deadline, not a figure of speed: without it this never ends


def test_models_and_generations_are_asked_for() -> None:
    listed = {"data": [{"id": "a/b"}, "nonsense"]}
    with playing(played(json.dumps(listed).encode())) as player:
        assert Client(Endpoint(player.url)).models() == [{"id": "a/b"}]
    cost = {"data": {"total_cost": 0.002, "native_tokens_prompt": 5, "native_tokens_completion": 6}}
    with playing(played(json.dumps(cost).encode())) as player:
        usage = Client(Endpoint(player.url)).generation("gen/7")
    assert (usage.cost_micros, usage.tokens_in, usage.tokens_out) == (2000, 5, 6)
    assert player.requests[0].startswith(b"GET /api/v1/generation?id=gen%2F7 ")


def error_of(player: Player, key: str = "") -> ModelError:
    with playing(player), pytest.raises(ModelError) as caught:
        Client(Endpoint(player.url, key=key), QUICK).complete(b"{}")
    return caught.value


def stream(*parts: bytes, length: int | None = None) -> Player:
    told = {"content-type": "Text/Event-Stream; charset=utf-8", "X-Generation-Id": "gen-head"}
    return Player(head(200, told, length), [*parts])


@pytest.mark.parametrize(
    ("parts", "generation"), [([b": wait\n\n"], "gen-head"), ([b'data: {"id":"gen-body"}\n\n'], "gen-body")]
)
def test_an_answer_that_breaks_off_names_what_may_have_been_billed(
    parts: list[bytes], generation: str
) -> None:
    error = error_of(stream(*parts, length=10_000))  # and no more comes
    assert isinstance(error, Interrupted)
    assert error.generation == generation


def test_an_answer_that_repeats_the_key_is_refused_and_paid() -> None:
    key = "a secret of the tests"
    said = {**ANSWER, "choices": [{"finish_reason": "stop", "message": {"content": f"Bearer {key}"}}]}
    error = error_of(played(json.dumps(said).encode()), key)
    assert isinstance(error, InvalidAnswer)
    assert error.usage.cost_micros == 12_300
    assert key not in str(error)


def test_the_page_of_an_error_without_end_is_that_error() -> None:
    player = Player(head(503, {"content-type": "text/html"}, None), [b"<p>" * 4096], forever=True)
    with playing(player), pytest.raises(Retryable) as caught:
        Client(Endpoint(player.url), Limits(body=100_000)).complete(b"{}")
    assert caught.value.kind == "transient"
