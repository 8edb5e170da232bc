"""Passages as a prompt shows them, and where what is said of them lies in the sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bookgen_site.lib.once import once_each
from engine.authors.base import FactDraft, SourceText, Span
from engine.authors.extract.reading import read
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


@once_each(most=256)
def _cut(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(split_passages(text))


def all_of(source: SourceText) -> tuple[Shown, ...]:
    """All passages of a source, in order."""
    return tuple(
        _shown(source, number, start, end) for number, (start, end) in enumerate(_cut(source.text), 1)
    )


def _shown(source: SourceText, number: int, start: int, end: int) -> Shown:
    about = ", ".join(part for part in (source.author, source.title, str(source.year or "")) if part)
    return Shown(f"P{source.number}-{number}", Span(source.number, start, end), source, about)


def behind(facts: Iterable[FactDraft], sources: Iterable[SourceText]) -> tuple[Shown, ...]:
    """The passages that hold the facts and what else says the same, each once, in the order of the facts."""
    by_number = {source.number: all_of(source) for source in sources}
    found: dict[str, Shown] = {}
    for fact in facts:
        for span in (*fact.sentences, *fact.also):
            for passage in by_number.get(span.source, ()):
                if passage.span.start < span.end and span.start < passage.span.end:
                    found.setdefault(passage.name, passage)
    return tuple(found.values())


_FOLDS = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "—": "-", "–": "-"}
)
_WORD = re.compile(r"\S+")


def quoted(passage: Shown, quote: str) -> tuple[Span, ...]:
    """The whole sentences of the passage in which a quotation stands; none when it isn't there word for word.

    White space and the kinds of quotation marks and dashes don't count.
    """
    wanted = [word.translate(_FOLDS) for word in quote.split()]
    words = list(_WORD.finditer(passage.text))
    have = [word.group().translate(_FOLDS) for word in words]
    for place in _places(have, wanted):
        first, last = words[place].start(), words[place + len(wanted) - 1].end()
        if spans := tuple(_sentences_over(passage, first, last)):
            return spans
    return ()


def _places(have: list[str], wanted: list[str]) -> Iterator[int]:
    """Where the words stand one after another; the marks around the whole may differ."""
    if len(wanted) < 3:  # fewer words stand everywhere and prove nothing
        return
    bare = [_bare(word) for word in wanted]
    for place in range(len(have) - len(wanted) + 1):
        if all(
            _bare(one) == other for one, other in zip(have[place : place + len(wanted)], bare, strict=True)
        ):
            yield place


def _bare(word: str) -> str:
    return word.strip("\"'.,;:!?()[]-…")


def _sentences_over(passage: Shown, first: int, last: int) -> Iterator[Span]:
    """The sentences of the source as the lists at the end of the book read them too."""
    first, last = passage.span.start + first, passage.span.start + last
    for sentence in read(passage.source).sentences:
        if sentence.start < last and first < sentence.end:
            yield Span(passage.span.source, sentence.start, sentence.end)
