"""A text without what hides its words: invisible characters, look-alike letters, letters of mathematics."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from sources.injection.base import Sign
from sources.injection.tokens import LOOKALIKES

# Capitals that look alike; the small letters are folded with the words too.
_CAPITALS: Final = str.maketrans("АЕОРСУХІЈЅВКМНТΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "AEOPCYXIJSBKMHTABEZHIKMNOPTYX")
# Soft hyphens, joiners, zero-width and variation marks; tag characters stay, they are a sign of their own.
_UNSEEN: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]"
)
_MIXED: Final = re.compile(r"[^\W\d_]*[A-Za-z][^\W\d_]*")
_PLAIN_STYLES: Final = re.compile("[\u2100-\u214f\uff01-\uff5e\U0001d400-\U0001d7ff]")


class Folded:
    """A text as it's read by whoever doesn't see the difference, and where each of its characters came from."""

    def __init__(self, text: str) -> None:
        """Fold a text; most texts need nothing."""
        self._places: list[int] | None = None
        self.text = text
        if text.isascii():
            return
        if _UNSEEN.search(text):
            self._places = [at for at, char in enumerate(text) if not _UNSEEN.match(char)]
            self.text = "".join(map(text.__getitem__, self._places))
        self.text = _PLAIN_STYLES.sub(_in_plain_style, self.text)
        self.text = _MIXED.sub(lambda match: _alike(match[0]), self.text)

    def back(self, sign: Sign) -> Sign:
        """A sign in the folded text as a sign in the text that was given."""
        if self._places is None:
            return sign
        return Sign(sign.name, self._places[sign.start], self._places[sign.end - 1] + 1, sign.weak)


def _in_plain_style(match: re.Match[str]) -> str:
    plain = unicodedata.normalize("NFKC", match[0])
    return plain if len(plain) == 1 else match[0]


def _alike(word: str) -> str:
    """A word of Latin and other letters in Latin ones alone."""
    return word if word.isascii() else word.translate(LOOKALIKES).translate(_CAPITALS)
