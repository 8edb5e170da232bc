"""Who may call a provider now: a limit for all workers together, fair shares, pauses, and a circuit breaker.

All of it is rows. A call draws a ticket, waits until it is granted, and gives it back. Tickets of dead workers
lapse with their lease. The endpoint's row is locked for each decision, so the limit is never exceeded.
"""

from __future__ import annotations

import datetime as dt
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction

from bookgen_site.lib import clock
from bookgen_site.lib.lending import let_go
from engine import workers
from engine.calls.errors import Interrupted, NotNow
from engine.calls.waiting import Line
from engine.models import CallTicket, ProviderState
from engine.models_api.errors import ModelError, RateLimited

log = structlog.get_logger(__name__)

FAILURES: Final = 5  # in a row, and the circuit opens
OPEN: Final = (dt.timedelta(seconds=5), dt.timedelta(minutes=5))  # how long: at first, and at most
LONG: Final = dt.timedelta(minutes=2)  # of a wait for a place: a fifth of a call's patience

_lines: dict[int, Line] = {}  # by endpoint: the calls of this process
_left: set[int] = set()  # tickets that could not be given back, since the database was away


@contextmanager
def admitted(
    endpoint: str, job_id: uuid.UUID, stop: Callable[[], bool], patience: float, unit_id: int = 0
) -> Iterator[None]:
    """Hold one place at the endpoint while the block runs.

    Raises NotNow after `patience` seconds in vain, and Interrupted as soon as `stop` says so: a unit of many calls
    would otherwise go on with the places that its neighbours have just given back.
    """
    if stop():
        raise Interrupted("The work was ended before a call.")
    ticket = _draw(endpoint, job_id, unit_id)
    try:
        _wait(ticket, stop, time.monotonic() + patience)
        yield
    finally:
        if ticket.pk is not None:
            _left.add(ticket.pk)
        give_back_tickets()
        _line(ticket.endpoint_id).stir()


def give_back_tickets() -> None:
    """Free the places of calls that have ended; one that can't be freed now would be held for its whole lease."""
    ended = list(_left)
    if not ended:
        return
    try:
        CallTicket.objects.filter(pk__in=ended).delete()
    except (OperationalError, InterfaceError) as error:
        log.warning("tickets_not_given_back", tickets=len(ended), error=str(error))
    else:
        _left.difference_update(ended)


def _draw(endpoint: str, job_id: uuid.UUID, unit_id: int) -> CallTicket:
    give_back_tickets()
    state, _new = ProviderState.objects.get_or_create(endpoint=endpoint)
    now = clock.now()
    return CallTicket.objects.create(
        endpoint=state,
        job_id=job_id,
        unit_id=unit_id,
        worker=workers.me(),
        asked_at=now,
        lease_until=now + _lease(),
    )


def _lease() -> dt.timedelta:
    """How long a ticket lasts without a sign of life: a waiting call looks, and the process's heartbeat renews."""
    return dt.timedelta(seconds=settings.ENGINE_LEASE_SECONDS)


def renew() -> None:
    """The heartbeat: the calls of this process are still being made."""
    mine = CallTicket.objects.filter(worker=workers.me(), granted_at__isnull=False)
    mine.update(lease_until=clock.now() + _lease())


def _wait(ticket: CallTicket, stop: Callable[[], bool], end: float) -> None:
    line = _line(ticket.endpoint_id)
    with line.joined(ticket):
        let_go()
        while not line.is_granted(ticket):
            if ticket.pk is None:  # this process slept, and another took it for dead: it asks anew
                ticket.save(force_insert=True)
            if stop():
                raise Interrupted("The work was ended while a call waited.")
            if time.monotonic() >= end:
                raise NotNow(_why(ticket.endpoint_id))
            let_go()


def _line(endpoint_id: int) -> Line:
    return _lines.setdefault(endpoint_id, Line(_look))


def _why(state_id: int) -> str:
    error = ProviderState.objects.get(pk=state_id).error
    return f"The provider can't be used for the moment. {error}".strip()


def _look(tickets: Sequence[CallTicket]) -> None:
    """Grant what can be granted of these tickets, which wait in this process for one endpoint."""
    there = [ticket for ticket in tickets if ticket.pk]  # one without a row asks anew, in its own thread
    if not there or not _worth_a_look(there):
        return
    granted, lost = _granted(there)
    now = clock.now()
    for ticket in there:
        ticket.lease_until = now + _lease()
        if ticket.pk in granted:
            ticket.granted_at = now
        elif ticket.pk in lost:
            ticket.pk = None


def _worth_a_look(tickets: Sequence[CallTicket]) -> bool:
    """Without a lock: whether it may be the turn of one of these, or a lease wants renewing. Most looks end here."""
    now = clock.now()
    if any(ticket.lease_until - now < _lease() / 2 for ticket in tickets):
        return True
    state = ProviderState.objects.get(pk=tickets[0].endpoint_id)
    rows = list(CallTicket.objects.filter(endpoint=state, lease_until__gte=now).order_by("id"))
    return _open(state, rows, now) and _next(rows, now) in {ticket.pk for ticket in tickets}


@transaction.atomic
def _granted(tickets: Sequence[CallTicket]) -> tuple[set[int], set[int]]:
    """Whose turn it is of these, and whose row is gone; all others are renewed.

    The lock on the endpoint makes looks of all workers one after another. It ends where another worker's turn begins.
    """
    state = ProviderState.objects.select_for_update(no_key=True).get(pk=tickets[0].endpoint_id)
    now, own = clock.now(), {ticket.pk for ticket in tickets}
    CallTicket.objects.filter(endpoint=state, lease_until__lt=now).exclude(pk__in=own).delete()
    CallTicket.objects.filter(pk__in=own).update(lease_until=now + _lease())
    rows = {row.pk: row for row in CallTicket.objects.filter(endpoint=state).order_by("id")}
    granted: set[int] = set()
    while _open(state, [*rows.values()], now) and (turn := _next([*rows.values()], now)) in own:
        assert turn is not None
        rows[turn].granted_at = now
        granted.add(turn)
    CallTicket.objects.filter(pk__in=granted).update(granted_at=now)
    return granted, own - rows.keys()


def _open(state: ProviderState, tickets: list[CallTicket], now: dt.datetime) -> bool:
    """Whether the endpoint takes a call now; after the circuit was open, one call alone probes it."""
    if any(moment and moment > now for moment in (state.paused_until, state.open_until)):
        return False
    if state.failures < FAILURES:
        return True
    return not any(one.granted_at for one in tickets)


def _next(tickets: list[CallTicket], now: dt.datetime) -> int | None:
    """Whose turn it is: of the job with the fewest calls in flight, its earliest unit's. None while no place is free.

    So chapters are done one after another, and while the last are written the first are checked; by turns, all would
    be done at the end. Of a job's calls, those that have waited for long are before all others, whatever their units.
    """
    flying = Counter(one.job_id for one in tickets if one.granted_at)
    waiting = [one for one in tickets if not one.granted_at]
    if not waiting or flying.total() >= settings.MODEL_CALLS_IN_FLIGHT:
        return None
    firsts: dict[uuid.UUID, CallTicket] = {}
    for one in sorted(waiting, key=lambda one: _in_its_job(one, now)):
        firsts.setdefault(one.job_id, one)
    return min(firsts.values(), key=lambda one: (flying[one.job_id], one.pk)).pk


def _in_its_job(ticket: CallTicket, now: dt.datetime) -> tuple[bool, int, int]:
    """The order of a job's calls."""
    fresh = now - ticket.asked_at < LONG
    return fresh, ticket.unit_id if fresh else 0, ticket.pk


def report(endpoint: str, error: ModelError | None) -> None:
    """Tell all workers how a request went: a pause that was asked for, a failure, or a success."""
    if error is None and not ProviderState.objects.filter(endpoint=endpoint, failures__gt=0).exists():
        return  # the usual case takes no lock
    _report(endpoint, error)


@transaction.atomic
def _report(endpoint: str, error: ModelError | None) -> None:
    state = ProviderState.objects.select_for_update(no_key=True).get(endpoint=endpoint)
    if error is None or error.permanent or error.kind == "empty_output":
        if state.failures:
            ProviderState.objects.filter(pk=state.pk).update(failures=0, open_until=None, error="")
        return
    now = clock.now()
    if isinstance(error, RateLimited) or error.retry_after:
        _pause(state, now, error)
        return
    state.failures += 1
    state.error = str(error)
    if state.failures >= FAILURES:
        state.open_until = now + min(OPEN[0] * 2 ** min(state.failures - FAILURES, 10), OPEN[1])
    state.save(update_fields=["failures", "error", "open_until"])


def _pause(state: ProviderState, now: dt.datetime, error: ModelError) -> None:
    """Everybody waits as long as the provider says; a second where it doesn't say."""
    until = now + dt.timedelta(seconds=min(error.retry_after or 1.0, 86_400))
    if state.paused_until is None or until > state.paused_until:
        state.paused_until, state.error = until, str(error)
        state.save(update_fields=["paused_until", "error"])
