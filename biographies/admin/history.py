"""The audit of one book in words that a person reads."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _

from biographies.models import BiographyJob, Chapter, TeamSettings
from bookgen_site.lib.money import dollars
from bookgen_site.lib.text import shortened
from notifications.deeds import in_words
from notifications.models import AuditEntry
from notifications.publish import ENGINE_NAME
from sources.models import Source

LONGEST: Final = 400  # characters of one value
SETTINGS: Final = ("change_team_settings", "save_style_guide", "delete_style_guide")
TOLD: Final = ("reason", "instruction")  # a person's own words, shown as such


@dataclass(frozen=True, slots=True)
class Change:
    """One value that was changed, before and after; "" where there was none."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Remembered:
    """One line of the history; `note` holds a person's own words, if the deed came with any."""

    pk: int
    at: dt.datetime
    actor: str
    deed: str
    target: str
    note: str
    changes: tuple[Change, ...]


def history(job_id: uuid.UUID, *, before: int | None = None, most: int = 40) -> list[Remembered]:
    """The newest entries of the book's audit, newest first; `before` an entry of it, if one is named."""
    rows = AuditEntry.objects.filter(job_id=job_id).order_by("-id")
    rows = rows.filter(pk__lt=before) if before is not None else rows
    return [_line(row) for row in rows[:most]]


def settings_history(*, most: int) -> list[Remembered]:
    """The newest entries about settings that hold for all books, newest first."""
    rows = AuditEntry.objects.filter(job_id=None, action__in=SETTINGS).order_by("-id")
    return [_line(row) for row in rows[:most]]


def _line(row: AuditEntry) -> Remembered:
    note = next((str(row.after[name]) for name in TOLD if row.after.get(name)), "")
    actor = _("BookGen") if row.actor_id is None and row.actor == ENGINE_NAME else row.actor
    changes = tuple(_changes(row.before, row.after))
    return Remembered(row.pk, row.at, actor, in_words(row.action), row.target, note, changes)


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    names = [name for name in (*before, *(one for one in after if one not in before)) if name not in TOLD]
    return [
        Change(_name(name), _value(name, before.get(name)), _value(name, after.get(name))) for name in names
    ]


def _name(column: str) -> str:
    """The column's name as forms show it."""
    for model in (BiographyJob, Chapter, TeamSettings, Source):
        try:
            name = str(getattr(model._meta.get_field(column), "verbose_name", column))
            return name.removesuffix(" (µ$)")  # amounts are shown in dollars
        except FieldDoesNotExist:
            continue
    return column.replace("_", " ")


def _value(column: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if column.endswith("_micros") and isinstance(value, int):
        return dollars(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        value = "; ".join(f"{name}: {one}" for name, one in value.items())
    if isinstance(value, list):
        value = ", ".join(str(one) for one in value)
    return shortened(str(value), LONGEST)
