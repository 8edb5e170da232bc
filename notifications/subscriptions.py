"""What an address chooses about its mail, by the link of a mail that it was sent."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from notifications import suppression
from notifications.letters.kinds import OPTIONAL
from notifications.models import Delivery, Subscription, SuppressedAddress


class Choice(models.TextChoices):
    """What can be chosen on the page."""

    STOP = "stop", _("No more mail about this book")
    STOP_ALL = "stop_all", _("No more mail at all")
    DAILY = "daily", _("Once a day, all together")
    AT_ONCE = "at_once", _("Each piece of news at once")
    KINDS = "kinds", _("Only the news chosen below")


@dataclass(frozen=True, slots=True)
class Wish:
    """How things stand for the address of a mail; `wanted` are the kinds of letters that it hasn't switched off."""

    stopped: bool
    stopped_all: bool
    daily: bool
    wanted: frozenset[str]


@transaction.atomic
def choose(*, delivery: Delivery, choice: Choice, wanted: Collection[str] = ()) -> None:
    """Do what was chosen; choosing to get mail lifts an earlier unsubscribing, but not a bounce or a complaint.

    `wanted` are kinds of letters, for Choice.KINDS.
    """
    address = delivery.address.lower()
    scope = suppression.scope_of(delivery.job_id)
    reason = SuppressedAddress.Reason.UNSUBSCRIBED
    if choice is Choice.STOP:
        suppression.suppress(address=address, scope=scope, reason=reason)
    elif choice is Choice.STOP_ALL:
        suppression.suppress(address=address, scope=suppression.EVERYTHING, reason=reason)
    else:
        left = SuppressedAddress.objects.filter(address=address, reason=reason)
        left.filter(scope__in={scope, suppression.EVERYTHING}).delete()
        muted = [kind.value for kind in OPTIONAL if kind.value not in wanted]
        wish = {"muted": muted} if choice is Choice.KINDS else {"pace": choice.value}
        Subscription.objects.update_or_create(address=address, defaults=wish)


def wish_of(delivery: Delivery) -> Wish:
    """What holds for the mail's address and book."""
    address = delivery.address.lower()
    scopes = set(SuppressedAddress.objects.filter(address=address).values_list("scope", flat=True))
    chosen = Subscription.objects.filter(address=address).first() or Subscription(address=address)
    stopped_all = suppression.EVERYTHING in scopes
    return Wish(
        stopped=stopped_all or suppression.scope_of(delivery.job_id) in scopes,
        stopped_all=stopped_all,
        daily=chosen.pace == Subscription.Pace.DAILY,
        wanted=frozenset(kind.value for kind in OPTIONAL) - set(chosen.muted),
    )
