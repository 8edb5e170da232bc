"""The papers of a book: the evidence of its sentences, its sources and how it was made, from the rows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.utils import translation
from django.utils.translation import gettext as _

from biographies.exports.dossier import Dossier, Evidence, Making, SourceLine
from biographies.exports.manuscript import Manuscript
from biographies.models import BiographyJob, Chapter
from biographies.queries import chapters_in_order
from biographies.vocabulary import AuthorName, ChapterKind, Origin
from engine import reading
from engine.bibliography import work_of
from engine.errors import NotApproved
from engine.imprint import models_used
from engine.reading import Stretch
from sources.citations import bibliography
from sources.models import Citation, Source
from sources.queries import citations_of, valid_sources
from sources.vocabulary import Opinion, Verdict

FEW = 4  # fewer words beside a cited sentence are a joint, no sentence of their own


def of(job: BiographyJob, book: Manuscript) -> Dossier:
    """The papers of exactly this book. Raises NotApproved when a section has another text by now."""
    chapters = [one for one in chapters_in_order(job.pk) if one.current_revision]
    revisions = tuple((one.title, one.current_revision.sha256) for one in chapters if one.current_revision)
    if [digest for _title, digest in revisions] != [one.sha256 for one in book.sections if one.sha256]:
        raise NotApproved("a section was changed while the book was printed")
    sources = valid_sources(job.pk)
    with translation.override(job.language):
        return _told(job, chapters, sources, revisions)


def _told(
    job: BiographyJob, chapters: list[Chapter], sources: list[Source], revisions: tuple[tuple[str, str], ...]
) -> Dossier:
    return Dossier(
        about=job.description,
        words=sum(one.word_count for one in chapters if one.kind == ChapterKind.CHAPTER),
        making=_making(job, chapters, sources),
        evidence=tuple(_evidence(chapters)),
        sources=tuple(_lines(job, sources)),
        verdicts={one.value: str(one.label) for one in Verdict},
        opinions={one.value: str(one.label) for one in Opinion},
        revisions=revisions,
    )


def _making(job: BiographyJob, chapters: list[Chapter], sources: list[Source]) -> Making:
    by_model = job.author == AuthorName.MODEL
    origins = [one.current_revision.origin for one in chapters if one.current_revision]
    spoken = {one.language.split("-")[0] for one in sources if one.language}
    return Making(
        by_model=by_model,
        models=tuple(models_used(job)),
        sections=len(chapters),
        edited=sum(origin in (Origin.EDITED, Origin.RESTORED) for origin in origins),
        translated=by_model and bool(spoken - {job.language.split("-")[0]}),
    )


def _lines(job: BiographyJob, sources: list[Source]) -> Iterator[SourceLine]:
    listed = bibliography([work_of(one) for one in sources], job.citation_style, job.language)
    references = {reference.key: reference.text for reference in listed}
    for one in sources:
        yield SourceLine(
            number=one.number,
            reference=references[work_of(one).key],
            kind=one.kind,
            url=one.origin_url or ("" if one.url.startswith("upload:") else one.url),
            licence=one.licence,
            language=one.language,
            credibility="" if one.credibility_score is None else f"{one.credibility_score:.0f}",
            sha256=one.content_hash,
        )


def _evidence(chapters: list[Chapter]) -> Iterator[Evidence]:
    """Every sentence in the order of the book."""
    cited = citations_of(one.current_revision_id for one in chapters if one.current_revision_id)
    by_revision = {
        key: {one.number: one for one in group}
        for key, group in groupby(cited, key=lambda one: one.revision_id)
    }
    for chapter in chapters:
        citations = by_revision.get(chapter.current_revision_id or 0, {})
        for block in reading.parse(chapter.content):
            for stretch in block.stretches:
                yield from _of_stretch(chapter, stretch, citations)


def _of_stretch(chapter: Chapter, stretch: Stretch, citations: dict[int, Citation]) -> Iterator[Evidence]:
    """What a stretch says without a citation, then each of its citations with the sentence that it stands for."""
    named = [citations[mark] for mark in stretch.marks if mark in citations]
    rest = stretch.text
    for one in sorted({one.sentence for one in named if one.sentence}, key=len, reverse=True):
        rest = rest.replace(one, "\n")
    for text in rest.split("\n"):
        words = text.strip(" \u00a0“”«»„\"'")
        if words and (not named or len(words.split()) >= FEW):
            yield _bare(chapter, words, italic=stretch.italic)
    yield from (_cited(chapter, one) for one in named)


def _bare(chapter: Chapter, words: str, *, italic: bool) -> Evidence:
    because = _("the compiler’s own words") if italic else ""
    return Evidence(chapter.title, _digest(chapter), words, because=because)


def _digest(chapter: Chapter) -> str:
    return chapter.current_revision.sha256 if chapter.current_revision else ""


def _cited(chapter: Chapter, one: Citation) -> Evidence:
    source = one.passage.source
    return Evidence(
        section=chapter.title,
        revision=_digest(chapter),
        sentence=one.sentence,
        number=one.number,
        verdict=one.verdict,
        because=one.because,
        opinion=one.opinion,
        opinion_because=one.opinion_because,
        source=source.number,
        source_title=str(source),
        passage=one.passage.number,
        start=one.start,
        end=one.end,
        quote=one.quote,
    )
