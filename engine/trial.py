"""The trial of a suspect: a unit that workers have died at is worked in a process of its own, which its worker watches.

That process has nothing but the unit to die of. Where it dies and the worker lives, the unit is parked. Where both
die at once, somebody has killed them, and the unit is tried again.
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Final

import structlog

from bookgen_site.env import BASE_DIR
from bookgen_site.lib.lending import let_go
from engine import returning, units
from engine.calls.errors import Interrupted
from engine.stopping import stopping
from engine.units import Claim

log = structlog.get_logger(__name__)

COMMAND: Final[list[str]] = [sys.executable, str(BASE_DIR / "manage.py"), "work_unit"]
DATABASE_AWAY: Final = os.EX_TEMPFAIL  # the status of a process that can't tell how the unit ended
_ASKED: Final = {-signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP}  # to end, before it could listen
_PAUSE: Final = 0.5  # seconds between two looks at whether this worker is to end
_GRACE: Final = 0.2  # seconds in which a worker dies whose group of processes was killed


def hold(claim: Claim) -> None:
    """Let a process of its own work the unit, which records itself what came of it.

    Raises UnitFailed when that process died of it, Interrupted when it was told to end before it began, ClaimLost when
    the unit is another worker's by now, and OSError when no process could be started, or none that works.
    """
    log.warning("unit_on_trial", deaths=claim.unit.deaths, deaths_waiting=claim.unit.deaths_waiting)
    let_go()
    status = _worked(claim)
    if status == DATABASE_AWAY:
        returning.later(claim)
    elif status in _ASKED or (status and stopping.is_set()):
        raise Interrupted("The work was ended during a trial.")
    elif status > 0:
        raise OSError(f"The unit's own process ended with {status}.")
    elif status < 0:
        time.sleep(_GRACE)
        units.convict(claim)


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
    with suppress(OSError):  # where the system knows of it: of all processes here, this one may go first
        Path("/proc/self/oom_score_adj").write_text("1000")


def _die_with(line: IO[Any]) -> None:
    line.read()
    os.kill(os.getpid(), signal.SIGKILL)
