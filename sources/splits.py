"""Words that a scan or a line's end has torn apart: "feel ings"."""

from __future__ import annotations

import re
from functools import lru_cache

import simplemma

from sources.name_words import is_common_word

_KNOWN = frozenset(("en", "es", "fr", "de", "pt", "it"))
_PAIR = re.compile(r"(?<![\w'’-])(?=([^\W\d_]{2,}) ([a-zà-ÿ]{2,})(?![\w'’-]))")


def has_split_word(text: str, language: str) -> bool:
    """Whether a part of the text is no word of its language, but completes the word before it to one."""
    tongue = language.split("-")[0].lower()
    if tongue not in _KNOWN:
        return False
    return any(_is_torn(*match.groups(), tongue) for match in _PAIR.finditer(text))


@lru_cache(maxsize=50_000)
def _is_torn(head: str, tail: str, tongue: str) -> bool:
    return len(tail) >= 3 and not _is_word(tail, tongue) and _is_word(head + tail, tongue)


@lru_cache(maxsize=50_000)
def _is_word(word: str, tongue: str) -> bool:
    return is_common_word(word, tongue) or any(
        simplemma.is_known(form, lang=tongue) for form in (word.lower(), word)
    )
