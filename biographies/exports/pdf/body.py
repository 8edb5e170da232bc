"""The sections of a book with their notes, at the foot of the page or collected behind the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from biographies.exports.docx.elements import one_line
from biographies.exports.docx.outline import Division
from biographies.exports.docx.wording import label, running_head
from biographies.exports.figures import AT_END, AT_OPENING, printed_size
from biographies.exports.manuscript import BACK_MATTER, Figure, Manuscript, Place
from biographies.exports.markup.nodes import Node, fill, node
from biographies.exports.markup.notes import NoteAccount
from biographies.exports.markup.prose import Call, figure, indexed, prose, runs
from biographies.exports.options import ENDNOTES, ExportOptions
from biographies.exports.pdf.sheet import type_area

LISTED = frozenset(
    {"entry", "table"}
)  # a section that begins with such is a list, and its heading stands higher
SCHEME = "image:"  # of the addresses of the book's own images
NOTES = "notes"  # the id of the collected notes


def body(book: Manuscript, printed: Sequence[Division], options: ExportOptions) -> list[Node]:
    """The sections in printing order. Raises ValueError for notes that don't fit their calls."""
    marked, collect = indexed(book), options.notes == ENDNOTES
    made = [_section(book, one, marked, options) for one in printed]
    if collect and any(one.section.notes for one in printed):
        behind = sum(one.section.kind not in BACK_MATTER for one in printed)
        made.insert(behind, _collected(book, printed))
    if made:
        made[0].set("class", made[0].get("class") + " start")
    return made


def target(division: Division) -> str:
    """The id of a section."""
    return f"s{division.position - 1}"


def opened(book: Manuscript, title: str, identity: str, *, over: str = "", listed: bool = False) -> Node:
    """A section with its heading, which brings what stands at the heads of its pages."""
    made = node("section", id=identity, class_="division listed" if listed else "division")
    above = [node("span", over, class_="number"), node("br")] if over else []
    heads = {"data_head": running_head(title), "data_book": running_head(book.title)}
    made.append(
        node("h1" if title else "div", *above, title, class_="heads", data_label=one_line(title), **heads)
    )
    return made


def _section(book: Manuscript, division: Division, marked: frozenset[Place], options: ExportOptions) -> Node:
    collect = options.notes == ENDNOTES
    section = division.section
    listed = bool(section.blocks) and section.blocks[0].kind in LISTED
    made = opened(book, division.heading, target(division), over=division.over_title, listed=listed)
    made.set("class", f"{made.get('class')} {section.kind}")
    account = NoteAccount(section)
    call = _calling(division, account) if collect else _at_foot(account)
    fill(made, (picture(one, options, AT_OPENING) for one in section.opening))
    fill(made, prose(section, division.position - 1, account, call, marked))
    return fill(made, (picture(one, options, AT_END) for one in section.closing))


def picture(image: Figure, options: ExportOptions, most: float) -> Node:
    """An image of the book, as large as it's to be printed; `most` as of `printed_size`."""
    across, down = printed_size(image, *type_area(options), most)
    return figure(image, SCHEME + image.name, style=f"width:{across:.4f}in;height:{down:.4f}in")


def _at_foot(account: NoteAccount) -> Call:
    """A note where it's called; the style sheet takes it to the foot. One called twice is printed twice."""

    def call(number: int) -> Node:
        note, _before = account.call(number)
        return node("span", *runs(note.inlines, _no_call), class_="note", data_number=str(number))

    return call


def _calling(division: Division, account: NoteAccount) -> Call:
    def call(number: int) -> Node:
        _note, before = account.call(number)
        here = f"{target(division)}r{number}" + (f"-{before}" if before else "")
        return node("a", str(number), class_="call", href=f"#{target(division)}n{number}", id=here)

    return call


def _collected(book: Manuscript, printed: Sequence[Division]) -> Node:
    made = opened(book, label(book, "notes"), NOTES)
    for division in printed:
        if division.section.notes:
            made.append(node("h2", division.heading or division.over_title))
            fill(made, _endnotes(division))
    return made


def _endnotes(division: Division) -> Iterator[Node]:
    for note in division.section.notes:
        back = node("a", str(note.number), href=f"#{target(division)}r{note.number}")
        identity = f"{target(division)}n{note.number}"
        yield node("p", back, ". ", *runs(note.inlines, _no_call), class_="endnote", id=identity)


def _no_call(number: int) -> Node:
    raise ValueError(f"a note calls note {number}")
