"""How an address wants its mail, and which addresses want none."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from bookgen_site.lib.constraints import filled, one_of


class Subscription(models.Model):
    """What somebody chose about the mail to an address; without a row: everything, at once."""

    class Pace(models.TextChoices):
        AT_ONCE = "at_once", _("at once")
        DAILY = "daily", _("once a day, together")

    address = models.CharField(_("address"), max_length=254, unique=True)  # in lower case
    pace = models.CharField(_("when"), max_length=10, choices=Pace.choices, default=Pace.AT_ONCE)
    muted = models.JSONField(_("unwanted kinds"), default=list, blank=True)  # kinds of letters
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        db_table = "subscriptions"
        ordering = ["address"]
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [
            filled("address", "subscription_has_address"),
            one_of("pace", ["at_once", "daily"], "subscription_pace_known"),
        ]

    def __str__(self) -> str:
        return self.address


class SuppressedAddress(models.Model):
    """No mail goes to this address: none at all (`scope` is ""), or none about one job (`scope` is its id)."""

    class Reason(models.TextChoices):
        UNSUBSCRIBED = "unsubscribed", _("unsubscribed")
        BOUNCED = "bounced", _("the mailbox doesn't exist")
        COMPLAINED = "complained", _("marked as spam")

    address = models.CharField(_("address"), max_length=254)  # in lower case
    scope = models.CharField(_("about"), max_length=40, blank=True, default="")
    reason = models.CharField(_("reason"), max_length=12, choices=Reason.choices)
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        db_table = "suppressed_addresses"
        ordering = ["-id"]
        verbose_name = _("suppressed address")
        verbose_name_plural = _("suppressed addresses")
        constraints = [
            filled("address", "suppressed_has_address"),
            one_of("reason", ["unsubscribed", "bounced", "complained"], "suppressed_reason_known"),
            models.UniqueConstraint(fields=["address", "scope"], name="suppressed_once_per_scope"),
        ]

    def __str__(self) -> str:
        return self.address
