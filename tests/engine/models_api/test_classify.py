"""A filter of the provider is no wrong key, and names what it didn't like."""

from __future__ import annotations

from typing import Any

from engine.models_api.classify import failure
from engine.models_api.errors import BadKey, Blocked


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
