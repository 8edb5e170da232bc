"""Library of Congress: digitised books and papers with readable text, and the newspaper pages of Chronicling America.

The form of the answers is that of https://www.loc.gov/apis/json-and-yaml/. Chronicling America has had no
API of its own since August 2025; it is a collection of loc.gov.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from django.utils.translation import gettext as _

from sources.discovery.base import Ask, Candidate, Person
from sources.discovery.naming import phrase, speaks_of
from sources.discovery.reading import address, names, promised, rows, text, texts

ROWS: Final = 40
PAGES: Final = 2
_FILES: Final = "https://tile.loc.gov/storage-services"
_SEARCHES: Final = ("search", "collections/chronicling-america")


class LibraryOfCongress:
    """The finder."""

    name = "library_of_congress"
    title = "Library of Congress"

    def __init__(self, base: str = "https://www.loc.gov") -> None:
        self.base = base

    def find(self, person: Person, ask: Ask) -> Iterator[Candidate]:
        """Papers and books first, then newspaper pages of the person's time."""
        for place in _SEARCHES:
            yield from self._search(place, person, ask)

    def _search(self, place: str, person: Person, ask: Ask) -> Iterator[Candidate]:
        query: dict[str, str | int] = {"q": phrase(person), "fo": "json", "at": "results,pagination"}
        query |= {"c": ROWS, "fa": "online-format:online text"}
        newspapers = place != _SEARCHES[0]
        if newspapers:
            query |= {"dl": "page"} | _years(person)
        for page in range(1, PAGES + 1):
            found = promised(ask(f"{self.base}/{place}/", query | {"sp": page}), "results")
            for item in found:
                candidate = _newspaper_page(item) if newspapers else _item(item, person)
                if candidate:
                    yield candidate
            if len(found) < ROWS:
                return


def _years(person: Person) -> dict[str, str]:
    """The years of the life and a little after it, when they are known."""
    born, died = person.profile.born[:4], person.profile.died[:4]
    return {"dates": f"{born}/{int(died) + 10}"} if born and died else {}


def _item(item: dict[str, Any], person: Person) -> Candidate | None:
    url = next(filter(None, map(_text_file, rows(item, "resources"))), "")
    title, author = text(item.get("title")), names(item.get("contributor"))
    if not url or item.get("access_restricted") is True:
        return None
    if not speaks_of(person, title, author, " ".join(texts(item.get("subject")))):
        return None
    return Candidate(
        url,
        _("The Library of Congress has digitised it: “%(url)s”.") % {"url": text(item.get("id"))},
        title=title,
        author=author,
        publisher="Library of Congress",
        date=text(item.get("date"))[:10],
        form=text(item.get("original_format")),
    )


def _text_file(resource: dict[str, Any]) -> str:
    """The plain text of a resource, or else its PDF; "" for what has neither."""
    for name in ("fulltext_file", "djvu_text_file", "pdf"):
        url = address(resource.get(name))
        if url and (name == "pdf" or urlsplit(url).path.endswith(".txt")):
            return url
    return ""


def _newspaper_page(item: dict[str, Any]) -> Candidate | None:
    """A page as its PDF, whose text layer is the Library's own; it lies beside the coordinates of the words."""
    parts = parse_qs(urlsplit(address(item.get("word_coordinates_url"))).query)
    segment = (parts.get("segment") or [""])[0]
    url = address(f"{_FILES}{segment.removesuffix('.xml')}.pdf") if segment.endswith(".xml") else ""
    if not url or not segment.startswith("/"):
        return None
    return Candidate(
        url,
        _("A newspaper page of the time that holds the name: “%(url)s”.") % {"url": text(item.get("id"))},
        title=text(item.get("title")),
        publisher=text(item.get("partof_title")),
        date=text(item.get("date"))[:10],
        form="newspaper",
    )
