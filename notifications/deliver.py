"""The outbox: messages due are sent, each success recorded once; what fails is tried later, then given up openly.

The only writer of deliveries once they are made. A claim is a compare-and-set that raises the fence and takes a slot
of the lane; who records must still hold the fence. A worker that was killed leaves a lease that runs out: its message
is sent again, under the same name, at most once per kill.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final, cast

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet

from bookgen_site.lib import clock
from bookgen_site.lib.hiding import without_secrets
from bookgen_site.lib.text import clean_text, shortened
from notifications.models import Delivery, State
from notifications.transports import transport_of
from notifications.transports.base import Later, Outcome, Sent, Unwanted

log = structlog.get_logger(__name__)

JITTER: Final = 0.1  # of each wait, so that what failed together isn't tried together
RACES: Final = 20  # claims lost to other workers in a row, after which this one lets them


@dataclass(frozen=True, slots=True)
class Claim:
    """A message that this worker may send, as long as its fence is the newest."""

    delivery: Delivery
    fence: int


def deliver_due(most: int = 500) -> int:
    """Send what is due, one after the other; returns how many were sent. Workers have a Courier, with threads."""
    sent = 0
    for _turn in range(most):
        claims = claim_some(1)
        if not claims:
            break
        sent += deliver(claims[0])
    return sent


def deliver(claim: Claim) -> bool:
    """Send one claimed message and record what came of it; True when it was sent and this call recorded it."""
    with structlog.contextvars.bound_contextvars(delivery=str(claim.delivery.uid)):
        return _record(claim, _send(claim.delivery))


def _send(delivery: Delivery) -> Outcome:
    try:
        return transport_of(delivery.channel).send(delivery)
    except Exception as error:  # one bad message never takes its worker down, nor holds up the others
        log.exception("delivery_broke", channel=delivery.channel)
        return Later(error=f"{type(error).__name__}: {error}")


# --- claiming --------------------------------------------------------------------------------------------


def claim_some(most: int) -> list[Claim]:
    """Claim up to `most` messages that are due, oldest first, leaving alone lanes without a free slot."""
    claims: list[Claim] = []
    slots = _Slots()
    races = 0
    while len(claims) < most and races < RACES:
        rows = list(_due(slots.full).order_by("next_at", "id")[: most - len(claims)])
        if not rows:
            break
        for row in rows:
            slot = slots.free(row)
            if slot is None and row.state == State.WAITING:
                continue  # its lane is full by now
            if slot is None or not _take(row, slot):  # another worker was first: what was read is old
                races += 1
                slots = _Slots()
                break
            slots.use(row, slot)
            claims.append(Claim(row, row.fence))
    return claims


def _due(full: Collection[str] = ()) -> QuerySet[Delivery]:
    """What waits in lanes that aren't full and whose time has come, and what a dead worker left, with its slot."""
    now = clock.now()
    waiting = Q(state=State.WAITING, next_at__lte=now) & ~Q(lane__in=full)
    return Delivery.objects.filter(waiting | Q(state=State.SENDING, lease_until__lt=now))


class _Slots:
    """The slots that are taken in all lanes, read at once; `full` are the lanes without a free one."""

    def __init__(self) -> None:
        self._used: dict[str, dict[int, int]] = {}
        self.full: set[str] = set()
        for row in Delivery.objects.filter(state=State.SENDING).only("lane", "slot", "channel"):
            self.use(row, cast(int, row.slot))  # a constraint: who is sending has a slot

    def use(self, row: Delivery, slot: int) -> None:
        """It is this message's now."""
        used = self._used.setdefault(row.lane, {})
        used[slot] = row.pk
        if len(used) >= transport_of(row.channel).SLOTS:
            self.full.add(row.lane)

    def free(self, row: Delivery) -> int | None:
        """A slot for this message: one that nobody holds, or its own, which a dead worker left it."""
        used = self._used.get(row.lane, {})
        slots = range(transport_of(row.channel).SLOTS)
        return next((slot for slot in slots if used.get(slot, row.pk) == row.pk), None)


def _take(row: Delivery, slot: int) -> bool:
    """Compare-and-set on the fence; False when another worker was first, with this message or with the slot."""
    as_read = _due().filter(pk=row.pk, fence=row.fence)
    columns: dict[str, Any] = {
        "state": State.SENDING,
        "slot": slot,
        "fence": row.fence + 1,
        "attempts": row.attempts + 1,
        "lease_until": _lease(),
    }
    try:
        with transaction.atomic():
            taken = as_read.update(**columns)
    except IntegrityError:
        return False
    for column, value in columns.items():
        setattr(row, column, value)
    return bool(taken)


def renew(claims: Iterable[Claim]) -> None:
    """Prolong the leases of messages that are still on their way."""
    for claim in claims:
        _held(claim).update(lease_until=_lease())


def _lease() -> dt.datetime:
    return clock.now() + dt.timedelta(seconds=settings.DELIVERY_LEASE_SECONDS)


def _held(claim: Claim) -> QuerySet[Delivery]:
    return Delivery.objects.filter(pk=claim.delivery.pk, fence=claim.fence, state=State.SENDING)


# --- recording -------------------------------------------------------------------------------------------


@transaction.atomic
def _record(claim: Claim, outcome: Outcome) -> bool:
    """Write down what came of it, if the fence is still this worker's; True for a success."""
    delivery = claim.delivery
    if not _held(claim).update(slot=None, lease_until=None, **_columns(delivery, outcome)):
        log.warning("delivery_claim_lost")
        return False
    if isinstance(outcome, Later) and outcome.whole_lane:
        _rest(delivery, outcome)
    transport_of(delivery.channel).recorded(delivery, outcome)
    told = {"channel": delivery.channel, "outcome": type(outcome).__name__, "attempt": delivery.attempts}
    transaction.on_commit(lambda: log.info("delivery", **told))  # what is rolled back was never so
    return isinstance(outcome, Sent)


def _columns(delivery: Delivery, outcome: Outcome) -> dict[str, Any]:
    said = shortened(without_secrets(clean_text(outcome.answer)), 500)
    if isinstance(outcome, Sent):
        name = outcome.provider_id[:255]
        return {
            "state": State.SENT,
            "sent_at": clock.now(),
            "error": "",
            "answer": said,
            "provider_id": name,
        }
    ended = {"error": shortened(without_secrets(clean_text(outcome.error)), 2000), "answer": said}
    if isinstance(outcome, Unwanted):
        return {"state": State.DROPPED, **ended}
    wait = wait_after(delivery, outcome) if isinstance(outcome, Later) else None
    if wait is None:
        return {"state": State.FAILED, **ended}
    return {"state": State.WAITING, "next_at": clock.now() + wait, **ended}


def wait_after(delivery: Delivery, outcome: Later) -> dt.timedelta | None:
    """How long until the next try, after `delivery.attempts` of them; None when there is none."""
    schedule = transport_of(delivery.channel).SCHEDULE
    if delivery.attempts > len(schedule):
        return None
    planned = schedule[delivery.attempts - 1] * (1 + random.uniform(0, JITTER))  # noqa: S311  # nosec B311  # no secret
    return max(planned, outcome.wait or planned)


def _rest(delivery: Delivery, outcome: Later) -> None:
    until = clock.now() + (outcome.wait or transport_of(delivery.channel).LANE_REST)
    waiting = Delivery.objects.filter(lane=delivery.lane, state=State.WAITING, next_at__lt=until)
    waiting.update(next_at=until)


# --- what a person may ask for --------------------------------------------------------------------------


def send_again(delivery: Delivery) -> bool:
    """Let a message that was sent, failed or dropped be sent once more; False when it is still on its way."""
    return bool(send_all_again(Delivery.objects.filter(pk=delivery.pk)))


def send_all_again(rows: QuerySet[Delivery]) -> int:
    """The same for many; returns how many are sent again."""
    ended = rows.filter(state__in=[State.SENT, State.FAILED, State.DROPPED])
    return ended.update(
        state=State.WAITING, attempts=0, turn=F("turn") + 1, next_at=clock.now(), tracked="", error=""
    )
