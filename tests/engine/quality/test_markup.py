"""Markdown, and what is left over in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from biographies.vocabulary import Severity
from engine.quality import markup
from engine.texts import escape
from tests.engine.quality.makers import ABOUT, cited, view

GOOD = (
    "*She writes:* “I drew it—by night, at 5 o'clock.”[^1] It cost $5 (or *about* £1), see No. 36.\n\n"
    "**1801** — She was born [in Leith] & named A. B. Quill; 3 < 5 and 7 > 2, </3.\n\n"
    "The TODOS of Spain, e.g. the Name of the Rose; “Sure, I will,” he said. Of course, here they lived."
)


def test_ordinary_text_has_no_findings() -> None:
    assert list(markup.check(view(GOOD))) == []
    plain = GOOD.replace("*", "").replace("[^1]", "")  # escaped, a mark would be the words of a source
    assert list(markup.check(view(escape(plain)))) == []


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("# The early years\n\nShe drew.", Severity.WARNING),
        ("She drew.\n\n```\ncode\n```", Severity.WARNING),
        ("She drew.\n\n---\n\nShe wrote.", Severity.WARNING),
        ("She was *very tired and drew.", Severity.WARNING),
        ("She was **very tired* and drew.", Severity.WARNING),
        (r"She was \*\*very\*\* tired.", Severity.WARNING),
        (r"\# The early years", Severity.WARNING),
        ("She drew. <b>Always</b>.", Severity.ERROR),
        ("She drew <img src=https://attacker.invalid/i.png> it.", Severity.ERROR),
        ("She drew.<!-- note -->", Severity.ERROR),
        ("She drew [the map](https://attacker.invalid/buy).", Severity.ERROR),
        ("She drew. More at https://attacker.invalid/buy", Severity.ERROR),
        ("She drew. See www.attacker.invalid for more.", Severity.ERROR),
        ("She drew.[^n] She wrote.", Severity.WARNING),
        ("She drew [S12] a map.", Severity.WARNING),
        ("She drew {{7*7}} maps.", Severity.ERROR),
        ("She was born in [Place] in 1801.", Severity.ERROR),
        ("She drew. TODO: check the year.", Severity.ERROR),
        ("She drew [insert date here].", Severity.ERROR),
        ("As an AI language model, I can't say when she was born.", Severity.ERROR),
        ("Certainly! Here is the chapter you asked for. She drew.", Severity.ERROR),
        ("She drew. I hope this helps!", Severity.ERROR),
        ("Aquí tienes el capítulo. Dibujaba.", Severity.ERROR),
        ("The provided sources do not mention her birth.", Severity.ERROR),
        ("She drew.\u200b She wrote.", Severity.ERROR),
        ("She drew the caf\ufffd.", Severity.WARNING),
    ],
)
def test_what_no_reader_should_see_is_seen(text: str, severity: Severity) -> None:
    assert severity in [one.severity for one in markup.check(view(text))]


def test_an_address_of_a_source_may_be_named() -> None:
    known = replace(ABOUT, addresses=frozenset({"https://example.org/maps/"}))
    assert list(markup.check(view("See https://example.org/maps.", about=known))) == []
    assert len(list(markup.check(view("See https://example.org/other.", about=known)))) == 1


def test_the_place_is_the_cited_sentence() -> None:
    sentence = "She drew it for TODO in 1801."
    (seen,) = markup.check(view(f"{sentence}[^1]", cited(1, sentence)))
    assert seen.place == sentence
