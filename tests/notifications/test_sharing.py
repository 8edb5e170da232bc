"""Sockets of one process share their reads, and nobody gets an answer that began before the question."""

from __future__ import annotations

import asyncio
import threading
import uuid
from collections.abc import Callable

import pytest

from bookgen_site.lib import clock
from notifications import sharing
from notifications.models import Event
from notifications.sharing import SharedReads

JOB = uuid.uuid4()


class Table:
    """Answers with what was committed when the read began, once the gate is open."""

    def __init__(self) -> None:
        self.committed = 0
        self.reads = 0
        self.gate = threading.Event()

    def events_after(self, _job: uuid.UUID, seq: int, _most: int) -> list[Event]:
        self.reads += 1
        seen = self.committed
        self.gate.wait(10)
        return [Event(seq=number, created_at=clock.now()) for number in range(seq + 1, seen + 1)]


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> Table:
    made = Table()
    monkeypatch.setattr(sharing, "events_after", made.events_after)
    monkeypatch.setattr(sharing, "database_sync_to_async", _in_a_thread)
    return made


def _in_a_thread(work: Callable[..., object], *, thread_sensitive: bool) -> Callable[..., object]:
    assert not thread_sensitive, "it would wait behind every question about somebody's rights"
    return lambda *arguments: asyncio.to_thread(work, *arguments)


async def test_many_who_ask_at_once_cost_one_read(table: Table) -> None:
    table.committed = 2
    table.gate.set()
    reads = SharedReads()
    found = await asyncio.gather(*(reads.after(JOB, 0, 500) for _socket in range(100)))
    assert table.reads == 1
    assert all([event.seq for event in events] == [1, 2] for events in found)


async def test_who_asks_during_a_read_hears_what_was_committed_since(table: Table) -> None:
    reads = SharedReads()
    early = asyncio.create_task(reads.after(JOB, 0, 500))
    while not table.reads:  # noqa: ASYNC110  # another thread counts them
        await asyncio.sleep(0.001)
    table.committed = 1
    late = [asyncio.create_task(reads.after(JOB, 0, 500)) for _socket in range(10)]
    await asyncio.sleep(0)
    table.gate.set()
    assert await early == []
    assert [[event.seq for event in await one] for one in late] == [[1]] * 10
    assert table.reads == 2


async def test_a_socket_that_closes_takes_no_read_from_the_others(table: Table) -> None:
    table.committed = 1
    reads = SharedReads()
    leaving, staying = (asyncio.create_task(reads.after(JOB, 0, 500)) for _socket in range(2))
    while not table.reads:  # noqa: ASYNC110  # another thread counts them
        await asyncio.sleep(0.001)
    leaving.cancel()
    table.gate.set()
    assert [event.seq for event in await staying] == [1]
