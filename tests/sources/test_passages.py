"""Passages: whole sentences, of a length that can be quoted, and all of the text."""

from __future__ import annotations

import itertools

import pytest

from sources.passages import LONGEST, SHORTEST, split_passages

SENTENCE = "He walked to the old mill by the river and back again. "  # 12 words


def _words(text: str, span: tuple[int, int]) -> int:
    return len(text[slice(*span)].split())


def _paragraphs(*sentences: int) -> str:
    return "\n\n".join((SENTENCE * number).strip() for number in sentences)


@pytest.mark.parametrize(
    "text",
    [
        _paragraphs(1),
        _paragraphs(60),
        _paragraphs(3, 4, 2, 9, 1, 1, 1, 20, 40, 2),
        _paragraphs(*[1] * 50),
        _paragraphs(16, 1, 16, 1, 16),
        "CHAPTER I\n\n" + _paragraphs(8, 8),
        "word " * 1_000,
        "",
    ],
    ids=["one", "long", "mixed", "many", "uneven", "heading", "no sentence", "nothing"],
)
def test_passages_hold_all_of_the_text_in_order(text: str) -> None:
    passages = split_passages(text)

    assert "".join("".join(text[slice(*span)].split()) for span in passages) == "".join(text.split())
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(passages))
    assert all(_words(text, span) <= LONGEST for span in passages)


def test_passages_are_long_enough_to_mean_something() -> None:
    text = _paragraphs(3, 4, 2, 9, 1, 1, 1, 20, 40, 2, 30, 1, 7)

    assert all(_words(text, span) >= SHORTEST for span in split_passages(text))


def test_passages_end_where_sentences_end() -> None:
    text = _paragraphs(60, 5, 33)

    assert all(
        text[slice(*span)].startswith("He") and text[slice(*span)].endswith("again.")
        for span in split_passages(text)
    )


def test_a_paragraph_of_the_right_length_stays_in_one_piece() -> None:
    text = _paragraphs(8, 10, 12)

    assert [text[slice(*span)] for span in split_passages(text)] == text.split("\n\n")


def test_a_long_paragraph_is_cut_into_even_pieces() -> None:
    text = _paragraphs(20)

    assert [_words(text, span) for span in split_passages(text)] == [120, 120]
