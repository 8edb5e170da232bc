"""The job's sources as a bibliography and as the texts of notes, through the CSL processor."""

from __future__ import annotations

from biographies.exports.manuscript import Inline
from biographies.models import BiographyJob
from engine.authors.base import Draft, Paragraph, Piece
from sources.citations import Run, Work, notes
from sources.citations import bibliography as in_style
from sources.models import Source
from sources.queries import valid_sources


def bibliography(job: BiographyJob) -> Draft:
    """Every valid source, one paragraph each, in the order that the style asks for."""
    references = in_style(_works(job), job.citation_style, job.language)
    return Draft(paragraphs=tuple(Paragraph(_pieces(one.runs), glued=True) for one in references))


def _pieces(runs: tuple[Run, ...]) -> tuple[Piece, ...]:
    return tuple(Piece(text=run.text, italic=run.italic) for run in runs)


def notes_by_source(job: BiographyJob) -> dict[int, tuple[Inline, ...]]:
    """The short form in which a note names each source in the job's style, by the source's number."""
    told = notes(_works(job), job.citation_style, job.language)
    return {
        one.number: tuple(Inline(run.text, italic=run.italic) for run in told[work_of(one).key])
        for one in valid_sources(job.pk)
    }


def _works(job: BiographyJob) -> list[Work]:
    return [work_of(one) for one in valid_sources(job.pk)]


def work_of(source: Source) -> Work:
    """A source as the CSL processor wants it."""
    return Work(
        key=f"s{source.number:04d}",
        title=source.title,
        author=source.author,
        work=source.work,
        publisher=source.publisher,
        year=source.date,
        url=source.origin_url,
        form=source.form,
    )
