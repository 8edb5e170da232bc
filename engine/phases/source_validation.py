"""Phase 1: every source becomes clean text with passages and scores, or is rejected with a reason.

Three waves: documents are fetched, many hosts side by side; each is judged by itself, a few in one unit, since
a unit costs as much as a judgement; all are compared.
"""

from __future__ import annotations

from typing import Final

from django.db.models import QuerySet

from biographies.models import BiographyJob
from biographies.vocabulary import Phase
from engine.discovering import COMPARING, discovery_units, is_discovery, work_discovery
from engine.phases.base import Context, Outcome, UnitSpec, Work
from sources.actions import record_validation, reject
from sources.comparing import twins
from sources.fetching import fetch_sources, unfetched
from sources.judging import judge_for
from sources.models import Source
from sources.profiles import profile_of
from sources.queries import valid_of_any_decision, waiting_sources

PHASE: Final = Phase.SOURCE_VALIDATION
VITAL: Final = False
FETCH: Final = "fetch-"
JUDGE: Final = "judge-"
DUPLICATES: Final = "duplicates"
FETCHED: Final = 60  # numbers of sources in one unit of fetching: what a killed worker has to look up again
JUDGED: Final = (
    4  # numbers in one unit of judging: what a killed worker has to judge again, in tenths of a second
)


def units(ctx: Context) -> tuple[UnitSpec, ...]:
    """Units that fetch, then units that judge, those of a search, then one that compares all."""
    return (
        *(UnitSpec(key=f"{FETCH}{batch:04d}") for batch in _batches(unfetched(ctx.job_id), FETCHED)),
        *(
            UnitSpec(key=f"{JUDGE}{batch:04d}", wave=1)
            for batch in _batches(waiting_sources(ctx.job_id), JUDGED)
        ),
        *discovery_units(ctx),
        UnitSpec(key=DUPLICATES, wave=COMPARING),
    )


def work(unit: Work, ctx: Context) -> Outcome:
    """Fetch a batch, judge a few, search for others, or find the duplicates among all."""
    if is_discovery(unit.key):
        return work_discovery(unit, ctx)
    if unit.key == DUPLICATES:
        return _duplicates(ctx)
    if unit.key.startswith(FETCH):
        return _fetch(_in_batch(unfetched(ctx.job_id), int(unit.key.removeprefix(FETCH)), FETCHED))
    waiting = _in_batch(waiting_sources(ctx.job_id), int(unit.key.removeprefix(JUDGE)), JUDGED)
    return _judge(list(waiting), ctx.job)


def _batches(sources: QuerySet[Source], size: int) -> list[int]:
    """The batches that these sources fall into by their numbers: the same whoever asks, and whenever."""
    return sorted({(number - 1) // size for number in sources.values_list("number", flat=True)})


def _in_batch(sources: QuerySet[Source], batch: int, size: int) -> QuerySet[Source]:
    return sources.filter(number__gt=batch * size, number__lte=(batch + 1) * size)


def _judge(sources: list[Source], job: BiographyJob) -> Outcome:
    profile = profile_of(job)
    judged = [(source, judge_for(source, profile)) for source in sources]

    def apply() -> None:
        for source, judgement in judged:
            record_validation(source=source, passages=judgement.passages, **judgement.columns)

    valid = sum(judgement.valid for _source, judgement in judged)
    return Outcome(result={"judged": len(judged), "valid": valid}, apply=apply)


def _fetch(sources: QuerySet[Source]) -> Outcome:
    fetched = fetch_sources(sources)
    return Outcome(result={"fetched": fetched.documents, "failed": fetched.failures}, apply=fetched.record)


def _duplicates(ctx: Context) -> Outcome:
    found = twins(valid_of_any_decision(ctx.job_id))

    def apply() -> None:
        for source_id, because in found:
            reject(source_id=source_id, because=because)

    return Outcome(result={"duplicates": len(found)}, apply=apply)
