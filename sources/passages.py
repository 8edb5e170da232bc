"""A text as passages: stretches of whole sentences, long enough to mean something, short enough to quote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil

from sources.counting import WORD
from sources.sentence_signs import Span
from sources.sentences import sentences

SHORTEST = 60  # words
LONGEST = 200


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
    return [(passage[0].start, passage[-1].end) for passage in _mended(passages)]


def _words(pieces: Sequence[_Piece]) -> int:
    return sum(piece.words for piece in pieces)


def _pieces(text: str) -> Iterator[_Piece]:
    paragraph, previous = 0, 0
    for start, end in sentences(text):
        paragraph += "\n\n" in text[previous:start]
        previous = end
        words = [word.span() for word in WORD.finditer(text, start, end)]
        for part in _parts(text, words):
            yield _Piece(part[0][0], part[-1][1], len(part), paragraph)


def _parts(text: str, words: Sequence[Span]) -> Iterator[Sequence[Span]]:
    """The words of a sentence, in even parts where it is longer than a passage may be, cut at spaces if it has any."""
    left = ceil(len(words) / LONGEST)
    first = 0
    while left > 1:
        last = first + ceil((len(words) - first) / left)
        spaced = (at for at in range(last, first + SHORTEST, -1) if text[words[at][0] - 1].isspace())
        last = next(spaced, last)
        yield words[first:last]
        first, left = last, left - 1
    yield words[first:]


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


def _mended(passages: Sequence[list[_Piece]]) -> list[list[_Piece]]:
    """Let a short passage join a neighbour, or take sentences from one, where both then have the right length."""
    result = list(passages)
    for place in range(len(result) - 1, -1, -1):
        if len(result) == 1 or _words(result[place]) >= SHORTEST:
            continue
        for first in (place - 1, place):
            if first < 0 or first + 1 >= len(result):
                continue
            shared = _shared(result[first] + result[first + 1])
            if shared:
                result[first : first + 2] = shared
                break
    return result


def _shared(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Two neighbours as one passage, or cut anew as evenly as sentences allow; [] if one stays too short or long."""
    whole = _words(pieces)
    if whole <= LONGEST:
        return [pieces]
    heads = [(_words(pieces[:at]), at) for at in range(1, len(pieces))]
    fitting = [(abs(2 * head - whole), at) for head, at in heads if _fits(head) and _fits(whole - head)]
    return [pieces[: min(fitting)[1]], pieces[min(fitting)[1] :]] if fitting else []


def _fits(words: int) -> bool:
    return SHORTEST <= words <= LONGEST
