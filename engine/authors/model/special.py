"""Prologue, introduction and epilogue by a model; the lists are built from facts, without one."""

from __future__ import annotations

from collections import Counter
from typing import Final

from engine.authors.asking import Asker
from engine.authors.base import Brief, Draft
from engine.authors.model import forms
from engine.authors.model.asking import Question, Remark, tokens_for
from engine.authors.model.passages import behind
from engine.authors.model.planned import planned
from engine.authors.model.writing import draft, read, unusable
from engine.prompts import Block
from sources.vocabulary import SourceKind

WORDS: Final = {"prologue": 450, "epilogue": 700, "introduction": 450}


def prose(asker: Asker, kind: str, brief: Brief, remark: Remark) -> Draft:
    """The prologue or the epilogue, from its own facts; empty when there are none."""
    shown = behind(brief.facts, brief.sources)
    if not shown:
        return Draft()
    answer = Question(asker, brief.subject, kind, remark).ask(
        "writer",
        "special_sections/prose",
        forms.PARAGRAPHS,
        [passage.block() for passage in shown],
        max_tokens=tokens_for(WORDS[kind]),
        check=lambda found: unusable(found, shown),
        style=brief.style,
        kind=kind,
        plan=planned(brief),
        words=WORDS[kind],
        instruction=brief.instruction,
    )
    return draft([read(answer, shown)])


def introduction(asker: Asker, brief: Brief) -> Draft:
    """How the book was made and from what: words on the book, which need no citation."""
    blocks = [
        Block(f"S{one.number}", _described(one.title, one.author, one.year, one.kind))
        for one in brief.sources
    ]
    answer = Question(asker, brief.subject, "introduction").ask(
        "writer",
        "special_sections/introduction",
        forms.PARAGRAPHS,
        blocks,
        max_tokens=tokens_for(WORDS["introduction"]),
        check=lambda found: unusable(found, ()),
        words=WORDS["introduction"],
        figures=_figures(brief),
        instruction=brief.instruction,
    )
    return draft([read(answer, ())], uncited=True)


def _described(title: str, author: str, year: int | None, kind: str) -> str:
    said = "source of unknown kind" if kind == SourceKind.UNKNOWN else f"{kind} source"
    return "; ".join(str(part) for part in (title, author, year, said) if part)


def _figures(brief: Brief) -> str:
    kinds = Counter(source.kind for source in brief.sources)
    years = sorted(source.year for source in brief.sources if source.year)
    lines = [
        f"- sources: {len(brief.sources)}",
        *(f"- sources of {kind} kind: {kinds[kind]}" for kind in sorted(kinds)),
    ]
    lines += [f"- written from {years[0]} to {years[-1]}"] if years else []
    return "\n".join(
        [*lines, f"- facts found in them: {len(brief.all_facts)}", f"- chapters: {len(brief.outline)}"]
    )
