"""What a campaign has found, and which of it should not be."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from tests.faults.engine import book, judge
from tests.faults.engine.arena import BOUND, Line
from tests.faults.engine.plan import Plan


@dataclass
class Result:
    """What was found; `failures` are the sentences that make the campaign fail."""

    lines: list[Line]
    notes: list[tuple[str, bool, str]]
    tales: list[str]
    calm: judge.Outcome
    storm: judge.Outcome
    deaths: int
    in_flight: int  # calls on their way in workers that died or were frozen, at most
    gaps: list[str]  # in what the further books have left
    seconds: dict[str, float] = field(default_factory=dict)
    poisoned: list[tuple[Any, ...]] = field(default_factory=list)
    poisonings: int = 0


def p95(lines: Sequence[Line]) -> float:
    """Seconds to the next progress that 95 % of the faults keep; none at all is beyond every bound."""
    waits = sorted(math.inf if line.seconds is None else line.seconds for line in lines)
    return waits[max(0, math.ceil(0.95 * len(waits)) - 1)] if waits else 0.0


def failures(result: Result, plan: Plan) -> Iterator[str]:
    """What should not be, one sentence each."""
    for name, (lost, more) in judge.differences(result.calm, result.storm).items():
        if lost or more:
            yield f"{name}: {lost} lost or changed, {more} done twice or anew"
    yield from (*result.storm.gaps, *result.gaps)
    if not result.calm.docx or result.calm.docx != result.storm.docx:
        yield "the book isn't the same to the byte"
    if result.storm.asked_again:
        told = "; ".join(result.storm.asked_again[:5])
        yield f"{len(result.storm.asked_again)} calls were made again though their answers were recorded: {told}"
    again, most = result.storm.bill["paid_again"], 0 if plan.caches else result.in_flight
    if again > most:
        yield f"{again} calls were paid again, and at most {most} may be"
    if plan.caches and result.storm.lost_money:
        yield f"the bill and the ledger are {result.storm.lost_money} micro-dollars apart"
    yield from (f"{line.fault}: no progress ever" for line in result.lines if line.seconds is None)
    if plan.timed and (wait := p95(result.lines)) > BOUND:
        yield f"the p95 to the next progress is {wait:.1f} s, and at most {BOUND:.0f} s may be"
    yield from (f"{what}: {figures}" for what, good, figures in result.notes if not good)
    yield from _of_poison(result, plan)


def _of_poison(result: Result, plan: Plan) -> Iterator[str]:
    if not plan.wants("poison"):
        return
    found = [row[:3] for row in result.poisoned if "died" in row[4]]
    if found != [("needs_review", book.POISON, "parked")]:
        yield f"the poisoned book: {result.poisoned}"
    # A worker that is killed while it judges has another judge: trials aren't counted, workers are.
    if not 1 <= result.poisonings < settings.ENGINE_MAX_DEATHS:
        yield f"the poison killed {result.poisonings} workers"
