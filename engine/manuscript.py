"""Assembles the neutral manuscript from approved revisions, their citations, the facts and the sources."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from biographies.exports.manuscript import (
    Block,
    IndexEntry,
    Inline,
    Manuscript,
    Place,
    Section,
    fingerprint,
)
from biographies.models import BiographyJob, Chapter, Image
from biographies.queries import chapters_in_order
from biographies.vocabulary import ChapterKind, ChapterStatus
from engine import illustrating, indexing, reading
from engine.bibliography import notes_by_source
from engine.errors import NotApproved
from engine.imprint import imprint, year
from engine.indexing import Named
from engine.notes import Names, NoteMaker
from engine.reading import ROW_LABEL_END, TextBlock
from sources.models import Citation
from sources.queries import citations_of, facts_of

Runs = tuple[Inline, ...]
TABLES = (ChapterKind.TIMELINE, ChapterKind.GLOSSARY)
INDEXED = (ChapterKind.PROLOGUE, ChapterKind.CHAPTER, ChapterKind.EPILOGUE)


def build(
    job: BiographyJob, *, draft: bool = False, images: Iterable[Image] = ()
) -> tuple[Manuscript, dict[str, str]]:
    """The book with these images, and the hash of every revision in it by chapter id.

    Raises NotApproved when a chapter has lost its approval since the export was planned. A draft needs no
    approval: it holds what has been written so far, and says that it is one.
    """
    chapters = [one for one in chapters_in_order(job.pk) if one.current_revision or not draft]
    unapproved = any(one.status != ChapterStatus.APPROVED for one in chapters)
    if not chapters or (unapproved and not draft):
        raise NotApproved("only an approved book is exported, and some chapters are not approved")
    hashes = {str(one.pk): one.current_revision.sha256 for one in chapters if one.current_revision}
    with translation.override(job.language):
        return illustrating.illustrated(_manuscript(job, chapters, draft=draft), images), hashes


def _manuscript(job: BiographyJob, chapters: list[Chapter], *, draft: bool) -> Manuscript:
    citations = _citations(chapters)
    names = notes_by_source(job)
    sections = tuple(_section(one, citations.get(one.current_revision_id, {}), names) for one in chapters)
    return Manuscript(
        title=job.character,
        subtitle=_("A Biography"),
        author_line=job.author_name,
        language=job.language,
        sections=sections,
        imprint=imprint(job, draft=draft, fingerprint=fingerprint(one.sha256 for one in sections)),
        labels=labels(),
        index=_index(job, chapters, sections, citations),
        draft=draft,
        publisher=settings.BOOK_PUBLISHER,
        year=year(job),
        face=settings.BOOK_FONT,
    )


def words(job: BiographyJob) -> int:
    """The words of the numbered chapters."""
    chapters = chapters_in_order(job.pk).filter(kind=ChapterKind.CHAPTER)
    return sum(one.word_count for one in chapters)


def labels() -> dict[str, str]:
    """The printed words that no section brings itself, in the active language."""
    return {
        "contents": _("Contents"),
        "chapter": _("Chapter"),
        "notes": _("Notes"),
        "index": _("Index of Names and Places"),
        "index_by_page": _("The numbers are those of pages."),
        "index_by_chapter": _("The numbers are those of chapters."),
        "draft": _("DRAFT"),
    }


def _citations(chapters: Iterable[Chapter]) -> dict[int | None, dict[int, Citation]]:
    """The citations of each current revision by their numbers, under the revision's id."""
    found: dict[int | None, dict[int, Citation]] = {}
    for citation in citations_of(one.current_revision_id for one in chapters if one.current_revision_id):
        found.setdefault(citation.revision_id, {})[citation.number] = citation
    return found


def _section(chapter: Chapter, citations: dict[int, Citation], names: Names) -> Section:
    notes = NoteMaker(citations, names)
    blocks = tuple(_blocks(chapter, reading.parse(chapter.content), notes))
    return Section(
        kind=chapter.kind,
        title=chapter.title,
        blocks=blocks,
        notes=tuple(notes.made),
        number=chapter.chapter_number,
        sha256=chapter.current_revision.sha256 if chapter.current_revision else "",
    )


def _blocks(chapter: Chapter, parsed: list[TextBlock], notes: NoteMaker) -> Iterable[Block]:
    """Prose as paragraphs, labelled rows as entries; those of timeline and glossary as one table."""
    for is_rows, group in groupby(parsed, key=lambda block: bool(block.label)):
        members = list(group)
        if is_rows and chapter.kind in TABLES:
            yield Block(kind="table", rows=tuple(_row(block, notes) for block in members))
        else:
            entry = is_rows or chapter.kind == ChapterKind.BIBLIOGRAPHY
            for block in members:
                yield Block(kind="entry" if entry else block.kind, inlines=notes.inlines(block.stretches))


def _row(block: TextBlock, notes: NoteMaker) -> tuple[Runs, Runs]:
    label, *rest = block.stretches
    told = notes.inlines(rest)
    if told and told[0].text.startswith(ROW_LABEL_END):
        first = told[0]
        told = (
            Inline(first.text.removeprefix(ROW_LABEL_END), first.italic, first.bold, first.notes),
            *told[1:],
        )
    return (Inline(label.text),), told


def _index(
    job: BiographyJob,
    chapters: list[Chapter],
    sections: tuple[Section, ...],
    citations: dict[int | None, dict[int, Citation]],
) -> tuple[IndexEntry, ...]:
    facts = NamesOfFacts(job)
    pieces = (
        Named(Place(position, at), block, *facts.behind(citations.get(chapter.current_revision_id, {}), told))
        for position, (chapter, section) in enumerate(zip(chapters, sections, strict=True))
        if chapter.kind in INDEXED
        for at, (block, told) in enumerate(zip(section.blocks, reading.parse(chapter.content), strict=True))
    )
    return indexing.index(pieces, job.language)


class NamesOfFacts:
    """The people and places of the job's facts by the stretches of sources that tell them."""

    def __init__(self, job: BiographyJob) -> None:
        self._told: dict[int, list[tuple[int, int, list[str], list[str]]]] = {}
        for fact in facts_of(job.pk):
            for source, start, end in (*fact.spans, *fact.also):
                self._told.setdefault(source, []).append((start, end, fact.people, fact.places))

    def behind(
        self, citations: dict[int, Citation], block: TextBlock
    ) -> tuple[frozenset[str], frozenset[str]]:
        """The people and the places of all facts that share words of a source with the block's citations."""
        people: set[str] = set()
        places: set[str] = set()
        for cited in (citations[mark] for stretch in block.stretches for mark in stretch.marks):
            for start, end, persons, where in self._told.get(cited.passage.source.number, ()):
                if start < cited.end and cited.start < end:
                    people.update(persons)
                    places.update(where)
        return frozenset(people), frozenset(places)
