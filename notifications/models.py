"""Events, the audit and the outbox. They carry ids, not foreign keys, and never block a deletion."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from notifications.events import EventKind


class EventCounter(models.Model):
    """The last event number of a job. Its row lock is what makes the numbers run without a gap."""

    job_id = models.UUIDField(primary_key=True)
    last = models.PositiveBigIntegerField(default=0)

    class Meta:
        db_table = "event_counters"

    def __str__(self) -> str:
        return f"{self.job_id}: {self.last}"


class Event(models.Model):
    """Something that happened to a job, numbered per job, written with what it tells. Never changed."""

    job_id = models.UUIDField()
    seq = models.PositiveBigIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=30, choices=EventKind.choices)
    payload = models.JSONField(_("payload"), default=dict)
    created_at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        db_table = "events"
        ordering = ["job_id", "seq"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.UniqueConstraint(fields=["job_id", "seq"], name="event_number_once_per_job"),
            models.CheckConstraint(condition=models.Q(seq__gte=1), name="event_number_from_one"),
            models.CheckConstraint(condition=models.Q(kind__in=EventKind.values), name="event_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.get_kind_display()}"


class AuditEntry(models.Model):
    """Who did what to which object, before and after. Never changed."""

    at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)
    actor_id = models.BigIntegerField(null=True)
    actor = models.CharField(_("who"), max_length=150)
    action = models.CharField(_("what"), max_length=50)
    job_id = models.UUIDField(null=True, db_index=True)
    target = models.CharField(_("object"), max_length=100)
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)

    class Meta:
        db_table = "audit"
        ordering = ["-id"]
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit")

    def __str__(self) -> str:
        return f"{self.actor}: {self.action} {self.target}"


class Delivery(models.Model):
    """One message to one address, made in the transaction of its event; workers send it (the outbox)."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")

    event_id = models.BigIntegerField()
    job_id = models.UUIDField(db_index=True)
    channel = models.CharField(_("channel"), max_length=20, default="email")
    address = models.CharField(_("to"), max_length=254)
    language = models.CharField(max_length=12, default="en")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    not_before = models.DateTimeField(_("next try"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    error = models.TextField(_("error"), blank=True, default="")

    class Meta:
        db_table = "deliveries"
        ordering = ["-id"]
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        indexes = [models.Index(fields=["state", "not_before"], name="delivery_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["event_id", "channel", "address"], name="delivery_once_per_event"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "sent", "failed"]), name="delivery_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} → {self.address} ({self.get_state_display()})"
