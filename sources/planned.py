"""The facts of each chapter, counted: how many it tells and keeps, and between which years they lie."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Min, Q

from biographies.models import Chapter
from biographies.queries import numbered_chapters
from sources.models import Fact


@dataclass(frozen=True, slots=True)
class PlannedChapter:
    """A chapter of the outline with its facts in numbers; years are None where no fact is dated."""

    row: Chapter
    facts_told: int
    facts_kept: int
    first_year: int | None
    last_year: int | None


def planned_chapters(job_id: uuid.UUID) -> list[PlannedChapter]:
    """The numbered chapters in order, in two queries."""
    counted = _counted(job_id)
    return [_planned(row, counted.get(row.pk, {})) for row in numbered_chapters(job_id)]


def _counted(job_id: uuid.UUID) -> dict[int, dict[str, Any]]:
    told = Q(position__isnull=False)
    rows: Any = (
        Fact.objects.filter(job_id=job_id, chapter__isnull=False)
        .order_by()
        .values("chapter_id")
        .annotate(
            told=Count("pk", filter=told),
            kept=Count("pk", filter=~told),
            first=Min("date_start", filter=told),
            last=Max("date_start", filter=told),
        )
    )
    return {row["chapter_id"]: row for row in rows}


def _planned(row: Chapter, counted: dict[str, Any]) -> PlannedChapter:
    first, last = counted.get("first"), counted.get("last")
    years = (first.year if first else None, last.year if last else None)
    return PlannedChapter(row, counted.get("told", 0), counted.get("kept", 0), *years)
