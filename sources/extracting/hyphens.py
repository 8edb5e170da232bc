"""Words parted at the end of a line: whether the hyphen belongs to the word.

The document is its own best witness: how does it spell the word where no line ends? Only then is a
dictionary asked, and whether this document parts words at all ("ques-" is no word, "ship-" is).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import simplemma

from sources.language import detect

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*(?:-[^\W\d_]+)*")
_PARTED = re.compile(r"([^\W\d_]+)-$")
_FIRST = re.compile(r"^[^\W\d_]+(?:['’][^\W\d_]+)*")
_FRAGMENT_SHARE = 0.2  # of the parted words have a half that is no word, where a document parts words
_FEW = 4


@dataclass(frozen=True)
class Hyphens:
    """Joins the lines of one document; made by `study`."""

    words: Counter[str]
    language: str
    parts_words: bool

    def join(self, lines: Sequence[str]) -> str:
        """Return the lines of one paragraph as one line."""
        parts: list[str] = []
        for line in filter(None, (line.strip() for line in lines)):
            if parts:
                parts[-1] = self._seam(parts[-1], line)
            parts.append(line)
        return "".join(parts)

    def _seam(self, above: str, line: str) -> str:
        """The line above as it reads before `line`: with a space, its hyphen, or without it."""
        if above.endswith("\u00ad"):
            return above[:-1]
        head, tail = _parted(above), _FIRST.match(line)
        if not head:
            return above if above.endswith("-") and not above.endswith("--") else f"{above} "
        return above if not tail or self._keeps_hyphen(head[1], tail[0]) else above[:-1]

    def _keeps_hyphen(self, head: str, tail: str) -> bool:
        whole, hyphened = (head + tail).lower(), f"{head}-{tail}".lower()
        if self.words[whole] != self.words[hyphened]:
            return self.words[hyphened] > self.words[whole]
        if tail[0].isupper():
            return True
        if not (_known(head, self.language) and _known(tail, self.language)):
            return False
        return not (self.parts_words and _known(whole, self.language))


def study(lines: Sequence[str]) -> Hyphens:
    """Learn from the lines of a whole document how it spells and whether it parts words."""
    halves = [
        (head[1], tail[0])
        for line, following in pairwise(lines)
        if (head := _parted(line.rstrip())) and (tail := _FIRST.match(following.lstrip()))
    ]
    if not halves:
        return Hyphens(Counter(), "", parts_words=False)
    words = Counter(word.lower() for line in lines for word in _inner_words(line))
    language = detect(" ".join(lines[:200])) or "en"
    fragments = sum(not (_known(head, language) and _known(tail, language)) for head, tail in halves)
    return Hyphens(
        words, language, parts_words=len(halves) >= _FEW and fragments >= len(halves) * _FRAGMENT_SHARE
    )


def _parted(line: str) -> re.Match[str] | None:
    """The head of a word that the end of a line parts; no word is longer than sixty letters."""
    return _PARTED.search(line[-60:])


def _inner_words(line: str) -> list[str]:
    """The words of a line, without a first or last one that may be half a word."""
    found = _WORD.findall(line)
    return found[1 : -1 if line.rstrip().endswith("-") else None]


@lru_cache(maxsize=20_000)
def _known(word: str, language: str) -> bool:
    return simplemma.is_known(word.lower(), lang=language) or simplemma.is_known(word, lang=language)
