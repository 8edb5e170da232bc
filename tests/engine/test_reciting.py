"""Marks of one revision on top of another."""

from __future__ import annotations

import pytest

from engine.authors.base import Span
from engine.reciting import last_sentence, rebased

A, B, C = Span(1, 0, 5), Span(1, 5, 9), Span(2, 0, 5)


def test_a_mark_names_what_it_named_whatever_the_other_text_calls_it() -> None:
    text = r"One.[^1] Two.[^2] Three.[^3] Four.[^9] Escaped \[^1] and \\[^1]."
    told, extra = rebased(text, {1: A, 2: B, 3: C}, {1: B, 3: C})
    assert told == r"One.[^4] Two.[^1] Three.[^3] Four.[^9] Escaped \[^1] and \\[^4]."
    assert extra == {4: A}


def test_stretches_that_the_text_no_longer_calls_are_left_behind() -> None:
    assert rebased("Two.[^2]", {1: A, 2: B}, {1: B}) == ("Two.[^1]", {})


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        ("She came. She saw.", "She saw."),
        ("He said: “I am here.”", "He said: “I am here."),
        (" “I am here.” ", "I am here."),
        ("", ""),
        ("“”", "“”"),
    ],
)
def test_the_sentence_before_a_mark(before: str, sentence: str) -> None:
    assert last_sentence(before) == sentence
