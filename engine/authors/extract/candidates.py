"""A fact with what planning needs to know of it: where it stands in its source, and when it happened."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.authors.base import FactDraft, SourceText
from engine.authors.extract.finding import is_by_subject
from engine.authors.extract.grammar import grammar_of, word_pattern
from engine.authors.extract.person import Person
from engine.authors.extract.reading import read
from engine.authors.extract.signals import is_reflection, signals_of

SPEECH_FORMS = (
    "speech",
    "oration",
    "address",
    "remarks",
    "sermon",
    "lecture",
    "discurso",
    "discours",
    "rede",
    "discorso",
)
LETTER_FORMS = ("letter", "carta", "lettre", "brief", "lettera", "correspondence", "epistol")


@dataclass(frozen=True, slots=True)
class Candidate:
    """`first` and `last` are indexes of sentences in the source; `when` is a year with a fraction."""

    fact: FactDraft
    first: int
    last: int
    section: int
    words: int
    own: bool  # its source is by the subject
    first_person: bool  # printed as the words of a speaker
    reflective: bool
    opens: bool = False  # begins a paragraph of its source
    when: float = 0.0
    surely: bool = False  # `when` comes from its own words
    paragraph: int = -1  # of its source

    @property
    def source(self) -> int:
        """The number of the source."""
        return self.fact.sentences[0].source

    @property
    def key(self) -> str:
        """The key of the fact."""
        return self.fact.key

    @property
    def length(self) -> int:
        """Sentences."""
        return self.last - self.first + 1

    def at(self, when: float, *, surely: bool) -> Candidate:
        """The same, placed in time."""
        return replace(self, when=when, surely=surely)


def candidate_of(fact: FactDraft, source: SourceText, person: Person) -> Candidate:
    """Look the fact up in its source."""
    reading = read(source)
    first, last = reading.at(fact.sentences[0]), reading.at(fact.sentences[-1])
    told = reading.sentences[first.index : last.index + 1]
    signals = signals_of(tuple(one.text for one in told), source.language)
    speech = is_speech(source)
    return Candidate(
        fact=fact,
        first=first.index,
        last=last.index,
        section=first.section,
        words=len(fact.text.split()),
        own=is_by_subject(source, person),
        first_person=speaks(fact, source, person),
        opens=first.index == 0 or reading.sentences[first.index - 1].paragraph != first.paragraph,
        reflective=is_reflection(signals) or (speech and fact.date is None),
        paragraph=first.paragraph,
    )


def speaks(fact: FactDraft, source: SourceText, person: Person) -> bool:
    """Whether a fact is to be printed as someone's own words: it says "I", or all its source is testimony."""
    reading = read(source)
    first, last = reading.at(fact.sentences[0]).index, reading.at(fact.sentences[-1]).index
    told = reading.sentences[first : last + 1]
    if reading.memoir and not _in_third_person(fact.text, source, person):
        return True
    if any(sentence.ego for sentence in told):
        return True
    if is_by_subject(source, person):
        third = not any(sentence.first for sentence in told) and _in_third_person(fact.text, source, person)
        return not third
    we = any(sentence.first for sentence in told)
    return we and reading.testimony


def _in_third_person(text: str, source: SourceText, person: Person) -> bool:
    """A note by another hand in the subject's own book: it names the subject and says "he" or "she"."""
    grammar = grammar_of(source.language)
    words = {"m": grammar.he, "f": grammar.she}.get(person.gender, grammar.either)
    return person.named_in(text) and bool(word_pattern(words).search(text))


def is_speech(source: SourceText) -> bool:
    """By its form, or its title when no form is given."""
    return _has_form(source, SPEECH_FORMS)


def is_letter(source: SourceText) -> bool:
    """By its form, or its title when no form is given."""
    return _has_form(source, LETTER_FORMS)


def _has_form(source: SourceText, forms: tuple[str, ...]) -> bool:
    words = (source.form or source.title).casefold()
    return any(form in words for form in forms) and "preface" not in words and "biograph" not in words
