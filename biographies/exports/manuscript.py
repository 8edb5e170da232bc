"""The neutral manuscript: what a book is, whatever format prints it. Frozen data, no database.

Built once (by `engine.manuscript`) from approved revisions, citations and facts; every format
module in this package is a pure function from a Manuscript to bytes.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Inline:
    """A stretch of text in one style; `notes` are the numbers of the notes called right after it."""

    text: str
    italic: bool = False
    bold: bool = False
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a section. `kind`: paragraph, heading, quote, entry (hanging indent, for lists of
    terms, people and works) or table (then `rows` holds cells, each a tuple of inlines)."""

    kind: str
    inlines: tuple[Inline, ...] = ()
    rows: tuple[tuple[tuple[Inline, ...], ...], ...] = ()
    header: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A note of one section; numbers start at 1 in every section."""

    number: int
    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter or special section. `kind` as in `Chapter.kind`; `number` only for chapters."""

    kind: str
    title: str
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A whole book, in printing order. `imprint` are the honest lines of how it was made."""

    title: str
    subtitle: str
    author_line: str
    language: str
    sections: tuple[Section, ...]
    imprint: tuple[str, ...] = ()
    labels: dict[str, str] | None = None  # printed words in the book's language: contents, notes, chapter …
