"""The sections of a manuscript as divisions of a book: what is printed over them, in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from biographies.exports.docx.elements import one_line
from biographies.exports.docx.wording import label, number_line
from biographies.exports.manuscript import BACK_MATTER, Manuscript, Section

NOTES, INDEX = "notes", "index"
LAST = 10_000  # a place behind every section


@dataclass(frozen=True, slots=True)
class Division:
    """A section with what is printed over it, at its page heads and in the contents. `place` is its position
    in the manuscript from 0; that of notes and index is none there."""

    section: Section
    position: int
    number_line: str
    title: str
    place: int

    @property
    def bookmark(self) -> str:
        """A bookmark's name: of our own making, so no title can break out of a field. Letters and digits, which
        LibreOffice keeps as they are in a PDF."""
        return f"section{self.position}"

    @property
    def heading(self) -> str:
        """The words of the heading; a chapter without a title is headed by its number."""
        return self.title or self.number_line

    @property
    def over_title(self) -> str:
        """The number line, where it stands over a title."""
        return self.number_line if self.title else ""

    @property
    def numbered_heading(self) -> str:
        """Number and title on one line, as over the notes of a chapter."""
        number = self.section.number if self.over_title else None
        return self.heading if number is None else f"{number}. {self.heading}"


def divisions(book: Manuscript, *, notes_apart: bool = False) -> tuple[Division, ...]:
    """What is printed, in order; with `notes_apart` a section for the notes stands before the bibliography."""
    listed = _with_index(book, _with_notes(book) if notes_apart else list(enumerate(book.sections)))
    return tuple(_division(book, section, number, place) for number, (place, section) in enumerate(listed, 1))


def sections(book: Manuscript) -> tuple[Division, ...]:
    """Only what the manuscript brings: for formats that make notes and index in a way of their own."""
    return tuple(one for one in divisions(book) if one.place < LAST)


def _with_notes(book: Manuscript) -> list[tuple[int, Section]]:
    listed = list(enumerate(book.sections))
    if not any(section.notes for section in book.sections):
        return listed
    behind = next((place for place, one in listed if one.kind in BACK_MATTER), len(listed))
    return [*listed[:behind], (LAST, Section(NOTES, label(book, "notes"), ())), *listed[behind:]]


def _with_index(book: Manuscript, listed: list[tuple[int, Section]]) -> Iterator[tuple[int, Section]]:
    yield from listed
    if book.index:
        yield (LAST, Section(INDEX, label(book, "index"), ()))


def _division(book: Manuscript, section: Section, position: int, place: int) -> Division:
    title = section.title if one_line(section.title) else ""
    if not title and section.number is None:
        title = label(book, section.kind)
    return Division(section, position, number_line(book, section), title, place)
