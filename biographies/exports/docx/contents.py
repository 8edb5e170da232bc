"""The contents: entries that are there from the start, each a link to its heading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docx.oxml.xmlchemy import BaseOxmlElement

from biographies.exports.docx.elements import element, field, paragraph, run, text_run
from biographies.exports.docx.outline import Division


def contents(title: str, printed: Iterable[Division]) -> Iterator[BaseOxmlElement]:
    """A page headed `title` with one entry per division."""
    yield paragraph("TOCHeading", text_run(title))
    yield from (_entry(division) for division in printed if division.heading)


def _entry(division: Division) -> BaseOxmlElement:
    """The page number is a field outside any TOC field: LibreOffice computes it on loading, Word when fields
    are updated. It shows nothing until then, since a number that may be wrong is worse than none."""
    number = division.section.number if division.over_title else None
    link = element("hyperlink", anchor=division.bookmark, history="1")
    link.extend([text_run(str(number)), run(element("tab"))] if number is not None else [])
    link.extend([text_run(division.heading), run(element("tab")), *field(f"PAGEREF {division.bookmark} \\h")])
    return paragraph("TOC1" if number is None else "TOCChapter", link)
