"""What stands in a document but not before a reader's eyes, and speaks to a language model.

Comments, elements that are not shown, descriptions of pages and pictures, tag characters: cleaning drops all
of them, so the signs are looked for here, in the document as it came. Only words with signs count: nearly
every page hides something.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Final

from lxml import etree, html

from sources.errors import Unreadable
from sources.extracting.decoding import decode
from sources.injection import signs

_MOST: Final = 200_000  # characters that are looked at, of all hidden words together
_LEAST: Final = 12
_COMMENT: Final = re.compile(r"<!--(.{12,20000}?)(?:-->|\Z)", re.DOTALL)
_TAGS: Final = re.compile("(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0020-\U000e007f]{2,}")
_DECLARED: Final = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_UNSHOWN: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0*(?:\.0+)?(?![\d.])"
    r"|font-size\s*:\s*[01](?:\.\d+)?(?:px|pt|em|%)?(?![\d.])|(?<![-\w])color\s*:\s*(?:white|#fff(?:fff)?\b|transparent|rgba?\(\s*255\s*,\s*255\s*,\s*255)"
    r"|text-indent\s*:\s*-\d{3,}|(?:left|top)\s*:\s*-\d{3,}|clip\s*:\s*rect\(\s*0",
    re.IGNORECASE,
)
_RULE: Final = re.compile(r"([^{}]{1,300})\{([^{}]{1,1000})\}")
_CLASS: Final = re.compile(r"\.([\w-]+)\s*(?:,|$)")
_TEXTS: Final = ("alt", "title", "aria-label", "data-prompt", "summary")


def speaks_unseen(kind: str, data: bytes) -> bool:
    """Whether words that a reader doesn't see, in a page or a text file, bear signs of injection."""
    if kind not in ("html", "md", "txt"):
        return False
    declared = _DECLARED.search(data[:2048]) if kind == "html" else None
    try:
        text, _warnings = decode(data, declared[1].decode("ascii") if declared else "")
    except Unreadable:
        return False
    return speaks(_hidden(kind, text))


def speaks(hidden: Iterable[str]) -> bool:
    """Whether one of these stretches of hidden words bears signs of injection."""
    return any(map(_speaks, _within_bounds(hidden)))


def _speaks(words: str) -> bool:
    return bool(_TAGS.search(words) or signs(words))


def _within_bounds(stretches: Iterable[str]) -> Iterator[str]:
    left = _MOST
    for stretch in stretches:
        if len(stretch) >= _LEAST or _TAGS.search(stretch):
            yield stretch[:left]
            left -= len(stretch)
        if left <= 0:
            return


def _hidden(kind: str, text: str) -> Iterator[str]:
    yield from (match[0] for match in _TAGS.finditer(unescape(text)))
    yield from (match[1] for match in _COMMENT.finditer(text))
    if kind != "txt" and "<" in text:
        yield from _of_page(text)


def _of_page(text: str) -> Iterator[str]:
    try:
        page = html.document_fromstring(
            text.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8")
        )
    except (etree.ParserError, etree.XMLSyntaxError):
        return
    unshown = _unshown_classes(page)
    for element in page.iter(etree.Element):
        if _is_unshown(element, unshown):
            yield " ".join(element.itertext())
        if element.tag == "meta":
            yield element.get("content", "")
        yield from filter(None, map(element.get, _TEXTS))


def _is_unshown(element: html.HtmlElement, unshown: set[str]) -> bool:
    if element.tag in ("template", "noscript") or "hidden" in element.attrib:
        return True
    if _UNSHOWN.search(element.get("style", "")) or element.get("color", "").lower() in ("white", "#ffffff"):
        return True
    return not unshown.isdisjoint(element.get("class", "").split())


def _unshown_classes(page: html.HtmlElement) -> set[str]:
    """The classes that the page's own style sheets don't show."""
    sheets = " ".join(element.text or "" for element in page.iter("style"))[:_MOST]
    return {
        name
        for selectors, rules in _RULE.findall(sheets)
        if _UNSHOWN.search(rules)
        for name in _CLASS.findall(selectors.strip())
    }
