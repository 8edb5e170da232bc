"""Printed page numbers that a transcription left in the prose, told from real numbers by evidence.

Three kinds of evidence: the number is glued to the front of a word that the document also uses alone
("266he", but never "19th"); or glued numbers rise step by step through the document, as pages do; or a
number is exactly the one that is missing between two of those.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sources.extracting.page_marks import Mark, is_lone, loose_marks, marks_of, may_be_year, standing_alone

_LONGEST_STEP = 3  # pages of plates and blank pages carry no number
_SHORTEST_CHAIN = 3
_GLUED_BEFORE_YEAR = re.compile(r"(?<![\w.,$£€:/-])(?P<number>[12]\d{3})(?=(?P<word>[^\W\d_]{2,}))")


def strip_page_numbers(paragraphs: Sequence[str]) -> list[str]:
    """Return the paragraphs without page numbers; a paragraph that was only a number becomes ""."""
    alone = Counter(word for text in paragraphs for word in standing_alone(text))
    marks = [mark for index, text in enumerate(paragraphs) for mark in marks_of(index, text, alone)]
    chain = _chain(marks)
    doomed = {*chain, *_missing(chain, paragraphs), *(mark for mark in marks if mark.proven)}
    result = list(paragraphs)
    for mark in sorted(doomed, key=lambda found: (found.paragraph, found.start), reverse=True):
        result[mark.paragraph] = _cut(result[mark.paragraph], mark, alone)
    return [_parted(text, alone) for text in result]


def _chain(marks: Sequence[Mark]) -> list[Mark]:
    """The longest run of marks in reading order whose numbers rise by one to three."""
    longest: dict[int, tuple[int, Mark]] = {}
    before: dict[Mark, Mark] = {}
    for mark in marks:
        steps = [longest[number] for number in _smaller(mark.number) if number in longest]
        length, previous = max(steps, key=lambda step: step[0], default=(0, mark))
        if length:
            before[mark] = previous
        if length + 1 > longest.get(mark.number, (0, mark))[0]:
            longest[mark.number] = (length + 1, mark)
    _length, last = max(longest.values(), key=lambda step: step[0], default=(0, None))
    chain: list[Mark] = []
    while last is not None:
        chain.append(last)
        last = before.get(last)
    return chain[::-1] if _convinces(chain) else []


def _smaller(number: int) -> range:
    return range(number - _LONGEST_STEP, number)


def _convinces(chain: Sequence[Mark]) -> bool:
    """Numbers at the head of paragraphs may count the paragraphs; a word with a number may be a name."""
    glued = [mark for mark in chain if mark.glued_to]
    return len(chain) >= _SHORTEST_CHAIN and len({mark.glued_to for mark in glued}) >= 2


def _missing(chain: Sequence[Mark], paragraphs: Sequence[str]) -> Iterator[Mark]:
    """Numbers between two pages of the chain that are the very pages missing there."""
    for one, other in pairwise(chain):
        wanted = range(one.number + 1, other.number)
        for index in range(one.paragraph, other.paragraph + 1) if wanted else ():
            for mark in loose_marks(index, paragraphs[index]):
                if mark.number in wanted and one.is_before(mark) and mark.is_before(other):
                    yield mark


def _cut(text: str, mark: Mark, alone: Counter[str]) -> str:
    if is_lone(text):
        return ""
    head, tail = text[: mark.start], text[mark.end :]
    if not head.strip():
        return tail.lstrip()
    if head[-1].isspace() and tail[:1].isspace():
        return head + tail.lstrip()
    return head + (" " if _are_two_words(head, tail, alone) else "") + tail


def _are_two_words(head: str, tail: str, alone: Counter[str]) -> bool:
    """Whether the number stood between two words, not inside of one ("in269able", "some270thing")."""
    left, right = re.search(r"[^\W\d_]+$", head[-60:]), re.match(r"[^\W\d_]+", tail[:60])
    return bool(left and right and alone[left[0]] and alone[right[0]])


def _parted(text: str, alone: Counter[str]) -> str:
    """ "1838he" is a year and a word: neither is debris, but a space is missing."""

    def spaced(match: re.Match[str]) -> str:
        is_year = may_be_year(int(match["number"])) and match["word"].islower() and alone[match["word"]] > 1
        return f"{match[0]} " if is_year else match[0]

    return _GLUED_BEFORE_YEAR.sub(spaced, text)
