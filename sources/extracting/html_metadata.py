"""What a web page says of itself: title, author, date, publisher, language and address.

Asked in this order: the tags made for libraries (Dublin Core, Highwire), schema.org's JSON-LD, the tags of
OpenGraph, and what is marked on the page itself. trafilatura reads all that too, but takes names apart by
rules ("J. P. Smith" loses its stops), and guesses dates from any number that looks like one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lxml import html

from sources.extracting.base import Draft
from sources.extracting.fields import author_of, date_of, title_of
from sources.extracting.html_linked_data import Linked, linked_data

_AUTHORS = ("author", "dcterms.creator", "dc.creator", "citation_author", "article:author", "parsely-author")
_DATES = ("dcterms.issued", "dc.date.issued", "dc.date", "dcterms.date", "citation_publication_date")
_LATER_DATES = ("citation_date", "article:published_time", "og:published_time", "datepublished", "date")
_PUBLISHERS = ("dcterms.publisher", "dc.publisher", "citation_publisher", "citation_journal_title")
_TITLES = ("citation_title", "dcterms.title", "dc.title")
_MOST = 20
_LONGEST_NAME = 120
_BYLINES = (
    "//*[@rel='author']",
    "//*[@itemprop='author']//*[@itemprop='name']",
    "//*[@itemprop='author']",
    "//*[contains(concat(' ', @class, ' '), ' byline ')]",
    "//*[contains(concat(' ', @class, ' '), ' author ')]",
    "//*[contains(concat(' ', @class, ' '), ' author-name ')]",
)
_TIMES = (
    "//*[@itemprop='datePublished']/@datetime",
    "//*[@itemprop='datePublished']/@content",
    "//time[@pubdate]/@datetime",
    "//time[contains(@class, 'publish')]/@datetime",
    "//article//time[not(ancestor::article[ancestor::article])]/@datetime",
    "//header//time/@datetime",
)
_SUFFIX = re.compile(r"\s+[|–—·»:-]+\s+(?P<site>[^|–—·»]{2,60})$")
_NOT_LETTERS = re.compile(r"[\W_]+")

Said = Mapping[str, Sequence[str]]


def metadata_of(page: html.HtmlElement) -> Draft:
    """A draft without paragraphs."""
    said, linked = _meta(page), linked_data(page)
    url = str(next(iter(page.xpath("//link[@rel='canonical']/@href")), "")) or linked.url
    sites = [*_all(said, ["og:site_name"]), linked.publisher]
    publisher = next(filter(None, [*_all(said, _PUBLISHERS), linked.publisher, *sites]), "")
    return Draft(
        [],
        title=_title(page, said, linked, [*sites, publisher, url]),
        author=_author(page, said, linked),
        date=_date(page, said, linked),
        publisher=publisher,
        language=_language(page) or linked.language,
        url=url,
    )


def _meta(page: html.HtmlElement) -> Said:
    said: dict[str, list[str]] = defaultdict(list)
    for meta in page.iter("meta"):
        name = (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").lower()
        content = (meta.get("content") or "").strip()
        if content and len(said[name]) < _MOST:
            said[name].append(content)
    return said


def _all(said: Said, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from said.get(name, ())


def _title(page: html.HtmlElement, said: Said, linked: Linked, sites: Sequence[str]) -> str:
    headings = [" ".join(one.text_content().split()) for one in page.iter("h1")]
    told = [*_all(said, _TITLES), linked.title, *_all(said, ["og:title"]), page.findtext(".//title") or ""]
    told += headings if len(headings) == 1 else []
    kept = (title_of(_without_site(" ".join(one.split()), sites)) for one in told)
    return next(filter(None, kept), "")


def _without_site(title: str, sites: Sequence[str]) -> str:
    """The title without the site's name behind a dash, where the page names its site so."""
    found = _SUFFIX.search(title)
    site = _folded(found["site"]) if found else ""
    return title[: found.start()] if found and site and any(site in _folded(one) for one in sites) else title


def _folded(text: str) -> str:
    return _NOT_LETTERS.sub("", text).casefold().removeprefix("the")


def _author(page: html.HtmlElement, said: Said, linked: Linked) -> str:
    for name in _AUTHORS:
        if kept := _people(said.get(name, ())):
            return kept
    marked = ([_near(element) for element in page.xpath(path)[:_MOST]] for path in _BYLINES)
    return _people(linked.authors) or next(filter(None, map(_people, marked)), "")


def _near(element: html.HtmlElement) -> str:
    text = " ".join((element.get("content") or element.text_content()).split())
    return text if len(text) <= _LONGEST_NAME else ""


def _people(names: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(filter(None, map(author_of, names))))


def _date(page: html.HtmlElement, said: Said, linked: Linked) -> str:
    on_page = (str(found) for path in _TIMES for found in page.xpath(path)[:1])
    told = [*_all(said, _DATES), linked.date, *_all(said, _LATER_DATES), *on_page]
    return next(filter(None, map(date_of, told)), "")


def _language(page: html.HtmlElement) -> str:
    return page.get("lang") or page.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
