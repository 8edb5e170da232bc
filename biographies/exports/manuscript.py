"""The neutral manuscript: what a book is, whatever format prints it. Frozen data, no database.

Built once (by `engine.manuscript`) from approved revisions, citations and facts; every format
module in this package is a pure function from a Manuscript and ExportOptions to bytes.

The printed order: half-title, title page, imprint page, contents, `sections` up to the dramatis personae,
the notes (where a format collects them), the sections after (`BACK_MATTER`), the index.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

# The kinds of sections that stand behind collected notes.
ILLUSTRATIONS = "illustrations"
BACK_MATTER = frozenset({ILLUSTRATIONS, "bibliography"})


@dataclass(frozen=True, slots=True)
class Inline:
    """A stretch of text in one style; `notes` are the numbers of the notes called right after it."""

    text: str
    italic: bool = False
    bold: bool = False
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a section. `kind`: paragraph, heading, quote, break (between two scenes, without text), entry
    (hanging indent, for lists of people and works) or table (then `rows` holds cells, each a tuple of inlines)."""

    kind: str
    inlines: tuple[Inline, ...] = ()
    rows: tuple[tuple[tuple[Inline, ...], ...], ...] = ()
    header: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A note of one section; numbers start at 1 in every section.

    A note stands for all sentences of its paragraph since the note before it, so that no two notes of the
    same words follow one another.
    """

    number: int
    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """An image with its words. `data` are JPEG or PNG (`media_type`), whose hash is `sha256`; `width` and `height` are
    pixels, `alt` says what it shows to those who can't see it; `rights`, who allows the print, isn't printed."""

    data: bytes = field(repr=False)
    sha256: str
    media_type: str
    width: int
    height: int
    caption: str = ""
    credit: str = ""
    alt: str = ""
    rights: str = ""

    @property
    def name(self) -> str:
        """The name of its file, where a format has files: by its bytes, so that one image is one file."""
        return f"{self.sha256[:16]}.{'png' if self.media_type == 'image/png' else 'jpg'}"


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter or special section. `kind` as in `Chapter.kind`, or `ILLUSTRATIONS`; `number` only for chapters;
    `sha256` is the hash of the revision whose text it prints, "" where there is none. `opening` are the images between
    its heading and its text, `closing` those behind the text."""

    kind: str
    title: str
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()
    number: int | None = None
    sha256: str = ""
    opening: tuple[Figure, ...] = ()
    closing: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a name stands: positions in `Manuscript.sections`, that section's `blocks` and that block's `inlines`,
    from 0. A block has at most one place for a name: the first."""

    section: int
    block: int
    inline: int = 0


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A name in the index, as it is sorted there ("Garrison, William Lloyd"); `kind` is person or place.
    Its places stand in the order of the book, each once."""

    name: str
    kind: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A whole book, in printing order.

    `imprint` are the honest lines of how it was made, the first of them team and year. `labels` are the printed
    words that no section brings: contents, chapter (with "{number}"), notes, index, index_by_page, index_by_chapter,
    draft. A `draft` says so on every page. `year` is that of the last approval. The `frontispiece` faces the title
    page. `face` is the typeface that the house wishes, "" for that of each format.
    """

    title: str
    subtitle: str
    author_line: str
    language: str
    sections: tuple[Section, ...]
    imprint: tuple[str, ...] = ()
    labels: dict[str, str] | None = None
    index: tuple[IndexEntry, ...] = ()
    draft: bool = False
    publisher: str = ""
    year: int | None = None
    frontispiece: Figure | None = None
    face: str = ""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All images in the order in which they are printed."""
        first = (self.frontispiece,) if self.frontispiece else ()
        return first + tuple(one for part in self.sections for one in (*part.opening, *part.closing))

    @property
    def fingerprint(self) -> str:
        """The hash of all its texts, by which a file says what it prints; "" where no text has a hash."""
        hashes = [section.sha256 for section in self.sections if section.sha256]
        return fingerprint(hashes) if hashes else ""


def fingerprint(hashes: Iterable[str]) -> str:
    """The hash of the texts of a book in printing order, by the hashes of its revisions: 16 hex digits."""
    return hashlib.sha256("\n".join(hashes).encode()).hexdigest()[:16]
