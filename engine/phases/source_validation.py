"""Phase 1: every source becomes clean text with passages and scores, or is rejected with a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from biographies.vocabulary import Phase
from engine.phases.base import Context, Outcome, UnitSpec, Work
from sources.actions import record_validation, reject
from sources.judging import Judgement, judge, twins
from sources.models import Source

PHASE: Final = Phase.SOURCE_VALIDATION
VITAL: Final = False
DUPLICATES: Final = "duplicates"


def units(ctx: Context) -> tuple[UnitSpec, ...]:
    """One unit per source that isn't judged yet, then one that compares them all."""
    waiting = (
        Source.objects.filter(job=ctx.job, valid=None).order_by("number").values_list("number", flat=True)
    )
    return (*(UnitSpec(key=f"source-{number:04d}") for number in waiting), UnitSpec(key=DUPLICATES, wave=1))


def work(unit: Work, ctx: Context) -> Outcome:
    """Judge one source, or find the duplicates among all."""
    if unit.key == DUPLICATES:
        return _duplicates(ctx)
    source = Source.objects.get(job=ctx.job, number=int(unit.key.removeprefix("source-")))
    judgement = judge(source, ctx.job)
    return Outcome(result={"valid": judgement.valid}, apply=_record(source, judgement))


def _record(source: Source, judgement: Judgement) -> Callable[[], None]:
    columns: dict[str, Any] = judgement.columns
    return lambda: record_validation(source=source, passages=judgement.passages, **columns)


def _duplicates(ctx: Context) -> Outcome:
    found = twins(Source.objects.filter(job=ctx.job, valid=True).order_by("number"))

    def apply() -> None:
        for source_id, because in found:
            reject(source_id=source_id, because=because)

    return Outcome(result={"duplicates": len(found)}, apply=apply)
