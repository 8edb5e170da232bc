"""Quotation marks inside of quotations, by language."""

from __future__ import annotations

import pytest

from engine.quoting import marks_of

NB = "\u00a0"


@pytest.mark.parametrize(
    ("language", "words", "printed"),
    [
        ("en", '"Come here!—Go there!" he said.', "‘Come here!—Go there!’ he said."),
        ("en", "“Let us have the facts,” said they.", "‘Let us have the facts,’ said they."),
        ("en", 'It was ("the act—"of abolishing").', "It was (‘the act—‘of abolishing’)."),
        ("en", 'He said: "I don\'t." "', "He said: ‘I don't.’ ’"),
        ("pt", 'Era "livre".', "Era ‘livre’."),
        ("fr", f'Il dit : «{NB}Bonjour{NB}» et "non".', "Il dit : “Bonjour” et “non”."),
        ("es-CO", "Dijo «no» y “sí”.", "Dijo “no” y “sí”."),
        ("de", "Er sagte: „Nein“ und »ja« und “oui”.", "Er sagte: ‚Nein‘ und ‚ja‘ und ‚oui‘."),
    ],
)
def test_what_a_source_quotes_gets_the_inner_marks(language: str, words: str, printed: str) -> None:
    assert marks_of(language).within(words) == printed


def test_all_else_stays_letter_for_letter() -> None:
    words = "The ‘old’ man's 6' x 2 < 3 « * […]"
    assert marks_of("en").within(words.replace("« ", "")) == words.replace("« ", "")
