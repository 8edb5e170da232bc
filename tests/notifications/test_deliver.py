"""The outbox: each success recorded once; what fails is tried later, then given up openly; kills lose nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from bookgen_site.accounts.models import User
from bookgen_site.lib import clock
from notifications import deliver
from notifications.deliver import claim_some, deliver_due, renew
from notifications.models import AuditEntry, Delivery, State
from notifications.resending import send_again
from notifications.transports import base
from notifications.transports.base import Gone, Later, Sent, Unwanted
from tests.fakes import rows
from tests.fakes.threads import at_once

START = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


class Post:
    """A transport whose answers a test chooses; it remembers what it was given."""

    SCHEDULE = (dt.timedelta(seconds=30), dt.timedelta(minutes=5))
    SLOTS = 2
    LANE_REST = dt.timedelta(seconds=40)

    def __init__(self) -> None:
        self.now = START
        self.answer: Callable[[Delivery], base.Outcome] = lambda _row: Sent("250 ok", "id-1")
        self.given: list[int] = []
        self.told: list[base.Outcome] = []

    def send(self, delivery: Delivery) -> base.Outcome:
        self.given.append(delivery.pk)
        return self.answer(delivery)

    def recorded(self, _delivery: Delivery, outcome: base.Outcome) -> None:
        assert transaction.get_connection().in_atomic_block
        self.told.append(outcome)

    def later(self, **passed: float) -> None:
        """Let time pass."""
        self.now += dt.timedelta(**passed)


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Post:
    office = Post()
    monkeypatch.setattr(deliver, "transport_of", lambda _channel: office)
    monkeypatch.setattr(clock, "now", lambda: office.now)
    monkeypatch.setattr(deliver, "JITTER", 0)
    return office


def waiting(**columns: Any) -> Delivery:
    """A message that is due."""
    return rows.delivery(next_at=START, **columns)


def fresh(row: Delivery) -> Delivery:
    """The row as it is now."""
    return Delivery.objects.get(pk=row.pk)


@pytest.mark.django_db
def test_a_message_is_sent_once(post: Post) -> None:
    row = waiting()
    assert (deliver_due(), deliver_due()) == (1, 0)
    row = fresh(row)
    assert (row.state, row.attempts, row.answer, row.provider_id) == ("sent", 1, "250 ok", "id-1")
    assert (row.sent_at, row.slot, row.lease_until) == (START, None, None)
    assert post.told == [Sent("250 ok", "id-1")]


@pytest.mark.django_db
def test_what_isnt_due_waits(post: Post) -> None:
    rows.delivery(next_at=START + dt.timedelta(seconds=1))
    for state in ("held", "merged", "failed", "dropped"):
        rows.delivery(next_at=START, state=state)
    assert deliver_due() == 0
    post.later(seconds=1)
    assert deliver_due() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_it_once(post: Post) -> None:
    waiting()
    assert sorted(at_once([deliver_due, deliver_due])) == [0, 1]
    assert len(post.given) == 1


@pytest.mark.django_db
def test_what_fails_is_tried_by_the_schedule_and_given_up_openly(post: Post) -> None:
    row = waiting()
    post.answer = lambda _row: Later("nobody there", answer="451\nbusy")
    waits = []
    for _time in range(3):
        assert deliver_due() == 0
        row = fresh(row)
        assert (row.error, row.answer) == ("nobody there", "451 busy")
        waits.append(row.next_at - post.now)
        post.now = max(row.next_at, post.now)
    assert waits[:2] == list(post.SCHEDULE)
    assert (row.state, row.attempts) == ("failed", 3)
    post.answer = lambda _row: Sent()
    assert deliver_due() == 0


@pytest.mark.django_db
def test_a_place_that_asks_for_time_gets_it(post: Post) -> None:
    row, hour = waiting(), dt.timedelta(hours=1)
    post.answer = lambda _row: Later("slow down", wait=hour)
    deliver_due()
    assert fresh(row).next_at == START + hour


@pytest.mark.django_db
@pytest.mark.parametrize(("outcome", "state"), [(Gone("550 no"), "failed"), (Unwanted("left"), "dropped")])
def test_what_never_goes_well_ends_at_once(post: Post, outcome: base.Outcome, state: str) -> None:
    row = waiting()
    post.answer = lambda _row: outcome
    deliver_due()
    assert (fresh(row).state, fresh(row).attempts) == (state, 1)


@pytest.mark.django_db
def test_one_that_breaks_holds_up_no_other(post: Post) -> None:
    broken, good = waiting(), waiting()

    def answer(row: Delivery) -> base.Outcome:
        if row.pk == broken.pk:
            raise RuntimeError("what a transport never expected")
        return Sent()

    post.answer = answer
    assert deliver_due() == 1
    assert (fresh(broken).state, fresh(good).state) == ("waiting", "sent")
    assert fresh(broken).error == "RuntimeError: what a transport never expected"


@pytest.mark.django_db
def test_a_lane_that_cant_be_reached_rests_and_others_go_on(post: Post) -> None:
    first, second = waiting(lane="a"), waiting(lane="a")
    elsewhere = waiting(lane="b")
    post.answer = lambda row: Later("refused", whole_lane=True) if row.lane == "a" else Sent()
    assert deliver_due() == 1
    assert post.given == [first.pk, elsewhere.pk]  # the second wasn't tried, and has lost no attempt
    assert (fresh(second).attempts, fresh(second).next_at) == (0, START + post.LANE_REST)


@pytest.mark.django_db
def test_a_lane_has_so_many_slots_and_no_more(post: Post) -> None:
    for lane in ("a", "a", "a", "b"):
        waiting(lane=lane)
    claims = claim_some(10)
    assert [claim.delivery.lane for claim in claims] == ["a", "a", "b"]
    assert claim_some(10) == []
    deliver.deliver(claims[0])
    assert len(claim_some(10)) == 1


@pytest.mark.django_db
def test_lanes_that_are_full_cost_a_claim_nothing(
    post: Post, django_assert_num_queries: Callable[[int], AbstractContextManager[Any]]
) -> None:
    """Dead endpoints with much that waits: who looks for something to do doesn't ask each of them."""
    for lane in range(6):
        for _row in range(4):
            waiting(lane=f"dead {lane}")
    assert len(claim_some(12)) == 12
    healthy = waiting(lane="healthy")
    with django_assert_num_queries(5):  # the slots, what is due, and the claim in its savepoint
        (claim,) = claim_some(1)
    assert claim.delivery.pk == healthy.pk


@pytest.mark.django_db
def test_the_database_holds_the_slots(post: Post) -> None:
    lease = {"lease_until": START, "state": "sending"}
    rows.delivery(slot=0, lane="a", **lease)
    rows.delivery(slot=1, lane="a", **lease)
    rows.delivery(slot=0, lane="b", **lease)
    for wrong in ({"slot": 0, "lane": "a", **lease}, {"slot": None, "lane": "c", **lease}, {"slot": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.delivery(**wrong)


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"channel": "pigeon"}, {"state": "lost"}, {"state": "sent"}])
def test_the_database_refuses_what_makes_no_sense(wrong: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.delivery(**wrong)
    rows.delivery(state="sent", sent_at=START)


@pytest.mark.django_db
def test_a_claim_that_died_is_taken_up_again_in_its_own_slot(post: Post) -> None:
    """A worker was killed between its claim and the record."""
    row = waiting()
    (dead,) = claim_some(1)
    assert deliver_due() == 0
    post.later(seconds=31)
    assert deliver_due() == 1
    assert (fresh(row).attempts, fresh(row).fence) == (2, dead.fence + 1)


@pytest.mark.django_db
def test_who_slept_through_the_lease_records_nothing(post: Post) -> None:
    row = waiting()
    (slow,) = claim_some(1)
    post.later(seconds=31)
    post.answer = lambda _row: Later("another worker failed")
    deliver_due()
    post.answer = lambda _row: Sent("late")
    assert deliver.deliver(slow) is False
    assert (fresh(row).state, fresh(row).error) == ("waiting", "another worker failed")
    assert len(post.told) == 1


@pytest.mark.django_db
def test_a_lease_is_renewed_while_it_is_held(post: Post) -> None:
    waiting()
    claims = claim_some(1)
    post.later(seconds=20)
    renew(claims)
    post.later(seconds=20)
    assert claim_some(1) == []
    post.later(seconds=11)
    assert len(claim_some(1)) == 1
    renew(claims)  # the fence is another's: nothing changes
    assert claim_some(1) == []


@pytest.mark.django_db
def test_a_person_has_it_sent_again(post: Post, editor: User) -> None:
    row = waiting()
    assert not send_again(delivery=row, by=editor)
    deliver_due()
    assert send_again(delivery=fresh(row), by=editor)
    assert deliver_due() == 1
    assert (fresh(row).turn, fresh(row).attempts) == (1, 1)
    assert [entry.action for entry in AuditEntry.objects.all()] == ["send_again"]
    assert len(post.given) == 2


@pytest.mark.django_db
def test_once_per_event_lane_and_address() -> None:
    first = rows.delivery()
    rows.delivery(event_id=first.event_id, address="b@example.org")
    rows.delivery(event_id=first.event_id, lane="webhook:1")
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.delivery(event_id=first.event_id)
    for _time in range(2):
        rows.delivery(event_id=None)


def test_states_are_words_of_the_database() -> None:
    assert set(State.values) == {"waiting", "sending", "sent", "failed", "held", "merged", "dropped"}
