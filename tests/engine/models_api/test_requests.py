"""What a request holds for which model."""

from __future__ import annotations

import json
from typing import Any

import pytest

from engine.calls.roles import PRESETS
from engine.models_api.pricing import BUILT_IN, DEAREST, prices_of
from engine.models_api.requests import Message, Request


def body(model: str, *fallbacks: str, temperature: float = 0.0) -> dict[str, Any]:
    request = Request(model, [Message("user", "né")], 9, temperature, fallbacks, schema={"type": "object"})
    assert request.body() == request.body()
    found: dict[str, Any] = json.loads(request.body())
    return found


@pytest.mark.parametrize(
    "model",
    [
        "openai/gpt-5",
        "openai/gpt-6.1-sol",
        "openai/gpt-12",
        "openai/o3-mini",
        "anthropic/claude-sonnet-5.5",
        "anthropic/claude-opus-4.8",
        "~openai/gpt-6-luna",
    ],
)
def test_a_model_that_takes_no_temperature_gets_none(model: str) -> None:
    """All parameters are required together with a schema, so one too many leaves no provider."""
    assert "temperature" not in body(model)
    assert "temperature" not in body("qwen/qwen3-next-80b-a3b-instruct:free", model)


@pytest.mark.parametrize(
    "model", ["anthropic/claude-sonnet-4.5", "openai/gpt-4o", "local-model", "qwen/qwen3-32b"]
)
def test_others_get_it_and_nothing_stays_nothing(model: str) -> None:
    assert body(model)["temperature"] == 0
    assert "reasoning" not in body(model)


def test_a_model_that_thinks_is_asked_to_think_little() -> None:
    assert body("openai/gpt-6.1-sol")["reasoning"] == {"effort": "low"}
    assert body("google/gemini-3.1-pro-preview", "openai/gpt-6.1-sol")["reasoning"] == {"effort": "low"}
    assert "reasoning" not in body("openai/gpt-6.1-sol", "qwen/qwen3-32b"), "one that can't would be left out"


def test_each_preset_has_its_price_at_hand() -> None:
    assert set(PRESETS) == {"free", "claude", "gpt", "gemini"}
    for names in PRESETS.values():
        for name in names:
            assert name in BUILT_IN
    assert BUILT_IN[PRESETS["free"][0]].cost(10**6, 10**6) == 0
    assert all(price.tokens_out <= DEAREST.tokens_out for price in BUILT_IN.values())


def test_a_server_of_ones_own_sells_nothing() -> None:
    listed: list[dict[str, Any]] = [
        {"id": "llama", "meta": {"n_ctx": 4096}},
        {"id": "vllm", "max_model_len": 8192},
        {"id": "unknown"},
        {"id": "sold", "max_model_len": 8192, "pricing": {"prompt": "x"}},
    ]
    found = prices_of(listed)
    assert {name: (price.cost(10**6, 10**6), price.context) for name, price in found.items()} == {
        "llama": (0, 4096),
        "vllm": (0, 8192),
    }
