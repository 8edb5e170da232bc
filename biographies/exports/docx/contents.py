"""The contents: entries that are there from the start, each a link to its heading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from docx.oxml.xmlchemy import BaseOxmlElement

from biographies.exports.docx.elements import element, page_of, paragraph, run, text_run
from biographies.exports.docx.outline import Division


def contents(title: str, printed: Iterable[Division], pages: Mapping[str, int]) -> Iterator[BaseOxmlElement]:
    """A page headed `title` with one entry per division; `pages` by bookmark, empty where nobody counted them."""
    yield paragraph("TOCHeading", text_run(title))
    yield from (_entry(division, pages) for division in printed if division.heading)


def _entry(division: Division, pages: Mapping[str, int]) -> BaseOxmlElement:
    """The page number is a field outside any TOC field: LibreOffice computes it on loading, Word when fields are
    updated. Where the pages weren't counted it shows nothing: a number that may be wrong is worse than none."""
    number = division.section.number if division.over_title else None
    link = element("hyperlink", anchor=division.bookmark, history="1")
    link.extend([text_run(str(number)), run(element("tab"))] if number is not None else [])
    link.extend([text_run(division.heading), run(element("tab")), *page_of(division.bookmark, pages)])
    return paragraph("TOC1" if number is None else "TOCChapter", link)
