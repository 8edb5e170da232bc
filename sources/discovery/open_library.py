"""Open Library: books by and about the person that anybody may read, with their scans at Internet Archive.

The form of the answers is that of https://openlibrary.org/dev/docs/api/search.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import gettext as _

from sources.discovery.addresses import full_text
from sources.discovery.base import Ask, Candidate, Person
from sources.discovery.naming import phrase, speaks_of
from sources.discovery.reading import address, names, promised, text, texts

ROWS: Final = 50
PAGES: Final = 2
_FIELDS: Final = "key,title,author_name,first_publish_year,publisher,ia,ebook_access,language"


class OpenLibrary:
    """The finder: it finds the books, Internet Archive keeps their texts."""

    name = "open_library"
    title = "Open Library"

    def __init__(self, base: str = "https://openlibrary.org") -> None:
        self.base = base

    def find(self, person: Person, ask: Ask) -> Iterator[Candidate]:
        """Public scans in the service's own order."""
        for page in range(1, PAGES + 1):
            query = {"q": phrase(person), "fields": _FIELDS}
            answer = ask(f"{self.base}/search.json", query | {"limit": ROWS, "page": page})
            found = promised(answer, "docs")
            for book in found:
                if (candidate := _candidate(book)) and speaks_of(person, candidate.title, candidate.author):
                    yield candidate
            if len(found) < ROWS:
                return


def _candidate(book: dict[str, Any]) -> Candidate | None:
    """The book, when anybody may read it; one that is lent or closed has no text for us."""
    scans = texts(book.get("ia"))
    if book.get("ebook_access") != "public" or not scans:
        return None
    url = address(full_text(scans[0]))
    if not url:
        return None
    return Candidate(
        url,
        _("Open Library lists it as a public book by or about the person."),
        title=text(book.get("title")),
        author=names(book.get("author_name")),
        publisher=text(book.get("publisher")),
        date=text(book.get("first_publish_year")),
        form="book",
    )
