"""One room of a process for those who watch a job: each event is read once and handed to all who are in it.

A thousand sockets that each wait, wake and ask by themselves cost several times what handing them a ready text does.
"""

from __future__ import annotations

import asyncio
import uuid
from contextlib import suppress
from typing import Final, Protocol
from weakref import WeakKeyDictionary

import structlog

from notifications.ears import Ear
from notifications.queries import last_number
from notifications.sharing import Told, aside, shared_reads

log = structlog.get_logger(__name__)

POLL_SECONDS = 5.0  # the news of the channel layer are a hint: what it loses is found by looking
BATCH: Final = 500
BREATH: Final = 50  # listeners served at a stretch: then the server writes, and others have their turn


class Listener(Protocol):
    """Somebody who has heard all events of a job up to a number."""

    seq: int

    async def hear(self, told: Told) -> None:
        """Pass one event on, unless it is an old one. Waits for nobody: the server takes it into its buffer."""


class Room:
    """Of one job and event loop."""

    def __init__(self, job_id: uuid.UUID) -> None:
        self.job_id, self.guests = job_id, 0
        self._told: int | None = None  # up to where those in here have been told
        self._listeners: set[Listener] = set()
        self._bell, self._begun = asyncio.Event(), asyncio.Event()
        self._ear = Ear(job_id, self._bell)
        self._task = asyncio.create_task(self._run())

    async def open(self) -> None:
        """Until news reach this room."""
        await self._ear.asked()

    async def begun(self) -> None:
        """Until it is known from where on events are told in here."""
        await self._begun.wait()

    def enter(self, listener: Listener) -> bool:
        """Tell them all that follows; False while they don't know yet what those in here were told: let them read."""
        if self._told is None or listener.seq < self._told:
            return False
        self._listeners.add(listener)
        return True

    @property
    def told(self) -> int:
        """Up to where those in here have been told."""
        return self._told or 0

    def holds(self, listener: Listener) -> bool:
        """Whether they are told what follows."""
        return listener in self._listeners

    def leave(self, listener: Listener) -> None:
        """Tell them no more."""
        self._listeners.discard(listener)

    async def close(self) -> None:
        """Nobody is left."""
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task
        await self._ear.close()

    async def _run(self) -> None:
        while True:
            try:
                await self._tell_new()
            except Exception as error:  # noqa: BLE001  # whatever it is: without this task all in here are deaf
                log.warning("events_not_read", error=f"{type(error).__name__}: {error}")
            await self._rung()

    async def _tell_new(self) -> None:
        if self._told is None:
            # The number comes from the table: a listener may name any.
            self._told = await aside(last_number, self.job_id)
            self._begun.set()
        while found := await shared_reads().after(self.job_id, self._told, BATCH):
            for told in found:
                await self._tell(told)
            if len(found) < BATCH:
                return

    async def _tell(self, told: Told) -> None:
        self._told = told.seq  # first: who enters meanwhile must have heard it
        for number, listener in enumerate(tuple(self._listeners), 1):
            if self.holds(listener):
                await self._hand(told, listener)
            if number % BREATH == 0:
                await asyncio.sleep(0)

    async def _hand(self, told: Told, listener: Listener) -> None:
        try:
            await listener.hear(told)
        except Exception as error:  # noqa: BLE001  # whatever a server raises for one, the others go on hearing
            log.warning("listener_lost", error=str(error))
            self.leave(listener)

    async def _rung(self) -> None:
        """Wait for news, or the moment of a look without."""
        with suppress(TimeoutError):
            async with asyncio.timeout(POLL_SECONDS):
                await self._bell.wait()
        self._bell.clear()


_rooms: Final[WeakKeyDictionary[asyncio.AbstractEventLoop, dict[uuid.UUID, Room]]] = WeakKeyDictionary()


async def come(job_id: uuid.UUID) -> Room:
    """The job's room, which news reach from now on, or will soon; whoever comes must go."""
    here = _rooms.setdefault(asyncio.get_running_loop(), {})
    room = here.get(job_id)
    if room is None:
        room = here[job_id] = Room(job_id)
    room.guests += 1
    try:
        with suppress(TimeoutError):  # news are a hint: a layer that hangs keeps nobody out
            async with asyncio.timeout(POLL_SECONDS):
                await room.open()
    except BaseException:  # whoever asked has gone meanwhile
        await go(room)
        raise
    return room


async def go(room: Room) -> None:
    """The last one to go closes the room."""
    room.guests -= 1
    if not room.guests:
        del _rooms[asyncio.get_running_loop()][room.job_id]
        await room.close()
