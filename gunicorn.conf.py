"""How gunicorn serves the team's pages and API. It reads this file by itself when it is started beside it."""

from __future__ import annotations

import gc
import os
import shutil
import socket
from pathlib import Path
from typing import Any

from bookgen_site.env import VAR_DIR
from bookgen_site.settings import LOGGING, WEB_CONCURRENCY

worker_class = "gthread"
workers = WEB_CONCURRENCY
threads = 8
# As much as the door before it lets through (four headers of 8 kB, to one of which it adds the client's address), so
# that whoever is refused is refused by the door, in the shape that the API has for errors.
limit_request_line = 8190  # bytes
limit_request_field_size = 16_380  # bytes
limit_request_fields = 8_190
control_socket_disable = True
# Its own lines look like all others, and go where they go.
logconfig_dict = {
    **LOGGING,
    "loggers": {**LOGGING["loggers"], "gunicorn.error": {"level": "INFO", "handlers": [], "propagate": True}},
}

# All processes count into files of one folder, so whichever is asked for /metrics knows all. Set before the
# application is loaded: the counters look for it when they are made. A folder that was given is somebody else's to
# empty (scripts/team, which shares it among all processes of a machine); else each machine or container has its own.
GIVEN = os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")
COUNTERS = Path(GIVEN or VAR_DIR / "metrics" / socket.gethostname())
os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(COUNTERS)


def on_starting(_server: Any) -> None:
    """Begin with no counters: those of processes that are gone would be counted for ever."""
    if not GIVEN:
        shutil.rmtree(COUNTERS, ignore_errors=True)
    COUNTERS.mkdir(parents=True, exist_ok=True)


def post_worker_init(_worker: Any) -> None:
    """What was loaded stays: the collector needn't look through it in the midst of requests (p99: 80 to 12 ms)."""
    gc.collect()
    gc.freeze()


def child_exit(_server: Any, worker: Any) -> None:
    """Keep what a process that ended has counted, and forget what only a living one can tell."""
    from prometheus_client import multiprocess  # noqa: PLC0415  # after the folder is set

    multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
