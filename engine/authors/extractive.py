"""The author without a model: it selects, orders and stitches verbatim sentences, each with its citation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils import translation
from django.utils.translation import gettext as _

from engine.authors.base import (
    Brief,
    Draft,
    FactDraft,
    Outline,
    Pair,
    Paragraph,
    SecondOpinion,
    SourceText,
    Standing,
    Subject,
    Wishes,
)
from engine.authors.extract.finding import find
from engine.authors.extract.naming import in_language
from engine.authors.extract.outlining import plan
from engine.authors.extract.person import identify
from engine.authors.extract.reading import read
from engine.authors.extract.regenerating import reselected
from engine.authors.extract.retelling import retold
from engine.authors.extract.sections import section
from engine.authors.extract.telling import Teller


class ExtractiveAuthor:
    """Needs no key and no network. Pure: the same input gives the same text in every process."""

    name = "extractive"
    # It can't shorten or stretch a sentence: it tells whole facts, and a chapter ends where its period ends.
    length_tolerance = 0.25

    def __init__(self) -> None:
        self.remarks: list[str] = []

    def refusal(self, subject: Subject, sources: tuple[SourceText, ...]) -> str:
        """ "" when at least one source in the book's language has something to quote."""
        usable = in_language(subject, sources)
        if not usable:
            return _(
                "None of the sources is in the language of the book. The extractive author quotes and can't translate: "
                "choose the sources' language, or an author that uses a language model."
            )
        if not any(self.find_facts(subject, source) for source in usable):
            return _(
                "No sentence about this person could be found in the sources. Add sources that tell about the life."
            )
        return ""

    def find_facts(self, subject: Subject, source: SourceText) -> tuple[FactDraft, ...]:
        """All units of the source; none when it isn't in the language of the book."""
        return find(subject, source) if in_language(subject, [source]) else ()

    def plan_outline(
        self, subject: Subject, sources: tuple[SourceText, ...], facts: tuple[FactDraft, ...], wishes: Wishes
    ) -> Outline:
        """Merged facts, chapters by time, titles and synopses in the book's language."""
        return plan(subject, sources, facts, wishes)

    def write_chapter(self, brief: Brief) -> Draft:
        """The chapter's facts as paragraphs; another selection for each regeneration."""
        sources = in_language(brief.subject, brief.sources)
        person = identify(brief.subject, sources)
        indexes = {source.number: read(source).starts for source in sources}
        facts = reselected(brief.facts, brief.reserve, brief.regeneration, indexes)
        with translation.override(brief.subject.language):
            return Draft(paragraphs=Teller(person, sources).tell(facts))

    def write_section(self, kind: str, brief: Brief) -> Draft:
        """A special section, in the book's language."""
        person = identify(brief.subject, in_language(brief.subject, brief.sources))
        with translation.override(brief.subject.language):
            return section(kind, brief, person)

    def rewrite(
        self, brief: Brief, text: Sequence[Standing], chosen: Sequence[int]
    ) -> Mapping[int, tuple[Paragraph, ...]]:
        """Other passages of the sources in the place of those that the chosen paragraphs tell."""
        sources = in_language(brief.subject, brief.sources)
        person = identify(brief.subject, sources)
        with translation.override(brief.subject.language):
            return retold(brief, text, chosen, Teller(person, sources))

    def opinions(self, subject: Subject, pairs: Sequence[Pair]) -> tuple[SecondOpinion | None, ...]:
        """None: it quotes, and has nobody to ask."""
        del subject, pairs
        return ()
