"""One event to a thousand listeners by Daphne, PostgreSQL and Redis, on loopback. `BENCH_CLIENTS=100` for fewer.

A message's time is that from the commit of its event to the arrival at a client, of all clients in this one process,
which needs a core for itself. How often the table of events is read is PostgreSQL's own count.
"""

from __future__ import annotations

import asyncio
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from scripts.tools import services
from tests.bench.figure import Figure
from tests.bench.load import percentile
from tests.faults.socket_client import messages
from tests.fuzz.server import ROOT, daphne, environment, free_port, manage

CLIENTS: Final = int(os.environ.get("BENCH_CLIENTS", "1000"))
EVENTS: Final = 30
GAP: Final = 1.0  # seconds between two events
PATIENCE: Final = 60.0  # seconds until every socket is open
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
        taken, reads = asyncio.run(_listened(f"127.0.0.1:{port}"))
    finally:
        server.terminate()
        server.wait(30)
    sys.stdout.write(" ".join(f"{one:.2f}" for one in (*taken, reads)))


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


async def _listened(place: str) -> tuple[list[float], float]:
    from biographies.models import BiographyJob  # noqa: PLC0415  # the apps must be loaded
    from bookgen_site.accounts.models import User  # noqa: PLC0415

    user = await asyncio.to_thread(User.objects.create_superuser, "listener")
    job = await asyncio.to_thread(lambda: BiographyJob.objects.create(owner=user, character="Ada Quill"))
    committed: dict[int, float] = {}
    heard: list[tuple[int, float]] = []
    opened: set[int] = set()
    clients = [asyncio.create_task(_client(n, place, job.pk, user, heard, opened)) for n in range(CLIENTS)]
    end = time.monotonic() + PATIENCE
    while len(opened) < CLIENTS:
        if time.monotonic() > end:
            raise TimeoutError(f"{len(opened)} of {CLIENTS} sockets are open")
        await asyncio.sleep(0.1)
    before = await asyncio.to_thread(_reads)
    await asyncio.to_thread(_publish, job.pk, committed)
    while len(heard) < EVENTS * CLIENTS:
        if time.monotonic() > end + EVENTS * GAP + PATIENCE:
            raise TimeoutError(f"{len(heard)} of {EVENTS * CLIENTS} messages came")
        await asyncio.sleep(0.1)
    reads = (await asyncio.to_thread(_reads) - before) / EVENTS
    for client in clients:
        client.cancel()
    return [1000 * (at - committed[seq]) for seq, at in heard], reads


async def _client(
    number: int, place: str, job: Any, user: Any, heard: list[tuple[int, float]], opened: set[int]
) -> None:
    from notifications.tickets import give_ticket  # noqa: PLC0415  # the apps must be loaded

    await asyncio.sleep(number * 0.02)  # fifty a second: opening isn't what is measured
    ticket, _until = await asyncio.to_thread(lambda: give_ticket(by=user))
    async for message in messages(f"ws://{place}/ws/biographies/{job}/?after=0&ticket={ticket}"):
        if message["kind"] == "snapshot":
            opened.add(number)
        else:
            heard.append((message["seq"], time.monotonic()))


def _publish(job: Any, committed: dict[int, float]) -> None:
    from bookgen_site.lib import queue  # noqa: PLC0415  # the apps must be loaded
    from notifications.events import PhaseChange  # noqa: PLC0415
    from notifications.publish import publish  # noqa: PLC0415
    from notifications.tasks import send_live  # noqa: PLC0415

    def sent(subject: str) -> None:  # after the commit
        committed[len(committed) + 1] = time.monotonic()
        send_live(subject)

    queue.register("notifications.live", sent)
    for _number in range(EVENTS):
        publish(job, PhaseChange(phase="export", progress=95))
        time.sleep(GAP)


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
