"""What the sources claim of the subject's own life: birth, death, their places, parents, brothers and sisters."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from engine.authors.base import FactDraft, SourceText
from engine.authors.extract.ages import age_told
from engine.authors.extract.candidates import candidate_of
from engine.authors.extract.claim import Claim
from engine.authors.extract.deed_line import Line
from engine.authors.extract.deeds import deeds_in
from engine.authors.extract.events import clauses
from engine.authors.extract.finding import as_fact_date, is_by_subject, is_life_span
from engine.authors.extract.kin import parents_in, siblings_in, spouse_in
from engine.authors.extract.life import is_landmark_of, told_of
from engine.authors.extract.naming import shared_names
from engine.authors.extract.person import Person
from engine.authors.extract.reading import read
from sources.dates import FoundDate
from sources.names import NameBook
from sources.numerals import fold

_BEYOND = re.compile(
    r"\b(?:before|after|since|until|till|prior to|antes|después|hasta|desde|avant|après|depuis|vor|nach|bis|seit|depois"
    r"|até|prima|dopo)\s+(?:the\s+|de\s+|del\s+|dem\s+|il\s+|year\s+|of\s+|año\s+|jahre?\s+)*$",
    re.IGNORECASE,
)
_AFTER = 110  # characters after "was born" in which its place is named
_CONTEXT = 600  # characters before a sentence in which the one is named whom "he" means
LANDMARKS: Final = ("birth", "death")


class Claims:
    """Reads the claims of all facts of a job."""

    def __init__(self, sources: tuple[SourceText, ...], person: Person) -> None:
        self._sources = {source.number: source for source in sources}
        self._names: NameBook = shared_names(sources)
        self._person = person

    def of(self, place: int, fact: FactDraft) -> Iterator[Claim]:
        """All claims of one fact."""
        source = self._sources[fact.sentences[0].source]
        own = is_by_subject(source, self._person)
        for span in fact.sentences:
            sentence = source.text[span.start : span.end]
            alone = replace(fact, text=sentence, sentences=(span,))
            yield from self._landmarks(place, alone, source, own=own)
            yield from self._ages(place, alone, source)
            yield from self._places(place, alone, source, own=own)
            for kin, name in parents_in(sentence, source.language, self._names, self._person, own=own):
                yield Claim(kin, "name", place, span, name=name)
            yield from deeds_in(self._line(place, alone, source, own=own))
            number = siblings_in(sentence, source.language, self._person, own=own)
            if number:
                yield Claim("siblings", "number", place, span, number=number)

    def _line(self, place: int, fact: FactDraft, source: SourceText, *, own: bool) -> Line:
        span = fact.sentences[0]
        before = paragraph_before(source.text, span.start)
        sentences, at = read(source).sentences, read(source).at(span)
        after = next(iter(sentences[at.index + 1 : at.index + 2]), None)
        after = after if after and after.paragraph == at.paragraph else None
        return Line(place, span, fact, before, after, source.language, own, self._names, self._person)

    def _landmarks(self, place: int, fact: FactDraft, source: SourceText, *, own: bool) -> Iterator[Claim]:
        context = paragraph_before(source.text, fact.sentences[0].start)
        for date, start, end in clauses(fact.text, source.language):
            if date.precision in ("range", "decade") or is_life_span(date, fact.text):
                continue
            if _BEYOND.search(fact.text, 0, date.start):
                continue  # "born before 1821" agrees with any year before
            dated = replace(fact, date=as_fact_date(date, fact.text, inherited=False))
            length = len(fact.text[start:end].split())
            for kind in LANDMARKS:
                told = is_landmark_of(kind, dated, self._person, own=own, context=context)
                if told and not _tells_burial(fact.text):
                    yield Claim(kind, kind, place, fact.sentences[0], date, length=length)
            spouse = spouse_in(fact.text[start:end], source.language, self._names, self._person, own=own)
            if spouse:
                yield Claim(f"marriage with {spouse}", "date", place, fact.sentences[0], date)

    def _ages(self, place: int, fact: FactDraft, source: SourceText) -> Iterator[Claim]:
        """A birth reckoned from an age that stands with a date: "some time during 1835, I was about seventeen"."""
        for date, start, end in clauses(fact.text, source.language):
            if date.precision in ("range", "decade"):
                continue
            clause = replace(fact, text=fact.text[start:end])
            age = age_told(candidate_of(clause, source, self._person), source, self._person)
            if age:
                year = date.first.year - age
                born = FoundDate(0, 0, dt.date(year, 1, 1), dt.date(year, 12, 31), "circa")
                yield Claim("birth", "age", place, fact.sentences[0], born)

    def _places(self, place: int, fact: FactDraft, source: SourceText, *, own: bool) -> Iterator[Claim]:
        context = paragraph_before(source.text, fact.sentences[0].start)
        for kind in LANDMARKS:
            told = told_of(kind, fact.text, fact, self._person, own=own, context=context)
            if not told or _tells_burial(told.group()):
                continue
            after = re.split(r"[;:]", fact.text[told.end() : told.end() + _AFTER])[0]
            named = [name.full for name in self._names.names_in(after) if name.kind == "place"]
            words = frozenset(word for name in named for word in re.findall(r"\w+", fold(name)))
            if words:
                yield Claim(f"place of {kind}", "place", place, fact.sentences[0], words=words)


def paragraph_before(text: str, start: int) -> str:
    """What the paragraph says before an offset, at most its last sentences."""
    begin = max(text.rfind("\n", 0, start) + 1, start - _CONTEXT)
    return text[begin:start]


def _tells_burial(text: str) -> bool:
    """A burial dates and places no death: it comes days later, and often elsewhere."""
    return "buried" in text and "died" not in text and "death" not in text
