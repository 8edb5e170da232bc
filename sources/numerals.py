"""Numbers written as words ("twenty-four", "third", "veinticuatro"), as ages and days of a month need them."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import regex
from num2words import num2words  # type: ignore[import-untyped]  # the package ships no types

LARGEST = 120  # no age and no day of a month is larger
LANGUAGES = ("en", "es", "fr", "de", "pt", "it")
# Masculine short forms, which num2words leaves out, and forms that a day of the month takes.
_EXTRA: dict[str, dict[str, int]] = {
    "es": {"un": 1, "primer": 1, "veintiún": 21},
    "fr": {"1er": 1, "une": 1},
    "de": {"ein": 1, "einem": 1, "einen": 1, "ersten": 1},
    "pt": {"uma": 1, "duas": 2},
}


# Letters that Unicode doesn't take apart, though old files often did.
_STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "’": "'"})
_MARKS = regex.compile(r"\p{M}")


def fold(word: str) -> str:
    """Lower case without accents, so that "tres" finds "três" and old files without accents work."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFD", word.casefold().translate(_STROKES))
    if not _MARKS.search(decomposed):  # most texts are only not ASCII for their quotation marks
        return decomposed
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@lru_cache(maxsize=16)
def cardinals(language: str) -> dict[str, int]:
    """Folded number words 1 to 120 of a language (hyphens also as spaces); {} for an unknown language."""
    return _words(language, "cardinal")


@lru_cache(maxsize=16)
def ordinals(language: str) -> dict[str, int]:
    """Folded ordinal words 1st to 31st of a language; {} for an unknown language."""
    words = {word: number for word, number in _words(language, "ordinal").items() if number <= 31}
    if language == "de":  # "am siebten", "der siebter": ordinals take endings
        words |= {
            word + ending: number for word, number in words.items() for ending in "nr" if word[-1] == "e"
        }
    return words


def _words(language: str, form: str) -> dict[str, int]:
    if language not in LANGUAGES:
        return {}
    table: dict[str, int] = {}
    for number in range(1, LARGEST + 1):
        word = fold(num2words(number, lang=language, to=form))
        table.setdefault(word, number)
        table.setdefault(word.replace("-", " "), number)
    table.update({fold(word): number for word, number in _EXTRA.get(language, {}).items()})
    return table
