"""The sections of a manuscript as divisions of a book: what is printed over them, in order."""

from __future__ import annotations

from dataclasses import dataclass

from biographies.exports.docx.elements import one_line
from biographies.exports.docx.wording import label, number_line
from biographies.exports.manuscript import Manuscript, Section


@dataclass(frozen=True, slots=True)
class Division:
    """A section with what is printed over it, at its page heads and in the contents."""

    section: Section
    position: int
    number_line: str
    title: str

    @property
    def bookmark(self) -> str:
        """A bookmark's name: of our own making, so no title can break out of a field."""
        return f"section_{self.position}"

    @property
    def heading(self) -> str:
        """The words of the heading; a chapter without a title is headed by its number."""
        return self.title or self.number_line

    @property
    def over_title(self) -> str:
        """The number line, where it stands over a title."""
        return self.number_line if self.title else ""


def divisions(book: Manuscript) -> tuple[Division, ...]:
    """The sections in printing order."""
    return tuple(_division(book, section, place) for place, section in enumerate(book.sections, start=1))


def _division(book: Manuscript, section: Section, position: int) -> Division:
    title = section.title if one_line(section.title) else ""
    if not title and section.number is None:
        title = label(book, section.kind)
    return Division(section, position, number_line(book, section), title)
