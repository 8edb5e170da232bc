"""The limit of calls in flight, fair shares, pauses, and the circuit breaker: the same for all workers."""

from __future__ import annotations

import datetime as dt
import time
from functools import partial

import pytest
from django.db import OperationalError
from django.db.models import QuerySet
from pytest_django import Settings

from biographies.models import BiographyJob
from bookgen_site.lib import clock
from engine.calls import gate
from engine.calls.errors import NotNow
from engine.models import CallTicket, ProviderState
from engine.models_api.errors import RateLimited, Transient
from tests.fakes import rows
from tests.fakes.threads import at_once

ENDPOINT = "http://127.0.0.1:9/api/v1"


def never() -> bool:
    return False


@pytest.fixture
def job(db: None) -> BiographyJob:
    return rows.job()


@pytest.fixture
def hour(monkeypatch: pytest.MonkeyPatch) -> list[dt.datetime]:
    """A clock that stands until a test moves it."""
    moment = [clock.now()]
    monkeypatch.setattr(clock, "now", lambda: moment[0])
    return moment


@pytest.mark.django_db(transaction=True)
def test_the_limit_is_never_exceeded(settings: Settings) -> None:
    settings.MODEL_CALLS_IN_FLIGHT = 3
    jobs = [rows.job().pk for _number in range(3)]
    seen: list[int] = []

    def call(number: int) -> None:
        with gate.admitted(ENDPOINT, jobs[number % 3], never, 30):
            seen.append(CallTicket.objects.filter(granted_at__isnull=False).count())
            time.sleep(0.02)

    outcomes = at_once([partial(call, number) for number in range(12)], seconds=60)
    assert outcomes == [None] * 12
    assert len(seen) == 12
    assert max(seen) <= 3
    assert not CallTicket.objects.exists()


def draw(job: BiographyJob, unit_id: int = 0) -> CallTicket:
    return gate._draw(ENDPOINT, job.pk, unit_id)


def granted(ticket: CallTicket) -> bool:
    turns, _lost = gate._granted([ticket])
    return ticket.pk in turns


def worth_a_look(ticket: CallTicket) -> bool:
    ticket.refresh_from_db()
    return gate._worth_a_look([ticket])


def test_books_take_turns(job: BiographyJob, settings: Settings) -> None:
    """A book with many calls waiting leaves every second place to a book with one."""
    settings.MODEL_CALLS_IN_FLIGHT = 2
    first, second, third = draw(job), draw(job), draw(job)
    late = draw(rows.job())
    assert granted(first)
    assert not granted(second)
    assert granted(late)
    assert not granted(third)
    first.delete()
    assert granted(second)


def test_of_a_book_the_earlier_unit_goes_first_but_nobody_waits_for_ever(
    job: BiographyJob, settings: Settings, hour: list[dt.datetime]
) -> None:
    settings.MODEL_CALLS_IN_FLIGHT, settings.ENGINE_LEASE_SECONDS = 1, 600
    flying, check, chapter = draw(job, 1), draw(job, 9), draw(job, 2)
    assert granted(flying)
    flying.delete()
    assert not granted(check)
    assert granted(chapter)
    chapter.delete()
    hour[0] += gate.LONG
    other = draw(job, 3)
    assert not granted(other)
    assert granted(check)


def test_of_those_who_have_waited_for_long_the_longest_goes_first(
    job: BiographyJob, settings: Settings, hour: list[dt.datetime]
) -> None:
    settings.MODEL_CALLS_IN_FLIGHT, settings.ENGINE_LEASE_SECONDS = 1, 6000
    check = draw(job, 9)
    hour[0] += gate.LONG
    chapter = draw(job, 1)
    hour[0] += gate.LONG
    assert not granted(chapter)
    assert granted(check)


def test_more_books_than_places_take_turns(settings: Settings, db: None) -> None:
    """An older book's units are the earlier ones; it isn't before the others for that."""
    settings.MODEL_CALLS_IN_FLIGHT = 1
    books = [rows.job() for _number in range(3)]
    waiting = {draw(book, 100 * place + unit): place for place, book in enumerate(books) for unit in (1, 2)}
    served = []
    for _call in range(12):
        ticket = next(one for one in waiting if granted(one))
        place = waiting.pop(ticket)
        served.append(place)
        ticket.delete()
        waiting[draw(books[place], 100 * place + 3)] = place
    assert min(served.count(place) for place in range(3)) >= 3


def test_who_waits_looks_without_a_lock_and_renews_its_lease_all_the_same(
    job: BiographyJob, settings: Settings, hour: list[dt.datetime]
) -> None:
    settings.MODEL_CALLS_IN_FLIGHT = 1
    first, second, third = draw(job), draw(job), draw(job)
    assert worth_a_look(first)
    assert not worth_a_look(second)
    assert granted(first)
    assert not worth_a_look(second)
    first.delete()
    assert worth_a_look(second)
    assert not worth_a_look(third)
    hour[0] += gate._lease() * 0.6
    assert worth_a_look(third), "its lease is half over"
    assert not granted(third)
    assert not worth_a_look(third)
    assert CallTicket.objects.get(pk=third.pk).lease_until == hour[0] + gate._lease()


def test_a_dead_workers_place_is_free_when_its_lease_has_run_out(
    job: BiographyJob, settings: Settings, hour: list[dt.datetime]
) -> None:
    settings.MODEL_CALLS_IN_FLIGHT = 1
    assert granted(draw(job))
    mine = draw(job)
    assert not granted(mine)
    hour[0] += gate._lease() * 0.9
    gate.renew()  # the heartbeat, while its process lives
    hour[0] += gate._lease() * 0.9
    assert not granted(mine)
    hour[0] += gate._lease() * 0.2
    assert granted(mine)


def test_a_call_that_was_taken_for_dead_while_it_waited_waits_on(
    job: BiographyJob, hour: list[dt.datetime]
) -> None:
    """Its process was stopped for longer than the lease: without a place in the row, it would never be its turn."""
    slept = draw(job)
    CallTicket.objects.all().delete()
    hour[0] += gate._lease() * 0.6
    gate._wait(slept, never, time.monotonic() + 1)
    assert CallTicket.objects.get().granted_at == hour[0]


def test_a_pause_holds_for_everybody(job: BiographyJob, hour: list[dt.datetime]) -> None:
    draw(job)
    gate.report(ENDPOINT, RateLimited("slow", retry_after=7))
    mine = draw(job)
    hour[0] += dt.timedelta(seconds=6)
    assert not granted(CallTicket.objects.order_by("id")[0])
    hour[0] += dt.timedelta(seconds=2)
    assert granted(CallTicket.objects.order_by("id")[0])
    assert granted(mine)


def test_the_circuit_opens_probes_with_one_call_and_closes(
    job: BiographyJob, hour: list[dt.datetime]
) -> None:
    one, other = draw(job), draw(job)
    for _time in range(gate.FAILURES):
        gate.report(ENDPOINT, Transient("dead"))
    assert not granted(one)
    hour[0] += gate.OPEN[0] + dt.timedelta(seconds=1)
    assert granted(one)
    assert not granted(other), "one call alone probes"
    gate.report(ENDPOINT, None)
    assert granted(other)
    assert ProviderState.objects.get().failures == 0


def test_a_failed_probe_opens_it_for_longer(job: BiographyJob, hour: list[dt.datetime]) -> None:
    draw(job)
    for _time in range(gate.FAILURES + 1):
        gate.report(ENDPOINT, Transient("dead"))
    state = ProviderState.objects.get()
    assert state.open_until == hour[0] + 2 * gate.OPEN[0]
    for _time in range(40):
        gate.report(ENDPOINT, Transient("dead"))
    assert ProviderState.objects.get().open_until == hour[0] + gate.OPEN[1]


def test_who_waits_in_vain_is_told_why(job: BiographyJob) -> None:
    draw(job)
    for _time in range(gate.FAILURES):
        gate.report(ENDPOINT, Transient("It is dead."))
    with pytest.raises(NotNow, match="It is dead"), gate.admitted(ENDPOINT, job.pk, never, 0):
        pytest.fail("it was let through")
    assert CallTicket.objects.count() == 1


def test_a_place_that_could_not_be_given_back_is_free_with_the_next_call(
    job: BiographyJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Left alone, it would be held for the length of a call and more."""

    def away(_tickets: object) -> None:
        raise OperationalError("the server closed the connection")

    with monkeypatch.context() as outage, gate.admitted(ENDPOINT, job.pk, never, 1):
        outage.setattr(QuerySet, "delete", away)
    assert CallTicket.objects.count() == 1
    with gate.admitted(ENDPOINT, job.pk, never, 1):
        assert CallTicket.objects.count() == 1
    assert not CallTicket.objects.exists()
