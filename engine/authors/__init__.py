"""What writes the book: one module per author, behind the interface in `base`."""

from __future__ import annotations

from typing import Never

from django.conf import settings

from biographies.vocabulary import AuthorName
from engine.authors.asking import Asker
from engine.authors.base import Author
from engine.authors.extractive import ExtractiveAuthor
from engine.authors.language_model import LanguageModelAuthor


class NoSuchAuthor(ValueError):
    """The author asked for isn't part of this installation."""


def missing(name: str) -> str:
    """Why this process doesn't have that author; empty when it has. In words for the person who chose it."""
    if name == AuthorName.EXTRACTIVE or settings.MODEL_CONFIGURED:
        return ""
    return (
        "No language model is configured: set OPENROUTER_API_KEY, or OPENROUTER_BASE_URL for a server of your own; "
        "or choose the extractive author, which needs none."
    )


def author_of(name: str, asker: Asker | None = None) -> Author:
    """The author with this name, who asks models through `asker`.

    Raises NoSuchAuthor with a message for the person who chose it.
    """
    if reason := missing(name):
        raise NoSuchAuthor(reason)
    return ExtractiveAuthor() if name == AuthorName.EXTRACTIVE else LanguageModelAuthor(asker)


class Absent:
    """Stands where this process has no such author, for phases that ask none: whatever it is asked for, it says so."""

    def __init__(self, reason: str) -> None:
        self._reason = reason

    def __getattr__(self, _name: str) -> Never:
        raise NoSuchAuthor(self._reason)
