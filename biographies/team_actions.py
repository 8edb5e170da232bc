"""Changing what the team has settled for all its books."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from biographies.errors import BadWish, Forbidden, Stale
from biographies.models import TeamSettings
from biographies.models.team import THE_ONE
from biographies.team import environment_caps, keeps_settings
from biographies.wishes import models_of_roles
from bookgen_site.accounts.models import User
from bookgen_site.lib.money import dollars
from notifications.publish import audit

CAPS: Final = {"book_cap_micros": "book", "day_cap_micros": "day", "month_cap_micros": "month"}
AMOUNTS: Final = (*CAPS, "default_budget_micros")
FIELDS: Final = (*AMOUNTS, "models_by_role")


@transaction.atomic
def change_team_settings(*, by: User, version: int, **wanted: Any) -> TeamSettings:
    """Set some of FIELDS: amounts in micro-dollars or None, models by role.

    Raises Forbidden, BadWish for a value that makes no sense or lies above the environment's ceiling, and Stale when
    somebody has changed the settings since `version`.
    """
    if not keeps_settings(by):
        raise Forbidden(_("Your role can't change the settings."))
    TeamSettings.objects.get_or_create(pk=THE_ONE)
    row = TeamSettings.objects.select_for_update().get(pk=THE_ONE)
    if row.version != version:
        raise Stale(_("Somebody has changed the settings since you opened them. Look at them again."))
    changed = {field: value for field, value in _checked(wanted).items() if value != getattr(row, field)}
    if not changed:
        return row
    before = {field: getattr(row, field) for field in changed}
    for field, value in changed.items():
        setattr(row, field, value)
    row.version += 1
    row.save()
    audit(by=by, action="change_team_settings", target=str(_("settings")), before=before, after=changed)
    return row


def _checked(wanted: Mapping[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for field, value in wanted.items():
        if field in AMOUNTS:
            values[field] = _amount(field, value)
        elif field == "models_by_role":
            values[field] = models_of_roles(value)
        else:
            raise BadWish(field, _("There is no such setting."))
    return values


def _amount(field: str, value: int | None) -> int | None:
    if value is None:
        return None
    if not 0 <= value <= 10**12:
        raise BadWish(field, _("Write an amount in dollars, for instance 12.50."))
    most = getattr(environment_caps(), CAPS.get(field, "book"))
    if most is not None and value > most:
        told = _("This installation allows no more than %s.")
        raise BadWish(field, told % dollars(most))
    return value
