"""A text as words that can be compared across spellings, and still know how they were written."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from anyascii import anyascii

from sources.people import fold_name

# An apostrophe belongs to a word (O'Brien), a hyphen doesn't: the parts of Skłodowska-Curie are names too.
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+")
_POSSESSIVE = re.compile(r"['’]s?$")
_ELISION = re.compile(r"^(?:d|l|dell|dall|qu)['’](?=\w{2})")
_SOUNDS = (
    *(
        ("sch", "s"),
        ("tsch", "c"),
        ("tch", "c"),
        ("tz", "c"),
        ("ch", "c"),
        ("cz", "c"),
        ("sh", "s"),
        ("sz", "s"),
    ),
    *(("kh", "h"), ("zh", "z"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("gh", "g"), ("ck", "k"), ("qu", "k")),
    *(
        ("ou", "u"),
        ("oo", "u"),
        ("ks", "x"),
        ("w", "v"),
        ("y", "i"),
        ("j", "i"),
        ("q", "k"),
        ("c", "k"),
        ("ii", "i"),
    ),
    *(("iu", "u"), ("ia", "a"), ("io", "o"), ("ie", "e")),
)
_TWICE = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in order: as written, folded for comparison, and where each begins and ends."""

    text: str
    raw: tuple[str, ...]
    folded: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    def gap(self, place: int) -> str:
        """What stands between the word at `place` and the next."""
        return self.text[self.spans[place][1] : self.spans[place + 1][0]]

    def is_name_like(self, place: int) -> bool:
        """Whether the word begins with a capital behind its elided article ("d’Arc"), or its script has none."""
        return not _ELISION.sub("", self.raw[place])[0].islower()

    def __len__(self) -> int:
        return len(self.raw)


def words_of(text: str) -> Words:
    """Cut a text into words and numbers."""
    found = list(_WORD.finditer(text))
    raw = tuple(one[0] for one in found)
    known = {word: fold_word(word) for word in set(raw)}
    return Words(text, raw, tuple(known[word] for word in raw), tuple(one.span() for one in found))


def fold_word(word: str) -> str:
    """The word in small Latin letters without accents, possessive or elided article: "l’Ávila's" is "avila"."""
    plain = fold_name(word)
    bare = _POSSESSIVE.sub("", _ELISION.sub("", plain) if "'" in plain or "’" in plain else plain)
    return bare if bare.isascii() else anyascii(bare).lower().replace("'", "")


def sound_of(word: str) -> str:
    """A rough sound of a folded word, the same for its usual transliterations: Tolstoy, Tolstoi, Tolstoj."""
    for spelling, sound in _SOUNDS:
        word = word.replace(spelling, sound)
    return _TWICE.sub(r"\1", word).rstrip("aeiou") or word


def mapped(folded: tuple[str, ...], change: Callable[[str], str]) -> tuple[str, ...]:
    """The words, each changed in the same way; every distinct word is changed once."""
    known = {word: change(word) for word in set(folded)}
    return tuple(known[word] for word in folded)
