"""Alerts to Slack, Discord and PagerDuty; the operator's settings say where they are."""

from __future__ import annotations

import datetime as dt
import json
from typing import Final

from django.utils.translation import gettext as _

from bookgen_site.lib.addresses import AddressError, split_url
from bookgen_site.lib.fetching import Fetched, FetchError, agent, post
from bookgen_site.lib.text import clean_text, shortened
from notifications.alerts import BEGAN
from notifications.chat.services import SERVICES
from notifications.models import Alert, AlertState, Delivery
from notifications.transports.base import Gone, Later, Outcome, Sent, Unwanted

# Half a day: an alert that comes later than that helps nobody.
SCHEDULE: Final = tuple(
    dt.timedelta(seconds=seconds) for seconds in (5, 30, 120, 600, 1800, 3600, 7200, 28_800)
)
SLOTS: Final = 1  # in their order
LANE_REST: Final = dt.timedelta(seconds=30)
SECONDS: Final = 15.0
LONGEST_WAIT: Final = 3600.0
_FOR_GOOD: Final = frozenset(
    {400, 404, 410, 413}
)  # the message or the channel is refused; others may be mended


def send(delivery: Delivery) -> Outcome:
    """Post it; an alert that is over before it could be told isn't sent any more, only its recovery is."""
    service = SERVICES.get(delivery.address)
    url = service.url() if service else ""
    if service is None or not url:
        return Unwanted(_("This service isn't set up any more."))
    if delivery.kind == BEGAN and _is_over(delivery):
        return Unwanted(_("It was over before it could be told."))
    body = json.dumps(service.body(delivery.kind, delivery.payload), ensure_ascii=False).encode()
    headers = {"content-type": "application/json; charset=utf-8", "user-agent": agent("alerts")}
    try:
        found = post(url, body, headers=headers, allowed_hosts=_own_place(url), seconds=SECONDS)
    except FetchError as error:
        return Later(error.reason, whole_lane=error.passing)
    except AddressError as error:
        return Gone(str(error))
    return _outcome(found)


def recorded(_delivery: Delivery, _outcome: Outcome) -> None:
    """Nothing more to write down."""


def _is_over(delivery: Delivery) -> bool:
    rows = Alert.objects.filter(pk=delivery.payload.get("alert"))
    return not rows.filter(state=AlertState.FIRING).exists()


def _own_place(url: str) -> list[str]:
    """The host of a setting may be private, such as a chat server in the house."""
    place = url.partition("://")[2].partition("/")[0].partition("?")[0]
    split_url(url, allowed_hosts=[place])
    return [place]


def _outcome(found: Fetched) -> Outcome:
    answer = f"{found.status} {shortened(clean_text(found.data[:800].decode(errors='replace')), 200)}".strip()
    if 200 <= found.status < 300:
        return Sent(answer=answer)
    if found.status in _FOR_GOOD:
        return Gone(f"HTTP {found.status}", answer=answer)
    wait = None if found.retry_after is None else dt.timedelta(seconds=min(found.retry_after, LONGEST_WAIT))
    return Later(
        f"HTTP {found.status}", wait=wait, whole_lane=found.status in {429, 502, 503, 504}, answer=answer
    )
