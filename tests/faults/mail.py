"""The campaign of mail: so many events, the senders killed again and again, a mail server with every bad habit.

`python -m tests.faults.mail --events 500 --kills 100` runs it at length; the tests run a short form of it.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import socket
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from email import message_from_bytes
from itertools import cycle
from pathlib import Path
from typing import Any, Final

from aiosmtpd.controller import Controller

from bookgen_site.env import BASE_DIR
from tests.fakes.forking import Fork, Forks

GONE: Final = "gone"  # an address that begins so doesn't exist, as `sender` knows too
SENDING: Final = (
    "SELECT count(*) FROM deliveries WHERE state = 'sending'"
    " AND lease_until > strftime('%Y-%m-%d %H:%M:%f', 'now')"
)
# Each record of a success, written in the transaction that records it: a log may lose a line, or tell what is undone.
WITNESS: Final = """
CREATE TABLE witnessed (uid text NOT NULL);
CREATE TRIGGER witness AFTER UPDATE OF state ON deliveries WHEN NEW.state = 'sent'
BEGIN INSERT INTO witnessed VALUES (NEW.uid); END;
"""
MOMENTS: Final = ("taken", "taken", "claimed", "while")
PATIENCE: Final = 4.0  # seconds that a moment is waited for
BOOKS: Final = 10


@dataclass
class MailServer:
    """A server on loopback. `habit` is what it does with a message: ok, busy, refuse, hang."""

    habit: str = "ok"
    taken: list[tuple[str, str]] = field(default_factory=list)  # Message-ID and address of each that it took
    busy_until: float = 0.0
    controller: Any = None
    port: int = 0

    def start(self) -> None:
        """Listen: on the same port again after `stop`."""
        self.port = self.port or free_port()  # the controller calls itself there, so it must be a real one
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port, ready_timeout=30)
        self.controller.start()

    def stop(self) -> None:
        """Be gone: connections are refused."""
        self.controller.stop()

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Aiosmtpd's name for: may mail go to this address?"""
        if address.startswith(GONE):
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Aiosmtpd's name for: a message has come."""
        if self.habit == "busy":
            return "451 4.3.0 come again"
        if self.habit == "closing":
            return "421 4.3.2 going down"
        if self.habit == "hang":
            await asyncio.sleep(3)
            return "451 4.3.0 too late"
        message = message_from_bytes(envelope.content)
        self.taken.append((str(message["Message-ID"]), envelope.rcpt_tos[0]))
        return "250 2.0.0 taken"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Report:
    """What is left of the campaign; `copies` counts how often each Message-ID was taken."""

    states: dict[str, int]
    copies: Counter[str]
    recorded: dict[str, int]
    kills: int

    @property
    def doubled(self) -> int:
        """How many messages more than needed were taken."""
        return sum(self.copies.values()) - len(self.copies)


def campaign(folder: Path, *, events: int, kills: int, seed: int = 1) -> Report:
    """Publish, send, kill; then let the senders end, and count."""
    chance, server = random.Random(seed), MailServer()
    server.start()
    errors = folder / "errors"
    home = environment(folder, server.port)
    sending = Forks(home, errors, ["tests.faults.sender:act", str(folder), str(events), str(BOOKS)])
    try:
        assert sending.start().wait() == 0, errors.read_text()  # the first makes the events
        with closing(sqlite3.connect(folder / "var" / "bookgen.sqlite3")) as connection:
            connection.executescript(WITNESS)
        done = kill_again_and_again(sending, server, folder, kills, chance)
        server.habit = "ok"
        assert sending.start().wait() == 0, errors.read_text()
    finally:
        sending.close()
        server.stop()
    return report(folder, server, done)


def environment(folder: Path, port: int) -> dict[str, str]:
    """The embedded profile in this folder, with a mail server, and leases of a second."""
    foreign = ("BOOKGEN", "PYTEST", "DATABASE", "REDIS", "SMTP", "ANYMAIL")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    return inherited | {
        "BOOKGEN_VAR": str(folder / "var"),
        "DJANGO_SETTINGS_MODULE": "bookgen_site.settings",
        "PYTHONPATH": str(BASE_DIR),
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(port),
        "SMTP_TLS": "false",
        "SMTP_SECONDS": "1",
        "DELIVERY_LEASE_SECONDS": "1",
        "LOG_FORMAT": "json",
    }


def kill_again_and_again(
    sending: Forks, server: MailServer, folder: Path, kills: int, chance: random.Random
) -> int:
    """One sender at a time, killed at a moment that chance chooses, while the server goes through its habits.

    Returns how many were killed: fewer when everything was sent before.
    """
    habits = cycle(["ok", "ok", "busy", "ok", "closing", "ok", "hang", "ok", "gone"])
    for done in range(kills):
        server.habit = next(habits)
        if server.habit == "gone":
            server.stop()
        process = sending.start()
        wait_for(chance.choice(MOMENTS), process, server, folder)
        killed = process.kill() == -9 if process.lives() else bool(process.wait())
        if server.habit == "gone":
            server.start()
        if not killed:
            return done
    return kills


def wait_for(moment: str, process: Fork, server: MailServer, folder: Path) -> None:
    """Until a message is claimed, or the server has just taken one (which nobody has written down yet), or a while."""
    end, before = time.monotonic() + (0.3 if moment == "while" else PATIENCE), len(server.taken)
    while time.monotonic() < end and process.lives():
        if moment == "taken" and len(server.taken) > before:
            return
        if moment == "claimed" and count(folder, SENDING):
            return
        time.sleep(0.001)


def count(folder: Path, query: str) -> int:
    """A number from the campaign's database."""
    ((found,),) = rows_of(folder, query)
    return int(found)


def rows_of(folder: Path, query: str) -> list[tuple[Any, ...]]:
    """Rows from the campaign's database."""
    path = folder / "var" / "bookgen.sqlite3"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=5)) as connection:
        return connection.execute(query).fetchall()


def report(folder: Path, server: MailServer, kills: int) -> Report:
    """Count what the database and the server say."""
    states = dict(rows_of(folder, "SELECT state, count(*) FROM deliveries GROUP BY state"))
    copies = Counter(message_id for message_id, _address in server.taken)
    recorded = dict(rows_of(folder, "SELECT uid, count(*) FROM witnessed GROUP BY uid"))
    return Report(states, copies, recorded, kills)


def judge(found: Report, folder: Path, events: int) -> None:
    """Every delivery ended as it should; each success was recorded once; no kill cost more than one copy."""
    heard = [number for number in range(events) if number % 7 != 6]
    gone = [number for number in heard if number % BOOKS == 0]
    assert found.states == {"sent": len(heard) - len(gone), "failed": len(gone)}, found.states
    uids = rows_of(folder, "SELECT uid FROM deliveries WHERE state = 'sent'")
    assert {message_id[1:33] for message_id in found.copies} == {uid for (uid,) in uids}
    assert found.recorded == {uid: 1 for (uid,) in uids}
    assert found.doubled <= found.kills, found.doubled
    tried = rows_of(folder, "SELECT max(attempts) FROM deliveries WHERE state = 'failed'")
    assert tried[0][0] is not None


def main() -> None:
    """The campaign at length."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=500)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        began = time.monotonic()
        found = campaign(Path(place), events=asked.events, kills=asked.kills, seed=asked.seed)
        judge(found, Path(place), asked.events)
        sys.stdout.write(
            f"{asked.events} events, {found.kills} kills, {time.monotonic() - began:.0f} s: {found.states}; "
            f"{len(found.copies)} messages taken, {found.doubled} of them twice, each recorded once\n"
        )


if __name__ == "__main__":
    main()
