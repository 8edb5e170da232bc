"""Answers that no list has: what can't be read must not be missing from a text that looks whole."""

from __future__ import annotations

import json
from typing import Any

import pytest

from engine.models_api.answers import Answer, answer_of
from engine.models_api.errors import Declined, InvalidAnswer, ModelError
from engine.models_api.streaming import streamed_answer

STOP: dict[str, Any] = {"choices": [{"index": 0, "delta": {"content": " The end."}, "finish_reason": "stop"}]}


def streamed(*chunks: dict[str, Any], first: bytes = b"") -> Answer:
    """What comes of these chunks, a last one, and the end."""
    events = [b"data: " + json.dumps(chunk).encode() + b"\n\n" for chunk in (*chunks, STOP)]
    return streamed_answer([first + b"".join(events), b"data: [DONE]\n\n"])


def piece(delta: Any, finish: str | None = None, index: int = 0) -> dict[str, Any]:
    return {"id": "gen-1", "choices": [{"index": index, "delta": delta, "finish_reason": finish}]}


def whole(message: dict[str, Any], **more: Any) -> Answer:
    return answer_of({"choices": [{"finish_reason": "stop", "message": message}], **more})


@pytest.mark.parametrize(
    ("chunk", "error"),
    [
        (piece({"content": "Half"}, "length"), "cut at the limit"),
        (piece({"content": "Half"}, "content_filter"), "filter of the provider"),
        (piece({"content": "Another."}, index=1), "more than one choice"),
        (piece({"content": 5}), "no text"),
        (piece({"content": [{"type": "image", "url": "x"}]}), "no text"),
        (piece("lost"), "can't be read"),
        ({"choices": ["lost"]}, "can't be read"),
        ({"choices": {"0": {"delta": {"content": "lost"}}}}, "can't be read"),
        (piece({"content": "A", "function_call": {"name": "x"}}), "a tool"),
        (piece({"content": None, "refusal": "I'm sorry."}), "declined"),
    ],
)
def test_a_stop_at_the_end_mends_nothing(chunk: dict[str, Any], error: str) -> None:
    with pytest.raises(ModelError, match=error) as caught:
        streamed(chunk)
    assert caught.value.paid


def test_a_text_in_parts_is_whole_and_thoughts_are_none_of_it() -> None:
    thought = {"type": "thinking", "thinking": [{"type": "text", "text": "Hm."}]}
    parts = [thought, {"type": "reasoning", "text": "Hm."}, {"type": "text", "text": "Told."}]
    assert streamed(piece({"content": parts, "reasoning": "Hm."})).text == "Told. The end."
    assert whole({"content": parts, "reasoning_content": "Hm."}).text == "Told."


def test_a_mark_before_the_first_event_and_a_second_end_change_nothing() -> None:
    first = b"\xef\xbb\xbfdata: " + json.dumps(piece({"content": "Told."})).encode() + b"\n\n"
    assert streamed(piece({}, "stop"), first=first).text == "Told. The end."


def test_an_empty_usage_doesn_t_undo_one() -> None:
    assert (
        streamed(piece({}) | {"usage": {"cost": 0.5}}, {"choices": [], "usage": {}}).usage.cost_micros
        == 500_000
    )


@pytest.mark.parametrize(
    "message", [{"content": None, "refusal": "I can't."}, {"content": "A", "refusal": "No."}]
)
def test_a_refusal_in_a_field_of_its_own_is_one(message: dict[str, Any]) -> None:
    with pytest.raises(Declined):
        whole(message)


def test_a_tool_in_old_words_is_one() -> None:
    with pytest.raises(InvalidAnswer, match="tool"):
        whole({"content": "A", "function_call": {"name": "x", "arguments": "{}"}})


@pytest.mark.parametrize("cost", ["1e999999", 1e300, 10**30, "sNaN", -1, True])
def test_nonsense_about_money_is_not_stated(cost: Any) -> None:
    usage = whole(
        {"content": "A"}, usage={"cost": cost, "prompt_tokens": 10**30, "completion_tokens": 7}
    ).usage
    assert (usage.cost_micros, usage.tokens_in, usage.tokens_out) == (None, None, 7)


def test_names_fit_into_rows() -> None:
    answer = whole({"content": "A"}, id="gen-\x00a", model="m\ud800", provider="p" * 999)
    assert (answer.generation, answer.model) == ("gen-a", "m")
    assert len(answer.provider) == 200
