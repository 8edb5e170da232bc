"""Web pages: trafilatura finds where the main text begins and ends; nothing between is lost.

trafilatura alone drops verses, captions and short lines. So its answer is used as evidence only: the
page's own blocks from the first to the last one that it kept are the text, but for lists of links.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import trafilatura
from lxml import etree, html

from bookgen_site.lib.text import clean_text
from sources.errors import Unreadable
from sources.extracting.base import Draft
from sources.extracting.base import marked as _
from sources.extracting.decoding import decode
from sources.extracting.html_apparatus import strip_apparatus
from sources.extracting.html_blocks import Block, blocks
from sources.extracting.html_furniture import drop_furniture
from sources.extracting.html_metadata import metadata_of
from sources.extracting.html_references import drop_references

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_LINKED = 0.6
_WIKI = "//div[contains(concat(' ', @class, ' '), ' mw-parser-output ')]"
_MENU_LINKS = 3  # in one paragraph that is nothing but links
# The parser drops what stands deeper than 256 elements; no page that a person made is so deep.
_DEEP: Final = 200
_TAG = re.compile(r"</?(?:div|span|p|section|article|table|td|tr|ul|li|b|i|font|blockquote)\b")


def read_html(data: bytes) -> Draft:
    """Read a web page; raises Unreadable when it can't be parsed."""
    declared = _DECLARED.search(data[:2048])
    text, warnings = decode(data, declared[1].decode("ascii") if declared else "")
    page = _parse(clean_text(text))
    draft = metadata_of(page)
    draft.warnings = warnings
    strip_apparatus(page)
    draft.paragraphs = [block.text for block in _main_blocks(page)]
    if not any(draft.paragraphs) and text.count("<") > _DEEP and _depth(text) > _DEEP:
        raise Unreadable(
            _(
                "This web page is nested too deeply to be read: it is damaged, or made to do harm. Upload its text"
                " only."
            )
        )
    return draft


def _depth(text: str) -> int:
    """How many more elements a page opens than it closes."""
    return sum(-1 if tag[1] == "/" else 1 for tag in _TAG.findall(text))


def _parse(text: str) -> html.HtmlElement:
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise Unreadable(
            _("This web page is empty or can't be read. Save it again, or upload its text.")
        ) from error


def _main_blocks(page: html.HtmlElement) -> Sequence[Block]:
    wiki = page.xpath(_WIKI)
    if wiki:  # MediaWiki says where its text is
        drop_furniture(wiki[0])
        drop_references(wiki[0])
        return blocks(wiki[0])
    is_site = drop_furniture(page)
    remaining = blocks(page)
    if not is_site and _share_of_links(remaining) < _LINKED / 2:
        return [block for block in remaining if not _is_menu(block)]
    kept = _kept_by_trafilatura(page)
    inside = [index for index, block in enumerate(remaining) if _folded(block.text) in kept]
    if not inside:
        return [block for block in remaining if block.linked < _LINKED]
    first = inside[0]
    while first and remaining[first - 1].is_heading:
        first -= 1
    span = remaining[first : inside[-1] + 1]
    return [block for block in span if block.linked < _LINKED or block.is_heading]


def _is_menu(block: Block) -> bool:
    return block.links >= _MENU_LINKS and block.linked > 0.9 and not block.is_heading


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
