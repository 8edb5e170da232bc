"""Answers in JSON: what is put around the object is passed over, and nothing is guessed of what is in it."""

from __future__ import annotations

import pytest

from engine.models_api.errors import InvalidAnswer
from engine.models_api.forms import Form, structured

FORM = Form(schema={"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}})


def read(text: str) -> object:
    return structured(text, FORM, lambda _text: "")


@pytest.mark.parametrize(
    "text",
    [
        '{"n": 1}',
        'Here is the JSON:\n{"n": 1}',
        'Certainly!\n```json\n{"n": 1}\n```\nLet me know if you need more.',
        '<think>{"n": 7}?</think>{"n": 1}',
    ],
)
def test_words_around_the_object_are_passed_over(text: str) -> None:
    assert read(text) == {"n": 1}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No braces.",
        '{"n": 1} or {"n": 2}',
        '{"n": 1',
        '{"n": NaN}',
        'So {"n": Infinity} then',
        "}{",
        '[{"n": 1}]',
    ],
)
def test_what_isnt_one_whole_object_is_refused(text: str) -> None:
    with pytest.raises(InvalidAnswer):
        read(text)
