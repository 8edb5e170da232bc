"""What a worker of the campaign does besides its work: it dies at named points, loses hints, and reads a moved clock.

The engine knows nothing of this. A worker of the campaign is started by `worker.py`, which puts these wrappers around
functions of the engine. What is to happen, a folder of small files says, which the campaign writes while it runs.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from bookgen_site.lib import clock, queue
from engine import plans, runner, trial, units
from engine.authors.model import chapters, facts
from engine.calls import Caller, booking, spool
from engine.models_api.client import Client
from engine.phases import export
from tests.faults.engine.orders import Orders

Told = Callable[..., Any]


def install(orders: Orders, name: str, *, tried: bool = False) -> None:
    """Wrap the engine's functions in this process, a worker or, when `tried`, a suspect's own."""
    for point, place, attribute, about in _AFTER:
        _dies_after(orders, point, place, attribute, about)
    _dies_while_sent(orders)
    _meets_poison(orders, "poison-on-trial" if tried else "poison")
    _loses_hints(orders)
    _moves_clock(orders, name)
    _put(trial, "COMMAND", [sys.executable, "-m", "tests.faults.engine.suspect", name])
    if pieces := orders.read("pieces"):
        part, batch = pieces.split()
        _put(chapters, "PART_WORDS", int(part))
        _put(facts, "BATCH_WORDS", int(batch))
    if orders.read("break-lookup") is not None:
        _forgets_answers()


_AFTER: Final[list[tuple[str, Any, str, Callable[[Any], str]]]] = [
    ("intent", booking, "intend", lambda call: str(call.status)),
    ("answer", Client, "complete", lambda _answer: ""),
    ("spool", spool, "keep", lambda _none: ""),
    ("before-commit", booking, "_charge", lambda _none: ""),
    ("after-commit", booking, "settle", lambda _cost: ""),
    ("claim", units, "_won", str),
    ("unit-before-commit", runner, "_tell_progress", lambda _none: ""),
    ("unit-after-commit", runner, "_record", lambda _none: ""),
    ("exporting", export, "_rendered", lambda _data: ""),
    ("exported", export, "record_export", lambda _none: ""),
]


def _dies_after(orders: Orders, point: str, place: Any, attribute: str, about: Callable[[Any], str]) -> None:
    real: Told = getattr(place, attribute)

    def wrapped(*given: Any, **named: Any) -> Any:
        answer = real(*given, **named)
        if orders.takes(point, about(answer)):
            orders.die(point)
        return answer

    _put(place, attribute, wrapped)


def _put(place: Any, attribute: str, value: object) -> None:
    setattr(place, attribute, value)


def _dies_while_sent(orders: Orders) -> None:
    """Half of the provider's latency after the request has left."""
    real: Told = Client.complete

    def complete(client: Client, body: bytes) -> Any:
        if orders.takes("send"):
            pause = float(orders.read("latency") or 0) / 2
            threading.Timer(pause, orders.die, ["send"]).start()
        return real(client, body)

    _put(Client, "complete", complete)


def _meets_poison(orders: Orders, death: str) -> None:
    """One unit of one book kills whoever works it; and the planning of a phase can be deadly once."""
    record: Told = runner._record
    plan: Told = plans.plan

    def poisoned(claim: Any) -> None:
        if orders.read("poison") == f"{claim.unit.run.job_id} {claim.unit.key}":
            orders.die(death, alone=True)
        record(claim)

    def planned(run: Any, phase: Any, specs: Any) -> bool:
        made = bool(plan(run, phase, specs))
        if orders.takes("planning", str(phase)):
            orders.die("planning")
        return made

    _put(runner, "_record", poisoned)
    _put(plans, "plan", planned)


def _loses_hints(orders: Orders) -> None:
    real: Told = queue._send
    chance = random.Random(os.getpid())

    def send(name: str, subject: str) -> None:
        lost, doubled = (float(one) for one in (orders.read("hints") or "0 0").split())
        if chance.random() < lost:
            return
        for _time in range(2 if chance.random() < doubled else 1):
            real(name, subject)

    _put(queue, "_send", send)


def _moves_clock(orders: Orders, name: str) -> None:
    real = clock.now
    seen = [0.0, 0.0]  # when the order was read, and what it said: a file isn't read for each question

    def now() -> dt.datetime:
        if time.monotonic() - seen[0] > 0.2:
            seen[:] = time.monotonic(), float(orders.read(f"clock-{name}") or 0)
        return real() + dt.timedelta(seconds=seen[1])

    _put(clock, "now", now)


def _forgets_answers() -> None:
    """What the campaign must notice: recorded answers are not looked up."""
    _put(Caller, "_known", lambda _caller, _call: None)


def folder() -> Path:
    """Where the orders lie, by the environment of the campaign's processes; beside the store of files."""
    return Path(settings.MEDIA_ROOT).parent / "orders"
