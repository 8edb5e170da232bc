"""Hand-made manuscripts for the tests of the Word export, and a reader of what was printed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from biographies.exports.docx import render
from biographies.exports.manuscript import Block, IndexEntry, Inline, Manuscript, Note, Place, Section
from biographies.exports.options import DEFAULTS, ExportOptions


def prose(*texts: str) -> tuple[Block, ...]:
    """One paragraph per text."""
    return tuple(Block("paragraph", (Inline(text),)) for text in texts)


PROLOGUE = Section("prologue", "Prologue", prose("A lamp burned in the harbour."))
TIMELINE = Section(
    "timeline",
    "Timeline",
    (
        Block(
            "table",
            header=("Date", "Event"),
            rows=(
                ((Inline("1801"),), (Inline("Born", notes=(1,)),)),
                ((Inline("c. 1830"),), (Inline("Sails"),)),
            ),
        ),
    ),
    notes=(Note(1, (Inline("Parish register."),)),),
)
CHAPTER_ONE = Section(
    "chapter",
    "The Harbour",
    (
        Block(
            "paragraph",
            (
                Inline("She was born here.", notes=(1,)),
                Inline(" "),
                Inline("Alone", italic=True, notes=(2, 3)),
            ),
        ),
        *prose("Then she left."),
        Block("heading", (Inline("The Ship"),)),
        *prose("It was small."),
        Block("quote", (Inline("I never looked back."),)),
        *prose("She said so twice."),
    ),
    notes=(
        Note(1, (Inline("Register, "), Inline("folio 3", italic=True))),
        Note(2, (Inline("Letter of 1802."),)),
        Note(3, (Inline("Diary, p. 9."),)),
    ),
    number=1,
)
CHAPTER_TWO = Section(
    "chapter", "Inland", (Block("paragraph", (Inline("Years went by.", notes=(1,)),)),),
    notes=(Note(1, (Inline("Memoir."),)),), number=2,
)  # fmt: skip
GLOSSARY = Section("glossary", "Glossary", (Block("entry", (Inline("Yawl", bold=True), Inline(", a boat"))),))
BIBLIOGRAPHY = Section("bibliography", "Bibliography", (Block("entry", (Inline("Doe, J. Harbours."),)),))

BOOK = Manuscript(
    title="A Keeper of Lamps",
    subtitle="The Life of Somebody",
    author_line="The Compiler",
    language="en",
    sections=(PROLOGUE, TIMELINE, CHAPTER_ONE, CHAPTER_TWO, GLOSSARY, BIBLIOGRAPHY),
    imprint=("Compiled from sources, without a language model.",),
)
INDEXED = replace(
    BOOK,
    index=(
        IndexEntry("Doe, Jane", "person", (Place(0, 0), Place(2, 0, 2), Place(2, 5))),
        IndexEntry("Hull", "place", (Place(3, 0),)),
    ),
    publisher="A House",
)


def one_chapter(*blocks: Block, notes: tuple[Note, ...] = (), title: str = "Title") -> Manuscript:
    """A book of a single chapter."""
    return Manuscript("Book", "", "Author", "en", (Section("chapter", title, blocks, notes, number=1),))


@dataclass(frozen=True)
class Printed:
    """A rendered book, opened again."""

    data: bytes

    @classmethod
    def of(cls, book: Manuscript, options: ExportOptions = DEFAULTS, **more: Any) -> Printed:
        """Render the book and open it."""
        return cls(render(book, options, **more))

    @property
    def note(self) -> str:
        """The kind of its notes: footnote or endnote."""
        return "footnote" if "word/footnotes.xml" in self.parts else "endnote"

    @cached_property
    def document(self) -> Document:
        """The book as python-docx reads it."""
        return docx.Document(BytesIO(self.data))

    @cached_property
    def parts(self) -> dict[str, bytes]:
        """The files of the package by name."""
        with ZipFile(BytesIO(self.data)) as package:
            return {name: package.read(name) for name in package.namelist()}

    def xml(self, name: str) -> BaseOxmlElement:
        """A part's root element."""
        return parse_xml(self.parts[name])

    def texts(self, style: str) -> list[str]:
        """The texts of all paragraphs in a style, without the calls of notes."""
        found = self.document.element.body.iter(qn("w:p"))
        return [text_of(paragraph) for paragraph in found if paragraph.style == style]

    @property
    def notes(self) -> dict[str, str]:
        """Notes by id, without the separators, the mark before each text, and the heading of what follows."""
        listed = [note for note in self.xml(f"word/{self.note}s.xml") if note.get(qn("w:type")) is None]
        return {note.get(qn("w:id")): text_of(note[0]).removeprefix(" ") for note in listed}

    @property
    def calls(self) -> list[str]:
        """Ids of the notes in the order of their calls."""
        return [
            call.get(qn("w:id")) for call in self.document.element.body.iter(qn(f"w:{self.note}Reference"))
        ]


def text_of(parent: BaseOxmlElement) -> str:
    """What the runs print; line breaks as newlines, superscript commas between calls left out."""
    said = {qn("w:br"): "\n", qn("w:tab"): "\t"}
    pieces = []
    for run in parent.iter(qn("w:r")):
        if run.style not in ("FootnoteReference", "EndnoteReference"):
            pieces += [piece.text if piece.tag == qn("w:t") else said.get(piece.tag, "") for piece in run]
    return "".join(pieces)
