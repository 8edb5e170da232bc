"""One read of new events for all sockets of a process that wait for the same ones.

Whoever asks while a read is under way joins the next one, never the running one: that may have begun before
the event was committed of which the asker was told. Those who watch in a room (`rooms.py`) ask once together; this is
for the many who come back at once, after a restart.
"""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar
from weakref import WeakKeyDictionary

from channels.db import database_sync_to_async
from django.db import connection

from notifications.models import Event
from notifications.queries import events_after

Key = tuple[uuid.UUID, int, int]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Told:
    """An event by its number, and as it goes over the wire: written once for all who hear it."""

    seq: int
    text: str

    @classmethod
    def of(cls, event: Event) -> Told:
        """Of a row."""
        at = event.created_at.isoformat()
        return cls(
            event.seq,
            json.dumps({"seq": event.seq, "kind": event.kind, "at": at, "payload": event.payload}),
        )


class SharedReads:
    """The reads of one event loop: for each question the one under way, and the one that will begin after it."""

    def __init__(self) -> None:
        self._running: dict[Key, asyncio.Task[list[Told]]] = {}
        self._next: dict[Key, asyncio.Task[list[Told]]] = {}

    async def after(self, job_id: uuid.UUID, seq: int, most: int) -> list[Told]:
        """At most so many events of a job after this number; raises DatabaseError."""
        key = (job_id, seq, most)
        if key not in self._next:
            self._next[key] = asyncio.create_task(self._read(key, self._running.get(key)))
        # One socket that closes ends its own waiting, not the others'.
        return await asyncio.shield(self._next[key])

    async def _read(self, key: Key, before: asyncio.Task[list[Told]] | None) -> list[Told]:
        if before:
            await asyncio.wait([before])
        mine = self._running[key] = self._next.pop(key)
        try:
            return await aside(_told_after, *key)
        finally:
            if self._running.get(key) is mine:
                del self._running[key]


async def aside(read: Callable[..., T], *given: object) -> T:
    """What a read of the database answers, by a thread that has the time.

    Not by the one thread that all share: there it would wait behind every question about somebody's rights. Each such
    thread has a connection of its own, which goes back to the pool at once.
    """

    def reading() -> T:
        try:
            return read(*given)
        finally:
            connection.close()

    answer: T = await database_sync_to_async(reading, thread_sensitive=False)()
    return answer


def _told_after(job_id: uuid.UUID, seq: int, most: int) -> list[Told]:
    return [Told.of(event) for event in events_after(job_id, seq, most)]


_by_loop: Final[WeakKeyDictionary[asyncio.AbstractEventLoop, SharedReads]] = WeakKeyDictionary()


def shared_reads() -> SharedReads:
    """Those of the running event loop."""
    return _by_loop.setdefault(asyncio.get_running_loop(), SharedReads())
