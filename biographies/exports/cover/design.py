"""How covers look: a colour, a frame of two hairlines, the words of the title."""

from __future__ import annotations

from hashlib import sha256
from typing import Final

from biographies.exports.docx.elements import one_line
from biographies.exports.docx.wording import label, language_tag, reads_right_to_left
from biographies.exports.faces import family
from biographies.exports.manuscript import Manuscript
from biographies.exports.markup.nodes import Node, node

COLOURS: Final = ("#1f3a4d", "#4a2027", "#27402f", "#3b2f4f", "#5a3a1c", "#20303f", "#463c2a", "#183f3f")
MOST_LETTERS: Final = 140  # of a title on a cover: more can't be read from afar
# The size of a title's letters as a share of the cover's width, by the length of its longest word and of it all.
LARGEST, SMALLEST = 0.155, 0.045

STYLE: Final = """
html { color: #f6f1e4; hyphens: none; overflow-wrap: anywhere; }
body { margin: 0; } p { margin: 0; }
.panel { position: absolute; overflow: hidden; text-align: center; }
.frame { position: absolute; border: 0.012in solid #f6f1e4; }
.title { line-height: 1.08; letter-spacing: 0.01em; }
.rule { border-top: 0.012in solid #f6f1e4; width: 18%; margin: 0.3in auto; }
.subtitle { font-style: italic; }
.draft { letter-spacing: 0.3em; margin-bottom: 0.3in; }
"""


def colour(book: Manuscript) -> str:
    """The colour of the cover: the same for the same title."""
    return COLOURS[sha256(book.title.encode("utf-8", "replace")).digest()[0] % len(COLOURS)]


def shortened(text: str, most: int = MOST_LETTERS) -> str:
    """The text in one line, cut where it's longer than a cover has room for."""
    line = one_line(text)
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def front_panels(book: Manuscript, left: float, top: float, width: float, height: float) -> list[Node]:
    """Title and subtitle on the front cover, and the author's name below; lengths in inches."""
    title = shortened(book.title)
    mark = node("p", label(book, "draft"), class_="draft", style=f"font-size:{width * 0.05:.3f}in")
    lines = [mark] if book.draft else []
    lines += [node("p", title, class_="title", style=f"font-size:{_size(title) * width:.3f}in")]
    lines += [node("div", class_="rule")]
    lines += _line(book.subtitle, "subtitle", width * 0.055)
    margin = width * 0.13
    above = box(left + margin, top + height * 0.2, width - 2 * margin, height * 0.6)
    below = box(left + margin, top + height * 0.83, width - 2 * margin, height * 0.1)
    author = node("div", *_line(book.author_line, "author", width * 0.05), class_="panel", style=below)
    return [node("div", *lines, class_="panel", style=above), author]


def _line(text: str, role: str, size: float) -> list[Node]:
    words = shortened(text)
    return [node("p", words, class_=role, style=f"font-size:{size:.3f}in")] if words else []


def frame(left: float, top: float, width: float, height: float, inset: float) -> list[Node]:
    """Two hairlines around a panel."""
    insets = (inset, inset + 0.05)
    boxes = (box(left + one, top + one, width - 2 * one, height - 2 * one) for one in insets)
    return [node("div", class_="frame", style=f"{one}; box-sizing:border-box") for one in boxes]


def box(left: float, top: float, width: float, height: float) -> str:
    """A place on the sheet, as CSS; lengths in inches."""
    return f"left:{left:.4f}in; top:{top:.4f}in; width:{width:.4f}in; height:{height:.4f}in"


def sheet(book: Manuscript, width: float, height: float) -> str:
    """The style sheet of a cover of this size in inches."""
    page = f"@page {{ size: {width:.4f}in {height:.4f}in; margin: 0; background: {colour(book)} }}"
    return f"{page} html {{ font-family: {family(book.face)} }}{STYLE}"


def document(book: Manuscript, *panels: Node) -> Node:
    """A cover as a document."""
    title = node("head", node("title", one_line(book.title)))
    root = node("html", title, node("body", *panels), lang=language_tag(book.language))
    if reads_right_to_left(book.language):
        root.set("dir", "rtl")
    return root


def _size(title: str) -> float:
    longest = max((len(word) for word in title.split()), default=1)
    size: float = max(SMALLEST, min(LARGEST, 1.25 / max(longest, 1), 0.7 / max(len(title), 1) ** 0.5))
    return size
