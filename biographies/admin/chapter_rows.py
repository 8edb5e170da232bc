"""What the page of a chapter shows."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404

from biographies.admin.evidence import Evidence, evidence_of
from biographies.admin.printing import printed
from biographies.admin.regenerating import form_rows
from biographies.models import BiographyJob, Chapter, ChapterRevision, Finding
from biographies.queries import chapters_in_order, workable_by
from biographies.states import CHAPTER_MOVES
from biographies.vocabulary import AuthorName, ChapterKind, ChapterStatus, FindingStatus, Severity
from bookgen_site.accounts.models import User
from engine.actions import AT_THE_DESK
from notifications.queries import last_number

UNCITED_KINDS = (
    ChapterKind.INTRODUCTION,
    ChapterKind.BIBLIOGRAPHY,
)  # these speak of the book, not of the person


def chapter_rows(job: BiographyJob, chapter: Chapter, user: User, wanted: str) -> dict[str, Any]:
    """Everything on the page; `wanted` is the number of the revision to be read, or ""."""
    seq = last_number(job.pk)
    revisions = list(
        chapter.revisions.defer("text").select_related("created_by", "approval").order_by("-number")
    )
    revision = _revision(chapter, wanted)
    evidence = evidence_of(revision.pk) if revision else {}
    return {
        "job": job,
        "seq": seq,
        "chapter": chapter,
        "revision": revision,
        "current": revision is not None and revision.pk == chapter.current_revision_id,
        "groups": printed(
            revision.text if revision else "", chapter.kind, evidence, cited=chapter.kind not in UNCITED_KINDS
        ),
        "evidence": list(evidence.values()),
        "revisions": revisions,
        "findings": _findings(revision, evidence),
        "extractive": job.author == AuthorName.EXTRACTIVE,
        **form_rows(chapter, revision),
        **_neighbours(job, chapter),
        **_abilities(job, chapter, revision, user),
    }


def _revision(chapter: Chapter, wanted: str) -> ChapterRevision | None:
    if not wanted:
        return chapter.current_revision
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 10 else 0
    return get_object_or_404(ChapterRevision, chapter=chapter, number=number)


def _findings(revision: ChapterRevision | None, evidence: dict[int, Evidence]) -> list[dict[str, Any]]:
    """The findings of the revision, open and grave ones first, each with the sentence that it is about."""
    if revision is None:
        return []
    places = {one.citation.sentence[:255]: one.number for one in reversed(evidence.values())}
    grave = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
    rows = Finding.objects.filter(revision=revision).select_related("closed_by")
    ordered = sorted(
        rows, key=lambda one: (one.status != FindingStatus.OPEN, grave[Severity(one.severity)], one.pk)
    )
    return [{"row": one, "sentence": places.get(one.place) if one.place else None} for one in ordered]


def _neighbours(job: BiographyJob, chapter: Chapter) -> dict[str, Any]:
    """The chapters before and after this one in the printed book."""
    rows = list(chapters_in_order(job.pk).select_related(None))
    place = next(number for number, row in enumerate(rows) if row.pk == chapter.pk)
    return {
        "previous": rows[place - 1] if place else None,
        "next": rows[place + 1] if place + 1 < len(rows) else None,
    }


def _abilities(
    job: BiographyJob, chapter: Chapter, revision: ChapterRevision | None, user: User
) -> dict[str, bool]:
    """Which of the page's buttons can be pressed."""
    works = workable_by(user).filter(pk=job.pk).exists()
    current = revision is not None and revision.pk == chapter.current_revision_id
    may_move = ChapterStatus.WRITING in CHAPTER_MOVES[ChapterStatus(chapter.status)]
    at_work = chapter.status == ChapterStatus.WRITING
    waits = chapter.status == ChapterStatus.NEEDS_REVIEW
    return {
        "may_work": works,
        "may_approve": works and user.approves and current and waits,
        "may_regenerate": works and job.status in AT_THE_DESK and may_move and not at_work,
    }
