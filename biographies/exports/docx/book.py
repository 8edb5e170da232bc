"""A manuscript becomes a Word document: front matter, contents, divisions."""

from __future__ import annotations

from collections.abc import Sequence

from biographies.exports.docx import body, packing, settings, styles
from biographies.exports.docx.contents import contents
from biographies.exports.docx.front_matter import half_title, title_page
from biographies.exports.docx.notes import Footnotes
from biographies.exports.docx.outline import Division, divisions
from biographies.exports.docx.pages import ARABIC, Pages
from biographies.exports.docx.wording import label, reads_right_to_left, running_head
from biographies.exports.manuscript import Manuscript
from biographies.exports.options import DEFAULTS, ExportOptions


def render(book: Manuscript, options: ExportOptions = DEFAULTS) -> bytes:
    """The .docx file of the book; the same manuscript always gives the same bytes.

    Raises ValueError where a section calls a note that it doesn't have, or has a block of an unknown kind.
    """
    document = packing.blank()
    printed, notes = divisions(book), Footnotes()
    styles.install(document, book.language)
    settings.install(document)
    pages = Pages(document, right_to_left=reads_right_to_left(book.language))
    _print_front(book, printed, pages)
    _print_divisions(printed, notes, pages)
    notes.attach(document)
    packing.describe(document, book)
    return packing.packed(document)


def _print_front(book: Manuscript, printed: Sequence[Division], pages: Pages) -> None:
    pages.add(half_title(book), first_number=1)
    pages.set_no_heads()
    pages.add(title_page(book), right_page=True)
    pages.add(contents(label(book, "contents"), printed))
    pages.set_heads(running_head(book.title), label(book, "contents"))


def _print_divisions(printed: Sequence[Division], notes: Footnotes, pages: Pages) -> None:
    """Page 1 is where the first section begins, whatever it is: LibreOffice can't show roman numbers in
    the contents, so nothing that stands there may have one."""
    for division in printed:
        first_number = 1 if division is printed[0] else None
        pages.add(body.text(division, notes), number_format=ARABIC, first_number=first_number)
        pages.set_right_head(running_head(division.heading))
