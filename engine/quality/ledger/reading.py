"""The sentences of a book as the ledger reads them: with their dates, and with who is meant before a verb."""

# ruff: noqa: E501 - the long lines are tables of words

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from engine.authors.extract.person import Person
from engine.quality.people import People
from engine.quality.times import plain_dates
from engine.quality.views import LISTS, SectionView
from sources.dates import FoundDate
from sources.names import gender_of
from sources.numerals import fold

_HE: Final = r"he|él|il|er|ele|egli|lui"
_SHE: Final = r"she|ella|elle|sie|ela|lei"
_ADVERB: Final = (
    r"(?:(?:had|has|was|also|then|later|first|himself|herself|finally|soon|there|now|once|again)\s+){0,2}"
)
_PRONOUN: Final = re.compile(rf"(?:^|[\s“\"(,;—])(?:(?P<he>{_HE})|(?P<she>{_SHE}))\s+{_ADVERB}$", re.I)
_EGO: Final = re.compile(rf"(?:^|[\s“\"(,;—])(?:I|yo|je|ich|eu|io)\s+{_ADVERB}$")
# Between a name and its verb: dates in brackets, an apposition, an adverb.
_BETWEEN: Final = re.compile(rf"\s*(?:\([^)]{{0,60}}\))?(?:\s*,[^,;:.]{{1,80}},)?\s*{_ADVERB}")
_HEDGE: Final = re.compile(
    r"\b(?:about|around|probably|perhaps|possibly|likely|supposed?|believed?|said to|uncertain|or so|circa|c\.|hacia|quizás?|"
    r"probablemente|vers|environ|probablement|peut-être|etwa|wohl|vermutlich|wahrscheinlich|cerca de|provavelmente|talvez|circa|"
    r"forse|probabilmente|intorno)\b",
    re.I,
)
_CLAUSE: Final = re.compile(
    r"[;:]|\b(?:and|but|who|whom|when|where|which|y|pero|que|cuando|et|mais|qui|quand|und|aber|als|wo|e|mas|ma|che|quando)\b",
    re.I,
)
_NEAR: Final = 90  # characters from a verb to its date
_BEFORE: Final = 2  # sentences in which the one is named whom "he" means


@dataclass(frozen=True)
class Line:
    """One sentence with what stands before it in its paragraph."""

    text: str
    view: SectionView
    before: tuple[str, ...]
    own: bool  # written by the subject
    page: Page

    @cached_property
    def dates(self) -> tuple[FoundDate, ...]:
        """Its dates, in order."""
        return plain_dates(self.text, self.view.about.language)

    def actor(self, verb: int) -> str:
        """Who does what the verb at this offset says; "" when it isn't sure."""
        before = self.text[:verb]
        if pronoun := _PRONOUN.search(before):
            return self.meant("m" if pronoun["he"] else "f")
        if _EGO.search(before):
            return self.page.subject.name if self.own else ""
        return self.page.named_last(before)

    def meant(self, gender: str) -> str:
        """Whom "he" or "she" means: the one person of that gender just named, or else the subject."""
        people = self.page.people
        for text in reversed(self.before[-_BEFORE:]):
            fitting = {
                people.who(name) for name in people.names_in(text) if gender_of(name.full) in (gender, "")
            }
            if people.subject.named_in(text):
                fitting.add(people.subject.name)
            if fitting:
                return fitting.pop() if len(fitting) == 1 else ""
        alone = self.view.kind not in LISTS and people.subject.gender in (gender, "")
        return people.subject.name if alone else ""

    def date_of(self, start: int, end: int) -> tuple[FoundDate, bool] | None:
        """The date that belongs to a verb, and whether the sentence doubts it."""
        after = [one for one in self.dates if one.start >= end]
        if after and after[0].start - end <= _NEAR and not _CLAUSE.search(self.text[end : after[0].start]):
            return after[0], bool(_HEDGE.search(self.text[end : after[0].start]))
        first = self.dates[0] if len(self.dates) == 1 else None
        if first and first.end <= start and first.start <= 12:
            return first, bool(_HEDGE.search(self.text[: first.start]))
        return None


@dataclass(frozen=True)
class Page:
    """All sentences of a book, each once, in order."""

    people: People
    subject: Person
    lines: list[Line]

    def named_last(self, before: str) -> str:
        """The person named right before a verb, when only an apposition stands between."""
        found = [(match.end(), self.subject.name) for match in self.subject.pattern.finditer(fold(before))]
        found += [(name.end, self.people.who(name)) for name in self.people.names_in(before)]
        if not found:
            return ""
        end, who = max(found)
        return who if _BETWEEN.fullmatch(before, end) else ""


def pages(views: Sequence[SectionView], people: People) -> Page:
    """Read a book; a sentence that stands in several sections (a timeline) is read where it stands first."""
    page = Page(people, people.subject, [])
    seen: set[str] = set()
    for view in sorted(views, key=lambda one: one.kind in LISTS):
        for line in _lines(view, page):
            if line.text not in seen:
                seen.add(line.text)
                page.lines.append(line)
    return page


def _lines(view: SectionView, page: Page) -> Iterator[Line]:
    before: list[str] = []
    block = -1
    for told in view.told:
        if told.block != block:
            block, before = told.block, []
        yield Line(told.text.strip('“”«»„\u00a0" '), view, tuple(before), told.source in view.about.own, page)
        before.append(told.text)
