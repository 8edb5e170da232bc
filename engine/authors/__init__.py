"""What writes the book: one module per author, behind the interface in `base`."""

from __future__ import annotations

from biographies.vocabulary import AuthorName
from engine.authors.asking import Asker
from engine.authors.base import Author
from engine.authors.extractive import ExtractiveAuthor


class NoSuchAuthor(ValueError):
    """The author asked for isn't part of this installation."""


def author_of(name: str, asker: Asker | None = None) -> Author:
    """The author with this name, who asks models through `asker`.

    Raises NoSuchAuthor with a message for the person who chose it.
    """
    del asker
    if name == AuthorName.EXTRACTIVE:
        return ExtractiveAuthor()
    raise NoSuchAuthor("This release writes with the extractive author only: choose “extractive”.")
