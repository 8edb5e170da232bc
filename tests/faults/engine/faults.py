"""The faults: each is done to a running stack, and answers when the machine could go on again."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from typing import Final

from tests.faults.engine.arena import Arena
from tests.faults.engine.orders import POINTS
from tests.faults.engine.stack import WORKERS, until
from tests.faults.engine.surroundings import LEASE

OUTAGE: Final = 5.0  # seconds, where hours pass the same way
LONG_OUTAGE: Final = 120.0  # seconds; in the long form the first of each
LONG_FREEZE: Final = 90.0
Fault = Callable[[Arena], float]  # the moment from which progress is expected, on the steady clock

_ABOUT: Final = {"intent": "intended", "claim": "True", "planning": "chapter_generation"}
AT_EXPORT: Final = ("exporting", "exported")


def die_at(point: str) -> Fault:
    """Let the next worker that comes to the point die there."""

    def fault(arena: Arena) -> float:
        arena.stack.orders.give(point, _ABOUT.get(point, ""))
        return arena.death(point)

    return fault


def kill(arena: Arena) -> float:
    """Any worker, at any moment."""
    time.sleep(arena.chance.uniform(0, 1))
    arena.stack.kill(arena.chance.choice(WORKERS))
    return time.monotonic()


def _frozen(arena: Arena) -> tuple[str, int, int]:
    """A worker that is stopped while it holds a unit, the unit, and its fence."""
    while held := arena.held_by_a_worker():
        name = held[0]
        arena.stack.stopped.add(name)
        arena.stack.tell(name, signal.SIGSTOP)
        if held in arena.held():
            return held
        arena.stack.tell(name, signal.SIGCONT)  # the unit was done just before
        arena.stack.stopped.discard(name)
    raise AssertionError("no worker held a unit")


def freeze(arena: Arena) -> float:
    """Stop a worker that holds a unit until another has taken it; then let it go on, as if nothing had been."""
    began = time.monotonic()
    name, unit, fence = _frozen(arena)
    arena.hurry()
    taken = until(lambda: arena.fence(unit) > fence, LEASE + 60)
    arena.stack.orders.give("latency", "4")  # the book is to last longer than this
    arena.rest(began + arena.once("freeze", LONG_FREEZE, 0.0) - time.monotonic())
    arena.stack.tell(name, signal.SIGCONT)
    arena.stack.stopped.discard(name)
    arena.note("a frozen worker's unit was taken over", taken, f"fence {fence} to {arena.fence(unit)}")
    return began


def flush(arena: Arena) -> float:
    """Redis forgets everything."""
    arena.stack.servers.flush_redis()
    return time.monotonic()


def restart_redis(arena: Arena) -> float:
    """Killed, and there again at once."""
    arena.stack.servers.stop_redis()
    arena.stack.servers.start_redis()
    return time.monotonic()


def lose_redis(arena: Arena) -> float:
    """Away for a while; the API and the work go on meanwhile."""
    began = time.monotonic()
    before = arena.progress()
    arena.stack.servers.stop_redis()
    arena.expect_api("without Redis", read=200, write=202)
    arena.rest(began + arena.once("Redis gone", LONG_OUTAGE, OUTAGE) - time.monotonic())
    arena.note("work goes on without Redis", arena.progress() > before, f"{before} to {arena.progress()}")
    arena.stack.servers.start_redis()
    return time.monotonic()


def fill_redis(arena: Arena) -> float:
    """Every write is refused for a while."""
    arena.stack.servers.fill_redis(full=True)
    arena.expect_api("with a full Redis", read=200, write=202)
    arena.rest(OUTAGE / 2)
    arena.stack.servers.fill_redis(full=False)
    return time.monotonic()


def restart_postgres(arena: Arena) -> float:
    """Stopped as by a power cut, and started again at once."""
    arena.stack.servers.stop_postgres()
    arena.stack.servers.start_postgres()
    return time.monotonic()


def lose_postgres(arena: Arena) -> float:
    """Away for a while, with answers on their way."""
    began = time.monotonic()
    arena.stack.servers.stop_postgres()
    arena.expect_api("without PostgreSQL", read=503, write=503)
    arena.rest(began + arena.once("PostgreSQL gone", LONG_OUTAGE, OUTAGE) - time.monotonic())
    kept = len(list((arena.stack.folder / "media" / "answers").glob("*.json")))
    arena.stack.servers.start_postgres()
    arena.told(f"{kept} paid answers lay on the disk when PostgreSQL came back")
    return time.monotonic()


def kill_beat(arena: Arena) -> float:
    """It doesn't come back."""
    arena.stack.kill_beat()
    return time.monotonic()


def deploy(arena: Arena) -> float:
    """SIGTERM to all workers, and start them again."""
    began = time.monotonic()
    arena.stack.deploy(patience=30)
    seconds = time.monotonic() - began
    arena.note("workers end by themselves when told to", seconds < 30, f"{seconds:.1f} s")
    return time.monotonic()


def fill_disk(arena: Arena) -> float:
    """No worker can write to a file."""
    arena.stack.limit_files(full=True)
    arena.rest(OUTAGE / 2)
    arena.stack.limit_files(full=False)
    return time.monotonic()


def move_clock(arena: Arena) -> float:
    """One worker's clock is three leases ahead, then three behind, then right again."""
    order = f"clock-{WORKERS[0]}"
    for shift in (3 * LEASE, -3 * LEASE):
        arena.stack.orders.give(order, str(shift))
        arena.rest(1.5)
    arena.stack.orders.withdraw(order)
    return time.monotonic()


FAULTS: Final[dict[str, Fault]] = {
    **{f"kill -9: {point}": die_at(point) for point in POINTS if point not in ("planning", *AT_EXPORT)},
    "kill -9 at any moment": kill,
    "frozen beyond its lease": freeze,
    "Redis: FLUSHALL": flush,
    "Redis restarted": restart_redis,
    "Redis gone": lose_redis,
    "Redis full": fill_redis,
    "PostgreSQL stopped at once": restart_postgres,
    "PostgreSQL gone": lose_postgres,
    "beat killed": kill_beat,
    "deploy": deploy,
    "disk full": fill_disk,
    "clock moved": move_clock,
}
