"""The campaign: one book undisturbed, the same book under faults, and what a judge finds when both lie side by side."""

from __future__ import annotations

import random
import shutil
import time
import uuid
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from engine.crew import Crew
from tests.faults.engine import book, judge
from tests.faults.engine.arena import Arena
from tests.faults.engine.faults import AT_EXPORT, FAULTS, die_at
from tests.faults.engine.plan import Plan, material, shuffled, small_pieces
from tests.faults.engine.servers import DATABASE, PREPARED, Servers
from tests.faults.engine.stack import Stack, copied, until
from tests.faults.engine.surroundings import FLIGHT
from tests.faults.engine.verdict import Result

MOST_BOOKS: Final = 3  # besides the first
LONGEST: Final = 420.0  # seconds from one rest of a book to the next, on a busy machine


def run(root: Path, servers: Servers, plan: Plan) -> Result:
    """Prepare, make the book twice, and compare. Django's settings are those of the campaign already."""
    began = time.monotonic()
    folder, wishes = material(plan)
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
    # A large book has hundreds of calls for facts before the first fault; later the faults set the pace.
    stack.orders.give("latency", "0.3" if plan.long else "1")
    stack.orders.give("hints", "0.3 0.3")
    stack.orders.give("pieces", "{} {}".format(*plan.pieces))
    if plan.break_lookup:
        stack.orders.give("break-lookup")
    arena = Arena(stack, *made, random.Random(plan.seed), len(calm.rows["calls"]), long=plan.long)
    with stack.running(team=True), arena.watching():
        encores = _whole_road(arena, plan)
        poisoned = _poisoned_end(arena) if plan.wants("poison") else []
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


def _write(arena: Arena, plan: Plan, encores: list[uuid.UUID]) -> None:
    """The faults while the book is written; where it is done before they are, they go on with another."""
    main = arena.job_id
    if plan.wants("planning"):
        arena.inflicted("kill -9: planning", die_at("planning")(arena))
    if plan.wants("poison"):
        _poison(arena)
    faults = shuffled(plan, arena.chance)
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
    folder, wishes = material(plan)
    arena.job_id = book.encore(number, folder, wishes)
    arena.told("a book was over before all faults were done: they went on with another")
    return arena.job_id


def _print(arena: Arena, plan: Plan) -> None:
    """Approve and export, and die while doing so."""
    # One of them: a third death, by a lease that lapses on a busy machine, would rightly park the export.
    point, arena.goal = arena.chance.choice(AT_EXPORT), "completed"
    if plan.wants(point):
        arena.stack.orders.give(point)
    assert book.approve(arena.job_id) == 0
    if plan.wants(point):
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
    told = arena.stack.orders.read("poison")
    if not told:
        return []  # the storm broke off before it; the notes say where
    job_id = uuid.UUID(told.split()[0])
    status = "SELECT status FROM biography_jobs WHERE job_id = %s"
    until(lambda: (arena.stack.revive(), arena.stack.servers.sure(status, job_id) != [("running",)])[1], 120)
    return arena.stack.servers.sure(query, job_id)
