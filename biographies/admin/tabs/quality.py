"""What the checks saw in the present texts, by chapter, check and severity, with the means to close it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Case, Count, IntegerField, Q, QuerySet, When
from django.http import QueryDict

from biographies.admin.book_head import Head
from biographies.models import Chapter, Finding
from biographies.vocabulary import FindingStatus, Severity
from bookgen_site.lib.text import clean_text

SHOWN: Final = 100  # findings on the page; the filters lead to the others
WHOLE: Final = "book"  # the value of the filter by chapter for what concerns the book as a whole
GRAVITY: Final = (Severity.ERROR, Severity.WARNING, Severity.INFO)


@dataclass(frozen=True, slots=True)
class Counted:
    """The open findings of one chapter (None: of the book as a whole) or of one check, by severity."""

    key: str
    chapter: Chapter | None
    errors: int
    warnings: int
    infos: int


def rows(head: Head, asked: QueryDict) -> dict[str, Any]:
    """Two queries: the counts, and the findings that the filters ask for."""
    found = _of_present_texts(head)
    counts: list[Any] = list(
        found.filter(status=FindingStatus.OPEN)
        .order_by()
        .values("revision__chapter_id", "check_name", "severity")
        .annotate(n=Count("pk"))
    )
    chosen = _chosen(asked)
    shown = list(_filtered(found, chosen)[: SHOWN + 1])
    return {
        "by_chapter": _by_chapter(head.chapters, counts),
        "by_check": _by_check(counts),
        "findings": shown[:SHOWN],
        "more": len(shown) > SHOWN,
        "chosen": chosen,
        "severities": [(str(one), one.label) for one in GRAVITY],
        "states": FindingStatus.choices,
    }


def _of_present_texts(head: Head) -> QuerySet[Finding]:
    present = Q(revision=None) | Q(revision__current_of__isnull=False)
    return Finding.objects.filter(present, job=head.job)


def _chosen(asked: QueryDict) -> dict[str, str]:
    """The filters as they were asked for, cut to what they can be."""
    state = asked.get("state", FindingStatus.OPEN.value)
    return {
        "state": state if state in FindingStatus.values else FindingStatus.OPEN.value,
        "severity": clean_text(asked.get("severity", ""))[:10],
        "check": clean_text(asked.get("check", ""))[:40],
        "chapter": clean_text(asked.get("chapter", ""))[:20],
    }


def _filtered(found: QuerySet[Finding], chosen: dict[str, str]) -> QuerySet[Finding]:
    found = found.filter(status=chosen["state"])
    if chosen["severity"] in Severity.values:
        found = found.filter(severity=chosen["severity"])
    if chosen["check"]:
        found = found.filter(check_name=chosen["check"])
    if chosen["chapter"] == WHOLE:
        found = found.filter(revision=None)
    elif chosen["chapter"].isascii() and chosen["chapter"].isdigit():
        found = found.filter(revision__chapter_id=min(int(chosen["chapter"]), 2**62))
    gravity = Case(
        *(When(severity=one, then=place) for place, one in enumerate(GRAVITY)), output_field=IntegerField()
    )
    found = found.select_related("revision__chapter", "closed_by").defer("revision__text")
    return found.order_by(gravity, "revision__chapter__chapter_number", "pk")


def _by_chapter(chapters: Sequence[Chapter], counts: list[dict[str, Any]]) -> list[Counted]:
    wanted: list[tuple[str, Chapter | None, int | None]] = [(str(one.pk), one, one.pk) for one in chapters]
    wanted.append((WHOLE, None, None))
    found = (
        _counted(key, chapter, [row for row in counts if row["revision__chapter_id"] == pk])
        for key, chapter, pk in wanted
    )
    return [one for one in found if one.errors or one.warnings or one.infos]


def _by_check(counts: list[dict[str, Any]]) -> list[Counted]:
    names = sorted({row["check_name"] for row in counts})
    found = [_counted(name, None, [row for row in counts if row["check_name"] == name]) for name in names]
    return sorted(found, key=lambda one: (-one.errors, -one.warnings, -one.infos, one.key))


def _counted(key: str, chapter: Chapter | None, counts: list[dict[str, Any]]) -> Counted:
    sums = [sum(row["n"] for row in counts if row["severity"] == one) for one in GRAVITY]
    return Counted(key, chapter, *sums)
