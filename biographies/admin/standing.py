"""How books stand, read with the books themselves: one query, whatever the number of books."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Count, Exists, IntegerField, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from biographies.models import BiographyJob, Chapter, Export, Finding
from biographies.vocabulary import ChapterKind, ChapterStatus, FindingStatus, JobStatus, Phase
from engine.models import PhasePlan, Unit, UnitStatus
from notifications.models import Event
from sources.models import Source
from sources.vocabulary import Decision


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a book beside its own columns. `seq` is the number of its newest event."""

    seq: int
    sources: int
    undecided: int  # found sources that wait for somebody's decision
    numbered: int  # chapters of the outline
    sections: int
    approved: int
    to_read: int
    parked: int  # units
    open_findings: int
    files: int
    writing_begun: bool

    @property
    def all_approved(self) -> bool:
        """Whether there are sections, and every one of them is approved."""
        return bool(self.sections) and self.approved == self.sections


def with_standing(jobs: QuerySet[BiographyJob]) -> QuerySet[BiographyJob]:
    """The same books, each with what `standing_of` reads."""
    current = Q(revision=None) | Q(revision__current_of__isnull=False)
    return jobs.annotate(
        seq=Coalesce(Subquery(_newest_event()), 0),
        source_count=counted(Source, decision=Decision.ACCEPTED),
        undecided=counted(Source, decision=Decision.SUGGESTED, valid=True),
        numbered=counted(Chapter, kind=ChapterKind.CHAPTER),
        sections=counted(Chapter),
        approved=counted(Chapter, status=ChapterStatus.APPROVED),
        to_read=counted(Chapter, status=ChapterStatus.NEEDS_REVIEW),
        parked=counted(Unit, job="run__job", status=UnitStatus.PARKED),
        open_findings=counted(Finding, current, status=FindingStatus.OPEN),
        files=counted(Export),
        writing_begun=Exists(
            PhasePlan.objects.filter(run__job=OuterRef("pk"), phase=Phase.CHAPTER_GENERATION)
        ),
    )


def standing_of(job: BiographyJob) -> Standing:
    """The standing of a book that was read with `with_standing`; reads it anew for any other."""
    row: Any = job
    if not hasattr(row, "writing_begun"):
        row = with_standing(BiographyJob.objects.filter(pk=job.pk)).get()
    values = {one.name: getattr(row, one.name) for one in fields(Standing) if one.name != "sources"}
    return Standing(**values, sources=row.source_count)


def outline_waits(job: BiographyJob, standing: Standing) -> bool:
    """`engine.outline.outline_waits`, without a query."""
    return outline_can_be_shaped(job, standing) and job.outline_review and job.outline_approved_at is None


def outline_can_be_shaped(job: BiographyJob, standing: Standing) -> bool:
    """`engine.outline.can_be_shaped`, without a query."""
    return job.status == JobStatus.PAUSED and standing.numbered > 0 and not standing.writing_begun


def _newest_event() -> QuerySet[Any, Any]:
    return Event.objects.filter(job_id=OuterRef("pk")).order_by("-seq").values("seq")[:1]


def counted(model: type[Model], *where: Q, job: str = "job", **columns: Any) -> Coalesce:
    """How many rows of the model belong to the book."""
    rows = model._default_manager.filter(*where, **{job: OuterRef("pk")}, **columns).order_by()
    counted = rows.values(job).annotate(number=Count("pk", distinct=True)).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
