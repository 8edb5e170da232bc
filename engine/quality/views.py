"""A section as the checks see it: plain data, read once from the rows (`engine.quality.rows`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from biographies.vocabulary import ChapterKind
from engine.reading import Stretch, TextBlock
from sources.sentences import sentences as split

LISTS = (
    ChapterKind.TIMELINE,
    ChapterKind.GLOSSARY,
    ChapterKind.DRAMATIS_PERSONAE,
    ChapterKind.BIBLIOGRAPHY,
)


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """A citation with what its source really says at its place ("" when the place doesn't exist)."""

    number: int
    sentence: str
    quote: str
    stored: str
    verdict: str
    because: str = ""
    source: int = 0
    start: int = 0  # of the quotation, in the source's text
    opinion: str = ""  # of a model, where the rules left it open; "" when none was asked
    opinion_because: str = ""

    @property
    def stands(self) -> bool:
        """Whether its source really says these words at this place."""
        return bool(self.quote) and self.stored == self.quote


@dataclass(frozen=True, slots=True)
class Signed:
    """A source with signs of injection: [name, start, end] into its text."""

    number: int
    title: str
    signs: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class About:
    """What all sections of a book share. `texts` are the stored texts of its sources, by number."""

    name: str = ""
    language: str = "en"
    description: str = ""
    texts: Mapping[int, str] = field(default_factory=dict)
    own: frozenset[int] = frozenset()  # the sources that the subject wrote
    addresses: frozenset[str] = frozenset()  # every URL of a source
    signed: tuple[Signed, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of the text. `block` is its paragraph, `marks` its citations, `source` the first one's."""

    text: str
    block: int
    marks: tuple[int, ...] = ()
    source: int = 0


@dataclass(frozen=True)
class SectionView:
    """One section: its text in blocks, its citations, and the dates of the facts it tells."""

    name: str
    kind: str
    blocks: tuple[TextBlock, ...]
    words: int
    target_words: int
    citations: tuple[CitedSentence, ...]
    dates: tuple[dt.date, ...]
    text: str = ""  # as stored, in Markdown
    about: About = field(default_factory=About)
    tolerance: float = 0.25  # share of the target by which its author may miss it

    @cached_property
    def by_sentence(self) -> dict[str, list[CitedSentence]]:
        """The citations that stand, by the sentence that they belong to."""
        found: dict[str, list[CitedSentence]] = {}
        for one in self.citations:
            if one.stands:
                found.setdefault(one.sentence, []).append(one)
        return found

    @cached_property
    def paragraphs(self) -> tuple[str, ...]:
        """The words of each block, without marks."""
        return tuple("".join(one.text for one in block.stretches) for block in self.blocks)

    @cached_property
    def cited(self) -> dict[int, CitedSentence]:
        """The citations by number."""
        return {one.number: one for one in self.citations}

    @cached_property
    def told(self) -> tuple[Told, ...]:
        """All sentences of the text, but for headings, labels and the compiler's own words in italics."""
        return tuple(self._told())

    def _told(self) -> Iterator[Told]:
        for place, block in enumerate(self.blocks):
            if block.kind == "heading":
                continue
            for stretch in block.stretches:
                if not stretch.italic and not stretch.bold:
                    yield from self._sentences(place, stretch)

    def _sentences(self, block: int, stretch: Stretch) -> Iterator[Told]:
        source = next((self.cited[mark].source for mark in stretch.marks if mark in self.cited), 0)
        for start, end in split(stretch.text):
            yield Told(stretch.text[start:end], block, stretch.marks, source)

    def place_of(self, words: str, marks: tuple[int, ...]) -> str:
        """The cited sentence that holds these words, which the desk can mark; else the words themselves."""
        for mark in marks:
            sentence = self.cited[mark].sentence if mark in self.cited else ""
            if words and words in sentence:
                return sentence
        return words

    def sentence_at(self, block: int, words: str) -> str:
        """The sentence of a block that holds these words, as the desk can mark it; else the words."""
        for told in self.told:
            if told.block == block and words in told.text:
                return self.place_of(told.text, told.marks)
        return words
