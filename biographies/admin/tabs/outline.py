"""The outline: the plan of the book, changed and approved here before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Max, Min, Q
from django.http import QueryDict

from biographies.admin.book_head import Head, numbered
from biographies.models import Chapter
from sources.models import Fact

RESERVE: Final = 30  # of one chapter's facts that aren't told: the weightiest
COLUMNS: Final = ("pk", "text", "kind", "date_text", "date_start", "position", "witnesses", "chapter_id")


@dataclass(frozen=True, slots=True)
class Planned:
    """A chapter of the plan: how many facts it tells and keeps, and the years between which they lie."""

    row: Chapter
    told: int
    kept: int
    first: int | None
    last: int | None

    @property
    def years(self) -> str:
        """The years in words: "1838–1841", "1838", or "" without a date."""
        if self.first is None:
            return ""
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


def rows(head: Head, asked: QueryDict) -> dict[str, Any]:
    """The chapters with their counts; of the one that is open, also its facts."""
    chapters = numbered(head.chapters)
    opened = next((one for one in chapters if str(one.pk) == asked.get("open")), None)
    plans = _plans(head, chapters)
    return {
        "plans": plans,
        "target": sum(one.target_words for one in chapters),
        "facts_told": sum(one.told for one in plans),
        "specials": [one for one in head.chapters if one not in chapters],
        "opened": opened,
        "told": _facts(opened, Q(position__isnull=False), "position") if opened else [],
        "reserve": _facts(opened, Q(position=None), "-score")[:RESERVE] if opened else [],
        "others": [one for one in chapters if one != opened],
    }


def _plans(head: Head, chapters: list[Chapter]) -> list[Planned]:
    told = Q(position__isnull=False)
    counted = (
        Fact.objects.filter(job=head.job, chapter__isnull=False)
        .order_by()
        .values("chapter_id")
        .annotate(
            told=Count("pk", filter=told),
            kept=Count("pk", filter=~told),
            first=Min("date_start", filter=told),
            last=Max("date_start", filter=told),
        )
    )
    found: dict[int, Any] = {row["chapter_id"]: row for row in counted}
    return [_planned(one, found.get(one.pk, {})) for one in chapters]


def _planned(chapter: Chapter, row: dict[str, Any]) -> Planned:
    first, last = row.get("first"), row.get("last")
    years = (first.year if first else None, last.year if last else None)
    return Planned(chapter, row.get("told", 0), row.get("kept", 0), *years)


def _facts(chapter: Chapter, where: Q, order: str) -> list[Fact]:
    found = Fact.objects.filter(where, chapter=chapter).only(*COLUMNS)
    return list(found.order_by(order, "pk"))
