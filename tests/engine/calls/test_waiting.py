"""Of the calls of one process that wait for a place, one thread looks for all of them."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from functools import partial

import pytest

from bookgen_site.lib import clock
from engine.calls.waiting import LOOK, Line
from engine.models import CallTicket
from tests.fakes.threads import at_once


class Gate:
    """Grants the tickets that it is told to, and remembers its looks."""

    def __init__(self) -> None:
        self.free: set[int] = set()
        self.looks: list[list[int]] = []
        self.inside = self.most_inside = 0
        self.slow = 0.0
        self.broken = False

    def look(self, tickets: Sequence[CallTicket]) -> None:
        self.inside += 1
        self.most_inside = max(self.most_inside, self.inside)
        try:
            self.looks.append([ticket.pk for ticket in tickets])
            time.sleep(self.slow)
            if self.broken:
                raise OSError("the database is away")
            for ticket in tickets:
                if ticket.pk in self.free and ticket.granted_at is None:
                    ticket.granted_at = clock.now()
        finally:
            self.inside -= 1

    def open(self, line: Line, *places: int) -> None:
        self.free.update(places)
        line.stir()


def tickets(number: int) -> list[CallTicket]:
    return [CallTicket(pk=pk) for pk in range(1, number + 1)]


def wait(line: Line, ticket: CallTicket) -> int:
    with line.joined(ticket):
        while not line.is_granted(ticket):
            pass
    return int(ticket.pk)


def test_a_free_place_is_found_at_the_first_look() -> None:
    gate, (ticket,) = Gate(), tickets(1)
    gate.free = {1}
    began = time.monotonic()
    assert wait(Line(gate.look), ticket) == 1
    assert (gate.looks, time.monotonic() - began < LOOK) == ([[1]], True)


def test_one_looks_for_all_who_wait() -> None:
    gate, waiting = Gate(), tickets(8)
    gate.slow = 0.01
    line = Line(gate.look)
    opened = threading.Timer(0.3, partial(gate.open, line, *range(1, 9)))
    opened.start()
    assert at_once([partial(wait, line, one) for one in waiting]) == [1, 2, 3, 4, 5, 6, 7, 8]
    opened.join()
    assert gate.most_inside == 1
    # Eight that join lead to a look each at most, then one every tenth of a second; not one of each thread.
    assert len(gate.looks) <= 8 + 0.3 / LOOK + 3
    assert sorted(gate.looks[-1]) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_a_place_that_is_told_to_be_free_is_looked_for_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.calls.waiting.LOOK", 30)
    gate, (ticket,) = Gate(), tickets(1)
    line = Line(gate.look)
    opened = threading.Timer(0.1, partial(gate.open, line, 1))
    opened.start()
    assert at_once([partial(wait, line, ticket)], seconds=10) == [1]
    opened.join()
    assert len(gate.looks) == 2


def test_who_joins_is_looked_for_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.calls.waiting.LOOK", 30)
    gate, (first, second) = Gate(), tickets(2)
    gate.free = {2}
    line = Line(gate.look)
    early = threading.Thread(target=wait, args=[line, first], daemon=True)
    early.start()
    while not gate.looks:
        time.sleep(0.01)
    assert at_once([partial(wait, line, second)], seconds=10) == [2]
    gate.open(line, 1)
    early.join(10)
    assert not early.is_alive()


def test_when_the_looking_thread_is_done_another_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.calls.waiting.LOOK", 0.02)
    gate, waiting = Gate(), tickets(3)
    line = Line(gate.look)
    timers = [threading.Timer(0.05 * pk, partial(gate.free.add, pk)) for pk in (1, 2, 3)]
    for timer in timers:
        timer.start()
    assert at_once([partial(wait, line, one) for one in waiting], seconds=10) == [1, 2, 3]
    assert 3 in gate.looks[-1]
    assert 1 not in gate.looks[-1]  # who has its place isn't looked for any more


def test_a_look_that_breaks_is_told_to_its_thread_and_the_next_one_looks() -> None:
    gate, (ticket,) = Gate(), tickets(1)
    line = Line(gate.look)
    gate.broken = True
    with pytest.raises(OSError, match="away"):
        wait(line, ticket)
    gate.broken, gate.free = False, {1}
    assert wait(line, ticket) == 1
