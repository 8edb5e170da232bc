"""The text of a section as paragraphs and tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count

from docx.oxml.xmlchemy import BaseOxmlElement

from biographies.exports.docx.elements import bookmarked, element, paragraph, text_run
from biographies.exports.docx.index import bookmark_of
from biographies.exports.docx.looks import LIST_SINK, TITLE_SINK
from biographies.exports.docx.notes import Notes
from biographies.exports.docx.outline import Division
from biographies.exports.docx.pictures import Pictures
from biographies.exports.docx.sheet import Sheet
from biographies.exports.docx.styles import OPENING
from biographies.exports.docx.tables import table
from biographies.exports.figures import AT_END, AT_OPENING
from biographies.exports.manuscript import Block, Figure, Inline, Manuscript, Place, Section

STYLES = {"paragraph": "BodyText", "heading": "Heading2", "quote": "Quote", "entry": "Entry"}
LISTED = frozenset({"entry", "table"})
BREAK, ORNAMENT = "break", "*   *   *"
# The kinds of sections whose first words are set in small capitals.
OPENED = frozenset({"prologue", "chapter", "epilogue"})
FIRST_WORDS = re.compile(r"\W{0,3}\w[^\s,;:.!?]*(?: [^\s,;:.!?]+){0,3}(?=[\s,;:.!?]|$)")


class Body:
    """Prints the sections of one book: collects their notes, marks the places that the index names."""

    def __init__(self, book: Manuscript, sheet: Sheet, notes: Notes, pictures: Pictures) -> None:
        self._sheet = sheet
        self._pictures = pictures
        self._notes = notes
        self._named = {place for entry in book.index for place in entry.places}
        self._identities = count(1)

    def opening(self, division: Division, *, sinks: bool = True) -> Iterator[BaseOxmlElement]:
        """The number line and the heading, bookmarked for the contents; lists begin higher on the page."""
        if division.over_title:
            yield paragraph("ChapterNumber", text_run(division.over_title))
        if division.heading:
            words = bookmarked(division.bookmark, next(self._identities), text_run(division.heading))
            heading = paragraph("Heading1", *words)
            if not division.over_title:
                sink = self._sheet.down(TITLE_SINK if sinks else LIST_SINK)
                heading.pPr.append(element("spacing", before=str(sink)))
            yield heading

    def text(self, division: Division) -> list[BaseOxmlElement]:
        """Everything a section prints, its last element always a paragraph (a section's end needs one).

        Raises ValueError for a block of unknown kind and for notes that don't fit their calls.
        """
        self._notes.begin(division)
        blocks = division.section.blocks
        listed = any(block.kind in LISTED for block in blocks)
        printed, fresh = list(self.opening(division, sinks=not listed)), True
        printed += self._figures(division.section.opening, AT_OPENING)
        for number, block in enumerate(blocks):
            place = Place(division.place, number)
            printed += self._block(division.section, block, place, fresh=fresh)
            fresh = block.kind in ("heading", "table", BREAK)
        printed += self._figures(division.section.closing, AT_END)
        if printed and printed[-1].style == "TableSpace":
            printed[-1].style = "Closing"  # the lowest paragraph there is, or it may need a page of its own
        rest = self._notes.remaining()
        if rest or not printed:
            printed.append(paragraph("BodyText", *rest))
        return printed

    def _figures(self, figures: Iterable[Figure], most: float) -> Iterator[BaseOxmlElement]:
        for figure in figures:
            yield from self._pictures.printed(figure, most)

    def _block(self, section: Section, block: Block, place: Place, *, fresh: bool) -> list[BaseOxmlElement]:
        if block.kind == "table":
            return self._table(section, block)
        if block.kind == BREAK:
            return [paragraph("SceneBreak", text_run(ORNAMENT))]
        opens = place.block == 0 and block.kind == "paragraph" and section.kind in OPENED
        return [paragraph(_style(block, section, fresh=fresh), *self._runs(block, place, opens=opens))]

    def _runs(self, block: Block, place: Place, *, opens: bool) -> Iterator[BaseOxmlElement]:
        """The runs of a paragraph: its first words in small capitals where it `opens` a chapter, a bookmark in
        front of each inline that the index names."""
        told = block.inlines
        before: dict[int, list[BaseOxmlElement]] = {}
        for number in range(len(told)):
            at = replace(place, inline=number)
            if at in self._named:
                before[number] = bookmarked(bookmark_of(at), next(self._identities))
        if opens and told and not told[0].italic:
            words, rest = _first_words(told[0])
            before.setdefault(0, []).append(text_run(words, style=OPENING[0], bold=rest.bold))
            told = (rest, *told[1:])
        return self._notes.runs(told, before)

    def _table(self, section: Section, block: Block) -> list[BaseOxmlElement]:
        """A table between two paragraphs: Word melts two tables into one and can't end a section on a table."""
        made = table(block, lambda cell: list(self._notes.runs(cell)), self._sheet, section.title)
        return [paragraph("TableSpace"), made, paragraph("TableSpace")] if made is not None else []


def _first_words(inline: Inline) -> tuple[str, Inline]:
    """The first words of a chapter, up to four and no further than a comma, and the rest of the inline."""
    found = FIRST_WORDS.match(inline.text)
    end = found.end() if found else 0
    return inline.text[:end], replace(inline, text=inline.text[end:])


def _style(block: Block, section: Section, *, fresh: bool) -> str:
    if block.kind not in STYLES:
        raise ValueError(f"a block of kind {block.kind!r} can't be printed")
    if block.kind == "paragraph" and fresh:
        return "FirstParagraph"
    if block.kind == "entry" and section.kind == "bibliography":
        return "Bibliography"
    return STYLES[block.kind]
