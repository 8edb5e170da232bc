"""The block elements of a page, in reading order, each as one paragraph."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree, html

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS | frozenset(
    "body p div ul ol li dl dt dd blockquote pre table caption tr section article main header footer figure"
    " figcaption hr address center hgroup details summary".split()
)
_SILENT = frozenset({"head", "script", "style", "noscript", "template", "svg", "math", "select", "textarea"})


@dataclass(frozen=True)
class Block:
    """One paragraph of a page; `linked` is the share of its characters that stand in its `links` links."""

    text: str
    linked: float
    is_heading: bool
    links: int = 0


def _length(text: str) -> int:
    """Characters without white space."""
    return len("".join(text.split()))


@dataclass
class _Walk:
    found: list[Block] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    in_links: int = 0
    depth: int = 0
    links: int = 0
    silent: int = 0
    heading: bool = False

    def say(self, text: str | None) -> None:
        if text and not self.silent:
            self.parts.append(text)
            self.in_links += _length(text) if self.depth else 0

    def flush(self) -> None:
        text = "".join(self.parts)
        if text.strip():
            self.found.append(Block(text, self.in_links / _length(text), self.heading, self.links))
        self.parts, self.in_links, self.links = [], 0, 0


def blocks(page: html.HtmlElement) -> list[Block]:
    """Return the paragraphs of a page. A double line break parts paragraphs, as authors of old pages meant."""
    walk = _Walk()
    # iterwalk instead of recursion: pages may nest as deep as their author likes.
    for event, element in etree.iterwalk(page, events=("start", "end")):
        tag = str(element.tag)
        if event == "start":
            _open(walk, tag, element)
        else:
            _close(walk, tag, element)
    walk.flush()
    return walk.found


def _open(walk: _Walk, tag: str, element: html.HtmlElement) -> None:
    if tag in _BLOCKS:
        walk.flush()
        walk.heading = tag in _HEADINGS
    elif tag in _SILENT:
        walk.silent += 1
    elif _is_link(element):
        walk.depth += 1
        walk.links += 1
    elif tag == "br":
        _break(walk)
    elif tag in ("td", "th"):
        walk.say(" ")
    walk.say(element.text)


def _is_link(element: html.HtmlElement) -> bool:
    """`<a name>` of old pages marks a place, and often is never closed: all that follows stands in it."""
    return element.tag == "a" and element.get("href") is not None


def _close(walk: _Walk, tag: str, element: html.HtmlElement) -> None:
    if tag in _BLOCKS:
        walk.flush()
        walk.heading = False
    elif tag in _SILENT:
        walk.silent -= 1
    elif _is_link(element):
        walk.depth -= 1
    walk.say(element.tail)


def _break(walk: _Walk) -> None:
    if walk.parts and walk.parts[-1] == "\n":
        walk.flush()
    else:
        walk.say("\n")
