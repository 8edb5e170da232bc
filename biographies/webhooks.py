"""Webhooks as people handle them: of a book, by whoever works on it; of all books, by whoever sees them all.

Secrets are returned once and never audited; of addresses the audit keeps what stands before the query.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from biographies.errors import BadWish, Forbidden, IllegalMove, Stale
from biographies.models import BiographyJob
from biographies.queries import workable_by
from bookgen_site.accounts.models import User
from bookgen_site.lib import queue
from bookgen_site.lib.addresses import AddressError
from bookgen_site.lib.crypto import UnreadableSecret
from bookgen_site.lib.text import clean_text
from notifications.events import EventKind
from notifications.hooks import endpoints
from notifications.hooks.addresses import require_receiver, shown
from notifications.hooks.sealing import BadKey, read_public_key
from notifications.models import Delivery, OffReason, State, WebhookEndpoint
from notifications.publish import audit

FIELDS: Final = ("name", "url", "event_types", "encryption_key")
MOST: Final = 50  # endpoints that hear of all books: each event is sent to each


def workable_endpoints(user: User) -> QuerySet[WebhookEndpoint]:
    """The endpoints that this person may see and change."""
    rows = WebhookEndpoint.objects.select_related("created_by")
    if user.sees_all_jobs:
        return rows
    return rows.filter(job_id__in=workable_by(user).values("pk"))


@transaction.atomic
def make_endpoint(
    *, by: User, url: str, job: BiographyJob | None = None, **values: Any
) -> tuple[WebhookEndpoint, str]:
    """A new endpoint and its secret, which is shown this once; `job=None` hears of all books."""
    _require(by, job)
    if job is None and WebhookEndpoint.objects.filter(job_id=None).count() >= MOST:
        raise IllegalMove(_("There are %d webhooks for all books already.") % MOST)
    endpoint = _made(by, job, cleaned(url=url, **values))
    return endpoint, _revealed(endpoint)


@transaction.atomic
def set_job_webhook(*, job: BiographyJob, by: User, url: str) -> None:
    """Bring the book's own endpoint to the address that the book names; "" takes it away.

    Its secret has been seen by nobody yet: `reveal_secret` shows it, once.
    """
    row = WebhookEndpoint.objects.filter(job_id=job.pk).first()
    if row is None:
        if url:
            _made(by, job, cleaned(url=url))
    elif not url:
        delete_endpoint(endpoint=row, by=by)
    elif row.url != url:
        change_endpoint(endpoint=row, by=by, url=url)


@transaction.atomic
def change_endpoint(*, endpoint: WebhookEndpoint, by: User, **values: Any) -> WebhookEndpoint:
    """Set some of FIELDS; the secret stays."""
    _require_endpoint(by, endpoint)
    row = WebhookEndpoint.objects.select_for_update().get(pk=endpoint.pk)
    wanted = cleaned(**values)
    before = _told(row)
    for field, value in wanted.items():
        setattr(row, field, value)
    row.save(update_fields=list(wanted))
    _mirror(row, row.url)
    audit(by=by, action="change_webhook", target=str(row), job_id=row.job_id, before=before, after=_told(row))
    return row


@transaction.atomic
def delete_endpoint(*, endpoint: WebhookEndpoint, by: User) -> None:
    """Take it away; what waits for it is dropped."""
    _require_endpoint(by, endpoint)
    _mirror(endpoint, "")
    audit(
        by=by, action="delete_webhook", target=str(endpoint), job_id=endpoint.job_id, before=_told(endpoint)
    )
    endpoint.delete()


@transaction.atomic
def switch(*, endpoint: WebhookEndpoint, by: User, on: bool) -> None:
    """Begin or cease to send there."""
    _require_endpoint(by, endpoint)
    changed = endpoints.switch_on(endpoint) if on else endpoints.switch_off(endpoint, OffReason.PERSON)
    if changed:
        action = "switch_webhook_on" if on else "switch_webhook_off"
        audit(by=by, action=action, target=str(endpoint), job_id=endpoint.job_id)


@transaction.atomic
def reveal_secret(*, endpoint: WebhookEndpoint, by: User) -> str:
    """The secret of an endpoint that was made with its book, the first time that somebody asks."""
    _require_endpoint(by, endpoint)
    secret = _revealed(endpoint)
    audit(by=by, action="reveal_webhook_secret", target=str(endpoint), job_id=endpoint.job_id)
    return secret


@transaction.atomic
def rotate_secret(*, endpoint: WebhookEndpoint, by: User) -> str:
    """Another secret, shown this once. For 24 hours messages carry a signature by the old one, too."""
    _require_endpoint(by, endpoint)
    secret = endpoints.rotate(endpoint)
    if secret is None:
        raise Stale(_("Somebody else has changed the secret this moment."))
    audit(by=by, action="rotate_webhook_secret", target=str(endpoint), job_id=endpoint.job_id)
    return secret


@transaction.atomic
def send_test(*, endpoint: WebhookEndpoint, by: User) -> Delivery:
    """A message that tells nothing, sent now."""
    _require_endpoint(by, endpoint)
    if not endpoint.active:
        raise IllegalMove(_("The webhook is switched off."))
    queue.put("notifications.deliver", endpoint.pk)
    return endpoints.send_test(endpoint)


@transaction.atomic
def replay(
    *,
    endpoint: WebhookEndpoint,
    by: User,
    numbers: Collection[int] = (),
    failed_since: dt.datetime | None = None,
) -> int:
    """Send again the messages of these numbers, or all that have failed since then; returns how many."""
    _require_endpoint(by, endpoint)
    if not endpoint.active:
        raise IllegalMove(_("The webhook is switched off."))
    which = Q(pk__in=numbers)
    if failed_since is not None:
        which |= Q(state__in=[State.FAILED, State.DROPPED], created_at__gte=failed_since)
    sent = endpoints.replay(endpoint, which)
    audit(
        by=by, action="replay_webhook", target=str(endpoint), job_id=endpoint.job_id, after={"messages": sent}
    )
    queue.put("notifications.deliver", endpoint.pk)
    return sent


def cleaned(**values: Any) -> dict[str, Any]:
    """The values as columns of an endpoint; raises BadWish for the first that makes no sense."""
    return {field: _CLEAN[field](value) for field, value in values.items()}


def _name(value: str) -> str:
    name = clean_text(value, multiline=False)
    if len(name) > 100:
        raise BadWish("name", _("Longer than %d characters.") % 100)
    return name


def _url(value: str) -> str:
    try:
        require_receiver(value)
    except AddressError as error:
        raise BadWish("url", str(error)) from error
    return value


def _kinds(value: Iterable[str]) -> list[str]:
    kinds = sorted(set(value))
    if not set(kinds) <= set(EventKind.values):
        raise BadWish("event_types", _("Choose one of: %s.") % ", ".join(EventKind.values))
    return kinds


def _key(value: str) -> str:
    try:
        return read_public_key(value) if value.strip() else ""
    except BadKey as error:
        told = _(
            "This isn't a public key that messages can be encrypted with: RSA of 2048 bits or more, or EC."
        )
        private = _("This is a private key. Keep it, make another, and give its public half only.")
        raise BadWish("encryption_key", private if str(error) == "private" else told) from error


_CLEAN: Final[dict[str, Any]] = {"name": _name, "url": _url, "event_types": _kinds, "encryption_key": _key}


def _made(by: User, job: BiographyJob | None, columns: dict[str, Any]) -> WebhookEndpoint:
    try:
        with transaction.atomic():
            endpoint = endpoints.make(job_id=job.pk if job else None, by=by, **columns)
    except IntegrityError as error:
        raise IllegalMove(_("This book has a webhook already.")) from error
    _mirror(endpoint, endpoint.url)
    audit(by=by, action="make_webhook", target=str(endpoint), job_id=endpoint.job_id, after=_told(endpoint))
    return endpoint


def _revealed(endpoint: WebhookEndpoint) -> str:
    try:
        secret = endpoints.reveal(endpoint)
    except UnreadableSecret as error:
        raise IllegalMove(_("The secret can't be read any more. Make another.")) from error
    if secret is None:
        raise IllegalMove(_("The secret has been shown already. Make another if it is lost."))
    return secret


def _mirror(endpoint: WebhookEndpoint, url: str) -> None:
    """The book says the same as its endpoint."""
    if endpoint.job_id is not None:
        BiographyJob.objects.filter(pk=endpoint.job_id).exclude(webhook_url=url).update(webhook_url=url)


def _told(endpoint: WebhookEndpoint) -> dict[str, Any]:
    return {
        "name": endpoint.name,
        "url": shown(endpoint.url),
        "event_types": endpoint.event_types,
        "encrypted": bool(endpoint.encryption_key),
    }


def _require(by: User, job: BiographyJob | None) -> None:
    if job is None and not by.sees_all_jobs:
        raise Forbidden(_("Only who sees all books may make a webhook for all of them."))
    if job is not None and not workable_by(by).filter(pk=job.pk).exists():
        raise Forbidden(_("Your role can't do that with this book."))


def _require_endpoint(by: User, endpoint: WebhookEndpoint) -> None:
    if not workable_endpoints(by).filter(pk=endpoint.pk).exists():
        raise Forbidden(_("Your role can't do that with this webhook."))
