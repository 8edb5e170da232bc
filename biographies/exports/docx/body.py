"""The text of a section as paragraphs and tables."""

from __future__ import annotations

from collections.abc import Iterator

from docx.oxml.xmlchemy import BaseOxmlElement

from biographies.exports.docx.elements import bookmarked, element, paragraph, text_run
from biographies.exports.docx.notes import Footnotes
from biographies.exports.docx.outline import Division
from biographies.exports.docx.sheet import LIST_SINK, TITLE_SINK
from biographies.exports.docx.tables import table
from biographies.exports.manuscript import Block, Section

STYLES = {"paragraph": "BodyText", "heading": "Heading2", "quote": "Quote", "entry": "Entry"}
LISTED = frozenset({"entry", "table"})


def text(division: Division, notes: Footnotes) -> list[BaseOxmlElement]:
    """Everything a section prints, its last element always a paragraph (a section's end needs one).

    Raises ValueError for a block of unknown kind and for notes that don't fit their calls.
    """
    notes.begin(division.section)
    printed, fresh = list(_opening(division)), True
    for block in division.section.blocks:
        if block.kind == "table":
            printed += _table(block, notes)
        else:
            printed += [paragraph(_style(block, division.section, fresh=fresh), *notes.runs(block.inlines))]
        fresh = block.kind in ("heading", "table")
    if printed and printed[-1].style == "TableSpace":
        printed[-1].style = "Closing"  # the lowest paragraph there is, or it may need a page of its own
    rest = notes.remaining()
    if rest or not printed:
        printed.append(paragraph("BodyText", *rest))
    return printed


def _opening(division: Division) -> Iterator[BaseOxmlElement]:
    """The number line and the heading, bookmarked for the contents."""
    if division.over_title:
        yield paragraph("ChapterNumber", text_run(division.over_title))
    if division.heading:
        words = bookmarked(division.bookmark, division.position, text_run(division.heading))
        heading = paragraph("Heading1", *words)
        if not division.over_title:
            listed = any(block.kind in LISTED for block in division.section.blocks)
            heading.pPr.append(element("spacing", before=str(LIST_SINK if listed else TITLE_SINK)))
        yield heading


def _style(block: Block, section: Section, *, fresh: bool) -> str:
    if block.kind not in STYLES:
        raise ValueError(f"a block of kind {block.kind!r} can't be printed")
    if block.kind == "paragraph" and fresh:
        return "FirstParagraph"
    if block.kind == "entry" and section.kind == "bibliography":
        return "Bibliography"
    return STYLES[block.kind]


def _table(block: Block, notes: Footnotes) -> list[BaseOxmlElement]:
    """A table between two paragraphs: Word melts two tables into one and can't end a section on a table."""
    made = table(block, lambda cell: list(notes.runs(cell)))
    return [paragraph("TableSpace"), made, paragraph("TableSpace")] if made is not None else []
