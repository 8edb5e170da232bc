"""Webhooks: signed, to https addresses only, without redirects, within WEBHOOK_SECONDS."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from bookgen_site.lib import clock
from bookgen_site.lib.addresses import AddressError
from bookgen_site.lib.crypto import UnreadableSecret
from bookgen_site.lib.fetching import Fetched, FetchError, agent, post
from bookgen_site.lib.text import clean_text, shortened
from notifications.hooks import endpoints, sealing, shaping, signing
from notifications.hooks.addresses import require_receiver
from notifications.hooks.telling import tell_switched_off
from notifications.models import Delivery, OffReason, WebhookEndpoint
from notifications.transports.base import Gone, Later, Outcome, Sent, Unwanted

# The schedule of the specification; its first try is at once.
SCHEDULE: Final = (
    dt.timedelta(seconds=5),
    dt.timedelta(minutes=5),
    dt.timedelta(minutes=30),
    *(dt.timedelta(hours=hours) for hours in (2, 5, 10, 14, 20, 24)),
)
SLOTS: Final = 2
LANE_REST: Final = dt.timedelta(seconds=5)
LONGEST_REST: Final = dt.timedelta(minutes=10)
LONGEST_WAIT: Final = dt.timedelta(hours=24)  # of what a Retry-After may ask
_BUSY: Final = frozenset({429, 502, 503, 504})  # more messages would make it worse
_GONE: Final = 410
_SHOWN: Final = 200  # characters of an answer


@dataclass(frozen=True, slots=True)
class Declined(Gone):
    """The server answered 410: it wants none of these messages, ever."""


def send(delivery: Delivery) -> Outcome:
    """Sign the message and post it; its id is the same each time."""
    endpoint = WebhookEndpoint.objects.filter(pk=delivery.target_id or 0).first()
    if endpoint is None or not endpoint.active:
        return Unwanted(_("The webhook is switched off."))
    try:
        body, media_type = _written(endpoint, delivery)
        headers = _headers(endpoint, delivery, body)
        headers |= {"content-type": media_type, "user-agent": agent("sends webhooks")}
        require_receiver(endpoint.url)  # the administrator's list may have changed
        allowed, seconds = settings.WEBHOOK_ALLOWED_HOSTS, settings.WEBHOOK_SECONDS
        found = post(endpoint.url, body, headers=headers, allowed_hosts=allowed, seconds=seconds)
    except FetchError as error:
        return Later(error.reason, wait=_rest(endpoint) if error.passing else None, whole_lane=error.passing)
    except (AddressError, UnreadableSecret) as error:
        return Later(str(error))
    return outcome_of(found, _rest(endpoint))


def outcome_of(found: Fetched, rest: dt.timedelta = LANE_REST) -> Outcome:
    """What an answer means, as the specification suggests: only 2xx is a success."""
    answer = f"{found.status} {_excerpt(found)}".strip()
    if 200 <= found.status < 300:
        return Sent(answer=answer)
    error = f"HTTP {found.status}"
    if found.status == _GONE:
        return Declined(error, answer=answer)
    busy = found.status in _BUSY
    return Later(error, wait=_asked(found) or (rest if busy else None), whole_lane=busy, answer=answer)


def recorded(delivery: Delivery, outcome: Outcome) -> None:
    """How the endpoint is doing; who made it is told when it is switched off."""
    endpoint = WebhookEndpoint.objects.filter(pk=delivery.target_id or 0).select_related("created_by").first()
    if endpoint is None or isinstance(outcome, Unwanted):
        return
    if isinstance(outcome, Sent):
        endpoints.note_success(endpoint.pk)
    elif isinstance(outcome, Declined):
        if endpoints.switch_off(endpoint, OffReason.GONE):
            tell_switched_off(endpoint, OffReason.GONE)
    elif endpoints.note_failure(endpoint):
        tell_switched_off(endpoint, OffReason.FAILING)


def _written(endpoint: WebhookEndpoint, delivery: Delivery) -> tuple[bytes, str]:
    """The bytes that are signed and sent, and what they are."""
    body = shaping.as_bytes(delivery.payload)
    if endpoint.encryption_key:
        return sealing.seal(body, endpoint.encryption_key), sealing.MEDIA_TYPE
    return body, "application/json"


def _headers(endpoint: WebhookEndpoint, delivery: Delivery, body: bytes) -> dict[str, str]:
    now = int(clock.now().timestamp())
    return signing.signed_headers(f"msg_{delivery.uid.hex}", now, body, endpoints.keys_of(endpoint))


def _rest(endpoint: WebhookEndpoint) -> dt.timedelta:
    """A tenth of the time that the endpoint has been failing: who is dead for long takes nobody's threads."""
    failing = clock.now() - endpoint.failing_since if endpoint.failing_since else dt.timedelta()
    return min(max(failing / 10, LANE_REST), LONGEST_REST)


def _asked(found: Fetched) -> dt.timedelta | None:
    if found.retry_after is None:
        return None
    return dt.timedelta(seconds=min(found.retry_after, LONGEST_WAIT.total_seconds()))


def _excerpt(found: Fetched) -> str:
    """A little of what the server said, fit to be shown."""
    return shortened(clean_text(found.data[: 4 * _SHOWN].decode(errors="replace")), _SHOWN)
