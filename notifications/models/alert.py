"""What is wrong with the installation or a book, from when it was seen until it was over."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bookgen_site.lib.constraints import filled, one_of


class AlertSeverity(models.TextChoices):
    """How bad it is; the words are PagerDuty's."""

    WARNING = "warning", _("warning")
    CRITICAL = "critical", _("critical")


class AlertState(models.TextChoices):
    """Whether it is still so."""

    FIRING = "firing", _("firing")
    RESOLVED = "resolved", _("over")


class Alert(models.Model):
    """One trouble, told once when it begins and once when it is over. Written by `notifications.alerts` alone.

    `key` says what is wrong with what ("circuit:https://…"); `watch` is the part of it by which whoever looks for such
    troubles finds its own.
    """

    key = models.CharField(_("what"), max_length=200)
    watch = models.CharField(max_length=60)
    severity = models.CharField(_("severity"), max_length=10, choices=AlertSeverity.choices)
    state = models.CharField(_("state"), max_length=10, choices=AlertState.choices, default=AlertState.FIRING)
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), blank=True, default="")
    job_id = models.UUIDField(null=True)
    path = models.CharField(max_length=200, blank=True, default="")  # of the page on the desk that helps
    began_at = models.DateTimeField(_("began"))
    seen_at = models.DateTimeField(_("last seen"))
    resolved_at = models.DateTimeField(_("over"), null=True)

    class Meta:
        db_table = "alerts"
        ordering = ["-id"]
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        indexes = [models.Index(fields=["state", "watch"], name="alert_by_watch")]
        constraints = [
            filled("key", "alert_has_key"),
            one_of("severity", AlertSeverity.values, "alert_severity_known"),
            one_of("state", AlertState.values, "alert_state_known"),
            models.UniqueConstraint(
                fields=["key"], condition=Q(state=AlertState.FIRING), name="alert_fires_once"
            ),
            models.CheckConstraint(
                condition=Q(state=AlertState.FIRING, resolved_at__isnull=True)
                | Q(state=AlertState.RESOLVED, resolved_at__isnull=False),
                name="alert_resolved_has_time",
            ),
        ]

    def __str__(self) -> str:
        return self.title
