"""Tables as books print them: hairlines, no boxes, the header row repeated on every page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from docx.oxml.xmlchemy import BaseOxmlElement

from biographies.exports.docx.elements import element, one_line, paragraph, text_run
from biographies.exports.docx.sheet import Sheet
from biographies.exports.manuscript import Block, Inline

Cell = tuple[Inline, ...]
Runs = Callable[[Cell], list[BaseOxmlElement]]

# Word refuses a table wider than 63 columns as damaged.
MOST_COLUMNS = 63
# A row stays on one page if it is short enough to be worth it.
UNSPLIT_CHARACTERS = 900
NARROWEST, WIDEST = 8, 60
COLUMN_TWIPS_PER_CHARACTER = 100  # where the text of the book has 10.5 points


def table(block: Block, runs: Runs, sheet: Sheet, title: str) -> BaseOxmlElement | None:
    """The table of a block, as wide as the text, or None if it has no cell; `runs` prints a cell's inlines.

    `title` is told to those who can't see it.
    """
    rows = [_folded(row) for row in block.rows]
    header = _folded(tuple((Inline(words),) for words in block.header))
    columns = max((len(row) for row in [header, *rows]), default=0)
    if not columns:
        return None
    width = sheet.text_width
    widths = column_widths([header, *rows], columns, width, round(sheet.points(COLUMN_TWIPS_PER_CHARACTER)))
    grid = element("tblGrid", *(element("gridCol", w=str(width)) for width in widths))
    printed = [_header(header, widths)] if block.header else []
    printed += [_row(row, widths, runs) for row in rows]
    return element("tbl", _properties(width, title), grid, *printed)


def column_widths(
    rows: Sequence[Sequence[Cell]], columns: int, full: int, letter: int = COLUMN_TWIPS_PER_CHARACTER
) -> list[int]:
    """Widths in twips that fill the text width: short columns fit their text, long ones share the rest; `letter` is
    the room of one."""
    longest = [max((_length(row[i]) for row in rows if i < len(row)), default=0) for i in range(columns)]
    wished = [min(max(length, NARROWEST), WIDEST) * letter for length in longest]
    widest, total = max(wished), sum(wished)
    flexible = [width == widest for width in wished]
    rest = full - sum(width for width, stretches in zip(wished, flexible, strict=True) if not stretches)
    if rest < full // 3:
        return [full * width // total for width in wished]
    share = rest // sum(flexible)
    return [share if stretches else width for width, stretches in zip(wished, flexible, strict=True)]


def _folded(row: Sequence[Cell]) -> list[Cell]:
    if len(row) <= MOST_COLUMNS:
        return list(row)
    rest = [inline for cell in row[MOST_COLUMNS - 1 :] for inline in (*cell, Inline(" "))]
    return [*row[: MOST_COLUMNS - 1], tuple(rest)]


def _length(cell: Cell) -> int:
    return sum(len(inline.text) for inline in cell)


def _properties(width: int, title: str) -> BaseOxmlElement:
    margins = element("tblCellMar", element("left", w="0", type="dxa"), element("right", w="120", type="dxa"))
    return element(
        "tblPr",
        element("tblStyle", val="BookTable"),
        element("tblW", w=str(width), type="dxa"),
        element("tblLayout", type="fixed"),
        margins,
        element("tblCaption", val=one_line(title)),
    )


def _header(header: Sequence[Cell], widths: list[int]) -> BaseOxmlElement:
    properties = element("trPr", element("cantSplit"), element("tblHeader"))
    words = ["".join(inline.text for inline in cell) for cell in header]
    words += [""] * (len(widths) - len(words))
    cells = [
        _cell(width, paragraph("TableHead", text_run(word)), _underline())
        for word, width in zip(words, widths, strict=True)
    ]
    return element("tr", properties, *cells)


def _underline() -> BaseOxmlElement:
    return element("tcBorders", element("bottom", val="single", sz="4", space="0", color="404040"))


def _row(row: Sequence[Cell], widths: list[int], runs: Runs) -> BaseOxmlElement:
    short = sum(map(_length, row)) <= UNSPLIT_CHARACTERS
    cells = [*row, *([()] * (len(widths) - len(row)))]
    styles = ["TableLabel" if len(cells) > 1 else "TableText", *["TableText"] * (len(cells) - 1)]
    printed = [
        _cell(width, paragraph(style, *runs(cell)))
        for style, cell, width in zip(styles, cells, widths, strict=True)
    ]
    return element("tr", *([element("trPr", element("cantSplit"))] if short else []), *printed)


def _cell(width: int, text: BaseOxmlElement, *borders: BaseOxmlElement) -> BaseOxmlElement:
    return element("tc", element("tcPr", element("tcW", w=str(width), type="dxa"), *borders), text)
