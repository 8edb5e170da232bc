"""Notes as real footnotes, which python-docx has no objects for: ECMA-376-1, 17.11 Footnotes and Endnotes.

At the foot of the page, so that a reader sees the evidence of a sentence without turning to the back. Numbers
are the word processor's own and begin at 1 on every page. Endnotes were tried: LibreOffice 7.4 prints them on
A4 pages after the last section, numbered through the book, and shows footnotes that begin at 1 in every
chapter with the number 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml.xmlchemy import BaseOxmlElement

from biographies.exports.docx.elements import element, paragraph, run, text_run, text_runs
from biographies.exports.manuscript import Inline, Note, Section

CALL = "FootnoteReference"
# Word asks for both, under these ids, in the part and in the settings.
SEPARATORS = {"-1": "separator", "0": "continuationSeparator"}


class Footnotes:
    """Collects the notes of a book in the order of their calls."""

    def __init__(self) -> None:
        self._root = element(
            "footnotes", *(_separator(kind, identity) for identity, kind in SEPARATORS.items())
        )
        self._notes: dict[int, Note] = {}
        self._uncalled: dict[int, Note] = {}

    def begin(self, section: Section) -> None:
        """Take the notes of a section. Raises ValueError where two of them have one number."""
        self._notes = {note.number: note for note in section.notes}
        self._uncalled = dict(self._notes)
        if len(self._notes) < len(section.notes):
            raise ValueError(f"two notes of section {section.title!r} have the same number")

    def runs(self, inlines: Iterable[Inline]) -> Iterator[BaseOxmlElement]:
        """The runs of a paragraph with the calls of its notes."""
        called = False
        for inline in inlines:
            if inline.text:
                yield text_run(inline.text, italic=inline.italic, bold=inline.bold)
                called = False
            yield from self._calls(inline.notes, called=called)
            called = called or bool(inline.notes)

    def remaining(self) -> list[BaseOxmlElement]:
        """Calls of the notes that the section's text doesn't call: no evidence gets lost in print."""
        return list(self._calls(sorted(self._uncalled), called=False))

    def attach(self, document: Document) -> None:
        """Put the collected notes into the document, as a part of its package."""
        name = PackURI("/word/footnotes.xml")
        part = XmlPart(name, CONTENT_TYPE.WML_FOOTNOTES, self._root, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    def _calls(self, numbers: Iterable[int], *, called: bool) -> Iterator[BaseOxmlElement]:
        """Calls in a row get a comma between them, or notes 1 and 2 would read as note 12."""
        for number in numbers:
            if called:
                yield text_run(",", style=CALL)
            yield run(element("footnoteReference", id=str(self._print(number))), style=CALL)
            called = True

    def _print(self, number: int) -> int:
        """Add a note and return its id. A note that is called twice is printed twice, each on its page."""
        if number not in self._notes:
            raise ValueError(f"note {number} is called and not there")
        self._uncalled.pop(number, None)
        identity = len(self._root) - len(SEPARATORS) + 1
        mark = [run(element("footnoteRef"), style=CALL), text_run(" ")]
        text = paragraph("FootnoteText", *mark, *text_runs(self._notes[number].inlines))
        self._root.append(element("footnote", text, id=str(identity)))
        return identity


def _separator(kind: str, identity: str) -> BaseOxmlElement:
    """White space instead of a line: LibreOffice draws the line in the first section only."""
    return element("footnote", paragraph("FootnoteText"), type=kind, id=identity)
