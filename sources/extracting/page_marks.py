"""Numbers that may be those of pages, by where they stand in a paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

_GLUED_BEHIND = re.compile(r"(?<![\w.])(?P<word>[^\W\d_]{2,}[.,;:!?\"”’')]*)(?P<number>\d{1,3})(?=\s|$)")
_GLUED_BEFORE = re.compile(r"(?<![\w.,$£€:/-])(?P<number>\d{1,4})(?=(?P<word>[^\W\d_]{2,}|[AIO]\b))")
_INSIDE = re.compile(r"(?<![\w.])(?P<word>[^\W\d_]{2,})(?P<number>\d{1,3})(?=[^\W\d_]{2})")
_LEADING = re.compile(r"^(?P<number>\d{1,3})(?=\s+[\"“‘'(]?(?P<next>[^\W\d_]+))")
_LOOSE = re.compile(r"(?<!\S)(?P<number>\d{1,3})(?=\s|(?P<word>[^\W\d_]{2}))")
_LONE = re.compile(r"^\W*(?:page|pg|p)?\.?\s*(?P<number>\d{1,4})\W*$", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_ALONE_AT_LEAST = 2
_ORDINALS = frozenset("st nd rd th ds am pm er ère ere re ème eme bis ter nd de ste ten ro ra mo vo".split())
# Words of their own that also follow a number without a space: measures and times.
_UNITS = _ORDINALS | frozenset(
    "in ft yd mi lb lbs oz cwt dwt km cm mm kg mg ml cl hl cc hp mph kw hr hrs min mins sec to do me mal fach"
    " bn mn yr yrs".split()
)
# The beginnings of the months in the languages of the desk: "5 March", "5 de marzo" heads an entry of a diary.
_MONTHS = tuple(
    "jan feb mar apr may jun jul aug sep oct nov dec ene abr ago dic de fév avr mai jui aoû déc mär okt dez gen mag"
    " giu lug set ott fev out".split()
)


@dataclass(frozen=True)
class Mark:
    """A number that may be a page's. `proven`: its place alone says so; `glued_to`: the word without a space."""

    paragraph: int
    start: int
    end: int
    number: int
    glued_to: str = ""
    proven: bool = False

    def is_before(self, other: Mark) -> bool:
        """Whether it stands before the other in reading order."""
        return (self.paragraph, self.start) < (other.paragraph, other.start)


def standing_alone(text: str) -> list[str]:
    """The words of a paragraph that no number is glued to."""
    return [found[0] for found in _WORD.finditer(text) if not text[max(0, found.start() - 1)].isdigit()]


def is_lone(text: str) -> bool:
    """Whether a paragraph is a number and nothing else."""
    return _LONE.match(text) is not None


def may_be_year(number: int) -> bool:
    """Whether a number is more likely a year than a page."""
    return 1000 <= number <= 2100


def marks_of(index: int, text: str, alone: Counter[str]) -> list[Mark]:
    """The numbers of a paragraph that stand as page numbers are left standing; `alone` counts words."""
    lone = _LONE.match(text)
    if lone:
        return [] if may_be_year(int(lone["number"])) else [_mark(index, lone, proven=True)]
    found = [
        _mark(index, match)
        for match in _LEADING.finditer(text)
        if not match["next"].lower().startswith(_MONTHS)
    ]
    found += [_mark(index, match) for match in (*_GLUED_BEHIND.finditer(text), *_INSIDE.finditer(text))]
    for match in _GLUED_BEFORE.finditer(text):
        word = match["word"]
        if not may_be_year(int(match["number"])) and word.lower() not in _UNITS:
            found.append(_mark(index, match, proven=word.islower() and alone[word] >= _ALONE_AT_LEAST))
    return sorted(found, key=lambda mark: mark.start)


def loose_marks(index: int, text: str) -> Iterator[Mark]:
    """Numbers in mid-sentence, and those glued to what may be a unit: pages only if nothing else can be."""
    for match in _LOOSE.finditer(text):
        if (match["word"] or "").lower() not in _ORDINALS:
            yield _mark(index, match)


def _mark(index: int, match: re.Match[str], *, proven: bool = False) -> Mark:
    word = match.groupdict().get("word") or ""
    return Mark(index, match.start("number"), match.end("number"), int(match["number"]), word, proven)
