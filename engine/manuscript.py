"""Assembles the neutral manuscript from approved revisions, their citations and the sources."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from django.utils import translation
from django.utils.translation import gettext as _

from biographies.exports.manuscript import Block, Inline, Manuscript, Note, Section
from biographies.models import BiographyJob, Chapter
from biographies.queries import chapters_in_order, manners
from biographies.vocabulary import AuthorName, ChapterKind, ChapterStatus, Manner
from engine import reading
from engine.bibliography import notes_by_source
from engine.errors import NotApproved
from engine.reading import ROW_LABEL_END, Stretch, TextBlock
from sources.models import Citation
from sources.queries import citations_of

Runs = tuple[Inline, ...]


def build(job: BiographyJob) -> tuple[Manuscript, dict[str, str]]:
    """The book, and the hash of every revision in it by chapter id.

    Raises NotApproved when a chapter has lost its approval since the export was planned.
    """
    chapters = list(chapters_in_order(job.pk))
    if not chapters or any(one.status != ChapterStatus.APPROVED for one in chapters):
        raise NotApproved("only an approved book is exported, and some chapters are not approved")
    with translation.override(job.language):
        sections = tuple(_sections(job, chapters))
        book = Manuscript(
            title=job.character,
            subtitle=_("A Biography"),
            author_line=job.author_name,
            language=job.language,
            sections=sections,
            imprint=_imprint(job),
            labels=labels(),
        )
    return book, {str(one.pk): one.current_revision.sha256 for one in chapters if one.current_revision}


def words(job: BiographyJob) -> int:
    """The words of the numbered chapters."""
    chapters = chapters_in_order(job.pk).filter(kind=ChapterKind.CHAPTER)
    return sum(one.word_count for one in chapters)


def labels() -> dict[str, str]:
    """The printed words that no section brings itself, in the active language."""
    return {"contents": _("Contents"), "chapter": _("Chapter"), "notes": _("Notes")}


def _imprint(job: BiographyJob) -> tuple[str, ...]:
    approved = _approved(set(manners(job.pk)))
    if job.author != AuthorName.EXTRACTIVE:
        return (_("Written by a language model from the sources named in the bibliography."), approved)
    return (
        _("Compiled from sources, without a language model."),
        _(
            "Every sentence in roman type stands word for word in the source that its note names; "
            "words in italics are the compiler’s."
        ),
        approved,
    )


def _approved(found: set[str]) -> str:
    """What the approvals say of themselves, and no more."""
    if found <= {Manner.SINGLE}:
        return _("Each chapter was approved by a person before this book was printed.")
    if Manner.UNREAD not in found:
        return _("A person approved the chapters, some of them together, before this book was printed.")
    if found == {Manner.UNREAD}:
        return _("The chapters were approved all together, unread, in the name of the program’s operator.")
    return _(
        "Some chapters were approved together, unread, in the name of the program’s operator, the others by a person."
    )


def _sections(job: BiographyJob, chapters: list[Chapter]) -> Iterable[Section]:
    revisions = [one.current_revision.pk for one in chapters if one.current_revision]
    citations: dict[int, dict[int, Citation]] = {}
    for citation in citations_of(revisions):
        citations.setdefault(citation.revision_id, {})[citation.number] = citation
    texts = notes_by_source(job)
    for chapter in chapters:
        revision = chapter.current_revision
        yield _section(chapter, citations.get(revision.pk, {}) if revision else {}, texts)


def _section(chapter: Chapter, citations: dict[int, Citation], texts: dict[int, Runs]) -> Section:
    notes = NoteMaker(citations, texts)
    blocks = tuple(_blocks(chapter, reading.parse(chapter.content), notes))
    return Section(
        kind=chapter.kind,
        title=chapter.title,
        blocks=blocks,
        notes=tuple(notes.made),
        number=chapter.chapter_number,
    )


def _blocks(chapter: Chapter, parsed: list[TextBlock], notes: NoteMaker) -> Iterable[Block]:
    """Prose as paragraphs, labelled rows as entries; the timeline's rows as one table."""
    for is_rows, group in groupby(parsed, key=lambda block: bool(block.label)):
        members = list(group)
        if is_rows and chapter.kind == ChapterKind.TIMELINE:
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


class NoteMaker:
    """Turns citation marks into numbered notes: work and passage.

    Never "ibid.": notes stand at the foot of the page, and the note before may stand on another one.
    """

    def __init__(self, citations: dict[int, Citation], texts: dict[int, Runs]) -> None:
        self.made: list[Note] = []
        self._citations = citations
        self._texts = texts

    def inlines(self, stretches: Iterable[Stretch]) -> Runs:
        """The stretches of one block as inlines, each with the notes that are called after it."""
        return tuple(
            Inline(one.text, one.italic, one.bold, self._note(one.marks) if one.marks else ())
            for one in stretches
        )

    def _note(self, marks: Iterable[int]) -> tuple[int, ...]:
        """One note, however many sources tell the sentence: they follow one another with semicolons."""
        named = [self._named(mark) for mark in marks]
        runs: list[Inline] = []
        for work, place in named[:-1]:
            runs += [*work, Inline(place.rstrip(".")), Inline("; ")]
        work, place = named[-1]
        self.made.append(Note(len(self.made) + 1, (*runs, *work, Inline(place))))
        return (len(self.made),)

    def _named(self, mark: int) -> tuple[Runs, str]:
        """The work that a citation names, and the place in it."""
        passage = self._citations[mark].passage
        return _unpointed(self._texts[passage.source.number]), _(", passage %d.") % passage.number


def _unpointed(runs: Runs) -> Runs:
    """The name of a work without the full stop that ends it, since a place follows."""
    *before, last = runs
    abbreviated = last.text.endswith("n.d.")  # no date: that point isn't the sentence's
    return (*before, last if abbreviated else Inline(last.text.rstrip("."), last.italic))
