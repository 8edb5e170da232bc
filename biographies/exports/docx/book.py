"""A manuscript becomes a Word document: front matter, contents, divisions, notes, index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from docx.oxml.xmlchemy import BaseOxmlElement

from biographies.exports.docx import index, packing, settings
from biographies.exports.docx.body import Body
from biographies.exports.docx.contents import contents
from biographies.exports.docx.front_matter import half_title, title_page
from biographies.exports.docx.house import House, dress
from biographies.exports.docx.notes import KINDS, Notes
from biographies.exports.docx.outline import INDEX, NOTES, Division, divisions
from biographies.exports.docx.pages import ARABIC, Pages, Paper
from biographies.exports.docx.pictures import Pictures
from biographies.exports.docx.sheet import SHEETS
from biographies.exports.docx.wording import label, reads_right_to_left, running_head
from biographies.exports.manuscript import Manuscript
from biographies.exports.options import DEFAULTS, ENDNOTES, ExportOptions

UNCOUNTED: Final[Mapping[str, int]] = {}
PLAIN: Final = House()


def render(
    book: Manuscript,
    options: ExportOptions = DEFAULTS,
    *,
    house: House = PLAIN,
    pages: Mapping[str, int] = UNCOUNTED,
    laid_out: bool = False,
) -> bytes:
    """The .docx file of the book; the same manuscript, options, house and pages always give the same bytes.

    `pages` are the numbers of the pages on which bookmarks stand, as somebody counted them in the file with
    `laid_out`: there endnotes are printed by us, so that also LibreOffice sets them where they belong.

    Raises ValueError where a section calls a note that it doesn't have, or has a block of an unknown kind, and
    BadTemplate.
    """
    return _Printing(book, options, house, pages, laid_out=laid_out).packed()


class _Printing:
    """One book on its way into one document."""

    def __init__(
        self, book: Manuscript, options: ExportOptions, house: House, pages: Mapping[str, int], *, laid_out: bool
    ) -> None:  # fmt: skip
        self._book, self._options, self._counted = book, options, pages
        self._sheet, kind = SHEETS[options.trim], KINDS[options.notes]
        self._document = packing.blank()
        dress(self._document, house, book.language, self._sheet)
        settings.install(self._document, kind, book.language)
        draft = label(book, "draft") if book.draft or options.draft else ""
        paper = Paper(self._sheet, kind, reads_right_to_left(book.language), draft)
        self._pages = Pages(self._document, paper)
        self._notes = Notes(kind, laid_out=laid_out)
        self._pictures = Pictures(self._document, self._sheet)
        self._body = Body(book, self._sheet, self._notes, self._pictures)

    def packed(self) -> bytes:
        printed = divisions(self._book, notes_apart=self._options.notes == ENDNOTES)
        self._print_front(printed)
        for division in printed:
            self._print_division(division, printed)
        self._notes.attach(self._document)
        packing.describe(self._document, self._book)
        return packing.packed(self._document)

    def _print_front(self, printed: Sequence[Division]) -> None:
        facing = self._book.frontispiece
        plate = self._pictures.frontispiece(facing) if facing else ()
        self._pages.add([*half_title(self._book), *plate], first_number=1)
        self._pages.set_no_heads()
        self._pages.add(title_page(self._book, self._sheet), right_page=True)
        heading = label(self._book, "contents")
        self._pages.add(contents(heading, printed, self._counted), right_page=True)
        self._pages.set_heads(running_head(self._book.title), running_head(heading))

    def _print_division(self, division: Division, printed: Sequence[Division]) -> None:
        """Page 1 is where the first section begins, whatever it is: LibreOffice can't show roman numbers in the
        contents, so nothing that stands there may have one."""
        first = division is printed[0]
        self._pages.add(
            self._opening(division),
            number_format=ARABIC,
            first_number=1 if first else None,
            right_page=self._options.recto and not first,  # a page 1 is a right one anyway
        )
        self._pages.set_right_head(running_head(division.heading))
        if division.section.kind == NOTES:
            self._pages.collect_endnotes()
        if division.section.kind == INDEX:
            self._pages.add_columns(index.entries(self._book, printed, self._counted))

    def _opening(self, division: Division) -> list[BaseOxmlElement]:
        """The section; of the index what stands above its columns."""
        if division.section.kind == INDEX:
            return [*self._body.opening(division, sinks=False), index.note(self._book, self._counted)]
        if division.section.kind == NOTES:
            return [*self._body.opening(division, sinks=False), *self._notes.printed]
        return self._body.text(division)
