"""Quotation marks of a book's language: around what a source says, and around what is quoted in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

NO_BREAK: Final = "\u00a0"
_DOUBLE: Final = re.compile(r"(?<=[«])[\s\u202f]+|[\s\u202f]+(?=[»])|[\"“”„«»]")
_BEFORE_OPENING: Final = re.compile(r"[\s([{—–\-‘'“„«]")


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks around a quotation, and those of a quotation in it. `turned`: a mark that opens elsewhere may close
    here („so“, »so«), so only its place tells."""

    opening: str = "“"
    closing: str = "”"
    inner_opening: str = "‘"
    inner_closing: str = "’"
    turned: bool = False

    def within(self, words: str) -> str:
        """The words with their own double marks turned into inner ones; all else stays, letter for letter.

        The editor's licence of "The Chicago Manual of Style", 17th edition, 13.7: double marks within a quotation
        become single ones. Spaces between guillemets and what they hold go with the guillemets.
        """
        return _DOUBLE.sub(lambda found: self._inner(found, words), words)

    def _inner(self, found: re.Match[str], words: str) -> str:
        mark = found[0]
        if not mark.strip():
            return mark if self.turned else ""
        by_place = mark == '"' or (self.turned and mark != "„")
        opens = _opens(words, found.start()) if by_place else mark in "“„«"
        return self.inner_opening if opens else self.inner_closing


def _opens(words: str, place: int) -> bool:
    """Whether a mark that looks the same on both sides opens: by what stands before it and behind it."""
    before, after = words[:place][-1:], words[place + 1 :][:1]
    return bool(after.strip()) and (not before or bool(_BEFORE_OPENING.match(before)))


# French marks keep their distance.
_BY_LANGUAGE: Final[Mapping[str, Marks]] = {
    "fr": Marks(f"«{NO_BREAK}", f"{NO_BREAK}»", "“", "”"),
    "es": Marks("«", "»", "“", "”"),
    "it": Marks("«", "»", "“", "”"),
    "de": Marks("„", "“", "‚", "‘", turned=True),
}


ENGLISH: Final = Marks()


def marks_of(language: str) -> Marks:
    """The marks of a language ("fr", "es-CO"); English ones where no others are known."""
    return _BY_LANGUAGE.get(language.split("-")[0].lower(), ENGLISH)
