"""What writes the book: one module per author, behind the interface in `base`."""

from __future__ import annotations

from django.conf import settings

from biographies.vocabulary import AuthorName
from engine.authors.asking import Asker
from engine.authors.base import Author
from engine.authors.extractive import ExtractiveAuthor
from engine.authors.language_model import LanguageModelAuthor


class NoSuchAuthor(ValueError):
    """The author asked for isn't part of this installation."""


def author_of(name: str, asker: Asker | None = None) -> Author:
    """The author with this name, who asks models through `asker`.

    Raises NoSuchAuthor with a message for the person who chose it.
    """
    if name == AuthorName.EXTRACTIVE:
        return ExtractiveAuthor()
    if not settings.MODEL_CONFIGURED:
        raise NoSuchAuthor(
            "No language model is configured: set OPENROUTER_API_KEY, or OPENROUTER_BASE_URL for a server of your own; "
            "or choose the extractive author, which needs none."
        )
    return LanguageModelAuthor(asker)
