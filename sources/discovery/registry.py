"""The finders there are, in the order in which they take turns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.conf import settings

from sources.discovery.base import Finder
from sources.discovery.internet_archive import InternetArchive
from sources.discovery.library_of_congress import LibraryOfCongress
from sources.discovery.open_library import OpenLibrary
from sources.discovery.openalex import OpenAlex
from sources.discovery.wikidata import Wikidata
from sources.discovery.wikipedia import Wikipedia

KINDS: Final[dict[str, Callable[..., Finder]]] = {
    one.name: one for one in (Wikidata, Wikipedia, OpenLibrary, InternetArchive, LibraryOfCongress, OpenAlex)
}


def finder_names() -> tuple[str, ...]:
    """The finders that the operator lets BookGen ask (SOURCE_FINDERS), in their fixed order."""
    return tuple(name for name in KINDS if name in settings.SOURCE_FINDERS)


def finder(name: str) -> Finder:
    """The finder of this name, at the address that FINDER_URLS gives it, or at its own."""
    base = settings.FINDER_URLS.get(name)
    return KINDS[name](base) if base else KINDS[name]()


def wikidata() -> Wikidata:
    """The finder that also knows who the person is."""
    base = settings.FINDER_URLS.get(Wikidata.name)
    return Wikidata(base) if base else Wikidata()


def title_of(name: str) -> str:
    """The finder's name as an editor reads it; the word itself for one that is gone."""
    return str(getattr(KINDS.get(name), "title", name))
