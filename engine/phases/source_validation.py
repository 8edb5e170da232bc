"""Phase 1: every source becomes clean text with passages and scores, or is rejected with a reason.

Three waves: documents are fetched, many hosts side by side; each is judged by itself; all are compared.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.db.models import QuerySet

from biographies.models import BiographyJob
from biographies.vocabulary import Phase
from engine.discovering import COMPARING, discovery_units, is_discovery, work_discovery
from engine.phases.base import Context, Outcome, UnitSpec, Work
from sources.actions import record_validation, reject
from sources.comparing import twins
from sources.fetching import fetch_sources, unfetched
from sources.judging import Judgement, judge
from sources.models import Source
from sources.queries import valid_of_any_decision, waiting_sources

PHASE: Final = Phase.SOURCE_VALIDATION
VITAL: Final = False
FETCH: Final = "fetch-"
DUPLICATES: Final = "duplicates"
BATCH: Final = 60  # numbers of sources in one unit of fetching: what a killed worker has to look up again


def units(ctx: Context) -> tuple[UnitSpec, ...]:
    """Units that fetch, one per source that isn't judged yet, those of a search, then one that compares them all."""
    waiting = list(waiting_sources(ctx.job_id).values_list("number", flat=True))
    batches = sorted({_batch_of(number) for number in unfetched(ctx.job_id).values_list("number", flat=True)})
    return (
        *(UnitSpec(key=f"{FETCH}{batch:04d}") for batch in batches),
        *(UnitSpec(key=f"source-{number:04d}", wave=1) for number in waiting),
        *discovery_units(ctx),
        UnitSpec(key=DUPLICATES, wave=COMPARING),
    )


def work(unit: Work, ctx: Context) -> Outcome:
    """Fetch a batch, judge one source, search for others, or find the duplicates among all."""
    if is_discovery(unit.key):
        return work_discovery(unit, ctx)
    if unit.key == DUPLICATES:
        return _duplicates(ctx)
    if unit.key.startswith(FETCH):
        return _fetch(_in_batch(ctx.job, int(unit.key.removeprefix(FETCH))))
    source = Source.objects.get(job=ctx.job, number=int(unit.key.removeprefix("source-")))
    if source.valid is not None:  # its server gave no document
        return Outcome(result={"valid": source.valid})
    judgement = judge(source, ctx.job)
    return Outcome(result={"valid": judgement.valid}, apply=_record(source, judgement))


def _batch_of(number: int) -> int:
    return (number - 1) // BATCH


def _in_batch(job: BiographyJob, batch: int) -> QuerySet[Source]:
    return unfetched(job.pk).filter(number__gt=batch * BATCH, number__lte=(batch + 1) * BATCH)


def _fetch(sources: QuerySet[Source]) -> Outcome:
    fetched = fetch_sources(sources)
    return Outcome(result={"fetched": fetched.documents, "failed": fetched.failures}, apply=fetched.record)


def _record(source: Source, judgement: Judgement) -> Callable[[], None]:
    columns: dict[str, Any] = judgement.columns
    return lambda: record_validation(source=source, passages=judgement.passages, **columns)


def _duplicates(ctx: Context) -> Outcome:
    found = twins(valid_of_any_decision(ctx.job_id))

    def apply() -> None:
        for source_id, because in found:
            reject(source_id=source_id, because=because)

    return Outcome(result={"duplicates": len(found)}, apply=apply)
