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
    """One paragraph of a page; `linked` is the share of its characters that stand in links."""

    text: str
    linked: float
    is_heading: bool


@dataclass
class _Walk:
    found: list[Block] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    in_links: int = 0
    depth: int = 0
    silent: int = 0
    heading: bool = False

    def say(self, text: str | None) -> None:
        if text and not self.silent:
            self.parts.append(text)
            self.in_links += len(text) if self.depth else 0

    def flush(self) -> None:
        text = "".join(self.parts)
        if text.strip():
            self.found.append(Block(text, self.in_links / len(text), self.heading))
        self.parts, self.in_links = [], 0


def blocks(page: html.HtmlElement) -> list[Block]:
    """Return the paragraphs of a page. A double line break parts paragraphs, as authors of old pages meant."""
    walk = _Walk()
    # iterwalk instead of recursion: pages may nest as deep as their author likes.
    for event, element in etree.iterwalk(page, events=("start", "end")):
        tag = str(element.tag)
        if event == "start":
            _open(walk, tag, element.text)
        else:
            _close(walk, tag, element.tail)
    walk.flush()
    return walk.found


def _open(walk: _Walk, tag: str, text: str | None) -> None:
    if tag in _BLOCKS:
        walk.flush()
        walk.heading = tag in _HEADINGS
    elif tag in _SILENT:
        walk.silent += 1
    elif tag == "a":
        walk.depth += 1
    elif tag == "br":
        _break(walk)
    elif tag in ("td", "th"):
        walk.say(" ")
    walk.say(text)


def _close(walk: _Walk, tag: str, tail: str | None) -> None:
    if tag in _BLOCKS:
        walk.flush()
        walk.heading = False
    elif tag in _SILENT:
        walk.silent -= 1
    elif tag == "a":
        walk.depth -= 1
    walk.say(tail)


def _break(walk: _Walk) -> None:
    if walk.parts and walk.parts[-1] == "\n":
        walk.flush()
    else:
        walk.say("\n")
