"""Pages and running heads: every division of the book is a Word section of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section as WordSection
from docx.shared import Twips

from biographies.exports.docx import settings
from biographies.exports.docx.elements import element, field, paragraph, run, text_run
from biographies.exports.docx.notes import NoteKind
from biographies.exports.docx.sheet import Sheet

if TYPE_CHECKING:
    from docx.section import _BaseHeaderFooter

ROMAN, ARABIC = "lowerRoman", "decimal"
COLUMN_SPACE = "360"
# What stands in a sectPr behind the elements that are put in here, in the order of the schema.
AFTER_NUMBERS = ("cols", "noEndnote", "titlePg", "bidi")
AFTER_NO_ENDNOTE = ("titlePg", "bidi")


@dataclass(frozen=True, slots=True)
class Paper:
    """What all pages of a book share. `draft` is the word on every page, "" for none."""

    sheet: Sheet
    notes: NoteKind
    right_to_left: bool = False
    draft: str = ""


class Pages:
    """Appends sections to a document; heads that a section doesn't set go on from the section before."""

    def __init__(self, document: Document, paper: Paper) -> None:
        self._document = document
        self._paper = paper
        self._body = document.element.body
        self._section = document.sections[0]
        self._empty = True
        _set_size(self._section, paper.sheet)
        _set_properties(self._section, paper)

    def add(
        self, printed: Iterable[BaseOxmlElement], *, right_page: bool = False, number_format: str = ROMAN,
        first_number: int | None = None,
    ) -> None:  # fmt: skip
        """Begin a new section with these elements, the last of them a paragraph."""
        start = WD_SECTION.ODD_PAGE if right_page else WD_SECTION.NEW_PAGE
        if not self._empty:
            self._close_section()
        self._empty = False
        self._section.start_type = start
        _set_numbers(self._section, number_format, first_number)
        self._append(printed)

    def add_columns(self, printed: Iterable[BaseOxmlElement]) -> None:
        """Go on on the same page in two columns."""
        self._close_section()
        self._section.start_type = WD_SECTION.CONTINUOUS
        _set_numbers(self._section, ARABIC, None)
        columns = self._section._sectPr.find(qn("w:cols"))
        columns.set(qn("w:num"), "2")
        columns.set(qn("w:space"), COLUMN_SPACE)
        self._append(printed)

    def collect_endnotes(self) -> None:
        """This section is where all endnotes so far are printed."""
        root = self._section._sectPr
        root.remove(root.find(qn("w:noEndnote")))

    def _append(self, printed: Iterable[BaseOxmlElement]) -> None:
        sentinel = self._body[-1]
        for made in printed:
            sentinel.addprevious(made)

    def set_heads(self, left: str, right: str) -> None:
        """From this section on: heads and page numbers, but a plain page number under an opening page."""
        self._section.different_first_page_header_footer = True
        self._fill(self._section.even_page_header, [*field("PAGE"), run(element("tab")), text_run(left)])
        self.set_right_head(right)
        self._fill(self._section.first_page_header, [])
        _foot(self._section.first_page_footer, field("PAGE"))
        for plain in (self._section.even_page_footer, self._section.footer):
            _foot(plain, [])

    def set_right_head(self, text: str) -> None:
        """This section's head on right pages."""
        head = [run(element("tab")), text_run(text), run(element("tab")), *field("PAGE")]
        self._fill(self._section.header, head)

    def set_no_heads(self) -> None:
        """The first section: heads that say nothing, or that this is a draft."""
        for plain in (self._section.even_page_header, self._section.header):
            self._fill(plain, [])

    def _fill(self, story: _BaseHeaderFooter, runs: list[BaseOxmlElement]) -> None:
        mark = [paragraph("DraftMark", text_run(self._paper.draft))] if self._paper.draft else []
        _replace(story, *mark, paragraph("Header", *runs))

    def _close_section(self) -> None:
        """python-docx ends a section with an empty paragraph, which may run onto a page of its own: the end
        belongs into the last paragraph."""
        before = self._section._sectPr
        collects = before.find(qn("w:noEndnote")) is None and self._paper.notes.tag == "endnote"
        self._section = self._document.add_section()
        empty = self._body[-2]
        end = empty.pPr.find(qn("w:sectPr"))
        self._body.remove(empty)
        self._body[-2].get_or_add_pPr().append(end)
        if collects:
            _put(self._section._sectPr, element("noEndnote"), AFTER_NO_ENDNOTE)
        _set_columns(self._section)


def _foot(story: _BaseHeaderFooter, runs: list[BaseOxmlElement]) -> None:
    _replace(story, paragraph("Footer", *runs))


def _replace(story: _BaseHeaderFooter, *paragraphs: BaseOxmlElement) -> None:
    story.is_linked_to_previous = False
    root = story.paragraphs[0]._p.getparent()
    for old in list(root):
        root.remove(old)
    root.extend(paragraphs)


def _set_size(section: WordSection, sheet: Sheet) -> None:
    section.page_width, section.page_height = Twips(sheet.width), Twips(sheet.height)
    section.top_margin, section.bottom_margin = Twips(sheet.top), Twips(sheet.bottom)
    section.left_margin, section.right_margin = Twips(sheet.inside), Twips(sheet.outside)
    section.gutter = Twips(sheet.gutter)
    section.header_distance, section.footer_distance = Twips(sheet.header), Twips(sheet.footer)


def _set_properties(section: WordSection, paper: Paper) -> None:
    """What every later section copies from the first one."""
    root = section._sectPr
    root.remove(root.find(qn("w:docGrid")))
    properties = element(f"{paper.notes.tag}Pr", *settings.numbering(paper.notes))
    root.find(qn("w:pgSz")).addprevious(properties)
    if paper.notes.tag == "endnote":
        _put(root, element("noEndnote"), AFTER_NO_ENDNOTE)
    if paper.right_to_left:
        root.append(element("bidi"))
    _set_columns(section)


def _set_columns(section: WordSection) -> None:
    columns = section._sectPr.find(qn("w:cols"))
    for name in list(columns.attrib):
        del columns.attrib[name]
    columns.set(qn("w:space"), "720")


def _set_numbers(section: WordSection, number_format: str, first_number: int | None) -> None:
    root = section._sectPr
    for old in root.findall(qn("w:pgNumType")):
        root.remove(old)
    start = {} if first_number is None else {"start": str(first_number)}
    _put(root, element("pgNumType", fmt=number_format, **start), AFTER_NUMBERS)


def _put(root: BaseOxmlElement, made: BaseOxmlElement, successors: tuple[str, ...]) -> None:
    root.insert_element_before(made, *(f"w:{name}" for name in successors))
