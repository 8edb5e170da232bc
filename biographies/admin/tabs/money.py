"""What the book has cost: by chapter, role, model and day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from biographies.admin.book_head import Head
from biographies.team import caps
from engine.money import Spent, spent_by, spent_by_day


@dataclass(frozen=True, slots=True)
class Line:
    """One heading with what was spent under it, and its share of the dearest in per cent."""

    name: str
    spent: Spent
    share: int


@dataclass(frozen=True, slots=True)
class Table:
    """Lines under one title."""

    name: str
    title: str
    lines: Sequence[Line]


def rows(head: Head, _asked: QueryDict) -> dict[str, Any]:
    """Four sums over the ledger, each one query."""
    job_id = head.job.pk
    titles = {one.pk: str(one) for one in head.chapters}
    roles = {"planner": _("planner"), "writer": _("writer"), "checker": _("checker")}
    days = [(date_format(one.of, "DATE_FORMAT"), one) for one in spent_by_day(job_id)]
    tables = [
        Table(
            "chapter", _("By chapter"), _named(spent_by("chapter", job_id), titles, _("the book as a whole"))
        ),
        Table("role", _("By role"), _named(spent_by("role", job_id), roles)),
        Table("model", _("By model"), _named(spent_by("model", job_id), {}, _("no answer"))),
        Table("day", _("By day"), _lines(days)),
    ]
    return {
        "tables": [table for table in tables if table.lines],
        "may_budget": head.user.approves and head.may_work,
        "budget": head.job.budget_micros,
        "caps": caps(),
    }


def _named(spent: Sequence[Spent], names: Mapping[Any, str], nothing: str = "") -> list[Line]:
    return _lines([(names.get(one.of) or str(one.of or nothing), one) for one in spent])


def _lines(pairs: Sequence[tuple[str, Spent]]) -> list[Line]:
    most = max((one.micros for _name, one in pairs), default=0)
    return [Line(name, one, round(100 * one.micros / most) if most else 0) for name, one in pairs]
