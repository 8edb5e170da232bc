"""Pages and running heads: every division of the book is a Word section of its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section as WordSection
from docx.shared import Twips

from biographies.exports.docx import settings, sheet
from biographies.exports.docx.elements import element, field, paragraph, run, text_run

if TYPE_CHECKING:
    from docx.section import _BaseHeaderFooter

ROMAN, ARABIC = "lowerRoman", "decimal"


class Pages:
    """Appends sections to a document; heads that a section doesn't set go on from the section before."""

    def __init__(self, document: Document, *, right_to_left: bool) -> None:
        self._document = document
        self._body = document.element.body
        self._section = document.sections[0]
        self._empty = True
        _set_size(self._section)
        _set_properties(self._section, right_to_left=right_to_left)

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
        sentinel = self._body[-1]
        for made in printed:
            sentinel.addprevious(made)

    def set_heads(self, left: str, right: str) -> None:
        """From this section on: heads and page numbers, but a plain page number under an opening page."""
        self._section.different_first_page_header_footer = True
        _fill(self._section.even_page_header, [*field("PAGE"), run(element("tab")), _head(left)])
        self.set_right_head(right)
        _fill(self._section.first_page_footer, field("PAGE"))
        for plain in (self._section.first_page_header, self._section.even_page_footer, self._section.footer):
            _fill(plain, [])

    def set_right_head(self, text: str) -> None:
        """This section's head on right pages."""
        head = [run(element("tab")), _head(text), run(element("tab")), *field("PAGE")]
        _fill(self._section.header, head)

    def set_no_heads(self) -> None:
        """The first section: heads that are there and empty."""
        for plain in (self._section.even_page_header, self._section.header):
            _fill(plain, [])

    def _close_section(self) -> None:
        """python-docx ends a section with an empty paragraph, which may run onto a page of its own: the end
        belongs into the last paragraph."""
        self._section = self._document.add_section()
        empty = self._body[-2]
        end = empty.pPr.find(qn("w:sectPr"))
        self._body.remove(empty)
        self._body[-2].get_or_add_pPr().append(end)


def _head(text: str) -> BaseOxmlElement:
    return text_run(text, italic=True)


def _fill(story: _BaseHeaderFooter, runs: list[BaseOxmlElement]) -> None:
    story.is_linked_to_previous = False
    root = story.paragraphs[0]._p.getparent()
    style = root[0].pPr.pStyle.val
    root.replace(root[0], paragraph(style, *runs))


def _set_size(section: WordSection) -> None:
    section.page_width, section.page_height = Twips(sheet.PAGE_WIDTH), Twips(sheet.PAGE_HEIGHT)
    section.top_margin, section.bottom_margin = Twips(sheet.MARGIN_TOP), Twips(sheet.MARGIN_BOTTOM)
    section.left_margin, section.right_margin = Twips(sheet.MARGIN_INSIDE), Twips(sheet.MARGIN_OUTSIDE)
    section.gutter = Twips(sheet.GUTTER)
    section.header_distance = Twips(sheet.HEADER_FROM_TOP)
    section.footer_distance = Twips(sheet.FOOTER_FROM_BOTTOM)


def _set_properties(section: WordSection, *, right_to_left: bool) -> None:
    """What every later section copies from the first one."""
    root = section._sectPr
    root.remove(root.find(qn("w:docGrid")))
    root.find(qn("w:pgSz")).addprevious(element("footnotePr", *settings.numbering()))
    if right_to_left:
        root.append(element("bidi"))


def _set_numbers(section: WordSection, number_format: str, first_number: int | None) -> None:
    root = section._sectPr
    for old in root.findall(qn("w:pgNumType")):
        root.remove(old)
    start = {} if first_number is None else {"start": str(first_number)}
    root.find(qn("w:cols")).addprevious(element("pgNumType", fmt=number_format, **start))
