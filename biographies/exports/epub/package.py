"""The package of an EPUB: metadata, manifest, reading order, and the zip file. No clock, no chance."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from ebooklib import epub

from biographies.exports.docx.elements import one_line
from biographies.exports.docx.wording import reads_right_to_left
from biographies.exports.epub.documents import IMAGES, Page, language_of, named
from biographies.exports.epub.navigation import NAME as NAVIGATION
from biographies.exports.faces import family
from biographies.exports.manuscript import Manuscript
from biographies.exports.packing import repacked

STYLE = Path(__file__).with_name("style.css")
XHTML, CSS, PNG = "application/xhtml+xml", "text/css", "image/png"
NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)  # of the last change, which the format asks for
# What a reader who sees, hears or moves otherwise may rely on: https://www.w3.org/TR/epub-a11y-11/#sec-discovery
ACCESS = (
    ("accessMode", "textual"),
    ("accessModeSufficient", "textual"),
    ("accessibilityFeature", "displayTransformability"),
    ("accessibilityFeature", "index"),
    ("accessibilityFeature", "readingOrder"),
    ("accessibilityFeature", "structuralNavigation"),
    ("accessibilityFeature", "tableOfContents"),
    ("accessibilityHazard", "none"),
    (
        "accessibilitySummary",
        "Text with headings, linked notes and a table of contents; nothing needs to be seen.",
    ),
)
# The same of a book with images.
SEEN = (
    ("accessMode", "visual"),
    ("accessibilityFeature", "alternativeText"),
    (
        "accessibilitySummary",
        "Text with headings, linked notes and a table of contents; every image is described in words.",
    ),
)


def package(book: Manuscript, pages: Sequence[Page], cover: bytes | None) -> bytes:
    """The pages in reading order as one .epub file."""
    made = epub.EpubBook()
    _describe(made, book, pages)
    for page in pages:
        made.add_item(_item(page.name, XHTML, page.content, "nav" if page.name == NAVIGATION else ""))
    made.add_item(_item("style.css", CSS, _style(book)))
    for figure in {one.name: one for one in book.figures}.values():
        made.add_item(_item(f"{IMAGES}/{figure.name}", figure.media_type, figure.data))
    if cover:
        made.add_item(_item("cover.png", PNG, cover, "cover-image"))
    made.add_item(epub.EpubNcx())
    made.toc = [epub.Link(page.name, page.title, page.name) for page in pages if page.name != NAVIGATION]
    made.spine = [page.name for page in pages]
    saved = BytesIO()
    epub.write_epub(saved, made, {"mtime": NO_TIME, "raise_exceptions": True})
    return repacked(saved.getvalue(), stored=frozenset({"mimetype"}))


def _style(book: Manuscript) -> bytes:
    """A house's typeface is named, not brought along: its licence may not allow that, and readers choose their own."""
    wished = f"body {{ font-family: {family(book.face)}; }}\n".encode() if book.face else b""
    return STYLE.read_bytes() + wished


def _access(book: Manuscript) -> Iterator[tuple[str, str]]:
    own = SEEN if book.figures else ()
    replaced = "accessibilitySummary" if own else ""
    yield from ((name, value) for name, value in ACCESS if name != replaced)
    yield from own


def _item(name: str, media_type: str, content: bytes, kind: str = "") -> epub.EpubItem:
    made = epub.EpubItem(uid=name.replace("/", "-"), file_name=name, media_type=media_type, content=content)
    made.properties = [kind] if kind else []
    return made


def _describe(made: epub.EpubBook, book: Manuscript, pages: Sequence[Page]) -> None:
    content = sha256(
        b"".join(page.content for page in pages)
    ).hexdigest()  # images are named by their hashes in it
    made.set_identifier(f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, content)}")
    made.set_title(named(book.title))
    made.set_language(language_of(book))
    for name, value in (
        ("creator", book.author_line),
        ("publisher", book.publisher),
        ("description", " ".join([book.subtitle, *book.imprint])),
        ("date", f"{book.year:04d}" if book.year else ""),
    ):
        if one_line(value):
            made.add_metadata("DC", name, one_line(value))
    for name, value in _access(book):
        if name != "index" or book.index:
            made.add_metadata("OPF", "meta", value, {"property": f"schema:{name}"})
    made.direction = "rtl" if reads_right_to_left(book.language) else "ltr"
