"""The author that asks language models. It writes from passages alone, and names them behind each sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _

from engine.authors.asking import Asker
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
from engine.authors.extract.contradicting import compared
from engine.authors.extract.merging import merged
from engine.authors.extract.person import identify
from engine.authors.extract.reading import names_of
from engine.authors.extract.sections import section
from engine.authors.extractive import ExtractiveAuthor
from engine.authors.model import facts, judging, outlining, rewriting, special
from engine.authors.model.chapters import TOLERANCE, ChapterWriter
from engine.models_api.errors import BadAnswer, Blocked, TooLong

UNUSABLE: Final = (BadAnswer, Blocked, TooLong)  # the provider is there, but this model or text is of no use


class LanguageModelAuthor:
    """Asks through the unit that it works for; the same evidence and answers give the same text."""

    name = "model"
    length_tolerance = TOLERANCE

    def __init__(self, asker: Asker | None) -> None:
        self._unit = asker
        self._rules = ExtractiveAuthor()
        self.remarks: list[str] = []

    @property
    def _asker(self) -> Asker:
        if self._unit is None:
            raise RuntimeError("a language model can be asked from within a unit only")
        return self._unit

    def refusal(self, subject: Subject, sources: tuple[SourceText, ...]) -> str:
        """A model reads all languages, so it takes every book."""
        del subject, sources
        return ""

    def find_facts(self, subject: Subject, source: SourceText) -> tuple[FactDraft, ...]:
        """All facts of the source with their quotations; by rules where the model's answers can't be used."""
        try:
            found = facts.find(self._asker, subject, source, self.remarks.append)
            # Kept for the outline, which waits for all: here the answers of other sources are waited for.
            names_of(source)
            return found
        except UNUSABLE as error:
            named = {"source": source.title or source.number, "reason": error}
            self.remarks.append(
                _("The model gave no usable facts of “%(source)s”: %(reason)s Rules have found them.") % named
            )
            return self._rules.find_facts(subject, source)

    def plan_outline(
        self, subject: Subject, sources: tuple[SourceText, ...], facts: tuple[FactDraft, ...], wishes: Wishes
    ) -> Outline:
        """Facts merged across sources, contradictions marked, arranged into chapters."""
        person = identify(subject, sources)
        known = compared(merged(sorted(facts, key=lambda fact: fact.sentences[0])), sources, person)
        try:
            with translation.override(subject.language):
                return outlining.plan(self._asker, subject, sources, known, wishes)
        except UNUSABLE as error:
            self.remarks.append(_("The model gave no usable outline: %s Rules have made it.") % error)
            outline = self._rules.plan_outline(subject, sources, facts, wishes)
            if not outline.chapters:
                raise
            return outline

    def write_chapter(self, brief: Brief) -> Draft:
        """The chapter to its word budget; a regeneration is another question, and so another text."""
        return ChapterWriter(self._asker, brief, self.remarks.append).write()

    def write_section(self, kind: str, brief: Brief) -> Draft:
        """Prologue, introduction and epilogue by the model; the lists from facts."""
        if kind in ("prologue", "epilogue"):
            return special.prose(self._asker, kind, brief, self.remarks.append)
        if kind == "introduction":
            return special.introduction(self._asker, brief)
        with translation.override(brief.subject.language):
            return section(kind, brief, identify(brief.subject, brief.sources))

    def rewrite(
        self, brief: Brief, text: Sequence[Standing], chosen: Sequence[int]
    ) -> Mapping[int, tuple[Paragraph, ...]]:
        """The chosen paragraphs in other words, by their own passages and those that no other paragraph cites."""
        return rewriting.rewrite(self._asker, brief, text, chosen)

    def opinions(self, subject: Subject, pairs: Sequence[Pair]) -> tuple[SecondOpinion | None, ...]:
        """What the checker says of these pairs, in one question."""
        return judging.opinions(self._asker, subject, pairs)
