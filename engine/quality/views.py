"""A section as the checks see it: plain data, read once from the rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from biographies.models import BiographyJob, Chapter
from biographies.queries import numbered_chapters
from biographies.vocabulary import ChapterKind
from engine import reading
from engine.reading import TextBlock
from sources.models import Citation, Fact, Source


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """A citation with what its source really says at its place ("" when the place doesn't exist)."""

    number: int
    sentence: str
    quote: str
    stored: str
    verdict: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """One section: its text in blocks, its citations, and the dates of the facts it tells."""

    name: str
    kind: str
    blocks: tuple[TextBlock, ...]
    words: int
    target_words: int
    citations: tuple[CitedSentence, ...]
    dates: tuple[dt.date, ...]


def read_section(chapter: Chapter) -> SectionView:
    """One section from its rows."""
    texts = dict(Source.objects.filter(job_id=chapter.job_id, valid=True).values_list("number", "text"))
    return _view(chapter, texts)


def read_book(job: BiographyJob) -> list[SectionView]:
    """All numbered chapters that have a text, in order."""
    texts = dict(Source.objects.filter(job=job, valid=True).values_list("number", "text"))
    chapters = numbered_chapters(job.pk).exclude(current_revision=None).select_related("current_revision")
    return [_view(one, texts) for one in chapters]


def _view(chapter: Chapter, texts: dict[int, str]) -> SectionView:
    rows = Citation.objects.filter(revision=chapter.current_revision).order_by("number")
    rows = rows.select_related("passage__source").defer("passage__source__text")
    return SectionView(
        name=str(chapter),
        kind=chapter.kind,
        blocks=tuple(reading.parse(chapter.content)),
        words=chapter.word_count,
        target_words=chapter.target_words,
        citations=tuple(_cited(rows, texts)),
        dates=_dates(chapter),
    )


def _cited(rows: Iterable[Citation], texts: dict[int, str]) -> Iterable[CitedSentence]:
    for row in rows:
        stored = texts.get(row.passage.source.number, "")[row.start : row.end]
        yield CitedSentence(row.number, row.sentence, row.quote, stored, row.verdict)


def _dates(chapter: Chapter) -> tuple[dt.date, ...]:
    if chapter.kind != ChapterKind.CHAPTER:
        return ()
    told = Fact.objects.filter(chapter=chapter, position__isnull=False, date_start__isnull=False)
    own = told.filter(date_inherited=False).order_by("position")
    return tuple(date for date in own.values_list("date_start", flat=True) if date)
