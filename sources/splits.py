"""Words that a scan or a line's end has torn apart: "feel ings"."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, partial

import simplemma

from bookgen_site.lib.once import once_each
from sources.name_words import is_common_word

_KNOWN = frozenset(("en", "es", "fr", "de", "pt", "it"))
_PAIR = re.compile(r"(?<![\w'’-])(?=([^\W\d_]{2,}) ([a-zà-ÿ]{2,})(?![\w'’-]))")


def has_split_word(text: str, language: str) -> bool:
    """Whether a part of the text is no word of its language, but completes the word before it to one."""
    tongue = language.split("-")[0].lower()
    if tongue not in _KNOWN:
        return False
    return any(_is_torn(*match.groups(), tongue) for match in _PAIR.finditer(text))


@lru_cache(maxsize=8_192)
def _is_torn(head: str, tail: str, tongue: str) -> bool:
    return len(tail) >= 3 and not _is_word(tail, tongue) and _is_word(head + tail, tongue)


@lru_cache(maxsize=8_192)
def _is_word(word: str, tongue: str) -> bool:
    return is_common_word(word, tongue) or any(_is_known(tongue)(form) for form in (word.lower(), word))


@once_each(most=len(_KNOWN))
def _is_known(tongue: str) -> Callable[[str], bool]:
    """Whether a language has a word; its dictionary is read by one thread, where each would read it for itself."""
    simplemma.is_known(tongue, lang=tongue)
    return partial(simplemma.is_known, lang=tongue)
