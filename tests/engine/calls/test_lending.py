"""A thread that waits for its turn, for a model or for other threads holds no connection of the pool."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from types import SimpleNamespace

import pytest

from bookgen_site.lib import clock
from engine.authors import side_by_side
from engine.calls import gate, sending
from engine.calls.waiting import Line
from engine.models import CallTicket


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    for module in (sending, gate, side_by_side):
        monkeypatch.setattr(module, "let_go", partial(found.append, "let go"))
    return found


def test_before_it_waits_for_other_threads(steps: list[str]) -> None:
    side_by_side.side_by_side(steps.append, ["one", "other"])
    assert steps[0] == "let go"
    assert sorted(steps[1:]) == ["one", "other"]


def test_before_it_waits_for_its_turn(monkeypatch: pytest.MonkeyPatch, steps: list[str]) -> None:
    def look(tickets: Sequence[CallTicket]) -> None:
        steps.append("look")
        for ticket in tickets if steps.count("look") > 1 else ():
            ticket.granted_at = clock.now()

    monkeypatch.setattr(gate, "_line", _always(Line(look)))
    gate._wait(CallTicket(pk=1), bool, float("inf"))
    assert steps == ["let go", "look", "let go", "look"]


def test_before_it_waits_for_a_model(monkeypatch: pytest.MonkeyPatch, steps: list[str]) -> None:
    client = SimpleNamespace(complete=lambda _body: steps.append("call"))
    monkeypatch.setattr("engine.calls.roles.client", lambda: client)
    sending._called(b"{}")
    assert steps == ["let go", "call"]


def _always(line: Line) -> Callable[[int], Line]:
    return lambda _endpoint: line
