"""What a finder is: it looks a person up at one service, and answers with addresses of documents.

A finder opens no connection and writes no row. It asks through the `Ask` that it's given, and translates
whatever goes wrong at its service into a FinderError.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol

Parameters = Mapping[str, str | int]
# Address and query -> the parsed JSON. Raises FinderError; see `asking.py`.
Ask = Callable[[str, Parameters], Any]


class FinderError(Exception):
    """A service can't be used; `reason` is a sentence for the editor, `permanent` says that waiting won't help."""

    def __init__(self, reason: str, *, permanent: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of the person beyond the name; storable as JSON. Dates are ISO 8601, as exact as known."""

    item: str = ""  # at Wikidata: Q215562
    summary: str = ""
    names: tuple[str, ...] = ()  # labels and aliases in the languages asked for
    born: str = ""
    died: str = ""
    places: tuple[str, ...] = ()
    occupations: tuple[str, ...] = ()
    identifiers: Mapping[str, str] = field(default_factory=dict)  # "viaf": "14770384"
    articles: Mapping[str, str] = field(default_factory=dict)  # language -> title at Wikipedia

    def as_json(self) -> dict[str, Any]:
        """The profile as a unit's result holds it."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Profile:
        """The profile as it was stored; tuples come back as tuples."""
        values: dict[str, Any] = dict(stored)
        for name in ("names", "places", "occupations"):
            values[name] = tuple(values.get(name, ()))
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Person:
    """Whom to look for: as the editor named them, and the language of the book."""

    name: str
    description: str = ""
    language: str = "en"
    profile: Profile = Profile()

    @property
    def languages(self) -> tuple[str, ...]:
        """The language of the book, and English."""
        return tuple(dict.fromkeys((self.language, "en")))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that may be worth reading. `because` is a sentence for the editor; "" is unknown elsewhere."""

    url: str
    because: str
    title: str = ""
    author: str = ""
    publisher: str = ""
    work: str = ""
    date: str = ""
    form: str = ""
    language: str = ""
    licence: str = ""

    def as_json(self) -> dict[str, str]:
        """What is known of it, as a unit's result holds it."""
        return {name: value for name, value in asdict(self).items() if value}


class Finder(Protocol):
    """The interface of one file in this package."""

    name: str  # a word for the database and for settings
    title: str  # as the editor reads it
    base: str  # where the service is; the setting FINDER_URLS may say otherwise

    def find(self, person: Person, ask: Ask) -> Iterator[Candidate]:
        """Documents about the person, best first, as they are found. Raises FinderError.

        It asks for a bounded number of pages; whoever calls it takes no more than it wants.
        """
