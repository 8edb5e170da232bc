"""Reading what the team has settled. The environment's values stand where the desk says nothing.

Caps of the environment are also ceilings: whoever runs the machine has the last word on money, so the desk can
only lower them. Money is in micro-dollars; the environment's values are in dollars.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from biographies.models.team import THE_ONE, TeamSettings
from bookgen_site.accounts import roles
from bookgen_site.accounts.models import User
from bookgen_site.lib.money import MICROS


@dataclass(frozen=True, slots=True)
class Caps:
    """The most that one book, all books of a day, and all books of a month may cost; None: no cap."""

    book: int | None
    day: int | None
    month: int | None


def keeps_settings(user: User) -> bool:
    """Administrators settle what holds for all books."""
    return roles.ADMINISTRATOR in user.role_names


def sees_settings(user: User) -> bool:
    """Chief editors read what they and their editors have to keep to."""
    return user.sees_all_jobs


def team() -> TeamSettings:
    """The one row; with nothing settled before somebody has saved it. One query."""
    return TeamSettings.objects.filter(pk=THE_ONE).first() or TeamSettings()


def in_micros(dollars: float | None) -> int | None:
    """A setting in dollars as micro-dollars; None stays None."""
    return None if dollars is None else round(dollars * MICROS)


def environment_caps() -> Caps:
    """What whoever runs the machine allows at most."""
    return Caps(
        in_micros(settings.MODEL_BOOK_BUDGET_USD),
        in_micros(settings.MODEL_DAY_BUDGET_USD),
        in_micros(settings.MODEL_MONTH_BUDGET_USD),
    )


def caps(settled: TeamSettings | None = None) -> Caps:
    """The caps that hold: the desk's, and never more than the environment's. One query without `settled`."""
    row, most = settled or team(), environment_caps()
    return Caps(
        _lower(row.book_cap_micros, most.book),
        _lower(row.day_cap_micros, most.day),
        _lower(row.month_cap_micros, most.month),
    )


def _lower(one: int | None, other: int | None) -> int | None:
    return min((cap for cap in (one, other) if cap is not None), default=None)


def models_wanted(settled: TeamSettings | None = None) -> dict[str, str]:
    """The preset, or names of models by preference, of each role where a book says nothing. One query at most."""
    row = settled or team()
    return {role: row.models_by_role.get(role) or here for role, here in settings.MODELS_BY_ROLE.items()}
