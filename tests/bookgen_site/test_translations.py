"""The Spanish catalogue: whole, in step with the code and with its compiled file, and usable."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from django.utils import translation
from django.utils.translation.template import templatize

from scripts.tools import translations

pytestmark = pytest.mark.once

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "locale" / "es" / "LC_MESSAGES" / "django.po"
APPS = ("biographies", "bookgen_site", "engine", "notifications", "sources")
CALLS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    "pgettext": ((1, "c"), 2),
}
IN_BRACES = re.compile(r"\{[^{}\n]*\b(?:_|n?gettext(?:_lazy)?)\(")
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd]|\{\w*\}")
UPDATE = "run: manage.py makemessages -l es --no-wrap --no-obsolete --add-location file"


def _messages() -> list[Message]:
    with SOURCE.open("rb") as source:
        return [message for message in read_po(source) if message.id]


def _marked() -> Iterator[object]:
    """Everything that the code and the templates mark for translation."""
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            yield from _found(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "templates").rglob("*.*")):
        for line in templatize(path.read_text(encoding="utf-8")).splitlines():  # calls among X's, not Python
            yield from _found(line.lstrip())


def _found(code: str) -> Iterator[object]:
    for found in extract_python(io.BytesIO(code.encode()), CALLS, [], {}):
        messages: Any = found[2]
        yield messages[:2] if isinstance(messages, tuple) else messages


def _forms(text: Any) -> list[str]:
    """A text with its plural, if it has one."""
    return [text] if isinstance(text, str) else list(text)


def test_the_compiled_file_says_what_the_source_says() -> None:
    assert translations.main([]) == 0


def test_every_word_is_translated() -> None:
    left = [message.id for message in _messages() if message.fuzzy or not all(_forms(message.string))]
    assert left == []


def test_no_translation_loses_a_placeholder() -> None:
    for message in _messages():
        for original, translated in zip(_forms(message.id), _forms(message.string), strict=True):
            assert sorted(PLACEHOLDER.findall(original)) == sorted(PLACEHOLDER.findall(translated)), original


def test_everything_marked_is_in_the_catalogue() -> None:
    known = {
        tuple(message.id) if isinstance(message.id, list | tuple) else message.id for message in _messages()
    }
    marked = {found for found in _marked() if found}
    assert {"Contents", "Approve this text"} <= marked
    assert marked - known == set(), UPDATE


def _hidden(code: str) -> Iterator[str]:
    """What is marked inside an f-string: nothing that looks for marked texts sees it there (until Python 3.12)."""
    strings = (one for one in ast.walk(ast.parse(code)) if isinstance(one, ast.JoinedStr))
    calls = (one for string in strings for one in ast.walk(string) if isinstance(one, ast.Call))
    yield from (ast.unparse(one) for one in calls if getattr(one.func, "id", "") in CALLS)


def test_nothing_is_marked_where_no_catalogue_would_find_it() -> None:
    codes = (path.read_text(encoding="utf-8") for app in APPS for path in (ROOT / app).rglob("*.py"))
    assert [call for code in codes if IN_BRACES.search(code) for call in _hidden(code)] == []
    assert list(_hidden("told = f\"{said} {_('One.')}\"")) == ["_('One.')"]


@pytest.mark.parametrize(
    ("language", "word"),
    [("en", "Contents"), ("es", "Índice"), ("fr", "Table des matières"), ("nl", "Contents")],
)
def test_printed_words_follow_the_language_of_the_book(language: str, word: str) -> None:
    with translation.override(language):
        assert translation.gettext("Contents") == word


def test_plurals_work_beside_djangos_own_three_forms() -> None:
    with translation.override("es"):
        told = [
            translation.ngettext("%d chapter approved.", "%d chapters approved.", n) % n
            for n in (0, 1, 2, 10**6)
        ]
    assert told[1] == "1 capítulo aprobado."
    assert {text.split(" ", 1)[1] for text in (told[0], *told[2:])} == {"capítulos aprobados."}
