"""Elements of (X)HTML. Text is only ever data: whatever it says, it becomes a text node."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from biographies.exports.docx.elements import printable

Node = Any  # an element of lxml, which comes without types
XHTML = "http://www.w3.org/1999/xhtml"
EPUB = "http://www.idpf.org/2007/ops"
EPUB_TYPE = f"{{{EPUB}}}type"
LINE_END = re.compile("\r\n|\r|\n")


def node(tag: str, *children: str | Node, **attributes: str) -> Node:
    """`<tag attributes>children</tag>`; `class_` is class, `epub_type` epub:type, `data_note` data-note."""
    made = etree.Element(tag)
    for name, value in attributes.items():
        made.set(_attribute(name), printable(value))
    return fill(made, children)


def _attribute(name: str) -> str:
    return EPUB_TYPE if name == "epub_type" else name.rstrip("_").replace("_", "-")


def fill(made: Node, children: Iterable[str | Node]) -> Node:
    """Append texts and elements to an element, and return it."""
    for child in children:
        if isinstance(child, str):
            _add_text(made, child)
        else:
            made.append(child)
    return made


def _add_text(made: Node, text: str) -> None:
    """Text without what XML forbids; a line end is a `br`, so that it's seen."""
    first, *rest = LINE_END.split(printable(text))
    _add_words(made, first)
    for line in rest:
        made.append(etree.Element("br"))
        _add_words(made, line)


def _add_words(made: Node, words: str) -> None:
    if len(made):
        made[-1].tail = (made[-1].tail or "") + words
    else:
        made.text = (made.text or "") + words


def said(root: Node) -> str:
    """The text of an element as it's read: a `br` is a line end."""
    return "".join(_said(root))


def _said(root: Node) -> Iterator[str]:
    for event, one in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            yield "\n" if etree.QName(one).localname == "br" else one.text or ""
        elif one is not root:
            yield one.tail or ""


def xhtml(root: Node) -> bytes:
    """A document made of these elements as XHTML, in UTF-8."""
    whole = etree.Element(f"{{{XHTML}}}html", nsmap={None: XHTML, "epub": EPUB})
    for name, value in root.attrib.items():
        whole.set(name, value)
    whole.extend(list(root))
    for one in whole.iter():
        if "}" not in one.tag:
            one.tag = f"{{{XHTML}}}{one.tag}"
    return bytes(etree.tostring(whole, xml_declaration=True, encoding="utf-8", doctype="<!DOCTYPE html>"))
