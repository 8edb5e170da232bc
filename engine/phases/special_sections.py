"""Phase 4: what stands before and after the chapters: prologue, introduction, timeline, epilogue, lists."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from biographies.models import Chapter
from biographies.vocabulary import ChapterKind, Phase
from engine import evidence, remarks, rewriting, texts
from engine.authors.base import Draft
from engine.bibliography import bibliography
from engine.errors import UnitFailed
from engine.phases.base import Context, Outcome, UnitSpec, Work

PHASE: Final = Phase.SPECIAL_SECTIONS
VITAL: Final = False
SCENES: Final = (ChapterKind.PROLOGUE, ChapterKind.EPILOGUE)  # told from facts of their own


def units(ctx: Context) -> tuple[UnitSpec, ...]:
    """One unit per special section, by the outline alone; the bibliography last, since it says what the others cite."""
    rows = Chapter.objects.filter(job=ctx.job).exclude(kind=ChapterKind.CHAPTER).order_by("kind")
    return tuple(of_section(row.kind, row.pk) for row in rows)


def of_section(kind: str, chapter_id: int) -> UnitSpec:
    """The unit that makes one section."""
    last = kind == ChapterKind.BIBLIOGRAPHY
    return UnitSpec(key=kind, chapter_id=chapter_id, wave=int(last), by_chapter=not last)


def work(unit: Work, ctx: Context) -> Outcome:
    """Write one section. A section that the sources have nothing for is left out of the book, openly."""
    if unit.paragraphs:
        return rewriting.outcome(unit, ctx)
    chapter = unit.chapter
    if chapter is None:
        raise UnitFailed("The section has been removed from the outline.")
    written = texts.from_draft(
        _draft(unit, chapter, ctx),
        evidence.source_texts(ctx.job),
        ctx.job.character,
        language=ctx.job.language,
    )
    if not written.words:
        return Outcome(result={"left_out": True}, apply=lambda: texts.leave_out(chapter))

    def apply() -> None:
        texts.store(chapter, written, **unit.revision())
        remarks.record(ctx.job, unit.key, ctx.author.remarks)

    return Outcome(result={"words": written.words}, apply=apply)


def _draft(unit: Work, chapter: Chapter, ctx: Context) -> Draft:
    if chapter.kind == ChapterKind.BIBLIOGRAPHY:
        return bibliography(ctx.job)
    brief = evidence.brief(chapter, ctx.job, regeneration=unit.generation, instruction=unit.instruction)
    if chapter.kind not in SCENES or unit.generation:  # another scene is chosen among all
        every, told = evidence.facts_and_told(ctx.job)
        brief = replace(brief, all_facts=every, told_facts=told)
    return ctx.author.write_section(chapter.kind, brief)
