"""A person's name and how others write it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import dropwhile

# Letters that Unicode doesn't take apart into a base letter and a mark.
_WHOLE_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe"}
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?")
_NO_FAMILY_NAME = frozenset("jr sr ii iii iv v the of esq".split())
_PARTICLES = frozenset(
    "de da di do dos das del della la le van von der den ter ten y e al el bin ibn abu".split()
)
_TITLES = frozenset(
    "mr mrs miss ms mme mlle dr prof professor sir dame lord lady rev hon president queen king saint"
    " madame pope".split()
)


@dataclass(frozen=True)
class PersonName:
    """A name in folded words: all of them, the given name and the family name (both may be the same)."""

    words: tuple[str, ...]
    given: str
    family: str

    def is_author(self, author: str) -> bool:
        """Whether one of the names in `author` ("A. Smith; B. Jones") is this person's."""
        return any(self._same(parse_name(part)) for part in re.split(r"[;&]|\band\b", author) if part.strip())

    def _same(self, other: PersonName | None) -> bool:
        if other is None or not self.family or other.family != self.family:
            return other is not None and _inverted(other) == self.words
        if len(self.words) == 1 or self.given == other.given:
            return True
        initial = min(self.given, other.given, key=len)
        return len(initial) == 1 and self.given[:1] == other.given[:1]


def fold_name(text: str) -> str:
    """Return the text in small letters without accents, word by word comparable."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_WHOLE_LETTERS))
    return "".join(char for char in plain if not unicodedata.combining(char)).translate(_WHOLE_LETTERS)


@lru_cache(maxsize=512)
def parse_name(name: str) -> PersonName | None:
    """Take a name apart; titles, particles and "Jr." aren't names. None when nothing is left."""
    bare = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", fold_name(name))
    if bare.count(",") == 1 and bare.split(",")[1].strip(" .") not in _NO_FAMILY_NAME:
        family, given = bare.split(",")
        bare = f"{given} {family}"
    found = [word.rstrip(".") for word in _WORD.findall(bare)]
    # A title stands in front; behind it may be a family name (King, Pope, Lord).
    names = list(dropwhile(_TITLES.__contains__, found[:-1])) + found[-1:]
    words = tuple(word for word in names if word not in _PARTICLES | _NO_FAMILY_NAME)
    return PersonName(words, words[0], words[-1]) if words else None


def _inverted(name: PersonName) -> tuple[str, ...]:
    """Family name first, as in East Asia and Hungary."""
    return (name.words[-1], *name.words[:-1])
