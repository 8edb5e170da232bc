"""Facts in the order of telling become paragraphs: verbatim sentences, lead-ins, quotation marks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from engine.authors.base import FactDraft, Paragraph, Piece, SourceText, Span
from engine.authors.extract.candidates import speaks
from engine.authors.extract.events import stems_of
from engine.authors.extract.grammar import grammar_of, word_pattern
from engine.authors.extract.leadins import GAP, LeadIns, speaker_of, work_title
from engine.authors.extract.leaning import SUBJECT, leanings
from engine.authors.extract.person import Person
from engine.authors.extract.reading import read

_ENOUGH = 75  # words: four to seven lines of a book page
_MOST = 125
_THIN = 40  # words of a paragraph that takes in what happened years later
_TAIL = 30  # words too few for a paragraph of their own
_CITES = 3  # notes at one sentence
_LIKE = 0.3  # share of its long words that another source's sentence must repeat to be cited beside it
_JUMP = 366 * 2  # days between two facts that are not told in one breath


@dataclass(frozen=True, slots=True)
class Told:
    """A fact with what printing needs: whether it is a quotation, and how it leans."""

    fact: FactDraft
    quoted: bool
    leans: bool
    first: int
    last: int

    @property
    def source(self) -> int:
        """The number of the source."""
        return self.fact.sentences[0].source

    @property
    def words(self) -> int:
        """Words of the fact."""
        return len(self.fact.text.split())


@dataclass(slots=True)
class _Page:
    """Paragraphs being made."""

    done: list[Paragraph] = field(default_factory=list)
    open: list[Told] = field(default_factory=list)


class Teller:
    """Writes one chapter or section."""

    def __init__(self, person: Person, sources: tuple[SourceText, ...]) -> None:
        self.person = person
        self.sources = {source.number: source for source in sources}
        self.leadins = LeadIns(person, self.sources)

    def tell(self, facts: tuple[FactDraft, ...]) -> tuple[Paragraph, ...]:
        """Paragraphs of all facts, in this order; facts whose source is gone are left out."""
        told = [
            self._told(fact) for fact in facts if fact.sentences and fact.sentences[0].source in self.sources
        ]
        groups: list[list[Told]] = []
        for one in told:
            if groups and self._goes_on(groups[-1], one):
                groups[-1].append(one)
            else:
                groups.append([one])
        paragraphs = []
        before: Told | None = None
        for group in groups:
            paragraphs.append(Paragraph(tuple(self._pieces(group, before))))
            before = group[-1]
        return tuple(paragraphs)

    def _told(self, fact: FactDraft) -> Told:
        source = self.sources[fact.sentences[0].source]
        reading = read(source)
        first = reading.at(fact.sentences[0]).index
        last = reading.at(fact.sentences[-1]).index
        leans = leanings(source, self.person)[first] == SUBJECT
        return Told(fact, speaks(fact, source, self.person), leans, first, last)

    def _goes_on(self, group: list[Told], one: Told) -> bool:
        last = group[-1]
        if last.quoted != one.quoted or self._voice(last) != self._voice(one):
            return False  # a paragraph has one voice, which its lead-in or an earlier one names
        words = sum(each.words for each in group)
        near = last.source == one.source and one.first == last.last + 1
        tail = near and one.words < _TAIL
        if words + one.words > _MOST or (words >= _ENOUGH and not tail):
            return False
        if one.leans and not near and not self._is_about_subject(last):
            return False
        return near or words < _THIN or not _is_far(last.fact, one.fact)

    def _voice(self, one: Told) -> tuple[str, str]:
        source = self.sources[one.source]
        return speaker_of(source, one.fact.sentences[0].start), work_title(source)

    def _is_about_subject(self, one: Told) -> bool:
        others = [name for name in one.fact.people if not self.person.is_called(name)]
        return not others and (one.leans or self.person.named_in(one.fact.text))

    def _pieces(self, group: list[Told], before: Told | None) -> list[Piece]:
        pieces = [Piece(text, lead=True, italic=True) for text in [self._leadin(group[0], before)] if text]
        for place, one in enumerate(group):
            last = group[place - 1]
            if place and one.quoted and (one.source != last.source or one.first != last.last + 1):
                pieces.append(Piece(GAP, lead=True, quoted=True))
            pieces.extend(self._sentences(one))
        return pieces

    def _leadin(self, one: Told, before: Told | None) -> str:
        start = one.fact.sentences[0].start
        if one.quoted:
            same = before is not None and before.quoted and self._voice(before) == self._voice(one)
            return "" if same else self.leadins.for_speaker(one.source, start)
        if before is not None and self._voice(before) != self._voice(one):
            return self.leadins.for_teller(one.source, start)  # else the one before would seem to go on
        if not (one.leans or self._lacks_subject(one, before)):
            return ""
        follows = before is not None and not before.quoted and self._is_about_subject(before)
        return "" if follows else self.leadins.about_subject(one.source, start)

    def _lacks_subject(self, one: Told, before: Told | None) -> bool:
        """Whether "he" stands there before the subject is named, at the head of a chapter or in another voice."""
        if before is not None and not before.quoted and self._is_about_subject(before):
            return False
        source = self.sources[one.source]
        text = source.text[one.fact.sentences[0].start : one.fact.sentences[0].end]
        pronoun = pronoun_of(source, self.person).search(text)
        if pronoun is None or self.person.named_in(text[: pronoun.start()]):
            return False
        return before is None or not any(name in text[: pronoun.start()] for name in one.fact.people)

    def _sentences(self, one: Told) -> list[Piece]:
        text = self.sources[one.source].text
        words = [text[span.start : span.end] for span in one.fact.sentences]
        others = self._others(one, words)
        return [
            Piece(words[place], cites=(span, *others[place])[:_CITES], quoted=one.quoted)
            for place, span in enumerate(one.fact.sentences)
        ]

    def _others(self, one: Told, words: list[str]) -> list[list[Span]]:
        """For each sentence the spans of other sources that tell what it tells; others aren't cited."""
        stems = [stems_of(text) for text in words]
        found: list[list[Span]] = [[] for _ in words]
        for span in one.fact.also:
            if span.source == one.source or span.source not in self.sources:
                continue
            theirs = stems_of(self.sources[span.source].text[span.start : span.end])
            shares = [len(own & theirs) / max(1, min(len(own), len(theirs))) for own in stems]
            best = max(range(len(words)), key=lambda place: (shares[place], -place))
            if shares[best] >= _LIKE or one.fact.kind in ("birth", "death"):
                found[best].append(span)
        return found


def pronoun_of(source: SourceText, person: Person) -> re.Pattern[str]:
    """ "He" or "she", as whoever acts, in the language of a source: "his" may be anybody's."""
    grammar = grammar_of(source.language)
    words = {"m": grammar.he, "f": grammar.she}.get(person.gender, grammar.either)
    return word_pattern(words.split("|")[0])


def _is_far(one: FactDraft, other: FactDraft) -> bool:
    if one.date is None or other.date is None:
        return False
    return abs((other.date.start - one.date.start).days) > _JUMP
