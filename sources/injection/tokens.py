"""A text as words that can be compared: without accents, look-alike letters, digits for letters and slips."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from sources.injection.vocabulary import OPENING, OVERRIDE, RULES, SAY

# The Cyrillic and Greek letters that look like Latin ones (Unicode UTS #39, confusables, the common part).
LOOKALIKES: Final = str.maketrans(
    "аеорсухіјѕԁһӏԛԝвкмнтгпбάαβεινορτυχκηЈѕ", "aeopcyxijsdhlqwbkmhtrnbaabeivoptuxknJs"
)
_LEET: Final = str.maketrans("01345789@$!", "oieastbgasi")
_WORD: Final = re.compile(r"[^\W_]+(?:[@$!][^\W_]+)*")
_BREAKS: Final = frozenset(".!?:;,\n\"'“”‘«»„()[]{}<>*#`—–-_/|…。、¿¡")
_SLIPS_OF: Final = 6  # letters; shorter words have too many neighbours that are words themselves


class Word(NamedTuple):  # of which a source has ten thousands: no other kind is made so fast
    """A word of the text, folded, with its place; `opens`: it may begin a command, and stands where one begins."""

    key: str
    start: int
    end: int
    opens: bool


def keys_of(text: str) -> Iterator[str]:
    """The words of a text, folded, in reading order."""
    return map(_key, _WORD.findall(text))


def words_of(text: str) -> list[Word]:
    """The words of a text in reading order."""
    return [
        Word(key := _key(match[0]), *match.span(), key in OPENING and _opens(text, match.start()))
        for match in _WORD.finditer(text)
    ]


def _opens(text: str, start: int) -> bool:
    place = start - 1
    while place >= 0 and text[place] == " ":
        place -= 1
    if place > 0 and text[place] in "'’" and text[place - 1].isalpha():
        return False  # "d'ignorer"
    return place < 0 or text[place] in _BREAKS


@lru_cache(maxsize=50_000)
def _key(word: str) -> str:
    folded = _fold(word)
    if not folded.isalpha() and any(char.isalpha() for char in folded):
        folded = folded.translate(_LEET)
    return _slips().get(folded, folded)


def _fold(word: str) -> str:
    folded = unicodedata.normalize("NFKC", word).casefold()
    if folded.isascii():
        return folded
    if any("a" <= char <= "z" for char in folded):  # Latin and others in one word: made to look alike
        folded = folded.translate(LOOKALIKES)
    plain = unicodedata.normalize("NFKD", folded)
    return "".join(char for char in plain if not unicodedata.combining(char))


@lru_cache(maxsize=1)
def _slips() -> dict[str, str]:
    """Long words of command with two neighbouring letters turned: "ignroe", "isntructions", "pritn"."""
    words = sorted(OVERRIDE | RULES | SAY | {"previous"})
    known = set(words)
    turned = {
        word[:place] + word[place + 1] + word[place] + word[place + 2 :]: word
        for word in words
        if len(word) >= _SLIPS_OF or word == "print"
        for place in range(len(word) - 1)
    }
    return {slip: word for slip, word in turned.items() if slip not in known}
