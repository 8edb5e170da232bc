"""What stands before the text: half-title, title page, imprint, contents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from biographies.exports.docx.wording import label, running_head
from biographies.exports.figures import ALONE
from biographies.exports.manuscript import Figure, Manuscript
from biographies.exports.markup.nodes import Node, node
from biographies.exports.options import ExportOptions
from biographies.exports.pdf.body import picture


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the contents: where it links to, and the page that it names."""

    target: str
    title: str
    page: int
    number: int | None = None


def front(book: Manuscript, listed: Iterable[Listed], options: ExportOptions) -> list[Node]:
    """The pages in their order."""
    plate = [_frontispiece(book.frontispiece, options)] if book.frontispiece else []
    half = node("p", book.title, class_="half")
    return [half, *plate, _title_page(book), _imprint(book), _contents(book, listed)]


def _frontispiece(image: Figure, options: ExportOptions) -> Node:
    """On the left page that faces the title."""
    return node("div", picture(image, options, ALONE), class_="frontispiece")


def _title_page(book: Manuscript) -> Node:
    lines: Sequence[tuple[str, str]] = (
        ("title", book.title),
        ("subtitle", book.subtitle),
        ("author", book.author_line),
        ("publisher", book.publisher),
    )
    return node("div", *(node("p", text, class_=role) for role, text in lines if text), class_="title-page")


def _imprint(book: Manuscript) -> Node:
    lines = node("div", *(node("p", line) for line in book.imprint), class_="lines")
    return node("div", lines, class_="imprint")


def _contents(book: Manuscript, listed: Iterable[Listed]) -> Node:
    title = label(book, "contents")
    heads = {"data_head": running_head(title), "data_book": running_head(book.title)}
    rows = (
        node(
            "tr",
            node("td", "" if one.number is None else str(one.number), class_="number"),
            node("td", node("a", one.title, href=f"#{one.target}")),
            node("td", node("a", str(one.page), href=f"#{one.target}"), class_="page"),
        )
        for one in listed
    )
    heading = node("h1", title, class_="heads", data_label=title, **heads)
    return node("section", heading, node("table", *rows), class_="contents listed")
