"""The campaign: one book undisturbed, the same book under faults, and what a judge finds when both lie side by side."""

from __future__ import annotations

import math
import random
import shutil
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from unittest import mock

from django.conf import settings

from engine.authors.model import chapters, facts
from engine.crew import Crew
from tests.faults.engine import book, judge
from tests.faults.engine.arena import BOUND, Arena, Line
from tests.faults.engine.faults import AT_EXPORT, FAULTS, die_at
from tests.faults.engine.servers import DATABASE, PREPARED, Servers
from tests.faults.engine.stack import Stack, copied, until
from tests.faults.engine.surroundings import FLIGHT

MOST_BOOKS: Final = 3  # besides the first
LONGEST: Final = 420.0  # seconds from one rest of a book to the next, on a busy machine


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked of a campaign."""

    seed: int = 1
    kills: int = 3  # at random moments
    rounds: int = 1  # of all other faults
    long: bool = False
    caches: bool = True
    break_lookup: bool = False
    timed: bool = True  # whether the time to the next progress is judged
    only: tuple[str, ...] = ()

    @property
    def pieces(self) -> tuple[int, int]:
        """Words of a chapter, and of passages, that a model is asked for at a time: few, so that it takes 800 calls."""
        return (180, 1_000) if self.long else (chapters.PART_WORDS, facts.BATCH_WORDS)

    @property
    def between(self) -> tuple[float, float]:
        """Seconds from one fault to the next: a large chapter's answers are read again before it goes on."""
        return (1.0, 3.0) if self.long else (0.3, 1.5)


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


def run(root: Path, servers: Servers, plan: Plan) -> Result:
    """Prepare, make the book twice, and compare. Django's settings are those of the campaign already."""
    began = time.monotonic()
    folder, wishes = _material(plan)
    settings.MEDIA_ROOT = str(root / "prepared")
    servers.fresh(DATABASE)
    job_id, key = book.prepare(folder, wishes)
    servers.fresh(PREPARED, template=DATABASE)
    prepared = time.monotonic()
    calm = _calm(root / "calm", servers, job_id, plan)
    rested = time.monotonic()
    result = _storm(root / "storm", servers, (job_id, key), calm, plan)
    result.seconds = {
        "to prepare": prepared - began,
        "undisturbed": rested - prepared,
        "under faults": time.monotonic() - rested,
    }
    return result


def _material(plan: Plan) -> tuple[Path, dict[str, Any]]:
    return (book.LARGE, book.LONG) if plan.long else (book.SMALL, book.SHORT)


def _begin(folder: Path, servers: Servers, caches: bool) -> Stack:
    shutil.rmtree(folder, ignore_errors=True)
    servers.fresh(DATABASE, template=PREPARED)
    servers.flush_redis()
    stack = Stack(folder, servers, caches)
    copied(folder.parent / "prepared", folder / "media")
    settings.MEDIA_ROOT = str(folder / "media")
    return stack


def _calm(folder: Path, servers: Servers, job_id: uuid.UUID, plan: Plan) -> judge.Outcome:
    """Made by a crew of this process, which nothing disturbs."""
    stack = _begin(folder, servers, caches=True)
    with stack.running(team=False):
        settings.OPENROUTER_BASE_URL = stack.provider
        arena = Arena(stack, job_id, "", random.Random(0), 0)
        with small_pieces(*plan.pieces), Crew(job_id, FLIGHT + 1):
            _until_it_is(arena, "needs_review")
            assert book.approve(job_id) == 0, "a chapter can't be approved"
            _until_it_is(arena, "completed")
        book.let_go()
        return judge.outcome(
            servers, job_id, folder / "media", stack.asked("/bill"), stack.asked("/log")["data"]
        )


@contextmanager
def small_pieces(part: int, batch: int) -> Iterator[None]:
    """The model is asked for so many words at a time, as long as the block runs."""
    with mock.patch.object(chapters, "PART_WORDS", part), mock.patch.object(facts, "BATCH_WORDS", batch):
        yield


def _until_it_is(arena: Arena, status: str) -> None:
    arena.go_on(lambda: arena.status() in {status, "failed", "paused"}, LONGEST)
    query = (
        "SELECT j.error_message, u.key, u.error FROM biography_jobs j JOIN runs r ON r.job_id = j.job_id"
        " JOIN units u ON u.run_id = r.id WHERE u.status = 'parked' AND j.job_id = %s"
    )
    parked = arena.stack.servers.sure(query, arena.job_id)
    if arena.status() != status or parked:
        raise AssertionError(f"{arena.status()} instead of {status}; parked: {parked}")


def _storm(
    folder: Path, servers: Servers, made: tuple[uuid.UUID, str], calm: judge.Outcome, plan: Plan
) -> Result:
    stack = _begin(folder, servers, plan.caches)
    stack.orders.give("latency", "1")
    stack.orders.give("hints", "0.3 0.3")
    stack.orders.give("pieces", "{} {}".format(*plan.pieces))
    if plan.break_lookup:
        stack.orders.give("break-lookup")
    arena = Arena(stack, *made, random.Random(plan.seed), len(calm.rows["calls"]), long=plan.long)
    with stack.running(team=True), arena.watching():
        encores = _whole_road(arena, plan)
        poisoned = _poisoned_end(arena) if _wanted("poison", plan) else []
        bill, log = stack.asked("/bill"), stack.asked("/log")["data"]
        storm = judge.outcome(servers, arena.job_id, folder / "media", bill, log)
        gaps = [gap for job_id in encores for gap in judge.gaps(servers, job_id)]
    falls = [*stack.fell, *(at for _name, _pid, at in stack.orders.deaths())]
    poisonings = sum(name == "poison" for name, _pid, _at in stack.orders.deaths())
    flying = sum(line["began"] <= at <= (line["ended"] or at) for at in set(falls) for line in log)
    result = Result(arena.lines(), arena.notes, arena.tales, calm, storm, len(stack.fell), flying, gaps)
    result.poisoned, result.poisonings = poisoned, poisonings
    return result


def _whole_road(arena: Arena, plan: Plan) -> list[uuid.UUID]:
    """Written and printed; the further books that it took. Where the book ends midway is told, not hidden."""
    encores: list[uuid.UUID] = []
    main = arena.job_id
    try:
        _write(arena, plan, encores)
        _print(arena, plan)
    except AssertionError as stuck:
        arena.note("the book came to its end without a person", False, str(stuck))
    arena.job_id = main
    return encores


def _wanted(name: str, plan: Plan) -> bool:
    return not plan.only or any(word in name for word in plan.only)


def _write(arena: Arena, plan: Plan, encores: list[uuid.UUID]) -> None:
    """The faults while the book is written; where it is done before they are, they go on with another."""
    main = arena.job_id
    if _wanted("planning", plan):
        arena.inflicted("kill -9: planning", die_at("planning")(arena))
    if _wanted("poison", plan):
        _poison(arena)
    faults = _shuffled(plan, arena.chance)
    for place, name in enumerate(faults):
        while not _inflict(arena, name, len(faults) - place):
            encores.append(_encore(arena, plan, len(encores)))
        arena.rest(arena.chance.uniform(*plan.between))
    arena.stack.orders.give("latency", "0.1")
    for arena.job_id in [*encores, main]:
        _until_it_is(arena, "needs_review")


def _inflict(arena: Arena, name: str, left: int) -> bool:
    """Do the fault; False when the book was over before it could be done."""
    arena.pace(left * 4.0 if arena.long else left * 3.0)
    if arena.is_over():
        return False
    try:
        arena.inflicted(name, FAULTS[name](arena))
    except AssertionError as missed:
        if arena.is_over():
            return False
        arena.note(name, False, str(missed))
    return True


def _encore(arena: Arena, plan: Plan, number: int) -> uuid.UUID:
    """Another book of the same sources, since this one is over."""
    if number == MOST_BOOKS:
        raise AssertionError(f"{number} further books came to their end before all faults were done")
    folder, wishes = _material(plan)
    arena.job_id = book.encore(number, folder, wishes)
    arena.told("a book was over before all faults were done: they went on with another")
    return arena.job_id


def _shuffled(plan: Plan, chance: random.Random) -> Sequence[str]:
    random_kill = "kill -9 at any moment"
    names = [name for name in FAULTS if name != random_kill and _wanted(name, plan)] * plan.rounds
    names += [random_kill] * (plan.kills if _wanted(random_kill, plan) else 0)
    chance.shuffle(names)
    return names


def _print(arena: Arena, plan: Plan) -> None:
    """Approve and export, and die while doing so."""
    # One of them: a third death, by a lease that lapses on a busy machine, would rightly park the export.
    point, arena.goal = arena.chance.choice(AT_EXPORT), "completed"
    if _wanted(point, plan):
        arena.stack.orders.give(point)
    assert book.approve(arena.job_id) == 0
    if _wanted(point, plan):
        arena.inflicted(f"kill -9: {point}", die_at(point)(arena))
    _until_it_is(arena, "completed")


def _poison(arena: Arena) -> None:
    job_id = book.poisoned()
    arena.stack.orders.give("poison", f"{job_id} {book.POISON}")


def _poisoned_end(arena: Arena) -> list[tuple[Any, ...]]:
    """What became of the poisoned book: it rests at its review, and all that isn't done of it."""
    query = (
        "SELECT j.status, u.key, u.status, u.deaths, u.error FROM units u JOIN runs r ON r.id = u.run_id"
        " JOIN biography_jobs j ON j.job_id = r.job_id WHERE j.job_id = %s AND u.status <> 'done'"
    )
    job_id = uuid.UUID((arena.stack.orders.read("poison") or "").split()[0])
    status = "SELECT status FROM biography_jobs WHERE job_id = %s"
    until(lambda: (arena.stack.revive(), arena.stack.servers.sure(status, job_id) != [("running",)])[1], 120)
    return arena.stack.servers.sure(query, job_id)


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
    if not _wanted("poison", plan):
        return
    found = [row[:3] for row in result.poisoned if "died" in row[4]]
    if found != [("needs_review", book.POISON, "parked")]:
        yield f"the poisoned book: {result.poisoned}"
    if not 1 <= result.poisonings <= settings.ENGINE_MAX_DEATHS:
        yield f"the poison killed {result.poisonings} workers"
