"""A process listens once for a job and reads each event once, however many watch, and stops when the last has gone."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator
from typing import Any

import pytest
from channels.layers import get_channel_layer
from django.db import DatabaseError, InterfaceError

from bookgen_site.lib import clock
from notifications import ears, rooms, sharing
from notifications.models import Event
from notifications.queries import group_of
from notifications.rooms import Room
from notifications.sharing import Told

JOB = uuid.uuid4()


class Ears:
    """A listener that notes what it hears; `deaf` ones break when they are told something."""

    def __init__(self, seq: int = 0, *, deaf: bool = False) -> None:
        self.seq, self.deaf, self.heard = seq, deaf, list[int]()

    async def hear(self, told: Told) -> None:
        if self.deaf:
            raise ConnectionError
        if told.seq > self.seq:
            self.seq = told.seq
            self.heard.append(told.seq)

    async def until(self, number: int) -> None:
        async with asyncio.timeout(10):
            while self.seq < number:  # noqa: ASYNC110  # told from outside
                await asyncio.sleep(0.005)


class Table:
    """The events of the job, how often they were read, and whether that fails."""

    def __init__(self) -> None:
        self.last, self.reads, self.away = 0, 0, False
        self.error: type[Exception] = DatabaseError

    def events_after(self, _job: uuid.UUID, seq: int, most: int) -> list[Event]:
        self.reads += 1
        if self.away:
            raise self.error
        return [Event(seq=n, created_at=clock.now()) for n in range(seq + 1, self.last + 1)][:most]

    async def publish(self, number: int = 1) -> None:
        self.last += number
        layer = get_channel_layer()
        assert layer is not None
        await layer.group_send(group_of(str(JOB)), {"type": "look"})


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> Table:
    made = Table()
    monkeypatch.setattr(sharing, "events_after", made.events_after)
    monkeypatch.setattr(rooms, "last_number", lambda _job: made.last)
    return made


@pytest.fixture
def joined(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The groups that were joined."""
    names: list[str] = []
    kind = type(get_channel_layer())
    join = kind.group_add

    async def counted(self: Any, group: str, channel: str) -> Any:
        names.append(group)
        return await join(self, group, channel)

    monkeypatch.setattr(kind, "group_add", counted)
    return names


@pytest.fixture
async def room(table: Table, joined: list[str]) -> AsyncIterator[Room]:
    made = await rooms.come(JOB)
    await made.begun()
    async with asyncio.timeout(10):
        while not table.reads:  # noqa: ASYNC110  # the first look
            await asyncio.sleep(0.005)
    yield made
    await rooms.go(made)


async def test_an_event_is_read_once_and_told_to_all(room: Room, table: Table, joined: list[str]) -> None:
    people = [Ears() for _socket in range(3 * rooms.BREATH)]
    assert all(room.enter(one) for one in people)
    before = table.reads
    await table.publish()
    await asyncio.gather(*(one.until(1) for one in people))
    assert (table.reads - before, joined) == (1, [group_of(str(JOB))])
    assert all(one.heard == [1] for one in people)


async def test_who_has_not_heard_what_the_others_were_told_reads_first(room: Room, table: Table) -> None:
    first, late = Ears(), Ears()
    room.enter(first)
    await table.publish(3)
    await first.until(3)
    assert not room.enter(late)
    late.seq = 3
    assert room.enter(late)
    await table.publish()
    await late.until(4)
    assert (first.heard, late.heard) == ([1, 2, 3, 4], [4])


async def test_who_comes_while_others_are_told_misses_nothing(room: Room, table: Table) -> None:
    people = [Ears() for _socket in range(2 * rooms.BREATH)]
    assert all(room.enter(one) for one in people)
    await table.publish(2)
    async with asyncio.timeout(10):
        while not any(one.seq for one in people):  # noqa: ASYNC110  # the room takes breath after some of them
            await asyncio.sleep(0)
    assert not all(one.seq for one in people)
    assert not room.enter(Ears()), "it would never hear of the first event"


async def test_a_number_that_somebody_made_up_shuts_nobody_out(room: Room, table: Table) -> None:
    liar, honest = Ears(10**9), Ears()
    assert room.enter(liar)
    assert room.enter(honest)
    await table.publish()
    await honest.until(1)
    assert liar.heard == []


async def test_one_whose_line_breaks_takes_nothing_from_the_others(room: Room, table: Table) -> None:
    broken, fine = Ears(deaf=True), [Ears() for _socket in range(5)]
    assert all(room.enter(one) for one in (broken, *fine))
    await table.publish()
    await asyncio.gather(*(one.until(1) for one in fine))
    assert not room.holds(broken)


async def test_who_has_left_is_told_nothing(room: Room, table: Table) -> None:
    gone, here = Ears(), Ears()
    assert all(room.enter(one) for one in (gone, here))
    room.leave(gone)
    await table.publish()
    await here.until(1)
    assert gone.heard == []


async def test_the_last_to_go_closes_the_room(room: Room, joined: list[str]) -> None:
    assert await rooms.come(JOB) is room
    await rooms.go(room)
    assert len(joined) == 1
    other = await rooms.come(uuid.uuid4())
    await rooms.go(other)
    again = await rooms.come(other.job_id)
    assert again is not other
    assert len(joined) == 3, "a new ear was needed"
    await rooms.go(again)


async def test_news_that_no_hint_told_are_found(
    table: Table, joined: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms, "POLL_SECONDS", 0.02)
    made, one = await rooms.come(JOB), Ears()
    await made.begun()
    assert made.enter(one)
    table.last = 2
    await one.until(2)
    await rooms.go(made)


@pytest.mark.parametrize("error", [DatabaseError, InterfaceError, RuntimeError])
async def test_a_database_that_was_away_is_asked_again(
    table: Table, joined: list[str], monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    table.error = error
    monkeypatch.setattr(rooms, "POLL_SECONDS", 0.02)
    made, one = await rooms.come(JOB), Ears()
    await made.begun()
    assert made.enter(one)
    table.away, before = True, table.reads
    await table.publish()
    async with asyncio.timeout(10):
        while table.reads < before + 2:  # noqa: ASYNC110  # it fails, and fails again
            await asyncio.sleep(0.005)
    table.away = False
    await one.until(1)
    await rooms.go(made)


@pytest.fixture
def hanging(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """A layer that takes the question and never answers."""

    async def hang(*_given: object) -> None:
        await asyncio.sleep(600)

    monkeypatch.setattr(type(get_channel_layer()), "group_add", hang)


async def test_a_layer_that_hangs_keeps_nobody_out(
    hanging: None, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms, "POLL_SECONDS", 0.05)
    async with asyncio.timeout(10):
        made, one = await rooms.come(JOB), Ears()
        await made.begun()
        assert made.enter(one)
        table.last = 1
        await one.until(1)
        await rooms.go(made)


async def test_who_goes_before_the_door_is_open_leaves_no_room_behind(hanging: None) -> None:
    coming = asyncio.create_task(rooms.come(JOB))
    await asyncio.sleep(0.02)
    coming.cancel()
    with pytest.raises(asyncio.CancelledError):
        await coming
    assert JOB not in rooms._rooms[asyncio.get_running_loop()]


async def test_a_layer_that_was_emptied_is_asked_again(
    table: Table, joined: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ears, "AGAIN_SECONDS", 0.02)
    made, one = await rooms.come(JOB), Ears()
    await made.begun()
    assert made.enter(one)
    layer = get_channel_layer()
    assert layer is not None
    await layer.flush()
    async with asyncio.timeout(10):
        while len(joined) < 2:  # noqa: ASYNC110  # the ear counts no rounds
            await asyncio.sleep(0.01)
    await table.publish()
    await one.until(1)
    await rooms.go(made)
