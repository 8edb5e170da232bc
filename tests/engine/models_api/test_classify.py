"""A filter of the provider is no wrong key, and names what it didn't like."""

from __future__ import annotations

import time
from typing import Any

import pytest

from engine.models_api.classify import failure
from engine.models_api.errors import BadKey, Blocked, Misconfigured, NoForm, RateLimited, TooLong


def refused(message: str, **metadata: Any) -> Exception:
    return failure(403, {}, {"error": {"code": 403, "message": message, "metadata": metadata}})


def test_a_moderation_names_the_words() -> None:
    error = refused(
        "Flagged", reasons=["violence"], flagged_input="he was beaten with a...", provider_name="P"
    )
    assert isinstance(error, Blocked)
    assert error.flagged == "he was beaten with a..."


def test_a_guardrail_is_a_refused_text_and_not_a_refused_key() -> None:
    told = "Request blocked: prompt injection patterns detected"
    error = refused(told, error_type="permission_denied")
    assert isinstance(error, Blocked)
    assert error.flagged == ""
    assert isinstance(refused("This key may not do that", error_type="permission_denied"), BadKey)


TOO_LONG = "This model's maximum context length is 4096 tokens. However, you requested 9000 tokens"


@pytest.mark.parametrize(
    "found",
    [
        {"error": {"message": TOO_LONG, "type": "BadRequestError", "param": None, "code": 400}},
        {"object": "error", "message": TOO_LONG, "type": "BadRequestError", "code": 400},
    ],
    ids=["vLLM", "older vLLM"],
)
def test_a_server_of_one_s_own_says_in_words_that_a_request_is_too_long(found: dict[str, Any]) -> None:
    assert isinstance(failure(400, {}, found), TooLong)
    assert isinstance(failure(400, {}, {"error": {"code": 400, "message": "No such model"}}), Misconfigured)


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (
            404,
            "No endpoints found that can handle the requested parameters. To learn more, visit openrouter.ai/docs",
        ),
        (404, "No endpoints available matching your guardrail restrictions and data policy."),
        (400, "This model does not support response format `json_schema`."),
        (400, "This response_format type is unavailable now"),
        (422, "Structured outputs are not supported by this engine."),
    ],
)
def test_a_refused_schema_is_told_from_a_wrong_name(status: int, message: str) -> None:
    assert type(failure(status, {}, {"error": {"code": status, "message": message}})) is NoForm
    plain = {"error": {"code": status, "message": "The model `a/b` does not exist."}}
    assert type(failure(status, {}, plain)) is Misconfigured


@pytest.mark.parametrize("code", ["Key 0123456789abcdef", "x\x00\ud800", 10**50, [1]])
def test_of_a_stranger_s_code_only_a_plain_one_is_shown(code: object) -> None:
    assert str(failure(400, {}, {"error": {"code": code}})).endswith("the address.")
    assert str(failure(503, {}, {"error": {"code": "server_error"}})).endswith("(server_error)")


def wait(told: dict[str, str], **metadata: Any) -> float | None:
    error = failure(429, told, {"error": {"code": 429, "message": "m", "metadata": metadata}})
    assert isinstance(error, RateLimited)
    return error.retry_after


def test_a_limit_says_when_it_begins_anew() -> None:
    reset = str(round((time.time() + 50) * 1000))
    for stated in (wait({"x-ratelimit-reset": reset}), wait({}, headers={"X-RateLimit-Reset": reset})):
        assert stated is not None
        assert 40 < stated <= 51
    assert wait({"retry-after": "7", "x-ratelimit-reset": reset}) == 7
    for nonsense in ("30", "soon", "1" * 40, "-5", ""):
        assert wait({"x-ratelimit-reset": nonsense}) is None
