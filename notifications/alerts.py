"""Alerts: a trouble is told once when it begins and once when it is over, by every road that is set up."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from bookgen_site.accounts import roles
from bookgen_site.accounts.models import User
from bookgen_site.lib import clock, queue
from bookgen_site.lib.text import clean_text, shortened
from notifications.chat import services
from notifications.models import Alert, AlertSeverity, AlertState, Channel, Delivery

log = structlog.get_logger(__name__)

# A trouble that isn't seen for so long is over: what comes and goes (a circuit that is tried again) is one trouble.
QUIET: Final = dt.timedelta(minutes=5)
OLD: Final = dt.timedelta(days=7)  # a trouble that began before isn't news: nobody is told of it any more
LETTER: Final = "alert"  # as `notifications.letters` calls it
BEGAN, OVER = "alert", "recovery"


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a watch sees: `of` names it among those of its watch, `path` leads to the page of the desk that helps."""

    watch: str
    of: str
    severity: AlertSeverity
    title: str
    text: str
    job_id: uuid.UUID | None = None
    path: str = ""
    since: dt.datetime | None = None

    @property
    def key(self) -> str:
        """The trouble's name; the same trouble has the same."""
        return f"{self.watch}:{self.of}"[:200]


def reconcile(troubles: Iterable[Trouble], watches: Collection[str]) -> None:
    """Bring the alerts of these watches to what was just seen: begin new ones, end those that are over.

    What was seen must be all that these watches see; alerts of others stay as they are.
    """
    now = clock.now()
    seen = {trouble.key: trouble for trouble in troubles}
    firing = Alert.objects.filter(state=AlertState.FIRING, watch__in=watches)
    known = set(firing.values_list("key", flat=True))
    firing.filter(key__in=seen).update(seen_at=now)
    for key in sorted(seen.keys() - known):
        if seen[key].since is None or now - seen[key].since < OLD:  # type: ignore[operator]  # not None here
            _begin(seen[key], now)
    for alert in firing.exclude(key__in=seen).filter(seen_at__lt=now - QUIET):
        _end(alert, now)


def begin(trouble: Trouble) -> None:
    """Tell a trouble that no watch looks for: whoever saw it tells once it is over, by `end`."""
    reconcile([trouble], [trouble.watch])


def end(watch: str) -> None:
    """What was told by `begin` is over."""
    now = clock.now()
    for alert in Alert.objects.filter(state=AlertState.FIRING, watch=watch):
        _end(alert, now)


@transaction.atomic
def _begin(trouble: Trouble, now: dt.datetime) -> None:
    try:
        with transaction.atomic():
            alert = Alert.objects.create(
                key=trouble.key,
                watch=trouble.watch,
                severity=trouble.severity,
                title=shortened(clean_text(trouble.title), 200),
                text=clean_text(trouble.text),
                job_id=trouble.job_id,
                path=trouble.path,
                began_at=now,
                seen_at=now,
            )
    except IntegrityError:  # another process has begun it this moment, and tells of it
        return
    log.warning("alert", key=alert.key, severity=alert.severity)
    _tell(alert, BEGAN)


@transaction.atomic
def _end(alert: Alert, now: dt.datetime) -> None:
    """Whoever changes the row tells that it is over."""
    as_read = Alert.objects.filter(pk=alert.pk, state=AlertState.FIRING, seen_at=alert.seen_at)
    if as_read.update(state=AlertState.RESOLVED, resolved_at=now):
        log.info("alert_over", key=alert.key)
        _tell(alert, OVER)


def _tell(alert: Alert, kind: str) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        payload = _payload(alert, kind)
        rows = [_letter(address, payload) for address in operators()]
        rows += [_chat(service, kind, payload) for service in services.configured()]
    Delivery.objects.bulk_create(rows)
    if rows:
        queue.put("notifications.deliver", alert.key)


def _payload(alert: Alert, kind: str) -> dict[str, Any]:
    title = alert.title if kind == BEGAN else _("Over: %s") % alert.title
    url = f"{settings.SITE_URL}{alert.path}" if alert.path else ""
    return {
        "alert": alert.pk,
        "key": alert.key,
        "severity": alert.severity,
        "title": title,
        "text": alert.text,
        "url": url,
        "at": clock.now().isoformat(),
    }


def _letter(address: str, payload: dict[str, Any]) -> Delivery:
    return Delivery(
        channel=Channel.EMAIL,
        kind=LETTER,
        address=address,
        language=settings.LANGUAGE_CODE,
        payload=payload,
        next_at=clock.now(),
    )


def _chat(service: str, kind: str, payload: dict[str, Any]) -> Delivery:
    return Delivery(
        channel=Channel.CHAT,
        kind=kind,
        address=service,
        lane=f"chat:{service}",
        payload=payload,
        next_at=clock.now(),
    )


def operators() -> list[str]:
    """Who hears of alerts by e-mail: ALERT_EMAILS, or all Administrators with an address."""
    if settings.ALERT_EMAILS:
        return list(settings.ALERT_EMAILS)
    administers = Q(groups__name=roles.ADMINISTRATOR) | Q(is_superuser=True)  # as `User.role_names` has it
    people = User.objects.filter(administers, is_active=True).exclude(email="")
    return sorted(set(people.values_list("email", flat=True)))


def tell_by_letter(*, addresses: Iterable[str], title: str, text: str, path: str) -> None:
    """A letter outside of any alert, to people whom a trouble of their own concerns. Call it in a transaction."""
    payload = {"title": clean_text(title, multiline=False), "text": clean_text(text)}
    payload["url"] = f"{settings.SITE_URL}{path}"
    Delivery.objects.bulk_create(_letter(address, payload) for address in addresses)
    queue.put("notifications.deliver", title)
