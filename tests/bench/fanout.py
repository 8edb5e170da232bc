"""One event to a thousand listeners by Daphne, PostgreSQL and Redis, on loopback. `BENCH_CLIENTS=100` for fewer.

A message's time is that from the commit of its event until the kernel tells a client that something is there. The
clients are a process of their own (`tests/bench/listeners.py`): one epoll that reads bytes and does nothing else
meanwhile, so that the server is measured and not they. How often the table of events is read is PostgreSQL's own count.
"""

from __future__ import annotations

import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any, Final

from scripts.tools import services
from tests.bench.figure import Figure
from tests.bench.load import percentile
from tests.fuzz.server import ROOT, daphne, environment, free_port, manage

CLIENTS: Final = int(os.environ.get("BENCH_CLIENTS", "1000"))
EVENTS: Final = 30
GAP: Final = 1.0  # seconds between two events
RATE: Final = 50  # sockets opened a second: opening isn't what is measured
FILES: Final = 4_096  # handles: a socket each, here and in Daphne
NAMES = (
    "sockets open",
    "event to listener, median",
    "event to listener, p95",
    "reads of the events per event",
)


def measure() -> Iterable[Figure]:
    """The campaign in a process of its own: Django of this one may stand on another database already."""
    with tempfile.TemporaryDirectory(prefix="bookgen-bench-fanout-") as folder:
        services.wipe("fanout")  # what a run that was killed left behind
        addresses = services.start("fanout")
        try:
            variables = environment(Path(folder), **addresses, LOG_LEVEL="ERROR")
            manage(variables, "migrate", "--verbosity", "0")
            command = [sys.executable, "-m", "tests.bench.fanout"]
            told = subprocess.run(
                command, cwd=ROOT, env=variables, check=True, stdout=subprocess.PIPE, text=True
            )
        finally:
            services.wipe("fanout")
    *taken, reads = [float(word) for word in told.stdout.split()]
    yield Figure(NAMES[0], CLIENTS, "", "1,000")
    yield Figure(NAMES[1], percentile(taken, 0.5), "ms", "", sorted(taken)[:5])
    yield Figure(NAMES[2], percentile(taken, 0.95), "ms", "under 250", sorted(taken)[-5:])
    yield Figure(NAMES[3], reads, "", "1 of one process")


def main() -> None:
    """Open all, publish, and print the milliseconds of every message, then the reads of an event."""
    import django  # noqa: PLC0415  # the settings are read from the environment of this process

    django.setup()
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(FILES, hard), hard))
    port = free_port()
    server = subprocess.Popen(daphne(port), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not _answers(port):
            time.sleep(0.1)
        taken, reads = _listened(port)
    finally:
        server.terminate()
        server.wait(30)
    sys.stdout.write(" ".join(f"{one:.2f}" for one in (*taken, reads)))


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _listened(port: int) -> tuple[list[float], float]:
    from biographies.models import BiographyJob  # noqa: PLC0415  # the apps must be loaded
    from bookgen_site.accounts.models import User  # noqa: PLC0415

    user = User.objects.create_superuser("listener")
    job = BiographyJob.objects.create(owner=user, character="Ada Quill")
    path = f"/ws/biographies/{job.pk}/"
    command = [sys.executable, "-m", "tests.bench.listeners", str(port), path, str(EVENTS)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, **pipes) as crowd:  # type: ignore[call-overload]
        _let_in(crowd.stdin, user)
        if crowd.stdout.readline() != "open\n":
            raise RuntimeError("not every socket was opened")
        before = _reads()
        committed = _publish(job.pk)
        heard = [line.split() for line in crowd.stdout]
    if len(heard) != EVENTS * CLIENTS:
        raise RuntimeError(f"{len(heard)} of {EVENTS * CLIENTS} messages came")
    reads = (_reads() - before) / EVENTS
    return [1000 * (float(at) - committed[int(seq)]) for seq, at in heard], reads


def _let_in(tickets: IO[str], user: Any) -> None:
    from notifications.tickets import give_ticket  # noqa: PLC0415  # the apps must be loaded

    for _number in range(CLIENTS):
        tickets.write(f"{give_ticket(by=user)[0]}\n")
        tickets.flush()
        time.sleep(1 / RATE)
    tickets.close()


def _publish(job: Any) -> dict[int, float]:
    """So many events; returns the moment of each one's commit, by its number."""
    from bookgen_site.lib import queue  # noqa: PLC0415  # the apps must be loaded
    from notifications.events import PhaseChange  # noqa: PLC0415
    from notifications.publish import publish  # noqa: PLC0415
    from notifications.tasks import send_live  # noqa: PLC0415

    committed: dict[int, float] = {}

    def sent(subject: str) -> None:  # after the commit
        committed[len(committed) + 1] = time.monotonic()
        send_live(subject)

    queue.register("notifications.live", sent)
    for _number in range(EVENTS):
        publish(job, PhaseChange(phase="export", progress=95))
        time.sleep(GAP)
    return committed


def _reads() -> int:
    from django.db import connection  # noqa: PLC0415  # the apps must be loaded

    from notifications.models import Event  # noqa: PLC0415

    time.sleep(1.5)  # the counts come late
    with connection.cursor() as cursor:
        told = (
            "SELECT coalesce(seq_scan, 0) + coalesce(idx_scan, 0) FROM pg_stat_user_tables WHERE relname = %s"
        )
        cursor.execute(told, [Event._meta.db_table])
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    main()
