"""A text as passages: stretches of whole sentences, long enough to mean something, short enough to quote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil

from sources.sentences import Span, sentences

SHORTEST = 60  # words
LONGEST = 200

_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class _Piece:
    start: int
    end: int
    words: int
    paragraph: int


def split_passages(text: str) -> list[Span]:
    """Return the (start, end) offsets of the passages of `text`, in order; together they hold all of it.

    A passage has 60 to 200 words, ends where a sentence ends, and keeps paragraphs together where it
    can. Shorter only when the whole text is, or when what is left over can't join a neighbour; longer
    never, since a sentence of more than 200 words is cut between words.
    """
    pieces = list(_pieces(text))
    groups = [list(group) for _, group in groupby(pieces, key=lambda piece: piece.paragraph)]
    passages: list[list[_Piece]] = []
    pending: list[_Piece] = []
    for group in groups:
        pending.extend(group)
        length = _words(pending)
        if length > LONGEST:
            *full, pending = _portions(pending)
            passages.extend(full)
            length = _words(pending)
        if length >= SHORTEST:
            passages.append(pending)
            pending = []
    passages.extend([pending] if pending else [])
    return [(passage[0].start, passage[-1].end) for passage in _without_short_end(passages)]


def _words(pieces: Sequence[_Piece]) -> int:
    return sum(piece.words for piece in pieces)


def _pieces(text: str) -> Iterator[_Piece]:
    paragraph, previous = 0, 0
    for start, end in sentences(text):
        paragraph += "\n\n" in text[previous:start]
        previous = end
        words = list(_WORD.finditer(text, start, end))
        for first in range(0, len(words), LONGEST):
            part = words[first : first + LONGEST]
            yield _Piece(part[0].start(), part[-1].end(), len(part), paragraph)


def _portions(pieces: Sequence[_Piece]) -> list[list[_Piece]]:
    """Cut a long paragraph into portions of about the same length, none above LONGEST."""
    left = _words(pieces)
    portions: list[list[_Piece]] = [[]]
    target = left / ceil(left / LONGEST)
    for piece in pieces:
        length = _words(portions[-1])
        too_long = length + piece.words > LONGEST
        if portions[-1] and (too_long or (length + piece.words / 2 > target and length >= SHORTEST)):
            left -= length
            target = left / ceil(left / LONGEST)
            portions.append([])
        portions[-1].append(piece)
    return portions


def _without_short_end(passages: Sequence[list[_Piece]]) -> list[list[_Piece]]:
    """Let a short last passage join the one before, when both fit into one."""
    result = list(passages)
    if len(result) > 1 and _words(result[-1]) < SHORTEST and _words(result[-2] + result[-1]) <= LONGEST:
        result[-2:] = [result[-2] + result[-1]]
    return result
