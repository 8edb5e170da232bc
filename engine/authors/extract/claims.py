"""What the sources claim of the subject's own life: birth, death, their places, parents, brothers and sisters."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Final

from engine.authors.base import FactDraft, SourceText, Span
from engine.authors.extract.ages import age_told
from engine.authors.extract.candidates import candidate_of
from engine.authors.extract.events import Telling, clauses
from engine.authors.extract.finding import as_fact_date, is_by_subject, is_life_span
from engine.authors.extract.kin import parents_in, siblings_in, spouse_in
from engine.authors.extract.life import is_landmark_of, told_of
from engine.authors.extract.naming import shared_names
from engine.authors.extract.person import Person
from sources.dates import FoundDate
from sources.names import NameBook
from sources.numerals import fold

_AFTER = 110  # characters after "was born" in which its place is named
_CONTEXT = 600  # characters before a sentence in which the one is named whom "he" means
_ALIKE = 0.8  # likeness of letters from which two names are spellings of one
LANDMARKS: Final = ("birth", "death")


@dataclass(frozen=True, slots=True)
class Claim:
    """One source's word on one thing: `topic` says on what, `kind` how a difference in it is called."""

    topic: str
    kind: str
    fact: int  # its place among the facts
    span: Span
    date: FoundDate | None = None
    words: frozenset[str] = frozenset()
    name: tuple[str, ...] = ()
    number: int = 0
    length: int = 0  # words of the clause that makes it

    @property
    def telling(self) -> Telling:
        """Where it is told."""
        return Telling(self.fact, self.span, self.length)


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
            number = siblings_in(sentence, source.language, self._person, own=own)
            if number:
                yield Claim("siblings", "number", place, span, number=number)

    def _landmarks(self, place: int, fact: FactDraft, source: SourceText, *, own: bool) -> Iterator[Claim]:
        context = paragraph_before(source.text, fact.sentences[0].start)
        for date, start, end in clauses(fact.text, source.language):
            if date.precision in ("range", "decade") or is_life_span(date, fact.text):
                continue
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


def agree(one: Claim, other: Claim) -> bool:
    """Whether two claims on one topic can both be true."""
    if one.date is not None and other.date is not None:
        return _dates_agree(one.date, other.date)
    if one.name and other.name:
        return _names_agree(one.name, other.name)
    return one.number == other.number and (not one.words or bool(one.words & other.words))


def difference(one: Claim, other: Claim) -> str:
    """What kind of difference it is: two spellings of one name are no two names."""
    if "age" in (one.kind, other.kind):
        return "age"
    if one.name and other.name and _spelled_alike(one.name, other.name):
        return "spelling"
    return one.kind


def _dates_agree(one: FoundDate, other: FoundDate) -> bool:
    """They overlap; beside an exact date "about" allows a year more or less, beside another guess it doesn't."""
    guesses = (one.precision == "circa") + (other.precision == "circa")
    slack = 366 if guesses == 1 else 0
    return (one.first - other.last).days <= slack and (other.first - one.last).days <= slack


def _names_agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """ "Harriet" and "Harriet Bailey", "J. Marrow" and "Josiah Marrow"; two given names are two people."""
    if len(one) == 1 or len(other) == 1:
        return bool({*one} & {*other})
    return one[0] == other[0] or (min(len(one[0]), len(other[0])) == 1 and one[0][0] == other[0][0])


def _spelled_alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return SequenceMatcher(None, one[0], other[0], autojunk=False).ratio() >= _ALIKE
