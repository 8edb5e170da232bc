"""Phase 3: the numbered chapters, each from the facts that the outline gave it."""

from __future__ import annotations

from typing import Final

from biographies.models import Chapter
from biographies.queries import numbered_chapters
from biographies.vocabulary import Phase
from engine import evidence, remarks, rewriting, texts
from engine.errors import UnitFailed
from engine.phases.base import Context, Outcome, UnitSpec, Work

PHASE: Final = Phase.CHAPTER_GENERATION
VITAL: Final = False


def units(ctx: Context) -> tuple[UnitSpec, ...]:
    """One unit per numbered chapter, the longest first: so that none is begun when all others are about to end.

    (The rule of the longest processing time: R. L. Graham, "Bounds on Multiprocessing Timing Anomalies", 1969.)
    """
    chapters = sorted(
        numbered_chapters(ctx.job_id), key=lambda one: (-one.target_words, one.chapter_number or 0)
    )
    return tuple(map(of_chapter, chapters))


def of_chapter(chapter: Chapter) -> UnitSpec:
    """The unit that writes one chapter."""
    return UnitSpec(key=f"chapter-{chapter.chapter_number:03d}", chapter_id=chapter.pk)


def work(unit: Work, ctx: Context) -> Outcome:
    """Write one chapter; a later generation asks the author for another text."""
    if unit.paragraphs:
        return rewriting.outcome(unit, ctx)
    chapter = unit.chapter
    if chapter is None:
        raise UnitFailed("The chapter has been removed from the outline.")
    brief = evidence.brief(chapter, ctx.job, regeneration=unit.generation, instruction=unit.instruction)
    written = texts.from_draft(
        ctx.author.write_chapter(brief), brief.sources, ctx.job.character, language=ctx.job.language
    )
    if not written.words:
        raise UnitFailed(
            "The sources hold nothing that this chapter could tell. Move facts into it, or remove it."
        )

    def apply() -> None:
        texts.store(chapter, written, **unit.revision())
        remarks.record(ctx.job, unit.key, ctx.author.remarks)

    return Outcome(result={"words": written.words}, apply=apply)
