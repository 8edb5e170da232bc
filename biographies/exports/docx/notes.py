"""Notes as real footnotes or endnotes, which python-docx has no objects for: ECMA-376-1, 17.11.

Footnotes are numbered anew on every page, endnotes in every section of the document. docs/decisions has what was
tried: LibreOffice 7.4 can't number footnotes by chapter and prints endnotes on pages after the index.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml.xmlchemy import BaseOxmlElement

from biographies.exports.docx.elements import element, paragraph, run, text_pieces, text_run, text_runs
from biographies.exports.docx.outline import Division
from biographies.exports.manuscript import Inline, Note
from biographies.exports.options import ENDNOTES, FOOTNOTES

# Word asks for both, under these ids, in the part and in the settings.
SEPARATORS = {"-1": "separator", "0": "continuationSeparator"}

NOTHING: Mapping[int, Sequence[BaseOxmlElement]] = {}


@dataclass(frozen=True, slots=True)
class NoteKind:
    """The names that one kind of notes has in a document."""

    tag: str
    call_style: str
    text_style: str
    content_type: str
    relation: str

    @property
    def mark(self) -> str:
        """The element that prints a note's number in front of it."""
        return f"{self.tag}Ref"


KINDS = {
    FOOTNOTES: NoteKind(
        "footnote", "FootnoteReference", "FootnoteText", CONTENT_TYPE.WML_FOOTNOTES, RELATIONSHIP_TYPE.FOOTNOTES
    ),
    ENDNOTES: NoteKind(
        "endnote", "EndnoteReference", "EndnoteText", CONTENT_TYPE.WML_ENDNOTES, RELATIONSHIP_TYPE.ENDNOTES
    ),
}  # fmt: skip


class Notes:
    """Collects the notes of a book in the order of their calls.

    With `laid_out`, which is for counting pages in a program that doesn't know where endnotes belong, endnotes are
    paragraphs of the section that they are printed in.
    """

    def __init__(self, kind: NoteKind, *, laid_out: bool = False) -> None:
        self.kind = kind
        self.printed: list[BaseOxmlElement] = []  # of the section that collects endnotes
        self._laid_out = laid_out and kind.tag == "endnote"
        self._root = element(
            f"{kind.tag}s", *(self._separator(one, identity) for identity, one in SEPARATORS.items())
        )
        self._heading = ""
        self._notes: dict[int, Note] = {}
        self._uncalled: dict[int, Note] = {}
        self._count = 0

    def begin(self, division: Division) -> None:
        """Take the notes of a section. Raises ValueError where two of them have one number."""
        notes = division.section.notes
        self._notes = {note.number: note for note in notes}
        self._uncalled = dict(self._notes)
        self._heading = division.numbered_heading
        if len(self._notes) < len(notes):
            raise ValueError(f"two notes of section {division.section.title!r} have the same number")

    def runs(
        self, inlines: Iterable[Inline], before: Mapping[int, Sequence[BaseOxmlElement]] = NOTHING
    ) -> Iterator[BaseOxmlElement]:
        """The runs of a paragraph with the calls of its notes; `before` has what stands in front of an inline."""
        called = False
        for number, inline in enumerate(inlines):
            yield from before.get(number, ())
            if inline.text:
                yield text_run(inline.text, italic=inline.italic, bold=inline.bold)
                called = False
            yield from self.calls(inline.notes, called=called)
            called = called or bool(inline.notes)

    def remaining(self) -> list[BaseOxmlElement]:
        """Calls of the notes that the section's text doesn't call: no evidence gets lost in print."""
        return list(self.calls(sorted(self._uncalled)))

    def attach(self, document: Document) -> None:
        """Put the collected notes into the document, as a part of its package."""
        name = PackURI(f"/word/{self.kind.tag}s.xml")
        part = XmlPart(name, self.kind.content_type, self._root, document.part.package)
        document.part.relate_to(part, self.kind.relation)

    def calls(self, numbers: Iterable[int], *, called: bool = False) -> Iterator[BaseOxmlElement]:
        """Calls in a row get a comma between them, or notes 1 and 2 would read as note 12."""
        for number in numbers:
            if called:
                yield text_run(",", style=self.kind.call_style)
            yield run(self._print(number), style=self.kind.call_style)
            called = True

    def _print(self, number: int) -> BaseOxmlElement:
        """Add a note and return its call. A note that is called twice is printed twice, each at its place."""
        if number not in self._notes:
            raise ValueError(f"note {number} is called and not there")
        self._uncalled.pop(number, None)
        self._count += 1
        words = text_runs(self._notes[number].inlines)
        self._print_heading()
        if self._laid_out:
            mark = text_run(str(number), style=self.kind.call_style)
            self.printed.append(paragraph(self.kind.text_style, mark, text_run(" "), *words))
            return next(text_pieces(str(number)))
        mark = run(element(self.kind.mark), style=self.kind.call_style)
        text = paragraph(self.kind.text_style, mark, text_run(" "), *words)
        identity = str(self._count)
        self._root.append(element(self.kind.tag, text, id=identity))
        return element(f"{self.kind.tag}Reference", id=identity)

    def _print_heading(self) -> None:
        """A chapter's heading over its endnotes: Word has no place for it between two notes, so it is the last
        paragraph of the note before; the first one stands above all notes."""
        heading, self._heading = self._heading, ""
        if not heading or self.kind.tag == "footnote":
            return
        made = paragraph("NotesHeading", text_run(heading))
        if self._laid_out or self._count == 1:
            self.printed.append(made)
        else:
            self._root[-1].append(made)

    def _separator(self, kind: str, identity: str) -> BaseOxmlElement:
        """White space instead of a line: LibreOffice draws the line in the first section only."""
        return element(self.kind.tag, paragraph(self.kind.text_style), type=kind, id=identity)
