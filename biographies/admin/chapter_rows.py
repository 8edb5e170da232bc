"""What the page of a chapter shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.shortcuts import get_object_or_404

from biographies.admin.evidence import Evidence, evidence_of
from biographies.admin.flags import flags_of, found_at
from biographies.admin.lookups import works_on
from biographies.admin.printing import Group, places_of, printed, sentences_of
from biographies.admin.regenerating import form_rows
from biographies.admin.sentences import Shown, Span
from biographies.comments import comments_of, placed
from biographies.models import BiographyJob, Chapter, ChapterRevision, Finding
from biographies.queries import chapters_in_order
from biographies.states import CHAPTER_MOVES
from biographies.vocabulary import AuthorName, ChapterKind, ChapterStatus, FindingStatus, Severity
from bookgen_site.accounts.models import User
from engine.actions import AT_THE_DESK
from engine.editing import EDITED_IN
from engine.queries import being_written
from notifications.queries import last_number

UNCITED_KINDS = (
    ChapterKind.INTRODUCTION,
    ChapterKind.BIBLIOGRAPHY,
)  # these speak of the book, not of the person


def chapter_rows(job: BiographyJob, chapter: Chapter, user: User, wanted: str) -> dict[str, Any]:
    """Everything on the page; `wanted` is the number of the revision to be read, or ""."""
    seq = last_number(job.pk)
    revision = revision_of(chapter, wanted)
    evidence = evidence_of(revision.pk) if revision else {}
    groups = groups_of(revision, chapter, evidence)
    return {
        "job": job,
        "seq": seq,
        "chapter": chapter,
        "revision": revision,
        "current": revision is not None and revision.pk == chapter.current_revision_id,
        "groups": groups,
        "evidence": list(evidence.values()),
        "revisions": list(
            chapter.revisions.defer("text").select_related("created_by", "approval").order_by("-number")
        ),
        "extractive": job.author == AuthorName.EXTRACTIVE,
        "writing": being_written(chapter),
        **_said(revision, chapter, user, sentences_of(groups)),
        **form_rows(chapter, revision),
        **_neighbours(job, chapter),
        **_abilities(job, chapter, revision, user),
    }


def groups_of(
    revision: ChapterRevision | None, chapter: Chapter, evidence: Mapping[int, Evidence]
) -> list[Group]:
    """The text of a revision as it prints."""
    shown = {number: Shown(one.citation.sentence, one.citation.verdict) for number, one in evidence.items()}
    cited = chapter.kind not in UNCITED_KINDS
    return printed(revision.text if revision else "", chapter.kind, shown, cited=cited)


def revision_of(chapter: Chapter, wanted: str) -> ChapterRevision | None:
    """The revision with this number; the current one for "", 404 for what isn't there."""
    if not wanted:
        return chapter.current_revision
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 10 else 0
    return get_object_or_404(ChapterRevision, chapter=chapter, number=number)


def _said(
    revision: ChapterRevision | None, chapter: Chapter, user: User, sentences: list[Span]
) -> dict[str, Any]:
    """Findings of the revision and comments on the chapter, each at its sentence."""
    rows = Finding.objects.filter(revision=revision).select_related("closed_by") if revision else []
    found = found_at(rows, sentences)
    open_ones = [one["row"] for one in found if one["row"].status == FindingStatus.OPEN]
    comments = list(comments_of(chapter, user))
    at = placed(comments, places_of(sentences))
    return {
        "findings": found,
        "open_findings": len(open_ones),
        "blocked": any(one.severity == Severity.ERROR for one in open_ones),
        "comments": [{"row": one, "sentence": at.get(one.pk)} for one in comments],
        "flags": flags_of(found, comments, at),
    }


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
    works = works_on(user, job)
    current = revision is not None and revision.pk == chapter.current_revision_id
    may_move = ChapterStatus.WRITING in CHAPTER_MOVES[ChapterStatus(chapter.status)]
    at_work = chapter.status == ChapterStatus.WRITING
    waits = chapter.status == ChapterStatus.NEEDS_REVIEW
    changes = works and job.status in EDITED_IN and not at_work
    return {
        "may_work": works,
        "may_approve": works and user.approves and current and waits,
        "may_regenerate": works and job.status in AT_THE_DESK and may_move and not at_work,
        "may_edit": changes and current,
        "may_restore": changes and revision is not None and not current,
    }
