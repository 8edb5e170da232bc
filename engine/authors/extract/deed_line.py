"""A sentence as the claims on a life read it: with what stands around it, and with whose deeds it tells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from engine.authors.base import FactDraft, Span
from engine.authors.extract.antecedents import kin_in, pronoun_before
from engine.authors.extract.claim import Claim
from engine.authors.extract.events import clauses
from engine.authors.extract.grammar import base_language, grammar_of, word_pattern
from engine.authors.extract.life import is_told_of_subject
from engine.authors.extract.person import Person
from engine.authors.extract.reading import Sentence
from sources.dates import FoundDate
from sources.names import NameBook
from sources.numerals import cardinals, fold

_OBJECT: Final = re.compile(
    r"\b(?:(?P<him>him|ihm|ihn)|her(?= (?:to|with|into|from|as|in|on)\b|[,;]))(?!\w)", re.I
)
_ROUGH: Final = ("range", "decade")
_LATELY: Final = 180  # characters before a sentence
NEVER: Final = "(?!)"


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of a fact with what stands around it in its paragraph. `fact` holds this sentence alone."""

    place: int
    span: Span
    fact: FactDraft
    before: str
    after: Sentence | None  # the next one of the paragraph
    language: str
    own: bool  # written by the subject
    names: NameBook
    person: Person

    @property
    def text(self) -> str:
        """The sentence."""
        return self.fact.text

    @property
    def tongue(self) -> str:
        """The language without its country."""
        return base_language(self.language)

    def is_subjects(self, at: int) -> bool:
        """Whether what is told from `at` on is told of the subject."""
        before = self.text[:at]
        if not self.own:
            told = is_told_of_subject(before, self.before, self.fact, self.person)
            return told or (self._is_object(before) and not any(kin_in(self.before[-_LATELY:])))
        ego = max(
            (one.start() for one in word_pattern(grammar_of(self.language).first).finditer(before)),
            default=-1,
        )
        others = [one.start for one in self.names.names_in(before) if one.kind == "person"]
        return ego > max([*others, *(found for found, _ in kin_in(before))], default=-1)

    def _is_object(self, before: str) -> bool:
        """ "Freeland treated him kindly, but he …": who is done to by the one named is another, and goes on."""
        gender = pronoun_before(before)
        found = list(_OBJECT.finditer(before)) if gender and gender == self.person.gender else []
        named = [one.end for one in self.names.names_in(before) if one.kind == "person"]
        return any(
            ("m" if one["him"] else "f") == gender and max(named, default=one.end()) < one.start()
            for one in found
        )

    def claim(self, topic: str, kind: str, **more: object) -> Claim:
        """A claim that this sentence makes."""
        return Claim(topic, kind, self.place, self.span, once=False, **more)  # type: ignore[arg-type]

    def dated(self) -> list[tuple[FoundDate, int, int]]:
        """Its dates, but rough ones, with the clauses in which they stand."""
        return [one for one in clauses(self.text, self.language) if one[0].precision not in _ROUGH]

    def speaks_of_others(self, before: str) -> bool:
        """Whether anybody else is spoken of before, so that "his" may not be the subject's."""
        found = (one for one in self.names.names_in(before) if one.kind == "person")
        named = any(not self.person.is_called(one.full) for one in found)
        return named or any(True for _ in kin_in(before))


def number_of(word: str, tongue: str) -> int:
    """The value of a number in digits or one word; 0 when it's none."""
    return int(word) if word.isdigit() else cardinals(tongue).get(fold(word), 0)


@lru_cache(maxsize=64)
def compiled(form: str) -> re.Pattern[str]:
    """An alternation as whole words, without case."""
    return re.compile(rf"\b(?:{form})\b" if form != NEVER else form, re.I)


def pattern_of(table: dict[str, str], tongue: str) -> re.Pattern[str]:
    """The words of a language from a table; a pattern that finds nothing when it has none."""
    return compiled(table.get(tongue, NEVER))
