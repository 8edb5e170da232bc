"""What can go wrong with a source. Every reason is written for a person and says what to do."""

from __future__ import annotations


class SourceError(Exception):
    """A source or a list of sources can't be used; `reason` is a sentence for the editor."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Unreadable(SourceError):
    """No text can be taken from this file."""


class BadListing(SourceError):
    """The list of sources of a folder is malformed; the reason names the place."""
