"""The trial of a suspect: a unit that workers have died at is worked in a process of its own, which its worker watches.

That process has nothing but the unit to die of. Where it dies and the worker lives, the unit is parked, unless the
process only waited for a model. Where both die at once, somebody has killed them, and the unit is tried again.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Final

import structlog

from bookgen_site.env import BASE_DIR
from bookgen_site.lib.lending import let_go
from engine import deaths, units
from engine.calls.errors import Interrupted
from engine.stopping import stopping
from engine.units import Claim

log = structlog.get_logger(__name__)

COMMAND: Final[list[str]] = [sys.executable, str(BASE_DIR / "manage.py"), "work_unit"]
DATABASE_AWAY: Final = os.EX_TEMPFAIL  # the status of a process that can't tell how the unit ended
_ASKED: Final = {-signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP}  # to end, before it could listen
_PAUSE: Final = 0.5  # seconds between two looks at whether this worker is to end
_GRACE: Final = 0.2  # seconds in which a worker dies whose group of processes was killed
_places: Final = threading.BoundedSemaphore(2)  # of this worker


def hold(claim: Claim) -> None:
    """Let a process of its own work the unit, which records itself what came of it.

    Raises UnitFailed when that process died of it, Interrupted when it was ended from outside or can't tell what came
    of the unit, ClaimLost when that is another worker's by now, and OSError when no process could be started, or none
    that works.
    """
    log.warning("unit_on_trial", deaths=claim.unit.deaths, deaths_waiting=claim.unit.deaths_waiting)
    let_go()
    with _place():
        status = _worked(claim)
    if status < 0 and status not in _ASKED and not stopping.is_set():
        _judge(claim)
    elif status == DATABASE_AWAY:
        raise Interrupted("The database was away from a trial.")
    elif status in _ASKED or (status and stopping.is_set()):
        raise Interrupted("The work was ended during a trial.")
    elif status or units.holds(claim):
        raise OSError(f"The unit's own process ended with {status}, and without a word.")


def _judge(claim: Claim) -> None:
    """Of a model's answer that it only waited for, a process doesn't die: somebody has ended it."""
    time.sleep(_GRACE)
    if deaths.died_waiting(claim.unit, claim.fence):
        raise Interrupted("The process of a trial was killed while it waited for a model.")
    units.convict(claim)


@contextmanager
def _place() -> Iterator[None]:
    """One of few: after a storm every unit is a suspect, and each trial is a process with all of BookGen in it."""
    while not _places.acquire(timeout=_PAUSE):
        if stopping.is_set():
            raise Interrupted("The work was ended before a trial.")
    try:
        yield
    finally:
        _places.release()


def _worked(claim: Claim) -> int:
    """How the process ended: its status, or the negative number of the signal that killed it."""
    asked = [*COMMAND, str(claim.unit.pk), str(claim.fence)]
    level = logging.getLevelName(logging.getLogger().level)  # a command at a terminal is quieter than was set
    own = os.environ | {"LOG_LEVEL": level, "WORKER_LOG_LEVEL": level}
    with subprocess.Popen(asked, cwd=BASE_DIR, env=own, stdin=subprocess.PIPE) as process:
        while True:
            with suppress(subprocess.TimeoutExpired):
                return process.wait(_PAUSE)
            if stopping.is_set():
                process.terminate()


def submit(line: IO[Any]) -> None:
    """Make this the process of a trial: told to end it ends well, and with its worker the line ends, and it dies."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_told: stopping.set())
    threading.Thread(target=_die_with, args=[line], name="lifeline", daemon=True).start()
    with suppress(OSError):  # where the system knows of it: of two that take as much, this one goes first
        Path("/proc/self/oom_score_adj").write_text("200")


def _die_with(line: IO[Any]) -> None:
    line.read()
    os.kill(os.getpid(), signal.SIGKILL)
