"""What is printed in a book exists in all six languages of books; the desk's words are another matter."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from django.utils import translation

from bookgen_site.env import BASE_DIR
from engine.authors.extract.leadins import translated
from engine.words import section_title
from sources.vocabulary import Opinion, Verdict

# Spanish has a catalogue of everything, whole or tests/bookgen_site/test_translations.py fails.
LANGUAGES = ("fr", "de", "pt", "it")
PRINTED = (
    "biographies/exports/bundle/report.py",
    "engine/bibliography.py",
    "engine/dossier.py",
    "engine/illustrating.py",
    "engine/imprint.py",
    "engine/manuscript.py",
    "engine/notes.py",
    "engine/words.py",
    *(
        f"engine/authors/extract/{name}.py"
        for name in ("introducing", "leadins", "synopses", "timeline", "title_messages")
    ),
)
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd]")


def _printed() -> set[Any]:
    calls = {"_": None, "gettext_noop": None, "ngettext": (1, 2)}
    found: set[Any] = set()
    for name in PRINTED:
        for entry in extract_python(io.BytesIO((BASE_DIR / name).read_bytes()), calls, [], {}):
            message: Any = entry[2]
            found.add(message[:2] if isinstance(message, tuple) else message)
    with translation.override(None):  # the words of the report that the desk says, too
        found |= {str(one.label) for one in (*Verdict, *Opinion)}
    return {one for one in found if one}


def _catalogue(language: str) -> dict[Any, Any]:
    with (BASE_DIR / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as source:
        messages: list[Any] = [message for message in read_po(source) if message.id and not message.fuzzy]
    return {one.id if isinstance(one.id, str) else tuple(one.id): one.string for one in messages}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_book_is_there_and_nothing_else(language: str) -> None:
    printed, catalogue = _printed(), _catalogue(language)
    assert {"Contents", "He himself says in “%(work)s”:", "The Flight to %(place)s"} <= printed
    assert printed - catalogue.keys() == set()
    assert catalogue.keys() - printed == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_keeps_its_slots(language: str) -> None:
    for original, said in _catalogue(language).items():
        forms = [(original, said)] if isinstance(original, str) else list(zip(original, said, strict=True))
        for one, other in forms:
            assert other, one
            assert sorted(PLACEHOLDER.findall(one)) == sorted(PLACEHOLDER.findall(other)), one


@pytest.mark.parametrize(
    ("language", "heading", "leadin"),
    [
        ("en", "Timeline", "He himself says in “%(work)s”:"),
        (
            "fr",
            "Chronologie",
            "Lui-même dit dans «\N{NO-BREAK SPACE}%(work)s\N{NO-BREAK SPACE}»\N{NO-BREAK SPACE}:",
        ),
        ("de", "Zeittafel", "Er selbst sagt in „%(work)s“:"),
        ("pt", "Cronologia", "Ele próprio diz em “%(work)s”:"),
        ("it", "Cronologia", "Egli stesso dice in «%(work)s»:"),
    ],
)
def test_headings_and_lead_ins_follow_the_language_of_the_book(
    language: str, heading: str, leadin: str
) -> None:
    with translation.override(language):
        assert section_title("timeline") == heading
        assert translated("He himself says in “%(work)s”:", "neutral") == leadin


@pytest.mark.parametrize("language", LANGUAGES)
def test_plurals_work_beside_djangos_own_forms(language: str) -> None:
    with translation.override(language):
        told = [
            translation.ngettext("It draws on %(count)d source.", "It draws on %(count)d sources.", count)
            for count in (1, 2, 7)
        ]
    assert told[0] != told[1] == told[2]
    assert "It draws" not in "".join(told)


def test_the_desk_stays_english_and_spanish(settings: Any) -> None:
    assert [code for code, _ in settings.LANGUAGES] == ["en", "es"]
