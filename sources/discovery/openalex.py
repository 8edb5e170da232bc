"""OpenAlex: scholarly works about the person that are open to everybody.

The form of the answers is that of the OpenAlex documentation, "Get lists of works" and "Location object". Since
February 2026 a free key stands in place of the address of the "polite pool" (developers.openalex.org,
"Authentication & Pricing"): a search costs the same however long its pages, up to 100 rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _

from sources.discovery.base import Ask, Candidate, Person
from sources.discovery.naming import phrase, speaks_of
from sources.discovery.reading import address, at, promised, rows, text

ROWS: Final = 100  # the most that a page may have
PAGES: Final = 1  # a page is what a search costs
_OPEN: Final = "open_access.is_oa:true,is_retracted:false"
_FIELDS: Final = "id,doi,title,type,language,publication_date,authorships,best_oa_location,primary_location"


class OpenAlex:
    """The finder."""

    name = "openalex"
    title = "OpenAlex"

    def __init__(self, base: str = "https://api.openalex.org") -> None:
        self.base = base

    def find(self, person: Person, ask: Ask) -> Iterator[Candidate]:
        """Open works with the name in title, abstract or text, by the service's own relevance."""
        query = {"search": phrase(person), "filter": _OPEN, "select": _FIELDS}
        if settings.OPENALEX_API_KEY:
            query["api_key"] = settings.OPENALEX_API_KEY
        for page in range(1, PAGES + 1):
            answer = ask(f"{self.base}/works", query | {"per_page": ROWS, "page": page})
            found = promised(answer, "results")
            for work in found:
                if (candidate := _candidate(work)) and speaks_of(person, candidate.title):
                    yield candidate
            if len(found) < ROWS:
                return


def _candidate(work: dict[str, Any]) -> Candidate | None:
    place = work.get("best_oa_location")
    url = address(at(place, "pdf_url")) or address(at(place, "landing_page_url"))
    if not url:
        return None
    people = (text(at(one, "author", "display_name")) for one in rows(work, "authorships"))
    return Candidate(
        url,
        _("An open scholarly work about the person, by OpenAlex."),
        title=text(work.get("title")),
        author="; ".join(filter(None, people))[:500],
        work=text(at(work, "primary_location", "source", "display_name")),
        date=text(work.get("publication_date")),
        form=text(work.get("type")) or "article",
        language=text(work.get("language"))[:12],
        licence=text(at(place, "license")),
    )
