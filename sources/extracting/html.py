"""Web pages: trafilatura finds where the main text begins and ends; nothing between is lost.

trafilatura alone drops verses, captions and short lines. So its answer is used as evidence only: the
page's own blocks from the first to the last one that it kept are the text, but for lists of links.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import trafilatura
from lxml import etree, html

from bookgen_site.lib.text import clean_text
from sources.errors import Unreadable
from sources.extracting.base import Draft
from sources.extracting.decoding import decode
from sources.extracting.html_apparatus import strip_apparatus
from sources.extracting.html_blocks import Block, blocks

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_FURNITURE = ("nav", "aside", "footer", "form", "iframe", "button")
_LINKED = 0.6
_META = {
    "author": ("author", "dcterms.creator", "dc.creator", "citation_author", "article:author"),
    "date": (
        "dcterms.issued",
        "dc.date",
        "dcterms.date",
        "citation_publication_date",
        "article:published_time",
    ),
    "publisher": ("dcterms.publisher", "dc.publisher", "citation_publisher", "og:site_name"),
    "title": ("citation_title", "dcterms.title", "dc.title", "og:title"),
}


def read_html(data: bytes) -> Draft:
    """Read a web page; raises Unreadable when it can't be parsed."""
    declared = _DECLARED.search(data[:2048])
    text, warnings = decode(data, declared[1].decode("ascii") if declared else "")
    page = _parse(clean_text(text))
    draft = _metadata(page)
    draft.warnings = warnings
    strip_apparatus(page)
    draft.paragraphs = [block.text for block in _main_blocks(page)]
    return draft


def _parse(text: str) -> html.HtmlElement:
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise Unreadable(
            "This web page is empty or can't be read. Save it again, or upload its text."
        ) from error


def _metadata(page: html.HtmlElement) -> Draft:
    said: dict[str, str] = {}
    for meta in page.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").lower()
        said.setdefault(name, meta.get("content") or "")
    found = {
        field: next((said[name] for name in names if said.get(name)), "") for field, names in _META.items()
    }
    title = page.findtext(".//title") or ""
    links = page.xpath("//link[@rel='canonical']/@href")
    return Draft(
        [],
        title=found["title"] or title,
        author=found["author"],
        date=found["date"],
        publisher=found["publisher"],
        language=page.get("lang") or page.get("{http://www.w3.org/XML/1998/namespace}lang") or "",
        url=str(links[0]) if links else "",
    )


def _main_blocks(page: html.HtmlElement) -> Sequence[Block]:
    everything = blocks(page)
    if next(page.iter(*_FURNITURE), None) is None and _share_of_links(everything) < _LINKED / 2:
        return everything
    for element in list(page.iter(*_FURNITURE)):
        element.drop_tree()
    remaining = blocks(page)
    kept = _kept_by_trafilatura(page)
    inside = [index for index, block in enumerate(remaining) if _folded(block.text) in kept]
    if not inside:
        return [block for block in remaining if block.linked < _LINKED]
    first = inside[0]
    while first and remaining[first - 1].is_heading:
        first -= 1
    span = remaining[first : inside[-1] + 1]
    return [block for block in span if block.linked < _LINKED or block.is_heading]


def _kept_by_trafilatura(page: html.HtmlElement) -> frozenset[str]:
    """The paragraphs that trafilatura takes for main text, folded; it writes one a line."""
    source = etree.tostring(page, encoding="unicode", method="html")
    text = trafilatura.extract(source, include_comments=False, include_tables=True, favor_recall=True) or ""
    return frozenset(folded for line in text.splitlines() if (folded := _folded(line.removeprefix("- "))))


def _folded(text: str) -> str:
    return "".join(text.split()).lower()


def _share_of_links(found: Sequence[Block]) -> float:
    length = sum(len(block.text) for block in found)
    return sum(block.linked * len(block.text) for block in found) / length if length else 0.0
