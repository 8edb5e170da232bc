"""How the desk writes amounts and times."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import ngettext

from bookgen_site.lib.money import MICROS
from bookgen_site.lib.money import dollars as in_dollars

register = template.Library()


@register.filter
def dollars(micros: int | None) -> str:
    """Micro-dollars for people; "" where there is no amount."""
    return "" if micros is None else in_dollars(micros)


@register.filter
def plain_dollars(micros: int | None) -> str:
    """Micro-dollars for a field of a form: "12.50", or "" where there is no amount."""
    return "" if micros is None else f"{micros / MICROS:.2f}"


@register.filter
def about(seconds: int) -> str:
    """A length of time in one unit, as people say it: "40 seconds", "12 minutes", "3 hours"."""
    if seconds < 90:
        return ngettext("%d second", "%d seconds", seconds) % seconds
    minutes = round(seconds / 60)
    if minutes < 120:
        return ngettext("%d minute", "%d minutes", minutes) % minutes
    hours = round(minutes / 60)
    return ngettext("%d hour", "%d hours", hours) % hours


@register.filter
def at(mapping: dict[Any, Any], key: Any) -> Any:
    """The value under this key; None without one."""
    return mapping.get(key)
