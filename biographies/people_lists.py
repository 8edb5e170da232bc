"""A text with one person a line becomes people: name, dates and notes, as people write such lists.

`Ada Quill`, `Ada Quill (1838–1912)`, `Ada Quill (1838–1912): drew maps` and `Ada Quill; 1838–1912; drew maps`, with
tabs as well; an empty line or one that begins with # is nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bookgen_site.lib.text import clean_text

LONGEST_NAME: Final = 255
LONGEST_DATES: Final = 60
LONGEST_NOTES: Final = 400
_COLUMNS: Final = re.compile(r"\s*[;|\t]\s*")
_BRACKETS: Final = re.compile(r"(?P<name>[^(]+?)\s*\((?P<dates>[^()]*\d[^()]*)\)\s*[:,–—-]?\s*(?P<notes>.*)")
_BULLET: Final = re.compile(r"^\s*(?:[-*•]|\d{1,5}[.)])\s+")


@dataclass(frozen=True, slots=True)
class Listed:
    """One person as a line names them; `line` counts from 1."""

    line: int
    name: str
    dates: str = ""
    notes: str = ""

    @property
    def key(self) -> str:
        """By which the same person is known again, in whatever case the name is written."""
        return key_of(self.name, self.dates)


def key_of(name: str, dates: str) -> str:
    """Name and years: two people of one name are told apart by their dates."""
    years = "-".join(re.findall(r"\d{3,4}", dates))
    return f"{' '.join(name.casefold().split())}|{years}"[:400]


def listed(text: str) -> Iterator[Listed]:
    """The people of a text, line by line. A name that is too long is handed on as it is: the caller refuses it."""
    for number, line in enumerate(text.replace("\t", ";").splitlines(), 1):
        cleaned = clean_text(_BULLET.sub("", line), multiline=False)
        if cleaned and not cleaned.startswith("#"):
            yield _person(number, cleaned)


def _person(number: int, line: str) -> Listed:
    name, *more = _COLUMNS.split(line)
    if more:
        dates, notes = more[0], "; ".join(more[1:])
        return Listed(number, name.strip(), dates[:LONGEST_DATES], notes[:LONGEST_NOTES])
    found = _BRACKETS.fullmatch(line)
    if found is None:
        return Listed(number, line)
    return Listed(
        number, found["name"], found["dates"].strip()[:LONGEST_DATES], found["notes"].strip()[:LONGEST_NOTES]
    )
