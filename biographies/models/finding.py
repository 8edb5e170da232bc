"""What a check saw in one revision."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from biographies.models.job import BiographyJob
from biographies.models.revision import ChapterRevision
from biographies.vocabulary import FindingStatus, Severity
from bookgen_site.lib.constraints import one_of


class Finding(models.Model):
    """One thing, with its place, its severity and a sentence that a person understands."""

    job = models.ForeignKey(BiographyJob, on_delete=models.CASCADE, related_name="findings")
    revision = models.ForeignKey(
        ChapterRevision, on_delete=models.CASCADE, null=True, blank=True, related_name="findings"
    )
    check_name = models.CharField(_("check"), max_length=40)
    severity = models.CharField(_("severity"), max_length=10, choices=Severity.choices)
    message = models.TextField(_("message"))
    place = models.CharField(_("place"), max_length=255, blank=True, default="")
    status = models.CharField(
        _("status"), max_length=10, choices=FindingStatus.choices, default=FindingStatus.OPEN
    )
    reason = models.TextField(_("reason"), blank=True, default="")
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True)

    class Meta:
        db_table = "findings"
        ordering = ["job", "revision", "id"]
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        constraints = [
            one_of("severity", Severity.values, "finding_severity_known"),
            one_of("status", FindingStatus.values, "finding_status_known"),
            models.CheckConstraint(
                condition=~Q(status="dismissed") | ~Q(reason=""), name="finding_dismissed_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.message
