"""A manuscript becomes one Markdown file: CommonMark with notes (`[^1-3]`) and pipe tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from biographies.exports.docx.outline import Division, sections
from biographies.exports.docx.wording import label
from biographies.exports.indexing import sections_of
from biographies.exports.manuscript import Block, Figure, Inline, Manuscript
from biographies.exports.markdown.escaping import escaped, styled
from biographies.exports.markup.notes import NoteAccount
from biographies.exports.options import DEFAULTS, ExportOptions

PREFIXES = {"paragraph": "", "entry": "", "heading": "### ", "quote": "> "}
BREAK = "* * *"
IMAGES = "images"  # the folder of the pictures


def render(book: Manuscript, options: ExportOptions = DEFAULTS) -> bytes:  # noqa: ARG001  # it has no pages
    """The .md file of the book in UTF-8; the same manuscript gives the same bytes.

    Raises ValueError where a section calls a note that it doesn't have, or has a block of an unknown kind.
    """
    printed = sections(book)
    parts = [*_front(book), *_contents(book, printed)]
    for division in printed:
        parts += _section(division)
    parts += _index(book, printed)
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def _front(book: Manuscript) -> Iterator[str]:
    if book.draft:
        yield styled([Inline(label(book, "draft"), bold=True)], "")
    yield _heading(1, book.title)
    yield styled([Inline(book.subtitle, italic=True)], "")
    yield _figure(book.frontispiece) if book.frontispiece else ""
    yield from (escaped(line) for line in (book.author_line, book.publisher, *book.imprint))


def _contents(book: Manuscript, printed: Sequence[Division]) -> Iterator[str]:
    yield _heading(2, label(book, "contents"))
    titles = [_title(one) for one in printed]
    yield "\n".join(f"- {escaped(title)}" for title in titles if title)


def _heading(level: int, text: str) -> str:
    return f"{'#' * level} {escaped(text)}"


def _title(division: Division) -> str:
    return f"{division.over_title}. {division.heading}" if division.over_title else division.heading


def _section(division: Division) -> Iterator[str]:
    section, account, prefix = division.section, NoteAccount(division.section), f"{division.position}-"
    yield _heading(2, _title(division)) if division.heading else ""
    yield from (_figure(one) for one in section.opening)
    for block in section.blocks:
        yield _table(block, account, prefix) if block.kind == "table" else _block(block, account, prefix)
    yield from (_figure(one) for one in section.closing)
    yield "".join(f"[^{prefix}{number}]" for number in account.uncalled())
    yield from (f"[^{prefix}{note.number}]: {styled(note.inlines, prefix)}" for note in section.notes)


def _figure(image: Figure) -> str:
    """The image, which lies beside the file in the bundle of everything, then its words."""
    words = [Inline(f"{image.caption} " if image.credit and image.caption else image.caption)]
    words += [Inline(image.credit, italic=True)] if image.credit else []
    shown = f"![{escaped(image.alt)}]({IMAGES}/{image.name})"
    return "\n\n".join(part for part in (shown, styled(words, "")) if part)


def _block(block: Block, account: NoteAccount, prefix: str) -> str:
    if block.kind == "break":
        return BREAK
    if block.kind not in PREFIXES:
        raise ValueError(f"a block of kind {block.kind!r} can't be printed")
    text = _text(block.inlines, account, prefix)
    return PREFIXES[block.kind] + text if text else ""


def _text(inlines: Sequence[Inline], account: NoteAccount, prefix: str) -> str:
    for inline in inlines:
        for number in inline.notes:
            account.call(number)
    return styled(inlines, prefix)


def _table(block: Block, account: NoteAccount, prefix: str) -> str:
    """A pipe table; one without a header gets an empty one, since the form asks for it."""
    columns = max((len(row) for row in (block.header, *block.rows)), default=0)
    if not columns:
        return ""
    rows = [[escaped(words) for words in block.header], ["---"] * columns]
    rows += [[_text(cell, account, prefix) for cell in row] for row in block.rows]
    return "\n".join(f"| {' | '.join([*row, *[''] * (columns - len(row))])} |" for row in rows)


def _index(book: Manuscript, printed: Sequence[Division]) -> Iterator[str]:
    if book.index:
        yield _heading(2, label(book, "index"))
        yield styled([Inline(label(book, "index_by_chapter"), italic=True)], "")
        lines = (
            [entry.name, *(name for name, _place in sections_of(entry, printed))] for entry in book.index
        )
        yield "\n".join(f"- {escaped(', '.join(line))}" for line in lines)
