"""The disagreements of a job as the check sees them: plain data, read once from the rows."""

from __future__ import annotations

from collections.abc import Iterable

from biographies.models import BiographyJob, Chapter
from biographies.queries import chapters_in_order
from biographies.vocabulary import ChapterKind
from engine.quality.contradictions import DisputeView
from sources.models import Citation, Fact, Source

Place = tuple[int, int]  # source number and offset of a sentence
# Lists take single sentences out of the chapters; a doubt is shown where the story is told.
_TELLING = (ChapterKind.CHAPTER, ChapterKind.PROLOGUE, ChapterKind.EPILOGUE)


def read_disputes(job: BiographyJob) -> list[DisputeView]:
    """Every disagreement, by the key of the fact that isn't followed, with the sections that tell either side."""
    rows = list(
        Fact.objects.filter(job=job).exclude(dispute={}).select_related("contradicts").order_by("key")
    )
    if not rows:
        return []
    sources = {source.number: source for source in Source.objects.filter(job=job, valid=True)}
    told = _told(chapters_in_order(job.pk).filter(kind__in=_TELLING).exclude(current_revision=None))
    return [_view(row, sources, told) for row in rows]


def _told(chapters: Iterable[Chapter]) -> dict[Place, str]:
    """The section that tells each sentence: the first citation of a piece is the one whose words are printed."""
    names = {one.current_revision_id: str(one) for one in chapters}
    cited = Citation.objects.filter(revision_id__in=list(names), verdict="verbatim").order_by(
        "revision_id", "number"
    )
    places = cited.values_list("passage__source__number", "start", "revision_id")
    return {(source, start): names[revision] for source, start, revision in places}


def _view(row: Fact, sources: dict[int, Source], told: dict[Place, str]) -> DisputeView:
    own, other = row.dispute["own"], row.dispute["other"]
    return DisputeView(
        kind=row.dispute["kind"],
        followed=sources[other[0]].text[other[1] : other[2]],
        followed_source=str(sources[other[0]]),
        other=sources[own[0]].text[own[1] : own[2]],
        other_source=str(sources[own[0]]),
        because=row.dispute["because"],
        counts=tuple(row.dispute.get("counts", (1, 1))),
        followed_in=told.get((other[0], other[1]), ""),
        other_in=told.get((own[0], own[1]), ""),
    )
