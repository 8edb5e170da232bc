"""A draft becomes the text of a revision: Markdown with citation marks, and the citations behind them.

The form of the text, which `engine.manuscript` and the desk read again:
paragraphs separated by blank lines; the compiler's own words in *italics*; `[^3]` after a sentence
names citation 3 of the revision; a row of a list is `**label** — text`, one to a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from biographies.actions import Seen, add_revision, record_findings
from biographies.models import Chapter, ChapterRevision
from biographies.states import move_chapter
from biographies.vocabulary import ChapterStatus, Origin, Severity
from bookgen_site.accounts.models import User
from bookgen_site.lib.text import clean_text
from engine import paragraphs as cutting
from engine import reading
from engine.authors.base import Draft, Paragraph, Piece, Row, SourceText
from engine.citing import support_of
from engine.quoting import ENGLISH, Marks, marks_of
from sources.actions import CitationDraft, store_citations
from sources.people import PersonName, parse_name

# All ASCII punctuation may be escaped in CommonMark; these are what could begin markup inside a sentence.
SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&])")
# At the start of a paragraph these would make a list, a heading, a rule or a code block.
BLOCK_START = re.compile(r"^(\d{1,9})([.)])(?=\s|$)|^([-+=:])(?=\s|$|[-=])")


@dataclass(slots=True)
class Written:
    """The text of a revision to be, its words, and its citations in the order of their marks."""

    sources: Mapping[int, str]  # the stored text of each source, by number
    about: PersonName | None = None  # the person of the book: a source may call them "I"
    marks: Marks = ENGLISH  # of quotation, in the language of the book
    numbered: int = 0  # the highest number that a citation of the text has already
    text: str = ""
    words: int = 0
    citations: list[CitationDraft] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Base:
    """A text that stands, with its citations."""

    text: str
    citations: tuple[CitationDraft, ...]


def from_draft(
    draft: Draft, sources: Iterable[SourceText], about: str = "", *, language: str = "en"
) -> Written:
    """Set a draft as Markdown, numbering its citations from 1 and holding each against its source.

    `about` is the name of the person the book is about, `language` the book's.
    """
    written = _blank(sources, about, language)
    blocks = [_paragraph(one, written) for one in draft.paragraphs] + [
        _row(one, written) for one in draft.rows
    ]
    written.text = "\n\n".join(block for block in blocks if block)
    written.words = sum(len(piece.text.split()) for piece in _pieces(draft))
    return written


def with_paragraphs(
    base: Base,
    new: Mapping[int, Sequence[Paragraph]],
    sources: Iterable[SourceText],
    about: str = "",
    *,
    language: str = "en",
) -> Written:
    """A text with some of its paragraphs exchanged; every other byte, and every citation behind it, stays.

    New citations get numbers after the highest there was, so that no mark outside has to change.
    """
    written = _blank(sources, about, language)
    written.numbered = max((one.number for one in base.citations), default=0)
    told = {number: "\n\n".join(_paragraph(one, written) for one in new[number]) for number in sorted(new)}
    written.text = cutting.exchanged(base.text, told)
    written.words = len(reading.plain(written.text).split())
    called = cutting.marks_of(written.text)
    written.citations = [*(one for one in base.citations if one.number in called), *written.citations]
    return written


def _blank(sources: Iterable[SourceText], about: str, language: str) -> Written:
    texts = {source.number: source.text for source in sources}
    return Written(texts, parse_name(about), marks_of(language))


def _pieces(draft: Draft) -> list[Piece]:
    blocks: list[Paragraph | Row] = [*draft.paragraphs, *draft.rows]
    return [piece for block in blocks for piece in block.pieces]


def _paragraph(paragraph: Paragraph, written: Written) -> str:
    return _guard(_glued(paragraph.pieces) if paragraph.glued else _run(paragraph.pieces, written))


def _glued(pieces: Sequence[Piece]) -> str:
    """Stretches of one line that differ in style; their spaces stay, outside of the emphasis."""
    parts = []
    for piece in pieces:
        text = clean_text(piece.text)
        core = escape(text.strip())
        before = text[: len(text) - len(text.lstrip())]
        after = text[len(text.rstrip()) :] if core else ""
        parts.append(f"{before}*{core}*{after}" if piece.italic and core else f"{before}{core}{after}")
    return "".join(parts).strip()


def _row(row: Row, written: Written) -> str:
    text = _run(row.pieces, written)
    return f"**{escape(row.label)}** — {text}" if row.label else _guard(text)


def _run(pieces: Sequence[Piece], written: Written) -> str:
    """The pieces one after another; quoted ones stand together in one pair of quotation marks."""
    parts = []
    for place, piece in enumerate(pieces):
        opens = piece.quoted and not (place and pieces[place - 1].quoted)
        closes = piece.quoted and not (place + 1 < len(pieces) and pieces[place + 1].quoted)
        before, after = written.marks.opening if opens else "", written.marks.closing if closes else ""
        parts.append(_piece(piece, written, before, after))
    return " ".join(part for part in parts if part)


def _piece(piece: Piece, written: Written, before: str, after: str) -> str:
    words = clean_text(piece.text, multiline=False).strip()
    if not words:
        return ""
    printed = written.marks.within(words) if piece.quoted else words
    text = escape(printed)
    if piece.lead or piece.italic:
        text = f"*{text}*"
    return f"{before}{text}{after}{_marks(piece, words, printed, written)}"


def _marks(piece: Piece, words: str, printed: str, written: Written) -> str:
    """A mark for each citation of the piece, and the citation itself: `words` are judged, `printed` is its sentence."""
    marks = []
    supports = support_of(words, piece.cites, written.sources, written.about)
    for span, support in zip(piece.cites, supports, strict=True):
        number = written.numbered + len(written.citations) + 1
        quote = written.sources[span.source][span.start : span.end]
        written.citations.append(
            CitationDraft(
                number, span.source, span.start, span.end, quote, printed, support.verdict, support.because
            )
        )
        marks.append(f"[^{number}]")
    return "".join(marks)


def escape(text: str) -> str:
    """Text that Markdown prints as it is."""
    return SPECIAL.sub(r"\\\1", text)


def _guard(block: str) -> str:
    """Keep the first characters of a paragraph from being read as a list, heading or rule."""
    return BLOCK_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", block)


def store(
    chapter: Chapter,
    written: Written,
    *,
    origin: Origin,
    asked_by_id: int | None = None,
    instruction: str = "",
    paragraphs: Sequence[int] = (),
) -> ChapterRevision:
    """Make the revision and its citations, inside the caller's transaction."""
    by = User.objects.filter(pk=asked_by_id).first() if asked_by_id else None
    revision = add_revision(
        chapter=chapter,
        text=written.text,
        words=written.words,
        origin=origin,
        by=by,
        instruction=instruction,
        paragraphs=paragraphs,
    )
    store_citations(revision=revision, drafts=written.citations)
    return revision


@transaction.atomic
def leave_out(chapter: Chapter) -> None:
    """Take a section out of the book because the sources have nothing for it, and say so.

    A section that has a text already keeps it: its regeneration found nothing else to tell.
    """
    if chapter.current_revision_id is not None:
        move_chapter(chapter, ChapterStatus.NEEDS_REVIEW)
        return
    message = _("“%s” was left out: the sources hold nothing that it could be made from.") % chapter.title
    Chapter.objects.filter(pk=chapter.pk, current_revision=None).delete()
    seen = Seen(f"left_out_{chapter.kind}", Severity.INFO, message)
    record_findings(job=chapter.job, revision=None, checks=[seen.check], seen=[seen])
