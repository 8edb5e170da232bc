"""The writer of endpoints. Who may do it is decided, and audited, by whoever calls (`biographies.webhooks`)."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet

from bookgen_site.accounts.models import User
from bookgen_site.lib import clock
from bookgen_site.lib.crypto import UnreadableSecret, resealed, seal, unseal
from notifications import deliver
from notifications.auditing import audit
from notifications.hooks import shaping
from notifications.hooks.addresses import shown
from notifications.hooks.routing import message
from notifications.hooks.signing import new_secret
from notifications.models import Channel, Delivery, OffReason, State, WebhookEndpoint

BOTH_SIGN: Final = dt.timedelta(hours=24)
ENDED: Final = (State.SENT, State.FAILED, State.DROPPED)
MOST_REPLAYED: Final = 1000  # messages at once
MOST_FAILURE: Final = dt.timedelta(days=5)
HOUSE: Final = 0  # the key of the endpoint that WEBHOOK_URL names: so two workers that start at once make one


def make(*, url: str, job_id: uuid.UUID | None, by: User | None, **columns: Any) -> WebhookEndpoint:
    """A new endpoint with a secret that nobody has seen yet."""
    return WebhookEndpoint.objects.create(
        url=url, job_id=job_id, created_by=by, secret=seal(new_secret()), **columns
    )


def reveal(endpoint: WebhookEndpoint) -> str | None:
    """The secret, the first time; None when somebody has seen it already."""
    unseen = WebhookEndpoint.objects.filter(pk=endpoint.pk, secret=endpoint.secret, secret_shown=False)
    return unseal(endpoint.secret) if unseen.update(secret_shown=True) else None


def rotate(endpoint: WebhookEndpoint) -> str | None:
    """A new secret, shown this once; the earlier one signs as well for 24 hours.

    None when somebody else has changed the secret this moment.
    """
    fresh = new_secret()
    as_read = WebhookEndpoint.objects.filter(pk=endpoint.pk, secret=endpoint.secret)
    changed = as_read.update(
        old_secret=F("secret"), old_until=clock.now() + BOTH_SIGN, secret=seal(fresh), secret_shown=True
    )
    return fresh if changed else None


def keys_of(endpoint: WebhookEndpoint) -> list[str]:
    """The secrets that sign now, the present one first. Raises UnreadableSecret."""
    keys = [unseal(endpoint.secret)]
    if endpoint.old_secret and endpoint.old_until and endpoint.old_until > clock.now():
        keys.append(unseal(endpoint.old_secret))
    return keys


def switch_off(endpoint: WebhookEndpoint, reason: OffReason) -> bool:
    """Send nothing more there; what waits is dropped when its time comes. False when it was off already."""
    on = WebhookEndpoint.objects.filter(pk=endpoint.pk, active=True)
    return bool(on.update(active=False, off_reason=reason, off_at=clock.now()))


def switch_on(endpoint: WebhookEndpoint) -> bool:
    """Send there again, with five new days; False when it was on already."""
    off = WebhookEndpoint.objects.filter(pk=endpoint.pk, active=False)
    return bool(off.update(active=True, off_reason="", off_at=None, failing_since=None))


def note_success(endpoint_id: int) -> None:
    """The endpoint has taken a message: it is well."""
    WebhookEndpoint.objects.filter(pk=endpoint_id).update(failing_since=None, last_success_at=clock.now())


def note_failure(endpoint: WebhookEndpoint) -> bool:
    """The endpoint has failed; True when this has gone on for five days, and it was switched off for it."""
    now = clock.now()
    WebhookEndpoint.objects.filter(pk=endpoint.pk, failing_since=None).update(failing_since=now)
    too_long = WebhookEndpoint.objects.filter(pk=endpoint.pk, failing_since__lte=now - MOST_FAILURE)
    return too_long.exists() and switch_off(endpoint, OffReason.FAILING)


def send_test(endpoint: WebhookEndpoint) -> Delivery:
    """A message that tells nothing, to see whether the endpoint works."""
    row = message(endpoint, shaping.TEST, shaping.test_body(clock.now(), endpoint.pk))
    row.save()
    return row


def deliveries(endpoint: WebhookEndpoint) -> QuerySet[Delivery]:
    """All messages to the endpoint, newest first."""
    return Delivery.objects.filter(channel=Channel.WEBHOOK, target_id=endpoint.pk)


def replay(endpoint: WebhookEndpoint, which: Q) -> int:
    """Send again, under their old ids, what has ended and is among `which`; returns how many."""
    chosen = deliveries(endpoint).filter(which, state__in=ENDED).order_by("id")[:MOST_REPLAYED]
    return deliver.send_all_again(Delivery.objects.filter(pk__in=list(chosen.values_list("pk", flat=True))))


@transaction.atomic
def reseal() -> int:
    """Seal the webhooks' secrets with the newest of the keys; returns how many there are.

    Raises UnreadableSecret, and changes nothing, when one can be read with none of them.
    """
    rows = list(WebhookEndpoint.objects.select_for_update())
    for row in rows:
        row.secret = resealed(row.secret)
        row.old_secret = resealed(row.old_secret) if row.old_secret else ""
    WebhookEndpoint.objects.bulk_update(rows, ["secret", "old_secret"])
    return len(rows)


def forget_job(job_id: uuid.UUID) -> None:
    """The job is gone, and its endpoint with it."""
    WebhookEndpoint.objects.filter(job_id=job_id).delete()


@transaction.atomic
def settle() -> None:
    """Bring the endpoint that WEBHOOK_URL names to what the settings say. May be asked again at any time."""
    if not settings.WEBHOOK_URL:
        WebhookEndpoint.objects.filter(pk=HOUSE).delete()
        return
    key = settings.WEBHOOK_SECRET or new_secret()
    told = {"url": settings.WEBHOOK_URL, "secret": seal(key), "secret_shown": bool(settings.WEBHOOK_SECRET)}
    row, made = WebhookEndpoint.objects.get_or_create(pk=HOUSE, defaults={"name": "WEBHOOK_URL", **told})
    changed = made or _change(row, settings.WEBHOOK_URL, settings.WEBHOOK_SECRET)
    if changed:
        audit(by=None, action="settle_webhook", target=shown(settings.WEBHOOK_URL))


def _change(row: WebhookEndpoint, url: str, key: str) -> bool:
    """Another address or secret than before; the secret that was made here stays where the settings name none."""
    columns = {"url": url} if row.url != url else {}
    try:
        same = not key or unseal(row.secret) == key
    except UnreadableSecret:
        same = False
    if not same:
        columns |= {"secret": seal(key or new_secret()), "old_secret": ""}
    return bool(columns and WebhookEndpoint.objects.filter(pk=row.pk).update(**columns))
