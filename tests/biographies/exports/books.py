"""More hand-made books, and the text that a book must say, whatever the format."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from biographies.exports.dossier import Dossier, Evidence, Making, SourceLine
from biographies.exports.manuscript import Block, IndexEntry, Inline, Manuscript, Note, Place, Section
from tests.biographies.exports.docx_books import BOOK

LABELS = {
    "contents": "Contents", "chapter": "Chapter", "notes": "Notes", "index": "Index",
    "index_by_page": "Numbers of pages.", "index_by_chapter": "Numbers of chapters.", "draft": "DRAFT",
}  # fmt: skip
INDEX = (
    IndexEntry("Harbour, Old", "place", (Place(0, 0), Place(2, 0, 2), Place(2, 1), Place(3, 0))),
    IndexEntry("Sloop, Anna", "person", (Place(2, 3),)),
)
INDEXED = replace(BOOK, labels=LABELS, index=INDEX, publisher="Lamp Press", year=2026)
BY_RULES = Making(by_model=False, models=(), sections=6, edited=0, translated=False)
CITED = Evidence(
    section="The Harbour", revision="a" * 64, sentence="She was born here.", number=1, verdict="cannot_tell",
    opinion="supports", source=3, source_title="Register", passage=7, start=10, end=28, quote="Born here.",
)  # fmt: skip
FORMULA = Evidence("The Harbour", "a" * 64, "=cmd|' /C calc'!A0", because="the compiler’s own words")
EVIDENCE = (CITED, FORMULA)
SOURCE = SourceLine(
    3, "Register. Lamp Press, 1801.", "primary", "https://example.org/", "", "en", "90", "b" * 64
)
DOSSIER = Dossier(
    about="American lamp keeper, sailor and writer, born at sea long ago; died 1870",
    words=9,
    making=BY_RULES,
    evidence=EVIDENCE,
    sources=(SOURCE,),
    revisions=(("The Harbour", "a" * 64),),
)


def text_of(block: Block) -> str:
    """What a block other than a table says."""
    return "".join(inline.text for inline in block.inlines)


def note_texts(book: Manuscript) -> list[str]:
    """The notes of a book in order."""
    return ["".join(one.text for one in note.inlines) for section in book.sections for note in section.notes]


def calls(book: Manuscript) -> int:
    """How many notes the text calls."""
    blocks = [block for section in book.sections for block in section.blocks]
    cells = [cell for block in blocks for row in block.rows for cell in row]
    return sum(
        len(one.notes) for inlines in (*(block.inlines for block in blocks), *cells) for one in inlines
    )


def with_section(section: Section, **changes: Any) -> Manuscript:
    """A book of this section alone."""
    return Manuscript("Book", "", "Author", "en", (section,), labels=LABELS, **changes)


def calling_twice_and_leaving_one_out() -> Section:
    """Note 1 is called twice, note 2 never."""
    called = (Block("paragraph", (Inline("One.", notes=(1,)), Inline(" Two.", notes=(1,)))),)
    return Section(
        "chapter", "T", called, (Note(1, (Inline("First."),)), Note(2, (Inline("Second."),))), number=1
    )


def squeezed(text: str) -> str:
    """The letters of a text as a page prints them: without the white space and hyphens that lines need."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", text)
