"""An author that needs no time: every sentence of the sources is a fact, and chapters are their facts in order."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence

from engine.authors.base import (
    Brief,
    CannotRewrite,
    ChapterPlan,
    Draft,
    FactDraft,
    Outline,
    Pair,
    Paragraph,
    Piece,
    Row,
    SecondOpinion,
    SourceText,
    Span,
    Standing,
    Subject,
    Wishes,
)

SENTENCE = re.compile(r"[^.\s][^.]*\.")


class FakeAuthor:
    """Deterministic and pure, like every author. Asked again, it tells the reserve first."""

    name = "extractive"
    length_tolerance = 0.25
    remarks: list[str] = []  # it has none

    def refusal(self, _subject: Subject, _sources: tuple[SourceText, ...]) -> str:
        """It writes about anybody."""
        return ""

    def find_facts(self, _subject: Subject, source: SourceText) -> tuple[FactDraft, ...]:
        """Each sentence."""
        return tuple(_fact(source, *found.span()) for found in SENTENCE.finditer(source.text))

    def plan_outline(
        self,
        _subject: Subject,
        _sources: tuple[SourceText, ...],
        facts: tuple[FactDraft, ...],
        wishes: Wishes,
    ) -> Outline:
        """The facts in equal parts; the last of each part stays in reserve."""
        count = wishes.chapters or 2
        parts = [[fact.key for fact in facts[place::count]] for place in range(count)]
        plans = [
            ChapterPlan(number, f"Part {number}", "", 20, tuple(part[:-1]), tuple(part[-1:]))
            for number, part in enumerate(parts, 1)
        ]
        return Outline(tuple(plans), facts)

    def write_chapter(self, brief: Brief) -> Draft:
        """One paragraph of the chapter's facts."""
        facts = (*brief.reserve, *brief.facts) if brief.regeneration % 2 else brief.facts
        return Draft(paragraphs=(Paragraph(tuple(_piece(fact) for fact in facts)),))

    def write_section(self, kind: str, brief: Brief) -> Draft:
        """A timeline of two facts, words of its own for the introduction, nothing for the glossary."""
        if kind == "timeline":
            return Draft(rows=tuple(Row("1850", (_piece(fact),)) for fact in brief.all_facts[:2]))
        if kind == "glossary":
            return Draft()
        return Draft(paragraphs=(Paragraph((Piece(f"This is the {kind}.", lead=True),)),))

    def rewrite(
        self, brief: Brief, text: Sequence[Standing], chosen: Sequence[int]
    ) -> Mapping[int, tuple[Paragraph, ...]]:
        """What the paragraph cites, told backwards and after the instruction."""
        made = {}
        for number in chosen:
            cites = text[number - 1].cites
            if not cites:
                raise CannotRewrite("There is nothing to go by.")
            texts = {one.number: one.text for one in brief.sources}
            told = [Piece(texts[span.source][span.start : span.end], (span,)) for span in reversed(cites)]
            lead = [Piece(brief.instruction, lead=True)] if brief.instruction else []
            made[number] = (Paragraph((*lead, *told)),)
        return made

    def opinions(self, _subject: Subject, _pairs: Sequence[Pair]) -> tuple[SecondOpinion | None, ...]:
        """It has none."""
        return ()


def _fact(source: SourceText, start: int, end: int) -> FactDraft:
    text = source.text[start:end]
    return FactDraft(hashlib.sha256(text.encode()).hexdigest(), (Span(source.number, start, end),), text)


def _piece(fact: FactDraft) -> Piece:
    return Piece(fact.text, fact.sentences)
