"""The few WordprocessingML elements a book is made of. Text is only ever data, never markup or a field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import oxml_parser
from docx.oxml.xmlchemy import BaseOxmlElement

from biographies.exports.manuscript import Inline

MAIN = {"w": nsmap["w"]}
# What XML 1.0 has no way to write, section 2.2 "Characters"; a parser would refuse the whole file.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
BREAKS = re.compile("\r\n|[\t\n\r]")


def printable(text: str) -> str:
    """The text without the characters that XML forbids."""
    return FORBIDDEN.sub("", text)


def one_line(text: str) -> str:
    """The text as a single line without the characters that XML forbids."""
    return " ".join(printable(text).split())


def element(tag: str, *children: BaseOxmlElement, **attributes: str) -> BaseOxmlElement:
    """`<w:tag w:attribute="…">children</w:tag>`."""
    made: BaseOxmlElement = oxml_parser.makeelement(_named(tag), nsmap=MAIN)
    for name, value in attributes.items():
        made.set(_named(name), value)
    made.extend(children)
    return made


@cache
def _named(name: str) -> str:
    """The name in full. python-docx's own OxmlElement takes it apart each time: half of the time of a long book."""
    return str(qn(f"w:{name}"))


def text_pieces(text: str) -> Iterator[BaseOxmlElement]:
    """The children of a run that print `text`: line ends and tabs are elements of their own in Word."""
    text, end = printable(text), 0
    for found in BREAKS.finditer(text):
        yield from _literal(text[end : found.start()])
        yield element("tab" if found.group() == "\t" else "br")
        end = found.end()
    yield from _literal(text[end:])


def _literal(text: str) -> Iterator[BaseOxmlElement]:
    if text:
        piece = element("t")
        piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        piece.text = text
        yield piece


def run(
    *children: BaseOxmlElement, style: str = "", italic: bool = False, bold: bool = False
) -> BaseOxmlElement:
    """A run; `style` is the id of a character style."""
    properties = [element("rStyle", val=style)] if style else []
    properties += [element("b"), element("bCs")] if bold else []
    properties += [element("i"), element("iCs")] if italic else []
    return element("r", *([element("rPr", *properties)] if properties else []), *children)


def text_run(text: str, *, style: str = "", italic: bool = False, bold: bool = False) -> BaseOxmlElement:
    """A run that prints `text`."""
    return run(*text_pieces(text), style=style, italic=italic, bold=bold)


def text_runs(inlines: Iterable[Inline]) -> list[BaseOxmlElement]:
    """One run per inline, without the notes they call."""
    return [text_run(inline.text, italic=inline.italic, bold=inline.bold) for inline in inlines]


def paragraph(style: str, *children: BaseOxmlElement) -> BaseOxmlElement:
    """A paragraph; `style` is the id of a paragraph style."""
    return element("p", element("pPr", element("pStyle", val=style)), *children)


def field(instruction: str, *result: BaseOxmlElement) -> list[BaseOxmlElement]:
    """A field and what it shows until it is computed. Never pass text of the book as instruction."""
    code = element("instrText")
    code.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    code.text = f" {instruction} "
    begin, separate, end = (
        run(element("fldChar", fldCharType=mark)) for mark in ("begin", "separate", "end")
    )
    return [begin, run(code), separate, *result, end]


def page_of(bookmark: str, pages: Mapping[str, int]) -> list[BaseOxmlElement]:
    """The page of a bookmark: a field that shows the number that was counted, or nothing."""
    shown = [text_run(str(pages[bookmark]))] if bookmark in pages else []
    return field(f"PAGEREF {bookmark} \\h", *shown)


def bookmarked(name: str, identity: int, *children: BaseOxmlElement) -> list[BaseOxmlElement]:
    """The children between the two ends of a bookmark; `identity` is unique in the document."""
    start = element("bookmarkStart", id=str(identity), name=name)
    return [start, *children, element("bookmarkEnd", id=str(identity))]
