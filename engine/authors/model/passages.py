"""Passages as a prompt shows them, and where what is said of them lies in the sources."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bookgen_site.lib.once import once_each
from engine.authors.base import FactDraft, SourceText, Span
from engine.authors.extract.reading import MOST_KEPT, ROOM, length, read
from engine.prompts import Block
from sources.injection import signs
from sources.passages import split_passages
from sources.sentences import sentences


@dataclass(frozen=True, slots=True)
class Shown:
    """One passage of a source under the name that the prompt gives it."""

    name: str
    span: Span
    source: SourceText
    about: str

    @property
    def text(self) -> str:
        """As it is stored; offsets into it count from the span's start."""
        return self.source.text[self.span.start : self.span.end]

    def block(self) -> Block:
        """As it stands in a prompt: sentences that speak to a model instead of a reader are left out."""
        return Block(self.name, readable(self.text), self.about)


@once_each(most=4096)
def readable(text: str) -> str:
    """The text without its sentences that bear signs of injection."""
    seen = signs(text)
    if not seen:
        return text
    kept = [
        text[start:end]
        for start, end in sentences(text)
        if not any(sign.start < end and start < sign.end for sign in seen)
    ]
    return " ".join([*kept, "[…]"])


@once_each(most=MOST_KEPT, room=ROOM, size=length)
def all_of(source: SourceText) -> tuple[Shown, ...]:
    """All passages of a source, in order."""
    cut = split_passages(source.text)
    return tuple(_shown(source, number, start, end) for number, (start, end) in enumerate(cut, 1))


def _shown(source: SourceText, number: int, start: int, end: int) -> Shown:
    about = ", ".join(part for part in (source.author, source.title, str(source.year or "")) if part)
    return Shown(f"P{source.number}-{number}", Span(source.number, start, end), source, about)


def behind(facts: Iterable[FactDraft], sources: Iterable[SourceText]) -> tuple[Shown, ...]:
    """The passages that hold the facts and what else says the same, each once, in the order of the facts."""
    by_number = {source.number: source for source in sources}
    found: dict[str, Shown] = {}
    for fact in facts:
        for span in (*fact.sentences, *fact.also):
            if source := by_number.get(span.source):
                found |= {passage.name: passage for passage in _over(span, all_of(source))}
    return tuple(found.values())


def _over(span: Span, passages: Sequence[Shown]) -> Iterator[Shown]:
    """The passages that hold a part of the span; both ends of the passages of a source rise."""
    first = bisect_right(passages, span.start, key=lambda one: one.span.end)
    for passage in passages[first:]:
        if passage.span.start >= span.end:
            return
        yield passage


_FOLDS = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "—": "-", "–": "-"}
)
_WORD = re.compile(r"\S+")


def quoted(passage: Shown, quote: str) -> tuple[Span, ...]:
    """The whole sentences of the passage in which a quotation stands; none when it isn't there word for word.

    White space and the kinds of quotation marks and dashes don't count.
    """
    wanted = [_bare(word) for word in quote.split()]
    have, ends = _words(passage.text)
    for place in _places(have, wanted):
        first, last = ends[place][0], ends[place + len(wanted) - 1][1]
        if spans := tuple(_sentences_over(passage, first, last)):
            return spans
    return ()


@once_each(most=256)
def _words(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    """The words of a passage, folded and bare, and where each stands: its quotations are many."""
    found = list(_WORD.finditer(text))
    return [_bare(word.group()) for word in found], [word.span() for word in found]


def _places(have: list[str], wanted: list[str]) -> Iterator[int]:
    """Where the words stand one after another; the marks around each may differ."""
    if len(wanted) < 3:  # fewer words stand everywhere and prove nothing
        return
    for place in range(len(have) - len(wanted) + 1):
        if have[place] == wanted[0] and have[place : place + len(wanted)] == wanted:
            yield place


def _bare(word: str) -> str:
    return word.translate(_FOLDS).strip("\"'.,;:!?()[]-…")


def _sentences_over(passage: Shown, first: int, last: int) -> Iterator[Span]:
    """The sentences of the source as the lists at the end of the book read them too."""
    first, last = passage.span.start + first, passage.span.start + last
    sentences = read(passage.source).sentences
    for sentence in sentences[bisect_right(sentences, first, key=lambda one: one.end) :]:
        if sentence.start >= last:
            return
        yield Span(passage.span.source, sentence.start, sentence.end)
