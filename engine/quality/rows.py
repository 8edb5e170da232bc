"""The rows of a book as views for the checks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final

from biographies.models import BiographyJob, Chapter
from biographies.queries import chapters_in_order
from biographies.vocabulary import ChapterKind
from engine import reading
from engine.quality.views import About, CitedSentence, SectionView, Signed
from sources.models import Citation, Fact, Source
from sources.people import parse_name
from sources.queries import usable_sources

# Of a citation; the rows of its passage and source would cost more than all checks.
CITED: Final = (
    *("number", "sentence", "quote", "start", "end", "verdict", "because", "opinion", "opinion_because"),
    "passage__source__number",
)


def read_section(chapter: Chapter) -> SectionView:
    """One section from its rows."""
    return _view(chapter, _about(chapter.job))


def read_book(job: BiographyJob) -> list[SectionView]:
    """All sections that have a text, in the order of the book."""
    about = _about(job)
    written = chapters_in_order(job.pk).exclude(current_revision=None)
    return [_view(one, about) for one in written]


def _about(job: BiographyJob) -> About:
    rows = list(usable_sources(job.pk))
    subject = parse_name(job.character)
    return About(
        name=job.character,
        language=job.language,
        description=job.description,
        texts={row.number: row.text for row in rows},
        own=frozenset(row.number for row in rows if subject and subject.is_author(row.author)),
        addresses=frozenset(url for row in rows for url in (row.url, row.origin_url) if url),
        signed=tuple(_signed(row) for row in rows if row.signs),
    )


def _signed(row: Source) -> Signed:
    return Signed(row.number, str(row), tuple((name, start, end) for name, start, end in row.signs))


def _view(chapter: Chapter, about: About) -> SectionView:
    rows = Citation.objects.filter(revision=chapter.current_revision).order_by("number")
    return SectionView(
        name=str(chapter),
        kind=chapter.kind,
        blocks=tuple(reading.parse(chapter.content)),
        words=chapter.word_count,
        target_words=chapter.target_words,
        citations=tuple(_cited(rows.values_list(*CITED, named=True), about)),
        dates=_dates(chapter),
        text=chapter.content,
        about=about,
    )


def _cited(rows: Iterable[Any], about: About) -> Iterable[CitedSentence]:
    for row in rows:
        number = row.passage__source__number
        stored = about.texts.get(number, "")[row.start : row.end]
        yield CitedSentence(
            *(row.number, row.sentence, row.quote, stored, row.verdict, row.because, number, row.start),
            *(row.opinion, row.opinion_because),
        )


def _dates(chapter: Chapter) -> tuple[dt.date, ...]:
    if chapter.kind != ChapterKind.CHAPTER:
        return ()
    told = Fact.objects.filter(chapter=chapter, position__isnull=False, date_start__isnull=False)
    own = told.filter(date_inherited=False).order_by("position")
    return tuple(date for date in own.values_list("date_start", flat=True) if date)
