"""Is the text in the language of the book?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex
from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from biographies.actions import Seen
from biographies.vocabulary import ChapterKind, Severity
from engine.quality.views import SectionView
from engine.quality.words import short
from sources.language import detect, detect_own, known, unquoted

NAME = "language"
_LATIN: Final = regex.compile(r"\p{Latin}")
_OTHER: Final = regex.compile(
    r"[\p{Cyrillic}\p{Greek}\p{Arabic}\p{Hebrew}\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]"
)
_FOREIGN_LETTERS: Final = 0.3
_WHOLE: Final = 0.5  # of the paragraphs that can be told; then it's the section


def check(view: SectionView) -> Iterator[Seen]:
    """Paragraphs in another language than the book's; one error when most of the section is."""
    wanted = view.about.language.split("-")[0].lower()
    if view.kind == ChapterKind.BIBLIOGRAPHY or not known(wanted):
        return
    told = [(text, _language(text)) for text in view.paragraphs]
    other = [(text, found) for text, found in told if found and found != wanted]
    if not other:
        return
    if len(other) > _WHOLE * sum(bool(found) for _text, found in told) and len(other) > 1:
        names = {"found": _named(other[0][1]), "wanted": _named(wanted)}
        message = _("Most of it is in %(found)s, but the book is in %(wanted)s.") % names
        yield Seen(NAME, Severity.ERROR, message, short(other[0][0]))
        return
    for text, found in other:
        message = _("This paragraph is in %s.") % _named(found)
        yield Seen(NAME, Severity.WARNING, message, text)


def _language(paragraph: str) -> str:
    """The language of what stands outside of quotation marks; "" when it's too short or unclear."""
    own = unquoted(paragraph)
    if len(_OTHER.findall(own)) > _FOREIGN_LETTERS * (len(_LATIN.findall(own)) + 20):
        return detect(own) or "und"
    return detect_own(own)


def _named(code: str) -> str:
    if code == "und":
        return _("another script")
    try:
        return str(Locale.parse(code).get_language_name(get_language() or "en") or code)
    except (UnknownLocaleError, ValueError):
        return code
