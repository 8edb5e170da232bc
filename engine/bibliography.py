"""The job's sources as a bibliography and as the texts of notes, through the CSL processor."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext as _

from biographies.exports.manuscript import Inline
from biographies.models import BiographyJob
from engine.authors.base import Draft, Paragraph, Piece
from engine.notes import Names
from sources.citations import Reference, Run, Work, later_notes, notes
from sources.citations import bibliography as in_style
from sources.models import Source
from sources.queries import cited_sources, valid_sources


def bibliography(job: BiographyJob) -> Draft:
    """What the book cites, one paragraph each in the order of the style; then what was only consulted.

    A reader takes an entry for a witness of the text, so what nothing cites stands apart, under a line of its own
    (Chicago: a list of works cited holds those alone, a bibliography may hold more if it says so). It isn't left
    out: a chapter that is written anew later may cite it, and its note must lead to an entry even so.
    """
    references = in_style(_works(job), job.citation_style, job.language)
    cited = {work_of(one).key for one in cited_sources(job.pk)}
    named = [_entry(one) for one in references if one.key in cited]
    consulted = [_entry(one) for one in references if one.key not in cited]
    if named and consulted:
        named.append(Paragraph((Piece(text=_heading(job.language), lead=True),)))
    return Draft(paragraphs=(*named, *consulted))


def _entry(reference: Reference) -> Paragraph:
    return Paragraph(_pieces(reference.runs), glued=True)


def _heading(language: str) -> str:
    with translation.override(language):
        return _("Consulted, and not cited:")


def _pieces(runs: tuple[Run, ...]) -> tuple[Piece, ...]:
    return tuple(Piece(text=run.text, italic=run.italic) for run in runs)


def notes_by_source(job: BiographyJob) -> Names:
    """How notes name each source in the job's style, by the source's number."""
    works = _works(job)
    first = notes(works, job.citation_style, job.language)
    later = later_notes(works, job.citation_style, job.language)
    numbers = {one.number: work_of(one).key for one in valid_sources(job.pk)}
    return Names(
        {number: _inlines(first[key]) for number, key in numbers.items()},
        {number: _inlines(later[key]) for number, key in numbers.items()},
    )


def _inlines(runs: Iterable[Run]) -> tuple[Inline, ...]:
    return tuple(Inline(run.text, italic=run.italic) for run in runs)


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
