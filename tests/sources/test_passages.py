"""Passages: whole sentences, of a length that can be quoted, and all of the text."""

from __future__ import annotations

import itertools
import random

import pytest

from sources.counting import count_words
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


def test_a_short_end_takes_sentences_from_its_neighbour() -> None:
    text = _paragraphs(15, 3)

    assert [_words(text, span) for span in split_passages(text)] == [108, 108]


def test_a_short_piece_before_a_long_sentence_is_shared_out() -> None:
    text = f"{SENTENCE * 10}{'He walked on ' * 50}home. {SENTENCE}".strip()

    assert all(SHORTEST <= _words(text, span) <= LONGEST for span in split_passages(text))


def test_an_endless_sentence_is_cut_evenly() -> None:
    text = "word " * 210 + "end."

    assert [_words(text, span) for span in split_passages(text)] == [106, 105]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He was born in Leeds.", 5),
        ("她出生在马尔默。", 4),
        ("父は港の水先案内人だった。", 7),
        ("เธอเกิดที่เมืองมัลเมอ", 3),
        ("그녀는 말뫼에서 태어났다.", 3),
        ("她 read 三本书 in 1851。", 6),
        ("", 0),
    ],
)
def test_words_mean_the_same_length_in_every_script(text: str, words: int) -> None:
    assert abs(count_words(text) - words) <= 1


@pytest.mark.parametrize(
    "sentence",
    [
        "一八五一年五月三日，她出生在马尔默，是港口领航员的第三个女儿。",
        "彼女は一八五一年に生まれた。",
        "เธอเกิดที่เมืองมัลเมอในปีนั้น เป็นลูกสาวคนที่สามของนักเดินเรือ ",
        "သူမသည် ထိုမြို့တွင် မွေးဖွားခဲ့သည်။ ",
    ],
)
def test_scripts_without_spaces_have_passages_of_their_own(sentence: str) -> None:
    text = (sentence * 80).strip()

    passages = split_passages(text)

    assert len(passages) >= 2
    assert all(SHORTEST <= count_words(text[slice(*span)]) <= LONGEST for span in passages)


def test_thai_is_cut_where_it_has_spaces() -> None:
    text = ("เธอเกิดที่เมืองมัลเมอในปีนั้น " * 80).strip()

    assert all(text[end : end + 1] in ("", " ") for _start, end in split_passages(text))


PIECES = [
    "He walked home. ",
    "Dr. J. P. Smith came to No. 36 Lispenard St. ",
    "“Who is he?” she asked. ",
    "CHAPTER IV.\n\n",
    "The wind is fair,\nthe glass is high;\n",
    "\n\n",
    "她出生在马尔默。",
    "「星」と書いた。",
    "เธอเกิดที่เมือง",
    "Она умерла в 1913 г. ",
    "ولدت عام ١٨٥١؟ ",
    "था। ",
    "word " * 70,
    "(",
    ")",
    "… ",
    "e\u0301\u0316",
    "\u00a0",
    "* * *",
    "a" * 300,
    "1. ",
    "U.S. ",
]


@pytest.mark.parametrize("seed", range(60))
def test_offsets_slice_back_whatever_the_text(seed: int) -> None:
    chance = random.Random(seed)
    text = "".join(chance.choices(PIECES, k=chance.randint(1, 120)))

    passages = split_passages(text)

    assert "".join("".join(text[slice(*span)].split()) for span in passages) == "".join(text.split())
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(passages))
    assert all(text[slice(*span)] == text[slice(*span)].strip() != "" for span in passages)
    assert all(count_words(text[slice(*span)]) <= LONGEST for span in passages)
    assert passages == split_passages(text)
