"""Many watchers, lost hints, and a Redis that dies: does each hear every event once, in order?

    python -m tests.faults.sockets [--clients 50] [--events 200] [--drop 0.3] [--seconds 120]

Daphne on PostgreSQL and a Redis of its own. While the events are published, of the hints `drop` are thrown away; after
a third Redis is killed and started anew a second later, after two thirds it is emptied. Now and then a client is cut
off; it comes back with the number that it has. The status is 0 when every client has 1 to the last, once and in order.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from scripts.tools import services
from tests.faults.socket_client import Refused, messages
from tests.fuzz.server import ROOT, daphne, free_port, manage

GAP: Final = 0.02  # seconds between two events
CUT_AFTER: Final = 60  # messages after which a client is cut off, about


class Redis:
    """A server that keeps nothing, always on the same port."""

    def __init__(self) -> None:
        self.port = free_port()
        self.start()

    @property
    def url(self) -> str:
        """For REDIS_URL."""
        return f"redis://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Begin with nothing, and wait until it answers."""
        command = [
            shutil.which("redis-server") or "redis-server",
            "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
        ]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen([*command, "--save", "", "--appendonly", "no"], **quiet)  # type: ignore[call-overload]
        while self.ask("PING").strip() != "PONG":
            time.sleep(0.05)

    def ask(self, *words: str) -> str:
        """What it says to one command."""
        command = ["redis-cli", "-p", str(self.port), *words]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout

    def kill(self) -> None:
        """As a crash would."""
        self.process.kill()
        self.process.wait()


def main(arguments: list[str]) -> int:
    """One campaign."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.sockets")
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--events", type=int, default=200)
    parser.add_argument("--drop", type=float, default=0.3)
    parser.add_argument("--seconds", type=float, default=120)
    told = parser.parse_args(arguments)
    redis = Redis()
    with tempfile.TemporaryDirectory(prefix="bookgen-sockets-") as folder:
        own = {"BOOKGEN_VAR": folder, "SECURE_COOKIES": "false", "ALLOWED_HOSTS": "127.0.0.1"}
        own |= {"DATABASE_URL": services.start("sockets")["DATABASE_URL"], "REDIS_URL": redis.url}
        os.environ.update(own, DJANGO_SETTINGS_MODULE="bookgen_site.settings")
        try:
            manage(os.environ, "migrate", "--verbosity", "0")
            return _campaign(told, redis, Path(folder))
        finally:
            redis.kill()
            services.stop("sockets")


def _campaign(told: argparse.Namespace, redis: Redis, folder: Path) -> int:
    import django  # noqa: PLC0415  # the settings are read from the environment that was just made

    django.setup()
    port = free_port()
    with (folder / "daphne.log").open("wb") as log:
        server = subprocess.Popen(daphne(port), cwd=ROOT, stdout=log, stderr=log)
        try:
            return asyncio.run(_watched(told, redis, f"127.0.0.1:{port}"))
        finally:
            server.terminate()
            server.wait(30)


async def _watched(told: argparse.Namespace, redis: Redis, place: str) -> int:
    from biographies.models import BiographyJob  # noqa: PLC0415  # the apps must be loaded
    from bookgen_site.accounts.models import User  # noqa: PLC0415
    from notifications.tickets import give_ticket  # noqa: PLC0415

    user = await asyncio.to_thread(lambda: User.objects.create_superuser(f"watcher-{time.time_ns()}"))
    job = await asyncio.to_thread(lambda: BiographyJob.objects.create(owner=user, character="Ada Quill"))

    async def address(after: int) -> str:
        ticket, _until = await asyncio.to_thread(lambda: give_ticket(by=user))
        return f"ws://{place}/ws/biographies/{job.pk}/?after={after}&ticket={ticket}"

    clients = [Client(number, told.events, address) for number in range(told.clients)]
    watching = asyncio.gather(*(client.watch() for client in clients))
    while not all(client.snapshots for client in clients):  # noqa: ASYNC110  # a campaign may look
        await asyncio.sleep(0.1)
    began = time.monotonic()
    await asyncio.to_thread(_publish, job.pk, told, redis)
    published = time.monotonic()
    try:
        await asyncio.wait_for(watching, told.seconds)
    except TimeoutError:
        sys.stdout.write("Some clients never heard the end.\n")
    return _verdict(clients, told, published - began, time.monotonic() - published)


class Client:
    """One watcher: keeps what it hears, and comes back when it is cut off."""

    def __init__(self, number: int, events: int, address: Callable[[int], Any]) -> None:
        self.heard: list[int] = []
        self.snapshots = 0
        self._events, self._address = events, address
        self._chance = random.Random(number)

    async def watch(self) -> None:
        """Until the last event has been heard."""
        while self.last < self._events:
            try:
                await self._until_cut()
            except (OSError, Refused):
                await asyncio.sleep(0.3)

    @property
    def last(self) -> int:
        """The number of the newest event that was heard."""
        return self.heard[-1] if self.heard else 0

    async def _until_cut(self) -> None:
        left = self._chance.randrange(CUT_AFTER, 3 * CUT_AFTER)
        async for message in messages(await self._address(self.last)):
            if message["kind"] == "snapshot":
                self.snapshots += 1
                continue
            self.heard.append(message["seq"])
            left -= 1
            if not left or self.last >= self._events:
                return


def _publish(job_id: Any, told: argparse.Namespace, redis: Redis) -> None:
    """All events, with hints that get lost and a Redis that does."""
    from bookgen_site.lib import queue  # noqa: PLC0415
    from notifications.events import PhaseChange  # noqa: PLC0415
    from notifications.publish import publish  # noqa: PLC0415
    from notifications.tasks import send_live  # noqa: PLC0415

    chance = random.Random(1)
    queue.register("notifications.live", lambda job: None if chance.random() < told.drop else send_live(job))
    for number in range(1, told.events + 1):
        if number == told.events // 3:
            redis.kill()
        if number == told.events // 3 + int(1 / GAP):
            redis.start()
        if number == 2 * told.events // 3:
            redis.ask("FLUSHALL")
        publish(job_id, PhaseChange(phase="export", progress=95))
        time.sleep(GAP)


def _verdict(clients: list[Client], told: argparse.Namespace, publishing: float, rest: float) -> int:
    wanted = list(range(1, told.events + 1))
    wrong = [client for client in clients if client.heard != wanted]
    sockets = sum(client.snapshots for client in clients)
    sys.stdout.write(
        f"{len(clients)} clients, {sockets} sockets, {told.events} events in {publishing:.1f} s; "
        f"the last was heard {rest:.1f} s later; wrong: {len(wrong)}\n"
    )
    for client in wrong[:5]:
        sys.stdout.write(
            f"  heard {len(client.heard)}, last {client.last}, twice {len(client.heard) - len({*client.heard})}\n"
        )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
