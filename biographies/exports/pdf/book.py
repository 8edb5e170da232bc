"""A manuscript becomes pages. The text is laid out first, since contents and index name its pages."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from biographies.errors import FormatUnavailable
from biographies.exports.docx.elements import one_line
from biographies.exports.docx.outline import Division, sections
from biographies.exports.docx.wording import label, language_tag, reads_right_to_left
from biographies.exports.machinery import ONE_AT_A_TIME
from biographies.exports.manuscript import Manuscript
from biographies.exports.markup.nodes import Node, node
from biographies.exports.options import DEFAULTS, ExportOptions
from biographies.exports.pdf.body import NOTES, SCHEME, body, opened, target
from biographies.exports.pdf.front import Listed, front
from biographies.exports.pdf.index import index
from biographies.exports.pdf.sheet import css

if TYPE_CHECKING:
    from weasyprint import Document

INDEX = "index"


def render(book: Manuscript, options: ExportOptions = DEFAULTS) -> bytes:
    """The .pdf file of the book; the same manuscript and options give the same bytes where the same fonts are.

    Raises FormatUnavailable where the libraries that lay out pages are missing, ValueError where a section calls
    a note that it doesn't have, or has a block of an unknown kind.
    """
    return rendered(book, options)[0]


def rendered(book: Manuscript, options: ExportOptions) -> tuple[bytes, int]:
    """The .pdf file, and how many pages it has. Raises as `render`."""
    press = ready_press()
    with ONE_AT_A_TIME:
        documents = _laid_out(press, book, options)
        data: bytes = press.bound(documents)
    return data, sum(len(document.pages) for document in documents)


def ready_press() -> Any:
    """The module that lays out pages. Raises FormatUnavailable, with what to do, where it can't be loaded."""
    for name in (
        "weasyprint",
        "weasyprint.progress",
    ):  # what they tell are steps, and declarations without a use
        logging.getLogger(name).setLevel(logging.ERROR)
    try:
        from biographies.exports.pdf import press  # noqa: PLC0415  # takes seconds, and libraries that may be missing
    except (ImportError, OSError) as error:
        raise FormatUnavailable.without_pango() from error
    return press


def _laid_out(press: Any, book: Manuscript, options: ExportOptions) -> Sequence[Document]:
    """Text, then the index, which names pages of the text, then the contents, which name both."""
    printed = sections(book)
    images = {SCHEME + one.name: one for one in book.figures}
    text = press.laid_out(_document(book, body(book, printed, options)), css(options, face=book.face), images)
    _end_on_left(press, text, book, options)
    pages = pages_of(text)
    behind = []
    if book.index:
        section = index(book, pages, opened(book, label(book, INDEX), INDEX, listed=True))
        sheet = css(options, face=book.face, first_page=len(text.pages) + 1)
        behind.append(press.laid_out(_document(book, [section]), sheet))
        pages = {**pages, INDEX: len(text.pages) + 1}
    before = press.laid_out(
        _document(book, front(book, _listed(book, printed, pages), options)),
        css(options, face=book.face, folio="lower-roman"),
        images,
    )
    _end_on_left(press, before, book, options)
    return [before, text, *behind]


def pages_of(document: Document) -> dict[str, int]:
    """The number of the page on which each id stands, counted from 1."""
    found: dict[str, int] = {}
    for number, page in enumerate(document.pages, start=1):
        for identity in page.anchors:
            found.setdefault(identity, number)
    return found


def _end_on_left(press: Any, document: Document, book: Manuscript, options: ExportOptions) -> None:
    """An empty page where the document ends on a right one: what follows begins on a right page too."""
    if len(document.pages) % 2:
        empty = node("p", class_="half")
        document.pages += press.laid_out(_document(book, [empty]), css(options, face=book.face)).pages


def _listed(book: Manuscript, printed: Sequence[Division], pages: Mapping[str, int]) -> list[Listed]:
    listed = [
        Listed(target(one), one.heading, pages[target(one)], one.section.number if one.over_title else None)
        for one in printed
        if one.heading
    ]
    listed += [Listed(name, label(book, name), pages[name]) for name in (NOTES, INDEX) if name in pages]
    return sorted(listed, key=lambda one: one.page)


def _document(book: Manuscript, parts: Sequence[Node]) -> Node:
    title = one_line(": ".join(part for part in (book.title, book.subtitle) if part))
    about = [node("title", title), node("meta", name="author", content=one_line(book.author_line))]
    marks = [node("p", label(book, "draft"), class_="draft")] if book.draft else []
    root = node("html", node("head", *about), node("body", *marks, *parts), lang=language_tag(book.language))
    if reads_right_to_left(book.language):
        root.set("dir", "rtl")
    return root
