"""The disagreements of a job as the check sees them: plain data, read once from the rows."""

from __future__ import annotations

from collections.abc import Iterable

from biographies.models import BiographyJob, Chapter
from biographies.queries import chapters_in_order
from biographies.vocabulary import ChapterKind
from engine.authors.base import Dispute
from engine.evidence import dispute_of
from engine.quality.contradictions import DisputeView
from sources.models import Citation, Fact, Source

Place = tuple[int, int]  # source number and offset of a sentence
# Lists take single sentences out of the chapters; a doubt is shown where the story is told.
_TELLING = (ChapterKind.CHAPTER, ChapterKind.PROLOGUE, ChapterKind.EPILOGUE)


def read_disputes(job: BiographyJob) -> list[DisputeView]:
    """Every disagreement, by the key of the fact that isn't followed, with the sections that tell either side."""
    rows = list(Fact.objects.filter(job=job).exclude(disputes=[]).order_by("key"))
    if not rows:
        return []
    sources = {source.number: source for source in Source.objects.filter(job=job, valid=True)}
    told = _told(chapters_in_order(job.pk).filter(kind__in=_TELLING).exclude(current_revision=None))
    return [_view(dispute_of(one), sources, told) for row in rows for one in row.disputes]


def _told(chapters: Iterable[Chapter]) -> dict[Place, str]:
    """The section that tells each sentence: the first citation of a piece is the one whose words are printed."""
    names = {one.current_revision_id: str(one) for one in chapters}
    cited = Citation.objects.filter(revision_id__in=list(names), verdict="verbatim").order_by(
        "revision_id", "number"
    )
    places = cited.values_list("passage__source__number", "start", "revision_id")
    return {(source, start): names[revision] for source, start, revision in places}


def _view(one: Dispute, sources: dict[int, Source], told: dict[Place, str]) -> DisputeView:
    own, other = one.own, one.other
    return DisputeView(
        kind=one.kind,
        followed=sources[other.source].text[other.start : other.end],
        followed_source=str(sources[other.source]),
        other=sources[own.source].text[own.start : own.end],
        other_source=str(sources[own.source]),
        because=one.because,
        counts=one.counts,
        followed_in=told.get((other.source, other.start), ""),
        other_in=told.get((own.source, own.start), ""),
    )
