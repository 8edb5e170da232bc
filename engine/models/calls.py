"""The ledger of model calls, who may call now, and how a provider is doing. Money is in micro-dollars."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biographies.models import BiographyJob, Chapter
from biographies.vocabulary import Phase
from bookgen_site.lib.constraints import at_least, filled, one_of
from engine.models.runs import Unit


class ModelCall(models.Model):
    """One request to a language model: what was sent, what came back, what it cost, failed attempts included."""

    class Status(models.TextChoices):
        INTENDED = "intended", _("intended")
        ANSWERED = "answered", _("answered")
        FAILED = "failed", _("failed")

    job = models.ForeignKey(BiographyJob, on_delete=models.CASCADE, related_name="calls")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="calls")
    chapter = models.ForeignKey(Chapter, on_delete=models.SET_NULL, null=True, related_name="calls")
    phase = models.CharField(_("phase"), max_length=30, choices=Phase.choices)
    role = models.CharField(_("role"), max_length=12)
    purpose = models.CharField(_("purpose"), max_length=100, blank=True, default="")
    prompt_hash = models.CharField(max_length=64, blank=True, default="")
    request_hash = models.CharField(max_length=64)
    body = models.TextField(blank=True, default="")  # sent again byte for byte after a kill
    model_asked = models.CharField(_("model asked"), max_length=200)

    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.INTENDED)
    answer = models.TextField(blank=True, default="")
    error = models.TextField(_("error"), blank=True, default="")
    error_kind = models.CharField(_("kind of error"), max_length=20, blank=True, default="")
    model_served = models.CharField(_("model served"), max_length=200, blank=True, default="")
    provider = models.CharField(_("provider"), max_length=200, blank=True, default="")
    generation_id = models.CharField(_("generation"), max_length=200, blank=True, default="")
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    latency_ms = models.PositiveIntegerField(_("latency (ms)"), default=0)
    tokens_in = models.PositiveBigIntegerField(_("tokens in"), default=0)
    tokens_out = models.PositiveBigIntegerField(_("tokens out"), default=0)
    tokens_cached = models.PositiveBigIntegerField(_("tokens from cache"), default=0)
    reserved_micros = models.PositiveBigIntegerField(_("reserved (µ$)"), default=0)
    cost_micros = models.PositiveBigIntegerField(_("cost (µ$)"), default=0)
    cost_estimated = models.BooleanField(_("cost estimated"), default=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True)

    class Meta:
        db_table = "model_calls"
        ordering = ["-id"]
        verbose_name = _("model call")
        verbose_name_plural = _("model calls")
        indexes = [
            models.Index(fields=["job", "status"], name="call_by_job"),
            models.Index(fields=["created_at", "cost_micros"], name="call_by_day_and_cost"),
        ]
        constraints = [
            one_of("status", ["intended", "answered", "failed"], "call_status_known"),
            one_of("phase", Phase.values, "call_phase_known"),
            at_least("cost_micros", 0, "call_cost_not_negative"),
            at_least("reserved_micros", 0, "call_reserve_not_negative"),
            models.UniqueConstraint(fields=["unit", "request_hash"], name="call_once_per_unit_and_request"),
            models.CheckConstraint(
                condition=Q(status="intended") | Q(reserved_micros=0), name="call_settled_reserves_nothing"
            ),
            models.CheckConstraint(
                condition=~Q(status="answered") | ~Q(answer=""), name="call_answered_has_answer"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.request_hash[:8]}"


class ProviderState(models.Model):
    """How an endpoint is doing, for all workers: pauses that it asked for, and its circuit breaker."""

    endpoint = models.CharField(_("endpoint"), max_length=200, unique=True)
    paused_until = models.DateTimeField(_("paused until"), null=True)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    open_until = models.DateTimeField(_("circuit open until"), null=True)
    error = models.TextField(_("last error"), blank=True, default="")

    class Meta:
        db_table = "provider_states"
        verbose_name = _("provider")
        verbose_name_plural = _("providers")
        constraints = [filled("endpoint", "provider_has_endpoint")]

    def __str__(self) -> str:
        return self.endpoint


class CallTicket(models.Model):
    """A call that waits to be made, or is being made; gone when it has ended. Its lease outlives no worker long."""

    endpoint = models.ForeignKey(ProviderState, on_delete=models.CASCADE, related_name="tickets")
    job = models.ForeignKey(BiographyJob, on_delete=models.CASCADE, related_name="tickets")
    unit_id = models.BigIntegerField(
        default=0, db_default=0
    )  # a number alone: a ticket lives as long as its call
    worker = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    granted_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField()

    class Meta:
        db_table = "call_tickets"
        ordering = ["id"]
        constraints = [filled("worker", "ticket_has_worker")]

    def __str__(self) -> str:
        return f"ticket {self.pk}"
