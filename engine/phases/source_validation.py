"""Phase 1: every source becomes clean text with passages and scores, or is rejected with a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from biographies.vocabulary import Phase
from engine.discovering import COMPARING, discovery_units, is_discovery, work_discovery
from engine.phases.base import Context, Outcome, UnitSpec, Work
from sources.actions import record_validation, reject
from sources.judging import Judgement, judge, twins
from sources.models import Source
from sources.vocabulary import Found

PHASE: Final = Phase.SOURCE_VALIDATION
VITAL: Final = False
DUPLICATES: Final = "duplicates"


def units(ctx: Context) -> tuple[UnitSpec, ...]:
    """One unit per source that isn't judged yet, those of a search, and one that compares all sources."""
    waiting = (
        Source.objects.filter(job=ctx.job, valid=None).order_by("number").values_list("number", flat=True)
    )
    given = (UnitSpec(key=f"source-{number:04d}") for number in waiting)
    return (*given, *discovery_units(ctx), UnitSpec(key=DUPLICATES, wave=COMPARING))


def work(unit: Work, ctx: Context) -> Outcome:
    """Judge one source, search for others, or find the duplicates among all."""
    if is_discovery(unit.key):
        return work_discovery(unit, ctx)
    if unit.key == DUPLICATES:
        return _duplicates(ctx)
    source = Source.objects.get(job=ctx.job, number=int(unit.key.removeprefix("source-")))
    judgement = judge(source, ctx.job)
    return Outcome(result={"valid": judgement.valid}, apply=_record(source, judgement))


def _record(source: Source, judgement: Judgement) -> Callable[[], None]:
    columns: dict[str, Any] = judgement.columns
    return lambda: record_validation(source=source, passages=judgement.passages, **columns)


def _duplicates(ctx: Context) -> Outcome:
    rows = Source.objects.filter(job=ctx.job, valid=True).order_by("number")
    # What the editor gave comes first: of two that say the same, theirs stays.
    found = twins(sorted(rows, key=lambda row: row.found == Found.FINDER))

    def apply() -> None:
        for source_id, because in found:
            reject(source_id=source_id, because=because)

    return Outcome(result={"duplicates": len(found)}, apply=apply)
