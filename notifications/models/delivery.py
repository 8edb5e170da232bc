"""The outbox: one message to one address."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bookgen_site.lib import clock
from bookgen_site.lib.constraints import one_of


class Channel(models.TextChoices):
    """How a message travels: each has a module in `notifications.transports`."""

    EMAIL = "email", _("e-mail")
    WEBHOOK = "webhook", _("webhook")
    CHAT = "chat", _("chat")


class State(models.TextChoices):
    """Where a message stands."""

    WAITING = "waiting", _("waiting")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
    HELD = "held", _("kept for the daily mail")
    MERGED = "merged", _("sent in a daily mail")
    DROPPED = "dropped", _("not sent: the address wants none")


class Tracked(models.TextChoices):
    """What the mail provider said later about a message that was sent; the last word counts."""

    DEFERRED = "deferred", _("deferred by the mailbox")
    DELIVERED = "delivered", _("delivered")
    OPENED = "opened", _("opened")
    BOUNCED = "bounced", _("bounced")
    REJECTED = "rejected", _("rejected")
    COMPLAINED = "complained", _("marked as spam")


class Delivery(models.Model):
    """One message to one address, made in the transaction of what it tells; workers send it (the outbox).

    Written by `notifications.deliver` alone once it is made. `uid` is the name under which the other side sees it
    each time it is sent. Messages of one `lane` (a mail server, an endpoint) share the slots that its transport
    allows, so that not all workers are held up by one place that answers slowly.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event_id = models.BigIntegerField(null=True)  # None: an alert, a daily mail, a test
    job_id = models.UUIDField(null=True, db_index=True)
    channel = models.CharField(_("channel"), max_length=20, choices=Channel.choices, default=Channel.EMAIL)
    kind = models.CharField(_("kind"), max_length=40, default="")  # which letter, or which event
    address = models.CharField(_("to"), max_length=500)
    target_id = models.BigIntegerField(null=True)  # the row that the address comes from, such as an endpoint
    language = models.CharField(max_length=12, default="en")
    payload = models.JSONField(_("content"), default=dict)  # what it says, frozen when it happened

    lane = models.CharField(max_length=80, default=Channel.EMAIL)
    slot = models.PositiveSmallIntegerField(null=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    turn = models.PositiveSmallIntegerField(default=0)  # how often a person had it sent again
    fence = models.PositiveBigIntegerField(default=0)
    next_at = models.DateTimeField(_("next try"), default=clock.now)
    lease_until = models.DateTimeField(null=True)

    created_at = models.DateTimeField(_("when"), default=clock.now)
    sent_at = models.DateTimeField(_("sent"), null=True)
    provider_id = models.CharField(max_length=255, blank=True, default="", db_index=True)
    answer = models.CharField(_("answer"), max_length=500, blank=True, default="")
    error = models.TextField(_("error"), blank=True, default="")
    tracked = models.CharField(
        _("what became of it"), max_length=12, choices=Tracked.choices, blank=True, default=""
    )
    tracked_at = models.DateTimeField(null=True)
    digest = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="holds")

    class Meta:
        db_table = "deliveries"
        ordering = ["-id"]
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        indexes = [
            models.Index(fields=["state", "next_at"], name="delivery_due"),
            models.Index(fields=["lane", "state"], name="delivery_in_lane"),
        ]
        constraints = [
            one_of("channel", Channel.values, "delivery_channel_known"),
            one_of("state", State.values, "delivery_state_known"),
            models.UniqueConstraint(fields=["event_id", "lane", "address"], name="delivery_once_per_event"),
            models.UniqueConstraint(
                fields=["lane", "slot"], condition=Q(state=State.SENDING), name="delivery_slot_once"
            ),
            models.CheckConstraint(
                condition=Q(state=State.SENDING, slot__isnull=False, lease_until__isnull=False)
                | (~Q(state=State.SENDING) & Q(slot__isnull=True)),
                name="delivery_slot_while_sending",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SENT) | Q(sent_at__isnull=False), name="delivery_sent_has_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} → {self.address} ({self.get_state_display()})"
