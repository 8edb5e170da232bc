"""Single sentences that can stand alone in a list: for timeline, glossary and people."""

from __future__ import annotations

from dataclasses import dataclass

from engine.authors.base import Brief, FactDraft, Piece, SourceText, Span
from engine.authors.extract.candidates import speaks
from engine.authors.extract.leaning import BOUND, FRESH, SUBJECT, leanings
from engine.authors.extract.person import Person
from engine.authors.extract.reading import read

_LONGEST = 75  # words of a sentence in a list


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of a fact. `alone` says that it needs nothing before it."""

    fact: FactDraft
    span: Span
    text: str
    leaning: str
    quoted: bool
    source: SourceText

    @property
    def alone(self) -> bool:
        """Whether it can stand without its neighbours, and is short enough for a list."""
        return (
            self.leaning in (FRESH, SUBJECT)
            and len(self.text.split()) <= _LONGEST
            and self.text.count('"') % 2 == 0
        )

    @property
    def piece(self) -> Piece:
        """The sentence with its citation."""
        return Piece(self.text, cites=(self.span,), quoted=self.quoted)


def lines_of(brief: Brief, person: Person) -> list[Line]:
    """All sentences of all facts of the job, in the order of the sources."""
    sources = {source.number: source for source in brief.sources}
    lines = []
    for fact in sorted(brief.all_facts, key=lambda one: one.sentences[:1]):
        source = sources.get(fact.sentences[0].source) if fact.sentences else None
        if source is None:
            continue
        quoted = speaks(fact, source, person)
        for span in fact.sentences:
            leaning = _leaning(span, source, person)
            lines.append(Line(fact, span, source.text[span.start : span.end], leaning, quoted, source))
    return lines


def _leaning(span: Span, source: SourceText, person: Person) -> str:
    at = read(source).starts.get(span.start)
    return leanings(source, person)[at] if at is not None else BOUND
