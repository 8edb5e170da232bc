"""Wikipedia: the article on the person in the language of the book and in English, and what each article cites.

The forms of the answers are those of the MediaWiki API, https://www.mediawiki.org/wiki/API:Search and
https://www.mediawiki.org/wiki/API:Extlinks, in both of its format versions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import gettext as _

from sources.discovery.addresses import readable, same_page, site_of
from sources.discovery.base import Ask, Candidate, Person
from sources.discovery.naming import phrase, speaks_of
from sources.discovery.reading import address, at, promised, rows, text

PAGES: Final = 2  # of up to 500 references each
# Catalogues of names, shops, networks and films: there is nothing about a life to read there.
_NO_SOURCES: Final = frozenset(
    (
        "wikidata.org wikimedia.org wikipedia.org viaf.org isni.org d-nb.info worldcat.org idref.fr bnf.fr id.loc.gov"
        " snaccooperative.org musicbrainz.org orcid.org wikiart.org google.com youtube.com youtu.be twitter.com x.com"
        " facebook.com instagram.com tiktok.com pinterest.com amazon.com imdb.com findagrave.com librivox.org"
        " freebase.com toolforge.org wmflabs.org proquest.com issn.org doubleclick.net"
    ).split()
)
_NO_TEXT: Final = re.compile(
    r"\.(?:jpe?g|png|gif|svg|tiff?|mp[34]|og[gv]|webm|wav|zip|xlsx?|csv)$", re.IGNORECASE
)


class Wikipedia:
    """The finder. Its base holds `{language}` where the language's name stands."""

    name = "wikipedia"
    title = "Wikipedia"

    def __init__(self, base: str = "https://{language}.wikipedia.org") -> None:
        self.base = base

    def find(self, person: Person, ask: Ask) -> Iterator[Candidate]:
        """Each article first, then its references."""
        for language in person.languages:
            title = person.profile.articles.get(language) or self._title(language, person, ask)
            if title:
                yield from self._article(language, title, ask)

    def _api(self, language: str) -> str:
        return f"{self.base.replace('{language}', language)}/w/api.php"

    def _title(self, language: str, person: Person, ask: Ask) -> str:
        """The title of the article whose name fits; "" when there is none."""
        query = _FORMAT | {"action": "query", "list": "search", "srsearch": phrase(person), "srlimit": 5}
        found = promised(ask(self._api(language), query), "query", "search")
        titles = (text(one.get("title")) for one in found)
        return next((title for title in titles if title and speaks_of(person, title)), "")

    def _article(self, language: str, title: str, ask: Ask) -> Iterator[Candidate]:
        query = _FORMAT | {"action": "query", "titles": title, "redirects": 1, "inprop": "url"}
        query |= {"prop": "info|extlinks", "ellimit": 500}
        for number in range(PAGES):
            answer = ask(self._api(language), query)
            for page in _pages(answer):
                if number == 0 and (article := _itself(page, language)):
                    yield article
                yield from _references(page, language)
            more: dict[str, str | int] = {
                name: text(at(answer, "continue", name)) for name in ("elcontinue", "continue")
            }
            if not more["elcontinue"]:
                return
            query = query | more  # both are sent back as they came (API:Continue)


_FORMAT: Final[dict[str, str | int]] = {"format": "json", "formatversion": 2}


def _pages(answer: Any) -> list[dict[str, Any]]:
    """The pages of an answer: a list in format version 2, an object by their ids in version 1."""
    pages = at(answer, "query", "pages")
    if isinstance(pages, dict):
        return [one for one in pages.values() if isinstance(one, dict) and "missing" not in one]
    return [one for one in promised(answer, "query", "pages") if not one.get("missing")]


def _itself(page: dict[str, Any], language: str) -> Candidate | None:
    url, title = address(page.get("fullurl")), text(page.get("title"))
    if not url or not title:
        return None
    return Candidate(
        url,
        _("The article on the person in Wikipedia (%(language)s).") % {"language": language},
        title=title,
        publisher="Wikipedia",
        form="encyclopedia article",
        language=language,
        licence="CC BY-SA 4.0",
    )


def _references(page: dict[str, Any], language: str) -> Iterator[Candidate]:
    told = {"title": text(page.get("title")), "language": language}
    because = _("Cited by the Wikipedia article “%(title)s” (%(language)s).") % told
    seen = set()
    for link in rows(page, "extlinks"):
        url = readable(address(link.get("url") or link.get("*")))
        if url and _worth_reading(url) and same_page(url) not in seen:
            seen.add(same_page(url))
            yield Candidate(url, because)


def _worth_reading(url: str) -> bool:
    page = same_page(url)
    host = page.split("/")[0].split("?")[0]
    if _NO_TEXT.search(page) or page == host:  # the front page of a site is about the site
        return False
    return not any(host == one or host.endswith(f".{one}") for one in _NO_SOURCES) and bool(site_of(url))
