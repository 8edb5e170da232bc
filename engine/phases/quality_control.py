"""Phase 5: what can be checked is checked, and what is seen becomes findings for the editor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from biographies.actions import Seen, record_findings
from biographies.models import Chapter, ChapterRevision
from biographies.queries import chapters_in_order
from biographies.vocabulary import ChapterStatus, Phase, Severity
from engine import evidence, quality, second_opinions
from engine.phases.base import Context, Outcome, UnitSpec, Work
from engine.quality import Checked
from engine.quality.rows import read_section
from notifications.events import FindingMade
from notifications.publish import publish
from sources.actions import record_opinions

PHASE: Final = Phase.QUALITY_CONTROL
VITAL: Final = False
BOOK: Final = "book"


def units(ctx: Context) -> tuple[UnitSpec, ...]:
    """One unit per section, as soon as it has been written, then one for the book as a whole."""
    written = chapters_in_order(ctx.job_id).exclude(status=ChapterStatus.PARKED)
    return (*(of_section(one.pk) for one in written), of_book())


def of_section(chapter_id: int) -> UnitSpec:
    """The unit that checks one section."""
    return UnitSpec(key=f"section-{chapter_id}", chapter_id=chapter_id, by_chapter=True)


def of_book() -> UnitSpec:
    """The unit that checks the book as a whole, after its sections."""
    return UnitSpec(key=BOOK, wave=1)


def work(unit: Work, ctx: Context) -> Outcome:
    """Check one section, or the book. A section that was left out or parked has no text to be checked."""
    if unit.key == BOOK:
        return _outcome(quality.check_book(ctx.job), quality.BOOK_CHECKS, ctx)
    if unit.chapter is None or unit.chapter.current_revision is None:
        return Outcome(result={"no_text": True})
    return _section(unit.chapter, ctx)


def _section(chapter: Chapter, ctx: Context) -> Outcome:
    """Ask for opinions where rules leave a sentence open, check, and store both together."""
    revision = chapter.current_revision
    view = replace(read_section(chapter), tolerance=ctx.author.length_tolerance)
    opinions = second_opinions.ask(ctx.author, evidence.subject(ctx.job), view)
    checked = quality.section_checked(opinions.beside(view))
    checked = replace(checked, seen=[*checked.seen, *opinions.seen])
    outcome = _outcome(checked, (*quality.SECTION_CHECKS, second_opinions.NAME), ctx, chapter, revision)
    if revision is None or not opinions.given:
        return outcome

    def apply() -> None:
        record_opinions(revision=revision, opinions=opinions.rows())
        outcome.apply()

    return Outcome(result={**outcome.result, "opinions": len(opinions.given)}, apply=apply)


def _outcome(
    checked: Checked,
    checks: tuple[str, ...],
    ctx: Context,
    chapter: Chapter | None = None,
    revision: ChapterRevision | None = None,
) -> Outcome:
    result = {"findings": len(checked.seen), "checks": checked.counts}  # a check with 0 ran, and saw nothing
    return Outcome(result=result, apply=_record(ctx, chapter, revision, checks, checked.seen))


def _record(
    ctx: Context,
    chapter: Chapter | None,
    revision: ChapterRevision | None,
    checks: tuple[str, ...],
    seen: list[Seen],
) -> Callable[[], None]:
    def apply() -> None:
        record_findings(job=ctx.job, revision=revision, checks=checks, seen=seen)
        if seen:
            gravest = next(
                level for level in reversed(Severity) if any(one.severity == level for one in seen)
            )
            number = chapter.pk if chapter else None
            publish(ctx.job_id, FindingMade(chapter=number, count=len(seen), severity=gravest.value))

    return apply
