"""The index with the numbers of pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from biographies.exports.docx.wording import label
from biographies.exports.manuscript import IndexEntry, Manuscript
from biographies.exports.markup.nodes import Node, fill, node
from biographies.exports.markup.prose import anchor


def index(book: Manuscript, pages: Mapping[str, int], made: Node) -> Node:
    """Fill a section with the index. `pages` has the page of each place that an entry names."""
    entries = _entries(book, pages)
    made.set("class", made.get("class") + " index start")
    return fill(made, [node("p", label(book, "index_by_page"), class_="hint"), node("ul", *entries)])


def _entries(book: Manuscript, pages: Mapping[str, int]) -> Iterator[Node]:
    """A line for each name, with a little room under the last of a letter: above the first of the next it would
    stand at the top of a column, too."""
    letters = [entry.name[:1].casefold() for entry in book.index]
    for entry, letter, following in zip(book.index, letters, [*letters[1:], ""], strict=True):
        look = {} if following == letter else {"class_": "last"}
        yield fill(node("li", entry.name, **look), _numbers(entry, pages))


def _numbers(entry: IndexEntry, pages: Mapping[str, int]) -> Iterator[str | Node]:
    """Each page once, linked to the first place on it."""
    told: dict[int, str] = {}
    for place in entry.places:
        told.setdefault(pages[anchor(place)], anchor(place))
    for number in sorted(told):
        yield ", "
        yield node("a", str(number), href=f"#{told[number]}")
