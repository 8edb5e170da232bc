"""How many words a document holds, guessed before it is read: for an estimate of cost, never for a decision."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

# Measured on the shipped sources and on pages of the web, where markup outweighs words.
BYTES_PER_WORD: Final[Mapping[str, float]] = {
    ".txt": 5.9,
    ".md": 6.2,
    ".html": 9,
    ".htm": 9,
    ".pdf": 40,
    ".docx": 10,
}
UNREAD_WORDS: Final = 3_000  # of a document of which nothing is known
MOST_WORDS: Final = 200_000  # of one document: a larger file holds pictures


def words_in(filename: str, size: int) -> int:
    """The words of a file of so many bytes."""
    per_word = BYTES_PER_WORD.get(Path(filename).suffix.lower())
    return UNREAD_WORDS if per_word is None or size <= 0 else min(MOST_WORDS, max(1, round(size / per_word)))
