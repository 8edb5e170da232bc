"""Where webhooks go: one address with its secret, for one job or for all of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bookgen_site.accounts.models import User
from bookgen_site.lib.constraints import filled, one_of
from notifications.events import EventKind


class OffReason(models.TextChoices):
    """Why nothing is sent to an endpoint."""

    PERSON = "person", _("switched off by a person")
    GONE = "gone", _("its server answered 410 Gone")
    FAILING = "failing", _("it failed for five days")


QUIET = frozenset({EventKind.PROGRESS.value})  # so many that only who asks for them by name gets them


class WebhookEndpoint(models.Model):
    """An address that hears of events. Written by `notifications.hooks.endpoints` alone.

    `job_id` None: it hears of all jobs. `event_types` are kinds of events; empty: all but progress. Secrets are
    sealed (`bookgen_site.lib.crypto`) and shown once. `encryption_key` is the receiver's public JWK, or "".
    """

    job_id = models.UUIDField(null=True)
    name = models.CharField(_("name"), max_length=100, blank=True, default="")
    url = models.CharField(_("address"), max_length=2000)
    event_types = models.JSONField(_("events"), default=list)
    encryption_key = models.TextField(_("public key"), blank=True, default="")
    secret = models.TextField()
    secret_shown = models.BooleanField(default=False)
    old_secret = models.TextField(blank=True, default="")
    old_until = models.DateTimeField(_("the old secret signs until"), null=True)

    active = models.BooleanField(_("on"), default=True)
    off_reason = models.CharField(max_length=10, choices=OffReason.choices, blank=True, default="")
    off_at = models.DateTimeField(_("switched off"), null=True)
    failing_since = models.DateTimeField(_("failing since"), null=True)
    last_success_at = models.DateTimeField(_("last success"), null=True)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="webhooks")
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        db_table = "webhook_endpoints"
        ordering = ["-id"]
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        constraints = [
            filled("url", "webhook_has_address"),
            filled("secret", "webhook_has_secret"),
            one_of("off_reason", ["", *OffReason.values], "webhook_off_reason_known"),
            models.CheckConstraint(
                condition=Q(active=True, off_reason="") | (Q(active=False) & ~Q(off_reason="")),
                name="webhook_off_has_reason",
            ),
            models.UniqueConstraint(
                fields=["job_id"], condition=Q(job_id__isnull=False), name="webhook_once_per_job"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.url

    @property
    def lane(self) -> str:
        """The lane of its messages, which share its slots."""
        return f"webhook:{self.pk}"

    def wants(self, kind: str) -> bool:
        """Whether it hears of events of this kind."""
        return kind in self.event_types if self.event_types else kind not in QUIET
