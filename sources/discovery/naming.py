"""Whether a title speaks of the person, and the person's name as services want it in a query."""

from __future__ import annotations

import re
from typing import Final

from sources.discovery.base import Person
from sources.people import fold_name, parse_name

_MARKS: Final = re.compile(r'["\\:()\[\]{}^~*?!|&+/]')  # they mean something in the services' query languages
_WORD: Final = re.compile(r"[^\W_]+")


def phrase(person: Person) -> str:
    """The name as a quoted phrase, without anything that a query language could read as more than words."""
    return f'"{" ".join(_MARKS.sub(" ", person.name).split())}"'


def speaks_of(person: Person, *texts: str) -> bool:
    """Whether one of the texts holds the family name of the person, or any name by which they are known."""
    words = {word for text in texts for word in _WORD.findall(fold_name(text))}
    return any(_within(name, words) for name in (person.name, *person.profile.names))


def _within(name: str, words: set[str]) -> bool:
    parsed = parse_name(name)
    return parsed is not None and set(_WORD.findall(parsed.family)) <= words
