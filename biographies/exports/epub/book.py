"""A manuscript becomes an EPUB: its documents, its navigation, its package."""

from __future__ import annotations

from biographies.errors import FormatUnavailable
from biographies.exports import cover
from biographies.exports.docx.outline import sections
from biographies.exports.epub.documents import (
    back_index,
    frontispiece_page,
    imprint_page,
    section_page,
    title_page,
)
from biographies.exports.epub.navigation import navigation
from biographies.exports.epub.package import package
from biographies.exports.manuscript import Manuscript
from biographies.exports.options import DEFAULTS, ExportOptions


def render(book: Manuscript, options: ExportOptions = DEFAULTS) -> bytes:  # noqa: ARG001  # pages and their notes are the reader's here
    """The .epub file of the book; the same manuscript gives the same bytes where the same fonts are installed.

    An EPUB has no pages: of the options none applies, and every note pops up where it's called. Without the
    libraries that lay out the cover it has none, and opens with its title page.
    Raises ValueError where a section calls a note that it doesn't have, or has a block of an unknown kind.
    """
    printed = sections(book)
    front = [*frontispiece_page(book), title_page(book), imprint_page(book)]
    body = [section_page(book, one) for one in printed]
    back = [back_index(book, printed)] if book.index else []
    contents = navigation(book, [*body, *back], front)
    return package(book, [*front, contents, *body, *back], _cover(book))


def _cover(book: Manuscript) -> bytes | None:
    try:
        return cover.png(book)
    except FormatUnavailable:
        return None
