"""The index of names and places: by pages where they were counted, else by chapters; every number is a link."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from docx.oxml.xmlchemy import BaseOxmlElement

from biographies.exports.docx.elements import element, page_of, paragraph, text_run
from biographies.exports.docx.outline import Division
from biographies.exports.docx.wording import label
from biographies.exports.manuscript import IndexEntry, Manuscript, Place

Link = tuple[str, list[BaseOxmlElement]]


def bookmark_of(place: Place) -> str:
    """The name of the bookmark at a place in the text."""
    return f"place{place.section}b{place.block}i{place.inline}"


def note(book: Manuscript, pages: Mapping[str, int]) -> BaseOxmlElement:
    """What the numbers are, said plainly."""
    return paragraph("IndexNote", text_run(label(book, "index_by_page" if pages else "index_by_chapter")))


def entries(
    book: Manuscript, divisions: Sequence[Division], pages: Mapping[str, int]
) -> Iterator[BaseOxmlElement]:
    """A paragraph for each name; the first of a letter stands a little lower."""
    headings = {division.place: division for division in divisions}
    letter = ""
    for entry in book.index:
        first = entry.name[:1].casefold()
        style = "Index1" if first == letter or not letter else "IndexLetter"
        letter = first
        links = _by_page(entry, pages) if pages else _by_chapter(entry, headings)
        yield paragraph(style, text_run(entry.name), *_joined(links))


def _by_page(entry: IndexEntry, pages: Mapping[str, int]) -> Iterator[Link]:
    """The first place on every page."""
    seen: set[int] = set()
    for bookmark in map(bookmark_of, entry.places):
        if bookmark in pages and pages[bookmark] not in seen:
            seen.add(pages[bookmark])
            yield bookmark, page_of(bookmark, pages)


def _by_chapter(entry: IndexEntry, headings: Mapping[int, Division]) -> Iterator[Link]:
    """The first place in every section: the number of a chapter, the title of another section."""
    seen: set[int] = set()
    for place in entry.places:
        if place.section not in seen and place.section in headings:
            seen.add(place.section)
            number = headings[place.section].section.number
            words = headings[place.section].heading if number is None else str(number)
            yield bookmark_of(place), [text_run(words, italic=number is None)]


def _joined(links: Iterator[Link]) -> Iterator[BaseOxmlElement]:
    for bookmark, runs in links:
        yield text_run(", ")
        yield element("hyperlink", *runs, anchor=bookmark, history="1")
