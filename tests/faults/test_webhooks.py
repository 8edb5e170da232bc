"""Webhooks under fire: receivers that answer in every way, senders that are killed with kill -9.

Each message ends as it should; each success is recorded once; there is at most one duplicate per message that was on
its way in a killed process, under the same id; a dead endpoint doesn't hold up the healthy ones.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import statistics
import time
import uuid
from collections.abc import Callable, Iterator
from typing import Final

import pytest
from django.db import connection
from django.db.models import Min
from pytest_django import Settings

from notifications import courier
from notifications.events import Question
from notifications.models import Delivery, State, WebhookEndpoint
from notifications.publish import publish
from notifications.transports import webhook
from tests.fakes import rows
from tests.faults.receivers import BAD, GONE, GOOD, Receivers
from tests.faults.senders import Sender, SharedClock

EVENTS: Final = int(os.environ.get("CAMPAIGN_EVENTS", "14"))
KILLS: Final = int(os.environ.get("CAMPAIGN_KILLS", "3"))
# Forked and killed on SQLite, they once left a damaged file to the tests after them; by hand it is theirs alone.
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite" and EVENTS < 100, reason="senders are forked and killed"
    ),
]
THREADS: Final = 6
TRIES: Final = len(webhook.SCHEDULE) + 1
A_LITTLE: Final = dt.timedelta(minutes=1)  # later: those that come soon after it are sent in the same turn
# Seconds between two events of the steady stream: ten messages each. The long form is for machines that do other things
# too, and asks whether the dead endpoint holds up the others, not how many messages a second two cores can carry.
PACE: Final = 0.1 if EVENTS < 100 else 0.5
LONGEST: Final = 120 + 3 * EVENTS  # seconds that a campaign may take


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[Receivers]:
    settings.DELIVERY_LEASE_SECONDS = 2 if EVENTS < 100 else 4
    monkeypatch.setattr(courier, "PAUSE", 0.02)
    settings.WEBHOOK_SECONDS = 0.2
    one = Receivers(silence=0.4)
    settings.WEBHOOK_ALLOWED_HOSTS = [one.place]
    yield one
    one.shutdown()
    one.server_close()


@pytest.fixture
def moving(monkeypatch: pytest.MonkeyPatch) -> SharedClock:
    return SharedClock(monkeypatch)


def endpoints(server: Receivers) -> dict[str, uuid.UUID]:
    """A job for each way of answering, with its endpoint."""
    jobs = {kind: uuid.uuid4() for kind in (*GOOD, *BAD, GONE)}
    for kind, job_id in jobs.items():
        rows.endpoint(url=f"http://{server.place}/{kind}", job_id=job_id)
    return jobs


def on_their_way() -> int:
    return Delivery.objects.filter(channel="webhook", state__in=[State.WAITING, State.SENDING]).count()


def let_time_pass(moving: SharedClock) -> None:
    """When nobody has anything to do, it is the moment of the next try."""
    if Delivery.objects.filter(state=State.SENDING).exists():
        return
    waiting = Delivery.objects.filter(channel="webhook", state=State.WAITING)
    soonest = waiting.aggregate(soonest=Min("next_at"))["soonest"]
    if soonest is not None and soonest > moving.now():
        moving.jump_to(soonest + A_LITTLE)


def until_all_have_ended(moving: SharedClock, kills: int) -> None:
    """Two senders; the first of them is killed again and again."""
    chance = random.Random(7)
    steady, victim = Sender(THREADS), Sender(THREADS)
    deadline, next_kill = time.monotonic() + LONGEST, time.monotonic()
    try:
        while on_their_way():
            assert time.monotonic() < deadline, f"{on_their_way()} messages never ended"
            if kills and time.monotonic() >= next_kill:
                victim.kill()
                kills, victim = kills - 1, Sender(THREADS)
                next_kill = time.monotonic() + chance.uniform(0.05, 0.4)
            let_time_pass(moving)
            time.sleep(0.02)
        assert not kills, "it ended before all kills"
    finally:
        victim.kill()
        steady.kill()


def ends(kind: str, jobs: dict[str, uuid.UUID]) -> list[tuple[str, int]]:
    found = Delivery.objects.filter(channel="webhook", job_id=jobs[kind])
    return list(found.values_list("state", "attempts"))


def test_every_message_ends_as_it_should(server: Receivers, moving: SharedClock) -> None:
    jobs = endpoints(server)
    kinds = list(jobs)
    for number in range(EVENTS):
        publish(jobs[kinds[number % len(kinds)]], Question(text=f"Question {number}", by="editor"))
    until_all_have_ended(moving, KILLS)

    duplicates = 0
    for kind in GOOD:
        assert {state for state, _attempts in ends(kind, jobs)} == {"sent"}
        taken = server.taken[kind]
        assert len(taken) == len(ends(kind, jobs))  # each came, under one id
        duplicates += sum(taken.values()) - len(taken)
    assert duplicates <= KILLS * THREADS
    for kind in BAD:
        assert {state for state, _attempts in ends(kind, jobs)} == {"failed"}
        assert all(TRIES <= attempts <= TRIES + KILLS for _state, attempts in ends(kind, jobs))
        assert not server.taken[kind]
        assert all(count <= TRIES + KILLS for count in server.asked[kind].values())
    assert {state for state, _attempts in ends(GONE, jobs)} <= {"failed", "dropped"}
    assert sum(server.asked[GONE].values()) <= 2 + KILLS
    off = WebhookEndpoint.objects.filter(active=False)
    assert list(off.values_list("off_reason", flat=True)) == ["gone"]
    print(f"\n{EVENTS} events, {KILLS} kills on {connection.vendor}: {duplicates} duplicates, none lost")


def test_a_dead_endpoint_holds_up_no_other(server: Receivers, settings: Settings) -> None:
    """Nine healthy endpoints and one that never answers within the seconds it has."""
    server.silence = 4.0
    settings.WEBHOOK_SECONDS = 2.0
    names = [f"ok-{number}" for number in range(9)]
    for name in ("silent", *names):
        rows.endpoint(url=f"http://{server.place}/{name}")
    carrier = courier.Courier(8)
    carrier.start()
    try:
        published = _publish_steadily(max(EVENTS // 7, 6))
        healthy = len(published) * 9 // 10
        _wait(lambda: sum(path in names for path, _message in list(server.first)) >= healthy, seconds=30)
    finally:
        carrier.stop()
        carrier.join(5)
    late = []
    for (path, message), came in server.first.items():
        if path in names:
            late.append(came - published[uuid.UUID(message.removeprefix("msg_"))])
    assert len(late) == healthy
    p95 = statistics.quantiles(late, n=20)[-1]
    print(
        f"\n{len(late)} messages to nine healthy endpoints beside a dead one: p95 {p95:.2f} s, worst {max(late):.2f} s"
    )
    assert p95 < 5


def _publish_steadily(events: int) -> dict[uuid.UUID, float]:
    """When each message was made, by its name."""
    made: dict[uuid.UUID, float] = {}
    for number in range(events):
        event = publish(uuid.uuid4(), Question(text=str(number), by="editor"))
        now = time.time()
        made |= dict.fromkeys(Delivery.objects.filter(event_id=event.pk).values_list("uid", flat=True), now)
        courier.wake()
        time.sleep(PACE)
    return made


def _wait(done: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not done() and time.monotonic() < deadline:
        time.sleep(0.05)
