"""The contents of an EPUB, which a reader's device shows too: table of contents and landmarks."""

from __future__ import annotations

from collections.abc import Sequence

from biographies.exports.docx.wording import label
from biographies.exports.epub.documents import Page, document, named
from biographies.exports.manuscript import Manuscript
from biographies.exports.markup.nodes import Node, node

NAME = "contents.xhtml"
LANDMARKS = ("titlepage", "copyright-page", "glossary", "bibliography", "index")


def navigation(book: Manuscript, listed: Sequence[Page], front: Sequence[Page]) -> Page:
    """The contents as a page of the book: https://www.w3.org/TR/epub-33/#sec-nav"""
    title = named(label(book, "contents"))
    entries = node("ol", *(node("li", node("a", page.title, href=page.name)) for page in listed))
    contents = node("nav", node("h1", title), entries, id="toc", epub_type="toc", role="doc-toc")
    places = [_landmark("toc", title, NAME)]
    places += [_landmark("bodymatter", page.title, page.name) for page in listed[:1]]
    places += [
        _landmark(page.landmark, page.title, page.name)
        for page in (*front, *listed)
        if page.landmark in LANDMARKS
    ]
    marks = node("nav", node("h2", title), node("ol", *places), epub_type="landmarks", hidden="hidden")
    return Page(NAME, title, document(book, title, contents, marks))


def _landmark(kind: str, title: str, href: str) -> Node:
    return node("li", node("a", title, href=href, epub_type=kind))
