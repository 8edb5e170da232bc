"""A book at the desk with one chapter of three paragraphs, made without the engine."""

from __future__ import annotations

import re
from typing import Any

from biographies.models import BiographyJob, Chapter
from biographies.vocabulary import Origin, Phase
from bookgen_site.lib import clock
from engine import texts
from engine.authors.base import Draft, Paragraph, Piece, Span
from engine.evidence import source_texts
from tests.fakes import rows

_SENTENCE = re.compile(r"[^.\s][^.]*\.")


def chapter_of_three(job: BiographyJob, **columns: Any) -> Chapter:
    """A paragraph for each source of the job, with a citation for each of its sentences."""
    chapter = rows.chapter(job=job, title="Maps", **columns)
    sources = source_texts(job)
    paragraphs = []
    for source in sources:
        spans = [Span(source.number, *found.span()) for found in _SENTENCE.finditer(source.text)]
        paragraphs.append(Paragraph(tuple(Piece(source.text[one.start : one.end], (one,)) for one in spans)))
    written = texts.from_draft(Draft(paragraphs=tuple(paragraphs)), sources, job.character)
    texts.store(chapter, written, origin=Origin.GENERATED)
    if chapter.chapter_number:
        key = f"chapter-{chapter.chapter_number:03d}"
        unit = {"phase": Phase.CHAPTER_GENERATION, "key": key, "rank": 200, "status": "done", "result": {}}
        rows.unit(run=job.runs.get(), chapter=chapter, **unit)
    return Chapter.objects.get(pk=chapter.pk)


def at_the_desk(job: BiographyJob) -> BiographyJob:
    """The job reviewed: all phases up to quality control are planned and ended."""
    run = rows.run(job=job)
    for phase in list(Phase)[:5]:
        rows.plan(run=run, phase=phase, finished_at=clock.now())
    return job


def book(**columns: Any) -> Chapter:
    """The only chapter of a book that waits for review."""
    job = rows.with_sources(rows.job(status="needs_review", **columns))
    return chapter_of_three(at_the_desk(job))
