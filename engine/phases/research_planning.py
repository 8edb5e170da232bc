"""Phase 2: what the sources say, and the plan of the book. Facts per source, then one outline."""

from __future__ import annotations

from typing import Final

from django.utils import translation

from biographies.actions import PlannedChapter, plan_chapters
from biographies.vocabulary import ChapterKind, Phase
from engine import evidence, remarks
from engine.authors.base import Outline, Wishes
from engine.errors import Stop, UnitFailed
from engine.phases.base import Context, Outcome, UnitSpec, Work
from engine.shortfall import shortfall
from engine.words import section_title

PHASE: Final = Phase.RESEARCH_PLANNING
VITAL: Final = True
OUTLINE: Final = "outline"


def units(ctx: Context) -> tuple[UnitSpec, ...]:
    """One unit per valid source for its facts, then one for the outline. Stops when sources are too few."""
    _require_sources(ctx)
    refusal = ctx.author.refusal(evidence.subject(ctx.job), evidence.source_texts(ctx.job))
    if refusal:
        raise Stop(refusal)
    per_source = tuple(UnitSpec(key=f"facts-{number:04d}") for number in evidence.source_numbers(ctx.job))
    return (*per_source, UnitSpec(key=OUTLINE, wave=1))


def work(unit: Work, ctx: Context) -> Outcome:
    """Find the facts of one source, or arrange all facts into chapters."""
    return _outline(ctx) if unit.key == OUTLINE else _facts(ctx, int(unit.key.removeprefix("facts-")))


def _require_sources(ctx: Context) -> None:
    """The gate before anything is spent: enough valid sources, or the counts, the reasons, and what to do."""
    with translation.override("en"):
        if missing := shortfall(ctx.job):
            raise Stop(missing)


def _facts(ctx: Context, number: int) -> Outcome:
    source = evidence.source_text(ctx.job, number)
    drafts = ctx.author.find_facts(evidence.subject(ctx.job), source)

    def apply() -> None:
        evidence.store_facts(ctx.job, number, drafts)
        remarks.record(ctx.job, f"facts-{number:04d}", ctx.author.remarks)

    return Outcome(result={"facts": len(drafts)}, apply=apply)


def _outline(ctx: Context) -> Outcome:
    wishes = Wishes(
        chapters=ctx.job.wanted_chapters,
        words=ctx.job.wanted_words,
        hold=ctx.job.holds_targets,
        style=ctx.job.style,
    )
    outline = ctx.author.plan_outline(
        evidence.subject(ctx.job), evidence.source_texts(ctx.job), evidence.stored_facts(ctx.job), wishes
    )
    if not outline.chapters:
        raise UnitFailed(
            "The sources say too little about this person to plan a single chapter. Add sources."
        )
    return Outcome(
        result={"chapters": len(outline.chapters), "notes": list(outline.notes)},
        apply=lambda: _store(ctx, outline),
    )


def _store(ctx: Context, outline: Outline) -> None:
    plans = [
        PlannedChapter(ChapterKind.CHAPTER, plan.title, plan.number, plan.synopsis, plan.target_words)
        for plan in outline.chapters
    ]
    with translation.override(ctx.job.language):
        specials = [
            PlannedChapter(kind, section_title(kind)) for kind in ChapterKind if kind != ChapterKind.CHAPTER
        ]
    chapters = plan_chapters(job=ctx.job, plans=[*plans, *specials])
    evidence.store_outline(ctx.job, outline, chapters)
    remarks.record(ctx.job, OUTLINE, ctx.author.remarks)
