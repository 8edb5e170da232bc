"""Words in quotation marks."""

from __future__ import annotations

import pytest

from biographies.vocabulary import Severity
from engine.quality import quotes
from engine.quality.views import About
from tests.engine.quality.makers import cited, view

LETTER = "I have seen the harbour at night, and—though ‘tired’—I drew it. Nobody thanked me for it."
ABOUT = About(name="Ada Quill", texts={1: LETTER, 2: "The harbour master praised her fine maps."})


def _severities(sentence: str, verdict: str = "supported") -> list[str]:
    seen = quotes.check(view(f"{sentence}[^1]", cited(1, sentence, LETTER, verdict), about=ABOUT))
    return [one.severity for one in seen]


@pytest.mark.parametrize(
    "sentence",
    [
        "She wrote, “I have seen the harbour at night.”",
        'She had, she wrote, "seen the harbour at night" and drawn it.',
        "«i have seen the harbour at night», she wrote.",
        "She wrote that she had “seen the harbour … I drew it.”",
        "She wrote “and--though 'tired'--I drew it” in haste.".replace("--", "—"),
        "She wrote that “[the girl] drew it. Nobody thanked me”.",
        "He called her the “tired” one.",
        "She wrote, ‘I have seen the harbour at night.’",
        "The masters’ maps and the girls’ own were kept; ‘the harbour at night’ was hers.",
        "Her book “The Harbours of the North” was printed.",
    ],
)
def test_quoted_words_that_the_source_has_are_fine(sentence: str) -> None:
    assert _severities(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "She wrote, “I have never seen the harbour at night.”",
        "She wrote, „I drew it and everybody thanked me“.",
        "She wrote that “I drew it … seen the harbour”.",
        "She wrote, ‘I don’t draw the harbour at night.’",
        "Sie schrieb: ‚I drew it and everybody thanked me‘.",
        "She wrote ‹I drew it and everybody thanked me›.",
    ],
)
def test_words_that_no_source_has_are_an_error_with_its_sentence(sentence: str) -> None:
    (seen,) = quotes.check(view(f"{sentence}[^1]", cited(1, sentence, LETTER, "supported"), about=ABOUT))
    assert (seen.severity, seen.place) == (Severity.ERROR, sentence)


def test_words_of_another_source_are_a_warning_that_names_it() -> None:
    assert _severities("He praised “her fine maps” loudly.") == [Severity.WARNING]


def test_what_is_verbatim_as_a_whole_may_quote_others() -> None:
    assert _severities("He said, “All is lost for ever,” and left.", "verbatim") == []
