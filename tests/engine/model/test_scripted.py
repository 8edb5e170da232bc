"""The scripted model's own words are in the language that the prompt asks for."""

from __future__ import annotations

import json

import pytest

from engine.authors.model.asking import LANGUAGES
from engine.scripted.answers import answer
from engine.scripted.behaviour import Behaviour
from engine.scripted.prompt import asked
from engine.scripted.words import ABOUT_THE_BOOK
from sources.language import detect


@pytest.mark.parametrize("code", LANGUAGES)
def test_words_on_the_book_are_in_its_language(code: str) -> None:
    system = f"Answer with what is asked for.\n- Write in {LANGUAGES[code]}.\n"
    user = "The biography is about Ada Quill. Task INTRODUCTION: write it, about 90 words."
    messages = [{"role": "system", "content": system}, {"role": "user", "content": user}]
    wanted = asked({"messages": messages})
    (paragraph, *_more) = json.loads(answer(wanted, Behaviour().chance("", 0)))["paragraphs"]
    told = " ".join(sentence["text"] for sentence in paragraph["sentences"])
    assert "Ada Quill" in told
    assert detect(told) == code


def test_every_language_of_books_has_its_words() -> None:
    assert set(ABOUT_THE_BOOK) == set(LANGUAGES.values())
