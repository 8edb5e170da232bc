"""The text of a section as elements: paragraphs, quotations, headings, lists of entries, tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TypeVar

from biographies.exports.manuscript import Block, Figure, Inline, Manuscript, Place, Section
from biographies.exports.markup.nodes import Node, fill, node
from biographies.exports.markup.notes import NoteAccount

Cell = TypeVar("Cell")
Call = Callable[[int], Node]  # the number of a note to what calls it in the text
TAGS = {"paragraph": "p", "heading": "h2", "quote": "blockquote", "entry": "p", "break": "hr"}
FRESH = frozenset({"heading", "table", "break"})  # what follows them is set without an indent


def anchor(place: Place) -> str:
    """The id of a place in the text, to which the index points."""
    return f"s{place.section}b{place.block}" + (f"i{place.inline}" if place.inline else "")


def indexed(book: Manuscript) -> frozenset[Place]:
    """The places that the book's index names."""
    return frozenset(place for entry in book.index for place in entry.places)


def prose(
    section: Section, position: int, account: NoteAccount, call: Call, marked: frozenset[Place] = frozenset()
) -> Iterator[Node]:
    """The blocks of the section at this position of the book, then the calls of notes that no text calls.

    Each block has an id, and so has each stretch of text in `marked`.
    Raises ValueError for a block of unknown kind and for a call without its note.
    """
    fresh = True
    for number, block in enumerate(section.blocks):
        spots = {
            spot.inline: anchor(spot)
            for spot in (Place(position, number, inline) for inline in range(1, len(block.inlines)))
            if spot in marked
        }
        made = _table(block, call) if block.kind == "table" else _block(block, call, spots, fresh=fresh)
        if made is not None:
            made.set("id", anchor(Place(position, number)))
            yield made
        fresh = block.kind in FRESH
    rest = account.uncalled()
    if rest:
        yield node("p", *_calls(rest, call, called=False), class_="first")


def figure(image: Figure, source: str, **style: str) -> Node:
    """An image that lies at `source`, with its caption and credit."""
    made = node("figure", node("img", src=source, alt=image.alt, **style))
    words = [node("span", image.caption, class_="caption")] if image.caption else []
    words += [node("br")] if image.caption and image.credit else []
    words += [node("em", image.credit, class_="credit")] if image.credit else []
    if words:
        made.append(node("figcaption", *words))
    return made


def _block(block: Block, call: Call, spots: Mapping[int, str], *, fresh: bool) -> Node:
    if block.kind not in TAGS:
        raise ValueError(f"a block of kind {block.kind!r} can't be printed")
    made = node(TAGS[block.kind])
    if block.kind == "paragraph" and fresh:
        made.set("class", "first")
    if block.kind in ("entry", "break"):
        made.set("class", block.kind)
    text = fill(node("p") if block.kind == "quote" else made, runs(block.inlines, call, spots))
    if text is not made:
        made.append(text)
    return made


def runs(
    inlines: Iterable[Inline], call: Call, spots: Mapping[int, str] = MappingProxyType({})
) -> Iterator[str | Node]:
    """Stretches of text with the calls of their notes; calls in a row get a comma, or 1 and 2 would read as 12.

    `spots` are ids by the position of the stretch that gets them.
    """
    called = False
    for position, inline in enumerate(inlines):
        if inline.text:
            yield node("span", _styled(inline), id=spots[position]) if position in spots else _styled(inline)
            called = False
        yield from _calls(inline.notes, call, called=called)
        called = called or bool(inline.notes)


def _styled(inline: Inline) -> str | Node:
    made: str | Node = inline.text
    for wanted, tag in ((inline.italic, "em"), (inline.bold, "strong")):
        if wanted:
            made = node(tag, made)
    return made


def _calls(numbers: Iterable[int], call: Call, *, called: bool) -> Iterator[Node]:
    for number in numbers:
        if called:
            yield node("sup", ",", class_="between")
        yield call(number)
        called = True


def _table(block: Block, call: Call) -> Node | None:
    """A table, or None if it has no cell. Short rows are filled up: each has as many cells as the widest."""
    columns = max((len(row) for row in (block.header, *block.rows)), default=0)
    if not columns:
        return None
    table = node("table")
    if block.header:
        heads = (node("th", word, scope="col") for word in _padded(block.header, columns, ""))
        table.append(node("thead", node("tr", *heads)))
    empty: tuple[Inline, ...] = ()
    body = node("tbody")
    for row in block.rows:
        cells = (node("td", *runs(cell, call)) for cell in _padded(row, columns, empty))
        body.append(node("tr", *cells))
    if len(body):
        table.append(body)
    return table


def _padded(row: tuple[Cell, ...], columns: int, filler: Cell) -> tuple[Cell, ...]:
    return row + (filler,) * (columns - len(row))
