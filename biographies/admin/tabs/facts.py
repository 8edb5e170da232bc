"""The facts in the order of time, drawn and told; contradictions stand out in both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.db.models import F, Prefetch, Q, QuerySet
from django.http import QueryDict

from biographies.admin.book_head import Head, numbered
from biographies.admin.tabs.timeline import Dated, drawing
from sources.models import Fact
from sources.vocabulary import FactKind

ON_A_PAGE: Final = 50
SHOWN: Final = ("told", "disputed", "reserve", "all")
COLUMNS: Final = (
    *("pk", "text", "kind", "date_text", "date_start", "date_end", "date_precision", "date_inherited"),
    *("witnesses", "disputes", "position", "chapter_id", "contradicts_id"),
)


def rows(head: Head, asked: QueryDict) -> dict[str, Any]:
    """The drawing of all dated facts that are told, and one page of the list."""
    show = asked.get("show", "told")
    show = show if show in SHOWN else "told"
    page = _page(asked.get("page", ""))
    found = _listed(head, show)
    lines = list(found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE + 1])
    points = _points(head)
    return {
        "drawing": drawing(points, [(one.pk, one.title) for one in numbered(head.chapters)]),
        "dated": len(points),
        "disputed": sum(one.disputed for one in points),
        "facts": lines[:ON_A_PAGE],
        "titles": {one.pk: one for one in head.chapters},
        "show": show,
        "page": page,
        "next_page": page + 1 if len(lines) > ON_A_PAGE else None,
        "kinds": FactKind.choices,
    }


def _page(asked: str) -> int:
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1


def _points(head: Head) -> Sequence[Dated]:
    dated = Fact.objects.filter(job=head.job, position__isnull=False, date_start__isnull=False)
    found = dated.order_by("date_start", "pk").values_list(
        "pk", "date_start", "date_end", "kind", "chapter_id", "contradicts_id", "disputes"
    )
    return [
        Dated(pk, start.year, (end or start).year, kind, chapter, bool(other or disputes))
        for pk, start, end, kind, chapter, other, disputes in found
        if start
    ]


def _listed(head: Head, show: str) -> QuerySet[Fact]:
    disputed = Q(contradicts__isnull=False) | Q(contradicted_by__isnull=False) | ~Q(disputes=[])
    where = {
        "told": Q(position__isnull=False),
        "disputed": disputed,
        "reserve": Q(position=None),
        "all": Q(),
    }[show]
    others = Fact.objects.only("pk", "text", "date_text", "contradicts_id").order_by("pk")
    found = Fact.objects.filter(where, job=head.job).distinct().only(*COLUMNS, "contradicts__text")
    found = found.select_related("contradicts", "chapter").prefetch_related(
        Prefetch("contradicted_by", queryset=others)
    )
    return found.order_by(F("date_start").asc(nulls_last=True), "key")
