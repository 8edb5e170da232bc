"""What every reader of a format hands back, and what `extract` makes of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from sources.digest import Digest

FORMATS = ("txt", "md", "html", "pdf", "docx")
MAX_BYTES = 20_000_000  # of a document as it came


def marked(text: str) -> str:
    """Mark a reason for the translators, and hand it back as it is; imported as `_`.

    Readers run in a child process that knows no Django. Whoever shows a reason to a person translates it.
    """
    return text


@dataclass(frozen=True)
class Extracted:
    """The text of a document: paragraphs of one line each, separated by one blank line.

    Metadata are what the document says of itself, "" where it says nothing. `date` is as printed in
    the document's metadata; `language` is an ISO 639-1 code; `warnings` are sentences for the editor.
    `hidden`: words that a reader doesn't see speak to a language model. `digest`: what the text is like.
    """

    text: str
    format: str
    digest: Digest
    title: str = ""
    author: str = ""
    date: str = ""
    language: str = ""
    publisher: str = ""
    url: str = ""
    warnings: tuple[str, ...] = ()
    hidden: bool = False


@dataclass
class Draft:
    """What a reader found, before the debris of print is removed: one string per paragraph.

    `unseen` are words that the document hides from its readers; they are no text, and looked at for signs.
    """

    paragraphs: list[str]
    title: str = ""
    author: str = ""
    date: str = ""
    language: str = ""
    publisher: str = ""
    url: str = ""
    warnings: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
