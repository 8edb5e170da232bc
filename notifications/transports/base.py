"""What a transport offers, and the ways in which sending can end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from notifications.models import Delivery


@dataclass(frozen=True, slots=True)
class Sent:
    """The other side has taken it. `answer` is what it said, in short; `provider_id` its own name for it."""

    answer: str = ""
    provider_id: str = ""


@dataclass(frozen=True, slots=True)
class Later:
    """It may go well another time: after the schedule's wait, but not before `wait` is over (Retry-After).

    With `whole_lane` the trouble is the place itself (it refuses connections, it doesn't answer): nothing else is
    sent there until `wait`, or LANE_REST when it is None, is over.
    """

    error: str
    wait: dt.timedelta | None = None
    whole_lane: bool = False
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Gone:
    """It will never go well."""

    error: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Unwanted:
    """Nobody there wants it any more (unsubscribed, switched off since it was made): it is dropped, unsent."""

    error: str
    answer: str = ""


Outcome = Sent | Later | Gone | Unwanted


class Transport(Protocol):
    """A module of this package."""

    SCHEDULE: Sequence[dt.timedelta]
    """The wait after the first, second, … failure; with none left the message has failed."""

    SLOTS: int
    """How many messages of one lane may be on their way at once, of all workers together."""

    LANE_REST: dt.timedelta
    """How long a lane rests that was found unreachable."""

    def send(self, delivery: Delivery) -> Outcome:
        """Send it, outside of any transaction and within about half a minute. Called again after a kill."""

    def recorded(self, delivery: Delivery, outcome: Outcome) -> None:
        """Called in the transaction that records the outcome; `delivery` is as it was when it was claimed."""
