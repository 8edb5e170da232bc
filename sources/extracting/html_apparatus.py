"""Page numbers and note references that a page marks as such: structure is better evidence than shape."""

from __future__ import annotations

import re

from lxml import html

_PAGE_CLASS = re.compile(
    r"\b(?:page-?_?n(?:um|o|umber)s?|pagination|pb|folio|ws-pagenum|pgmonospaced-?num)\b", re.IGNORECASE
)
_PAGE_ID = re.compile(r"^(?:page|pg|p)[_-]?[\divxlc]+$", re.IGNORECASE)
_PAGE_TEXT = re.compile(r"^\W*(?:page|pg|p)?\.?\s*(?:\d{1,4}|[ivxlc]{1,7})?\W*$", re.IGNORECASE)
_NOTE_CLASS = re.compile(
    r"\b(?:reference|fn(?:anchor|ref)?|footnote-?ref|noteref|mw-editsection)\b", re.IGNORECASE
)
_NOTE_TEXT = re.compile(r"^\W*(?:\d{1,3}|[a-z]|[*†‡§]+)\W*$", re.IGNORECASE)
_DIGITS = re.compile(r"^\s*\d{1,3}\s*$")
_ENDS_WORD = re.compile(r"(?:[^\W\d_]{3,}|[.,;:!?\"”’')])\s*$")
_MARKED = ("span", "a", "sup", "small", "div", "p", "em", "b", "i")


def strip_apparatus(page: html.HtmlElement) -> None:
    """Remove page numbers and references to notes from the page in place."""
    for element in list(page.iter(*_MARKED)):
        if element.getparent() is not None and _is_apparatus(element):
            element.drop_tree()


def _is_apparatus(element: html.HtmlElement) -> bool:
    label = f"{element.get('class') or ''} {element.get('epub:type') or ''}"
    if _PAGE_CLASS.search(label) or "editsection" in label or "mw-cite-backlink" in label:
        return len(element.text_content()) <= 40
    if element.tag in ("div", "p", "em", "b", "i"):
        return False
    # A slice: the text of a link or span can be the whole page.
    text = element.text_content()[:40]
    if _PAGE_ID.match(element.get("id") or element.get("name") or "") and _PAGE_TEXT.match(text):
        return True
    return _is_note_reference(element, label, text)


def _is_note_reference(element: html.HtmlElement, label: str, text: str) -> bool:
    if not _NOTE_TEXT.match(text):
        return False
    if _NOTE_CLASS.search(label) or element.get("role") == "doc-noteref":
        return True
    if element.tag == "a":
        return (element.get("href") or "").startswith("#") and bool(re.search(r"\d|[*†‡§]", text))
    if element.tag not in ("sup", "small"):
        return False
    return next(element.iter("a"), None) is not None or _follows_word(element, text)


def _follows_word(element: html.HtmlElement, text: str) -> bool:
    """Raised digits after a word are a note; after a digit or a unit ("10", "km") they are a power."""
    previous = element.getprevious()
    parent = element.getparent()
    before = previous.tail if previous is not None else parent.text if parent is not None else ""
    return bool(_DIGITS.match(text) and _ENDS_WORD.search(before or ""))
