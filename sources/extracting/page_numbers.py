"""Printed page numbers that a transcription left in the prose, told from real numbers by evidence.

Two kinds of evidence: the numbers rise step by step through the document, as pages do; or a number is
glued to the front of a word that the same document also uses alone ("266he", but never "19th").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_GLUED_BEHIND = re.compile(r"(?<![\w.])[^\W\d_]{2,}[.,;:!?\"”’')]*(?P<number>\d{1,3})(?=\s|$)")
_GLUED_BEFORE = re.compile(r"(?<![\w.,$£€:/-])(?P<number>\d{1,4})(?=(?P<word>[^\W\d_]{2,}))")
_LEADING = re.compile(r"^(?P<number>\d{1,3})(?=\s+[\"“‘'(]?[^\W\d_])")
_LONE = re.compile(r"^\W*(?:page|pg|p)?\.?\s*(?P<number>\d{1,4})\W*$", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
# Words of their own that also follow a number without a space: ordinals, book sizes, times, measures.
_UNITS = frozenset(
    "st nd rd th ds am pm in ft yd mi lb lbs oz cwt dwt km cm mm kg mg ml cl hl cc hp mph kw hr hrs min mins sec"
    " mo vo to do ro ra er ère ere re me ème eme bis ter nd de ste ten mal fach bn mn yr yrs".split()
)
_LONGEST_STEP = 3  # pages of plates and blank pages carry no number
_SHORTEST_CHAIN = 3
_ALONE_AT_LEAST = 2


@dataclass(frozen=True)
class _Mark:
    """A number that may be a page's: where it stands, and whether its place alone proves it."""

    paragraph: int
    start: int
    end: int
    number: int
    proven: bool = False


def strip_page_numbers(paragraphs: Sequence[str]) -> list[str]:
    """Return the paragraphs without page numbers; a paragraph that was only a number becomes ""."""
    alone = Counter(word for text in paragraphs for word in _standing_alone(text))
    marks = [mark for index, text in enumerate(paragraphs) for mark in _marks(index, text, alone)]
    doomed = _chain(marks) | {mark for mark in marks if mark.proven}
    result = list(paragraphs)
    for mark in sorted(doomed, key=lambda found: (found.paragraph, found.start), reverse=True):
        result[mark.paragraph] = _cut(result[mark.paragraph], mark)
    return [_parted(text, alone) for text in result]


def _standing_alone(text: str) -> list[str]:
    return [found[0] for found in _WORD.finditer(text) if not text[max(0, found.start() - 1)].isdigit()]


def _marks(index: int, text: str, alone: Counter[str]) -> list[_Mark]:
    lone = _LONE.match(text)
    if lone:
        number = int(lone["number"])
        return [] if _may_be_year(number) else [_mark(index, lone, proven=True)]
    found = [_mark(index, match) for match in (*_LEADING.finditer(text), *_GLUED_BEHIND.finditer(text))]
    for match in _GLUED_BEFORE.finditer(text):
        if not _may_be_year(int(match["number"])) and match["word"].lower() not in _UNITS:
            found.append(_mark(index, match, proven=_is_word(match["word"], alone)))
    return sorted(found, key=lambda mark: mark.start)


def _mark(index: int, match: re.Match[str], *, proven: bool = False) -> _Mark:
    return _Mark(index, match.start("number"), match.end("number"), int(match["number"]), proven)


def _is_word(word: str, alone: Counter[str]) -> bool:
    return word.islower() and alone[word] >= _ALONE_AT_LEAST


def _may_be_year(number: int) -> bool:
    return 1000 <= number <= 2100


def _chain(marks: Sequence[_Mark]) -> set[_Mark]:
    """The longest run of marks in reading order whose numbers rise by one to three."""
    longest: dict[int, tuple[int, _Mark]] = {}
    before: dict[_Mark, _Mark] = {}
    for mark in marks:
        steps = [longest[number] for number in _smaller(mark.number) if number in longest]
        length, previous = max(steps, key=lambda step: step[0], default=(0, mark))
        if length:
            before[mark] = previous
        if length + 1 > longest.get(mark.number, (0, mark))[0]:
            longest[mark.number] = (length + 1, mark)
    length, last = max(longest.values(), key=lambda step: step[0], default=(0, None))
    chain: set[_Mark] = set()
    while last is not None and length >= _SHORTEST_CHAIN:
        chain.add(last)
        last = before.get(last)
    return chain


def _smaller(number: int) -> range:
    return range(number - _LONGEST_STEP, number)


def _cut(text: str, mark: _Mark) -> str:
    head, tail = text[: mark.start], text[mark.end :]
    if _LONE.match(text):
        return ""
    return head + tail if head.strip() else tail.lstrip()


def _parted(text: str, alone: Counter[str]) -> str:
    """ "1838he" is a year and a word: neither is debris, but a space is missing."""
    return _GLUED_BEFORE.sub(
        lambda match: (
            match[0] + " " if _may_be_year(int(match[0])) and _is_word(match["word"], alone) else match[0]
        ),
        text,
    )
