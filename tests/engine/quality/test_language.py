"""The language of the text."""

from __future__ import annotations

from dataclasses import replace

from biographies.vocabulary import Severity
from engine.quality import language
from tests.engine.quality.makers import ABOUT, view

ENGLISH = "She was born in the old town and left it for the sea when she was young, as her father had done."
SPANISH = (
    "Nació en la ciudad vieja y se fue al mar cuando era joven, como había hecho su padre en los años antes."
)
RUSSIAN = "Она родилась в старом городе и ушла в море, когда была молода, как и её отец до неё."


def test_a_paragraph_in_another_language_is_seen() -> None:
    (seen,) = language.check(view(f"{ENGLISH}\n\n{SPANISH}\n\n{ENGLISH}"))
    assert (seen.severity, seen.place) == (Severity.WARNING, SPANISH)
    assert "Spanish" in seen.message
    assert list(language.check(view(ENGLISH))) == []


def test_quotations_may_be_in_any_language() -> None:
    assert list(language.check(view(f"{ENGLISH} “{SPANISH}”\n\n“{SPANISH}”"))) == []


def test_a_section_in_another_language_is_one_error() -> None:
    (seen,) = language.check(view(f"{SPANISH}\n\n{SPANISH}\n\n{ENGLISH}"))
    assert seen.severity == Severity.ERROR


def test_the_books_own_language_counts() -> None:
    spanish = replace(ABOUT, language="es-MX")
    assert list(language.check(view(SPANISH, about=spanish))) == []
    assert len(list(language.check(view(ENGLISH, about=spanish)))) == 1
    assert list(language.check(view(ENGLISH, about=replace(ABOUT, language="eo")))) == []


def test_another_script_is_another_language() -> None:
    assert len(list(language.check(view(f"{ENGLISH}\n\n{RUSSIAN}")))) == 1
    assert (
        len(
            list(
                language.check(view(f"{ENGLISH}\n\n彼女は古い町で生まれ、若い頃に海へ出た。父もそうだった。"))
            )
        )
        == 1
    )
