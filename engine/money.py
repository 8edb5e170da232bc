"""What models have cost: sums over the ledger, each one query. Money is in micro-dollars."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncDate

from engine.models import ModelCall

BY: Final = {
    "job": "job_id",
    "chapter": "chapter_id",
    "role": "role",
    "model": "model_served",
    "phase": "phase",
}


@dataclass(frozen=True, slots=True)
class Spent:
    """The calls under one heading: `of` is a job's or chapter's id, a role, a model, a phase or a day."""

    of: Any
    calls: int
    attempts: int
    tokens_in: int
    tokens_out: int
    micros: int


def spent_by(heading: str, job_id: uuid.UUID | None = None) -> list[Spent]:
    """Sums by job, chapter, role, model or phase, of one job or of all, dearest first; failed attempts included."""
    return _sums(_calls(job_id), BY[heading])


def spent_by_day(job_id: uuid.UUID | None = None, *, since: dt.date | None = None) -> list[Spent]:
    """Sums by day (UTC), newest first."""
    calls = _calls(job_id)
    calls = calls.filter(created_at__date__gte=since) if since else calls
    rows = _sums(calls.annotate(day=TruncDate("created_at", tzinfo=dt.UTC)), "day")
    return sorted(rows, key=lambda row: row.of, reverse=True)


def spent_since(
    first: dt.datetime, second: dt.datetime, jobs: QuerySet[Any, Any] | None = None
) -> tuple[int, int]:
    """Micro-dollars spent since two times (the second the later one), of all books or of these, in one query."""
    calls = ModelCall.objects.filter(created_at__gte=first)
    calls = calls if jobs is None else calls.filter(job__in=jobs)
    later = Sum("cost_micros", filter=Q(created_at__gte=second))
    sums = calls.aggregate(all=Sum("cost_micros"), later=later)
    return sums["all"] or 0, sums["later"] or 0


def _calls(job_id: uuid.UUID | None) -> QuerySet[ModelCall]:
    calls = ModelCall.objects.order_by()
    return calls if job_id is None else calls.filter(job_id=job_id)


def _sums(calls: QuerySet[ModelCall], column: str) -> list[Spent]:
    rows = calls.values(column).annotate(
        calls=Count("pk"),
        tries=Sum("attempts"),
        into=Sum("tokens_in"),
        out=Sum("tokens_out"),
        micros=Sum("cost_micros"),
    )
    found = [
        Spent(row[column], row["calls"], row["tries"], row["into"], row["out"], row["micros"]) for row in rows
    ]
    return sorted(found, key=lambda row: (-row.micros, str(row.of)))
