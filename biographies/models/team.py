"""What the team has settled for all its books."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

THE_ONE: Final = 1  # the key of the only row


class TeamSettings(models.Model):
    """One row, changed on the desk. Money is in micro-dollars; None and {} leave it to the environment."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=THE_ONE, editable=False)
    book_cap_micros = models.PositiveBigIntegerField(_("most for any book"), null=True, blank=True)
    day_cap_micros = models.PositiveBigIntegerField(_("most a day"), null=True, blank=True)
    month_cap_micros = models.PositiveBigIntegerField(_("most a month"), null=True, blank=True)
    default_budget_micros = models.PositiveBigIntegerField(
        _("budget of a new biography"), null=True, blank=True
    )
    models_by_role = models.JSONField(_("models"), default=dict, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "team_settings"
        verbose_name = _("team settings")
        verbose_name_plural = _("team settings")
        constraints = [models.CheckConstraint(condition=Q(pk=THE_ONE), name="team_settings_one_row")]

    def __str__(self) -> str:
        return str(_("team settings"))
